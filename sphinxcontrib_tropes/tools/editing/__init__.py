"""Changing source text: rename a page, convert a document to another markup, suggest links.

Knows no command line: a language server can use it too.
"""
