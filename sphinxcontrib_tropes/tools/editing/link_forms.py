"""A link to a page, in each markup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...names import MAIN

if TYPE_CHECKING:
    from ...names import PageName

__all__ = ["link_to"]


def link_to(kind: str, page: PageName, phrase: str) -> str:
    """The link to *page* that shows the words of *phrase*; empty in a markup that has none.

    :param kind: ``trope``, ``rst`` or ``markdown``.
    """
    name = str(page).removeprefix(f"{MAIN}/")
    words = " ".join(phrase.split())
    if kind == "trope":
        return f"[[{name} {words}]]"
    role = {"rst": ":trope:", "markdown": "{trope}"}.get(kind)
    return f"{role}`{words} <{name}>`" if role else ""
