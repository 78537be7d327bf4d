"""Where the references of all documents lead: to pages of the wiki, and to documents and objects
that are none.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ..facts.document import Destination, DocumentFacts, Reference
    from ..facts.packed import PackedFacts

__all__ = ["Arrival", "ShownTexts", "arrivals", "object_key"]


class Arrival(NamedTuple):
    """A reference, found from where it leads."""

    docname: str
    """The document that it stands in."""
    reference: Reference
    name: str
    """Canonical name of the page it leads to, or an :func:`object_key`."""


def object_key(docname: str, anchor: str = "") -> str:
    """The key of a document that is no page, or of an object in a document. No key of a page is
    like it.
    """
    return f"@{docname}#{anchor}" if anchor else f"@{docname}"


def arrivals(
    documents: Mapping[str, DocumentFacts | PackedFacts],
    destinations: Mapping[str, Sequence[Destination | None]],
) -> Iterator[Arrival]:
    """Every reference that leads to another document of the project, by document.

    :param destinations: docname -> where each of its references leads, None for nowhere.
    """
    # Of most documents nobody asks, so what is in them is looked at when it is needed.
    ends: dict[str, dict[str, str]] = {}
    for docname, leads_to in destinations.items():
        for reference, to in zip(documents[docname].references, leads_to, strict=True):
            if to is None or to.docname == docname or to.docname not in documents:
                continue
            if to.docname not in ends:
                ends[to.docname] = _ends(to.docname, documents[to.docname])
            here = ends[to.docname]
            yield Arrival(docname, reference, here.get(to.anchor, here[""]))


def _ends(docname: str, facts: DocumentFacts | PackedFacts) -> dict[str, str]:
    """Id -> the page or object that it is part of; what is part of none is the document's."""
    found = {id_: object_key(docname, ids[0]) for ids in facts.objects for id_ in ids}
    for page in facts.pages:
        for id_ in (page.anchor, *(id_ for _slug, id_ in page.sections)):
            found.setdefault(id_, page.name)
    found.setdefault("", object_key(docname))
    return found


class ShownTexts:
    """The texts of a document as its page shows them: where a reference has no words of its own
    but the label that it leads to, with the title that is shown in their place.

    :param leads_to: where each of its references leads, if that is known.
    """

    def __init__(
        self, facts: DocumentFacts | PackedFacts, leads_to: Sequence[Destination | None] = ()
    ) -> None:
        self._texts = facts.texts
        self._titles: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
        for reference, to in zip(facts.references, leads_to, strict=False):
            if to is None or reference.in_spoiler:
                continue
            has_words = reference.start < reference.end
            if title := to.words or ("" if has_words else reference.target):
                replaced = reference.start, reference.end, title
                self._titles[reference.block].append(replaced)

    def __call__(self, block: int, start: int, end: int) -> tuple[str, int, int]:
        """A text, and where in it the words are that stand from *start* to *end* in the fact."""
        text = self._texts[block]
        titles = self._titles.get(block)
        if titles is None:
            return text, start, end
        pieces, at, shown_start, shown_end = [], 0, start, end
        for before, after, title in titles:
            pieces += [text[at:before], title]
            at = after
            longer = len(title) - (after - before)
            is_before = after <= start and (before, after) != (start, end)
            shown_start += longer if is_before else 0
            shown_end += longer if after <= end else 0
        return "".join([*pieces, text[at:]]), shown_start, shown_end
