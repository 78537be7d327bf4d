"""The settings of the markup, from the configuration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..config import namespaces
from ..markup import MarkupSettings

if TYPE_CHECKING:
    from sphinx.config import Config

__all__ = ["markup_settings"]


def markup_settings(config: Config) -> MarkupSettings:
    """The settings that change how markup reads."""
    return MarkupSettings(namespaces(config), config.tropes_wikiwords)
