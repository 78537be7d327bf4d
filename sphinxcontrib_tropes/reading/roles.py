"""The role ``:trope:``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util.docutils import ReferenceRole

from ..markup.characters import has_visible_characters
from ..markup.constructs.links import page_link
from ..markup.dialect import DIALECT
from ..markup.escapes import Escapes
from ..markup.inline import InlineContext
from ..messages import warn
from .played import add_played_words
from .settings import markup_settings

if TYPE_CHECKING:
    from docutils.nodes import Node, system_message
    from sphinx.application import Sphinx

__all__ = ["TropeRole"]

_MARKUP = ("[[", "{{", "''")


class TropeRole(ReferenceRole):
    """A link to a page, by its name in any spelling or ``label <name>``; or inline trope markup."""

    def run(self) -> tuple[list[Node], list[system_message]]:
        """The nodes of the link."""
        escapes = Escapes(self.text)
        context = InlineContext(DIALECT, markup_settings(self.config), escapes, self._report)
        context.line = self.lineno
        if any(mark in self.text for mark in _MARKUP) and not self.disabled:
            children = context.parse(escapes.text, self.lineno)
            add_played_words(children)
            return children, []
        if self.disabled:
            text = self.title.removeprefix("!")
            words = text if self.has_explicit_title else context.words(text)
            return [nodes.Text(words)], []
        is_explicit = self.has_explicit_title and has_visible_characters(self.title)
        words = self.title if is_explicit else context.words(self.target)
        try:
            link = page_link(context, self.target, [nodes.Text(words)], explicit=is_explicit)
        except ValueError:
            self._report(self.lineno, f"{self.target!r} names no page: it has no letter or digit")
            return [nodes.Text(self.title)], []
        self.set_source_info(link)
        return [link], []

    def _report(self, line: int, sentence: str) -> None:
        warn("markup", sentence, (self.env.docname, line))


def setup(app: Sphinx) -> None:
    """Registers the role."""
    app.add_role("trope", TropeRole())
