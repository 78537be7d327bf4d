"""What the extension says: the words on pages, and warnings of type ``trope``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from sphinx.locale import get_translation, get_translator
from sphinx.util import logging

if TYPE_CHECKING:
    from docutils import nodes

__all__ = ["CATALOG", "_", "ngettext", "warn"]

CATALOG = "sphinxcontrib_tropes"
_ = get_translation(CATALOG)
_logger = logging.getLogger(__name__)

Subtype = Literal[
    "markup",
    "wanted",
    "ambiguous",
    "redirect",
    "duplicate",
    "config",
    "collision",
    "encoding",
    "health",
    "federation",
]


def ngettext(singular: str, plural: str, number: int) -> str:
    """The message for *number* of something: languages differ in how many forms they have."""
    return get_translator(CATALOG).ngettext(singular, plural, number)


def warn(
    subtype: Subtype,
    sentence: str,
    location: str | tuple[str | None, int | None] | nodes.Node | None = None,
    *,
    is_error: bool = False,
) -> None:
    """Warns of *sentence*; ``suppress_warnings`` knows it as ``trope.<subtype>``.

    :param location: docname and line, or a path with line, or a node.
    """
    log: Any = _logger.error if is_error else _logger.warning
    log("%s", sentence, type="trope", subtype=subtype, location=location)
