"""The sentence that holds a link, cut from the text around it."""

from __future__ import annotations

import re
from typing import NamedTuple

from .facts import COVER

__all__ = ["Excerpt", "excerpt"]

# A sentence ends at a full stop and the like that a blank follows, or at one that needs none.
_SENTENCE_END = re.compile(r"[.!?…]+[\"'”’»)\]]*\s+|[。！？]+[」』）]*")
# What ends with a full stop and no sentence: titles, initials, Latin.
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|St|Prof|Jr|Sr|vs|etc|cf|ca|no|vol|e\.g|i\.e|[A-Z])\.)\s*\Z",
    re.IGNORECASE,
)
_BLANKS = re.compile(r"\s+")
_REACH = 4  # how many times the length is looked at on either side for the sentence's ends


class Excerpt(NamedTuple):
    """A piece of text around the words of a link; an ellipsis says where it was cut."""

    before: str
    words: str
    after: str

    def __str__(self) -> str:
        return f"{self.before}{self.words}{self.after}".replace(COVER, "[spoiler]")


def excerpt(text: str, start: int, end: int, length: int) -> Excerpt:
    """The sentence of *text* that holds the words from *start* to *end*.

    :param length: how many characters it has at most, ellipses apart; the words of the link are
        always whole.
    """
    words = _BLANKS.sub(" ", text[start:end])
    reach = length * _REACH
    before = text[max(0, start - reach) : start]
    after = text[end : end + reach]
    sentence_start = _last_end(before)
    before_is_cut = sentence_start == 0 and start > reach
    before = _BLANKS.sub(" ", before[sentence_start:]).lstrip()
    sentence_end = _first_end(after)
    after_is_cut = sentence_end < 0 and end + reach < len(text)
    after = _BLANKS.sub(" ", after if sentence_end < 0 else after[:sentence_end]).rstrip()
    room = max(0, length - len(words))
    half = room // 2
    for_before = min(len(before), max(half, room - len(after)))
    for_after = min(len(after), room - for_before)
    if before_is_cut or for_before < len(before):
        before = f"… {_last_words(before, for_before)}"
    if after_is_cut or for_after < len(after):
        after = f"{_first_words(after, for_after)} …"
    return Excerpt(before, words, after)


def _last_end(text: str) -> int:
    """Where the last sentence of *text* begins."""
    begin = 0
    for end in _SENTENCE_END.finditer(text):
        if not _ABBREVIATION.search(text, max(0, end.start() - 8), end.end()):
            begin = end.end()
    return begin


def _first_end(text: str) -> int:
    """Where the first sentence of *text* ends; -1 if it doesn't."""
    for end in _SENTENCE_END.finditer(text):
        if not _ABBREVIATION.search(text, max(0, end.start() - 8), end.end()):
            return end.end()
    return -1


def _last_words(text: str, length: int) -> str:
    kept = text[len(text) - length :]
    if length < len(text) and not text[len(text) - length - 1].isspace():
        kept = kept.partition(" ")[2]
    return kept.lstrip()


def _first_words(text: str, length: int) -> str:
    kept = text[:length]
    if length < len(text) and not text[length].isspace():
        kept = kept.rpartition(" ")[0]
    return kept.rstrip()
