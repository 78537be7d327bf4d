"""The map of the whole wiki: its communities, and where each page is drawn."""
