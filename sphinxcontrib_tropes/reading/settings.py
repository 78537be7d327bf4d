"""The settings that reading needs, from the configuration."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.highlighting import lexer_classes, lexers

from ..config import namespaces
from ..markup import MarkupSettings
from ..wiki.text.unlinked_mentions import NOTHING_REFUSED, refused_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

    from ..wiki.text.unlinked_mentions import Refused

__all__ = ["markup_settings", "refused_mentions"]


def markup_settings(config: Config) -> MarkupSettings:
    """The settings that change how markup is parsed."""
    languages = frozenset((*lexers, *lexer_classes))
    return MarkupSettings(namespaces(config), config.tropes_wikiwords, languages)


def refused_mentions(env: BuildEnvironment, on_error: Callable[[str], object] = str) -> Refused:
    """The phrases and pairs that writers exclude from unlinked mentions.

    :param on_error: called with a sentence if the file can't be read.
    """
    config = env.config
    name = config.tropes_mentions_refused
    if not name or not config.tropes_unlinked_mentions:
        return NOTHING_REFUSED
    try:
        text = Path(env.srcdir, name).read_text("utf-8")
    except (OSError, ValueError) as error:
        on_error(f"tropes_mentions_refused: {name!r} can't be read: {error}")
        return NOTHING_REFUSED
    return refused_in(text, namespaces(config))
