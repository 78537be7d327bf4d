"""The shared state for rendering the documents of a build."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary, ref

from sphinx.builders import Builder

from ..builders import abilities
from ..wiki.facts.document import is_reference_anchor
from ..wiki.views.document import DocumentView, document_view
from .side import side_of_theme

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from docutils import nodes
    from sphinx.environment import BuildEnvironment

    from ..pages.site_map import Pages
    from ..wiki import Wiki
    from ..wiki.views.site_pages import BacklinksView

__all__ = ["Rendering", "rendering_of", "set_rendering"]


_MOST_VIEWS = 1000
"""Maximum number of views kept from when they are made until their page is written."""


class _Uris:
    """Addresses of documents, cached: all documents of a folder share them, except their own."""

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
        # documents are written in order, so those of a folder follow one another
        folder = self._builder.get_target_uri(here).rpartition("/")[0]
        if folder != self._folder:
            self._found = {}
        self._here, self._folder = here, folder


class Rendering:
    """What all documents of one build are rendered with.

    :param get_wiki: returns the complete wiki.
    :param pages: docnames of the generated pages.
    :param page_makers: kind of generated page -> function that makes its nodes.
    :param note: called with the view of each page that is written.
    :param contents: docname -> digest of the text, for documents that others include.
    """

    def __init__(
        self,
        builder: Builder,
        get_wiki: Callable[[], Wiki],
        pages: Pages,
        page_makers: Mapping[str, Callable[[Wiki, Pages], list[nodes.Node]]],
        note: Callable[[str, DocumentView | BacklinksView], None] | None = None,
        contents: Mapping[str, str] | None = None,
    ) -> None:
        config, able = builder.config, abilities(builder)
        self.builder = builder
        self.pages = pages
        # other builders change references before they write them
        self.writes_lists = able.writes_directly
        self.is_paper = able.is_paper
        self.wanted_style: str = config.tropes_wanted
        # translators need the messages of a page's own source, not of others
        self.is_plain = able.is_for_translators
        self._relative_uri: Callable[[str, str], str] = builder.get_relative_uri
        if self.writes_lists and type(builder).get_relative_uri is Builder.get_relative_uri:
            self._relative_uri = _Uris(builder)
        self.note = note
        self._contents = contents
        self._page_makers = page_makers
        self._get_wiki = get_wiki
        self._has_panels: bool = config.tropes_backlinks_panel and not self.is_plain
        self.draws = able.has_scripts
        self._is_one_page = able.is_one_page
        self._has_ids = able.has_ids
        self._has_graphs: bool = config.tropes_graph and self.draws
        self._has_side = bool(side_of_theme(builder))
        self._has_times: bool = (
            config.tropes_reading_time and able.has_generated_pages and able.has_scripts
        )
        self._views: dict[str, DocumentView] = {}

    @property
    def wiki(self) -> Wiki:
        """The complete wiki."""
        return self._get_wiki()

    def view(self, docname: str) -> DocumentView:
        """The view of a document with a source; an empty one if it has no facts."""
        view = self._views.get(docname)
        if view is None:
            known = docname in self.wiki.documents and not self.is_plain
            view = (
                document_view(
                    self.wiki,
                    docname,
                    panels=self._has_panels,
                    neighbourhoods=self._has_graphs,
                    contents=self._contents,
                )
                if known
                else DocumentView((), (), (), ())
            )
            if known and self.note:
                self.note(docname, view)
            # When full, drop the latest: a view is used several times while its page is written.
            if len(self._views) >= _MOST_VIEWS:
                self._views.popitem()
            self._views[docname] = view
        return view

    def puts_aside(self, docname: str) -> bool:
        """Whether the panel of a document stands beside its text: if it is one page as a whole."""
        return self._has_side and self._is_one_page_of_wiki(docname)

    def tells_time(self, docname: str) -> bool:
        """Whether a document tells how long it takes to read: if it is one page as a whole."""
        return self._has_times and self._is_one_page_of_wiki(docname)

    def _is_one_page_of_wiki(self, docname: str) -> bool:
        facts = self.wiki.documents.get(docname)
        return facts is not None and len(facts.pages) == 1 and not facts.pages[0].anchor

    def generated_page(self, kind: str) -> list[nodes.Node]:
        """The nodes of the generated page of this *kind*."""
        return self._page_makers[kind](self.wiki, self.pages)

    def forget(self, docname: str) -> None:
        """Drops a view that is no longer needed."""
        self._views.pop(docname, None)

    def anchor(self, docname: str, anchor: str) -> str:
        """The id of a link in the output. Includes the document if all documents share a page."""
        if not self._is_one_page or not anchor.startswith("link-"):
            return anchor
        return f"{docname.replace('/', '-')}--{anchor}"

    def uri(self, from_docname: str, docname: str, anchor: str) -> str:
        """The address of a place, relative to a document.

        :raises NoUri: if the builder does not write the target document.
        """
        if not self._has_ids and is_reference_anchor(anchor):
            anchor = ""  # such ids are not written
        if self._is_one_page:
            if anchor:
                return f"#{self.anchor(docname, anchor)}"
            if docname == self.builder.config.root_doc:
                return "#"  # Sphinx gives an id to all documents except the root
        uri = self._relative_uri(from_docname, docname)
        return f"{uri}#{self.anchor(docname, anchor)}" if anchor else uri


_renderings: WeakKeyDictionary[BuildEnvironment, ref[Rendering]] = WeakKeyDictionary()


def set_rendering(env: BuildEnvironment, rendering: Rendering | None) -> None:
    """Sets what documents are rendered with from now on; None when all are written."""
    if rendering is None:
        _renderings.pop(env, None)
    else:
        _renderings[env] = ref(rendering)  # weak: the rendering refers to env


def rendering_of(env: BuildEnvironment) -> Rendering | None:
    """What documents are rendered with in this build; None outside the write phase."""
    found = _renderings.get(env)
    return found() if found is not None else None
