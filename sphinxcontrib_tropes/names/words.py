"""Text -> words, slugs, file names: the text functions that names are based on."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from itertools import groupby
from typing import TYPE_CHECKING, Literal, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = [
    "UNSPACED",
    "camel_case",
    "file_stem",
    "fold",
    "is_word_character",
    "keep",
    "memoized",
    "normalized",
    "slug",
    "spelled_words",
    "split_words",
]

# Thai, Lao, Burmese, Khmer, kana, Chinese characters.
UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
"""Letters of scripts without spaces between words, as the inside of a ``[...]`` pattern."""

_APOSTROPHES = re.compile("['’ʼ`]")
_ASCII_WORD = re.compile("[a-z0-9]+")
_LONGEST_SEGMENT = 100  # bytes; file systems allow 255 for a name including its suffix
# Windows reserves these names for devices, whatever their suffix.
_RESERVED = frozenset(
    ["con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))]
)


_Key = TypeVar("_Key")
_Found = TypeVar("_Found")

# Limits in bytes: a process may live long, and names come from anywhere.
_LONGEST_KEPT = 200  # characters
_MOST_KEPT = 65536


def keep(table: dict[_Key, _Found], key: _Key, found: _Found, text: str) -> None:
    """Stores *found* in the cache *table*, unless *text*, its key or the text in it is long. A full
    cache is emptied first.
    """
    if len(text) > _LONGEST_KEPT:
        return
    if len(table) >= _MOST_KEPT:
        table.clear()
    table[key] = found


class _Cache(dict[str, _Found]):
    """Text -> the result of a function."""

    def __init__(self, function: Callable[[str], _Found]) -> None:
        super().__init__()
        self._function = function

    def __missing__(self, text: str) -> _Found:
        found = self._function(text)
        keep(self, text, found, text)
        return found


def memoized(function: Callable[[str], _Found]) -> Callable[[str], _Found]:
    """*function*, which takes one text, with a cache for short texts.

    A look-up in its dictionary is a third faster than ``lru_cache``, and the size of the cache is
    limited in bytes.
    """
    return _Cache(function).__getitem__


_MOST_MARKS = 30
"""Maximum marks on one letter; no language has more (Unicode calls it the stream-safe format)."""


def normalized(text: str, form: Literal["NFC", "NFD", "NFKD"] = "NFC") -> str:
    """*text* in Unicode normalization *form*, in linear time.

    Python sorts the marks on one letter in quadratic time. So a letter with more than 30 marks is
    left unchanged.
    """
    if text.isascii():
        return text
    # a run of more than 30 marks includes one of every 31st characters
    if len(text) <= _MOST_MARKS or not any(map(_is_mark, text[:: _MOST_MARKS + 1])):
        return unicodedata.normalize(form, text)
    parts: list[str] = []
    start = 0
    for begin, end in _long_runs_of_marks(text):
        letter = max(begin - 1, start)
        parts += [unicodedata.normalize(form, text[start:letter]), text[letter:end]]
        start = end
    return "".join([*parts, unicodedata.normalize(form, text[start:])])


def _is_mark(character: str) -> bool:
    return unicodedata.category(character)[0] == "M"


def _long_runs_of_marks(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each run of more than 30 marks."""
    begin = 0
    for are_marks, run in groupby(text, _is_mark):
        end = begin + sum(1 for _ in run)
        if are_marks and end - begin > _MOST_MARKS:
            yield begin, end
        begin = end


def is_word_character(character: str) -> bool:
    """Whether *character* is a letter, a digit or a mark (Devanagari vowels, Hebrew points)."""
    # "\w" would match the underscore, but no marks
    return character.isalnum() or _is_mark(character)


@memoized
def fold(text: str) -> str:
    """The letters, digits and marks of *text*, in NFC and casefolded, for comparison."""
    folded = normalized(normalized(text).casefold())
    if folded.isascii() and folded.isalnum():
        return folded
    return "".join(filter(is_word_character, folded))


def _words(text: str) -> list[str]:
    """The words of *text*: runs of letters, digits and marks. Apostrophes are dropped."""
    text = _APOSTROPHES.sub("", normalized(text))
    return "".join(c if is_word_character(c) else " " for c in text).split()


@memoized
def camel_case(text: str) -> str:
    """``half human hybrid`` -> ``HalfHumanHybrid``; empty if *text* has no letter or digit."""
    return "".join(map(_capitalised, _words(text)))


def _capitalised(word: str) -> str:
    first = word[0].upper()
    # only if the key stays the same: the dotless i has no capital of its own
    is_same = len(first) == 1 and first.casefold() == word[0].casefold()
    return (first if is_same else word[0]) + word[1:]


@memoized
def split_words(name: str) -> str:
    """The words of a WikiWord: ``TheABCMurders`` -> ``The ABC Murders``.

    A word begins at an upper-case letter after a lower-case letter or digit, at the last capital
    of an acronym that a lower-case letter follows, and between letters and digits.
    """
    words = [name[:1]]
    for before, here, after in zip(name, name[1:], name[2:] + " ", strict=False):
        if _begins_word(before, here, after):
            words.append(" ")
        words.append(here)
    return "".join(words)


def _begins_word(before: str, here: str, after: str) -> bool:
    """Whether a word of a WikiWord starts at *here*, between *before* and *after*."""
    if not (before.isalnum() and here.isalnum()):
        return False
    if here.isdigit() != before.isdigit():
        return True
    if not here.isupper():
        return False
    return not before.isupper() or after.islower()


@memoized
def slug(text: str) -> str:
    """*text* as an HTML id in any script: ``"In this work"`` -> ``in-this-work``.

    Empty if *text* has no letter or digit. Stable: it depends on the text alone.
    """
    return "-".join(map(fold, _words(text)))


@memoized
def spelled_words(text: str) -> tuple[str, ...]:
    """The words of *text* as readers look for them: casefolded, without accents and apostrophes."""
    if text.isascii():  # seven times as fast
        return tuple(_ASCII_WORD.findall(_APOSTROPHES.sub("", text).lower()))
    bare = _APOSTROPHES.sub("", normalized(text, "NFKD"))
    folded = "".join(c for c in bare if not _is_mark(c)).casefold()
    return tuple("".join(c if c.isalnum() else " " for c in folded).split())


def file_stem(segment: str) -> str:
    """*segment* of a key as part of a file name, valid in every common file system.

    A long segment is cut, and a hash keeps it unique.
    """
    if len(segment) <= 4 and unicodedata.normalize("NFKC", segment) in _RESERVED:
        return f"{segment}_"
    encoded = segment.encode()
    if len(encoded) <= _LONGEST_SEGMENT:
        return segment
    digest = hashlib.blake2b(encoded, digest_size=6).hexdigest()
    return f"{encoded[:_LONGEST_SEGMENT].decode(errors='ignore')}-{digest}"
