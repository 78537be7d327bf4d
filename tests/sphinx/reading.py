"""What tests read out of built pages and of warnings."""

from __future__ import annotations

import json
import os
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from ..conftest import Site, having_class, parse, text_of

if TYPE_CHECKING:
    from pathlib import Path
    from xml.etree.ElementTree import Element

_COLOURS = re.compile(r"\x1b\[[0-9;]*m")
_PLACE = re.compile(r"(?P<place>\S*?:(?:\d+:)?) (?:WARNING|ERROR): ")


def warnings_of(site: Site, kind: str = "") -> list[str]:
    """What the last build warned of, a line each; of a *kind* such as ``trope.markup`` if given."""
    lines = _COLOURS.sub("", site.warnings).splitlines()
    return [line for line in lines if line.strip() and (not kind or f"[{kind}]" in line)]


def places_of(site: Site, kind: str) -> list[str]:
    """File and line of each warning of a *kind*: ``FunnyAnimal.trope:3``."""
    matches = [_PLACE.match(line) for line in warnings_of(site, kind)]
    return [place_in(site, match["place"]) if match else "" for match in matches]


def place_in(site: Site, place: str) -> str:
    """A place that a warning tells, with the path as seen from the source folder."""
    path, colon, line = place.rstrip(":").partition(":")
    # docutils names included files as seen from the working directory
    return os.path.relpath(path, site.source) + colon + line


def body(page: Element) -> Element:
    """The document in a page, without what the theme puts around it."""
    return having_class(page, "body")[0]


def links(element: Element) -> list[Element]:
    return [found for found in element.iter("a") if found.get("href")]


def link_named(page: Element, text: str) -> Element:
    """The first link of the document itself, not of a panel, with this text."""
    all_links = links(body(page))
    of_panels = {link for panel in having_class(page, "trope-backlinks") for link in links(panel)}
    found = [link for link in all_links if text_of(link) == text and link not in of_panels]
    assert found, f"no link {text!r} among {[text_of(link) for link in all_links]}"
    return found[0]


def panel_of(page: Element) -> Element:
    """The panel of a page."""
    (aside,) = having_class(page, "trope-backlinks")
    return aside


def panel_text(page: Element) -> str:
    return text_of(panel_of(page))


def ids_of(page: Element) -> set[str]:
    return {element.get("id", "") for element in page.iter()} - {""}


def duplicate_ids(page: Element) -> list[str]:
    ids = [element.get("id", "") for element in page.iter() if element.get("id")]
    return sorted({id_ for id_ in ids if ids.count(id_) > 1})


def broken_links(folder: Path, suffix: str = ".html") -> list[str]:
    """The links inside the pages of a folder that lead nowhere: ``page.html -> href``."""
    pages = {path.resolve(): parse(path) for path in sorted(folder.rglob(f"*{suffix}"))}
    ids = {path: ids_of(page) for path, page in pages.items()}
    broken = []
    for path, page in pages.items():
        for link in page.iter("a"):
            href = link.get("href", "")
            parts = urlsplit(href)
            if not href or parts.scheme or parts.netloc:
                continue
            end = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            if end.is_dir():
                end /= f"index{suffix}"
            fragment = unquote(parts.fragment)
            if not end.exists() or (fragment and end in ids and fragment not in ids[end]):
                broken.append(f"{path.relative_to(folder.resolve())} -> {href}")
    return broken


def an_entry_a_line(data: dict[str, Any]) -> str:
    """How ``tropes.json`` is laid out."""
    lines: list[str] = []
    for part, value in sorted(data.items()):
        shown = json.dumps(value, ensure_ascii=False)
        if isinstance(value, list) and value:
            entries = (json.dumps(e, ensure_ascii=False, sort_keys=True) for e in value)
            shown = "[\n" + ",\n".join(entries) + "\n]"
        lines.append(f'"{part}": {shown}')
    return "{\n" + ",\n".join(lines) + "\n}\n"
