"""Languages of programs: which ones Pygments can highlight."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from pygments.lexers import get_all_lexers
from pygments.plugin import find_plugin_lexers

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

__all__ = ["is_language"]


def is_language(name: str, more: AbstractSet[str]) -> bool:
    """Whether *name*, in lower case, is a language of Pygments, or one of *more*."""
    return name in more or name in _of_pygments() or name in _of_plugins()


@cache
def _of_pygments() -> frozenset[str]:
    """All names of languages, without those of plugins: no lexer is imported for it."""
    return frozenset(
        alias.lower() for _name, aliases, _, _ in get_all_lexers(plugins=False) for alias in aliases
    )


@cache
def _of_plugins() -> frozenset[str]:
    """The names that plugins add: they are imported for it, once."""
    return frozenset(alias.lower() for lexer in find_plugin_lexers() for alias in lexer.aliases)
