"""Which documents include which: by ``(:include Page:)`` and its directive."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from ..index.records import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..facts.document import Listing
    from ..wiki import Wiki

__all__ = ["circles", "embedded_documents"]


def embedded_documents(wiki: Wiki, docnames: Iterable[str]) -> list[str]:
    """The documents that these ones include, and those that they include in turn."""
    found: dict[str, None] = {}
    waiting = list(docnames)[::-1]
    while waiting:
        facts = wiki.documents.get(waiting.pop())
        for listing in facts.listings if facts is not None else ():
            if listing.kind == "embedding":
                docname = wiki.resolve(listing.name).docname
                if docname in wiki.documents and docname not in found:
                    found[docname] = None
                    waiting.append(docname)
    return list(found)


def circles(wiki: Wiki, docnames: Iterable[str] | None = None) -> Iterator[Problem]:
    """Pages that would be included in themselves, in all documents or in these."""
    for docname in _in_circles(wiki) if docnames is None else docnames:
        for listing, included in _included(wiki, docname):
            seen, waiting = {included}, [included]
            while waiting and docname not in seen:
                more = {to for _listing, to in _included(wiki, waiting.pop())} - seen
                seen |= more
                waiting += more
            if docname in seen:
                name = wiki.resolve(listing.name).name
                sentence = f"{name} would include itself; a link is shown"
                yield Problem("markup", docname, listing.line, sentence, name, "")


def _included(wiki: Wiki, docname: str) -> Iterator[tuple[Listing, str]]:
    """The documents that a document includes as a whole."""
    facts = wiki.documents.get(docname)
    for listing in facts.listings if facts is not None else ():
        if listing.kind == "embedding":
            to = wiki.resolve(listing.name)
            if to.docname and not wiki.anchor(to, listing.name, listing.namespace):
                yield listing, to.docname


def _in_circles(wiki: Wiki) -> list[str]:
    """The documents that may include themselves: those that no others are included in, and those
    that include none, are taken away again and again.
    """
    includes = {name: {to for _, to in _included(wiki, name)} for name in wiki.documents}
    left = {name: tos for name, tos in includes.items() if tos}
    included_by: defaultdict[str, set[str]] = defaultdict(set)
    for name, tos in left.items():
        for to in tos:
            included_by[to].add(name)
    waiting = [name for name in included_by if name not in left]
    while waiting:
        gone = waiting.pop()
        for name in included_by.pop(gone, ()):
            left[name].discard(gone)
            if not left[name]:
                del left[name]
                waiting.append(name)
    return sorted(left)
