"""Obsidian's vaults, and other folders of Markdown: Quartz, Foam, Logseq."""

from __future__ import annotations

import re
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from ...remarks import Remarks
from ...tree import Document, Text
from .. import Head, Unwanted
from .blocks import Blocks
from .front_matter import front_matter, texts
from .inlines import Inlines
from .line import is_words, plain
from .names import (
    folded,
    key_of_address,
    key_of_path,
    keys_of_page,
    keys_of_target,
    media_paths,
    name_of_key,
)
from .properties import facts, names
from .syntax import parser
from .words import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from markdown_it.token import Token

    from .. import Page

__all__ = ["READER", "MarkdownReader"]

_HEADING = re.compile(r"\A\s*#[ \t]+(?P<words>[^\n]*?)(?:[ \t]+#+)?[ \t]*(?:\n|\Z)")
_OTHER_HEADING = re.compile(r"^(?:#[ \t]|=+[ \t]*$)", re.MULTILINE)
_MARKUP = re.compile(r"[\[\]*_`$=~<>&\\#^%]|://")
_FILLED_IN = re.compile(r"<%|\{\{(?:title|date|time)\b")
_TEMPLATES = re.compile(r"(?:^|/)[^/]{0,20}templates?/", re.IGNORECASE)
_BLOCK = re.compile(r"^\s{0,200}id:: ?([0-9A-Fa-f-]{36})\s*$", re.MULTILINE)
_LONGEST = 300
_OWN_FOLDER = re.compile(r"(?:^|/)\.[^/]+/|^logseq/(?:bak|\.recycle)/")


class MarkdownReader:
    """Reads Markdown with what Obsidian and Logseq add."""

    name = "markdown"
    suffixes = (".md", ".markdown")

    def recognises(self, path: str, head: bytes) -> bool:
        """Only the suffix tells Markdown from any other text."""
        return False

    def missing(self) -> str:
        """The libraries that are not installed."""
        modules = {
            "markdown_it": "markdown-it-py",
            "mdit_py_plugins": "mdit-py-plugins",
            "yaml": "PyYAML",
        }
        names = [name for module, name in modules.items() if find_spec(module) is None]
        install = "pip install 'sphinxcontrib-tropes[import]'"
        return f"Markdown needs {', '.join(names)}: {install}" if names else ""

    def key(self, path: str) -> str:
        """The path without its suffix."""
        return key_of_path(path)

    def head(self, key: str, text: str) -> Head:
        """The name is that of the file: in a vault, folders are no namespaces.

        :raises Unwanted: for a template, a drawing, and what a program keeps for itself.
        """
        if _OWN_FOLDER.search(key):
            raise Unwanted("in a folder that its program keeps for itself")
        front = front_matter(text)
        if any(name.casefold() == "excalidraw-plugin" for name, _ in front.properties):
            raise Unwanted("a drawing of Excalidraw")
        is_filled_in = any("<%" in found for _, value in front.properties for found in texts(value))
        if is_filled_in or (_TEMPLATES.search(key) and _FILLED_IN.search(text)):
            raise Unwanted("a template for new pages")
        title, aliases, keys = names(front)
        name = name_of_key(key)
        title = title or _heading(front.body, name)[0]
        blocks = (f"(({found.lower()}))" for found in _BLOCK.findall(text))
        return Head(
            name,
            title="" if title == name else title,
            aliases=aliases,
            keys=tuple(dict.fromkeys([*keys_of_page(key), *map(key_of_address, keys), *blocks])),
        )

    def keys(self, target: str, here: str) -> Iterable[str]:
        """As Obsidian looks for a page: beside this one, from the root, anywhere."""
        return keys_of_target(target, here)

    def folded(self, key: str) -> str:
        """*key* without regard to case, composition and the number of blanks."""
        return folded(key)

    def media(self, target: str, here: str) -> Iterable[str]:
        """As Obsidian looks for a file."""
        return media_paths(target, here)

    def words(self, text: str) -> Iterable[str]:
        """The words that readers see."""
        return words(text)

    def read(self, text: str, page: Page) -> Document:
        """The page. A heading at its start that is its title is not said twice."""
        front = front_matter(text)
        title, aliases, _ = names(front)
        found = facts(front, page.remarks)
        name = name_of_key(page.key)
        body = front.body
        heading, end = _heading(body, name, title)
        if end:
            body = "\n" + body[end:]
            title = title or heading
        tags: list[str] = []
        env: dict[str, Any] = {}
        tokens = parser().parse(body, env)
        _tell_of_unused(env.get("references", {}), tokens, page.remarks)
        blocks = Blocks(page.remarks, tags.append, body).read(tokens)
        return Document(
            blocks,
            title="" if title == name else title,
            aliases=aliases,
            categories=_once([*found.categories, *tags]),
            relations=found.relations,
            fields=found.fields,
            description=found.description,
        )


READER = MarkdownReader()


def _tell_of_unused(
    definitions: Mapping[str, Mapping[str, Any]], tokens: Iterable[Token], remarks: Remarks
) -> None:
    """Tells of addresses (``[word]: address``) that no link uses: nothing shows them."""
    if not definitions:
        return
    used = set()
    for token in tokens:
        for child in token.children or []:
            used |= {child.attrs.get("href"), child.attrs.get("src")}
            if child.type == "wikilink":
                used.add(child.content.casefold())
    for label, definition in definitions.items():
        # Foam writes one for each link in double brackets, and two comments around them.
        is_known = definition["href"] in used or label.casefold() in used
        if not is_known and not label.startswith("//"):
            remarks.left_out(
                "address that no link uses: left out", f"[{label}]: {definition['href']}"
            )


def _once(tags: Iterable[str]) -> tuple[str, ...]:
    """*tags* without those that differ from an earlier one in case alone."""
    found: dict[str, str] = {}
    for tag in tags:
        found.setdefault(folded(tag), tag)
    return tuple(found.values())


def _heading(body: str, name: str, title: str = "") -> tuple[str, int]:
    """The words of the heading at the start of *body* that is the title of the page, and its end.

    It is, if it is the only one of its level, and the properties state none or the same.
    """
    found = _HEADING.match(body)
    if not found or _OTHER_HEADING.search(body, found.end()):
        return "", 0
    shown = " ".join(_plain(found["words"]).split())
    if not 0 < len(shown) <= _LONGEST or (
        title and folded(shown) not in (folded(title), folded(name))
    ):
        return "", 0
    return shown, found.end()


def _plain(source: str) -> str:
    """*source* without markup; empty if there is more in it than words."""
    if not _MARKUP.search(source):
        return source
    token = parser().parseInline(source, {})[0]
    pieces, block_id = Inlines(Remarks(), Text, _no_tag).read(token)
    return "" if block_id or not is_words(pieces) else plain(pieces)


def _no_tag(tag: str) -> None:
    """Tags in a heading are counted where the page is read."""
