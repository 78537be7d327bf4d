"""Writes the tree of a page as trope markup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...markup.constructs.properties import property_line
from ...names import slug
from .block_writer import BlockWriter
from .inline_writer import plain
from .link_index import spelled
from .tree import (
    Heading,
    Text,
)

if TYPE_CHECKING:
    from .inline_writer import InlineWriter, Origin
    from .tree import Document

__all__ = ["written"]

_NOT_IN_NAMES = str.maketrans(dict.fromkeys("{}[]|,/#\n", " "))


def written(document: Document, origin: Origin, title: str) -> tuple[list[str], str]:
    """The properties and the text of a page.

    :param title: the title that readers see.
    """
    writer = BlockWriter(origin)
    around = _Around(origin, writer.inline)
    head = around.properties(document)
    if document.redirect:
        return [*head, around.redirect(document)], ""
    blocks = document.blocks
    if blocks and isinstance(blocks[0], Heading) and _is_title(blocks[0], title):
        blocks = blocks[1:]
    levels = [block.level for block in blocks if isinstance(block, Heading)]
    writer.raised = min(levels, default=1) - 1
    parts = [writer.blocks(blocks), around.fields(document), around.categories(document)]
    return head, "\n\n".join(filter(None, parts))


def _is_title(heading: Heading, title: str) -> bool:
    return bool(slug(title)) and slug(plain(heading.children)) == slug(title)


class _Around:
    """Writes what stands around the text of a page: properties, the indexes that list it."""

    def __init__(self, origin: Origin, inline: InlineWriter) -> None:
        self._origin = origin
        self._inline = inline

    def properties(self, document: Document) -> list[str]:
        """The lines of properties."""
        lines = []
        if document.title.strip():
            lines.append(property_line("title", " ".join(document.title.split())))
        names = self._origin.links.namespaces
        aliases = (" ".join(alias.translate(_NOT_IN_NAMES).split()) for alias in document.aliases)
        if known := [alias for alias in dict.fromkeys(aliases) if names.page_name(alias)]:
            lines.append(f"(:alias {', '.join(f'{{{{{alias}}}}}' for alias in known)}:)")
        if document.description.strip():
            text = self._inline.escaped(" ".join(document.description.split()))
            lines.append(property_line("laconic", text))
        for kind, target in document.relations:
            if page := self._page(target):
                lines.append(f"(:relation {kind} {page}:)")
        return lines

    def redirect(self, document: Document) -> str:
        """The line of a redirect."""
        section = slug(document.redirect_section)
        page = self._page(document.redirect)
        if not page:
            self._origin.remarks.left_out("a redirect that names no page", document.redirect)
            return ""
        return f"(:redirect {page}{f'#{section}' if section else ''}:)"

    def _page(self, target: str, *, is_whole: bool = False) -> str:
        """How markup names the page *target*; empty if it is none."""
        links = self._origin.links
        name = links.find(self._origin.form, target, self._origin.key)
        name = name or links.wanted(self._origin.form, target, is_whole=is_whole)
        words = target if is_whole else target.rpartition("/")[2]
        return spelled(name, words, links.namespaces)[0] if name else ""

    def fields(self, document: Document) -> str:
        """A table of the properties that mean nothing here."""
        rows = []
        for key, value in document.fields:
            if text := self._inline.cell(value):
                rows.append(f"||! {self._inline.cell((Text(key),))} || {text} ||")
        return "\n".join(rows)

    def categories(self, document: Document) -> str:
        """The line that says which indexes list the page."""
        pages = (self._page(target, is_whole=True) for target in document.categories)
        return " ".join(f"[[!{page}]]" for page in dict.fromkeys(pages) if page)
