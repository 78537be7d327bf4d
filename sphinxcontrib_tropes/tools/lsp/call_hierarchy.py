"""What refers to a page, and what it refers to, as calls in and out."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from lsprotocol.types import (
    CallHierarchyIncomingCall,
    CallHierarchyItem,
    CallHierarchyOutgoingCall,
    Position,
    Range,
    SymbolKind,
)

from ...wiki import COVER
from ...wiki.text.excerpts import SPOILER, excerpt
from .navigation import key_at, location_of_page, places_of

if TYPE_CHECKING:
    from .open_wiki import Document, OpenWiki

__all__ = ["incoming", "item_at", "outgoing"]

_START = Range(Position(0, 0), Position(0, 0))


def item_at(document: Document, position: Position) -> list[CallHierarchyItem]:
    """The page that is named at *position*, else the document's own."""
    key = key_at(document, position)
    return [_page_item(document.wiki, key)] if key in document.wiki.wiki.pages else []


def _page_item(wiki: OpenWiki, key: str, detail: str = "") -> CallHierarchyItem:
    page = wiki.wiki.pages[key]
    location = location_of_page(wiki, key)
    place = location.range if location else _START
    return CallHierarchyItem(
        page.title,
        SymbolKind.File,
        wiki.uri(wiki.path(page.docname)),
        place,
        place,
        detail=detail or page.namespace,
        data={"key": key},
    )


def incoming(wiki: OpenWiki, item: CallHierarchyItem) -> list[CallHierarchyIncomingCall]:
    """The pages that refer to *item*, each with the first sentence that does."""
    found: dict[str, list[tuple[Range, int]]] = defaultdict(list)
    for path, columns, link in places_of(wiki, _key(item)):
        found[path].append((columns.range, link))
    calls = []
    for path, places in found.items():
        docname = wiki.configuration.docname(path)
        sentence = next((_sentence(wiki, docname, link) for _, link in places if link >= 0), "")
        own = wiki.page_of(path)
        if own is not None:
            caller = _page_item(wiki, own.key, sentence)
        else:
            title = wiki.wiki.documents[docname].title
            caller = CallHierarchyItem(
                title, SymbolKind.File, wiki.uri(path), _START, _START, detail=sentence, data={}
            )
        calls.append(CallHierarchyIncomingCall(caller, [place for place, _ in places]))
    return calls


def _sentence(wiki: OpenWiki, docname: str, at: int) -> str:
    """The sentence around a link, without what spoilers hide."""
    facts = wiki.wiki.documents[docname]
    link = facts.links[at]
    length = wiki.configuration.context_length
    around = excerpt(facts.texts[link.block], link.start, link.end, length)
    return str(around).replace(COVER, SPOILER)


def outgoing(wiki: OpenWiki, item: CallHierarchyItem) -> list[CallHierarchyOutgoingCall]:
    """The written pages that *item* refers to."""
    page = wiki.wiki.pages.get(_key(item))
    if page is None:
        return []
    facts = wiki.wiki.documents[page.docname]
    found: dict[str, list[Range]] = defaultdict(list)
    for name, columns in zip(
        facts.pointers.targets, wiki.columns(wiki.path(page.docname)), strict=False
    ):
        to = wiki.resolve(name)
        if to.kind == "page" and columns is not None:
            found[to.key].append(columns.range)
    return [
        CallHierarchyOutgoingCall(_page_item(wiki, key), ranges) for key, ranges in found.items()
    ]


def _key(item: CallHierarchyItem) -> str:
    data: Any = item.data
    key = data.get("key") if isinstance(data, dict) else None
    return key if isinstance(key, str) else ""
