"""Links as nodes: slim, and as good as any other."""

from __future__ import annotations

import pickle

import sphinx.util.nodes  # noqa: F401  # copies nodes in a way of its own

from sphinxcontrib_tropes.markup import MarkupSettings, page_section
from sphinxcontrib_tropes.markup.nodes import trope_link
from sphinxcontrib_tropes.names import MAIN, PageName


def links_of(text: str) -> list[trope_link]:
    section = page_section(
        text, PageName(MAIN, "Page"), MarkupSettings(), lambda line, sentence: None
    )
    return list(section.findall(trope_link))


LINKS = "WikiWord Film/{{Alien}}s [[Page#part a ''label'']] {{Two Words}} [[Page label]]"


def shape(link: trope_link) -> tuple[object, ...]:
    return link.pformat(), link.rawsource, link.line, {**link.attributes, "classes": []}


def test_a_link_is_the_same_after_it_was_pickled() -> None:
    links = links_of(LINKS)
    links[0]["nth"] = 2
    section = pickle.loads(pickle.dumps(links[0].parent))
    found = list(section.findall(trope_link))
    assert [shape(link) for link in found] == [shape(link) for link in links]
    assert all(child.parent is link for link in found for child in link.children)
    assert all(link.parent is section for link in found)


def test_a_link_has_the_lists_that_all_nodes_have_however_it_was_copied() -> None:
    for link in links_of(LINKS):
        for copied in (link, link.copy(), link.deepcopy(), pickle.loads(pickle.dumps(link))):
            assert copied["classes"] == copied["ids"] == []


def test_a_wikiword_ends_where_thai_begins_and_begins_behind_it() -> None:
    (link,) = links_of("ดูLongChaseแล้ว")
    assert link["target"] == "Main/LongChase"
