"""``sphinx-tropes lsp``; what the server does is tested beside the server."""

from __future__ import annotations

import sys


def test_without_pygls_the_command_says_how_to_get_it(run, monkeypatch):
    for name in [name for name in sys.modules if "tropes.tools.lsp" in name]:
        monkeypatch.delitem(sys.modules, name)
    for name in ("pygls", "pygls.lsp", "pygls.lsp.server", "pygls.exceptions"):
        monkeypatch.setitem(sys.modules, name, None)
    result = run("lsp")
    assert result.exit_code == 2
    assert "pip install 'sphinxcontrib-tropes[lsp]'" in result.output
