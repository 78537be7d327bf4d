"""Edits source text: rename a page, convert a document to another markup, suggest links.

Knows nothing of the command line, so a language server can use it too.
"""
