"""Links to a section, shown at that section."""

from __future__ import annotations

import re
from itertools import pairwise

from ..conftest import Site, having_class, text_of

PAGES: dict[str, str | bytes | None] = {
    "Éclair 2.trope": (
        "Lead.\n\n!!O’Neil & <b>\nWords.\n\n!!Other\nWords with [[#mid]] in it. More.\n\n"
        "[[folder:Films]]\n* One.\n[[/folder]]\n"
    ),
    "Ape.trope": "Of [[Éclair2#ONeilB its part]] and of {{Éclair 2}} & [[Éclair2#mid it]].\n",
    "Bee.trope": "Twice of [[Éclair2#o-neil-b it]], [[spoiler:[[Éclair2#ONeilB hidden]]]]!\n",
    "Cat.trope": "[[Éclair2#Films Films]] & [[Éclair2#none nothing]].\n",
    "Dog.trope": "(:redirect Éclair2#Other:)\n",
    "Eel.trope": "By {{Dog}} only.\n",
}


def folds(site: Site) -> dict[str, str]:
    """Text before each fold of links to a section -> its text."""
    page = site.page("Éclair 2")
    found = {}
    for around in page.iter():
        children = list(around)
        for before, fold in pairwise(children):
            if "trope-referenced" in fold.get("class", "").split():
                found[text_of(before).removesuffix("¶")] = text_of(fold)
    return found


def test_links_to_a_section_are_shown_below_its_heading(site: Site) -> None:
    site.write(PAGES).build()
    assert folds(site) == {
        "O’Neil & <b>": (
            "Referenced by 2 Ape Of its part and of Éclair 2 & it. Bee Twice of it, spoiler!"
        ),
        "Words with in it. More.": "Referenced by 1 Ape Of its part and of Éclair 2 & it.",
        "Other": "Referenced by 1 Eel By Dog only. via Dog",
        "Films": "Referenced by 1 Cat Films & nothing.",
    }


def test_only_a_link_to_the_section_is_marked_there(site: Site) -> None:
    site.write(PAGES).build()
    first = having_class(site.page("Éclair 2"), "trope-referenced")[0]
    assert [text_of(mark) for mark in having_class(first, "trope-mark")][:1] == ["its part"]


def test_a_section_follows_the_links_to_it(site: Site) -> None:
    site.write(PAGES).build()
    site.write({"Cat.trope": "[[Éclair2#Other Films]] & [[Éclair2#none nothing]].\n"}).build()
    assert folds(site)["Other"].startswith("Referenced by 2 Cat")
    assert "Films" not in folds(site)


def test_without_panels_sections_have_none(site: Site) -> None:
    site.write(PAGES).build(tropes_backlinks_panel=False)
    assert not folds(site)


def test_paper_and_books_have_none(site: Site) -> None:
    site.write(PAGES)
    for builder in ("latex", "epub", "text", "singlehtml"):
        out = site.build(builder)
        for path in out.rglob("*"):
            if path.suffix in (".tex", ".xhtml", ".txt"):
                assert not re.search(rb"Referenced by \d", path.read_bytes()), path
