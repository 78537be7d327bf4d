"""Languages of programs: which ones Pygments can highlight."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from pygments.lexers import find_lexer_class_by_name, get_all_lexers
from pygments.util import ClassNotFound

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

__all__ = ["is_language"]


def is_language(name: str, more: AbstractSet[str]) -> bool:
    """Whether *name*, in lower case, is a language of Pygments, or one of *more*."""
    return name in more or name in _of_pygments() or _is_of_plugin(name)


@cache
def _of_pygments() -> frozenset[str]:
    """All names of languages, without those of plugins: no lexer is imported for it."""
    return frozenset(
        alias.lower() for _name, aliases, _, _ in get_all_lexers(plugins=False) for alias in aliases
    )


@cache
def _is_of_plugin(name: str) -> bool:
    try:
        find_lexer_class_by_name(name)
    except ClassNotFound:
        return False
    return True
