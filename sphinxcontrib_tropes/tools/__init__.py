"""Tools for writers, beside the build: the command line, changing sources, importing pages.

The extension never imports them.
"""
