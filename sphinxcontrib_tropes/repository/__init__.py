"""The repository of the sources: what was changed in it, read from git, and its addresses at a host.

Knows no Sphinx.
"""
