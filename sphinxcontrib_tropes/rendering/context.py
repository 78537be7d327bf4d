"""What the documents of a build are rendered with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx.builders import Builder

from ..builders import abilities
from ..wiki.facts.document import is_reference_anchor
from ..wiki.views.document import (
    DocumentView,
    document_view,
    health_view,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx.environment import BuildEnvironment

    from ..pages.site_map import Pages
    from ..wiki import Wiki
    from ..wiki.views.document import BacklinksView, HealthView

__all__ = ["Rendering", "rendering_of"]


_MOST_VIEWS = 1000
"""As many are kept from when they are looked at until they are written."""


class _Uris:
    """Addresses of documents: the same from all documents of a folder, but for the one itself."""

    def __init__(self, builder: Builder) -> None:
        self._builder = builder
        self._here = self._folder = ""
        self._found: dict[str, str] = {}

    def __call__(self, here: str, docname: str) -> str:
        """The address of *docname*, seen from *here*.

        :raises NoUri: if the builder does not write that document.
        """
        if here != self._here:
            self._go_to(here)
        found = self._found.get(docname)
        if found is None:
            found = self._builder.get_relative_uri(here, docname)
            if docname != here:
                self._found[docname] = found
        elif docname == here:
            return self._builder.get_relative_uri(here, docname)
        return found

    def _go_to(self, here: str) -> None:
        # documents are written in their order: those of a folder one after the other
        folder = self._builder.get_target_uri(here).rpartition("/")[0]
        if folder != self._folder:
            self._found = {}
        self._here, self._folder = here, folder


class Rendering:
    """What the documents of one build are rendered with.

    :param wiki: gives the wiki, complete.
    :param pages: where the generated pages are.
    :param tell: is told the view of each page that is written, if given.
    :param health: gives what the page of the wiki's health shows.
    """

    def __init__(
        self,
        builder: Builder,
        wiki: Callable[[], Wiki],
        pages: Pages,
        tell: Callable[[str, DocumentView | BacklinksView], None] | None = None,
        health: Callable[[Wiki], HealthView] = health_view,
    ) -> None:
        config, able = builder.config, abilities(builder)
        self.builder = builder
        self.pages = pages
        # others change references before they write them
        self.writes_lists = able.writes_directly
        self.is_paper = able.is_paper
        self.wanted_style: str = config.tropes_wanted
        # the messages of a page's source are to be translated, not those of others
        self.is_plain = able.is_for_translators
        self._relative_uri: Callable[[str, str], str] = builder.get_relative_uri
        if self.writes_lists and type(builder).get_relative_uri is Builder.get_relative_uri:
            self._relative_uri = _Uris(builder)
        self.tell = tell
        self.health = health
        self._make_wiki = wiki
        self._has_panels: bool = config.tropes_backlinks_panel and not self.is_plain
        self.draws = able.has_scripts
        self._is_one_page = able.is_one_page
        self._has_ids = able.has_ids
        self._has_graphs: bool = config.tropes_graph and self.draws
        self._views: dict[str, DocumentView] = {}

    @property
    def wiki(self) -> Wiki:
        """All facts together."""
        return self._make_wiki()

    def view(self, docname: str) -> DocumentView:
        """The view of a document with a source; an empty one if it has no facts."""
        view = self._views.get(docname)
        if view is None:
            known = docname in self.wiki.documents and not self.is_plain
            view = (
                document_view(self.wiki, docname, panels=self._has_panels, graphs=self._has_graphs)
                if known
                else DocumentView((), (), (), ())
            )
            if known and self.tell:
                self.tell(docname, view)
            # of those beyond, the latest: it is asked for several times while it is written
            if len(self._views) >= _MOST_VIEWS:
                self._views.popitem()
            self._views[docname] = view
        return view

    def forget(self, docname: str) -> None:
        """Lets go of a view that is not needed again."""
        self._views.pop(docname, None)

    def anchor(self, docname: str, anchor: str) -> str:
        """The id of a link in the output. Where all documents share a page, the document is part
        of it.
        """
        if not self._is_one_page or not anchor.startswith("link-"):
            return anchor
        return f"{docname.replace('/', '-')}--{anchor}"

    def uri(self, from_docname: str, docname: str, anchor: str) -> str:
        """The address of a place, seen from a document.

        :raises NoUri: if the builder does not write that document.
        """
        if not self._has_ids and is_reference_anchor(anchor):
            anchor = ""  # no id is there
        if self._is_one_page:
            if anchor:
                return f"#{self.anchor(docname, anchor)}"
            if docname == self.builder.config.root_doc:
                return "#"  # Sphinx gives an id to all documents but the root
        uri = self._relative_uri(from_docname, docname)
        return f"{uri}#{self.anchor(docname, anchor)}" if anchor else uri


def rendering_of(env: BuildEnvironment) -> Rendering | None:
    """What the documents of this build are rendered with; None outside the write phase."""
    rendering: Rendering | None = getattr(env.domains["trope"], "rendering", None)
    return rendering
