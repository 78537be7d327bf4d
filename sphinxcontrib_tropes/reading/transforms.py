"""Transforms for documents in reStructuredText and Markdown."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms import SphinxTransform

from ..markup.nodes import trope_link, trope_page
from ..names import path_of
from ..wiki.facts.document import link_anchor
from .page_frame import add_meta, add_slots

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["DocumentPages", "UniqueLinkIds", "setup"]

_LINK = "link-"


class DocumentPages(SphinxTransform):
    """Completes a document that is a page by ``:document:``. Like a ``.trope`` file, it gets slots
    above and below its whole text, and words for search engines.
    """

    default_priority = 880

    def apply(self, **kwargs: Any) -> None:
        """Changes the doctree in place. The page can only be right below the title."""
        for section in self.document.children:
            if not isinstance(section, nodes.section) or len(section.children) < 2:
                continue
            page = section.children[1]
            if isinstance(page, trope_page) and page.get("is_document"):
                add_meta(self.document, page)
                add_slots(section, page)
                return


class UniqueLinkIds(SphinxTransform):
    """Changes the ids of headings and reStructuredText targets that clash with the id of a link,
    because other pages know links by their ids. Trope markup makes no such headings and targets.
    """

    # after docutils resolved references to headings, before domains note the ids
    default_priority = 845

    def apply(self, **kwargs: Any) -> None:
        """Changes the doctree in place if any id starts like the ids of links."""
        document = self.document
        if not any(id_.startswith(_LINK) for id_ in document.ids):
            return
        renamed: dict[str, str] = {}
        of_links = self._ids_of_links()
        for id_ in of_links & document.ids.keys():
            new = f"section-{id_}"
            while new in document.ids or new in of_links:
                new = f"section-{new}"
            renamed[id_] = new
            document.ids[new] = document.ids.pop(id_)
        if renamed:
            self._rename(renamed)

    def _ids_of_links(self) -> set[str]:
        """The ids that the links of the document will have."""
        counts: Counter[str] = Counter()
        for link in self.document.findall(trope_link):
            counts[path_of(link["target"])] += 1
        return {
            link_anchor(path, nth)
            for path, number in counts.items()
            for nth in range(1, number + 1)
        }

    def _rename(self, renamed: dict[str, str]) -> None:
        names = self.document.nameids
        for name, id_ in names.items():
            names[name] = renamed.get(id_, id_)
        for node in self.document.findall(nodes.Element):
            node["ids"] = [renamed.get(id_, id_) for id_ in node["ids"]]
            if "refid" in node:
                node["refid"] = renamed.get(node["refid"], node["refid"])


def setup(app: Sphinx) -> None:
    """Registers the transforms."""
    app.add_transform(DocumentPages)
    app.add_transform(UniqueLinkIds)
