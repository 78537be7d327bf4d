"""Reads Org and Org-roam, through Pandoc."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from . import Head
from .pandoc import PandocReader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..tree import Document
    from . import Page
    from .pandoc.process import Parsed

__all__ = ["READER", "OrgReader"]

_KEYWORD: Final = re.compile(
    r"^#\+(title|filetags|description|roam_alias|roam_tags):[ \t]*([^\n]*)",
    re.IGNORECASE | re.MULTILINE,
)
_DRAWER: Final = re.compile(
    r"^[ \t]*:(ID|ROAM_ALIASES|CUSTOM_ID):[ \t]+([^\n]+)", re.IGNORECASE | re.MULTILINE
)
_HEADING: Final = re.compile(r"^\*+[ \t]", re.MULTILINE)
_WORD: Final = re.compile(r'"([^"\n]+)"|(\S+)')
_STAMP: Final = re.compile(r"\d{8,14}-(?=.)")
"""What Org-roam puts before the name of a file: the time at which it was made."""
_INCLUDE: Final = re.compile(r"^[ \t]*#\+include:[^\n]*", re.IGNORECASE | re.MULTILINE)
_MODE_LINE: Final = re.compile(r"\A[ \t]*#[ \t]*-\*-[^\n]*")
_ADDRESS: Final = re.compile(r"[a-zA-Z][a-zA-Z0-9+.\-]+:(?!:)")
_LINK_WORDS: Final = re.compile(r"\A(?:file|attachment|roam|denote|id):", re.IGNORECASE)


@dataclass(frozen=True)
class OrgReader(PandocReader):
    """Org: links by id, by title, or to files with headings."""

    def head(self, key: str, text: str) -> Head:
        """The name is the title; links may also use the ids of the page and of its headings."""
        keywords = _keywords(text)
        name = _STAMP.sub("", posixpath.basename(key)).replace("_", " ").strip() or key
        aliases = []
        ids = [posixpath.basename(key)]
        first = _HEADING.search(text)
        for found in _DRAWER.finditer(text):
            kind, value = found[1].upper(), found[2].strip()
            if kind == "ID":
                ids.append(f"id:{value}")
            elif kind == "ROAM_ALIASES" and (first is None or found.start() < first.start()):
                aliases += [quoted or word for quoted, word in _WORD.findall(value)]
        aliases += [
            quoted or word for quoted, word in _WORD.findall(keywords.get("roam_alias", ""))
        ]
        title = keywords.get("title", "")
        return Head(
            title or name, aliases=tuple(dict.fromkeys(aliases)), keys=tuple(dict.fromkeys(ids))
        )

    def keys(self, target: str, here: str) -> Iterator[str]:
        if target.lower().startswith("id:"):
            yield self.folded(target)
        else:
            yield from super().keys(target, here)

    def spelled(self, target: str) -> tuple[str, str]:
        """The page and the heading: ``file:a.org::*Heading``."""
        if target.lower().startswith("id:"):
            return target.partition("::")[0], target.partition("::")[2].lstrip("*#")
        if target.startswith("#"):
            return "", target[1:]
        path = _LINK_WORDS.sub("", target)
        if _ADDRESS.match(path):
            return super().spelled(path)
        name, _, section = path.partition("::")
        return unquote(name) if path != target else name, section.lstrip("*#").strip()

    def prepared(self, text: str, page: Page) -> str:
        for found in _INCLUDE.finditer(text):
            page.remarks.left_out("#+INCLUDE: left out", found[0])
        return _INCLUDE.sub("", text)

    def document(self, parsed: Parsed, text: str, page: Page) -> Document:
        """The page, with its tags as categories."""
        keywords = _keywords(text)
        tags = keywords.get("filetags", "").replace(":", " ").split()
        tags += keywords.get("roam_tags", "").replace('"', " ").split()
        return replace(
            super().document(parsed, text, page),
            categories=tuple(dict.fromkeys(tags)),
            description=keywords.get("description", ""),
        )


def _keywords(text: str) -> dict[str, str]:
    """The properties of the page: name in lower case -> value."""
    found: dict[str, str] = {}
    for keyword in _KEYWORD.finditer(text):
        name, value = keyword[1].lower(), " ".join(keyword[2].split())
        found[name] = f"{found[name]} {value}" if name in found else value
    return found


READER = OrgReader(
    "org",
    (".org",),
    "org-smart",
    unseen=re.compile(
        r"^[ \t]*(?:#\+|:)[A-Za-z_\-]+:?(?:[ \t][^\n]*)?|\[\[[^\[\]\n]*\]\[|[a-z]{2,10}://\S+",
        re.MULTILINE,
    ),
)
