"""Hover: what a reader would be told of a page, and who refers to it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lsprotocol.types import Hover, MarkupContent, MarkupKind

from ...names import PageName
from ...wiki import COVER
from ...wiki.text.excerpts import SPOILER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lsprotocol.types import Position

    from ...wiki import Resolution
    from .open_wiki import Document, OpenWiki

__all__ = ["counted", "describe", "hover"]

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+\-!|~&])")
_MOST = 5


def hover(document: Document, position: Position, *, is_markdown: bool = True) -> Hover | None:
    """What there is to say of the name at *position*; None where there is none."""
    place = document.at(document.positions.offset(position))
    if place is None:
        return None
    value = describe(document.wiki, place.name, is_markdown=is_markdown)
    kind = MarkupKind.Markdown if is_markdown else MarkupKind.PlainText
    return Hover(MarkupContent(kind, value), document.positions.range(place.start, place.end))


def describe(wiki: OpenWiki, name: str, *, is_markdown: bool = True) -> str:
    """What there is to say of the page with the canonical *name*."""
    to = wiki.resolve(name)
    lines = _of_page(wiki, to) if to.kind == "page" else _of_other(wiki, to)
    styled = ((style, text.replace(COVER, SPOILER)) for style, text in lines if text)
    if not is_markdown:
        return "\n\n".join(text for _style, text in styled)
    return "\n\n".join(f"{style}{_escaped(text)}{style}" for style, text in styled)


def _of_page(wiki: OpenWiki, to: Resolution) -> Iterator[tuple[str, str]]:
    page = wiki.wiki.pages[to.key]
    label = wiki.configuration.settings.namespaces.label(page.namespace)
    yield "**", f"{page.title} ({label})"
    if to.via:
        yield "", f"{_title(to.via)} is another name of it."
    yield "*", page.facts.laconic
    for line in page.facts.lead.split("\n"):
        yield "", line
    yield "", _referrers(wiki, to.key, "Referenced by")


def _of_other(wiki: OpenWiki, to: Resolution) -> Iterator[tuple[str, str]]:
    yield "**", _title(to.name)
    if to.kind == "external":
        yield "", f"A page of {to.project or 'another project'}."
        return
    if to.kind == "ambiguous":
        pages = wiki.wiki.meanings(to.key)
        names = ", ".join(page.name for page in pages)
        yield "", f"Not written. Several namespaces have a page of that name: {names}."
    else:
        yield "", "Not written yet."
        near = ", ".join(page.title for page in wiki.wiki.candidates(to.key))
        yield "", near and f"Did you mean {near}?"
    yield "", _referrers(wiki, to.key, "Wanted by")


def _referrers(wiki: OpenWiki, key: str, verb: str) -> str:
    """How many refer to a page, and the first of them."""
    docnames = wiki.wiki.sources(key)
    if not docnames:
        return "Nothing refers to it."
    documents = wiki.wiki.documents
    titles = [documents[docname].title for docname in docnames[:_MOST]]
    more = f" and {len(docnames) - _MOST} more" if len(docnames) > _MOST else ""
    return f"{verb} {counted(len(docnames), 'page')}: {', '.join(titles)}{more}"


def counted(number: int, noun: str) -> str:
    """``1 page``, ``2 pages``."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _title(name: str) -> str:
    return PageName(*name.split("/", 1)).title


def _escaped(text: str) -> str:
    """*text*, so that Markdown shows it as it is."""
    return _SPECIAL.sub(r"\\\1", text)
