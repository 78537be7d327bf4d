"""The tokens of a line -> the tree."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from ...tree import Break, Code, Link, Math, Note, Paragraph, Text, WebLink
from .line import ARROW, BLOCK, Line, plain
from .tags import add_tag, is_html, tag_of
from .targets import WIKILINK, destination, embedded, embedded_address, wikilink
from .wrapping import is_wrapped

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown_it.token import Token

    from ...remarks import Remarks
    from ...tree import Inline

__all__ = ["Inlines"]

_STYLES = {"em": "emphasis", "strong": "strong", "s": "strike", "mark": "strong"}
_BLOCK_ID = re.compile(r"(?:^|\s)\^(?P<id>[A-Za-z0-9-]{1,100})\s*\Z")
_ID = re.compile(r"id:: ?(?P<id>[0-9A-Fa-f-]{36})\s*\Z")
# What Logseq notes on a block for itself.
_PROPERTY = re.compile(
    r"(?:collapsed|id|heading|background-color|logseq\.[\w.-]+|hl-(?:page|type|color|stamp)|ls-type|card-[\w-]+"
    r"|created-at|updated-at|last-modified-at|query-[\w-]+|exclude-from-graph-view|template-including-parent)::(?:\s.*)?\Z"
)
_CLOCK = re.compile(r":LOGBOOK:|CLOCK: |:END:")
# What plugins compute or make a button of: Dataview, Meta Bind.
_COMPUTED = re.compile(r"\$?=(?=\s*(?:this|dv|date|link)\b)|(?:INPUT|BUTTON|VIEW)(?=\[)")


class _Lines(NamedTuple):
    tokens: list[Token]
    block_id: str


class Inlines:
    """Reads lines of one page."""

    def __init__(
        self, remarks: Remarks, note: Callable[[str], Inline], tag: Callable[[str], None]
    ) -> None:
        """Takes what is needed of the page.

        :param note: gives the note with a label.
        :param tag: takes the tags that stand in the text.
        """
        self._remarks = remarks
        self._note = note
        self._tag = tag
        self.in_note = False
        """Whether what is read stands in a note: notes hold no notes."""
        self.wraps = False
        """Whether the writer of the page wraps lines: see :mod:`.wrapping`."""

    def read(self, token: Token, *, is_block: bool = True) -> tuple[tuple[Inline, ...], str]:
        """What an ``inline`` token says, and the id of its block, if it states one.

        :param is_block: whether it may: a cell of a table may not.
        """
        tokens, block_id = token.children or [], ""
        if is_block:
            tokens, block_id = _without_marks(tokens)
        joins = self.wraps and "\n" in token.content and is_wrapped(token.content)
        line = Line()
        for child in tokens:
            self._add(line, child, joins)
        return line.finished(), block_id

    def _add(self, line: Line, token: Token, joins: bool) -> None:
        kind = token.type
        style = _STYLES.get(kind.removesuffix("_open").removesuffix("_close"))
        if kind in ("text", "text_special"):
            if BLOCK.search(token.content):
                self._remarks.changed("Logseq's ((block)): a link to it", token.content)
            line.add(Text(token.content))
        elif kind == "softbreak":
            line.add(Text(" ")) if joins else line.end_line()
        elif kind == "hardbreak":
            line.add(Break())
        elif style:
            (line.open if token.nesting > 0 else line.close)(style)
        elif kind == "code_inline":
            if computed := _COMPUTED.match(token.content):
                self._remarks.changed(f"`{computed[0]}` in a line: kept as code", token.content)
            line.add(Code(token.content))
        elif kind == "formula":
            line.add(Math(token.content))
        elif kind == "wikilink":
            self._add_wikilink(line, token)
        elif kind == "embed":
            line.add(embedded(token.content, token.meta["label"], self._remarks))
        elif kind == "link_open":
            if place := destination(str(token.attrs.get("href", "")), self._remarks):
                line.open("link", place)
        elif kind == "link_close":
            line.close("link")
        elif kind == "image":
            words = plain(self._words(token)) if token.children else ""
            line.add(embedded_address(str(token.attrs.get("src", "")), words, self._remarks))
        elif kind == "hashtag":
            self._tag(token.content)
            line.add(Text(token.markup))
        elif kind == "footnote_ref":
            line.add(self._note(token.meta["label"]))
        elif kind == "inline_note":
            self._add_inline_note(line, token)
        elif kind == "html_inline":
            self._add_html(line, token)
        elif kind == "macro":
            self._add_macro(line, token)
        elif kind != "comment":
            self._remarks.left_out(f"Markdown {kind}: left out", token.content)

    def _add_wikilink(self, line: Line, token: Token) -> None:
        found = wikilink(token.content, token.meta["label"], self._remarks)
        if isinstance(found, Link) and not line.is_in("link"):
            line.open("link", found)
            for child in token.children or []:
                self._add(line, child, joins=True)
            if not token.children:
                for piece in found.children:
                    line.add(piece)
            line.close("link")
        else:  # a link in a link
            line.add(Text(plain([found])))

    def _words(self, token: Token) -> tuple[Inline, ...]:
        line = Line()
        for child in token.children or []:
            self._add(line, child, joins=True)
        return line.finished()

    def _add_inline_note(self, line: Line, token: Token) -> None:
        if not token.children:
            line.add(Text(f" ({token.content})"))
            return
        is_inside, self.in_note = self.in_note, True
        words = self._words(token)
        self.in_note = is_inside
        if is_inside:
            self._remarks.changed("a note inside a note: its text in parentheses", token.content)
            for piece in (Text(" ("), *words, Text(")")):
                line.add(piece)
        else:
            line.add(Note((Paragraph(words),)))

    def _add_html(self, line: Line, token: Token) -> None:
        if token.content.startswith("<!--"):
            return
        tag = tag_of(token.content)
        if tag and is_html(tag.name):
            add_tag(line, tag, self._remarks)
        else:
            line.add(Text(token.content))

    def _add_macro(self, line: Line, token: Token) -> None:
        name, rest = token.meta["name"], token.content
        if name == "embed":
            inner = WIKILINK.fullmatch(rest)
            place = destination(inner["target"] if inner else rest, self._remarks)
            if isinstance(place, Link):
                place = replace(place, embeds=True)
            if isinstance(place, Link) and BLOCK.fullmatch(place.target):
                place = Link(place.target, (Text(ARROW),), place.section, embeds=True)
            if place:
                line.add(place)
        elif name == "cloze":
            line.add(Text(rest))
        elif rest.startswith(("http://", "https://")):
            self._remarks.changed("film, sound or page shown inside a page: a link to it", rest)
            line.add(WebLink(rest))
        else:
            self._remarks.changed(f"Logseq's {{{{{name}}}}}: kept as code", token.markup)
            line.add(Code(token.markup))


def _without_marks(tokens: list[Token]) -> _Lines:
    """*tokens* without the id of a block at the end, and without lines that Logseq wrote for itself."""
    kept: list[Token] = []
    block_id = ""
    start = 0
    for end in range(len(tokens) + 1):
        if end < len(tokens) and tokens[end].type not in ("softbreak", "hardbreak"):
            continue
        only = tokens[start] if end == start + 1 and tokens[start].type == "text" else None
        text = only.content.strip() if only else ""
        if only and (_PROPERTY.match(text) or _CLOCK.match(text)):
            found = _ID.match(text)
            block_id = found["id"].lower() if found else block_id
        else:
            if kept and start:
                kept.append(tokens[start - 1])
            kept.extend(tokens[start:end])
        start = end + 1
    if kept and kept[-1].type == "text" and (found := _BLOCK_ID.search(kept[-1].content[-200:])):
        block_id = found["id"]
        kept[-1] = kept[-1].copy(content=kept[-1].content[: -len(found[0])])
    return _Lines(kept, block_id)
