"""Files besides the pages: the wiki as data, previews, styles and scripts."""
