"""The context in which inline constructs build nodes: settings, escapes, reports, the current line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from ..internals.docutils.fast_nodes import make_text
from ..names import slug
from .labels import without_links
from .redaction import SPOILER, redacted

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterable, Sequence

    from docutils import nodes

    from .escapes import Escapes
    from .settings import MarkupSettings

__all__ = ["InlineContext", "InlineDialect", "InlineScanner"]


class InlineScanner(Protocol):
    """Finds inline markup in a text: :class:`~.scanner.Scanner`."""

    def scan(self, text: str, line: int, context: InlineContext) -> list[nodes.Node]:
        """The nodes of *text*, which starts at *line*."""


class InlineDialect(Protocol):
    """The inline constructs: :class:`~.dialect.Dialect`."""

    def scanner(self, *, wikiwords: bool) -> InlineScanner:
        """The scanner of inline markup."""


class _Pattern(Protocol):
    """The pattern of some constructs: :class:`~.scanner.Pattern`."""

    @property
    def builds(self) -> Sequence[Callable[..., Any] | None]: ...


class _Mark(Protocol):
    """A mark that opens or closes: :class:`~.nesting.Mark`."""

    line: int


class InlineContext:
    """What an inline construct needs besides its match to build nodes.

    :param dialect: the constructs to read.
    :param settings: the settings of the wiki.
    :param escapes: the escapes of the text.
    :param report: called with the line and text of each warning.
    :param new_id: makes an id from a name that is not yet in the document.
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
        """Whether the text may contain spoilers."""
        self.is_hidden = False
        """Whether a spoiler hides the current match."""
        self.link_wikiwords(settings.wikiwords)
        self.line = 1
        """The line of the current match."""
        self.anchors = 0
        """Number of anchors so far."""

    def link_wikiwords(self, are_links: bool) -> None:
        """Sets whether bare WikiWords are links from this point on."""
        self._scanner = self._dialect.scanner(wikiwords=are_links)

    def begin(self, escapes: Escapes) -> None:
        """Starts reading the text of *escapes*, part by part."""
        self.escapes = escapes
        self.has_spoilers = SPOILER.search(escapes.text) is not None

    def parse(self, text: str, line: int) -> list[nodes.Node]:
        """The nodes of *text*, a block or a part of one that starts at *line*."""
        return self._scanner.scan(text, line, self)

    def as_typed(self, match: re.Match[str]) -> list[nodes.Node]:
        """The match as text, for markup that does not mean what it looks like."""
        return [make_text(self.escapes.plain(match[0]))]

    def words(self, spelling: str) -> str:
        """The words of a name as spelled (braces or WikiWord), without namespace and section."""
        return self.settings.namespaces.words(spelling)

    def label(self, text: str) -> list[nodes.Node]:
        """The nodes of *text*, the label of a link, without links."""
        return without_links(self.parse(text, self.line))

    def unclosed(self, mark: str, line: int | None = None, about: object = None) -> None:
        """Reports that nothing closes *mark* on *line*, by default the current one."""
        shown, line = self.escapes.plain(mark).strip(), self.line if line is None else line
        self.report(line, f"{shown} is not closed; shown as text", about)

    def report(self, line: int, sentence: str, about: object = None) -> None:
        """Reports *sentence* for *line*, without what a spoiler hides.

        :param about: the mark that it is about, if that is not the current match.
        """
        self._report(line, redacted(sentence, is_hidden=self.is_hidden))

    def warn(self, sentence: str) -> None:
        """Reports *sentence* for the current match."""
        self.report(self.line, sentence)

    # -- for who wants to know where the markup is: see span_reader.py

    def builds_of(self, pattern: _Pattern) -> Sequence[Callable[..., Any] | None]:
        """The functions that make nodes of the matches of *pattern*."""
        return pattern.builds

    def opens(self, mark: _Mark) -> None:
        """Called before *mark* becomes a node."""
        self.line = mark.line

    def note_marks(self, found: Iterable[object]) -> None:
        """Called when the meaning of all marks in *found* is known."""
