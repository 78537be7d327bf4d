"""Every spelling of a page's name -> its canonical name, key, title and path."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from .entities import decoded
from .namespaces import DEFAULT_NAMESPACES, MAIN
from .words import camel_case, file_stem, fold, is_word_character, keep, memoized, slug, split_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["Namespaces", "PageName", "Spelled", "is_canonical", "key_of", "path_of", "split_list"]

_LISTED = re.compile(r"(?:\{\{[^{}]*+\}\}|\[\[[^\[\]]*+\]\]|[^,])++")


def split_list(text: str) -> list[str]:
    """The names in *text*, separated by commas. A comma inside braces is part of the name:
    ``{{Lock, Stock and Barrel}}``.
    """
    return [name for found in _LISTED.findall(text) if (name := found.strip())]


class PageName(NamedTuple):
    """The name of a page, existing or not."""

    namespace: str
    """The namespace, spelled as in the configuration."""
    name: str
    """A WikiWord: letters and digits, each word capitalised."""

    def __str__(self) -> str:
        """The canonical name, ``Film/TheMatrix``: without spaces, which inventories would lose."""
        return f"{self.namespace}/{self.name}"

    @property
    def key(self) -> str:
        """The key, for comparison: ``film/thematrix``."""
        return f"{fold(self.namespace)}/{fold(self.name)}"

    @property
    def title(self) -> str:
        """The name, split into words."""
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
    """Whether *text* has the form of a canonical name: one slash between letters and digits."""
    parts = text.split("/")
    return len(parts) == 2 and all(part and all(map(is_word_character, part)) for part in parts)


class Spelled(NamedTuple):
    """What the spelling of a link's target means. Links with the same spelling share it."""

    name: str
    """Canonical name."""
    section: str
    """Slug of the section linked to, or empty."""
    words: str
    """As returned by :meth:`Namespaces.words`."""


@memoized
def key_of(canonical: str) -> str:
    """The key of a canonical name: ``Film/TheMatrix`` -> ``film/thematrix``."""
    namespace, _, name = canonical.partition("/")
    return f"{fold(namespace)}/{fold(name)}"


@memoized
def path_of(canonical: str) -> str:
    """The :attr:`PageName.path` of a canonical name."""
    return "/".join(map(file_stem, key_of(canonical).split("/")))


class Namespaces:
    """The namespaces of a wiki; reads any spelling of a page's name.

    :param labels: namespace -> label; ``Main`` is added if it is not listed.
    """

    def __init__(self, labels: Mapping[str, str] = DEFAULT_NAMESPACES) -> None:
        self.labels: dict[str, str] = {MAIN: DEFAULT_NAMESPACES[MAIN]} | dict(labels)
        self._by_key = {fold(name): name for name in self.labels}
        self._names: dict[tuple[str, str], PageName | None] = {}
        self._spelled: dict[str, Spelled | None] = {}

    def __iter__(self) -> Iterator[str]:
        return iter(self.labels)

    def find(self, name: str) -> str | None:
        """The namespace with this *name*, in any case, or None."""
        return self._by_key.get(fold(name))

    def label(self, name: str) -> str:
        """The label of the namespace *name*, for readers."""
        return self.labels.get(name, name)

    def page_name(self, spelling: str, default: str = MAIN) -> PageName | None:
        """The page that *spelling* names; None if it has no letters or digits.

        ``Film/{{The Matrix}}``, ``{{Film/The Matrix}}``, ``Film.TheMatrix`` and ``film/the matrix``
        are one page. Text before a slash is a namespace only if the wiki has that namespace:
        ``Face/Off`` is ``Main/FaceOff``.

        :param default: the namespace if *spelling* gives none.
        """
        # one dict look-up per link: most names are linked to many times
        try:
            return self._names[spelling, default]
        except KeyError:
            name = self._read(decoded(spelling), default)
            keep(self._names, (spelling, default), name, spelling)
            return name

    def spelled(self, spelling: str) -> Spelled | None:
        """The target of a link with this *spelling*; None if it does not name a page."""
        try:
            return self._spelled[spelling]
        except KeyError:
            spelled = self._read_target(spelling)
            keep(self._spelled, spelling, spelled, spelling)
            return spelled

    def _read_target(self, spelling: str) -> Spelled | None:
        text = decoded(spelling)
        braced, closing, rest = text.rpartition("}}")  # {{C# in Depth}} has no section
        page, _, section = rest.partition("#")
        page = braced + closing + page
        # decoded only once
        name = self._read(page, MAIN) if "&" in page else self.page_name(page)
        if name is None:
            return None
        return Spelled(str(name), slug(section), self._words(text))

    def words(self, spelling: str) -> str:
        """The words of a name as the writer wrote them, in braces or as a WikiWord, without
        namespace and section.
        """
        return self._words(decoded(spelling))

    def _words(self, spelling: str) -> str:
        braced, closing, _ = spelling.rpartition("}}")
        text = braced + closing or spelling.partition("#")[0]
        namespace, name = self._parts(_without_braces(text))
        if "{{" not in text:
            return split_words(name)
        shown = name if namespace else _without_braces(text.partition("}}")[0])
        shown, _bar, hidden = shown.partition("|")  # only the text before the bar is shown
        return " ".join((shown if any(map(str.isalnum, shown)) else shown + hidden).split())

    def _read(self, spelling: str, default: str) -> PageName | None:
        namespace, text = self._parts(_without_braces(spelling).strip())
        name = camel_case(text)
        return PageName(namespace or default, name) if name else None

    def _parts(self, text: str) -> tuple[str, str]:
        """The namespace in *text*, or an empty text, and the name. Only the first namespace counts:
        ``Art/Film/Alien`` is the page ``FilmAlien`` in ``Art``.
        """
        for separator in "/.":
            before, found, after = text.partition(separator)
            known = self.find(before) if found else None
            if known and camel_case(after):
                return known, after
        return "", text


def _without_braces(text: str) -> str:
    return text.replace("{{", "").replace("}}", "")
