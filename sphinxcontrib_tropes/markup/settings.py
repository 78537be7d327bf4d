"""The settings of a wiki that trope markup depends on."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..names import Namespaces

__all__ = ["MarkupSettings"]


@dataclass(frozen=True)
class MarkupSettings:
    """The settings of a wiki that change what its pages mean."""

    namespaces: Namespaces = field(default_factory=Namespaces)
    wikiwords: bool = True
    """Whether bare WikiWords are links."""
    languages: frozenset[str] = frozenset()
    """Languages of programs that can be highlighted, besides those of Pygments."""
