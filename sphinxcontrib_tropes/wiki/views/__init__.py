"""Views: all that a rendered page shows of other pages, as one frozen value; their invalidation."""
