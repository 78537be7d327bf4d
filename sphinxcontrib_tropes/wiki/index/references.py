"""References other than links (``:doc:``, ``:py:class:``), found by their target: pages of the
wiki, other documents, and objects that documents describe.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from operator import attrgetter
from typing import TYPE_CHECKING

from ...names import key_of
from ...names.exclusions import BACKLINKS
from ..facts.document import Link, reference_anchor
from .links import InboundLink, InboundLinks
from .tables import ByDocument, Lasting, Part, patched

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from ..facts.document import Destination, DocumentFacts, Reference
    from ..facts.packed import PackedFacts
    from .edits import Edit
    from .names import PageNames

__all__ = ["InboundReferences", "ShownTexts", "is_object", "object_key"]


_docname_of = attrgetter("docname")


def object_key(docname: str, anchor: str = "") -> str:
    """The key of a document that is not a page, or of an object in a document. It differs from the
    key of every page.
    """
    return f"@{docname}#{anchor}" if anchor else f"@{docname}"


def is_object(key: str) -> bool:
    """Whether this is an :func:`object_key`."""
    return key.startswith("@")


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
        self._where: ByDocument[dict[str, str]] = ByDocument()
        """Document -> what :func:`_targets` finds in it, of those that references lead to."""
        self._arrived: Lasting[str, dict[str, list[InboundLink]]] = Lasting()
        """Document -> its share in :attr:`by_key`, once that is made."""

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
    def _replace(self, known: dict[str, list[InboundLink]], edit: Edit) -> bool:
        """Takes out what changed documents referred to, and puts in what they refer to now."""
        destinations = self.destinations  # adds to the changed documents
        # with other objects or sections, what refers to the document means something else there
        moved = any(
            _targets(docname, before.facts) != _targets(docname, after.facts)
            for docname, before, after in edit.changes
        )
        docnames = {*self._arrived, *destinations} if moved else set(edit.documents)
        for docname in docnames:
            was, is_ = self._arrived.get(docname, {}), self._find_in(docname)
            self._arrived[docname] = is_
            has_changed = docname in edit.documents
            for key in was.keys() | is_.keys():
                if was.get(key) == is_.get(key):
                    if has_changed:  # its sentences may be others
                        edit.keys.add(key)
                    continue
                self._put(known, key, docname, is_.get(key, []))
                edit.keys.add(key)
                edit.changed.add(InboundReferences.by_key)
                edit.documents.add(docname)
                edit.own_keys.update(key_of(page.name) for page in self._facts[docname].pages)
        return True

    @staticmethod
    def _put(
        known: dict[str, list[InboundLink]], key: str, docname: str, found: list[InboundLink]
    ) -> None:
        """Puts the references of a document to a key in the place of those before."""
        inbound = known.setdefault(key, [])
        start = bisect_left(inbound, docname, key=_docname_of)
        end = bisect_right(inbound, docname, key=_docname_of)
        inbound[start:end] = found
        if not inbound:
            del known[key]

    def _find(self) -> dict[str, list[InboundLink]]:
        found: dict[str, list[InboundLink]] = defaultdict(list)
        for docname in self.destinations:
            self._arrived[docname] = arrived = self._find_in(docname)
            for key, inbound in arrived.items():
                found[key] += inbound
        return dict(found)

    def _find_in(self, docname: str) -> dict[str, list[InboundLink]]:
        """Key -> the references to it in one document, from outside of that page."""
        found: dict[str, list[InboundLink]] = defaultdict(list)
        destinations = self.destinations.get(docname)
        if not destinations:
            return found
        facts = self._facts[docname]
        for reference, to in zip(facts.references, destinations, strict=True):
            if to is None or to.docname == docname or to.docname not in self._facts:
                continue
            if reference.page >= 0 and BACKLINKS in facts.pages[reference.page].excluded:
                continue
            name = self._name_at(to)
            key, via = name, ""
            if not is_object(name):
                resolved = self._names.resolve(name)
                key, via = resolved.key, resolved.via
                if reference.page >= 0 and key == key_of(facts.pages[reference.page].name):
                    continue
            link, anchor = _as_link(reference, name), reference_anchor(reference)
            found[key].append(InboundLink(docname, link, via, anchor))
        return dict(found)

    def _name_at(self, to: Destination) -> str:
        """Canonical name of the page that contains a destination, or an :func:`object_key`."""
        here = self._where.get(to.docname)
        if here is None:
            here = self._where[to.docname] = _targets(to.docname, self._facts[to.docname])
        return here.get(to.anchor, here[""])

    def to_pages(self) -> Iterable[tuple[str, list[InboundLink]]]:
        """Key of each page, written or not -> the references to it."""
        return ((key, found) for key, found in self.by_key.items() if not is_object(key))


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
