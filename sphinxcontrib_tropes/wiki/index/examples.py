"""Examples: which works a trope's page has, and which tropes a work's page has."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from ...names import MAIN, key_of
from ..facts.document import Flag, Place, begins_item
from .records import Example
from .tables import Part, kept_with, lasting, patched

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ..facts.document import DocumentFacts
    from ..facts.packed import PackedFacts
    from .backlinks import Backlinks
    from .edits import Edit
    from .links import InboundLinks
    from .names import PageNames
    from .records import WikiPage

__all__ = ["Examples"]


class Examples(Part):
    """The examples of all pages. An example is a list item that begins with a link: to a work on a
    trope's page, to a trope on a work's page.
    """

    def __init__(
        self,
        facts: Mapping[str, DocumentFacts | PackedFacts],
        names: PageNames,
        links: InboundLinks,
        backlinks: Backlinks,
    ) -> None:
        self._facts = facts
        self._names = names
        self._links = links
        self._backlinks = backlinks

    @patched
    def by_page(self) -> dict[str, dict[str, None]]:
        """Key of a page -> keys of the pages that it has examples of."""
        found: dict[str, dict[str, None]] = defaultdict(dict)
        for docname in self._links.documents_with(Flag.BEGINS_ITEM):
            examples = self._links.examples(docname)
            for page, key in self._in_document(self._facts[docname], examples):
                found[page][key] = None
        return dict(found)

    def _in_document(
        self, facts: DocumentFacts | PackedFacts, examples: Iterable[tuple[int, str]]
    ) -> Iterator[tuple[str, str]]:
        """The keys of the two pages of each example."""
        pages = self._names.pages
        for number, key in examples:
            page, other = pages[key_of(facts.pages[number].name)], pages.get(key)
            if other is not None and _is_example(page, other):
                yield page.key, key

    @by_page.rule
    def _replace(self, by_page: dict[str, dict[str, None]], edit: Edit) -> bool:
        for _docname, *both in edit.changes:
            was, is_ = (
                list(dict.fromkeys(self._in_document(outbound.facts, outbound.examples())))
                for outbound in both
            )
            if was == is_:
                continue
            edit.changed.add(Examples.by_page)
            pages = dict.fromkeys(page for page, _ in was)
            if self._has_duplicates or pages != dict.fromkeys(page for page, _ in is_):
                return False  # the order of pages is that of documents
            for page in pages:
                by_page[page] = {key: None for source, key in is_ if source == page}
        return True

    @kept_with(by_page)
    def one_sided(self) -> Mapping[str, Sequence[str]]:
        """Key of a page -> keys of pages that have an example of it, but it has none of them. Pages
        excluded from backlinks don't count.
        """
        found: dict[str, list[str]] = defaultdict(list)
        for source, others in self.by_page.items():
            for key in others if self._names.pages[source].facts.counts else ():
                if source not in self.by_page.get(key, ()):
                    found[key].append(source)
        return dict(found)

    def reverse(self, key: str) -> tuple[Example, ...]:
        """The examples of a page that only the other pages have, by title."""
        page = self._names.pages.get(key)
        if page is None:
            return ()
        found: dict[str, Example] = {}
        own = self._of(page)
        for inbound in self._links[key]:
            link = inbound.link
            if link.page < 0 or link.place != Place.EXAMPLE:
                continue
            facts = self._facts[inbound.docname]
            source = self._names.pages[key_of(facts.pages[link.page].name)]
            if (
                source.key not in found
                and source.key not in own
                and _is_example(source, page)
                and begins_item(link, facts.texts)
            ):
                backlink = self._backlinks.backlink(inbound.docname, link.page, [inbound])
                found[source.key] = Example(source.key, backlink)
        return tuple(sorted(found.values(), key=lambda e: (e.backlink.title.casefold(), e.key)))

    def _of(self, page: WikiPage) -> Mapping[str, None]:
        """:attr:`by_page` for one page. Until all are known, only its own document is searched: a
        build after an edit needs few pages.
        """
        if "by_page" in vars(self) or self._has_duplicates:
            return self.by_page.get(page.key, {})
        pages = self._facts[page.docname].pages
        examples = self._links.examples(page.docname)
        keys = (key for number, key in examples if key_of(pages[number].name) == page.key)
        others = (self._names.pages[key] for key in keys if key in self._names.pages)
        return {other.key: None for other in others if _is_example(page, other)}

    @lasting
    def _has_duplicates(self) -> bool:
        return any(problem.kind == "duplicate" for problem in self._names.problems)


def _is_example(page: WikiPage, other: WikiPage) -> bool:
    if page.key == other.key or page.facts.redirect:
        return False
    if page.namespace == MAIN:
        return other.is_work
    return page.is_work and other.namespace == MAIN
