"""Facts: what one document contributes to the wiki, and how it is stored."""
