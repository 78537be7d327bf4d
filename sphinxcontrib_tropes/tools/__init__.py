"""Tools for writers besides the build: the command line, editing sources, importing pages.

The extension never imports them.
"""
