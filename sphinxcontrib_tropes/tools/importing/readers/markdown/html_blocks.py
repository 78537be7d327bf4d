"""Blocks of HTML -> the tree: what has a meaning here keeps it, of all else the text stays."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from ...tree import CodeBlock, Heading, Rule, Text
from .frames import Frame
from .line import Line, plain
from .tags import TAG, Tag, add_tag, is_html, tag_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...remarks import Remarks
    from .frames import Frames, Kind

__all__ = ["add_html"]

_HEADING = re.compile(r"h([1-6])\Z")
_BLOCKS_WORDS = (
    "p div section article aside header footer main nav center figure figcaption address form fieldset"
    " hgroup search noscript body html"
)
_BLOCKS = frozenset(_BLOCKS_WORDS.split())
_LEFT_OUT = frozenset(["script", "style", "svg", "head", "template", "object", "canvas"])
_CONTAINERS: dict[str, Kind] = {
    "ul": "list", "ol": "list", "li": "item", "table": "table", "tr": "row", "td": "cell", "th": "cell",
    "blockquote": "quotation", "details": "details", "dl": "definitions", "dd": "definition",
}  # fmt: skip
_INSIDE: dict[str, tuple[Kind, str]] = {
    "item": ("list", "ul"),
    "cell": ("row", "tr"),
    "row": ("table", "table"),
    "definition": ("definitions", "dl"),
}
_MOST_SPANS = 100
_DEEPEST = 40


def add_html(source: str, frames: Frames, remarks: Remarks) -> None:
    """Adds the HTML in *source* to *frames*."""
    _Html(frames, remarks).read(source)


class _Html:
    def __init__(self, frames: Frames, remarks: Remarks) -> None:
        self._frames = frames
        self._remarks = remarks
        self._line = Line()
        self._code: list[str] | None = None
        self._left_out = ""

    def read(self, source: str) -> None:
        for piece in _pieces(source):
            tag = tag_of(piece) if piece.startswith("<") else None
            if self._left_out:
                if tag and tag.closes and tag.name == self._left_out:
                    self._left_out = ""
            elif tag is None or not is_html(tag.name):
                self._add_text(piece)
            elif self._code is not None and tag.name != "pre":
                continue
            else:
                self._add(tag)
        self._flush()

    def _add_text(self, piece: str) -> None:
        text = unescape(piece)
        if self._code is not None:
            self._code.append(text)
        else:
            self._line.add(Text(re.sub(r"\s+", " ", text)))

    def _add(self, tag: Tag) -> None:
        name, closes, attributes = tag
        if name in _LEFT_OUT:
            if not closes:
                self._left_out = name
                self._remarks.left_out(f"HTML <{name}>: left out", name)
        elif name == "pre":
            self._add_pre(closes)
        elif heading := _HEADING.match(name):
            if closes and (words := self._line.finished()):
                self._frames.add(Heading(int(heading[1]), words))
            else:
                self._flush()
        elif name in ("summary", "caption", "dt"):
            self._add_title(name, closes)
        elif name == "hr":
            self._flush()
            self._frames.add(Rule())
        elif name in _CONTAINERS:
            self._flush()
            kind = _CONTAINERS[name]
            if closes:
                self._frames.close(kind, is_html=True)
            else:
                self._open(kind, name, attributes)
        elif name in _BLOCKS:
            self._flush()
        else:
            add_tag(self._line, tag, self._remarks)

    def _open(self, kind: Kind, name: str, attributes: dict[str, str]) -> None:
        if len(self._frames.opened) > _DEEPEST:
            self._remarks.changed("HTML nested deeply: its text is kept", name)
            return
        if around := _INSIDE.get(kind):
            self._frames.close(kind, is_html=True) if self._ends(kind, around[0]) else None
            if not self._frames.top.is_html or self._frames.top.kind != around[0]:
                self._open(around[0], around[1], {})
        frame = Frame(kind, is_html=True)
        if name == "ol":
            frame.is_marked = True
        elif kind == "cell":
            frame.is_marked = name == "th"
            frame.spans = (_number(attributes, "colspan"), _number(attributes, "rowspan"))
            frame.word = attributes.get("align", "").lower()
        elif name == "details":
            frame.is_marked = "open" not in attributes
            frame.title = (Text("Details"),)
        self._frames.open(frame)

    def _ends(self, kind: Kind, around: Kind) -> bool:
        """Whether a container of that kind is open in the innermost of those around it."""
        found = self._frames.nearest(kind, around)
        return found is not None and found.kind == kind

    def _add_title(self, name: str, closes: bool) -> None:
        if not closes:
            self._flush()
            return
        words = self._line.finished()
        if name == "dt":
            if not self._frames.nearest("definitions"):
                self._open("definitions", "dl", {})
            self._frames.close("definition", is_html=True)
            if self._frames.top.kind == "definitions":
                self._frames.top.terms.append((words, []))
                return
        elif frame := self._frames.nearest("details" if name == "summary" else "table"):
            frame.title = words or frame.title
            return
        self._frames.add_text(words)

    def _add_pre(self, closes: bool) -> None:
        if not closes:
            self._flush()
            self._code = []
        elif self._code is not None:
            self._frames.add(CodeBlock("".join(self._code).strip("\n")))
            self._code = None

    def _flush(self) -> None:
        if self._code is not None:
            self._add_pre(closes=True)
        words = self._line.finished()
        if words and (plain(words).strip() or not all(isinstance(word, Text) for word in words)):
            self._frames.add_text(words)


def _pieces(source: str) -> Iterator[str]:
    """Tags and the text between them; no comments."""
    at, length = 0, len(source)
    last_comment_end = source.rfind("-->")
    text = 0
    while at < length:
        at = source.find("<", at)
        if at < 0:
            break
        tag = TAG.match(source, at)
        if tag:
            end = tag.end()
        elif source.startswith("<!--", at) and last_comment_end >= at + 4:
            end = source.find("-->", at + 4) + 3
        elif source.startswith(("<!DOCTYPE", "<!doctype", "<?")) and ">" in source[at : at + 500]:
            end = source.find(">", at) + 1
        else:
            at += 1
            continue
        if at > text:
            yield source[text:at]
        if tag:
            yield tag[0]
        at = text = end
    if text < length:
        yield source[text:]


def _number(attributes: dict[str, str], name: str) -> int:
    value = attributes.get(name, "")
    return min(max(int(value), 1), _MOST_SPANS) if value.isdecimal() and len(value) < 6 else 1
