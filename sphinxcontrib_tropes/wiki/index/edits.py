"""An edit: what documents say now and said before, where the names of all pages are the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ...names import key_of
from .outbound import Outbound

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..facts.document import DocumentFacts
    from ..facts.packed import PackedFacts

__all__ = ["Changed", "Edit"]


class Changed(NamedTuple):
    """A document with other facts than before."""

    docname: str
    before: Outbound
    after: Outbound


class Edit:
    """What changed. The indexes follow it one after the other, and add to it what they find.

    :param before: docname -> earlier facts of each changed document.
    :param after: docname -> its facts now.
    :param target_keys: canonical name -> key of the page that it resolves to.
    """

    def __init__(
        self,
        before: Mapping[str, DocumentFacts | PackedFacts],
        after: Mapping[str, DocumentFacts | PackedFacts],
        target_keys: Mapping[str, str],
    ) -> None:
        self.changes = [
            Changed(docname, Outbound(before[docname], target_keys), Outbound(now, target_keys))
            for docname, now in after.items()
        ]
        self.documents = set(after)
        """The documents that changed, and those whose references lead somewhere else."""
        self.own_keys = {key_of(page.name) for facts in after.values() for page in facts.pages}
        """The keys of the pages in these documents."""
        self.keys: set[str] = set()
        """The keys of the pages that these documents link to, refer to or name, now or before."""
        for _docname, *both in self.changes:
            for outbound in both:
                names = (naming.target for naming in outbound.facts.namings if naming.target)
                self.keys |= outbound.keys | {target_keys[name] for name in names}
        self.changed: set[object] = set()
        """The tables that were dropped or have other entries now."""
