"""Unlinked mentions as links: where the phrase stands in its source, and what to write there."""

from __future__ import annotations

import re
from collections import Counter
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from ...markup.nodes import trope_note, trope_note_block, trope_spoiler, trope_spoiler_block
from ...names import MAIN
from ...wiki.text.unlinked_mentions import is_apart
from .page_references import names_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ...names import PageName
    from .source_files import Sources

__all__ = ["Mention", "Suggestion", "suggested"]

_MOST_TRIED = 8
"""How many places of one phrase are tried."""
_SPOILERS = (trope_spoiler, trope_spoiler_block)
_NOTES = (trope_note, trope_note_block)


class Mention(NamedTuple):
    """A phrase that names a page and is no link."""

    path: str
    """Of its file, from the source folder."""
    line: int
    """Where its paragraph begins."""
    phrase: str
    page: PageName


class Suggestion(NamedTuple):
    """A mention, and the link to write in its place."""

    mention: Mention
    line: int
    """Where the phrase stands."""
    link: str
    """Empty if the phrase could not be found in its source."""


class _Edit(NamedTuple):
    start: int
    end: int
    link: str
    key: str
    """Of the page that the link leads to."""


def suggested(
    sources: Sources, path: str, mentions: Sequence[Mention]
) -> tuple[list[Suggestion], str]:
    """A suggestion for each of *mentions*, all in the file *path*; and its text with their links.

    Links are tried: the document must say the same as before, with these links more. All at once,
    and if that does not hold, in halves.
    """
    trial = _Trial(sources, path)
    waiting = [list(mentions)]
    while waiting:
        batch = waiting.pop()
        if len(batch) == 1:
            trial.find_place(batch[0])
        elif batch and not trial.take_first_places(batch):
            half = len(batch) // 2
            waiting += [batch[half:], batch[:half]]
    return [trial.suggestion(mention) for mention in mentions], trial.text()


class _Read(NamedTuple):
    """What a text says. What spoilers hide is no part of it: a link there is none."""

    words: list[str]
    """Without those of notes."""
    names: Counter[str]
    """The keys of the pages that it names outside notes."""
    all_names: Counter[str]


class _Trial:
    """Links in one file, and whether it says the same with them."""

    def __init__(self, sources: Sources, path: str) -> None:
        self._find = sources.settings.namespaces.page_name
        self._doctree = partial(sources.doctree, path)
        self._kind = sources.kind(path)
        self._text = sources.texts[path]
        self._taken: dict[Mention, _Edit] = {}
        self._now = self._read(self._text)

    def _read(self, text: str) -> _Read:
        doctree = self._doctree(text)
        names = names_in(self._find, doctree, (*_SPOILERS, *_NOTES))
        has_notes = any(isinstance(node, _NOTES) for node in doctree.findall())
        all_names = names_in(self._find, doctree, _SPOILERS) if has_notes else names
        return _Read(doctree.astext().split(), names, all_names)

    def text(self, more: Iterable[_Edit] = ()) -> str:
        """The text with the links taken so far, and *more*."""
        pieces, position = [], 0
        for edit in sorted([*self._taken.values(), *more]):
            pieces += [self._text[position : edit.start], edit.link]
            position = edit.end
        return "".join([*pieces, self._text[position:]])

    def take_first_places(self, mentions: Iterable[Mention]) -> bool:
        """Links each of *mentions* where it stands first, if all are right there."""
        edits: dict[Mention, _Edit] = {}
        for mention in mentions:
            places = self._places(mention, edits.values())
            if (edit := next(places, None)) is None:
                return False
            edits[mention] = edit
        return self._take(edits, [])

    def find_place(self, mention: Mention) -> None:
        """Links *mention* at the first place where that is right, if there is one; in a note, if there
        is none outside.
        """
        in_notes: list[_Edit] = []
        for edit in islice(self._places(mention), _MOST_TRIED):
            if self._take({mention: edit}, in_notes):
                return
        if in_notes:
            self._take({mention: in_notes[0]})

    def suggestion(self, mention: Mention) -> Suggestion:
        """What has become of *mention*."""
        edit = self._taken.get(mention)
        if edit is None:
            return Suggestion(mention, mention.line, "")
        return Suggestion(mention, self._text.count("\n", 0, edit.start) + 1, edit.link)

    def _take(self, edits: dict[Mention, _Edit], in_notes: list[_Edit] | None = None) -> bool:
        """Takes *edits*, if with them the text says what it does.

        :param in_notes: where those go that are right but stand in a note, and are then not taken.
        """
        added = Counter(edit.key for edit in edits.values())
        read = self._read(self.text(edits.values()))
        words, names, all_names = self._now
        if read.words != words or read.all_names != all_names + added:
            return False
        if in_notes is not None and read.names != names + added:
            in_notes += edits.values()
            return False
        self._now = read
        self._taken |= edits
        return True

    def _places(self, mention: Mention, more: Iterable[_Edit] = ()) -> Iterator[_Edit]:
        """Where the phrase stands alone, from its paragraph on, and is not taken."""
        link = _link(self._kind, mention)
        if not link:
            return
        taken = [*self._taken.values(), *more]
        words = r"\s+".join(map(re.escape, mention.phrase.split()))
        begin = 0
        for _ in range(mention.line - 1):
            begin = self._text.find("\n", begin) + 1
        position, pattern = begin, re.compile(words)
        while match := pattern.search(self._text, position):
            start, end = match.span()
            position = start + 1
            is_free = all(end <= edit.start or edit.end <= start for edit in taken)
            if is_free and is_apart(self._text, start, end):
                here = _joined(link, self._text, start, end) if self._kind == "rst" else link
                yield _Edit(start, end, here, mention.page.key)


def _joined(role: str, text: str, start: int, end: int) -> str:
    """*role* as it is written in reStructuredText in place of *text* from *start* to *end*: with an
    escaped blank where no blank or mark parts it from the words beside it.
    """
    before, after = text[start - 1 : start], text[end : end + 1]
    left = "\\ " if before.isalnum() else ""
    right = "\\ " if after.isalnum() else ""
    return f"{left}{role}{right}"


def _link(kind: str, mention: Mention) -> str:
    """The link that shows the very words of the phrase."""
    name = str(mention.page).removeprefix(f"{MAIN}/")
    words = " ".join(mention.phrase.split())
    if kind == "trope":
        return f"[[{name} {words}]]"
    role = {"rst": ":trope:", "markdown": "{trope}"}.get(kind)
    return f"{role}`{words} <{name}>`" if role else ""
