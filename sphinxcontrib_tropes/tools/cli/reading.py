"""Reading all sources of a project for the sake of what they say, and of no page."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any

import sphinx.builders

from ...domain import trope_domain
from ...internals import gc_policy as garbage
from .terminal import track

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from docutils import nodes
    from sphinx.application import Sphinx

__all__ = ["read"]


def read(app: Sphinx, *, quiet: bool = True) -> None:
    """Reads every source of the project, as a build does before it writes.

    :param quiet: no bar of progress.
    """
    trope_domain(app.env).is_only_read = True
    with ExitStack() as stack:
        if app.parallel > 1:
            stack.enter_context(_one_share_for_each_process(app, quiet=quiet))
        if not _may_ask_for_doctrees(app):
            stack.enter_context(_without_doctrees_of_pages(app))
        stack.callback(garbage.end, app)  # what follows is no build that Sphinx would end
        app.builder.read()


@contextmanager
def _one_share_for_each_process(app: Sphinx, *, quiet: bool) -> Iterator[None]:
    """Has each process read one share of the sources and no more.

    A process of Sphinx's is forked with all that was read before it, and sends all of that back
    with its own: for 10,000 pages, in 45 shares, half of the time goes into that. Shares that are
    all handed out at once hold nothing of one another.
    """
    watched: frozenset[str] = frozenset()
    bar: Iterator[int] = iter(())

    def shares(docnames: Sequence[str], processes: int, maxbatch: int = 10) -> list[Sequence[str]]:
        nonlocal bar, watched
        found = [docnames[at::processes] for at in range(min(processes, len(docnames)))]
        watched = frozenset(found[0]) if found else watched
        if not quiet:
            bar = track(range(len(watched) - 1), f"Reading, {len(found)} at a time")
        return found

    def advance(app: Sphinx, docname: str, content: list[str]) -> None:
        # in one of the processes: its share is as long as each of the others
        if docname in watched:
            next(bar, None)

    builders: Any = sphinx.builders
    usual = builders.make_chunks
    listener = app.connect("source-read", advance)
    builders.make_chunks = shares
    try:
        yield
    finally:
        builders.make_chunks = usual
        app.disconnect(listener)


def _may_ask_for_doctrees(app: Sphinx) -> bool:
    """Whether anything looks at a page's doctree again once all are read."""
    listeners = app.events.listeners.get("env-updated", ())
    own = ("sphinx.", __name__.partition(".")[0])
    modules = [getattr(listener.handler, "__module__", "") for listener in listeners]
    return app.config.numfig or not all(module.startswith(own) for module in modules)


@contextmanager
def _without_doctrees_of_pages(app: Sphinx) -> Iterator[None]:
    """Keeps no doctree of a file of trope markup: 600 MB on the disk for 10,000 pages.

    Sphinx itself asks again for those of documents with a numbered contents list, which trope
    markup does not have.
    """
    builder: Any = app.builder
    usual = builder.write_doctree

    def write(docname: str, doctree: nodes.document, **more: Any) -> None:
        suffix = app.env.doc2path(docname).suffix
        if app.config.source_suffix.get(suffix) != "trope":
            usual(docname, doctree, **more)

    builder.write_doctree = write
    try:
        yield
    finally:
        builder.write_doctree = usual
