"""Builds the text of one line, paragraph or cell from pieces that open and close."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from ...tree import Break, Code, Link, Math, Picture, Spoiler, Styled, Text, WebLink

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ...tree import Inline

__all__ = ["ARROW", "BLOCK", "Line", "is_words", "plain", "trimmed"]

_ADDRESS = re.compile(
    r"(?<![\w/])https?://[^\s<>\"'`\[\]{}|\\^]{1,2000}|\(\((?P<block>[0-9a-fA-F-]{36})\)\)"
)
BLOCK = re.compile(r"\(\([0-9a-fA-F-]{36}\)\)")
"""Logseq's reference to a block of any page."""
ARROW = "→"
"""What is shown for a block: its words are not known here."""
_AFTER_ADDRESS = ".,;:!?*_~"


class _Opened(NamedTuple):
    kind: str
    """A style, ``code``, or ``link``."""
    link: Link | WebLink | None
    children: list[Inline]


class Line:
    """Pieces of text, of which some are open. What is open in itself opens once; what closes closes
    all that opened inside: so tags that cross each other do no harm, and nothing nests deeply.
    """

    def __init__(self) -> None:
        self._opened = [_Opened("", None, [])]
        self._again: dict[str, int] = {}

    def add(self, piece: Inline) -> None:
        """Adds a piece that is whole."""
        self._opened[-1].children.append(piece)

    def end_line(self) -> None:
        """Adds a line break, unless there is one already, or no text before it."""
        children = self._opened[-1].children
        if (children or len(self._opened) > 1) and not (
            children and isinstance(children[-1], Break)
        ):
            children.append(Break())

    def open(self, kind: str, link: Link | WebLink | None = None) -> None:
        """Opens a style, ``code`` or ``link``."""
        if self.is_in(kind):
            self._again[kind] = self._again.get(kind, 0) + 1
        else:
            self._opened.append(_Opened(kind, link, []))

    def close(self, kind: str) -> None:
        """Closes *kind*, if it is open."""
        if self._again.get(kind):
            self._again[kind] -= 1
        elif self.is_in(kind):
            while self._close_one() != kind:
                pass

    def is_in(self, kind: str) -> bool:
        """Whether *kind* is open."""
        return any(opened.kind == kind for opened in self._opened)

    def finished(self) -> tuple[Inline, ...]:
        """All pieces; what is still open ends here. The line is empty then."""
        while len(self._opened) > 1:
            self._close_one()
        children = self._opened[0].children
        self._opened, self._again = [_Opened("", None, [])], {}
        return trimmed(tuple(_linked(children)))

    def _close_one(self) -> str:
        kind, link, children = self._opened.pop()
        self._again.pop(kind, None)
        is_linked = link is not None or self.is_in("link")
        pieces = tuple(_merged(children) if is_linked else _linked(children))
        if link is not None:
            self.add(replace(link, children=pieces))
        elif kind == "code" and is_words(pieces):
            self.add(Code(plain(pieces)))
        elif kind != "code" and any(
            not isinstance(piece, Text) or piece.text.strip() for piece in pieces
        ):
            self.add(Styled(kind, pieces))  # type: ignore[arg-type]
        else:
            for piece in pieces:
                self.add(piece)
        return kind


def plain(pieces: Iterable[Inline]) -> str:
    """The words of *pieces*."""
    words: list[str] = []
    for piece in pieces:
        match piece:
            case Text() | Code():
                words.append(piece.text)
            case Math():
                words.append(piece.tex)
            case Break():
                words.append(" ")
            case Styled() | Spoiler():
                words.append(plain(piece.children))
            case Link():
                words.append(plain(piece.children) or piece.target)
            case WebLink():
                words.append(plain(piece.children) or piece.url)
            case Picture():
                words.append(piece.alt)
    return "".join(words)


def is_words(pieces: Iterable[Inline]) -> bool:
    """Whether *pieces* are words in whatever style: no link, picture or note."""
    return all(
        is_words(piece.children)
        if isinstance(piece, Styled)
        else isinstance(piece, Text | Code | Math)
        for piece in pieces
    )


def trimmed(pieces: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """*pieces* without blanks and line breaks at both ends."""
    start, end = 0, len(pieces)
    while start < end and _is_blank(pieces[start]):
        start += 1
    while end > start and _is_blank(pieces[end - 1]):
        end -= 1
    found = list(pieces[start:end])
    if found and isinstance(found[0], Text):
        found[0] = Text(found[0].text.lstrip())
    if found and isinstance(found[-1], Text):
        found[-1] = Text(found[-1].text.rstrip())
    return tuple(found)


def _is_blank(piece: Inline) -> bool:
    return isinstance(piece, Break) or (isinstance(piece, Text) and not piece.text.strip())


def _merged(pieces: Iterable[Inline]) -> Iterator[Inline]:
    """*pieces* with all texts that follow one another in one."""
    for is_text, run in groupby(pieces, lambda piece: isinstance(piece, Text)):
        if is_text:
            yield Text("".join(piece.text for piece in run if isinstance(piece, Text)))
        else:
            yield from run


def _linked(pieces: Iterable[Inline]) -> Iterator[Inline]:
    """*pieces* with links for bare addresses, and for Logseq's ``((block))``."""
    for piece in _merged(pieces):
        if not isinstance(piece, Text) or ("://" not in piece.text and "((" not in piece.text):
            yield piece
            continue
        at = 0
        for found in _ADDRESS.finditer(piece.text):
            url = found[0].rstrip(_AFTER_ADDRESS)
            if url.endswith(")") and url.count("(") < url.count(")"):
                url = url.rstrip(")")
            if found.start() > at:
                yield Text(piece.text[at : found.start()])
            if found["block"]:
                yield Link(found[0], (Text(ARROW),), found["block"].lower())
                at = found.end()
            else:
                yield WebLink(url)
                at = found.start() + len(url)
        if at < len(piece.text):
            yield Text(piece.text[at:])
