"""Page names: every spelling of a page's name becomes one canonical name, one key, one title.

The rules are the public contract of the extension: ``Main/FurryConfusion``, ``FurryConfusion``,
``{{Furry Confusion}}``, ``Furry Confusion``, ``furryconfusion`` and ``Main.FurryConfusion`` all
name the same page.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from itertools import groupby
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

__all__ = [
    "DEFAULT_NAMESPACES",
    "MAIN",
    "META_NAMESPACES",
    "UNSPACED",
    "Namespaces",
    "PageName",
    "Spelled",
    "composed",
    "file_stem",
    "is_canonical",
    "key_of",
    "path_of",
    "remembered",
    "slug",
    "split_list",
    "split_words",
]

MAIN = "Main"

DEFAULT_NAMESPACES: Mapping[str, str] = MappingProxyType(
    {
        MAIN: "Tropes",
        "Administrivia": "Administrivia",
        "Advertising": "Advertising",
        "Animation": "Animation",
        "Anime": "Anime",
        "Art": "Art",
        "AudioPlay": "Audio plays",
        "Blog": "Blogs",
        "Characters": "Characters",
        "ComicBook": "Comic books",
        "ComicStrip": "Comic strips",
        "Creator": "Creators",
        "Fanfic": "Fan fiction",
        "Film": "Films",
        "Franchise": "Franchises",
        "Funny": "Funny moments",
        "Headscratchers": "Headscratchers",
        "Laconic": "Laconic",
        "LightNovel": "Light novels",
        "Literature": "Literature",
        "Manga": "Manga",
        "Music": "Music",
        "Myth": "Myth",
        "Podcast": "Podcasts",
        "Quotes": "Quotes",
        "Radio": "Radio",
        "Recap": "Recaps",
        "Series": "Series",
        "TabletopGame": "Tabletop games",
        "Theatre": "Theatre",
        "Trivia": "Trivia",
        "UsefulNotes": "Useful notes",
        "VideoGame": "Video games",
        "VisualNovel": "Visual novels",
        "WMG": "Wild mass guessing",
        "Webcomic": "Webcomics",
        "WebOriginal": "Web originals",
        "WebVideo": "Web videos",
        "WesternAnimation": "Western animation",
        "YMMV": "Your mileage may vary",
    }
)
"""Namespace -> label of the pages in it."""

META_NAMESPACES = frozenset(
    [
        "Administrivia",
        "Characters",
        "Creator",
        "Funny",
        "Headscratchers",
        "Laconic",
        "Quotes",
        "Recap",
        "Trivia",
        "UsefulNotes",
        "WMG",
        "YMMV",
    ]
)
"""Namespaces of pages that are about neither a trope nor a work."""

# Thai, Lao, Burmese, Khmer, kana, Chinese characters.
UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
"""The letters of scripts that set no blanks between words, as the inside of ``[...]``."""

_APOSTROPHES = re.compile("['’ʼ`]")
# \w is letters, digits and the underscore; marks (Devanagari vowels, Hebrew points) are neither,
# though words are spelled with them.
_LONGEST_SEGMENT = 100  # bytes; file systems allow 255 for a name, suffix and all
_LISTED = re.compile(r"(?:\{\{[^{}]*+\}\}|\[\[[^\[\]]*+\]\]|[^,])++")
# Names that Windows keeps for devices, whatever their suffix.
_RESERVED = frozenset(
    ["con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))]
)


_Key = TypeVar("_Key")
_Found = TypeVar("_Found")

# What is remembered has a bound in bytes, for a process may live and names come from anywhere.
_LONGEST_REMEMBERED = 200  # letters
_MOST_REMEMBERED = 65536


def _keep(table: dict[_Key, _Found], key: _Key, found: _Found, most: int) -> None:
    if len(table) >= most:
        table.clear()
    table[key] = found


class _Remembered(dict[str, _Found]):
    """Text -> what a function gives for it."""

    def __init__(self, function: Callable[[str], _Found], most: int) -> None:
        super().__init__()
        self._function = function
        self._most = most

    def __missing__(self, text: str) -> _Found:
        found = self._function(text)
        if len(text) <= _LONGEST_REMEMBERED:
            _keep(self, text, found, self._most)
        return found


def remembered(
    function: Callable[[str], _Found], most: int = _MOST_REMEMBERED
) -> Callable[[str], _Found]:
    """*function*, which depends on its text alone, with a memory for short texts.

    The look-up is that of a dictionary, a third faster than ``lru_cache``, and what is kept is
    bounded in bytes.
    """
    return _Remembered(function, most).__getitem__


_MOST_MARKS = 30
"""Marks on one letter; no language has more (Unicode calls it the stream-safe format)."""


def composed(text: str, form: Literal["NFC", "NFD"] = "NFC") -> str:
    """*text* in NFC, or another *form*, in linear time: Python sorts the marks on one letter in
    quadratic time, so a letter with very many, and its marks, are left as they are.
    """
    if text.isascii():
        return text
    # of a row of marks, one is among every so many characters
    if len(text) <= _MOST_MARKS or not any(map(_is_mark, text[:: _MOST_MARKS + 1])):
        return unicodedata.normalize(form, text)
    parts: list[str] = []
    start = 0
    for begin, end in _rows_of_marks(text):
        letter = max(begin - 1, start)
        parts += [unicodedata.normalize(form, text[start:letter]), text[letter:end]]
        start = end
    return "".join([*parts, unicodedata.normalize(form, text[start:])])


def _is_mark(character: str) -> bool:
    return unicodedata.category(character)[0] == "M"


def _rows_of_marks(text: str) -> Iterator[tuple[int, int]]:
    """Where rows of too many marks begin and end."""
    begin = 0
    for are_marks, row in groupby(text, _is_mark):
        end = begin + sum(1 for _ in row)
        if are_marks and end - begin > _MOST_MARKS:
            yield begin, end
        begin = end


def _is_word_character(character: str) -> bool:
    return character.isalnum() or unicodedata.category(character)[0] == "M"


@remembered
def _fold(text: str) -> str:
    """The letters and digits of *text*, NFC and casefolded: what is compared."""
    folded = composed(composed(text).casefold())
    if folded.isascii() and folded.isalnum():
        return folded
    return "".join(filter(_is_word_character, folded))


def _words(text: str) -> list[str]:
    """The words of *text*: runs of letters, digits and marks; an apostrophe joins."""
    text = _APOSTROPHES.sub("", composed(text))
    return "".join(c if _is_word_character(c) else " " for c in text).split()


@remembered
def _camel(text: str) -> str:
    """``half human hybrid`` -> ``HalfHumanHybrid``; empty if *text* has no letter or digit."""
    return "".join(map(_capitalised, _words(text)))


def _capitalised(word: str) -> str:
    first = word[0].upper()
    # not where it would be another name: the dotless i has no capital of its own
    is_same = len(first) == 1 and first.casefold() == word[0].casefold()
    return (first if is_same else word[0]) + word[1:]


def _is_new_word(before: str, here: str, after: str) -> bool:
    """Whether a word of a title begins at *here*, between its neighbours."""
    if not (before.isalnum() and here.isalnum()):
        return False
    if here.isdigit() != before.isdigit():
        return True
    if not here.isupper():
        return False
    return not before.isupper() or after.islower()


@remembered
def split_words(name: str) -> str:
    """The words of a WikiWord: ``TheABCMurders`` -> ``The ABC Murders``.

    A word begins at an upper-case letter after a lower-case letter or digit, at the last capital
    of an acronym that a lower-case letter follows, and between letters and digits.
    """
    words = [name[:1]]
    for before, here, after in zip(name, name[1:], name[2:] + " ", strict=False):
        if _is_new_word(before, here, after):
            words.append(" ")
        words.append(here)
    return "".join(words)


@remembered
def slug(text: str) -> str:
    """*text* as an HTML id in any script: ``"In this work"`` -> ``in-this-work``.

    Empty if *text* has no letter or digit. Stable: it depends on the text alone.
    """
    return "-".join(map(_fold, _words(text)))


def file_stem(segment: str) -> str:
    """*segment* of a key as part of a file's name that every common file system can hold.

    A long one is cut and gets a hash, so that it stays unique.
    """
    if len(segment) <= 4 and unicodedata.normalize("NFKC", segment) in _RESERVED:
        return f"{segment}_"
    encoded = segment.encode()
    if len(encoded) <= _LONGEST_SEGMENT:
        return segment
    digest = hashlib.blake2b(encoded, digest_size=6).hexdigest()
    return f"{encoded[:_LONGEST_SEGMENT].decode(errors='ignore')}-{digest}"


def split_list(text: str) -> list[str]:
    """The names in *text*, with commas between them; in ``{{Lock, Stock and Barrel}}`` it is part of
    the name.
    """
    return [name for found in _LISTED.findall(text) if (name := found.strip())]


class PageName(NamedTuple):
    """The name of a page, existing or not."""

    namespace: str
    """As the configuration spells it."""
    name: str
    """A WikiWord: letters and digits, each word capitalised."""

    def __str__(self) -> str:
        """The canonical name, ``Film/TheMatrix``: no blank in it, for inventories lose such."""
        return f"{self.namespace}/{self.name}"

    @property
    def key(self) -> str:
        """What is compared: ``film/thematrix``."""
        return f"{_fold(self.namespace)}/{_fold(self.name)}"

    @property
    def title(self) -> str:
        """The name split into words."""
        return split_words(self.name)

    @property
    def path(self) -> str:
        """The key as a relative path: ``film/thematrix``, safe on every file system."""
        return path_of(str(self))

    @property
    def anchor(self) -> str:
        """The HTML id of the page where it is defined, unique among all pages."""
        return "trope-" + self.path.replace("/", "-")


def is_canonical(text: str) -> bool:
    """Whether *text* has the form of a canonical name: letters and digits on either side of a
    slash.
    """
    parts = text.split("/")
    return len(parts) == 2 and all(part and all(map(_is_word_character, part)) for part in parts)


class Spelled(NamedTuple):
    """What the spelling of a link's target says, read once for all links that spell it so."""

    name: str
    """Canonical."""
    section: str
    """Slug of the section linked to, or empty."""
    words: str
    """The writer's own."""


@remembered
def key_of(canonical: str) -> str:
    """The key of a canonical name: ``Film/TheMatrix`` -> ``film/thematrix``."""
    namespace, _, name = canonical.partition("/")
    return f"{_fold(namespace)}/{_fold(name)}"


@remembered
def path_of(canonical: str) -> str:
    """The :attr:`PageName.path` of a canonical name."""
    return "/".join(map(file_stem, key_of(canonical).split("/")))


class Namespaces:
    """The namespaces of a wiki; reads any spelling of a page's name.

    :param labels: namespace -> label; ``Main`` is there whether listed or not.
    """

    def __init__(self, labels: Mapping[str, str] = DEFAULT_NAMESPACES) -> None:
        self.labels: dict[str, str] = {MAIN: DEFAULT_NAMESPACES[MAIN]} | dict(labels)
        self._by_key = {_fold(name): name for name in self.labels}
        self._names: dict[tuple[str, str], PageName | None] = {}
        self._spelled: dict[str, Spelled | None] = {}

    def __iter__(self) -> Iterator[str]:
        return iter(self.labels)

    def find(self, name: str) -> str | None:
        """The namespace that *name* spells in any case, or None."""
        return self._by_key.get(_fold(name))

    def label(self, name: str) -> str:
        """What readers are shown for the namespace *name*."""
        return self.labels.get(name, name)

    def page_name(self, spelling: str, default: str = MAIN) -> PageName | None:
        """The page that *spelling* names; None if it has no letter or digit.

        ``Film/{{The Matrix}}``, ``{{Film/The Matrix}}``, ``Film.TheMatrix`` and ``film/the matrix``
        are one page. What stands before a slash counts as a namespace only if it is one:
        ``Face/Off`` is ``Main/FaceOff``.

        :param default: the namespace of a name that gives none.
        """
        # one dict look-up per link: most names are linked to many times
        try:
            return self._names[spelling, default]
        except KeyError:
            name = self._read(spelling, default)
            if len(spelling) <= _LONGEST_REMEMBERED:
                _keep(self._names, (spelling, default), name, _MOST_REMEMBERED)
            return name

    def spelled(self, spelling: str) -> Spelled | None:
        """What the target of a link says in this *spelling*; None if it names no page."""
        try:
            return self._spelled[spelling]
        except KeyError:
            spelled = self._read_target(spelling)
            if len(spelling) <= _LONGEST_REMEMBERED:
                _keep(self._spelled, spelling, spelled, _MOST_REMEMBERED)
            return spelled

    def _read_target(self, spelling: str) -> Spelled | None:
        braced, closing, rest = spelling.rpartition("}}")  # {{C# in Depth}} has no section
        page, _, section = rest.partition("#")
        name = self.page_name(braced + closing + page)
        if name is None:
            return None
        return Spelled(str(name), slug(section), self.words(spelling))

    def words(self, spelling: str) -> str:
        """The writer's own words in the *spelling* of a name: those in braces, or the WikiWord's;
        without the namespace and the section.
        """
        braced, closing, _ = spelling.rpartition("}}")
        text = braced + closing or spelling.partition("#")[0]
        namespace, name = self._parts(_without_braces(text))
        if "{{" not in text:
            return split_words(name)
        shown = name if namespace else _without_braces(text.partition("}}")[0])
        shown, _bar, hidden = shown.partition("|")  # what follows the bar is not shown
        return " ".join((shown if any(map(str.isalnum, shown)) else shown + hidden).split())

    def _read(self, spelling: str, default: str) -> PageName | None:
        namespace, text = self._parts(_without_braces(spelling).strip())
        name = _camel(text)
        return PageName(namespace or default, name) if name else None

    def _parts(self, text: str) -> tuple[str, str]:
        """The namespace that *text* gives, or nothing, and the name: one namespace counts, what
        follows it is the name's, ``Art/Film/Alien`` is the page ``FilmAlien`` of ``Art``.
        """
        for separator in "/.":
            before, found, after = text.partition(separator)
            known = self.find(before) if found else None
            if known and _camel(after):
                return known, after
        return "", text


def _without_braces(text: str) -> str:
    return text.replace("{{", "").replace("}}", "")
