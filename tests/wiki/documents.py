"""Small wikis in a few lines: the facts of documents, from text with links in brackets."""

from __future__ import annotations

import re
from collections import Counter

from sphinxcontrib_tropes.names import Namespaces, PageName, key_of
from sphinxcontrib_tropes.wiki import DocumentFacts, Link, Listing, Page, Place, Wiki
from sphinxcontrib_tropes.wiki.text.played_cues import played_in

LINK = re.compile(r"\[(?P<target>[^\]|#]+)(?:#(?P<section>[^\]|]+))?(?:\|(?P<words>[^\]]+))?\]")
SPELLINGS = Namespaces()


def canonical(spelling: str) -> str:
    name = SPELLINGS.page_name(spelling)
    assert name is not None
    return str(name)


def page(
    name: str,
    *,
    title: str = "",
    anchor: str = "",
    laconic: str = "",
    redirect: str = "",
    aliases: tuple[str, ...] = (),
    indexes: tuple[str, ...] = (),
    sections: tuple[tuple[str, str], ...] = (),
    excluded: tuple[str, ...] = (),
    line: int = 1,
) -> Page:
    name = canonical(name)
    return Page(
        name=name,
        title=title or PageName(*name.split("/")).title,
        anchor=anchor,
        line=line,
        laconic=laconic,
        redirect=canonical(redirect) if redirect else "",
        aliases=tuple(map(canonical, aliases)),
        indexes=tuple(map(canonical, indexes)),
        sections=sections,
        excluded=excluded,
    )


def document(
    first: Page | str = "",
    *texts: str | tuple[str, str],
    title: str = "",
    pages: tuple[Page, ...] = (),
    listings: tuple[Listing, ...] = (),
    mentions: tuple[str, ...] = (),
    hidden: bool = False,
) -> DocumentFacts:
    """A document: a page (or "" for none) and its blocks of text, each "A [Target|words] text" or
    a pair of its place and that. Examples are read for how they play a trope.
    """
    if isinstance(first, str) and first:
        first = page(first)
    pages = ((first,) if isinstance(first, Page) else ()) + pages
    found: list[Link] = []
    plain: list[str] = []
    nth: Counter[str] = Counter()
    for block, marked in enumerate(texts):
        place, text = (Place.PROSE, marked) if isinstance(marked, str) else marked
        shown = ""
        position = 0
        for number, match in enumerate(LINK.finditer(text)):
            shown += text[position : match.start()]
            position = match.end()
            target = canonical(match["target"])
            nth[key_of(target)] += 1
            words = match["words"] or match["target"]
            found.append(
                Link(
                    target=target,
                    section=match["section"] or "",
                    nth=nth[key_of(target)],
                    page=0 if pages else -1,
                    block=block,
                    start=len(shown),
                    end=len(shown) + len(words),
                    place=place,
                    in_spoiler=hidden,
                    opens_item=number == 0,
                    line=block + 1,
                )
            )
            shown += words
        plain.append(shown + text[position:])
        if place == Place.EXAMPLE and pages and not hidden:
            of_block = [at for at, link in enumerate(found) if link.block == block]
            words_at = [(found[at].start, found[at].end) for at in of_block]
            for at, played in zip(of_block, played_in(plain[-1], words_at), strict=True):
                found[at] = found[at]._replace(played=played)
    return DocumentFacts(
        title=title or (pages[0].title if pages else "A document"),
        pages=pages,
        links=tuple(found),
        texts=tuple(plain),
        listings=listings,
        mentions=mentions,
    )


def wiki(*named: DocumentFacts, **documents: DocumentFacts) -> Wiki:
    """A wiki: each document by its name, or named after its first page."""
    facts = {found.pages[0].name.removeprefix("Main/"): found for found in named}
    return Wiki(facts | documents)
