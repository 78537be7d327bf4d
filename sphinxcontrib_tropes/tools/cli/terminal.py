"""What commands write: results to standard output, progress and messages to standard error."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from ...printable import escaped, printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from sphinx.application import Sphinx

__all__ = [
    "EXIT_CODES",
    "FINDINGS",
    "print_data",
    "print_json",
    "print_message",
    "print_text",
    "read_project",
    "track",
]

T = TypeVar("T")

FINDINGS = 1
"""Exit code for a run that completed and found something."""

EXIT_CODES = "Exit codes: 0 nothing found, 1 something found, 2 not done."


def print_text(text: str) -> None:
    """Writes *text*, a result for people, to standard output; it can't control the terminal."""
    click.echo(printable(text))


def print_data(text: str) -> None:
    """Writes *text*, for a file or program, unchanged; to a terminal as :func:`print_text` does."""
    if sys.stdout.isatty():
        print_text(text)
    else:
        click.echo(text.encode("utf-8", "backslashreplace").decode())


def print_json(data: Any) -> None:
    """Writes *data* as JSON, for scripts."""
    from ...data.json_lines import as_json

    click.echo(escaped(as_json(data).rstrip("\n")))


def print_message(sentence: str) -> None:
    """Writes *sentence*, a message about the run, to standard error."""
    click.echo(printable(sentence), err=True)


def track(items: Iterable[T], label: str, total: int | None = None) -> Iterator[T]:
    """Iterates over *items*, with a progress bar if standard error is a terminal.

    :param label: what is being done.
    :param total: how many there are, if *items* has no length.
    """
    console = Console(stderr=True)
    if not console.is_terminal:
        yield from items
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeRemainingColumn(), console=console, transient=True) as progress:
        yield from progress.track(items, total=total, description=label)


@contextmanager
def read_project(
    source: Path, *, quiet: bool, has_warnings: bool = True, **options: Any
) -> Iterator[Sphinx]:
    """A project whose sources are read; Sphinx writes its progress and warnings to standard error.

    :param quiet: suppresses both.
    :param has_warnings: False suppresses only the warnings.
    :param options: options of :func:`.open_project`.
    :raises Refusal: if the project can't be opened.
    """
    from ..project import open_project, read_sources

    status = sys.stderr if sys.stderr.isatty() and not quiet else None
    warnings = sys.stderr if has_warnings and not quiet else None
    with open_project(source, status=status, warnings=warnings, **options) as app:
        read_sources(app, None if quiet else track)
        yield app
