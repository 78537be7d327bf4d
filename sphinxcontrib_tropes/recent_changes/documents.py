"""Which documents recent changes tell of, and how they are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..config import counts_all, namespaces
from ..markup.parser import page_name_of_file
from ..printable import printable
from ..reading.source_parser import SUFFIX
from ..wiki.views.parts import PageLink

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from ..repository.history import Change
    from ..wiki import Wiki

__all__ = ["Documents"]


class Documents:
    """The documents of a wiki, by their docnames."""

    def __init__(self, app: Sphinx, wiki: Wiki) -> None:
        self._env = app.env
        self._wiki = wiki
        self._counts_all = counts_all(app.config)
        self._names = namespaces(app.config)

    def is_told(self, change: Change) -> bool:
        """Whether a change is told: it is about pages of the wiki, or all documents count."""
        if self._counts_all:
            return True
        if change.is_gone:
            return change.suffix == SUFFIX
        facts = self._wiki.documents.get(change.docname)
        return facts is not None and bool(facts.pages)

    def link(self, change: Change) -> PageLink:
        """A link to a changed document; without a docname if it has gone."""
        return PageLink(self.title(change.docname), "" if change.is_gone else change.docname, "")

    def title_then(self, docname: str) -> str:
        """The title that follows from the name that a document had."""
        return printable(page_name_of_file(docname, self._names).title)

    def title(self, docname: str) -> str:
        """The title of a document; for one that has gone, what follows from its name."""
        facts = self._wiki.documents.get(docname)
        if facts is not None:
            pages = [page for page in facts.pages if not page.anchor]
            if title := pages[0].title if pages else facts.title:
                return title
        if docname in self._env.titles:
            return self._env.titles[docname].astext() or docname
        return self.title_then(docname)
