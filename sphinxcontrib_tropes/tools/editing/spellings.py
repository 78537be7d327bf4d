"""The spellings of a page's name, so that links to a renamed page keep their style.

The spellings of two names are paired one to one: renaming back uses the same table in reverse.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING

from ...names import MAIN, PageName

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

__all__ = ["Spellings"]


def _words(name: PageName, *, is_braced: bool) -> Iterator[str]:
    """The name in every usual style, most frequent first."""
    title = name.title
    yield from (title, name.name) if is_braced else (name.name, title)
    for separator in (" ", "-", "_"):
        words = title.split(" ")
        joined = separator.join(words)
        yield joined
        yield joined.lower()
        yield joined[:1] + joined[1:].lower()
        yield joined[:1].lower() + joined[1:]
    yield name.name.lower()
    yield name.name[:1].lower() + name.name[1:]


def _prefixes(name: PageName) -> list[str]:
    namespace = name.namespace
    spelled = [f"{namespace}/", f"{namespace}.", f"{namespace.lower()}/", f"{namespace.lower()}."]
    return ["", *spelled] if namespace == MAIN else [*spelled, f"{namespace}/ "]


class Spellings:
    """The spellings of *old*, paired with those of *new*.

    :param is_wikiword: whether a text alone is a link in trope markup.
    """

    def __init__(self, old: PageName, new: PageName, is_wikiword: Callable[[str], bool]) -> None:
        self._names = old, new
        self._is_wikiword = is_wikiword

    @property
    def new(self) -> PageName:
        """The new name."""
        return self._names[1]

    @lru_cache(maxsize=8)  # noqa: B019 - eight tables at most are kept
    def table(self, context: str) -> dict[str, str]:
        """Spelling of the old name -> spelling of the new one.

        :param context: ``link``: a whole link of trope markup; ``target``: a name in brackets, with
            spaces inside braces only; ``words``: a name that may contain spaces.
        """
        forms = {"link": self._links, "target": _targets, "words": _spelled}[context]
        old, new = self._names
        table: dict[str, str] = {}
        taken: set[str] = set()
        for before, after in zip(forms(old), forms(new), strict=False):
            if before not in table and after not in taken:
                table[before] = after
                taken.add(after)
        return table

    def default(self, context: str) -> str:
        """The spelling of the new name if that of the old one is not in the table."""
        new = self._names[1]
        bare = str(new).removeprefix(f"{MAIN}/")
        if context != "link":
            return bare
        prefix = "" if new.namespace == MAIN else f"{new.namespace}/"
        return f"{prefix}{{{{{new.title}}}}}"

    def _links(self, name: PageName) -> Iterator[str]:
        prefixes = _prefixes(name)
        for prefix in prefixes:
            bare = f"{prefix}{name.name}"
            yield bare if self._is_wikiword(bare) else f"[[{bare}]]"
        for form in ("{0}{{{{{1}}}}}", "{{{{{0}{1}}}}}"):
            yield from _filled(form, prefixes, _words(name, is_braced=True))
        for form in ("[[{0}{1}]]", "[[{0}{{{{{1}}}}}]]", "[[{{{{{0}{1}}}}}]]"):
            yield from _filled(form, prefixes, _words(name, is_braced="{{" in form.format("", "")))


def _targets(name: PageName) -> Iterator[str]:
    for text in _filled("{0}{1}", _prefixes(name), _words(name, is_braced=False)):
        yield text if " " not in text else f"{{{{{text}}}}}"
    for form in ("{0}{{{{{1}}}}}", "{{{{{0}{1}}}}}"):
        yield from _filled(form, _prefixes(name), _words(name, is_braced=True))


def _spelled(name: PageName) -> Iterator[str]:
    yield from _filled("{0}{1}", _prefixes(name), _words(name, is_braced=False))
    for form in ("{0}{{{{{1}}}}}", "{{{{{0}{1}}}}}"):
        yield from _filled(form, _prefixes(name), _words(name, is_braced=True))


def _filled(form: str, prefixes: Iterable[str], words: Iterable[str]) -> Iterator[str]:
    for prefix, spelled in product(prefixes, words):
        yield form.format(prefix, spelled)
