"""The reader of DokuWiki's pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from ...tree import Document, Heading
from .. import Head, Unwanted
from ..inline_stack import plain
from .blocks import Blocks, heading
from .ids import START, candidates, clean, id_of_file, media_id
from .links import spelled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .. import Page

__all__ = ["DokuWiki"]

_OWN: Final = {
    "wiki:syntax": "DokuWiki's own page",
    "wiki:welcome": "DokuWiki's own page",
    "wiki:dokuwiki": "DokuWiki's own page",
    "playground:playground": "DokuWiki's own page",
}
_OF_THE_SITE: Final = {"sidebar", "sidefooter", "topheader", "pageheader", "pagefooter"}
_TEMPLATES: Final = re.compile(r"(?:.*[/:])?_{1,2}template\Z", re.DOTALL)
_BY_HEADING: Final = re.compile(rb"^[ \t]*={5,6}[ \t]*[^=\s][^\n]*={5,6}[ \t]*\r?$", re.MULTILINE)
_LEADS: Final = re.compile(
    r"\s*(?:={2,6}[^\n]{1,400}={2,6}\s*)?~~(?:REDIRECT|GOTO)>([^~\n|]{1,400})(?:\|[^~\n]{0,400})?~~"
)
"""The macro of plugins for redirects, maybe below a heading."""
_MARK: Final = "\ufeff"
"""What some editors begin a file with."""
_UNSEEN: Final = re.compile(
    r"</?(?:code|file)(?=[\s>])[^>\n]{0,200}>|~~[A-Z]+[^~\n]{0,200}~~|https?://\S+"
    r"|\[\[[^|\[\]\n]{0,400}(?=\|)|\{\{[^|{}\n]{0,400}|</?(?:WRAP|note|wrap)[^>\n]{0,200}>"
)


class DokuWiki:
    """Reads the pages of DokuWiki."""

    name = "dokuwiki"
    suffixes: tuple[str, ...] = (".dokuwiki",)

    def recognises(self, path: str, head: bytes) -> bool:
        """Whether the file is below a folder ``pages``, or has a heading between five or six ``=``."""
        if not path.lower().endswith(".txt"):
            return False
        return "/pages/" in f"/{path}" or bool(_BY_HEADING.search(head))

    def key(self, path: str) -> str:
        """The id of the page."""
        stem = path.removesuffix(".txt").removesuffix(".dokuwiki")
        return stem if _TEMPLATES.match(stem) else id_of_file(stem)

    def head(self, key: str, text: str) -> Head:
        """The name is the first heading if that means the id; else it is the title."""
        if key in _OWN:
            raise Unwanted(_OWN[key])
        *spaces, name = key.split(":")
        if name in _OF_THE_SITE:
            raise Unwanted("what stands on all pages")
        if _TEMPLATES.match(key):
            raise Unwanted("template for new pages")
        if not text.strip():
            raise Unwanted("empty")
        if name in (START, spaces[-1] if spaces else START) and spaces:
            name = spaces.pop()
        first = _first_heading(text.lstrip(_MARK))
        group = " ".join(spaces).replace("_", " ")
        if first and clean(first.replace(":", " ").replace(";", " ")) == name:
            return Head(first, group, redirect=spelled(_redirect(text)))
        return Head(name.replace("_", " "), group, first, redirect=spelled(_redirect(text)))

    def keys(self, target: str, here: str) -> Iterable[str]:
        """The ids that *target* may mean: the page, or the first page of the namespace."""
        return candidates(target, here)

    def folded(self, key: str) -> str:
        """The id that *key* means."""
        return clean(key.replace("/", ":"))

    def media(self, target: str, here: str) -> Iterable[str]:
        """The paths of a file in ``data/media``."""
        path = media_id(target.partition("#")[0], here)
        stored = quote(path)
        names = (path,) if stored == path else (path, stored)
        found = [f"{folder}{name}" for name in names for folder in ("data/media/", "media/", "")]
        return (*found, *(name.rpartition("/")[2] for name in names))

    def words(self, text: str) -> Iterable[str]:
        """The words of *text*, without options, addresses and plugins."""
        return _UNSEEN.sub(" ", text).split()

    def read(self, text: str, page: Page) -> Document:
        """The page; a heading at its beginning is its title."""
        if place := _redirect(text):
            target, _, section = place.partition("#")
            if rest := _LEADS.sub("", text.lstrip(_MARK), count=1).strip():
                page.remarks.left_out("text behind a redirect: left out", rest)
            return Document(
                (),
                redirect=spelled(target.strip()),
                redirect_section=section.replace("_", " ").strip(),
            )
        blocks = Blocks(text.lstrip(_MARK).replace("\r\n", "\n"), page.remarks)
        found = blocks.read()
        title = ""
        if found and isinstance(found[0], Heading):
            title = plain(found[0].children)
            found = found[1:]
        return Document(found, title=title, categories=blocks.categories)


def _redirect(text: str) -> str:
    """The page that *text* leads to, by the plugins for it; empty if there is none."""
    found = _LEADS.match(text.lstrip(_MARK))
    return found[1].strip() if found and "://" not in found[1] else ""


def _first_heading(text: str) -> str:
    """The heading that *text* begins with, maybe after macros and tags; else an empty text."""
    for line in _lines(text):
        if found := heading(line):
            return found[1]
        if line.strip() and not line.lstrip().startswith(("~~", "{{tag>")):
            break
    return ""


def _lines(text: str) -> Iterator[str]:
    """The lines of *text*, one after the other."""
    at = 0
    while at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        yield text[at:end]
        at = end + 1
