"""Rewrites the links to a renamed page in one file."""

from __future__ import annotations

import re
from bisect import bisect_right
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from ...markup.dialect import DIALECT
from ...markup.spans import read_with_spans
from ..refusal import Refusal
from .occurrences import (
    UNTITLED,
    Occurrence,
    occurrences_by_letters,
    occurrences_in_markdown,
    occurrences_in_rst,
    occurrences_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ...markup import MarkupSettings
    from ...names import Namespaces, PageName
    from .page_references import Snapshot, Snapshots
    from .source_files import Sources
    from .spellings import Spellings

__all__ = [
    "irregular_ones",
    "is_wikiword",
    "name_spelled",
    "not_understood",
    "respelled",
    "with_links_renamed",
]

_FINDERS = {"rst": occurrences_in_rst, "markdown": occurrences_in_markdown}
_MOST_TRIALS = 200
"""Maximum number of times a file is read to find the occurrences that are links."""
_MOST_PLACES = 5
"""Maximum number of further places that a message lists."""
_HIDDEN = re.compile(r"\{\{(?P<shown>[^{}|]*)\|")


def is_wikiword(settings: MarkupSettings) -> Callable[[str], bool]:
    """Returns a function that tells whether a text alone is a WikiWord."""
    tokens = DIALECT.scanner(wikiwords=settings.wikiwords).tokens

    def is_wikiword(text: str) -> bool:
        return [(0, len(text))] == [
            (start, end) for start, end, name, _ in tokens(text) if name.startswith("wikiword")
        ]

    return is_wikiword


def with_links_renamed(
    sources: Sources, path: str, old: PageName, spellings: Spellings, snapshots: Snapshots
) -> tuple[str, int, list[tuple[int, str]]]:
    """The text of *path* with its links renamed.

    :returns: the text, the number of changes, and the line and spelling of each change that has no
        counterpart in :class:`.Spellings`.
    :raises Refusal: if the file refers to the page in a way that can't be rewritten.
    """
    text = sources.texts[path]
    if not text.isascii() and any("\udc80" <= character <= "\udcff" for character in text):
        raise Refusal(f"{path} is not UTF-8, and may refer to {old}; nothing was changed")
    if not snapshots.of(path, text).counts[old.key]:
        return text, 0, []
    chosen, after = _chosen(sources, path, old, spellings, snapshots)
    if after.counts[old.key]:
        raise Refusal(not_understood(path, old, after))
    return (
        respelled(text, chosen, spellings),
        len(chosen),
        irregular_ones(text, chosen, spellings),
    )


def irregular_ones(
    text: str, occurrences: list[Occurrence], spellings: Spellings
) -> list[tuple[int, str]]:
    """Line and spelling of the *occurrences* that have no counterpart in *spellings*."""
    return [
        (text.count("\n", 0, occurrence.start) + 1, text[occurrence.start : occurrence.end])
        for occurrence in occurrences
        if text[occurrence.start : occurrence.end] not in spellings.table(occurrence.context)
    ]


def not_understood(path: str, old: PageName, snapshot: Snapshot) -> str:
    """The message about references to *old* that can't be rewritten."""
    places = []
    for source, line in snapshot.places[old.key]:
        file = path if not source or source.endswith(PurePosixPath(path).name) else source
        places.append(f"{file}:{line}" if line else file)
    first, *others = dict.fromkeys(places)
    more = f" (also {', '.join(others[:_MOST_PLACES])})" if others else ""
    return f"{first} refers to {old} in a way that can't be rewritten{more}; nothing was changed"


def _chosen(
    sources: Sources, path: str, old: PageName, spellings: Spellings, snapshots: Snapshots
) -> tuple[list[Occurrence], Snapshot]:
    """The occurrences in *path* that can change without affecting anything but links; and the
    snapshot after the change. The rename is complete if that snapshot has no reference to *old*.

    Tries all occurrences in the markup at once, then halves of those that fail, then those that
    overlap them, and finally everything with the letters of the name.
    """
    text = sources.texts[path]
    before = after = snapshots.of(path, text)
    chosen: list[Occurrence] = []
    trials = _MOST_TRIALS
    for guessed in _guesses(sources, path, old, before):
        rest = [g for g in guessed if _is_name(sources, text, g, old)]
        while rest and after.counts[old.key]:
            batch, rest = _without_overlaps(rest, chosen)
            waiting = [batch] if batch else []
            while waiting and after.counts[old.key] and trials:
                batch = waiting.pop()
                trials -= 1
                candidate = sorted([*chosen, *batch])
                snapshot = snapshots.of(path, respelled(text, candidate, spellings))
                renamed = after.counts[old.key] - snapshot.counts[old.key]
                if (
                    snapshot.digest == before.digest
                    and renamed >= len(batch)
                    and sum(snapshot.counts.values()) == sum(before.counts.values())
                ):
                    chosen, after = candidate, snapshot
                elif len(batch) > 1:
                    half = len(batch) // 2
                    waiting += [batch[half:], batch[:half]]
        if not after.counts[old.key]:
            break
    return chosen, after


def _guesses(
    sources: Sources, path: str, old: PageName, before: Snapshot
) -> Iterator[list[Occurrence]]:
    """The occurrences that the markup of *path* tells, exact ones in trope markup; then those that only look like the name."""
    text, kind = sources.texts[path], sources.kind(path)
    if kind in _FINDERS:
        yield _FINDERS[kind](text, sources.settings)
    yield occurrences_of(before.names)
    by_letters = occurrences_by_letters(text, old)
    yield _outside(by_letters, _comments(text, sources.settings)) if kind == "trope" else by_letters


def _comments(text: str, settings: MarkupSettings) -> list[tuple[int, int]]:
    """The spans of the comments of trope markup."""
    return [
        (span.start, span.end)
        for span in read_with_spans(text, UNTITLED, settings).spans
        if span.construct == "property" and text[slice(*span.groups["name"])].lower() == "comment"
    ]


def _outside(occurrences: list[Occurrence], spans: list[tuple[int, int]]) -> list[Occurrence]:
    """The *occurrences* that start outside all *spans*, which are sorted."""
    starts = [start for start, _ in spans]
    return [
        occurrence
        for occurrence in occurrences
        if not (at := bisect_right(starts, occurrence.start))
        or occurrence.start >= spans[at - 1][1]
    ]


def _without_overlaps(
    occurrences: list[Occurrence], chosen: list[Occurrence]
) -> tuple[list[Occurrence], list[Occurrence]]:
    """The *occurrences* that overlap neither one another nor *chosen*; and the rest of those that
    do not overlap *chosen*.
    """
    busy = sorted((occurrence.start, occurrence.end) for occurrence in chosen)
    batch: list[Occurrence] = []
    rest: list[Occurrence] = []
    end = at = 0
    for occurrence in sorted(set(occurrences), key=lambda o: (o[:2], o.context == "target")):
        while at < len(busy) and busy[at][1] <= occurrence.start:
            at += 1
        if at < len(busy) and busy[at][0] < occurrence.end:
            continue
        if occurrence.start >= end:
            batch.append(occurrence)
            end = occurrence.end
        else:
            rest.append(occurrence)
    return batch, rest


def _is_name(sources: Sources, text: str, occurrence: Occurrence, name: PageName) -> bool:
    found = name_spelled(text, occurrence, sources.settings.namespaces)
    return found is not None and found.key == name.key


def name_spelled(text: str, occurrence: Occurrence, namespaces: Namespaces) -> PageName | None:
    """The name that *text* spells there; None if that is no name."""
    spelling = text[occurrence.start : occurrence.end]
    if occurrence.context == "link" and spelling.startswith("[["):
        spelling = spelling[2:-2]
    return namespaces.page_name(spelling)


def respelled(text: str, occurrences: list[Occurrence], spellings: Spellings) -> str:
    """*text* with the new name at its *occurrences*, which are in order."""
    pieces: list[str] = []
    position = 0
    for start, end, context in occurrences:
        spelling = text[start:end]
        new = spellings.table(context).get(spelling) or _default(spelling, context, spellings)
        if context == "target" and " " in new and "{{" not in new:
            new = f"{{{{{new}}}}}"
        pieces += text[position:start], new
        position = end
    return "".join([*pieces, text[position:]])


def _default(spelling: str, context: str, spellings: Spellings) -> str:
    """The new name for a *spelling* that is not in the table."""
    hidden = _HIDDEN.search(spelling)
    if context == "link" and hidden and hidden["shown"].strip():
        # {{Godzilla|2014}} shows a part of the name: keep that as the label
        return f"[[{spellings.default('words')} {hidden['shown'].strip()}]]"
    return spellings.default(context)
