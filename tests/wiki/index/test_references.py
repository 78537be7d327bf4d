"""References of other kinds than links: to pages, documents and objects."""

from __future__ import annotations

from sphinxcontrib_tropes.wiki import (
    Destination,
    DocumentFacts,
    PackedFacts,
    Place,
    Reference,
    Wiki,
)
from sphinxcontrib_tropes.wiki.facts.document import (
    is_reference_anchor,
    link_anchor,
    reference_anchor,
)
from sphinxcontrib_tropes.wiki.index.references import ShownTexts, object_key
from sphinxcontrib_tropes.wiki.views.document import document_view

from ..documents import document, page


def reference(
    target: str, text: str, words: str = "", *, nth: int = 1, block: int = 0
) -> Reference:
    words = words or target
    start = text.index(words)
    return Reference(
        "std", "ref", target, (("refexplicit", False),), nth, -1, block, start, start + len(words),
        Place.PROSE, False, 1,
    )  # fmt: skip


def referring(*texts: str, to: str = "label", title: str = "Guide") -> DocumentFacts:
    references = tuple(reference(to, text, nth=at + 1, block=at) for at, text in enumerate(texts))
    return document(title=title)._replace(texts=texts, references=references)


def led(docname: str, anchor: str = "", words: str = "") -> Destination:
    return Destination(docname, anchor, words, "")


def wiki_of(to: Destination | None, **documents: DocumentFacts) -> Wiki:
    """A wiki in which every reference leads to the same place."""
    places = {
        name: (to,) * len(facts.references) for name, facts in documents.items() if facts.references
    }
    return Wiki(documents, destinations=lambda: places)


def sentences(wiki: Wiki, key: str) -> list[str]:
    return [str(m.excerpt) for backlink in wiki.backlinks(key) for m in backlink.mentions]


API = document(title="Api")._replace(objects=(("cat", "old-cat"), ("dog",)))


def test_a_reference_to_an_object_is_the_object_s() -> None:
    wiki = wiki_of(led("api", "cat"), api=API, guide=referring("See label now."))
    assert sentences(wiki, object_key("api", "cat")) == ["See label now."]
    assert wiki.backlinks(object_key("api", "dog")) == ()
    assert wiki.backlinks(object_key("api")) == ()


def test_each_id_of_an_object_leads_to_it() -> None:
    wiki = wiki_of(led("api", "old-cat"), api=API, guide=referring("See label now."))
    assert sentences(wiki, object_key("api", "cat")) == ["See label now."]


def test_any_other_place_in_a_document_is_the_document_s() -> None:
    for anchor in ("", "some-section"):
        wiki = wiki_of(led("api", anchor), api=API, guide=referring("See label now."))
        assert sentences(wiki, object_key("api")) == ["See label now."]


def test_a_reference_to_a_page_is_a_backlink_of_the_page() -> None:
    joke = document("Joke", "Text.")
    wiki = wiki_of(led("joke"), joke=joke, guide=referring("See label now."))
    assert sentences(wiki, "main/joke") == ["See label now."]
    assert wiki.is_referenced("main/joke")
    assert wiki.wanted == ()


def test_a_reference_to_a_section_of_a_page_is_one_of_the_page() -> None:
    inner = page("Joke", anchor="trope-joke", sections=(("part", "the-part"),))
    both = document(title="Both", pages=(inner,))
    for anchor in ("trope-joke", "the-part"):
        wiki = wiki_of(led("both", anchor), both=both, guide=referring("See label now."))
        assert sentences(wiki, "main/joke") == ["See label now."]
    wiki = wiki_of(led("both", "else"), both=both, guide=referring("See label now."))
    assert sentences(wiki, "main/joke") == []


def test_a_reference_to_a_redirect_counts_for_its_target() -> None:
    old = document(page("OldJoke", redirect="Joke"))
    wiki = wiki_of(led("old"), old=old, joke=document("Joke"), guide=referring("See label now."))
    (backlink,) = wiki.backlinks("main/joke")
    assert [mention.via for mention in backlink.mentions] == ["Main/OldJoke"]


def test_a_reference_within_its_document_does_not_count() -> None:
    guide = referring("See label now.")
    assert wiki_of(led("guide"), guide=guide).backlinks(object_key("guide")) == ()


def test_a_reference_without_a_destination_does_not_count() -> None:
    wiki = wiki_of(None, api=API, guide=referring("See label now."))
    assert wiki.backlinks(object_key("api")) == ()


def test_links_and_references_come_in_the_order_of_their_document() -> None:
    linking = document("", "To [Joke|jokes] first.", "x", "To [Joke|jokes] last.")
    texts = linking.texts[0], "Then label.", linking.texts[2]
    guide = linking._replace(texts=texts, references=(reference("label", texts[1], block=1),))
    wiki = wiki_of(led("joke"), joke=document("Joke"), guide=guide)
    assert sentences(wiki, "main/joke") == ["To jokes first.", "Then label.", "To jokes last."]


def test_a_sentence_shows_titles_in_the_place_of_labels() -> None:
    wiki = wiki_of(led("api", "", "The Title"), api=API, guide=referring("Here label is."))
    assert sentences(wiki, object_key("api")) == ["Here The Title is."]


def test_every_label_of_a_text_is_replaced_and_places_move_along() -> None:
    text = "A one and a two, three."
    found = tuple(reference(word, text, nth=1) for word in ("one", "two", "three"))
    facts = document()._replace(texts=(text,), references=found)
    shown = ShownTexts(facts, (led("a", "", "Number one"), led("b", "", "II"), None))
    for reference_, words in zip(found, ("Number one", "II", "three"), strict=True):
        new, start, end = shown(0, reference_.start, reference_.end)
        assert new == "A Number one and a II, three."
        assert new[start:end] == words


def test_a_reference_without_words_shows_its_title_or_its_target() -> None:
    facts = document()._replace(
        texts=("See .",), references=(reference("label", "See .", "S")._replace(start=4, end=4),)
    )
    assert ShownTexts(facts, (led("a", "", "Title"),))(0, 4, 4) == ("See Title.", 4, 9)
    assert ShownTexts(facts, (led("a"),))(0, 4, 4) == ("See label.", 4, 9)


def test_what_a_spoiler_hides_stays_hidden() -> None:
    hidden = reference("label", "See \ufdd2.", "\ufdd2")._replace(in_spoiler=True)
    guide = document(title="Guide")._replace(texts=("See \ufdd2.",), references=(hidden,))
    wiki = wiki_of(led("api", "", "The secret"), api=API, guide=guide)
    assert sentences(wiki, object_key("api")) == ["See [spoiler]."]


def test_the_view_of_a_document_has_panels_for_it_and_for_its_objects() -> None:
    wiki = wiki_of(led("api", "cat"), api=API, guide=referring("See label now."))
    ((anchor, panel),) = document_view(wiki, "api", panels=True).objects
    assert (anchor, panel.total) == ("cat", 1)
    assert document_view(wiki, "api", panels=False).objects == ()


def test_the_view_of_a_document_has_the_destinations_of_its_references() -> None:
    guide = referring("See label now.", "And label.")
    view = document_view(wiki_of(led("api", "cat"), api=API, guide=guide), "guide", panels=True)
    assert view.references == (
        ("link--std-ref-label", led("api", "cat")),
        ("link--std-ref-label--2", led("api", "cat")),
    )


def test_a_hub_shows_how_many_more_there_are() -> None:
    many = {f"d{n}": referring("See label now.") for n in range(60)}
    view = document_view(wiki_of(led("api"), api=API, **many), "api", panels=True)
    ((_anchor, panel),) = view.objects
    assert (panel.total, sum(len(group.backlinks) for group in panel.groups)) == (60, 50)


def test_no_id_of_a_reference_is_one_of_a_link() -> None:
    anchors = {reference_anchor(reference("cat", "cat", nth=nth)) for nth in (1, 2)}
    anchors.add(reference_anchor(reference("cat 2", "cat 2")))
    assert len(anchors) == 3
    assert all(map(is_reference_anchor, anchors))
    assert not is_reference_anchor(link_anchor("std-ref/cat", 2))


def test_packed_facts_are_the_same() -> None:
    facts = referring("See label now.")._replace(objects=(("cat",),))
    packed = PackedFacts(facts.pack())
    assert packed.references == facts.references
    assert packed.objects == facts.objects
