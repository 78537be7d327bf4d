"""Reads Atom feeds, and checks them against RFC 4287 and against what a reader of feeds, feedparser,
makes of them. Knows nothing of the code that writes them.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

import feedparser
from defusedxml import ElementTree

if TYPE_CHECKING:
    from pathlib import Path
    from xml.etree.ElementTree import Element

__all__ = ["Entry", "read_feed"]

ATOM = "{http://www.w3.org/2005/Atom}"
DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")
URI = re.compile(r"(?:[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})+")
FEED = {"title", "id", "updated", "author", "link", "entry"}
ENTRY = {"title", "id", "updated", "link", "summary"}


class Entry(NamedTuple):
    title: str
    link: str
    updated: str
    summary: str
    id: str


class Read(NamedTuple):
    title: str
    id: str
    updated: str
    link: str
    author: str
    entries: list[Entry]


def read_feed(path: Path) -> Read:
    """The feed in a file.

    :raises AssertionError: if RFC 4287 does not allow it.
    """
    root = ElementTree.fromstring(path.read_bytes())
    assert root.tag == f"{ATOM}feed"
    assert {child.tag for child in root} <= {ATOM + name for name in FEED}
    assert links(root, "self") == [_only(root, "id")]
    author = root.findall(f"{ATOM}author")
    assert len(author) == 1  # 4.1.1: there must be one, unless each entry has its own
    entries = [_entry(found) for found in root.findall(f"{ATOM}entry")]
    keys = [(entry.id, entry.updated) for entry in entries]
    assert len(set(keys)) == len(keys)  # 4.1.1: those with the same id differ in their time
    updated = _only(root, "updated")
    assert all(date(entry.updated) <= date(updated) for entry in entries)
    read = Read(
        _only(root, "title"),
        _only(root, "id"),
        updated,
        links(root, "alternate")[0],
        _only(author[0], "name"),
        entries,
    )
    _compare(read, path.read_bytes())
    return read


def _compare(read: Read, source: bytes) -> None:
    """That feedparser reads the same. It gives texts as HTML, without white space around them."""
    other = feedparser.parse(source, sanitize_html=False)
    assert not other.bozo, other.bozo_exception
    feed = other.feed
    assert (feed.title, feed.id, feed.link) == (read.title, read.id, read.link)
    assert (feed.updated, feed.author) == (read.updated, read.author)
    found = [Entry(e.title, e.link, e.updated, e.summary, e.id) for e in other.entries]
    assert found == [Entry(*(field.strip() for field in entry)) for entry in read.entries]


def _entry(found: Element) -> Entry:
    assert {child.tag for child in found} <= {ATOM + name for name in ENTRY}
    alternates = links(found, "alternate")
    assert len(alternates) == 1  # 4.1.2: at least one without content, at most one of a type
    names = ("title", "updated", "summary", "id")
    title, updated, summary, id_ = (_only(found, name) for name in names)
    assert title
    assert date(updated)
    assert URI.fullmatch(id_)
    assert urlsplit(id_).scheme
    return Entry(title, alternates[0], updated, summary, id_)


def links(element: Element, rel: str) -> list[str]:
    """The addresses of an element's links of one kind, each absolute."""
    found = [e.get("href") for e in element.findall(f"{ATOM}link") if e.get("rel") == rel]
    for address in found:
        assert URI.fullmatch(address), address
        assert urlsplit(address).scheme in ("http", "https")
        assert urlsplit(address).netloc
    return found


def date(text: str) -> datetime:
    """The time that *text* is, as RFC 3339 writes it."""
    assert DATE.fullmatch(text)
    return datetime.fromisoformat(text)


def _only(element: Element, name: str) -> str:
    """The text of the child with this name, of which there must be one."""
    found = element.findall(ATOM + name)
    assert len(found) == 1, name
    assert found[0].get("type", "text") == "text"
    assert not len(found[0])
    return found[0].text or ""
