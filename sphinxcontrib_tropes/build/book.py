"""Puts pages that no toctree leads to into books, as chapters.

Who reads a wiki walks it by links, so its pages are often in no toctree. A book holds what tables of
contents lead to. So, while a book is written, its contents lead to these pages as well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx.util import logging

from ..builders import abilities
from ..internals.sphinx.added_contents import AddedContents
from ..internals.sphinx.environment import in_toctrees
from ..wiki.views.book import book_contents

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sphinx.application import Sphinx

    from ..wiki import Wiki

__all__ = ["Book"]

_logger = logging.getLogger(__name__)


class Book:
    """The chapters that one build of a book adds."""

    def __init__(self, app: Sphinx, get_wiki: Callable[[], Wiki]) -> None:
        self._app = app
        able, root = abilities(app.builder), app.config.root_doc
        self._added: Mapping[str, tuple[str, ...]] = {}
        if able.has_chapters:
            by = app.config.tropes_book or "a-z"
            found = book_contents(get_wiki(), root, _included(app), by)
            if _is_whole(app) and app.config.tropes_book:
                self._added = found
            self._tell(sum(map(len, found.values())))
        shown_by = self._added.keys() if able.is_assembled else {root}
        self._contents = AddedContents(app.env, self._added, shown_by)

    def _tell(self, pages: int) -> None:
        if not pages:
            return
        if self._added:
            order = "by index" if self._app.config.tropes_book == "index" else "from A to Z"
            which = f"these are chapters of the book, {order}"
        else:
            which = "the book leaves these out (see the option tropes_book)"
        count = "1 page of the wiki is" if pages == 1 else f"{pages} pages of the wiki are"
        _logger.info("%s in no toctree; %s", count, which)

    @property
    def outdated(self) -> set[str]:
        """The document to write in any case: it shows the chapters, and is no page of the wiki."""
        able = abilities(self._app.builder)
        return {self._app.config.root_doc} if able.has_chapters and able.keeps_state else set()

    def open(self) -> None:
        """Adds the chapters, for the time of writing."""
        if self._added:
            self._contents.start()

    def close(self) -> None:
        """Takes them out again."""
        self._contents.stop()


def _included(app: Sphinx) -> set[str]:
    """The documents that the book or a toctree has already."""
    name = f"{app.builder.name}_appendices"
    appendices = app.config[name] if name in app.config.values else ()
    return {*appendices, *in_toctrees(app.env)}


def _is_whole(app: Sphinx) -> bool:
    """Whether the book begins with the root of the project."""
    name = f"{app.builder.name}_documents"  # latex_documents, texinfo_documents
    if name not in app.config.values:
        return True
    return any(entry[0] == app.config.root_doc for entry in app.config[name])
