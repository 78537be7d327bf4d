"""What every emitter has: an emitter writes one kind of data file beside the pages.

The session of a build (:mod:`..build.session`) knows none of them by name. Each says where its
files are, whether they are complete, and writes them; what it returns is stored in the state of the
output directory and handed back in the next build.
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
    """What emitters write from, in one build."""

    builder: Builder
    get_wiki: Callable[[], Wiki]
    """Makes the wiki when it is first called: a build that changes nothing needs none."""
    pages: Pages
    """Where the generated pages are."""
    digests: Callable[[], Mapping[str, str]]
    """Gives docname -> digest of its facts."""
    is_unchanged: bool
    """Whether the wiki and all settings are those of the build before."""
    invalidated: Invalidated | None
    """What may have changed since the build before; None for anything."""
    removed: Iterable[str]
    """Backlinks pages that may be gone since."""

    @property
    def wiki(self) -> Wiki:
        return self.get_wiki()


class Emitter(Protocol):
    """Writes one kind of data file."""

    name: str
    """Under which the state of the output directory keeps what it emitted."""

    def place(self, emission: Emission) -> str:
        """The file or folder, as a path in the output directory; empty where none is to be."""

    def usual_place(self, prefix: str) -> str:
        """Where its files may be if the state is lost; empty if they are never to be removed.

        :param prefix: folder of the generated pages.
        """

    def is_complete(self, builder: Builder, place: str, stored: Any) -> bool:
        """Whether all files of the build before are there.

        :param stored: what :meth:`write` returned then.
        """

    def write(self, emission: Emission, place: str, stored: Any) -> Any:
        """Writes what has changed, and deletes what is obsolete.

        :param stored: what it returned in the build before; None if that is unknown.
        :returns: for the next build: a mapping that JSON can hold, or None.
        :raises OSError: if something can't be written.
        """

    def remove(self, builder: Builder, place: str) -> None:
        """Deletes the files of an earlier build."""


_emitters: WeakKeyDictionary[Sphinx, list[Emitter]] = WeakKeyDictionary()


def add_emitter(app: Sphinx, emitter: Emitter) -> None:
    """Has *emitter* write its files in every build of *app*."""
    _emitters.setdefault(app, []).append(emitter)


def emitters(app: Sphinx) -> list[Emitter]:
    """All of them, in the order in which they were added."""
    return _emitters.get(app, [])


class Emitted(NamedTuple):
    """What the state of an output directory keeps of one emitter."""

    place: str
    stored: Any


def emit(emitter: Emitter, emission: Emission, before: Emitted) -> Emitted | None:
    """Brings the files of one emitter up to date; what can't be written is reported.

    :returns: what is to be kept for the next build; None if something can't be written.
    """
    emitted = None
    with reported(Path(emission.builder.outdir)):
        emitted = _emit(emitter, emission, before)
    return emitted  # noqa: RET504 - reported() ends an exception


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
