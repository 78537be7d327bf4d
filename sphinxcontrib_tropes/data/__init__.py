"""Files beside the pages: the wiki as data, previews, styles and scripts."""
