"""The process that builds: takes orders line by line, and replies to each with one line.

It takes orders until its input ends, so it does not outlive the server. Whatever Sphinx,
extensions and conf.py print goes to standard error.
"""

from __future__ import annotations

import os
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.errors import SphinxError
from sphinx.util.docutils import docutils_namespace, patch_docutils

from ...printable import printable
from .orders import Problem, Project, Reply, as_line, order_of, project_of
from .site import Site

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

__all__ = ["main"]


def main() -> None:
    """The life of a builder."""
    orders, replies = _taken_streams()
    project = project_of(orders.readline())
    # what conf.py may look at
    sys.argv[:] = ["sphinx-build", "-b", project.builder, project.source, project.out]
    with patch_docutils(project.conf_dir), docutils_namespace():
        for reply in _replies(project, orders):
            replies.write(as_line(reply))
            replies.flush()


def _taken_streams() -> tuple[BinaryIO, BinaryIO]:
    """Standard input and output, for orders and replies alone."""
    orders, replies = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: PTH123, SIM115
    return orders, replies


def _replies(project: Project, orders: BinaryIO) -> Iterator[Reply]:
    site: Site | None = None
    is_first = True
    for line in orders:
        try:
            site = site or Site(project)
            reply = site.obey(order_of(line))
        except Exception as error:  # noqa: BLE001 - extensions raise anything
            # one that has built before is replaced by a new one, which fails again or does not
            if is_first and not isinstance(error, SphinxError | OSError):
                traceback.print_exception(error)
            yield Reply("failed", failure=failure(error, project))
            return  # what it left in memory is not to be relied upon
        except SystemExit as error:
            sentence = f"conf.py or an extension ended the build: exit code {error.code}"
            yield Reply("failed", failure=Problem(sentence, "error"))
            return
        is_first = False
        yield reply


_LONGEST = 4000


def failure(error: Exception, project: Project) -> Problem:
    """What ended a build, and where in the project."""
    if isinstance(error, SphinxError):
        text = f"{error.category}: {error}"
    elif isinstance(error, OSError) and error.strerror:
        text = f"{error.strerror}: {error.filename}" if error.filename else error.strerror
    else:
        text = f"{type(error).__name__}: {error}"
    file, line = _place(error, project)
    return Problem(printable(text)[:_LONGEST], "error", printable(file), line)


def _place(error: BaseException, project: Project) -> tuple[str, int]:
    """The innermost line of the project that the exception came from."""
    roots = Path(project.source), Path(project.conf_dir)
    cause: BaseException | None = error
    causes = []
    while cause is not None and cause not in causes:
        causes.append(cause)
        cause = cause.__cause__ or cause.__context__
    for cause in reversed(causes):
        if isinstance(cause, SyntaxError) and cause.filename:
            places = [(cause.filename, cause.lineno or 0)]
        else:
            frames = traceback.extract_tb(cause.__traceback__)
            places = [(frame.filename, frame.lineno or 0) for frame in reversed(frames)]
        for file, line in places:
            for root in roots:
                if Path(file).is_relative_to(root):
                    return Path(file).relative_to(root).as_posix(), line
    return "", 0
