"""References other than links (``:doc:``, ``:py:class:``), found by their target: pages of the
wiki, other documents, and objects that documents describe.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from ...names import key_of
from ..facts.document import Link, reference_anchor
from .links import InboundLink, InboundLinks
from .tables import Part, patched

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from ..facts.document import Destination, DocumentFacts, Reference
    from ..facts.packed import PackedFacts
    from .edits import Edit
    from .names import PageNames

__all__ = ["InboundReferences", "ShownTexts", "is_object", "object_key"]


def object_key(docname: str, anchor: str = "") -> str:
    """The key of a document that is not a page, or of an object in a document. It differs from the
    key of every page.
    """
    return f"@{docname}#{anchor}" if anchor else f"@{docname}"


def is_object(key: str) -> bool:
    """Whether this is an :func:`object_key`."""
    return key.startswith("@")


class _Arrival(NamedTuple):
    """An inbound reference, found by its target."""

    docname: str
    """The document that contains it."""
    reference: Reference
    name: str
    """Canonical name of its target, or an :func:`object_key`."""


class InboundReferences(Part):
    """The references to each key, without a page's references to itself.

    :param facts: docname -> facts, sorted.
    :param find_destinations: returns docname -> the destination of each of its references, None if
        there is none. Called when first needed.
    """

    def __init__(
        self,
        facts: Mapping[str, DocumentFacts | PackedFacts],
        names: PageNames,
        links: InboundLinks,
        find_destinations: Callable[[], Mapping[str, Sequence[Destination | None]]],
    ) -> None:
        self._facts = facts
        self._names = names
        self._links = links
        self._find_destinations = find_destinations

    @patched
    def destinations(self) -> dict[str, Sequence[Destination | None]]:
        """Docname -> the destination of each of its references, None if there is none; sorted."""
        return dict(sorted(self._find_destinations().items()))

    @destinations.rule
    def _find_again(self, known: dict[str, Sequence[Destination | None]], edit: Edit) -> bool:
        """Any edit may move a destination, or change its words."""
        found = dict(sorted(self._find_destinations().items()))
        for docname in known.keys() | found.keys():
            if known.get(docname) != found.get(docname):
                edit.documents.add(docname)
                # its sentences show the words of destinations
                edit.keys.update(self._links.linked_from(docname))
        known.clear()
        known.update(found)
        return True

    @patched
    def by_key(self) -> dict[str, list[InboundLink]]:
        """Key of a page, document or object -> the references to it, in order of documents."""
        return self._find()

    @by_key.rule
    def _compare(self, known: dict[str, list[InboundLink]], edit: Edit) -> bool:
        # a reference leads to another page, too, if its destination is in another one now
        found = self._find()
        for key in known.keys() | found.keys():
            was, is_ = known.get(key, []), found.get(key, [])
            docnames = {inbound.docname for inbound in (*was, *is_)}
            if was == is_ and docnames.isdisjoint(edit.documents):
                continue
            edit.keys.add(key)
            if was != is_:
                edit.documents |= docnames
                edit.changed.add(InboundReferences.by_key)
                edit.own_keys.update(
                    key_of(page.name) for docname in docnames for page in self._facts[docname].pages
                )
        known.clear()
        known.update(found)
        return True

    def _find(self) -> dict[str, list[InboundLink]]:
        found: dict[str, list[InboundLink]] = defaultdict(list)
        for docname, reference, name in _arrivals(self._facts, self.destinations):
            key, via = name, ""
            if not is_object(name):
                to = self._names.resolve(name)
                key, via = to.key, to.via
                pages = self._facts[docname].pages
                if reference.page >= 0 and key == key_of(pages[reference.page].name):
                    continue
            link, anchor = _as_link(reference, name), reference_anchor(reference)
            found[key].append(InboundLink(docname, link, via, anchor))
        return dict(found)

    def to_pages(self) -> Iterable[tuple[str, list[InboundLink]]]:
        """Key of each page, written or not -> the references to it."""
        return ((key, found) for key, found in self.by_key.items() if not is_object(key))


def _arrivals(
    documents: Mapping[str, DocumentFacts | PackedFacts],
    destinations: Mapping[str, Sequence[Destination | None]],
) -> Iterator[_Arrival]:
    """The references to other documents of the project, in order of documents."""
    targets: dict[str, dict[str, str]] = {}  # made on demand: most documents have no references
    for docname, found in destinations.items():
        for reference, to in zip(documents[docname].references, found, strict=True):
            if to is None or to.docname == docname or to.docname not in documents:
                continue
            if to.docname not in targets:
                targets[to.docname] = _targets(to.docname, documents[to.docname])
            here = targets[to.docname]
            yield _Arrival(docname, reference, here.get(to.anchor, here[""]))


def _targets(docname: str, facts: DocumentFacts | PackedFacts) -> dict[str, str]:
    """Id -> the page or object that contains it; under the empty id, that of the document."""
    found = {id_: object_key(docname, ids[0]) for ids in facts.objects for id_ in ids}
    for page in facts.pages:
        for id_ in (page.anchor, *(id_ for _slug, id_ in page.sections)):
            found.setdefault(id_, page.name)
    found.setdefault("", object_key(docname))
    return found


def _as_link(reference: Reference, name: str) -> Link:
    """A reference as a link to the page with that name."""
    return Link(
        target=name,
        section="",
        nth=reference.nth,
        page=reference.page,
        block=reference.block,
        start=reference.start,
        end=reference.end,
        place=reference.place,
        in_spoiler=reference.in_spoiler,
        opens_item=False,
        line=reference.line,
    )


class ShownTexts:
    """The texts of a document as its page shows them: a reference without words of its own shows
    the title of its destination; the fact has only its target.

    :param destinations: of its references, if they are known.
    """

    def __init__(
        self, facts: DocumentFacts | PackedFacts, destinations: Sequence[Destination | None] = ()
    ) -> None:
        self._texts = facts.texts
        self._titles: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
        for reference, to in zip(facts.references, destinations, strict=False):
            if to is None or reference.in_spoiler:
                continue
            has_words = reference.start < reference.end
            if title := to.words or ("" if has_words else reference.target):
                replaced = reference.start, reference.end, title
                self._titles[reference.block].append(replaced)

    def __call__(self, block: int, start: int, end: int) -> tuple[str, int, int]:
        """A text as it is shown, and where in it the words from *start* to *end* of the fact are."""
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
