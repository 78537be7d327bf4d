"""Titles that a link parts: ``[[Chekhovs Gun]]`` leads to a page "Chekhovs", with the label "Gun".

It is what the markup means; where nobody has written "Chekhovs", and "Chekhovs Gun" is a page, it is
not what its writer means.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from ...names import MAIN, PageName, key_of
from ..facts.document import COVER

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..facts.document import Link
    from ..index.records import WikiPage
    from ..wiki import Wiki

__all__ = ["Parted", "parted", "parted_links"]

_LONGEST = 100  # characters of a label that may be the end of a title


class Parted(NamedTuple):
    """A link that parts a title."""

    docname: str
    link: Link
    label: str
    page: WikiPage
    """The page that it may mean."""

    @property
    def sentence(self) -> str:
        """What its writer is to know."""
        namespace, _, name = self.link.target.partition("/")
        first = PageName(namespace, name).title
        before = "" if namespace == MAIN else f"{namespace}/"
        return (
            f"[[{before}{first} {self.label}]] leads to {self.link.target}, which nobody has written, "
            f"with the label {self.label!r}; did you mean {before}{{{{{first} {self.label}}}}}?"
        )


def parted_links(wiki: Wiki) -> Iterator[Parted]:
    """All of them, in the order of the documents."""
    found = (link for key in wiki.wanted_keys for link in parted(wiki, key))
    return iter(sorted(found, key=lambda p: (p.docname, p.link.block, p.link.start)))


def parted(wiki: Wiki, key: str) -> Sequence[Parted]:
    """The links to the name with this *key*, which nobody has written, that part a title."""
    if not _begins_a_name(key, wiki.sorted_names):
        return ()
    found = []
    for docname, link in wiki.links_to(key):
        label = wiki.documents[docname].texts[link.block][link.start : link.end]
        if len(label) > _LONGEST or COVER in label:
            continue
        page = _whole(wiki, f"{link.target} {label}")
        if page is not None:
            found.append(Parted(docname, link, label, page))
    return found


def _begins_a_name(key: str, names: Sequence[str]) -> bool:
    """Whether one of the sorted *names* goes on behind *key*."""
    at = bisect_left(names, f"{key}\0")
    return at < len(names) and names[at].startswith(key)


def _whole(wiki: Wiki, name: str) -> WikiPage | None:
    """The page of that name; an ending, as in ``[[Chekhovs Gun]]s``, is none of it."""
    for spelling in (name, name.removesuffix("s")):
        page = wiki.page_called(key_of(spelling))
        if page is not None:
            return page
    return None
