"""What trope markup needs to know of the wiki it is part of."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..names import Namespaces

__all__ = ["MarkupSettings"]


@dataclass(frozen=True)
class MarkupSettings:
    """The settings of a wiki that change how its pages read."""

    namespaces: Namespaces = field(default_factory=Namespaces)
    wikiwords: bool = True
    """Whether bare WikiWords are links."""
