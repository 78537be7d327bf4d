"""Names of templates and functions, in one spelling."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .names import TEMPLATE, number_of, squeezed

if TYPE_CHECKING:
    from .nodes import Template
    from .pieces import Context

__all__ = ["template_name"]

_PREFIXES = ("safesubst", "subst", "msgnw", "msg", "raw")


def template_name(template: Template, context: Context) -> str:
    """The name of *template* as the source spells it, without its namespace."""
    name = squeezed(context.words(template.name))
    before, colon, after = name.partition(":")
    while colon and before.strip().lower() in _PREFIXES and after.strip():
        name = after.strip()
        before, colon, after = name.partition(":")
    if colon and number_of(before) == TEMPLATE and after.strip():
        return after.strip()
    return name
