"""The contents of a book: pages that no table of contents leads to, in an order for readers."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from .site_pages import collation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from ..wiki import Wiki

__all__ = ["book_contents"]


def book_contents(
    wiki: Wiki, root: str, included: AbstractSet[str], by: str
) -> Mapping[str, tuple[str, ...]]:
    """Docname -> the documents to add below it. Redirects, and pages excluded from the index, are not
    added.

    :param root: the document that the book begins with.
    :param included: the documents that tables of contents lead to already.
    :param by: ``a-z``: all below the root, by title; ``index``: the members of an index below it, in
        its order, each page once.
    """
    there = {root, *included}
    order = _by_title(wiki, wiki.documents)
    waiting = {docname: None for docname in order if docname not in there}
    found: dict[str, list[str]] = defaultdict(list)
    if by == "index":
        _add_by_index(wiki, waiting, found, root, there)
    found[root] = list(_by_title(wiki, [*found[root], *waiting]))
    return {docname: tuple(below) for docname, below in found.items() if below}


def _add_by_index(
    wiki: Wiki,
    waiting: dict[str, None],
    found: dict[str, list[str]],
    root: str,
    there: AbstractSet[str],
) -> None:
    """Moves documents from *waiting* below those of their indexes."""
    members: dict[str, dict[str, None]] = defaultdict(dict)
    for index, keys in wiki.indexes.items():
        if index in wiki.pages:
            below = dict.fromkeys(wiki.pages[key].docname for key in keys)
            members[wiki.pages[index].docname].update(below)
    listed = {docname for below in members.values() for docname in below}
    tops = [d for d in members if d in there or (d in waiting and d not in listed)]
    # then those that list one another in a circle
    for top in (*_by_title(wiki, tops), *_by_title(wiki, members)):
        if top in waiting:
            del waiting[top]
            found[root].append(top)
        elif top not in tops:
            continue
        stack = [top]
        while stack:
            docname = stack.pop()
            claimed = [other for other in members.get(docname, ()) if other in waiting]
            for other in claimed:
                del waiting[other]
            found[docname] += claimed
            stack += reversed(claimed)


def _by_title(wiki: Wiki, docnames: Iterable[str]) -> Iterator[str]:
    """The documents with a page for readers, from A to Z by the title of the first."""
    titles = {}
    for docname in dict.fromkeys(docnames):
        pages = wiki.documents[docname].pages
        shown = [page for page in pages if page.is_listed and not page.redirect]
        if shown:
            titles[docname] = shown[0].title
    return iter(sorted(titles, key=lambda docname: (*collation(titles[docname]), docname)))
