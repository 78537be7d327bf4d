"""What a link or an embedding leads to: a page, an address, a picture, or a file."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Literal
from urllib.parse import parse_qs, unquote, urlsplit

from .....addresses import is_safe
from ...tree import Link, Picture, Text, WebLink

if TYPE_CHECKING:
    from ...remarks import Remarks
    from ...tree import Inline

__all__ = [
    "WIKILINK",
    "destination",
    "embedded",
    "embedded_address",
    "file_kind",
    "is_picture",
    "picture",
    "wikilink",
]

WIKILINK = re.compile(
    r"(?P<embeds>!?)\[\[(?P<target>[^\[\]|\n]{0,500}?)(?:\\?\|(?P<label>(?:[^\[\]\n]|\[(?!\[)|\](?!\])){0,1000}))?\]\]"
)
"""``[[Page#Heading|words]]``, ``![[picture.png|100]]``."""

_PICTURE = re.compile(r"\.(?:png|jpe?g|gif|svg|webp|avif|bmp)\Z", re.IGNORECASE)
_FILE = re.compile(
    r"\.(?P<kind>pdf|canvas|base|excalidraw|mp3|wav|m4a|ogg|oga|opus|flac|3gp|aac|mp4|webm|ogv|mov|mkv|avi"
    r"|docx?|xlsx?|pptx?|od[tsp]|epub|zip|t?gz|7z|rar|csv|tsv|json|ya?ml|html?|txt|bib|css|exe|dmg|apk|ttf|woff2?)\Z",
    re.IGNORECASE,
)
_SUFFIX = re.compile(r"\.(?:md|markdown)\Z", re.IGNORECASE)
_SCHEME = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]{1,30}):(?=\S)(?!\s)")
_SIZE = re.compile(r"(?P<width>\d{1,5})(?:x\d{1,5})?\Z")
_SIDES: dict[str, Literal["left", "right"]] = {"left": "left", "right": "right"}
_LAST = re.compile(r"[^#]*\Z")
_PLAYED = re.compile(
    r"//(?:[\w-]+\.)?(?:youtube(?:-nocookie)?\.com|youtu\.be|vimeo\.com|twitter\.com|x\.com|spotify\.com)/",
    re.IGNORECASE,
)


def is_picture(target: str) -> bool:
    """Whether *target* has the suffix of a picture, and is no text that ends so."""
    return len(target) < 1000 and "\n" not in target and _PICTURE.search(target) is not None


def file_kind(target: str) -> str:
    """``pdf``, ``mp3`` ... if *target* is a file that is no page and no picture; else empty."""
    found = _FILE.search(target.partition("?")[0])
    return found["kind"].lower() if found else ""


def wikilink(target: str, label: str | None, remarks: Remarks) -> Inline:
    """``[[target|label]]``; the words that readers see are those that Obsidian shows."""
    page, section = _parted(target)
    words = " ".join((label or "").split())
    if kind := file_kind(page) or ("picture" if _PICTURE.search(page) else ""):
        return _file(kind, page, words, remarks)
    if not words:
        words = _shown(target, page, section)
    return Link(page, (Text(words),) if words else (), section)


def _shown(target: str, page: str, section: str) -> str:
    """The words of a link that states none: its target, as Obsidian shows it."""
    if section and not target.rpartition("#")[2].startswith("^"):
        return " > ".join(" ".join(part.split()) for part in target.split("#") if part.strip())
    words = page if section else target
    return " ".join(_SUFFIX.sub("", words.strip()).split())


def embedded(target: str, label: str | None, remarks: Remarks) -> Inline:
    """``![[target|label]]``: a picture, or a page that is shown at this place."""
    page, _ = _parted(target)
    if _PICTURE.search(page):
        return picture(page, label or "")
    if kind := file_kind(page):
        return _file(kind, page, label or "", remarks)
    place = wikilink(target, label, remarks)
    return replace(place, embeds=True) if isinstance(place, Link) else place


def picture(target: str, words: str) -> Picture:
    """The picture *target* with ``alternative words|100x50|right``."""
    alt, width = [], 0
    side: Literal["", "left", "right"] = ""
    for part in words.split("|"):
        word = part.strip()
        if size := _SIZE.match(word):
            width = int(size["width"])
        elif word in _SIDES:
            side = _SIDES[word]
        elif word and word not in ("center", "centre"):
            alt.append(" ".join(word.split()))
    return Picture(target, " ".join(alt), width, side)


def destination(href: str, remarks: Remarks) -> Link | WebLink | None:
    """What ``[words](href)`` leads to; nothing if that is no place that a page may lead to."""
    href = href.strip()
    if inner := WIKILINK.fullmatch(href):
        href = inner["target"]
    if href.startswith("((") and href.endswith("))"):
        return Link(href, section=href[2:-2].lower())
    if scheme := _SCHEME.match(href):
        return _address(scheme["scheme"].lower(), href, remarks)
    if href.startswith("//"):
        return WebLink(f"https:{href}")
    page, section = map(unquote, _parted(href))
    page = _SUFFIX.sub("", page.partition("?")[0])
    if kind := file_kind(page) or ("picture" if _PICTURE.search(page) else ""):
        remarks.left_out(f"link to a file ({kind}): its words are kept", href)
        return None
    return Link(page, section=section) if page or section else None


def embedded_address(url: str, words: str, remarks: Remarks) -> Inline:
    """``![words](url)``."""
    if not _SCHEME.match(url) and not url.startswith("//"):
        target = unquote(url).partition("#")[0]
        if _PICTURE.search(target) or not (kind := file_kind(target)):
            return picture(target, words)
        return _file(kind, target, words, remarks)
    if not is_safe(url):
        remarks.left_out("picture at an address that is not allowed: its words are kept", url)
        return Text(words)
    if file_kind(urlsplit(url).path if "[" not in url else url) or _PLAYED.search(url):
        remarks.changed("film, sound or page shown inside a page: a link to it", url)
        return WebLink(url, (Text(words),) if words.strip("0123456789x| ") else ())
    return picture(url, words)


def _address(scheme: str, href: str, remarks: Remarks) -> Link | WebLink | None:
    if scheme == "obsidian":
        try:
            query = parse_qs(urlsplit(href).query, max_num_fields=100)
        except ValueError:
            query = {}
        if page := query.get("file", [""])[0]:
            return Link(*_parted(page)[:1], section=_parted(page)[1])
    if scheme == "file" or not is_safe(href):
        remarks.left_out(f"address with {scheme}: (its words are kept)", href)
        return None
    return WebLink(href.replace(" ", "%20"))


def _parted(target: str) -> tuple[str, str]:
    """The page and the last section of ``page#section#section``, or its block."""
    page, mark, sections = target.strip().partition("#")
    if not mark and target.startswith("^"):
        return "", target.lstrip("^")
    last = _LAST.search(sections)
    return _SUFFIX.sub("", page.strip()), (last[0] if last else "").strip().lstrip("^")


def _file(kind: str, target: str, words: str, remarks: Remarks) -> Inline:
    remarks.left_out(f"link to a file ({kind}): its words are kept", target)
    return Text(words or target.rpartition("/")[2])
