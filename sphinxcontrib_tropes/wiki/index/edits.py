"""An edit: what documents say now and said before, where the names of all pages are the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ...names import key_of
from .outbound import Outbound

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..facts.document import DocumentFacts, Naming, Page
    from ..facts.packed import PackedFacts
    from .names import PageNames
    from .tables import Table

__all__ = ["Changed", "Edit", "keeps_names"]


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
        names: PageNames,
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
                self.keys |= outbound.keys
                self.keys |= {names.resolve(naming.target).key for naming in _named(outbound.facts)}
        self.changed: set[Table[Any]] = set()
        """The tables that were dropped or have other entries now."""


def _named(facts: DocumentFacts | PackedFacts) -> Iterator[Naming]:
    return (naming for naming in facts.namings if naming.target)


def keeps_names(
    before: Mapping[str, DocumentFacts | PackedFacts | None],
    after: Mapping[str, DocumentFacts | PackedFacts | None],
    names: PageNames,
) -> bool:
    """Whether all names, and what follows from names alone, are the same after a change.

    :param before: docname -> earlier facts of each changed document; None if there are none.
    :param after: docname -> its facts now, or None.
    """
    return all(
        was is not None and now is not None and _keep_names(docname, was, now, names)
        for (docname, was), now in zip(before.items(), after.values(), strict=True)
    )


def _keep_names(
    docname: str,
    before: DocumentFacts | PackedFacts,
    after: DocumentFacts | PackedFacts,
    names: PageNames,
) -> bool:
    keys = {key_of(page.name) for page in after.pages}
    # both documents have a share in a page that both claim
    is_plain = len(keys) == len(after.pages) and all(
        (page := names.pages.get(key)) is not None and page.docname == docname for key in keys
    )
    has_lines = docname in names.documents_with_problems
    return is_plain and _names_in(before, has_lines) == _names_in(after, has_lines)


def _names_in(facts: DocumentFacts | PackedFacts, has_lines: bool) -> list[Page]:
    """The pages of a document, without what no name depends on."""
    pages = [page._replace(laconic="", lead="", sections=()) for page in facts.pages]
    return pages if has_lines else [page._replace(line=0) for page in pages]
