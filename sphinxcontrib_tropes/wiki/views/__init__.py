"""Views: everything that one rendered page shows of others, as one value."""
