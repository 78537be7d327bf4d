"""What the pages of a PmWiki wiki may ask about each other: gathered once, before any is rewritten."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from .intermap import STANDARD

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from .page_files import PmWikiPage

__all__ = ["WikiFacts", "WikiPage", "facts_of", "key_of_page", "wiki_page"]

_MOST_VARIABLES = 64
_LONGEST_VALUE = 300
_TITLE = re.compile(r"\(:(title|description|summary)[ \t]*[ \t:]([^\n]{1,500}?):\)", re.IGNORECASE)
# The ways to set a page text variable that PmWiki knows; the last one in a page counts.
_VARIABLE_LINE = re.compile(
    r"^(?::{0,9}[ \t]*(\w[-\w]{0,40})[ \t]*:[ \t]?)([^\n]{0,2000})$", re.MULTILINE
)
_VARIABLE_HIDDEN = re.compile(r"\(:[ ]?(\w[-\w]{0,40})[ ]?:(?!\))[ \t]*([^\n]{0,2000}?):\)")
_NOT_IN_NAMES = re.compile(r"[^\w\-]+")


class WikiPage(NamedTuple):
    """A page of the old wiki, as its variables name it."""

    group: str
    name: str
    title: str = ""
    """The title that it sets; empty if it sets none."""
    description: str = ""
    variables: tuple[tuple[str, str], ...] = ()
    """Names and values of its page text variables."""
    author: str = ""
    modified: int = 0
    created: int = 0

    @property
    def full_name(self) -> str:
        """``Group.Name``."""
        return f"{self.group}.{self.name}"

    @property
    def key(self) -> str:
        """What all spellings of the name share."""
        return key_of_page(self.group, self.name)


@dataclass(frozen=True)
class WikiFacts:
    """The old wiki, as far as its pages may ask for it."""

    pages: Mapping[str, WikiPage] = field(default_factory=dict)
    """Key of a page -> the page. Pages that are left out are not among them."""
    groups: Mapping[str, tuple[WikiPage, ...]] = field(default_factory=dict)
    """Folded name of a group -> its pages in the order of their names."""
    intermap: Mapping[str, str] = field(default_factory=lambda: STANDARD)
    """Prefix of an InterMap link -> the address, with ``$1`` or followed by the rest."""
    trails: frozenset[str] = frozenset()
    """Keys of the pages that others name as their trail."""
    uploads: frozenset[str] = frozenset()
    """Paths of the attached files, below the folder of uploads."""

    def page(self, spelling: str, group: str) -> WikiPage | None:
        """The page that *spelling* names in a page of *group*; None if there is none."""
        spelling = spelling.strip()
        for separator in "/.":
            before, found, after = spelling.partition(separator)
            if found:
                names = [after] if after.strip() else [before, "HomePage"]
                return self._first(before, names)
        return self._first(group, [spelling]) or self._first(spelling, [spelling, "HomePage"])

    def _first(self, group: str, names: list[str]) -> WikiPage | None:
        keys = (key_of_page(group, name) for name in names)
        return next((self.pages[key] for key in keys if key in self.pages), None)


def key_of_page(group: str, name: str) -> str:
    """The key of a page: in PmWiki, blanks and signs in a name only part its words."""
    return ".".join(_NOT_IN_NAMES.sub("", part).casefold() for part in (group, name))


def wiki_page(group: str, name: str, text: str, page: PmWikiPage | None = None) -> WikiPage:
    """The facts of the page ``Group.Name``, with its *text* and, if there is one, its file."""
    found = {match[1].lower(): match[2].strip() for match in _TITLE.finditer(text)}
    variables: dict[str, str] = {}
    for pattern in (_VARIABLE_LINE, _VARIABLE_HIDDEN):
        for match in pattern.finditer(text):
            if match[1] in variables or len(variables) < _MOST_VARIABLES:
                variables[match[1]] = match[2].strip()
    return WikiPage(
        group,
        name,
        found.get("title", ""),
        (found.get("description") or found.get("summary", ""))[:_LONGEST_VALUE],
        tuple(variables.items()),
        page.author if page else "",
        page.modified if page else 0,
        page.created if page else 0,
    )


def facts_of(
    pages: Iterable[WikiPage],
    intermap: Mapping[str, str] = STANDARD,
    trails: Iterable[str] = (),
    uploads: Iterable[str] = (),
) -> WikiFacts:
    """The facts of a wiki with these *pages*."""
    by_key = {page.key: page for page in pages}
    groups: dict[str, list[WikiPage]] = defaultdict(list)
    for page in by_key.values():
        groups[page.group.casefold()].append(page)
    ordered = {
        group: tuple(sorted(members, key=lambda page: page.name.casefold()))
        for group, members in groups.items()
    }
    return WikiFacts(by_key, ordered, intermap, frozenset(trails), frozenset(uploads))
