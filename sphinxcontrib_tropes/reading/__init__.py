"""Reading: sources -> doctrees -> facts.

From ``source_parser``, ``roles`` and ``directives`` to ``doctree_reader``, ``link_numbers`` and
``collector``.
"""
