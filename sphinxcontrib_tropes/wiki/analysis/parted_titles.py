"""Titles split by a link: ``[[Chekhovs Gun]]`` links to a page "Chekhovs", with the label "Gun".

That is what the markup means. But if there is a page "Chekhovs Gun" and none "Chekhovs", it is not
what the writer means.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from ...names import MAIN, PageName, key_of
from ..facts.document import COVER

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..facts.document import DocumentFacts, Link
    from ..facts.packed import PackedFacts
    from ..index.backlinks import Backlinks
    from ..index.names import PageNames
    from ..index.records import WikiPage
    from ..index.wanted import WantedPages

__all__ = ["PartedTitle", "PartedTitles"]

_LONGEST = 100
"""Maximum characters of a label that may be the end of a title."""


class PartedTitle(NamedTuple):
    """A link that splits a title."""

    docname: str
    link: Link
    label: str
    page: WikiPage
    """The page that the link may mean."""

    @property
    def sentence(self) -> str:
        """The warning for the writer."""
        namespace, _, name = self.link.target.partition("/")
        first = PageName(namespace, name).title
        before = "" if namespace == MAIN else f"{namespace}/"
        return (
            f"[[{before}{first} {self.label}]] leads to {self.link.target}, which nobody has written, "
            f"with the label {self.label!r}; did you mean {before}{{{{{first} {self.label}}}}}?"
        )


class PartedTitles:
    """All links that split a title.

    :param facts: docname -> facts.
    """

    def __init__(
        self,
        facts: Mapping[str, DocumentFacts | PackedFacts],
        names: PageNames,
        backlinks: Backlinks,
        wanted: WantedPages,
    ) -> None:
        self._facts = facts
        self._names = names
        self._backlinks = backlinks
        self._wanted = wanted

    def all(self) -> Sequence[PartedTitle]:
        """All of them, in the order of documents."""
        found = [link for key in self._wanted.linked_keys for link in self.to(key)]
        return sorted(found, key=lambda p: (p.docname, p.link.block, p.link.start))

    def to(self, key: str) -> Sequence[PartedTitle]:
        """Those that point to the unwritten page with this *key*."""
        if not _begins_a_key(key, self._names.sorted_keys):
            return ()
        found = []
        for docname, link, *_ in self._backlinks.links_to(key):
            label = self._facts[docname].texts[link.block][link.start : link.end]
            if len(label) > _LONGEST or COVER in label:
                continue
            page = self._whole(f"{link.target} {label}")
            if page is not None:
                found.append(PartedTitle(docname, link, label, page))
        return found

    def _whole(self, name: str) -> WikiPage | None:
        """The page with that name, or with the name without an ending: ``[[Chekhovs Gun]]s``."""
        return self._names.page(key_of(name)) or self._names.page(key_of(name.removesuffix("s")))


def _begins_a_key(key: str, keys: Sequence[str]) -> bool:
    """Whether one of the sorted *keys* is longer than *key* and begins with it."""
    at = bisect_left(keys, f"{key}\0")
    return at < len(keys) and keys[at].startswith(key)
