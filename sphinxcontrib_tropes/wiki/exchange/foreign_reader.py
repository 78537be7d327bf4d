"""Reads the ``tropes.json`` of another wiki.

It comes from elsewhere, so nothing in it is trusted: texts are plain text, addresses stay inside
that wiki or are http(s), and an invalid file is refused as a whole.
"""

from __future__ import annotations

import re
from reprlib import repr as shown
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

from ...names import is_canonical, key_of
from ...names.exclusions import BACKLINKS
from ..facts.document import COVER
from ..index.foreign import ForeignLink, ForeignPage, ForeignWiki
from ..text.excerpts import SPOILER
from .schema import VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["MalformedError", "read_foreign", "reduced"]


class MalformedError(ValueError):
    """The data are not those of a ``tropes.json``."""


_LONGEST_TITLE = 300
# Control characters, surrogates and noncharacters: not allowed in XML or UTF-8. COVER is one of
# them, so no foreign text can contain it.
_NO_TEXT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_NO_ADDRESS = re.compile(r"[\x00-\x1f\x7f-\xa0\u2028\u2029\ufeff\\]")
_ABSOLUTE = re.compile(r"https?://[^/?#]", re.IGNORECASE)
_KEPT = "!#$%&'()*+,-./:;=?@[]_~"


def read_foreign(data: object, *, name: str, base: str, here: str) -> ForeignWiki:
    """The pages of another wiki, and its links that may point here, from its parsed
    ``tropes.json``.

    :param name: this project's name for that wiki.
    :param base: address of its root, with a slash at the end.
    :param here: name of this project; links to a third one are left out.
    :raises MalformedError: if *data* is not the content of a ``tropes.json``.
    """
    top = _object(data, "the file")
    if top.get("version") != VERSION or isinstance(top.get("version"), bool):
        raise MalformedError(
            f"its version is {shown(top.get('version'))}; only {VERSION} can be read"
        )
    project = _text(top, "project", "the file", default="")
    addresses = _Addresses(base)
    sources: dict[tuple[str, str], tuple[str, str]] = {}
    own: set[str] = set()
    pages = []
    for place, page in _items(top, "pages"):
        url = _text(page, "url", place)
        uri = addresses.of(url)
        found = ForeignPage(
            _name(page, "name", place),
            _title(_text(page, "title", place)),
            uri,
            tuple(_name_of(alias, f"{place}.aliases") for alias in _list(page, "aliases", place)),
        )
        own.update(map(key_of, (found.name, *found.aliases)))
        if BACKLINKS not in _excluded(page, place):
            sources[found.name, url.partition("#")[0]] = (found.title, uri)
        if uri:
            pages.append(found)
    for place, document in _items(top, "documents", is_needed=False):
        url, docname = _text(document, "url", place), _text(document, "name", place)
        source = (_title(_text(document, "title", place)), addresses.of(url))
        sources[docname, url.partition("#")[0]] = source
    links = [
        link
        for place, entry in _items(top, "links")
        if (link := _link(entry, place, name, own, sources, addresses)) is not None
        and _is_for(_text(entry, "project", place, default=""), here)
    ]
    return ForeignWiki(name, project, tuple(pages), tuple(links), addresses.left_out)


def _link(
    entry: dict[str, Any],
    place: str,
    wiki: str,
    own: set[str],
    sources: Mapping[tuple[str, str], tuple[str, str]],
    addresses: _Addresses,
) -> ForeignLink | None:
    """The link, if its target is not in that wiki and its source is one of *sources*: links of
    redirects, and of pages excluded from backlinks, are left out.

    :param own: keys of that wiki's pages and aliases.
    """
    target = _name(entry, "target", place)
    context = _NO_TEXT.sub("\ufffd", _text(entry, "context", place))
    url = _text(entry, "url", place)
    start, end = _words(entry, context, place)
    source = sources.get((_text(entry, "source", place), url.partition("#")[0]))
    if key_of(target) in own:
        return None
    uri = addresses.of(url)
    if not uri or source is None or not source[1]:
        return None
    parts = (context[:start], context[start:end], context[end:])
    before, words, after = (part.replace(SPOILER, COVER) for part in parts)
    start, end = len(before), len(before) + len(words)
    return ForeignLink(wiki, target, *source, uri, before + words + after, start, end)


def _excluded(page: dict[str, Any], place: str) -> list[Any]:
    return _list(page, "excluded", place) if "excluded" in page else []


def _is_for(project: str, here: str) -> bool:
    """Whether a link to *project*, empty if unknown, may point to this project."""
    return not project or project.split() == here.split()


def _words(entry: dict[str, Any], context: str, place: str) -> tuple[int, int]:
    """Start and end of a link's words in its context; the whole context if not given."""
    if "words" not in entry:
        return 0, len(context)
    words = _list(entry, "words", place)
    if len(words) != 2 or not all(isinstance(at, int) and at is not True for at in words):
        raise MalformedError(f"{place}.words is not two numbers")
    start, end = words
    if not 0 <= start <= end <= len(context):
        raise MalformedError(f"{place}.words is outside the context")
    return start, end


class _Addresses:
    """Turns relative addresses in another wiki into absolute ones."""

    def __init__(self, base: str) -> None:
        self._base = base
        self.left_out = 0

    def of(self, url: str) -> str:
        """The address; empty if *url* is neither http(s) nor inside that wiki's root."""
        if _NO_ADDRESS.search(url):
            self.left_out += 1
            return ""
        uri = quote(url, safe=_KEPT, errors="replace")
        if _ABSOLUTE.match(uri):
            return uri
        path = unquote(re.split("[?#]", uri, maxsplit=1)[0])
        # the root itself is the empty path
        first, *others = path.split("/")
        if (others and not first) or ":" in first or ".." in (first, *others):
            self.left_out += 1
            return ""
        return self._base + uri


def _object(value: object, place: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise MalformedError(f"{place} is no JSON object")
    return value


def _list(entry: dict[str, Any], field: str, place: str) -> list[Any]:
    value = entry.get(field)
    if not isinstance(value, list):
        raise MalformedError(f"{place}.{field} is no list")
    return value


def _items(
    top: dict[str, Any], field: str, *, is_needed: bool = True
) -> Iterator[tuple[str, dict[str, Any]]]:
    """The objects in a list of the file, each with its place, for messages."""
    if not is_needed and field not in top:
        return
    for number, item in enumerate(_list(top, field, "the file")):
        place = f"{field}[{number}]"
        yield place, _object(item, place)


def _text(entry: dict[str, Any], field: str, place: str, default: str | None = None) -> str:
    value = entry.get(field, default)
    if not isinstance(value, str):
        raise MalformedError(f"{place}.{field} is no text")
    return value


def _name(entry: dict[str, Any], field: str, place: str) -> str:
    return _name_of(entry.get(field), f"{place}.{field}")


def _name_of(value: object, place: str) -> str:
    if not isinstance(value, str) or not is_canonical(value):
        raise MalformedError(f"{place} is no canonical name")
    return value


def _title(text: str) -> str:
    return " ".join(_NO_TEXT.sub("\ufffd", text).split())[:_LONGEST_TITLE] or "…"


_KEPT_OF_PAGE = ("name", "title", "url", "aliases", "excluded")


def reduced(data: Any) -> dict[str, Any]:
    """Only the parts of *data* that :func:`read_foreign` needs, for a smaller copy on disk: most
    links of a wiki are between its own pages. *data* must have been read without an error.
    """
    own = {key_of(name) for page in data["pages"] for name in (page["name"], *page["aliases"])}
    return {
        "version": data["version"],
        "project": data.get("project", ""),
        "pages": [
            {field: page[field] for field in _KEPT_OF_PAGE if field in page}
            for page in data["pages"]
        ],
        "documents": data.get("documents", []),
        "links": [link for link in data["links"] if key_of(link["target"]) not in own],
    }
