"""The language server, ``sphinx-tropes lsp``: what a writer's editor may ask about a wiki.

``workspace`` finds the wikis of a client, ``open_wiki`` keeps one of them up to date with unsaved
text, and there is a module for each family of answers. A *buffer* is the unsaved text in an editor.
"""
