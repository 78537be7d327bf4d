"""Reads what stands in a line of DokuWiki's markup."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ...tree import Break, Code, CodeBlock, Note, Text, WebLink
from ..inline_stack import MONOSPACED, SPOILER, InlineStack, trimmed
from .links import link, media, tags
from .pieces import NOTE, restored

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ...remarks import Remarks
    from ...tree import Block, Inline
    from .pieces import Piece

__all__ = ["Inlines"]

_TOKEN: Final = re.compile(
    "\x00(?P<piece>[0-9]+)\x01"
    r"|(?P<pair>\[\[|\{\{)"
    r"|\b(?P<url>(?:(?:https?|ftps?|irc|gopher|telnet|news|nntp|ed2k|file|svn)://|www\.(?=\w))"
    r"(?:[\w/#~:.?+=&%@!\-;,()$]|'(?!')|\*(?!\*))+)"
    r"|<(?P<mail>[\w.+\-]{1,64}@[\w\-]{1,64}(?:\.[\w\-]{1,64}){1,9})>"
    r"|(?P<mark>\*\*|(?<!:)//|__|'')"
    r"|<(?P<tag>/?(?:del|sub|sup|wrap|inline|span|spoiler|color|hi|fc|fs|fg|bg|key|kbd|u|s|b|i"
    r"|sortable|datatables?|columns|newcolumn|tabbox|tab|todo|btn|sidenote|ifauth|center)"
    r"(?=[\s>#])[^<>\n]{0,200})>"
    r"|(?P<line>\\\\(?=\s|\Z))"
    r"|~~(?P<macro>[A-Z][A-Z_]{1,40})(?:[:=][^~\n]{0,200})?~~"
)
_ENDS: Final = ".,;:!?'*"
"""What ends a sentence rather than an address."""
_LONGEST: Final = 4000
"""Of a link."""
_CLOSING: Final = {"[[": "]]", "{{": "}}"}
_SIGNS: Final = {
    "<->": "\u2194",
    "->": "\u2192",
    "<-": "\u2190",
    "<=>": "\u21d4",
    "=>": "\u21d2",
    "<=": "\u21d0",
    ">>": "\u00bb",
    "<<": "\u00ab",
    "(c)": "\u00a9",
    "(tm)": "\u2122",
    "(r)": "\u00ae",
}
"""What DokuWiki shows for these characters."""
_SIGN: Final = re.compile("|".join(map(re.escape, sorted(_SIGNS, key=len, reverse=True))))
_MARKS: Final = {"**": "strong", "//": "emphasis", "__": "insert", "''": MONOSPACED}
_TAGS: Final = {
    "del": "strike",
    "s": "strike",
    "u": "insert",
    "b": "strong",
    "i": "emphasis",
    "sub": "subscript",
    "sup": "superscript",
    "key": MONOSPACED,
    "kbd": MONOSPACED,
    "spoiler": SPOILER,
}
_UNMISSED: Final = {"NOTOC", "NOCACHE", "NOSECTIONEDIT", "CL", "CLEARFLOAT", "TOC"}
"""Macros that no reader misses."""


class Inlines:
    """Reads the lines of one page."""

    def __init__(
        self, pieces: Sequence[Piece], remarks: Remarks, note: Callable[[str], tuple[Block, ...]]
    ) -> None:
        self.categories: list[str] = []
        """The page's tags so far."""
        self._pieces = pieces
        self._remarks = remarks
        self._note = note

    def read(self, text: str) -> list[Inline | CodeBlock]:
        """What stands in *text*; pieces of code may be blocks."""
        found: list[Inline | CodeBlock] = []
        stack = InlineStack()
        ends = {closing: text.rfind(closing) for closing in _CLOSING.values()}
        at = 0
        while token := _TOKEN.search(text, at):
            stack.text(_with_signs(text[at : token.start()]))
            at = token.end()
            kind = str(token.lastgroup)
            if kind == "pair":
                closing = _CLOSING[token[0]]
                end = text.find(closing, at, at + _LONGEST) if at <= ends[closing] else -1
                if end < 0 or not _is_pair(token[0], text[at:end]):
                    stack.text(token[0])
                    continue
                self._pair(token[0], restored(text[at:end], self._pieces), stack)
                at = end + 2
            elif kind == "url":
                at = token.start() + len(_address(token[0], stack))
            elif kind == "piece":
                piece = self._pieces[int(token["piece"])]
                block = self._piece(piece, stack)
                if block:
                    found += [*_with_name(piece, stack), block]
                    stack = InlineStack()
            else:
                self._small(kind, token, stack)
        stack.text(_with_signs(text[at:]))
        return [*found, *stack.finished()]

    def _pair(self, opening: str, inside: str, stack: InlineStack) -> None:
        if opening == "[[":
            stack.add(link(inside, self._remarks))
        elif found := tags(inside):
            self.categories += found
        else:
            stack.add(*media(inside, self._remarks))

    def _piece(self, piece: Piece, stack: InlineStack) -> CodeBlock | None:
        """Adds *piece* to *stack*, unless it is a block."""
        if piece.kind == NOTE:
            stack.add(Note(self._note(piece.text)))
        elif piece.kind == "nowiki":
            stack.text(piece.text)
        else:
            return code_block(piece)
        return None

    def _small(self, kind: str, token: re.Match[str], stack: InlineStack) -> None:
        value = token[kind]
        if kind == "mail":
            stack.add(WebLink(f"mailto:{value}", (Text(value),)))
        elif kind == "mark":
            stack.toggle(_MARKS[value], value)
        elif kind == "line":
            stack.add(Break())
        elif kind == "macro":
            add = self._remarks.kept if value in _UNMISSED else self._remarks.left_out
            add(f"macro ~~{value}~~: left out", token[0])
        else:
            self._tag(value, token[0], stack)

    def _tag(self, value: str, typed: str, stack: InlineStack) -> None:
        name = re.findall(r"[a-z]+", value)[0]
        style = _TAGS.get(name, f"<{name}>")
        if style.startswith("<"):  # colours and sizes: the words stay
            if not value.startswith("/"):
                self._remarks.changed(f"look of <{name}>: left out, its words stay", typed)
        elif value.startswith("/"):
            stack.close(style, typed)
        else:
            stack.open(style, typed)


def _with_signs(text: str) -> str:
    return _SIGN.sub(lambda found: _SIGNS[found[0]], text)


def _is_pair(opening: str, inside: str) -> bool:
    """Whether the marks around *inside* belong together."""
    if opening == "[[":
        return "[[" not in inside
    return "\n" not in inside.partition("|")[0]


def code_block(piece: Piece) -> CodeBlock:
    """The block of code that *piece* is."""
    text = piece.text.strip("\n") if "\n" in piece.text else piece.text.strip()
    language = (piece.options.split() or [""])[0]
    if piece.kind in ("html", "php"):
        language = piece.kind
    return CodeBlock(text, language if language.strip("-") else "")


def _with_name(piece: Piece, stack: InlineStack) -> Sequence[Inline]:
    """What stands before a block of code, and the name of its file, which DokuWiki shows above it."""
    before = stack.finished()
    name = piece.options.partition("[")[0].split()[1:]
    if piece.kind not in ("code", "file") or not name:
        return before
    return (*before, *([Break()] if trimmed(before) else []), Code(" ".join(name)))


def _address(typed: str, stack: InlineStack) -> str:
    """Adds the link that *typed* begins with, and gives it."""
    depth = 0
    for at, letter in enumerate(typed):
        depth += (letter == "(") - (letter == ")")
        if depth < 0:  # it closes one that the sentence opened
            typed = typed[:at]
            break
    url = typed.rstrip(_ENDS)
    stack.add(WebLink(url) if "://" in url else WebLink(f"http://{url}", (Text(url),)))
    return url
