"""The index of links: what a link in the source names, and the page's name here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from ...names import MAIN, Namespaces, PageName
from .readers import readers

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .planning import Planned

__all__ = ["LinkIndex", "spelled"]

_NOT_IN_BRACES = re.compile(r"[{}\[\]|#/.\s\ufdd0\ufdd1]+")
_LAST_PART = re.compile(r"[^/]*\Z")


class LinkIndex(NamedTuple):
    """The pages of an import by all that links name them by."""

    pages: Mapping[str, Mapping[str, PageName]]
    """Name of a reader -> folded key -> the page."""
    namespaces: Namespaces
    """The namespaces of the new project."""
    titles: Mapping[PageName, str]
    """The title of each page: what a link without a label shows."""

    @classmethod
    def of(cls, pages: Iterable[Planned], namespaces: Namespaces) -> LinkIndex:
        """The index of *pages*. Where several have a name, the least deeply nested has it, and of
        these the first; a key that is exactly right comes before a name, and a name before an alias.
        """
        titles: dict[PageName, str] = {}
        found: dict[str, dict[str, PageName]] = {}
        depths: dict[tuple[str, str], tuple[int, int]] = {}
        for planned in pages:
            titles[planned.name] = planned.title
            head, key = planned.entry.head, planned.entry.key
            if head is None:
                continue
            form = planned.entry.form
            reader = readers()[form]
            depth = key.count("/")
            ranked = ((0, (key, *head.keys)), (1, (head.name,)), (2, head.aliases))
            for rank, spellings in ranked:
                for spelling in spellings:
                    folded = reader.folded(spelling)
                    best = depths.get((form, folded))
                    if folded and (best is None or (rank, depth) < best):
                        depths[form, folded] = rank, depth
                        found.setdefault(form, {})[folded] = planned.name
        return cls(found, namespaces, titles)

    def find(self, form: str, target: str, here: str) -> PageName | None:
        """The page that *target* names in the page with the key *here*; None if there is none."""
        known = self.pages.get(form)
        if not known:
            return None
        for key in readers()[form].keys(target, here):
            if found := known.get(key):
                return found
        return None

    def wanted(
        self, form: str, target: str, here: str = "", *, is_whole: bool = False
    ) -> PageName | None:
        """The name of a page that the source does not have; None if *target* has no letter.

        :param here: the key of the page with the link.
        :param is_whole: whether the parts before a slash belong to the name.
        """
        reader = readers().get(form)
        if reader and (separator := getattr(reader, "separator", "")):
            # the slash is a letter where something else parts a namespace from a name
            is_whole = True
            if target.startswith(("/", "../")):  # below or beside the page with the link
                target = next(iter(reader.keys(target, here)), target)
            group, found, name = target.partition(separator)
            namespace = self.namespaces.find("".join(filter(str.isalnum, group)))
            if found and namespace and name.strip():
                braced = f"{{{{{_NOT_IN_BRACES.sub(' ', name)}}}}}"
                return self.namespaces.page_name(f"{namespace}/{braced}")
        is_whole = is_whole or getattr(reader, "has_slashes_in_names", False)
        words = target if is_whole else (_LAST_PART.search(target.rstrip("/")) or [target])[0]
        return self.namespaces.page_name(f"{{{{{_NOT_IN_BRACES.sub(' ', words)}}}}}")


def spelled(name: PageName, words: str, namespaces: Namespaces) -> tuple[str, str]:
    """How markup names a page: as a target in brackets, and, if its name is spelled *words*, as a
    link of its own, in braces; else an empty text.
    """
    words = " ".join(words.split())
    is_plain = words and not _NOT_IN_BRACES.search(words.replace(" ", "")) and "''" not in words
    space = "" if name.namespace == MAIN else f"{name.namespace}/"
    target = str(name).removeprefix(f"{MAIN}/")
    braced = f"{space}{{{{{words}}}}}"
    if is_plain and namespaces.page_name(braced) == name:
        return braced, braced
    return target, ""
