"""Links that follow a page which could not keep its name: of ``C++`` and ``C#``, both the page C."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...names import MAIN
from ..editing.occurrences import places_in_trope

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...markup import MarkupSettings
    from ...names import PageName
    from ..editing.occurrences import Place

__all__ = ["followed"]

_SEPARATOR = re.compile(r"[/.]")


def followed(
    text: str, settings: MarkupSettings, renamed: Mapping[tuple[str, str], PageName | None]
) -> tuple[str, list[tuple[int, str]]]:
    """*text* with the links to the pages *renamed* leading to them; line and sentence of each.

    :param renamed: namespace and title as writers spell it -> the name that the page has; None if it
        is called so.
    """
    pieces: list[str] = []
    remarks: list[tuple[int, str]] = []
    position = passed = counted = 0
    line = 1
    # of those that overlap, the longest
    for place in sorted(places_in_trope(text, settings), key=lambda p: (p.start, -p.end)):
        if place.start < passed:
            continue
        end, name, words = _meant(text, place, settings, renamed)
        if name is None:
            is_whole = settings.namespaces.find(_SEPARATOR.split(text[place.start : end])[0])
            passed = end if is_whole else passed
            continue
        target = str(name).removeprefix(f"{MAIN}/")
        is_alone = text[place.start - 2 : place.start] + text[end : end + 2] == "[[]]"
        link = f"{target} {words}" if is_alone else target
        if place.context == "link":
            link = f"[[{target} {words}]]"
        line += text.count("\n", counted, place.start)
        counted = place.start
        remarks.append(
            (line, f"{text[place.start : end]} is now {link}, as that page is called here")
        )
        pieces += text[position : place.start], link
        position = passed = end
    return "".join([*pieces, text[position:]]), remarks


def _meant(
    text: str,
    place: Place,
    settings: MarkupSettings,
    renamed: Mapping[tuple[str, str], PageName | None],
) -> tuple[int, PageName | None, str]:
    """Where the longest spelling at *place* that is known ends, the page that it means if that is
    called otherwise, and the writer's words.
    """
    ends = [place.end]
    if place.context != "link" and text[place.end : place.end + 1] == "#":
        # no section: the name of a language
        after = text[place.end + 1 : place.end + 2]
        ends += [] if after.isalnum() else [place.end + 1]
    for end in reversed(ends):
        spelled = text[place.start : end]
        for mark in ("[[", "]]", "{{", "}}"):
            spelled = spelled.replace(mark, "")
        namespace, words = MAIN, spelled
        for separator in "/.":
            before, found, after = spelled.partition(separator)
            if found and after.strip() and (known := settings.namespaces.find(before)):
                namespace, words = known, after
                break
        words = " ".join(words.split())
        if (namespace, words) in renamed:
            return end, renamed[namespace, words], words
    return place.end, None, ""
