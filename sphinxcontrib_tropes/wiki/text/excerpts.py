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
    reach = length * _REACH
    window_start, window_end = max(0, start - reach), min(len(text), end + reach)
    last_end = _last_sentence_end(text, window_start, start)
    sentence_start = window_start if last_end is None else last_end
    before_is_cut = last_end is None and window_start > 0
    sentence_end = next(sentence_ends(text, end, window_end), None)
    after_is_cut = sentence_end is None and window_end < len(text)
    after = text[end : window_end if sentence_end is None else sentence_end]
    before = fold_blanks(text[sentence_start:start]).lstrip()
    after = fold_blanks(after).rstrip()
    room = max(0, length - len(words))
    half = room // 2
    for_before = min(len(before), max(half, room - len(after)))
    for_after = min(len(after), room - for_before)
    if before_is_cut or for_before < len(before):
        before = f"… {_last_words(before, for_before)}"
    if after_is_cut or for_after < len(after):
        after = f"{_first_words(after, for_after)} …"
    return Excerpt(before, words, after)


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
