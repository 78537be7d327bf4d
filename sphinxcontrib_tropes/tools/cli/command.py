"""The command ``sphinx-tropes``, with its subcommands."""

from __future__ import annotations

from typing import Any

import click

from ..._version import __version__
from ...printable import printable
from ..refusal import Refusal
from . import check, convert, diff, export, facts, import_, lsp, new, rename, serve, suggest
from .terminal import EXIT_CODES

__all__ = ["sphinx_tropes"]

_CONTEXT = 40
"""How many characters to show around a character that can't be encoded."""


class _Refused(click.ClickException):
    exit_code = 2


class _Commands(click.Group):
    """Lists commands in order of use; turns a refusal into one sentence and exit code 2."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except Refusal as refusal:
            raise _Refused(printable(str(refusal))) from refusal
        except UnicodeEncodeError as error:
            around = error.object[max(0, error.start - _CONTEXT) : error.end + _CONTEXT]
            shown = around.encode("utf-8", "backslashreplace").decode()
            raise _Refused(f"a file name is not UTF-8: {shown}; rename the file") from error
        except RecursionError as error:
            raise _Refused("a source is nested too deeply") from error
        except OSError as error:
            if error.errno is None or isinstance(error, BrokenPipeError):
                raise
            raise _Refused(f"{error.filename or 'a file'}: {error.strerror}") from error


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=EXIT_CODES,
)
@click.version_option(__version__, message="%(prog)s %(version)s")
def sphinx_tropes() -> None:
    """Tools for the writers of a trope wiki in Sphinx documentation."""


sphinx_tropes.add_command(new.new)
sphinx_tropes.add_command(import_.import_)
sphinx_tropes.add_command(serve.serve)
sphinx_tropes.add_command(check.check)
sphinx_tropes.add_command(rename.rename)
sphinx_tropes.add_command(convert.convert)
sphinx_tropes.add_command(suggest.suggest)
sphinx_tropes.add_command(diff.diff)
sphinx_tropes.add_command(export.export)
sphinx_tropes.add_command(facts.facts)
sphinx_tropes.add_command(lsp.lsp)
