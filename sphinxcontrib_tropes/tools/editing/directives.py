"""The directives ``trope`` and ``trope-markup`` in reStructuredText and Markdown: writes them, and
removes them from a text while the rest is converted.
"""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Directive", "Placeholders", "directive", "fence_for"]

_RST = re.compile(
    r"^\.\. (?P<name>trope|trope-markup)::[ \t]*(?P<argument>[^\n]*)\n"
    r"(?P<body>(?:[ \t]+[^\n]*\n|[ \t]*\n(?=(?:[ \t]*\n)*[ \t]+\S))*)",
    re.MULTILINE,
)
_MARKDOWN = re.compile(
    r"^(?P<fence>```+)\{(?P<name>trope|trope-markup)\}[ \t]*(?P<argument>[^\n]*)\n"
    r"(?P<body>(?:(?!(?P=fence)[ \t]*$)[^\n]*\n)*)(?P=fence)[ \t]*(?:\n|\Z)",
    re.MULTILINE,
)
_OPTION = re.compile(r":(?P<name>[a-z-]+):[ \t]*(?P<value>.*)")
_PLACEHOLDER = "TropeMarkupKept{}Here"
_FOUND = re.compile(_PLACEHOLDER.format(r"(\d+)"))


def directive(
    name: str, body: str, kind: str, argument: str = "", options: tuple[str, ...] = ()
) -> str:
    """The source of a directive.

    :param kind: ``rst`` or ``markdown``.
    :param options: one line each.
    """
    lines = [*options]
    if body:
        lines += [*([""] if options else []), *body.split("\n")]
    end = f" {argument}" if argument else ""
    if kind == "rst":
        inner = "\n".join(lines if options or not body else ["", *lines])
        return f".. {name}::{end}" + ("\n" + textwrap.indent(inner, "   ") if inner else "")
    fence = fence_for(body)
    return "\n".join([f"{fence}{{{name}}}{end}", *lines, fence])


def fence_for(text: str) -> str:
    """A Markdown fence that *text* does not contain."""
    fence = "```"
    while fence in text:
        fence += "`"
    return fence


class Directive(NamedTuple):
    """A directive found in a text."""

    name: str
    argument: str
    options: list[tuple[str, str]]
    """Name and value of each option; only ``trope`` has options."""
    body: str
    line: int
    """Line in the text, from 1."""


class Placeholders:
    """The directives of a text, replaced by words that survive its conversion."""

    def __init__(self) -> None:
        self._kept: list[str] = []

    def replace(self, text: str, kind: str, convert: Callable[[Directive], str]) -> str:
        """*text* with a placeholder for each directive; lines keep their numbers.

        :param convert: returns the new source of a directive; if empty, no placeholder is left.
        """

        def placeholder(match: re.Match[str]) -> str:
            source = convert(_found(match))
            return self._placeholder(source, match) if source else "\n"

        return (_RST if kind == "rst" else _MARKDOWN).sub(placeholder, text)

    def _placeholder(self, source: str, match: re.Match[str]) -> str:
        self._kept.append(source)
        is_apart = match.string[: match.start()].endswith("\n\n") or not match.start()
        height = max(2, match[0].count("\n") - (not is_apart))
        text = _PLACEHOLDER.format(len(self._kept) - 1) + "\n" * height
        return text if is_apart else f"\n{text}"

    def source(self, text: str) -> str | None:
        """The new source of the directive with the placeholder *text*; None if it is not one."""
        match = _FOUND.fullmatch(text.strip())
        return self._kept[int(match[1])] if match else None


def _found(match: re.Match[str]) -> Directive:
    lines = textwrap.dedent(match["body"]).split("\n")
    options = []
    if match["name"] == "trope":
        while lines and (option := _OPTION.fullmatch(lines[0])):
            lines.pop(0)
            options.append((option["name"], option["value"]))
    body = "\n".join(lines).strip("\n")
    line = match.string.count("\n", 0, match.start()) + 1
    return Directive(match["name"], match["argument"].strip(), options, body, line)
