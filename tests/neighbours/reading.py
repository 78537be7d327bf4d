"""What is looked for in the output of a build."""

from __future__ import annotations

import json
import re
import zlib
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree as ET

import html5lib

from ..conftest import parse
from .project import SECRET

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from xml.etree.ElementTree import Element

__all__ = ["broken_links", "hrefs", "locations", "meta", "uncovered_secrets"]

_SECRET = re.compile(rf"{SECRET}\w*", re.IGNORECASE)
# Sources say what is a spoiler by their markup.
_IN_MARKUP = re.compile(r"\[\[spoiler:.*?\]\]", re.DOTALL)
_TIPS = re.compile(r"selector_to_html = (\{.*\})\n")


def _pages(folder: Path) -> dict[Path, Element]:
    return {
        p.resolve(): parse(p) for p in sorted(folder.rglob("*.html")) if "_static" not in p.parts
    }


def _addresses(page: Element) -> Iterator[str]:
    for tag, attribute in (("a", "href"), ("link", "href"), ("script", "src"), ("img", "src")):
        for element in page.iter(tag):
            if element.get(attribute) and element.get("rel") not in ("canonical", "alternate"):
                yield element.get(attribute, "")


def broken_links(folder: Path) -> set[str]:
    """``page.html -> address`` of each link, script, style and picture that is not there."""
    folder = folder.resolve()
    pages = _pages(folder)
    ids = {
        path: {e.get("id") for e in page.iter()} | {e.get("name") for e in page.iter("a")}
        for path, page in pages.items()
    }
    broken = set()
    for path, page in pages.items():
        # the page for missing ones has the addresses of a site at the root of its host
        for address in _addresses(page):
            parts = urlsplit(address)
            if parts.scheme or parts.netloc or parts.path.startswith("/"):
                continue
            end = path
            if parts.path:
                root = folder if path.name == "404.html" else path.parent
                end = (root / unquote(parts.path)).resolve()
            if end.is_dir():
                end /= "index.html"
            fragment = unquote(parts.fragment)
            if not end.exists() or (fragment and end in ids and fragment not in ids[end]):
                broken.add(f"{path.relative_to(folder)} -> {address}")
    return broken


def hrefs(path: Path) -> list[str]:
    return [e.get("href", "") for e in parse(path).iter("a")]


def meta(path: Path, name: str) -> str | None:
    """The content of one ``<meta>`` of a page."""
    found = [
        e.get("content")
        for e in parse(path).iter("meta")
        if name in (e.get("name"), e.get("property"))
    ]
    assert len(found) <= 1, found
    return found[0] if found else None


def locations(html: Path) -> dict[str, str | None]:
    """The addresses in a sitemap, and when each was changed."""
    name = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    urls = ET.parse(html / "sitemap.xml").getroot().iter(f"{name}url")
    return {unquote(url.findtext(f"{name}loc", "")): url.findtext(f"{name}lastmod") for url in urls}


# -- secrets


def _uncovered(element: Element) -> Iterator[str]:
    """The text and the attributes of an element, but for what the spoilers in it hold."""
    yield from element.attrib.values()
    if "trope-spoiler" in element.get("class", "").split():
        return
    yield element.text or ""
    for child in element:
        yield from _uncovered(child)
        yield child.tail or ""


def _in_html(text: str) -> str:
    return "\n".join(_uncovered(html5lib.parse(text, namespaceHTMLElements=False)))


def _shown(path: Path) -> str:
    """What can be read of a file without uncovering anything."""
    data = path.read_bytes()
    if path.suffix == ".inv":
        data = zlib.decompress(data.split(b"\n", 4)[4])
    text = data.decode("utf-8", "replace")
    if not _SECRET.search(text):
        return ""
    if path.suffix == ".html":
        return _in_html(text)
    tips = _TIPS.search(text) if "tippy" in path.parts else None
    if tips:
        return _in_html("".join(json.loads(tips[1]).values()))
    if path.name == "llms-full.txt" or "_sources" in path.parts:
        return _IN_MARKUP.sub("", text)
    return text


def uncovered_secrets(folder: Path) -> dict[str, set[str]]:
    """File -> the words under spoilers that can be read in it."""
    found = {}
    for path in sorted(folder.rglob("*")):
        secrets = set(_SECRET.findall(_shown(path))) if path.is_file() else set()
        if secrets:
            found[str(path.relative_to(folder))] = secrets
    return found
