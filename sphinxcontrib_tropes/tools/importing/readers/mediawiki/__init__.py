"""Reads wikitext, the markup of MediaWiki: of Wikipedia, Fandom, Miraheze and many more.

A page goes through here so: ``stripping`` sets aside what is no wikitext, ``parsing`` finds its
parts (``nodes``), and ``conversion`` makes the tree of them, with ``templates``, ``tables``,
``lists``, ``tags`` and ``links``. ``names`` knows what links may mean.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...tree import Document, Paragraph, Text, WebLink
from .. import Head, Unwanted
from .conversion import Conversion
from .interwiki import elsewhere
from .names import FILE, TEMPLATE, folded, key_of, keys, media_paths, parted, redirect_in, squeezed
from .nodes import decoded
from .words import visible_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .. import Page

__all__ = ["READER", "MediaWiki"]

_SUFFIXES = (".mediawiki", ".mw", ".wikitext")
_TITLE = re.compile(
    r"\{\{\s*(?:DISPLAYTITLE|SEITENTITEL|TITREAFFICHE|AFFICHERTITRE|TÍTULO|MOSTRARTÍTULO)\s*:([^{}|]{1,500})"
)
_MARKUP = re.compile(r"<[^<>]{0,200}>|'{2,}")
_SIGNS = re.compile(rb"\[\[[^\[\]\n]+\]\]|\{\{[^{}]|^==+[^=\n]+==+\s*$|^\{\||'''", re.MULTILINE)
_PLACE = re.compile(rb"(?i)\s*#redirect\s*\[\[")
_CATEGORIES = re.compile(r"\[\[\s*([^\[\]|:]+:[^\[\]|]+)(?:\|[^\[\]]*)?\]\]")
_ENOUGH_SIGNS = 3
_UNWANTED = {
    2: "a page of a user",
    FILE: "a page about a file",
    8: "a message of the program",
    TEMPLATE: "a template",
    828: "a module",
    -1: "a page of the program",
}


@dataclass(frozen=True)
class MediaWiki:
    """The reader of wikitext."""

    name: str = "mediawiki"
    suffixes: tuple[str, ...] = _SUFFIXES
    separator: str = ":"
    """Between the namespace and the name of a page; a slash is a letter."""

    def recognises(self, path: str, head: bytes) -> bool:
        """Whether there is enough in *head* that only wikitext has."""
        if _PLACE.match(head):
            return True
        signs = [found[0][:2] for found in _SIGNS.finditer(head)]
        return len(signs) >= _ENOUGH_SIGNS and (b"''" in signs or b"==" in signs or b"{|" in signs)

    def key(self, path: str) -> str:
        """The title of the page in the file *path*."""
        for suffix in _SUFFIXES:
            if path.lower().endswith(suffix):
                path = path[: -len(suffix)]
                break
        return key_of(path)

    def head(self, key: str, text: str) -> Head:
        """The head of a page.

        :raises Unwanted: if it is in a namespace that is not for readers.
        """
        namespace, number, name = parted(key)
        if number in _UNWANTED:
            raise Unwanted(_UNWANTED[number])
        if number % 2 and number < 0x10000:
            raise Unwanted("a discussion")
        title = _title(text)
        plain_key = squeezed(key)
        is_same = squeezed(title) in ("", plain_key, squeezed(name))
        redirect = redirect_in(text)
        return Head(
            name, namespace, "" if is_same else title, redirect=redirect[0] if redirect else ""
        )

    def keys(self, target: str, here: str) -> Iterable[str]:
        """The keys that a link may mean, the likeliest first."""
        return keys(target, here)

    def folded(self, key: str) -> str:
        """*key* with its namespace in English, a capital letter, and single blanks."""
        return folded(key)

    def media(self, target: str, here: str) -> Iterable[str]:
        """The paths that a file may have in the folder of a MediaWiki."""
        return media_paths(target)

    def words(self, text: str) -> Iterable[str]:
        """The words that readers see, without those of templates."""
        if redirect_in(text):
            return ()
        return visible_words(text)

    def read(self, text: str, page: Page) -> Document:
        """The page with that *text*."""
        redirect = redirect_in(text)
        if redirect and (there := elsewhere(redirect[0])) and there.url:
            page.remarks.changed("redirect to another wiki: a link to it", redirect[0])
            return Document((Paragraph((WebLink(there.url, (Text(there.words),)),)),))
        if redirect:
            target, section, rest = redirect
            categories = [
                squeezed(found[1])
                for found in _CATEGORIES.finditer(rest[:10_000])
                if parted(squeezed(found[1]))[1] == 14
            ]
            if _CATEGORIES.sub(
                "", re.sub(r"\{\{[^{}]*\}\}|<!--.*?-->", "", rest, flags=re.DOTALL)
            ).strip():
                page.remarks.left_out("text behind a redirect: left out", rest.strip())
            return Document(
                (), redirect=target, redirect_section=section, categories=tuple(categories)
            )
        conversion = Conversion(page)
        blocks = conversion.page(text)
        return Document(
            blocks,
            title=self.head(page.key, text).title,
            categories=tuple(conversion.categories),
            description=conversion.description,
        )


def _title(text: str) -> str:
    """The title that ``{{DISPLAYTITLE:}}`` gives; empty if there is none."""
    found = _TITLE.search(text)
    return squeezed(decoded(_MARKUP.sub("", found[1]))) if found else ""


READER = MediaWiki()
