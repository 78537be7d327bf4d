"""Reading all sources of a project for the sake of what they say, and of no page."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from functools import partial
from typing import TYPE_CHECKING

from ...domain import trope_domain
from ...internals import gc_policy as garbage
from ...internals.sphinx.listeners import modules_listening
from ...internals.sphinx.read_in_shares import read_in_shares
from ...internals.sphinx.unstored_doctrees import unstored_doctrees
from .terminal import track

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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
            stack.enter_context(unstored_doctrees(app.builder, partial(_is_page, app)))
        stack.callback(garbage.end, app)  # what follows is no build that Sphinx would end
        app.builder.read()


@contextmanager
def _one_share_for_each_process(app: Sphinx, *, quiet: bool) -> Iterator[None]:
    """Has each process read one share of the sources and no more."""
    watched: frozenset[str] = frozenset()
    bar: Iterator[int] = iter(())

    def begin(shares: list[Sequence[str]]) -> None:
        nonlocal bar, watched
        watched = frozenset(shares[0]) if shares else watched
        if not quiet:
            bar = track(range(len(watched) - 1), f"Reading, {len(shares)} at a time")

    def advance(app: Sphinx, docname: str, content: list[str]) -> None:
        # in one of the processes: its share is as long as each of the others
        if docname in watched:
            next(bar, None)

    listener = app.connect("source-read", advance)
    try:
        with read_in_shares(begin):
            yield
    finally:
        app.disconnect(listener)


def _may_ask_for_doctrees(app: Sphinx) -> bool:
    """Whether anything looks at a page's doctree again once all are read."""
    own = ("sphinx.", f"{__name__.partition('.')[0]}.")
    modules = modules_listening(app, "env-updated")
    return app.config.numfig or not all(module.startswith(own) for module in modules)


def _is_page(app: Sphinx, docname: str) -> bool:
    """Whether *docname* is a file of trope markup: Sphinx asks again for the doctrees of documents
    with a numbered contents list, and trope markup has none.
    """
    suffix = app.env.doc2path(docname).suffix
    return bool(app.config.source_suffix.get(suffix) == "trope")
