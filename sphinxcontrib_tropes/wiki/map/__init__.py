"""The map of the whole wiki: communities, and where they are drawn."""
