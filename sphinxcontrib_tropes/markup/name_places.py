"""Where matches of constructs spell the names of pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from .escapes import MARK
from .nodes import trope_link

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .declaration import Made
    from .span_types import Context, Role

__all__ = ["NamePlace", "context_in", "link_places", "stripped", "target_place", "value_places"]

_TARGETS: dict[str, Context] = {
    "arrow_target": "words",
    "barred_target": "words",
    "category_name": "words",
    "embedded": "words",
    "labelled_target": "target",
    "link_target": "target",
    "piped_target": "words",
    "target": "words",
}
"""Groups that spell a name, and the spellings that are possible there."""
_ROLES: dict[str, Role] = {
    "alias": "alias",
    "aliases": "alias",
    "redirect": "redirect",
    "relation": "relation",
}
"""Properties that name pages."""

_IN_BRACKETS = re.compile(r"[ \t]*\[\[(?:[^\[\]|]*->)?(?P<name>[^\[\]|]+)(?:\|[^\[\]]*)?\]\]")
_OPTIONS = re.compile(r"[ \t]++(?=(?:status|from|quiet|anchor)=)")
_ANY_OPTION = re.compile(r"[ \t]++[A-Za-z]++=")
_SECTION = re.compile(r"(?<!&)#")  # not of an entity
_AS_SECTION = re.compile(r"\s*+#\s*+(?P<section>[^\[\]|]*[^\[\]|\s])")
_SEPARATOR = re.compile(r"[/.]")
_IN_LIST = re.compile(r"(?:\{\{[^{}]*+\}\}|\[\[[^\[\]]*+\]\]|[^,])++")


class NamePlace(NamedTuple):
    """Where a name is in a text."""

    start: int
    end: int
    context: Context
    section: tuple[int, int] | None = None
    """Start and end of the section behind it."""


def link_places(
    construct: str, match: re.Match[str], made: Made
) -> Iterator[tuple[trope_link, NamePlace]]:
    """The links that *match* of *construct* became, and the places of their names. Links in its
    parts that are read by themselves are left out.
    """
    start, end = match.span()
    if construct == "wikiword_qualified" and isinstance(made, list):
        separator = start + _at(_SEPARATOR, match[0])
        bounds = [(start, separator), (separator + 1, end)]
        for part, (first, last) in zip((made[0], made[-1]), bounds, strict=True):
            if isinstance(part, trope_link):
                yield part, NamePlace(first, last, "link")
        return
    # those before it are of parts
    node: object = made[-1] if isinstance(made, list) and made else made
    if not isinstance(node, trope_link):
        return
    if construct in ("wikiword", "wikiword_qualified"):
        place: NamePlace | None = NamePlace(start, end, "link")
    elif construct in ("braces", "qualified"):
        start = match.start() if not isinstance(made, list) else match.string.index("{{", start)
        place = NamePlace(start, match.start(f"{construct}_suffix"), "link")
    elif construct == "hidden_part":
        place = NamePlace(match.start("hidden_in"), match.end("hidden_shown"), "")
    else:
        place = target_place(construct, match)
    if place is not None:
        yield node, place


def _at(pattern: re.Pattern[str], text: str) -> int:
    found = pattern.search(text)
    return found.start() if found else 0


def target_place(construct: str, match: re.Match[str]) -> NamePlace | None:
    """The place of the name in *match* of *construct*; None if it has none."""
    known = match.re.groupindex
    for group, context in _TARGETS.items():
        if group not in known or match.start(group) < 0:
            continue
        if group == "link_target" and match["link_label"] is None and "#" not in match[group]:
            return NamePlace(match.start(), match.start("link_suffix"), "link")
        start, end = match.span(group)
        option = _ANY_OPTION.search(match.string, start, end) if group == "embedded" else None
        end = option.start() if option else end
        return _in_part(match.string, start, end, context)
    return None


def context_in(text: str, place: NamePlace) -> Context:
    """The spellings that are possible in a *place* in *text*; none where the name has an escape."""
    return "" if MARK.search(text, place.start, place.end) else place.context


def stripped(text: str, start: int, end: int) -> tuple[int, int]:
    """The bounds of a name without spaces and brackets around it and without its section."""
    if brackets := _IN_BRACKETS.match(text, start, end):
        start, end = brackets.span("name")
    behind_braces = 1 + max(start - 1, *(text.rfind(brace, start, end) for brace in "{}"))
    if section := _SECTION.search(text, behind_braces, end):
        end = section.start()
    name = text[start:end]
    start += len(name) - len(name.lstrip())
    return start, start + len(name.strip())


def _in_part(text: str, start: int, end: int, context: Context = "words") -> NamePlace:
    """The place of the name in a part of *text*."""
    first, last = stripped(text, start, end)
    section = _AS_SECTION.match(text, last, end)
    return NamePlace(first, last, context, section.span("section") if section else None)


def value_places(name: str, match: re.Match[str], group: str) -> Iterator[tuple[Role, NamePlace]]:
    """What the property *name* names, and where, if its value is the *group* of *match*."""
    role = _ROLES.get(name.lower())
    if role is None or match.start(group) < 0:
        return
    text = match.string
    start, end = match.span(group)
    if role == "redirect":
        options = _OPTIONS.search(text, start, end)
        yield role, _in_part(text, start, options.start() if options else end)
        return
    if role == "relation":  # a kind comes first
        value = text[start:end]
        kind = len(value) - len(value.lstrip())
        start = text.find(" ", start + kind, end)
        if start < 0:
            return
    for part in _IN_LIST.finditer(text, start, end):
        if part[0].strip():
            yield role, _in_part(text, *part.span())
