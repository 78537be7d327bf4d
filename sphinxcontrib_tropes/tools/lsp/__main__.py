"""``python -m sphinxcontrib_tropes.tools.lsp``: the language server, on standard input and output."""

from .run import run

run()
