"""Reading a doctree changes nothing; numbering its links does, and the facts agree with it."""

from __future__ import annotations

import pytest
from docutils import nodes
from docutils.utils import new_document

from sphinxcontrib_tropes.markup import MarkupSettings
from sphinxcontrib_tropes.markup.nodes import trope_link
from sphinxcontrib_tropes.markup.page import page_section
from sphinxcontrib_tropes.names import DEFAULT_NAMESPACES, PageName
from sphinxcontrib_tropes.reading.collector import CollectorSettings, collect
from sphinxcontrib_tropes.reading.doctree_reader import DoctreeContents
from sphinxcontrib_tropes.reading.link_numbers import number_links
from sphinxcontrib_tropes.reading.slots import trope_listing
from sphinxcontrib_tropes.wiki import DocumentFacts, Listing

_PAGE = """\
FunnyAnimal[[note]]Or FunnyAnimal.[[/note]] and [[#exam-ples them]], FunnyAnimal and [[#nowhere there]].

!!Examples
* FunnyAnimal and OtherTrope
"""


def listing(kind: str, name: str = "") -> trope_listing:
    return trope_listing(kind=kind, name=name, namespace="", depth=1)


@pytest.fixture
def document() -> nodes.document:
    found = new_document("Page.trope")
    found += page_section(_PAGE, PageName("Main", "Page"), MarkupSettings(), print)
    return found


def facts_of(document: nodes.document, contents: DoctreeContents) -> DocumentFacts:
    return collect(document, "Page", contents, CollectorSettings(DEFAULT_NAMESPACES))


def test_reading_and_collecting_change_nothing(document: nodes.document) -> None:
    document.insert(0, listing("backlinks"))
    before = document.pformat()
    facts_of(document, DoctreeContents(document))
    assert document.pformat() == before


def test_links_have_the_numbers_of_the_facts(document: nodes.document) -> None:
    contents = DoctreeContents(document)
    number_links(contents)
    numbers = [(link["target"], link["nth"]) for link in document.findall(trope_link)]
    facts = facts_of(document, contents)
    assert sorted(numbers) == sorted((link.target, link.nth) for link in facts.links)
    assert len(numbers) == 5


def test_a_note_is_numbered_after_the_block_around_it(document: nodes.document) -> None:
    number_links(DoctreeContents(document))
    numbers = [link["nth"] for link in document.findall(trope_link)]
    assert numbers == [1, 3, 2, 4, 1]


def test_an_anchor_refers_to_the_id_that_the_document_has(document: nodes.document) -> None:
    contents = DoctreeContents(document)
    number_links(contents)
    ids = [node["refid"] for node in document.findall(nodes.reference) if "refid" in node]
    assert ids == ["examples", "nowhere"]
    assert [naming.section for naming in facts_of(document, contents).namings] == ["nowhere"]


def test_listings_are_numbered_without_those_about_no_page(document: nodes.document) -> None:
    document.insert(0, [listing("backlinks"), listing("index")])
    document.children[-1] += listing("graph")
    contents = DoctreeContents(document)
    number_links(contents)
    kinds = [(node["kind"], node["nth"]) for node in document.findall(trope_listing)]
    assert kinds == [("index", 0), ("graph", 1)]
    name = facts_of(document, contents).pages[0].name
    assert facts_of(document, contents).listings == (
        Listing("index", "", "", 1, 0),
        Listing("graph", name, "", 1, 0),
    )
