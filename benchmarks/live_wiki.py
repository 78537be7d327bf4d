"""What an edit of a live wiki costs: ``python -m benchmarks.live_wiki PAGES ...``.

An edit is replaced in the wiki, and the views of the edited page and of all pages that it links to
are made; beside it, the same with a new wiki.
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from statistics import median
from typing import TYPE_CHECKING

from sphinxcontrib_tropes.wiki import DocumentFacts, Link, PackedFacts, Page, Place
from sphinxcontrib_tropes.wiki import Wiki as LiveWiki
from sphinxcontrib_tropes.wiki.facts.packed import Names, pack_links
from sphinxcontrib_tropes.wiki.views.document import document_view

from .wiki import Block, Note, Piece, Spoiler, Wiki
from .wiki import Link as LinkPiece
from .wiki import Page as SourcePage

if TYPE_CHECKING:
    from collections.abc import Iterable

_EDITS = 30
_PLACES = {"quote": Place.QUOTE, "heading": Place.HEADING, "folder": Place.HEADING}
_PLACES |= {"item": Place.EXAMPLE, "deeper": Place.EXAMPLE, "index": Place.INDEX}


class _Facts:
    """The facts of pages, without reading any source."""

    def __init__(self) -> None:
        self._names = Names([])

    def of(self, page: SourcePage) -> PackedFacts:
        """The facts of a document that is this page."""
        links: list[Link] = []
        texts: list[str] = []
        self._nth: Counter[str] = Counter()
        for block in page.blocks:
            texts.append("")
            self._put(block, block.pieces, links, texts, in_spoiler=False)
        name = f"{page.name.namespace or 'Main'}/{page.name.wikiword}"
        title = page.name.title
        own = Page(name, title, "", 1, page.laconic, "", (), (), ())
        facts = DocumentFacts(title, (own,), tuple(links), tuple(texts), (), ())
        title, pages, _links, *rest = facts.pack()
        packed = pack_links(facts.links, facts.texts, self._names)
        return PackedFacts((title, pages, packed, *rest), self._names.names)

    def _put(
        self,
        block: Block,
        pieces: Iterable[Piece],
        links: list[Link],
        texts: list[str],
        *,
        in_spoiler: bool,
    ) -> None:
        for piece in pieces:
            if isinstance(piece, Spoiler | Note):
                self._put(block, piece.pieces, links, texts, in_spoiler=isinstance(piece, Spoiler))
                continue
            text = piece if isinstance(piece, str) else ""
            if isinstance(piece, LinkPiece):
                target = f"{piece.to.namespace or 'Main'}/{piece.to.wikiword}"
                text = piece.label or piece.to.title + piece.suffix
                self._nth[target] += 1
                at, number = len(texts[-1]), len(texts) - 1
                opens = not links or links[-1].block != number
                place = _PLACES.get(block.kind, Place.PROSE)
                links.append(
                    Link(
                        target, "", self._nth[target], 0, number, at, at + len(text), place,
                        in_spoiler, opens, number,
                    )
                )  # fmt: skip
            elif not isinstance(piece, str):
                text = piece.text
            texts[-1] += text


def _views(wiki: LiveWiki, docname: str) -> None:
    ends = [wiki.resolve(link.target).docname for link in wiki.documents[docname].links]
    for name in dict.fromkeys([docname, *filter(None, ends)]):
        document_view(wiki, name, panels=True, neighbourhoods=True)


def measure(size: int) -> None:
    """Prints what edits cost in a wiki of that many pages."""
    source, facts, choose = Wiki(size), _Facts(), random.Random(1)
    pages = {page.name.path: page for page in source}
    documents = {name: facts.of(page) for name, page in pages.items()}
    wiki = LiveWiki(documents)
    for name in documents:
        document_view(wiki, name, panels=True, neighbourhoods=True)
    for kind in ("words", "link"):
        replacing, viewing = [], []
        for name in choose.sample(sorted(pages), _EDITS):
            more: tuple[Piece, ...] = (" More words.",)
            if kind == "link":
                to, _is_wanted = source.target(choose)
                more = (" See ", LinkPiece(to, "", "", False, False), ".")
            blocks = pages[name].blocks
            blocks = (*blocks[:-1], blocks[-1]._replace(pieces=(*blocks[-1].pieces, *more)))
            documents[name] = facts.of(pages[name]._replace(blocks=blocks))
            start = time.process_time()
            wiki.replace(name, documents[name])
            replaced = time.process_time()
            _views(wiki, name)
            replacing.append(replaced - start)
            viewing.append(time.process_time() - replaced)
        start = time.process_time()
        _views(LiveWiki(documents), name)
        fresh = time.process_time() - start
        print(
            f"{size} pages, {kind}: replaced in {1000 * median(replacing):.1f} ms "
            f"(at most {1000 * max(replacing):.1f}), views {1000 * median(viewing):.1f} ms; "
            f"a new wiki with these views {1000 * fresh:.0f} ms",
            flush=True,
        )


if __name__ == "__main__":
    for argument in sys.argv[1:] or ["1000"]:
        measure(int(argument))
