"""``sphinx-tropes lsp``: the language server, for editors."""

from __future__ import annotations

import click

from ..refusal import Refusal

__all__ = ["lsp"]

_NEEDED = ("pygls", "lsprotocol")


@click.command(epilog="Exit codes: 0 the client ended, 1 the client is gone, 2 not done.")
@click.option(
    "--stdio", is_flag=True, hidden=True, help="As clients expect; there is no other way."
)
def lsp(*, stdio: bool) -> None:
    """Serve an editor over standard input and output, by the Language Server Protocol.

    Editors start this command by themselves: see "Language server" in the guide. Needs pygls: pip
    install 'sphinxcontrib-tropes[lsp]'

    conf.py is code. It is run only if the editor says that the folder is trusted, by the
    initialization option "trusted".

    \b
    Examples:
      sphinx-tropes lsp
    """
    try:
        from ..lsp.run import run
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in _NEEDED:
            raise
        raise Refusal("lsp needs pygls: pip install 'sphinxcontrib-tropes[lsp]'") from None
    run()
