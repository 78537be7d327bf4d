"""The interface of emitters. An emitter writes one kind of data file beside the pages.

The session of a build (:mod:`..build.session`) knows none of them by name. Each one says where its
files are and whether they are complete, and writes them. What it returns is stored in the state of
the output directory and passed to it in the next build.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol
from weakref import WeakKeyDictionary

from ..stored_files import reported

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sphinx.application import Sphinx
    from sphinx.builders import Builder

    from ..pages.site_map import Pages
    from ..wiki import Wiki
    from ..wiki.views.invalidation import Invalidated

__all__ = ["Emission", "Emitted", "Emitter", "add_emitter", "emit", "emitters"]


@dataclass(frozen=True)
class Emission:
    """The input of emitters in one build."""

    builder: Builder
    get_wiki: Callable[[], Wiki]
    """Returns the wiki, made on the first call: a build without changes does not need it."""
    pages: Pages
    """The generated pages and their addresses."""
    digests: Callable[[], Mapping[str, str]]
    """Returns docname -> digest of the document's facts."""
    is_unchanged: bool
    """Whether the wiki and all settings are the same as in the build before."""
    invalidated: Invalidated | None
    """What may have changed since the build before; None if anything may have."""
    removed: Iterable[str]
    """Backlinks pages that may have been removed since."""

    @property
    def wiki(self) -> Wiki:
        return self.get_wiki()


class Emitter(Protocol):
    """Writes one kind of data file."""

    name: str
    """The key of its data in the state of the output directory."""

    def place(self, emission: Emission) -> str:
        """The file or folder, as a path in the output directory; empty if none is to be written."""

    def usual_place(self, prefix: str) -> str:
        """Where its files may be if the state is lost; empty if they must never be removed.

        :param prefix: folder of the generated pages.
        """

    def is_complete(self, builder: Builder, place: str, stored: Any) -> bool:
        """Whether all files of the build before exist.

        :param stored: what :meth:`write` returned in that build.
        """

    def write(self, emission: Emission, place: str, stored: Any) -> Any:
        """Writes what has changed and deletes what is obsolete.

        :param stored: what this method returned in the build before; None if unknown.
        :returns: data for the next build: a mapping that JSON can hold, or None.
        :raises OSError: if something can't be written.
        """

    def remove(self, builder: Builder, place: str) -> None:
        """Deletes the files of an earlier build."""


_emitters: WeakKeyDictionary[Sphinx, list[Emitter]] = WeakKeyDictionary()


def add_emitter(app: Sphinx, emitter: Emitter) -> None:
    """Makes *emitter* write its files in every build of *app*."""
    _emitters.setdefault(app, []).append(emitter)


def emitters(app: Sphinx) -> list[Emitter]:
    """All emitters of *app*, in the order they were added."""
    return _emitters.get(app, [])


class Emitted(NamedTuple):
    """What the state of an output directory stores for one emitter."""

    place: str
    stored: Any


def emit(emitter: Emitter, emission: Emission, before: Emitted) -> Emitted | None:
    """Brings the files of one emitter up to date, and reports what can't be written.

    :returns: what to store for the next build; None if something can't be written.
    """
    emitted = None
    with reported(Path(emission.builder.outdir)):
        emitted = _emit(emitter, emission, before)
    return emitted  # noqa: RET504 - reported() swallows an exception


def _emit(emitter: Emitter, emission: Emission, before: Emitted) -> Emitted:
    builder, place = emission.builder, emitter.place(emission)
    if before.place and before.place != place:
        emitter.remove(builder, before.place)
    if not place:
        return Emitted("", None)
    if emission.is_unchanged and emitter.is_complete(builder, place, before.stored):
        return before
    stored = before.stored if before.place == place else None
    return Emitted(place, emitter.write(emission, place, stored))
