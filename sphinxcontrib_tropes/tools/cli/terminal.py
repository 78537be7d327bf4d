"""How commands talk: results on standard output, progress on a terminal's standard error."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, TypeVar

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from ...printable import escaped, printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["EXIT_CODES", "FINDINGS", "say", "say_data", "say_json", "tell", "track"]

T = TypeVar("T")

FINDINGS = 1
"""Exit code: the command has run and found something wrong, or a gate has failed."""

EXIT_CODES = "Exit codes: 0 nothing found, 1 something was found or a gate failed, 2 not done."


def say(text: str) -> None:
    """Writes *text*, a result for people, to standard output; nothing in it steers a terminal."""
    click.echo(printable(text))


def say_data(text: str) -> None:
    """Writes *text*, a result for a file or a program, as it is; to a terminal as :func:`say`."""
    if sys.stdout.isatty():
        say(text)
    else:
        click.echo(text.encode("utf-8", "backslashreplace").decode())


def say_json(data: Any) -> None:
    """Writes *data* for a script."""
    from ...data.json_lines import as_json

    click.echo(escaped(as_json(data).rstrip("\n")))


def tell(sentence: str) -> None:
    """Writes *sentence*, about the run and no result of it, to standard error."""
    click.echo(printable(sentence), err=True)


def track(items: Iterable[T], words: str, total: int | None = None) -> Iterator[T]:
    """*items*, with a bar of progress if somebody watches.

    :param words: what is going on.
    :param total: how many there are, if *items* can't say.
    """
    console = Console(stderr=True)
    if not console.is_terminal:
        yield from items
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeRemainingColumn(), console=console, transient=True) as progress:
        yield from progress.track(items, total=total, description=words)
