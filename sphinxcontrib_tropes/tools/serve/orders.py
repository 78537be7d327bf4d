"""What the server and the builder tell each other: one line of JSON each, an order and its reply."""

from __future__ import annotations

import json
from typing import NamedTuple

__all__ = ["Order", "Problem", "Project", "Reply", "as_line", "order_of", "project_of", "reply_of"]


class Project(NamedTuple):
    """What is built, as on the command line of sphinx-build."""

    source: str
    conf_dir: str
    out: str
    doctrees: str
    builder: str = "html"
    jobs: int = 1
    settings: tuple[str, ...] = ()
    """``name=value`` of each setting that overrides conf.py."""
    tags: tuple[str, ...] = ()
    quiet: bool = False
    """Whether Sphinx writes neither progress nor warnings."""


class Order(NamedTuple):
    """What the builder is to do next."""

    do: str
    """``first``: write the changed pages alone. ``rest``: make everything as a clean build would;
    all changes were told. ``look``: the same, and look for changes. ``all``: the same, and write
    every page again. ``store``: store what the next process begins with.
    """
    paths: tuple[str, ...] = ()
    """Files that changed."""
    buffers: tuple[tuple[str, str | None], ...] = ()
    """Path and unsaved text of each buffer that changed; None: the buffer was closed."""


class Problem(NamedTuple):
    """An error or a warning, as browsers show it."""

    text: str
    level: str = "warning"
    """``error`` or ``warning``."""
    file: str = ""
    """The path, relative to the source folder if it is in there."""
    line: int = 0
    """0 if no line is known."""
    kind: str = ""
    """What ``suppress_warnings`` calls it."""


class Reply(NamedTuple):
    """What became of an order."""

    told: str
    """``written``: pages were written, and the rest is to be made. ``done``: everything is as in a
    clean build. ``stored``. ``restart``: a new builder must do it. ``ignored``: the files are not of this
    project. ``failed``: an exception ended it.
    """
    pages: int = 0
    """How many pages were written first."""
    problems: tuple[tuple[str, tuple[Problem, ...]], ...] | None = None
    """The file of each page with problems, relative to the output folder; "" for those of no page.
    None: the same as before.
    """
    failure: Problem | None = None
    watched: tuple[str, ...] = ()
    """Folders to watch besides the source folder."""
    write_all: bool = False
    """Whether the new builder must write every page again."""


def as_line(told: Project | Order | Reply) -> bytes:
    """One line of JSON."""
    return json.dumps(told).encode() + b"\n"


def project_of(line: bytes) -> Project:
    source, conf_dir, out, doctrees, builder, jobs, settings, tags, quiet = json.loads(line)
    return Project(
        source, conf_dir, out, doctrees, builder, jobs, tuple(settings), tuple(tags), quiet
    )


def order_of(line: bytes) -> Order:
    do, paths, buffers = json.loads(line)
    return Order(do, tuple(paths), tuple((path, text) for path, text in buffers))


def reply_of(line: bytes) -> Reply:
    told, pages, problems, failure, watched, write_all = json.loads(line)
    by_page = None
    if problems is not None:
        by_page = tuple((page, tuple(Problem(*values) for values in of)) for page, of in problems)
    failed = Problem(*failure) if failure is not None else None
    return Reply(told, pages, by_page, failed, tuple(watched), write_all)
