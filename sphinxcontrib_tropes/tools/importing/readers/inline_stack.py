"""Builds the inline parts of a line whose styles have opening and closing marks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..tree import Code, Spoiler, Styled, Text, joined

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..tree import Inline, Style

__all__ = [
    "HTML_STYLES",
    "MONOSPACED",
    "SPOILER",
    "InlineStack",
    "joined",
    "monospaced",
    "plain",
    "trimmed",
]

MONOSPACED: Final = "code"
"""The style of monospaced text, which is no :class:`Styled`."""
HTML_STYLES: Final = {
    "b": "strong",
    "strong": "strong",
    "i": "emphasis",
    "em": "emphasis",
    "cite": "emphasis",
    "u": "insert",
    "ins": "insert",
    "s": "strike",
    "del": "strike",
    "strike": "strike",
    "sub": "subscript",
    "sup": "superscript",
    "small": "small",
    "big": "big",
    "code": MONOSPACED,
    "tt": MONOSPACED,
    "kbd": MONOSPACED,
    "samp": MONOSPACED,
}
"""The name of an HTML tag -> the style that it has here."""
_AGAIN: Final = " again"
"""Behind the name of a style that is opened inside itself."""
SPOILER: Final = "spoiler"
"""What covers text as a style does. One without an end covers all that follows."""


class InlineStack:
    """Inline parts, with the styles that are open.

    A style is open twice at most, so that the stack is low. An opening mark without a closing one
    is text, and so is a closing mark without an opening one.
    """

    def __init__(self) -> None:
        self._open: list[tuple[str, str]] = []
        """Style and opening mark of the open styles; an empty style changes nothing."""
        self._parts: list[list[Inline]] = [[]]

    def text(self, text: str) -> None:
        """Adds *text*."""
        if text:
            self._parts[-1].append(Text(text))

    def add(self, *parts: Inline) -> None:
        """Adds *parts*."""
        self._parts[-1].extend(parts)

    def has(self, style: str) -> bool:
        """Whether *style* is open."""
        return any(style == opened for opened, _ in self._open)

    def _is_in(self, style: str) -> bool:
        """Whether *style* was opened inside the spoiler that is open."""
        styles = [opened for opened, _ in self._open]
        return styles.index(style) > styles.index(SPOILER)

    def open(self, style: str, mark: str) -> None:
        """Opens *style*. Inside itself it changes nothing; deeper yet, *mark* is text."""
        if self.has(style):
            style += _AGAIN
        if self.has(style):
            self.text(mark)
        else:
            self._open.append((style, mark))
            self._parts.append([])

    def close(self, style: str, mark: str) -> None:
        """Closes *style*, and makes text of the opening marks in it; if none is open, of *mark*."""
        if not self.has(style) or (
            style != SPOILER and self.has(SPOILER) and not self._is_in(style)
        ):
            self.text(mark)
            return
        if self.has(style + _AGAIN):
            style += _AGAIN
        while self._open[-1][0] != style:
            self._give_up()
        self._open.pop()
        children = joined(self._parts.pop())
        self.add(*styled(style, children))

    def toggle(self, style: str, mark: str) -> None:
        """Closes *style* if it is open, else opens it."""
        if self.has(style):
            self.close(style, mark)
        else:
            self.open(style, mark)

    def finished(self) -> tuple[Inline, ...]:
        """All parts, those of styles that are still open after their marks as text."""
        while self._open:
            self._give_up()
        return joined(self._parts[0])

    def _give_up(self) -> None:
        style, mark = self._open.pop()
        children = self._parts.pop()
        if style == SPOILER:
            self.add(Spoiler(joined(children)))
            return
        self.text(mark)
        self.add(*children)


def styled(style: str, children: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """*children* in *style*: one of the tree, :data:`MONOSPACED`, or an empty text."""
    if not children or not style or style.endswith(_AGAIN):
        return children
    if style == MONOSPACED:
        return monospaced(children)
    if style == SPOILER:
        return (Spoiler(children),)
    known: Style = style  # type: ignore[assignment]
    return (Styled(known, children),)


def monospaced(parts: Iterable[Inline]) -> tuple[Inline, ...]:
    """*parts* with monospaced texts. Links and pictures among them stay what they are."""
    found: list[Inline] = []
    for part in parts:
        match part:
            case Text(text) if text.strip():
                blanks = len(text) - len(text.lstrip())
                end = len(text.rstrip())
                found += [Text(text[:blanks])] if blanks else []
                found.append(Code(text[blanks:end]))
                found += [Text(text[end:])] if text[end:] else []
            case Styled(style, children):
                found.append(Styled(style, monospaced(children)))
            case _:
                found.append(part)
    return tuple(found)


def plain(parts: Iterable[Inline]) -> str:
    """The words of *parts*, without styles, pictures and footnotes."""
    found: list[str] = []
    for part in parts:
        match part:
            case Text(text) | Code(text):
                found.append(text)
            case Styled(_, children):
                found.append(plain(children))
            case _:
                found.append(plain(getattr(part, "children", ())) or getattr(part, "target", ""))
    return "".join(found)


def trimmed(parts: Iterable[Inline]) -> tuple[Inline, ...]:
    """*parts* without blanks at both ends."""
    found = list(joined(parts))
    if found and isinstance(found[0], Text):
        found[0] = Text(found[0].text.lstrip())
    if found and isinstance(found[-1], Text):
        found[-1] = Text(found[-1].text.rstrip())
    return tuple(part for part in found if part != Text(""))
