"""All facts together, found by name: pages, links, backlinks."""
