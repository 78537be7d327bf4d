"""Inline markup -> docutils nodes.

What a match of the scanner holds whole becomes a node at once; what opens and closes is paired
and nested afterwards. Nothing is scanned twice and nothing recurses: time is linear in the text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from ..internals.docutils.fast_nodes import make_text
from ..names import slug
from .hiding import SPOILER, told
from .labels import without_links

if TYPE_CHECKING:
    import re
    from collections.abc import Callable

    from docutils import nodes

    from .escapes import Escapes
    from .settings import MarkupSettings

__all__ = ["InlineContext", "InlineDialect", "InlineScanner"]


class InlineScanner(Protocol):
    """Finds inline markup in a text: :class:`~.scanner.Scanner`."""

    def scan(self, text: str, line: int, context: InlineContext) -> list[nodes.Node]:
        """The nodes of *text*, which begins at *line*."""


class InlineDialect(Protocol):
    """The inline constructs: :class:`~.dialect.Dialect`."""

    def scanner(self, *, wikiwords: bool) -> InlineScanner:
        """The scanner of inline markup."""


class InlineContext:
    """What building the nodes of a text needs beside the match.

    :param dialect: which inline markup there is.
    :param settings: of the wiki.
    :param escapes: those of the text.
    :param report: takes the line and the sentence of what a writer should know.
    :param new_id: gives an id for a name, one that the document does not have yet.
    """

    def __init__(
        self,
        dialect: InlineDialect,
        settings: MarkupSettings,
        escapes: Escapes,
        report: Callable[[int, str], object],
        new_id: Callable[[str], str] = slug,
    ) -> None:
        self._dialect = dialect
        self.settings = settings
        self.spelled = settings.namespaces.spelled
        self.new_id = new_id
        self.escapes = escapes
        self._report = report
        self.has_spoilers = True
        """Whether the text has any; what is not begun may."""
        self.is_hidden = False
        """Whether a spoiler hides the match at hand."""
        self.link_wikiwords(settings.wikiwords)
        self.line = 1
        """Where the match at hand stands."""
        self.anchors = 0
        """How many there are so far."""

    def link_wikiwords(self, are_links: bool) -> None:
        """Says whether bare WikiWords are links from here on."""
        self._scanner = self._dialect.scanner(wikiwords=are_links)

    def begin(self, escapes: Escapes) -> None:
        """Makes *escapes* those of the text that is read."""
        self.escapes = escapes
        self.has_spoilers = SPOILER.search(escapes.text) is not None

    def parse(self, text: str, line: int) -> list[nodes.Node]:
        """The nodes of *text*, a block or a part of one that begins at *line*."""
        return self._scanner.scan(text, line, self)

    def as_typed(self, match: re.Match[str]) -> list[nodes.Node]:
        """The match as text, for what can't be what it looks like."""
        return [make_text(self.escapes.plain(match[0]))]

    def words(self, spelling: str) -> str:
        """The writer's own words in the *spelling* of a name: those in braces, or the WikiWord's;
        without the namespace and the section.
        """
        return self.settings.namespaces.words(spelling)

    def label(self, text: str) -> list[nodes.Node]:
        """The nodes of *text*, the label of a link: no links among them."""
        return without_links(self.parse(text, self.line))

    def unclosed(self, mark: str, line: int | None = None) -> None:
        """Reports that nothing closes *mark* of *line*, by default that of the match at hand."""
        shown = self.escapes.plain(mark).strip()
        self.report(self.line if line is None else line, f"{shown} is not closed; shown as text")

    def report(self, line: int, sentence: str) -> None:
        """Reports *sentence* for *line*, without what a spoiler hides."""
        self._report(line, told(sentence, is_hidden=self.is_hidden))

    def warn(self, sentence: str) -> None:
        """Reports *sentence* for the match at hand."""
        self.report(self.line, sentence)
