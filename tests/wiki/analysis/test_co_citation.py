"""Related pages: those that a sentence names together with a page."""

from __future__ import annotations

from sphinxcontrib_tropes.wiki import Place, Related, Wiki

from ..documents import document, page, wiki

PAGES = tuple(document(name) for name in ("A", "B", "C", "D"))


def related(found: Wiki, name: str = "A") -> list[str]:
    return [r.key.removeprefix("main/").upper() for r in found.related(f"main/{name.lower()}")]


def first(found: Wiki) -> Related:
    return found.related("main/a")[0]


def test_pages_named_in_one_sentence_are_related() -> None:
    assert related(wiki(*PAGES, document("X", "[A] and [B] are things. [C] is another."))) == ["B"]


def test_the_reason_is_the_sentence_that_names_both_with_the_words_of_the_link_marked() -> None:
    found = first(wiki(*PAGES, document("X", "First. Where [A|an a] meets\n[B|some b], all ends.")))
    assert tuple(found.excerpt) == ("Where an a meets ", "some b", ", all ends.")
    assert (found.docname, found.anchor) == ("X", "link-main-b")


def test_a_long_sentence_is_cut_between_the_two() -> None:
    text = f"Here [A|an a] {'goes on and ' * 60}on to [B|some b], and {'more ' * 60}."
    found = first(wiki(*PAGES, document("X", text)))
    assert "an a" in found.excerpt.before
    assert found.excerpt.words == "some b"
    assert len("".join(found.excerpt)) < 300


def test_more_sentences_make_a_page_more_related() -> None:
    texts = "[A] or [B].", "[A] and [C].", "[A] with [C]."
    assert related(wiki(*PAGES, document("X", *texts))) == ["C", "B"]


def test_a_sentence_that_names_many_says_less_of_each_pair() -> None:
    texts = "[A], [C], [D].", "[A] and [B]."
    assert related(wiki(*PAGES, document("X", *texts)))[0] == "B"


def test_a_document_that_links_much_says_less() -> None:
    much = " ".join(f"[Ghost {n}]." for n in range(200))
    found = wiki(*PAGES, document("X", "[A], [B]. " + much), document("Y", "[A], [C]."))
    assert related(found) == ["C", "B"]


def test_lists_of_an_index_and_hidden_sentences_relate_nothing() -> None:
    listed = document("X", (Place.INDEX, "[A] [B]"))
    hidden = document("Y", "[A] [C]", hidden=True)
    assert related(wiki(*PAGES, listed, hidden)) == []


def test_a_hub_relates_nothing() -> None:
    hub = document("X", *(f"[A], [B] and [Ghost {n}]." for n in range(200)))
    assert related(wiki(*PAGES, hub)) == []


def test_a_page_is_not_related_to_itself_nor_to_unwritten_pages() -> None:
    alias = document(page("A", aliases=("Ay",)))
    assert related(wiki(alias, document("X", "[A] is [Ay], not [Ghost]."))) == []


def test_the_order_of_documents_changes_nothing() -> None:
    facts = {"x": document("X", "[A], [B], [C]. [A], [D]."), "y": document("Y", "[D], [B], [A].")}
    facts |= dict(zip("abcd", PAGES, strict=True))
    forth, back = Wiki(facts), Wiki(dict(reversed(facts.items())))
    assert forth.related("main/a") == back.related("main/a")


def test_two_that_one_page_names_alone_in_a_sentence_score_a_thousand() -> None:
    assert first(wiki(*PAGES, document("X", "[A] and [B]."))).score == 1000
