"""Inline markup -> docutils nodes.

What a match of the scanner holds whole becomes a node at once; what opens and closes is paired
and nested afterwards. Nothing is scanned twice and nothing recurses: time is linear in the text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..internals.docutils.fast_nodes import make_text
from ..names import slug
from .hiding import SPOILER, told
from .nesting import without_links
from .scanner import scanner

if TYPE_CHECKING:
    import re
    from collections.abc import Callable

    from docutils import nodes

    from .escapes import Escapes
    from .settings import MarkupSettings

__all__ = ["InlineContext"]


class InlineContext:
    """What building the nodes of a text needs beside the match.

    :param settings: of the wiki.
    :param escapes: those of the text.
    :param report: takes the line and the sentence of what a writer should know.
    :param new_id: gives an id for a name, one that the document does not have yet.
    """

    def __init__(
        self,
        settings: MarkupSettings,
        escapes: Escapes,
        report: Callable[[int, str], object],
        new_id: Callable[[str], str] = slug,
    ) -> None:
        self.settings = settings
        self.spelled = settings.namespaces.spelled
        self.new_id = new_id
        self.escapes = escapes
        self._report = report
        self.has_spoilers = True
        """Whether the text has any; what is not begun may."""
        self.is_hidden = False
        """Whether a spoiler hides the match at hand."""
        self._is_simple = False
        self.wikiwords = settings.wikiwords
        self.line = 1
        """Where the match at hand stands."""
        self.anchors = 0
        """How many there are so far."""

    @property
    def wikiwords(self) -> bool:
        """Whether bare WikiWords are links."""
        return self._wikiwords

    @wikiwords.setter
    def wikiwords(self, are_links: bool) -> None:
        self._wikiwords = are_links
        self._scanner = scanner(wikiwords=are_links)
        self._choose_patterns()

    def begin(self, escapes: Escapes) -> None:
        """Makes the text of *escapes* the one that :meth:`parse_part` is given parts of."""
        self.escapes = escapes
        self.has_spoilers = SPOILER.search(escapes.text) is not None
        self._is_simple = self._scanner.is_simple(escapes.text)
        self._choose_patterns()

    def _choose_patterns(self) -> None:
        """In no time: a page may turn its WikiWords on and off again and again."""
        text = self.escapes.text
        self._of_parts = self._scanner.patterns_of_simple(text) if self._is_simple else None

    def parse(self, text: str, line: int) -> list[nodes.Node]:
        """The nodes of *text*, a block or a part of one that begins at *line*."""
        return self._scanner.scan(text, line, self, self._scanner.pattern_for(text))

    def parse_part(self, text: str, line: int) -> list[nodes.Node]:
        """The same for what is certainly a part of the text that was begun."""
        if self._of_parts is None:
            return self.parse(text, line)
        return self._scanner.scan(text, line, self, self._of_parts[text.isascii()])

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
