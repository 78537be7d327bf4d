"""The addresses of the pages without a source, for all code that links to them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..messages import _
from ..names import PageName, path_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..repository.hosts import Host
    from ..wiki import Wiki

__all__ = [
    "ALIASES_FILE",
    "DATA_FILE",
    "INDEX_LABEL",
    "MAP_FOLDER",
    "NOT_FOUND",
    "PREVIEWS_FOLDER",
    "STATE_FILE",
    "SWITCHER_FOLDER",
    "Pages",
    "backlinks_docname",
    "backlinks_title",
]

INDEX_LABEL = "trope-index"
"""The label of the index, for ``:ref:``."""
NOT_FOUND = "404"
"""The document that a server shows for an address without a page."""
DATA_FILE = "tropes.json"
STATE_FILE = ".tropes-state.json"
PREVIEWS_FOLDER = "data"
"""Folder of the preview data, below the generated pages."""
ALIASES_FILE = "data/aliases.json"
"""The list of the pages of aliases, below the generated pages."""
MAP_FOLDER = "data/atlas"
"""Folder of the map's data, below the generated pages."""
SWITCHER_FOLDER = "data/names"
"""Folder of the switcher's data, below the generated pages."""


@dataclass(frozen=True)
class Pages:
    """The docnames of the generated pages, for links to them; empty names for pages not written."""

    of_kind: Mapping[str, str] = field(default_factory=dict)
    """Kind of page -> docname, for the pages that are written."""
    of_backlinks: frozenset[str] = frozenset()
    """The docnames of backlinks pages."""
    prefix: str = ""
    host: Host | None = None
    """Where the sources are on the web; None if that is not known, or of no use."""

    @property
    def index(self) -> str:
        return self.of_kind.get("index", "")

    @property
    def wanted(self) -> str:
        return self.of_kind.get("wanted", "")

    @property
    def health(self) -> str:
        return self.of_kind.get("health", "")

    @property
    def map(self) -> str:
        return self.of_kind.get("graph", "")

    @property
    def recent(self) -> str:
        return self.of_kind.get("recent", "")

    def has(self, docname: str) -> bool:
        """Whether *docname* is a generated page."""
        return docname in self.of_backlinks or docname in self.of_kind.values()

    def backlinks(self, name: str, part: int = 1) -> str:
        """The document with the backlinks of the canonical *name*; empty if there is none.

        :param part: number of the part, if so many link to the name that it has several.
        """
        docname = backlinks_docname(self.prefix, name)
        if part > 1:
            docname += f"/{part}"
        return docname if docname in self.of_backlinks else ""


def backlinks_docname(prefix: str, name: str) -> str:
    """The document with the backlinks of the canonical *name*."""
    return f"{prefix}/backlinks/{path_of(name)}"


def backlinks_title(wiki: Wiki, key: str, part: int, parts: int) -> str:
    """The title of a backlinks page of the name with this *key*."""
    page = wiki.pages.get(key)
    name = page.title if page else PageName(*wiki.wanted_name(key).split("/", 1)).title
    title: str = (_("What refers to %s") if page else _("%s (not written yet)")) % name
    if parts == 1:
        return title
    numbers = {"title": title, "part": part, "parts": parts}
    return _("%(title)s, %(part)d of %(parts)d") % numbers
