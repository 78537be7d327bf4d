"""The reader of TiddlyWiki's tiddlers."""

from __future__ import annotations

import posixpath
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final
from unicodedata import normalize
from urllib.parse import unquote

from ...tree import CodeBlock, Document
from .. import Head, Unwanted, readers
from .blocks import Blocks
from .inlines import MACRO, Inlines
from .store import WIKITEXT, fields_and_text, tags_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ...tree import Block, Inline
    from .. import Page

__all__ = ["READER", "TiddlyWiki"]

_MARKDOWN: Final = frozenset(("text/x-markdown", "text/markdown"))
_PLAIN: Final = "text/plain"
_OWN: Final = frozenset(
    [
        "title",
        "text",
        "tags",
        "type",
        "created",
        "modified",
        "creator",
        "modifier",
        "revision",
        "bag",
        "list",
        "color",
        "icon",
        "caption",
        "footer",
        "class",
        "code-body",
        "description",
        "draft.of",
        "draft.title",
        "hide-body",
        "library",
        "list-after",
        "list-before",
        "module-type",
        "name",
        "plugin-type",
        "plugin-priority",
        "source",
        "subtitle",
        "throttle.refresh",
        "toc-link",
        "version",
        "_canonical_uri",
        "_is_skinny",
        "stability",
        "changecount",
    ]
)
"""The fields that TiddlyWiki itself uses."""
_UNSEEN: Final = re.compile(
    rf"<<{MACRO}>>"
    r"|\{\{\{[^{}]{0,2000}\}\}\}|<[$/a-zA-Z][^<>]{0,2000}>|\bhttps?:[^\s\]]+"
    r"|\[(?:img|ext)[^\[\]\n]{0,200}\[|(?<=\|)[^|\]\n]{0,400}(?=\]\])|```[\w\-]*|\$\$\$[^\n]*|&\w{2,8};"
)
_CAMEL_OFF: Final = re.compile(
    r"^\\rules[ \t]+except\b[^\n]*\bwikilink\b|^\\rules[ \t]+only\b(?![^\n]*\bwikilink\b)",
    re.MULTILINE,
)


class TiddlyWiki:
    """Reads tiddlers in the form of ``.tid`` files."""

    name = "tiddlywiki"
    suffixes: tuple[str, ...] = (".tid",)
    has_slashes_in_names: bool = True

    def recognises(self, path: str, head: bytes) -> bool:
        """Never: the suffix says it."""
        return False

    def key(self, path: str) -> str:
        """The name of the file; the title, by which links name it, stands in it."""
        return unquote(posixpath.basename(path).removesuffix(".tid"), errors="replace")

    def head(self, key: str, text: str) -> Head:
        """The name is the title."""
        fields, _ = fields_and_text(text)
        title = " ".join(fields.get("title", key).split())
        kind = fields.get("type", "")
        if title.startswith("$:/"):
            raise Unwanted("part of TiddlyWiki's program or its settings")
        if "draft.of" in fields:
            raise Unwanted("draft of another tiddler")
        if kind not in WIKITEXT | _MARKDOWN | {_PLAIN}:
            raise Unwanted(f"of type {kind}")
        return Head(title, keys=(title,) if title != key else ())

    def keys(self, target: str, here: str) -> Iterable[str]:
        """The title."""
        return (self.folded(target),)

    def folded(self, key: str) -> str:
        """*key* with one blank for each run of blanks: capitals count."""
        return " ".join(normalize("NFC", key).split())

    def media(self, target: str, here: str) -> Iterable[str]:
        """The title of the picture, or its file."""
        path = unquote(target).removeprefix("./").lstrip("/")
        name = posixpath.basename(path)
        found = [target, path, f"files/{name}", f"images/{name}", name]
        if not posixpath.splitext(name)[1]:
            found += (f"{target}{suffix}" for suffix in (".png", ".jpg", ".svg", ".gif", ".webp"))
        return tuple(dict.fromkeys(found))

    def words(self, text: str) -> Iterable[str]:
        """The words of the text, without macros, tags and addresses."""
        return _UNSEEN.sub(" ", fields_and_text(text)[1]).split()

    def read(self, text: str, page: Page) -> Document:
        """The tiddler; fields of its own go into a table."""
        fields, body = fields_and_text(text)
        tags = tuple(tags_in(fields.get("tags", "")))
        own = tuple(_own_fields(fields, page))
        description = fields.get("description", "")
        kind = fields.get("type", "")
        if kind in _MARKDOWN and (markdown := readers().get("markdown")):
            document = markdown.read(body, page)
            categories = tuple(dict.fromkeys((*tags, *document.categories)))
            return replace(document, categories=categories, fields=(*document.fields, *own))
        if not body.strip() and (address := fields.get("_canonical_uri")):
            page.remarks.left_out("text in another file, which is not read", address)
        blocks: tuple[Block, ...]
        if kind in WIKITEXT:
            links_words = not _CAMEL_OFF.search(body)
            blocks = Blocks(body, page, fields, links_words=links_words).read()
        else:
            blocks = (CodeBlock(body),) if body.strip() else ()
            if kind in _MARKDOWN:
                page.remarks.changed("Markdown: shown as typed", body)
        return Document(blocks, categories=tags, fields=own, description=description)


def _own_fields(fields: Mapping[str, str], page: Page) -> Iterable[tuple[str, tuple[Inline, ...]]]:
    inlines = Inlines(page, fields, links_words=False)
    for name, value in fields.items():
        if name not in _OWN and not name.startswith("_") and value.strip():
            yield name, inlines.read(value)


READER = TiddlyWiki()
