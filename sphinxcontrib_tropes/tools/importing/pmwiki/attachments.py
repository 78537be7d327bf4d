"""``Attach:file.png``: pictures and other files of the old wiki."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from .drafts import Change
from .variables import is_simple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .drafts import Draft
    from .wiki_facts import WikiFacts, WikiPage

__all__ = ["ATTACH", "attached", "place_of_upload", "show_pictures"]

ATTACH = "Attach:"
"""What a link to a file begins with."""

_PICTURE_SUFFIXES = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".bmp")
_PATH = r"(?:\"[^\"\n|\[\]]{1,200}\"|[^\s\"'<>|\[\](){}%]{1,200})"
_ATTACHED = re.compile(
    rf"(?P<style>%[A-Za-z][\w =#.,:;\-]{{0,200}}%[ \t]*)?(?<!\w)Attach:(?P<path>{_PATH})"
    r"(?:\"(?P<alt>[^\"\n\[\]]{0,200})\")?(?P<caption>[ \t]*\|[ \t]*(?=[^\s|])(?P<caption_text>[^\n|]{1,500}))?"
)
# a link with a picture as its label, or to a file
_LINK = re.compile(r"\[\[[^\[\]]{0,1000}\]\]")
_SIDE = re.compile(
    r"%[^%]*?\b(?P<side>[lr])(?:frame|float|thumb)|%[^%]*?\bfloat=(?P<word>left|right)"
)
_NOT_IN_PLACES = re.compile(r"[^\w./\-]+")
_AT_ITS_END = ".,:;!?"


class _Attached(NamedTuple):
    """A file that a page names."""

    name: str
    """Its name, for people."""
    place: str
    """Where pages find it; empty if the source does not hold it."""


def place_of_upload(path: str) -> str:
    """Where pages find the file at *path*, below the folder of uploads, and where it must be copied
    to, below the folder of the project.
    """
    return f"/images/{_NOT_IN_PLACES.sub('_', path)}"


def attached(target: str, page: WikiPage, facts: WikiFacts) -> _Attached:
    """The file that ``Attach:target`` means in *page*."""
    path = target.strip().strip('"')
    before, slash, name = path.rpartition("/")
    group, dot, of_page = before.partition(".")
    candidates = [
        f"{page.group}/{path}",
        f"{page.group}/{page.name}/{path}",
        path,
        *([f"{group}/{name}", f"{group}/{of_page}/{name}"] if dot else []),
        *([f"{page.group}/{name}"] if slash and not dot else []),
        name,
    ]
    found = next((place for place in candidates if place in facts.uploads), "")
    return _Attached(name or path, place_of_upload(found) if found else "")


def is_picture(name: str) -> bool:
    """Whether the file *name* is a picture, by its suffix."""
    return name.lower().endswith(_PICTURE_SUFFIXES)


def show_pictures(draft: Draft, page: WikiPage, facts: WikiFacts) -> None:
    """Writes the attached pictures in *draft* in trope markup, and other files as their names."""
    if ATTACH in draft.text:
        draft.change(_changes(draft.text, page, facts))


def _changes(text: str, page: WikiPage, facts: WikiFacts) -> Iterator[Change]:
    links = [match.span() for match in _LINK.finditer(text)]
    at = 0
    for match in _ATTACHED.finditer(text):
        while at < len(links) and links[at][1] <= match.start():
            at += 1
        if at < len(links) and links[at][0] <= match.start():
            continue  # its link says what becomes of it
        yield _shown(match, page, facts)


def _shown(match: re.Match[str], page: WikiPage, facts: WikiFacts) -> Change:
    path = match["path"]
    stripped = path.rstrip(_AT_ITS_END)
    tail = path[len(stripped) :]
    file = attached(stripped, page, facts)
    typed = f"{ATTACH}{stripped}"
    end = match.end()
    if not is_picture(file.name) or not file.place:
        words = match["alt"] or file.name
        end = match.start("caption") if match["caption"] else end
        why = "is a file" if not is_picture(file.name) else "is not in the source"
        return Change(
            match.start(), end, f"{words}{tail}", f"{typed} {why}; written as words: {words}"
        )
    caption = match["caption_text"] or ""
    side = _SIDE.match(match["style"] or "")
    if side:
        word = side["word"] or {"l": "left", "r": "right"}[side["side"]]
        new = f"[[quote{word}:{file.place}]]"
        new += f"[[caption-width-{word}:{caption.strip()}]]" if caption else ""
    else:
        alt = match["alt"] or ""
        alt = f" {alt}" if alt and is_simple(alt) else ""
        new = f"[[image:{file.place}{alt}]]" + (f" {caption}" if caption else "")
    return Change(match.start(), end, f"{new}{tail}", f"{typed} is a picture, at {file.place}")
