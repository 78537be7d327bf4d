"""What spans are: the places of markup, and of the names of pages, in a source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Context", "NamedPage", "Part", "Role", "Span"]

Part = Literal["whole", "opens", "closes", "text"]
"""What a span is of its construct: all of it; the mark that opens or closes it; or nothing, because
it is text that only looks like it.
"""

Role = Literal["link", "redirect", "alias", "relation"]
"""What a page is named for."""

Context = Literal["link", "target", "words", ""]
"""Which spellings of a name are possible in its place: a whole link of the markup; a name in
brackets, with spaces inside braces only; one that may contain spaces; or none, because it is not in
one piece.
"""


class Span(NamedTuple):
    """A place with markup. Positions are those of the source as written."""

    start: int
    end: int
    construct: str
    """The name of its declaration. A mark that only closes, and closes nothing, has none."""
    part: Part
    groups: Mapping[str, tuple[int, int]]
    """The groups of its declaration's pattern that matched, by name."""
    partner: tuple[int, int] | None = None
    """The mark that closes what it opens, or opens what it closes."""


class NamedPage(NamedTuple):
    """A place where a page is named."""

    start: int
    end: int
    """Start and end of what a rename replaces."""
    role: Role
    page: str
    """Canonical name of the page."""
    section: str
    """Slug of the section, or empty."""
    line: int
    """The line that the facts give it."""
    context: Context
    section_at: tuple[int, int] | None = None
    """Start and end of the section, as spelled."""
