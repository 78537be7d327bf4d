"""HTML without Sphinx: docutils' HTML 5 writer, with the nodes of trope markup."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from docutils.transforms import Transform
from docutils.writers import html5_polyglot

from ..names import MAIN
from .html import VISITORS
from .lower import Words, lower, replace
from .nodes import trope_link, trope_page
from .table_layout import unnest_tables

__all__ = ["LinkPages", "LowerForWriter", "Writer"]


class _Translator(html5_polyglot.HTMLTranslator):  # type: ignore[misc, unused-ignore]
    """Docutils' translator, with visitors for the nodes of trope markup."""


def _nothing(translator: _Translator, node: nodes.Element) -> None:
    """Departure function that writes nothing."""


for _node, (_visit, _depart) in VISITORS.items():
    setattr(_Translator, f"visit_{_node.__name__}", _visit)
    setattr(_Translator, f"depart_{_node.__name__}", _depart or _nothing)


class Writer(html5_polyglot.Writer):  # type: ignore[misc, unused-ignore]
    """Writes trope markup as HTML 5."""

    def __init__(self) -> None:
        super().__init__()
        self.translator_class = _Translator


class LinkPages(Transform):
    """Replaces links to pages with references to their files, for documents without a wiki.

    Pages of the main namespace are expected in one folder, and those of other namespaces in folders
    below it, named like the namespace.
    """

    default_priority = 890

    def apply(self, **kwargs: Any) -> None:
        """Changes the doctree in place."""
        page = next(iter(self.document.findall(trope_page)), None)
        own = page["name"].partition("/")[0] if page is not None else MAIN
        to_root = "" if own == MAIN else "../"

        def refer(link: nodes.Element) -> list[nodes.Node]:
            path = link["target"].removeprefix(f"{MAIN}/")
            section = f"#{link['section']}" if link["section"] else ""
            uri = f"{to_root}{path}.html{section}"
            return [nodes.reference("", "", *link.children, refuri=uri, classes=["trope"])]

        replace(self.document, {trope_link: refer})


class LowerForWriter(Transform):
    """Replaces nodes of trope markup with docutils' own, for writers other than :class:`Writer`."""

    default_priority = 895

    def apply(self, **kwargs: Any) -> None:
        """Changes the doctree in place."""
        if not isinstance(self.document.transformer.components.get("writer"), Writer):
            lower(self.document, Words())
            unnest_tables(self.document)
