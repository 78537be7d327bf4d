"""Sentences: where they end, and the one around a link."""

from __future__ import annotations

import re
from itertools import chain, pairwise
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

import regex

from ..facts.document import COVER
from .abbreviations import is_abbreviated

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import TypeAlias

    _Match: TypeAlias = re.Match[str] | regex.Match[str]

__all__ = [
    "LONGEST_OPENING",
    "SPOILER",
    "Excerpt",
    "by_sentence",
    "excerpt",
    "excerpts",
    "fold_blanks",
    "opening",
    "pieces_between",
    "sentence_ends",
]

SPOILER = "[spoiler]"
"""Replaces, in plain text, what a spoiler hides."""

LONGEST_OPENING = 525
"""Maximum characters of a preview: as many as in Wikipedia's previews."""

# A sentence ends at a full stop or the like and whitespace, or at the stop of another script (UAX
# 29: STerm), most of which need no whitespace. Of several full stops only the first begins an end:
# otherwise a long row of them would be scanned from each one.
_STOPS = ".!?…"
_STOPPED = rf"[{_STOPS}]*[\p{{Pe}}\p{{Pf}}\p{{Pi}}\"']*\s+"
_OWN_STOPS = r"[\p{SB=STerm}--[!?]]"
_SENTENCE_END = regex.compile(
    rf"[{_STOPS}](?<![{_STOPS}]{{2}}){_STOPPED}"
    rf"|(?:{_OWN_STOPS}|．(?!\d))(?:{_OWN_STOPS}|．)*[\p{{Pe}}\p{{Pf}}\"']*\s*",
    regex.V1,
)
_REST_OF_END = regex.compile(rf"[{_STOPS}]{_STOPPED}", regex.V1)
# The same for ASCII text, in a third of the time.
_ASCII_END = re.compile(r"[.!?](?<![.!?]{2})[.!?]*[\"')\]}]*\s+")
# Several whitespace characters, or one that is not a space: most gaps between words don't match.
_BLANKS = re.compile(r"\s(?:\s+|(?<! ))")
_REACH = 4  # how many lengths on either side to search for the ends of the sentence


class Excerpt(NamedTuple):
    """A piece of text around the words of a link; an ellipsis marks a cut."""

    before: str
    words: str
    after: str

    def __str__(self) -> str:
        return f"{self.before}{self.words}{self.after}".replace(COVER, SPOILER)


def excerpt(text: str, start: int, end: int, length: int) -> Excerpt:
    """The sentence of *text* around the words from *start* to *end*.

    :param length: maximum characters, without ellipses; the words of the link are never cut.
    """
    words = fold_blanks(text[start:end])
    around = _sentence_around(text, start, end, length)
    before_is_cut, after_is_cut = around.begins_earlier, around.ends_later
    before = fold_blanks(text[around.start : start]).lstrip()
    after = fold_blanks(text[end : around.end]).rstrip()
    room = max(0, length - len(words))
    half = room // 2
    for_before = min(len(before), max(half, room - len(after)))
    for_after = min(len(after), room - for_before)
    if before_is_cut or for_before < len(before):
        before = f"… {_last_words(before, for_before)}"
    if after_is_cut or for_after < len(after):
        after = f"{_first_words(after, for_after)} …"
    return Excerpt(before, words, after)


class _Sentence(NamedTuple):
    """Where a sentence begins and ends in a text, as far as it is read."""

    start: int
    end: int
    begins_earlier: bool
    ends_later: bool


def _sentence_around(text: str, start: int, end: int, length: int) -> _Sentence:
    reach = length * _REACH
    window_start, window_end = max(0, start - reach), min(len(text), end + reach)
    last_end = _last_sentence_end(text, window_start, start)
    sentence_end = next(sentence_ends(text, end, window_end), None)
    return _Sentence(
        window_start if last_end is None else last_end,
        window_end if sentence_end is None else sentence_end,
        last_end is None and window_start > 0,
        sentence_end is None and window_end < len(text),
    )


def excerpts(text: str, places: Sequence[tuple[int, int]], length: int) -> list[Excerpt]:
    """The sentences of *text* around several words, such as links to one page. Words in the same
    sentence get the same piece of text, with an ellipsis for what is left out between them.

    :param places: where the words begin and end, in the order of the text.
    :param length: as for :func:`excerpt`, for each of them.
    """
    found: list[Excerpt] = []
    for sentence in _same_sentences(text, places, length):
        cuts = [excerpt(text, start, end, length) for start, end in sentence]
        if len({str(cut) for cut in cuts}) > 1:
            share = max(length // len(sentence), _SHORTEST)  # together no longer than one
            cuts = [excerpt(text, start, end, share) for start, end in sentence]
            cuts = _joined(text, sentence, cuts)
        found += cuts
    return found


def _same_sentences(
    text: str, places: Sequence[tuple[int, int]], length: int
) -> Iterator[list[tuple[int, int]]]:
    """*places*, those in the same sentence together."""
    group: list[tuple[int, int]] = []
    for start, end in places:
        is_full = len(group) == _MOST_TOGETHER
        if group and (is_full or not _is_one_sentence(text, group[-1][1], start, length)):
            yield group
            group = []
        group.append((start, end))
    if group:
        yield group


def _is_one_sentence(text: str, end: int, start: int, length: int) -> bool:
    """Whether no sentence ends between the *end* of one link and the *start* of the next."""
    if not 0 <= start - end <= length * _REACH:
        return False
    return next(sentence_ends(text, end, start), None) is None


def _joined(text: str, places: Sequence[tuple[int, int]], cuts: Sequence[Excerpt]) -> list[Excerpt]:
    """Different cuts of one sentence as one piece of text around all its links."""
    pieces = [cuts[0].before]
    at = len(cuts[0].before)
    spans: list[tuple[int, int]] = []
    for number, ((_start, end), cut) in enumerate(zip(places, cuts, strict=True)):
        spans.append((at, at + len(cut.words)))
        if number + 1 < len(cuts):
            between = _between(
                text[end : places[number + 1][0]], cut.after, cuts[number + 1].before
            )
        else:
            between = cut.after
        pieces += [cut.words, between]
        at += len(cut.words) + len(between)
    whole = "".join(pieces)
    return [Excerpt(whole[:start], whole[start:end], whole[end:]) for start, end in spans]


def _between(text: str, after: str, before: str) -> str:
    """The *text* between two links, as far as it is in the cut after the one or before the other."""
    text = fold_blanks(text)
    first = after.removesuffix("…").rstrip() if after.endswith(" …") else after
    last = before.removeprefix("…").lstrip() if before.startswith("… ") else before
    if len(first) + len(last) + len(_GAP) >= len(text):
        return text
    return f"{first}{_GAP}{last}"


_GAP = " … "
_SHORTEST = 40
_MOST_TOGETHER = 8
"""Maximum words with one piece of text around them. Each of them keeps it: with no limit, a sentence
of a thousand links would be kept a thousand times.
"""


class _Quoting(Protocol):
    @property
    def excerpt(self) -> Excerpt: ...


_Mention = TypeVar("_Mention", bound=_Quoting)


def by_sentence(mentions: Iterable[_Mention]) -> list[list[_Mention]]:
    """*mentions*, in the order of a text, grouped by the sentence that they quote, so that each
    sentence is shown once, with the words of every link marked. Different cuts of one sentence are
    not grouped.
    """
    groups: list[list[_Mention]] = []
    whole, end = "", 0
    for mention in mentions:
        before, words, after = mention.excerpt
        text = before + words + after
        if groups and text == whole and len(before) >= end:
            groups[-1].append(mention)
        else:
            groups.append([mention])
        whole, end = text, len(before) + len(words)
    return groups


def pieces_between(sentence: Sequence[_Quoting]) -> Iterator[str]:
    """The text after the words of each link in a *sentence* of :func:`by_sentence`, up to the next
    link or the end.
    """
    for here, following in pairwise(sentence):
        begins = len(here.excerpt.before) + len(here.excerpt.words)
        yield following.excerpt.before[begins:]
    yield sentence[-1].excerpt.after


def opening(blocks: Iterable[str], length: int = LONGEST_OPENING) -> str:
    """The first of *blocks*, one per line.

    :param length: maximum characters, without an ellipsis.
    """
    lines: list[str] = []
    for block in blocks:
        line = _BLANKS.sub(" ", block).strip()
        if not line:
            continue
        if len(line) > length:
            if cut := _first_words(line, length):
                lines.append(f"{cut} …")
            break
        lines.append(line)
        length -= len(line) + 1
        if length <= 0:
            break
    if len(lines) > 1 and lines[-1].endswith(":"):
        del lines[-1]  # it announces what was cut
    return "\n".join(lines)


def fold_blanks(text: str) -> str:
    """*text* on one line, with a single space for each run of whitespace."""
    # the only printable whitespace is the space
    if "  " not in text and text.isprintable():
        return text
    return _BLANKS.sub(" ", text)


def sentence_ends(text: str, start: int, end: int) -> Iterator[int]:
    """Where sentences of *text* end between *start* and *end*."""
    for match in _possible_ends(text, start, end):
        if _is_sentence_end(text, match, start):
            yield match.end()


def _last_sentence_end(text: str, start: int, end: int) -> int | None:
    """The last of :func:`sentence_ends`, found from the end."""
    for match in reversed([*_possible_ends(text, start, end)]):
        if _is_sentence_end(text, match, start):
            return match.end()
    return None


def _possible_ends(text: str, start: int, end: int) -> Iterator[_Match]:
    is_after_one = start > 0 and text[start - 1 : start] in _STOPS
    pattern = _ASCII_END if text.isascii() else _SENTENCE_END
    if is_after_one and (match := _REST_OF_END.match(text, start, end)):
        return chain([match], pattern.finditer(text, match.end(), end))
    return pattern.finditer(text, start, end)


def _is_sentence_end(text: str, match: _Match, start: int) -> bool:
    end = match.end()
    if text[end : end + 1].islower():
        return False  # "um... unsuitable"
    return not is_abbreviated(text, start, match.start(), end)


def _last_words(text: str, length: int) -> str:
    cut = len(text) - length
    if cut <= 0 or text[cut - 1].isspace():
        return text[cut:].lstrip()
    at = text.find(" ", cut)
    if at < 0:  # a script without spaces
        at = next((at for at in _boundaries(text, cut) if at >= cut), len(text))
    return text[at:].lstrip()


def _first_words(text: str, length: int) -> str:
    if length >= len(text) or text[length].isspace():
        return text[:length].rstrip()
    at = text.rfind(" ", 0, length)
    if at < 0:
        at = max((at for at in _boundaries(text, length) if at <= length), default=0)
    return text[:at].rstrip()


_LONGEST_CLUSTER = 64


def _boundaries(text: str, at: int) -> Iterator[int]:
    """Where *text* may be cut near *at*: between grapheme clusters (UAX 29), such as an emoji with
    joiners or a letter with its marks.
    """
    start = max(0, at - _LONGEST_CLUSTER)
    for match in regex.finditer(r"\X", text, pos=start, endpos=at + _LONGEST_CLUSTER):
        yield match.start()
