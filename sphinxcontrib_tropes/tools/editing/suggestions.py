"""Suggests links for unlinked mentions: finds the phrase in its source, and tries the link."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ...domain import get_wiki
from ...markup.dialect import DIALECT
from ...markup.nodes import trope_note, trope_note_block, trope_spoiler, trope_spoiler_block
from ...markup.spans import read_with_spans
from ...names import PageName
from ...wiki.text.unlinked_mentions import is_apart
from .link_forms import link_to
from .occurrences import UNTITLED
from .page_references import count_references

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sphinx.application import Sphinx

    from .source_files import Sources

__all__ = ["Mention", "Suggestion", "mentions_in", "suggest_links"]

_MOST_TRIALS = 8
"""Maximum places to try for one phrase."""
_CLOSED_BLOCKS = ("comment_line", "preformatted", "property", "redirect")
_LINKS = ("labelled", "piped_labelled")
_WITH_TEXT = frozenset(
    block.name
    for block in DIALECT.blocks
    if not block.takes_to and block.name not in _CLOSED_BLOCKS
) | {"style", "style_open"}
"""Constructs that contain text."""
_SPOILERS = (trope_spoiler, trope_spoiler_block)
_NOTES = (trope_note, trope_note_block)


class Mention(NamedTuple):
    """A phrase that names a page without a link."""

    path: str
    """Path of its file, relative to the source folder."""
    line: int
    """The first line of its paragraph."""
    phrase: str
    page: PageName


class Suggestion(NamedTuple):
    """A mention, and the link to write instead."""

    mention: Mention
    line: int
    """The line of the phrase."""
    link: str
    """The link; empty if the phrase was not found in its source."""


class _Edit(NamedTuple):
    start: int
    end: int
    link: str
    key: str
    """Key of the page that the link points to."""


def mentions_in(app: Sphinx) -> list[Mention]:
    """The unlinked mentions of a project whose sources are read, sorted by file and line."""
    wiki = get_wiki(app.env)
    found = []
    for phrase in wiki.unlinked_phrases:
        text = wiki.documents[phrase.docname].texts[phrase.passage.block]
        path = Path(app.env.doc2path(phrase.docname)).relative_to(app.srcdir).as_posix()
        page = PageName(*wiki.pages[phrase.key].name.split("/", 1))
        words = text[phrase.start : phrase.end]
        found.append(Mention(path, max(phrase.passage.line, 1), words, page))
    return sorted(found)


def suggest_links(
    sources: Sources, path: str, mentions: Sequence[Mention]
) -> tuple[list[Suggestion], str]:
    """A suggestion for each mention, and the text with the suggested links.

    Each link is tried: apart from links, the document must stay the same. Tries all at once, then
    halves of those that fail.

    :param path: the file of all *mentions*.
    """
    trial = _Trial(sources, path)
    waiting = [list(mentions)]
    while waiting:
        batch = waiting.pop()
        if len(batch) == 1:
            trial.find_place(batch[0])
        elif batch and not trial.accept_first_places(batch):
            half = len(batch) // 2
            waiting += [batch[half:], batch[:half]]
    return [trial.suggestion(mention) for mention in mentions], trial.text()


class _Content(NamedTuple):
    """The content of a text, except in spoilers, which get no links."""

    words: list[str]
    """The words outside notes."""
    references: Counter[str]
    """Key of a page -> number of references to it outside notes."""
    all_references: Counter[str]


class _Trial:
    """Tries links in one file."""

    def __init__(self, sources: Sources, path: str) -> None:
        self._find = sources.settings.namespaces.page_name
        self._doctree = partial(sources.doctree, path)
        self._kind = sources.kind(path)
        self._text = sources.texts[path]
        self._closed = _closed(self._text, sources) if self._kind == "trope" else []
        self._accepted: dict[Mention, _Edit] = {}
        self._now = self._read(self._text)

    def _read(self, text: str) -> _Content:
        doctree = self._doctree(text)
        references = count_references(self._find, doctree, (*_SPOILERS, *_NOTES))
        has_notes = any(isinstance(node, _NOTES) for node in doctree.findall())
        all_references = (
            count_references(self._find, doctree, _SPOILERS) if has_notes else references
        )
        return _Content(doctree.astext().split(), references, all_references)

    def text(self, more: Iterable[_Edit] = ()) -> str:
        """The text with the accepted links and *more*."""
        pieces, position = [], 0
        for edit in sorted([*self._accepted.values(), *more]):
            pieces += [self._text[position : edit.start], edit.link]
            position = edit.end
        return "".join([*pieces, self._text[position:]])

    def accept_first_places(self, mentions: Iterable[Mention]) -> bool:
        """Links the first place of each mention if all of them pass. Returns whether they do."""
        edits: dict[Mention, _Edit] = {}
        for mention in mentions:
            places = self._places(mention, edits.values())
            if (edit := next(places, None)) is None:
                return False
            edits[mention] = edit
        return self._accept(edits, [])

    def find_place(self, mention: Mention) -> None:
        """Links the first place of *mention* that passes; in a note only if none outside does."""
        in_notes: list[_Edit] = []
        for edit in islice(self._places(mention), _MOST_TRIALS):
            if self._accept({mention: edit}, in_notes):
                return
        if in_notes:
            self._accept({mention: in_notes[0]})

    def suggestion(self, mention: Mention) -> Suggestion:
        """The result for *mention*."""
        edit = self._accepted.get(mention)
        if edit is None:
            return Suggestion(mention, mention.line, "")
        return Suggestion(mention, self._text.count("\n", 0, edit.start) + 1, edit.link)

    def _accept(self, edits: dict[Mention, _Edit], in_notes: list[_Edit] | None = None) -> bool:
        """Accepts *edits* if they change nothing but links. Returns whether they do.

        :param in_notes: receives edits that pass but are in a note; these are not accepted.
        """
        added = Counter(edit.key for edit in edits.values())
        read = self._read(self.text(edits.values()))
        words, references, all_references = self._now
        if read.words != words or read.all_references != all_references + added:
            return False
        if in_notes is not None and read.references != references + added:
            in_notes += edits.values()
            return False
        self._now = read
        self._accepted |= edits
        return True

    def _places(self, mention: Mention, more: Iterable[_Edit] = ()) -> Iterator[_Edit]:
        """Places, from its paragraph on, where the phrase is a separate word, not accepted yet."""
        link = link_to(self._kind, mention.page, mention.phrase)
        if not link:
            return
        accepted = [*self._accepted.values(), *more]
        words = r"\s+".join(map(re.escape, mention.phrase.split()))
        begin = 0
        for _ in range(mention.line - 1):
            begin = self._text.find("\n", begin) + 1
        position, pattern = begin, re.compile(words)
        while match := pattern.search(self._text, position):
            start, end = match.span()
            position = start + 1
            is_free = not _overlaps(start, end, self._closed) and all(
                end <= edit.start or edit.end <= start for edit in accepted
            )
            if is_free and is_apart(self._text, start, end):
                here = _joined(link, self._text, start, end) if self._kind == "rst" else link
                yield _Edit(start, end, here, mention.page.key)


def _closed(text: str, sources: Sources) -> list[tuple[int, int]]:
    """The parts of *text*, in order and apart, where no link can be: markup, other links, what is
    shown as typed and what is not shown.
    """
    parts: list[tuple[int, int]] = []
    for span in read_with_spans(text, UNTITLED, sources.settings).spans:
        if span.part == "text" or span.construct in _WITH_TEXT:
            continue
        start, end = span.start, span.end
        if span.construct in _LINKS and span.part == "opens" and span.partner:
            end = span.partner[1]
        if parts and start <= parts[-1][1]:
            parts[-1] = parts[-1][0], max(end, parts[-1][1])
        else:
            parts.append((start, end))
    return parts


def _overlaps(start: int, end: int, parts: Sequence[tuple[int, int]]) -> bool:
    number = bisect_left(parts, (end, 0)) - 1
    return number >= 0 and start < parts[number][1]


def _joined(role: str, text: str, start: int, end: int) -> str:
    """*role* in reStructuredText, instead of *text* from *start* to *end*. Adds an escaped space
    where no space or punctuation separates it from neighbouring words.
    """
    before, after = text[start - 1 : start], text[end : end + 1]
    left = "\\ " if before.isalnum() else ""
    right = "\\ " if after.isalnum() else ""
    return f"{left}{role}{right}"
