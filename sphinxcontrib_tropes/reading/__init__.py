"""Reading: sources -> doctrees -> facts.

It starts with ``source_parser``, ``roles`` and ``directives``; then come ``doctree_reader``,
``link_numbers`` and ``collector``.
"""
