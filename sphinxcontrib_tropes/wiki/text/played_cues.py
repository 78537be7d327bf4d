"""How a trope is played in an example, from the example's own words.

"Subverted in X", "X: Averted; nobody smokes", "X: Played straight with Emil, inverted with Franz":
:mod:`.played_words` has a table of such cues for each language. A cue counts only where a statement
begins, after the link or a stop, or where the trope is its subject ("this is subverted"); and only
if the words behind it go on in a way that speaks of the trope. This favours precision over recall:
"a war was averted" tells what happens in the story. ``tests/wiki/text/played`` has examples marked
by hand; cues that are right in fewer than 95 of 100 cases are removed.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from .excerpts import sentence_ends
from .played_words import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .played_words import PlayedWords

__all__ = ["played_in"]

_LONGEST = 2000
"""Characters of an example that are read: what it says of the trope, it says early."""
_QUOTED = re.compile('"[^"]*"|„[^„“”"]*[“”"]|“[^“”]*”|«[^«»]*»|”[^“”]*”|‹[^‹›]*›')
_OPENING = " \t\"'“„«‘(‹"
_TAIL = re.compile(r"\w{0,3}[\"'”“»’)›]*\s*[:,;.–—(-]*\s*")
"""What may stand between the link of an example and the first statement about it."""
_BREAK = re.compile(r"(?P<open>[;(]\s*|\s[–—-]\s+|—\s*)|(?P<chained>[,:]\s+|\s?[&/]\s?)")
_SEPARATED = re.compile(r"\s*(?:,|;|&|/|and|und|et|or|oder|ou|,\s*(?:and|und|et))\s*(?:in\s+|dans\s+)?"
                        r"[\"'“„«]*")  # fmt: skip


class _Cue(NamedTuple):
    start: int
    end: int
    label: str


class _Reader:
    """The patterns of a language, compiled."""

    def __init__(self, words: PlayedWords) -> None:
        after = rf"(?=\s*(?:[.,;:!)–—…/&]|-\s|$)|\s+{words.after}(?:\b|(?<=['’])))(?!\s*\?)"
        named = "|".join(f"(?P<c{at}>{cue})" for at, (_, cue) in enumerate(words.cues))
        cue = rf"(?:{named}){after}"
        adverbs = rf"(?:{words.adverb}[\s,]+){{0,4}}"
        within = rf"{words.within}?" if words.within else ""
        subject = rf"(?:{words.subject})\s+"
        joint = rf"(?:{words.joint}\s+)?"
        self.labels = [label for label, _ in words.cues]
        self.statement = _pattern(
            rf"{joint}{adverbs}(?:{subject}|{words.verb}\s+)?{adverbs}{within}{cue}"
        )
        self.explicit = _pattern(rf"{joint}{adverbs}{subject}{adverbs}{within}{cue}")
        self.joint = _pattern(rf"\s(?={words.joint}\s)")
        self.acts = [(label, _pattern(rf"\b(?:{act})")) for label, act in words.acts]
        self.doubt = _pattern(words.doubt)
        self.elsewhere = _pattern(words.elsewhere + "[\"'“„«‘]*")
        self.stems = words.stems

    def label(self, match: re.Match[str]) -> str:
        """The label of a statement."""
        group = match.lastgroup or ""
        return self.labels[int(group[1:])]


def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


@cache
def _reader(language: str) -> _Reader:
    code = language.partition("_")[0].partition("-")[0]
    return _Reader(LANGUAGES.get(code, LANGUAGES["en"]))


def played_in(text: str, links: Sequence[tuple[int, int]], language: str = "en") -> list[str]:
    """How the example *text* says that the page of each link plays a trope, or is played.

    :param links: start and end of each link in the text, in order. The first is what it is about.
    :param language: as ``language`` in the configuration; English if it has no table.
    :returns: for each link the :data:`.names.played.LABELS` that hold, separated by spaces, in the order of the
        text; mostly none.
    """
    found = [""] * len(links)
    reader = _reader(language)
    text = text[:_LONGEST]
    lower = text.lower()
    if not links or not any(stem in lower for stem in reader.stems):
        return found
    text = _without_quotes(text.replace("\n", " "), links)
    cues = _cues(reader, text, links)
    is_head = not text[: links[0][0]].strip(_OPENING)
    labels: list[list[str]] = [[] for _ in links]
    for at, cue in enumerate(cues):
        limit = cues[at + 1].start if at + 1 < len(cues) else len(text)
        for number in _about(reader, text, links, cue, limit, is_head=is_head):
            if cue.label not in labels[number]:
                labels[number].append(cue.label)
    return [" ".join(of_link) for of_link in labels]


def _without_quotes(text: str, links: Sequence[tuple[int, int]]) -> str:
    """*text* with spaces instead of what it quotes; titles of links stay."""
    starts = [start for start, _ in links]

    def blank(match: re.Match[str]) -> str:
        has_link = bisect_right(starts, match.end()) > bisect_right(starts, match.start())
        return match[0] if has_link else match[0][0] + " " * (len(match[0]) - 2) + match[0][-1]

    return _QUOTED.sub(blank, text)


def _cues(reader: _Reader, text: str, links: Sequence[tuple[int, int]]) -> list[_Cue]:
    """The cues of *text*, in order."""
    found: dict[int, _Cue] = {}
    sentence_starts = [0, *sentence_ends(text, 0, len(text))]
    for number, start in enumerate(sentence_starts):
        is_last = number + 1 == len(sentence_starts)
        end = len(text) if is_last else sentence_starts[number + 1]
        is_chain, done = False, -1
        for position, is_open in _beginnings(reader, text, start, end, links):
            pattern = reader.statement if is_open or is_chain else reader.explicit
            match = pattern.match(text, position, end) if position > done else None
            if match and pattern is reader.explicit and reader.doubt.search(text, start, position):
                continue
            if match:
                done = match.start(match.lastgroup or 0)
                is_chain = True
                found[done] = _Cue(match.start(), match.end(), reader.label(match))
        if text[start:end].rstrip().endswith("?"):
            found = {at: cue for at, cue in found.items() if at < start}
            continue
        for label, act in reader.acts:
            for match in act.finditer(text, start, end):
                if not reader.doubt.search(text, start, match.start()):
                    found.setdefault(match.start(), _Cue(match.start(), match.end(), label))
    return [found[at] for at in sorted(found)]


def _beginnings(
    reader: _Reader, text: str, start: int, end: int, links: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, bool]]:
    """Where statements of a sentence may begin, each with whether it needs no statement before."""
    head, head_end = links[0]
    tail = _TAIL.match(text, head_end)
    behind = tail.end() if tail else head_end
    found: dict[int, bool] = {}
    while start < end and text[start] in _OPENING:
        start += 1
    if start != head:
        found[start] = True
    if start <= head < end and not text[start:head].strip(_OPENING):
        found[behind] = True
    if start <= head < end and behind < end:
        found.setdefault(behind, False)
    for match in _BREAK.finditer(text, start, end):
        found.setdefault(match.end(), match["open"] is not None)
    for match in reader.joint.finditer(text, start, end):
        found.setdefault(match.end(), False)
    return iter(sorted(found.items()))


def _about(
    reader: _Reader,
    text: str,
    links: Sequence[tuple[int, int]],
    cue: _Cue,
    limit: int,
    *,
    is_head: bool,
) -> Iterator[int]:
    """The numbers of the links that *cue* is about.

    :param limit: where the next cue begins.
    :param is_head: whether the text begins with the first link.
    """
    starts = [start for start, _ in links]
    number = bisect_right(starts, cue.start - 1)
    end = next(sentence_ends(text, cue.end, len(text)), len(text))
    is_near = number < len(links) and starts[number] < min(limit, max(end, cue.end))
    if is_head:
        other = reader.elsewhere.match(text, cue.end)
        if not (is_near and other and other.end() == starts[number]):
            yield 0
    elif not is_near:
        if starts[0] < cue.start:
            yield 0
    else:
        yield number
        while number + 1 < len(links) and starts[number + 1] < limit:
            if not _SEPARATED.fullmatch(text, links[number][1], starts[number + 1]):
                break
            number += 1
            yield number
