"""The wiki of all builds of one process: made once, then edited."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ..names import Namespaces
from ..wiki import Federation, PackedFacts, Wiki

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from ..wiki import Destination, External
    from ..wiki.index.foreign import ForeignWiki
    from ..wiki.text.unlinked_mentions import Refused

__all__ = ["KeptWiki", "WikiSettings"]

_FEW, _FEW_OF = 20, 8
"""If more than 20 documents and an eighth of them change, the wiki is made anew."""


class WikiSettings(NamedTuple):
    """What a wiki is made from besides facts."""

    namespaces: tuple[tuple[str, str], ...]
    external: Mapping[str, External]
    context_length: int
    refused: Refused
    federation: tuple[ForeignWiki, ...]
    counts_all: bool
    """Whether references count."""
    names: list[str]
    """The table of names that facts are packed with."""


class KeptWiki:
    """The wiki of a project, kept for the next build.

    :param find_destinations: as for :class:`.Wiki`; may use :attr:`wiki`.
    """

    def __init__(
        self, find_destinations: Callable[[], Mapping[str, Sequence[Destination | None]]]
    ) -> None:
        self._find_destinations = find_destinations
        self._settings: WikiSettings | None = None
        self._digests: dict[str, str] = {}
        self.wiki = Wiki({})

    def update(
        self, facts: Mapping[str, tuple[str, tuple[Any, ...]]], settings: WikiSettings
    ) -> None:
        """Makes :attr:`wiki` that of these facts and settings.

        :param facts: docname -> digest and packed facts.
        """
        before, was = self._digests, self._settings
        self._digests = after = {docname: digest for docname, (digest, _) in facts.items()}
        changed = [
            name for name in before.keys() | after.keys() if before.get(name) != after.get(name)
        ]
        names = settings.names
        self._settings = None  # a wiki whose update breaks off is not used again
        if was == settings and len(changed) <= max(_FEW, len(after) // _FEW_OF):
            self.wiki.update(
                {name: PackedFacts(facts[name][1], names) if name in facts else None for name in changed}
            )  # fmt: skip
        else:
            self.wiki = Wiki(
                {docname: PackedFacts(packed, names) for docname, (_, packed) in facts.items()},
                Namespaces(dict(settings.namespaces)),
                settings.external,
                settings.context_length,
                settings.refused,
                Federation(settings.federation),
                self._find_destinations,
            )
        self._settings = settings
