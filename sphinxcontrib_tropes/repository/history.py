"""The history of the documents of a project: what was done to each of them, and when."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from .git_log import Commit, FileChange, Log

__all__ = ["Change", "Edit", "History", "history_of"]


class Change(NamedTuple):
    """What one commit did to one document."""

    docname: str
    """As it is called now; for a document that has gone, as it was called last."""
    kind: str
    """As in :class:`.FileChange`."""
    is_gone: bool
    """Whether there is no such document now."""
    before: str = ""
    """For a renamed document, what it was called before."""
    suffix: str = ""
    """Of its file, with the dot."""


class Edit(NamedTuple):
    """A commit that changed documents."""

    id: str
    time: int
    """In seconds since 1970."""
    subject: str
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class History:
    """The history of all documents."""

    edits: tuple[Edit, ...] = ()
    """Newest first."""
    is_whole: bool = True
    """Whether all commits are known; not so in a shallow clone."""
    paths: Mapping[str, str] = field(default_factory=dict)
    """Docname -> path of its source, from the folder of the sources."""

    @cached_property
    def _numbers(self) -> dict[str, list[tuple[int, int]]]:
        """Docname -> number of each edit of it, and of the change in that edit."""
        found: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for at, edit in enumerate(self.edits):
            for number, change in enumerate(edit.changes):
                found[change.docname].append((at, number))
        return dict(found)

    def last_edit(self, docname: str) -> Edit | None:
        """The last edit of a document that exists; None if none is known."""
        for at, number in self._numbers.get(docname, ()):
            if self.edits[at].changes[number].kind != "gone":
                return self.edits[at]
        return None

    def changes_of(self, docnames: Iterable[str], most: int) -> list[tuple[Edit, Change]]:
        """The last *most* changes of some documents, newest first."""
        numbers = self._numbers
        found = (numbers.get(docname, [])[:most] for docname in set(docnames))
        newest = sorted(at for some in found for at in some)[:most]
        return [(self.edits[at], self.edits[at].changes[number]) for at, number in newest]


def history_of(
    log: Log, documents: Mapping[str, str], docname_of: Callable[[str], str | None]
) -> History:
    """The history that a *log* tells.

    :param documents: path -> docname, for the documents that exist.
    :param docname_of: gives the docname for the path of any file; None if it is no document.
    """
    reader = _Reader(documents, docname_of)
    found = map(reader.edit, log.commits)
    edits = tuple(edit for edit in found if edit.changes)
    is_whole = log.is_whole and not any(commit.is_edge for commit in log.commits)
    return History(edits, is_whole, {docname: path for path, docname in documents.items()})


class _Reader:
    """Reads commits, newest first, and follows the names of files back in time."""

    def __init__(
        self, documents: Mapping[str, str], docname_of: Callable[[str], str | None]
    ) -> None:
        self._documents = documents
        self._docnames = frozenset(documents.values())
        self._docname_of = docname_of
        self._now: dict[str, str] = {}
        """Path of a file at the time of the commit -> its path now, if that is another."""

    def edit(self, commit: Commit) -> Edit:
        changes = [change for found in commit.changes if (change := self._change(found))]
        self._go_back(commit)
        return Edit(commit.id, commit.time, commit.subject, tuple(sorted(changes)))

    def _go_back(self, commit: Commit) -> None:
        before = {
            change.before: self._now.get(change.path, change.path)
            for change in commit.changes
            if change.kind == "renamed"
        }
        for change in commit.changes:
            if change.kind in ("new", "renamed"):  # what had that path earlier was another file
                self._now.pop(change.path, None)
        self._now |= before

    def _change(self, change: FileChange) -> Change | None:
        docname = self._docname(self._now.get(change.path, change.path))
        before = self._docname_of(change.before) if change.kind == "renamed" else None
        kind, then = change.kind, self._docname_of(change.path)
        if kind == "renamed":
            if then is None:  # to a file that is no document
                docname, kind, before = before, "gone", None
            elif before is None:
                kind = "new"
            elif before == then:  # only its suffix is another
                kind, before = "edited", None
        if docname is None or (then is None and kind != "gone"):
            return None
        path = change.before if kind == "gone" and then is None and change.before else change.path
        suffix = PurePosixPath(path).suffix
        return Change(docname, kind, docname not in self._docnames, before or "", suffix)

    def _docname(self, path: str) -> str | None:
        return self._documents.get(path) or self._docname_of(path)
