"""Marks: what the page of a document shows besides its source and its view, such as when it was last
edited. Each part of the extension adds its own.

A mark is a short text that changes with what is shown. It is kept apart from the digest of the view,
so that a build need not make views to learn that a mark changed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from ..wiki import Wiki

__all__ = ["Marks", "add_marks", "marked", "marks_of", "shown_everywhere", "unmarked"]


class Marks(NamedTuple):
    """Functions that give the marks of a document."""

    of_build: Callable[[Sphinx], Callable[[str], str]] = lambda _app: lambda _docname: ""
    """Returns a function from a docname to its mark in this build, without the wiki. Empty if the
    page shows nothing of it. Without spaces.
    """
    of_wiki: Callable[[Sphinx, Wiki, str], str] = lambda _app, _wiki, _docname: ""
    """Returns what is shown of the wiki, and is not in the view of the document."""
    everywhere: Callable[[Sphinx, Wiki], str] = lambda _app, _wiki: ""
    """Returns what every page of the site shows of the wiki, generated pages and documents outside
    the wiki as well; empty if they show nothing. It must have no rule in
    :mod:`..wiki.views.invalidation`: where it changes, all views are compared.
    """


_marks: WeakKeyDictionary[Sphinx, list[Marks]] = WeakKeyDictionary()


def add_marks(app: Sphinx, marks: Marks) -> None:
    """Makes every build of *app* compare these *marks*."""
    _marks.setdefault(app, []).append(marks)


def marks_of(app: Sphinx) -> list[Marks]:
    """The marks of all parts."""
    return _marks.get(app, [])


def shown_everywhere(app: Sphinx, wiki: Wiki) -> str:
    """What every page of the site shows of the wiki."""
    return "\n".join(filter(None, (marks.everywhere(app, wiki) for marks in marks_of(app))))


def marked(digest: str, mark: str) -> str:
    """The digest of a view together with a *mark*; empty if the view has no digest."""
    return f"{digest} {mark}" if digest and mark else digest


def unmarked(digest: str) -> str:
    """The digest of the view alone."""
    return digest.partition(" ")[0]
