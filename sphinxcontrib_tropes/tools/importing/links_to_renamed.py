"""Changes links to pages that could not keep their name. ``C++`` and ``C#`` would both be the page
``C``, so one becomes ``C2``, and links to it must follow.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...names import MAIN
from ..editing.occurrences import occurrences_in_trope

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...markup import MarkupSettings
    from ...names import PageName
    from ..editing.occurrences import Occurrence

__all__ = ["with_renamed_links"]

_SEPARATOR = re.compile(r"[/.]")


def with_renamed_links(
    text: str, settings: MarkupSettings, renamed: Mapping[tuple[str, str], PageName | None]
) -> tuple[str, list[tuple[int, str]]]:
    """*text* with its links to renamed pages changed; and the line and sentence of each change.

    :param renamed: namespace and title in the source -> new name; None if the page kept its name.
    """
    pieces: list[str] = []
    remarks: list[tuple[int, str]] = []
    position = passed = counted = 0
    line = 1
    # the longest of overlapping occurrences first
    for found in sorted(occurrences_in_trope(text, settings), key=lambda o: (o.start, -o.end)):
        if found.start < passed:
            continue
        end, name, words = _target(text, found, settings, renamed)
        if name is None:
            is_whole = settings.namespaces.find(_SEPARATOR.split(text[found.start : end])[0])
            passed = end if is_whole else passed
            continue
        target = str(name).removeprefix(f"{MAIN}/")
        is_alone = text[found.start - 2 : found.start] + text[end : end + 2] == "[[]]"
        link = f"{target} {words}" if is_alone else target
        if found.context == "link":
            link = f"[[{target} {words}]]"
        line += text.count("\n", counted, found.start)
        counted = found.start
        remarks.append((line, f"{text[found.start : end]} is now {link}, the page's name here"))
        pieces += text[position : found.start], link
        position = passed = end
    return "".join([*pieces, text[position:]]), remarks


def _target(
    text: str,
    occurrence: Occurrence,
    settings: MarkupSettings,
    renamed: Mapping[tuple[str, str], PageName | None],
) -> tuple[int, PageName | None, str]:
    """The end of the longest known spelling at *occurrence*, the new name of that page if it was
    renamed, and the words in the text.
    """
    start = occurrence.start
    ends = [occurrence.end]
    if occurrence.context != "link" and text[occurrence.end : occurrence.end + 1] == "#":
        # not a section, but the end of a name such as C#
        after = text[occurrence.end + 1 : occurrence.end + 2]
        ends += [] if after.isalnum() else [occurrence.end + 1]
    for end in reversed(ends):
        spelled = text[start:end]
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
    return occurrence.end, None, ""
