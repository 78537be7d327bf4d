"""Redirects between spellings that are one name here, such as ``Bomber ball`` and ``Bomber Ball``."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from ...names import Namespaces
from .readers import readers

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .sources import Entry

__all__ = ["ONE_NAME", "without_spellings"]

ONE_NAME = "a redirect to another spelling of the same name: one page here"
"""The reason why such a page is left out."""


def without_spellings(entries: Iterable[Entry]) -> tuple[list[Entry], list[Entry]]:
    """*entries* without redirects to a page that has the same name here; and these redirects."""
    kept: list[Entry] = []
    left_out: list[Entry] = []
    names = Namespaces()
    by_name: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    named = [(entry, _name(entry, names)) for entry in entries]
    for entry, name in named:
        by_name[name].append(entry)
    for entry, name in named:
        (left_out if _is_to(entry, by_name[name]) else kept).append(entry)
    return kept, left_out


def _name(entry: Entry, names: Namespaces) -> tuple[str, str]:
    found = names.page_name(f"{{{{{entry.name.replace('/', ' ')}}}}}")
    return entry.group, found.key if found else entry.name


def _is_to(entry: Entry, others: list[Entry]) -> bool:
    """Whether *entry* is a redirect to one of *others* that is none."""
    if len(others) == 1 or entry.head is None or not entry.head.redirect:
        return False
    reader = readers()[entry.form]
    targets = set(reader.keys(entry.head.redirect, entry.key))
    return any(
        reader.folded(other.key) in targets
        for other in others
        if other.form == entry.form and other.head and not other.head.redirect
    )
