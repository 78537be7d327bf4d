"""Titles that stand in other pages' text without a link."""

from __future__ import annotations

import tracemalloc

import pytest

from sphinxcontrib_tropes.names import Namespaces
from sphinxcontrib_tropes.wiki import COVER, DocumentFacts, Passage, Wiki
from sphinxcontrib_tropes.wiki.text.unlinked_mentions import NOTHING_REFUSED, Refused, refused_in
from sphinxcontrib_tropes.wiki.views.audit import audit
from sphinxcontrib_tropes.wiki.views.document import document_view
from sphinxcontrib_tropes.wiki.views.site_pages import backlinks_view

from ..documents import document, page

pytest.importorskip("ahocorasick")

HERRING = document(page("RedHerring", aliases=("False Clue",)))
USED = document("Uses", "A [RedHerring|red herring], a [FalseClue|false clue].")


def with_passages(facts: DocumentFacts) -> DocumentFacts:
    page_of = 0 if facts.pages else -1
    passages = tuple(Passage(n, page_of, "", n + 1) for n in range(len(facts.texts)))
    return facts._replace(passages=passages)


def wiki(*documents: DocumentFacts, refused: Refused = NOTHING_REFUSED) -> Wiki:
    named = {facts.pages[0].name.removeprefix("Main/"): facts for facts in documents}
    return Wiki({name: with_passages(facts) for name, facts in named.items()}, refused=refused)


def mentioned(found: Wiki, key: str = "main/redherring") -> list[tuple[str, str]]:
    return [(source.title, str(source.mentions[0].excerpt.words)) for source in found.unlinked(key)]


def test_a_title_without_a_link_is_found_in_its_sentence() -> None:
    found = wiki(HERRING, USED, document("X", "One. The Red Herring swims. Two."))
    (source,) = found.unlinked("main/redherring")
    assert tuple(source.mentions[0].excerpt) == ("The ", "Red Herring", " swims.")


def test_an_alias_counts_as_a_title() -> None:
    assert mentioned(wiki(HERRING, USED, document("X", "A false clue."))) == [("X", "false clue")]


def test_each_page_is_told_once_for_each_page_it_names() -> None:
    twice = document("X", "A red herring. Another red herring.", "A false clue.")
    assert len(mentioned(wiki(HERRING, USED, twice))) == 1


def test_a_page_that_links_already_is_not_told() -> None:
    linking = document("X", "A red herring.", "See [RedHerring].")
    assert mentioned(wiki(HERRING, USED, linking)) == []


def test_a_page_does_not_mention_itself() -> None:
    own = document(page("RedHerring"), "The red herring is a fish.")
    assert mentioned(wiki(own, document("Uses", "[RedHerring|red herring]"))) == []


def test_a_phrase_that_nobody_links_by_is_none() -> None:
    assert mentioned(wiki(HERRING, document("X", "A red herring."))) == []


def test_a_phrase_that_leads_to_two_pages_is_none() -> None:
    other = document("Uses Otherwise", "A [MayFly|red herring].")
    found = wiki(HERRING, USED, other, document("MayFly"), document("X", "A red herring."))
    assert mentioned(found) == []


def test_a_link_with_a_plural_counts_as_use_of_the_phrase() -> None:
    plural = document("Uses", "[RedHerring|red herrings]")
    assert mentioned(wiki(HERRING, plural, document("X", "A red herring."))) == [
        ("X", "red herring")
    ]


def test_part_of_a_word_is_no_mention() -> None:
    assert mentioned(wiki(HERRING, USED, document("X", "Bored herrings, a red herringbone."))) == []


def test_of_two_that_overlap_the_longer_counts() -> None:
    found = wiki(
        HERRING,
        USED,
        document("RedHerringBone"),
        document("Uses Too", "[RedHerringBone|red herring bone]"),
        document("X", "A red herring bone."),
    )
    assert mentioned(found) == []
    assert mentioned(found, "main/redherringbone") == [("X", "red herring bone")]


def test_beside_a_link_the_shorter_of_two_titles_is_a_mention() -> None:
    found = wiki(
        HERRING,
        USED,
        document("RedHerringBone"),
        document("Uses Too", "[RedHerringBone|red herring bone]"),
        document("MayFly"),
        document("X", "A red herring [MayFly|bone]."),
    )
    assert mentioned(found) == [("X", "red herring")]


def test_titles_that_begin_with_one_another_take_little_memory() -> None:
    titles = ["aa" + " aa" * (number + 1) for number in range(80)]
    named = [document(page(f"Aa{n}", title=title)) for n, title in enumerate(titles)]
    uses = document("Uses", *(f"[Aa{n}|{title}]" for n, title in enumerate(titles)))
    found = wiki(*named, uses, document("X", "aa " * 2_000))
    tracemalloc.start()
    try:
        mentions = [mentioned(found, f"main/aa{number}") for number in range(80)]
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    # the longest that is no longer than a title may be, and what is left at the end
    assert [len(of[0][1]) for of in mentions if of] == [59, 98]
    assert peak < 2**23


@pytest.mark.parametrize("letters", [100, 101])
def test_a_title_of_more_than_100_letters_is_no_mention(letters: int) -> None:
    title = "Xy " * 33 + "z" * (letters - 99)
    found = wiki(
        document(page("Long", title=title)),
        document("Uses", f"[Long|{title}]"),
        document("X", title),
    )
    assert len(mentioned(found, "main/long")) == (letters == 100)


def test_a_word_of_the_language_is_no_mention() -> None:
    mask = document("Masquerade"), document("Uses", "[Masquerade]")
    capital = document("X", "The Masquerade must hold.")
    assert mentioned(wiki(*mask, capital), "main/masquerade") == [("X", "Masquerade")]
    small = document("Y", "They went to a masquerade.")
    assert mentioned(wiki(*mask, capital, small), "main/masquerade") == []


def test_words_of_a_link_are_not_looked_at() -> None:
    other = document("X", "See the [MayFly|red herring page].")
    assert mentioned(wiki(HERRING, USED, document("MayFly"), other)) == []


def test_what_a_spoiler_hides_is_not_there_and_joins_nothing() -> None:
    assert mentioned(wiki(HERRING, USED, document("X", f"A red {COVER} herring."))) == []
    assert mentioned(wiki(HERRING, USED, document("X", f"{COVER}red herring"))) != []


def test_in_scripts_without_blanks_words_need_no_edge() -> None:
    title = page("Ryu", title="竜宮")
    found = wiki(document(title), document("Uses", "[Ryu|竜宮]"), document("X", "彼は竜宮へ行く。"))
    assert mentioned(found, "main/ryu") == [("X", "竜宮")]


def test_letters_that_grow_when_folded_do_not_move_the_place() -> None:
    found = wiki(HERRING, USED, document("X", "İİİ and a red herring."))
    assert mentioned(found) == [("X", "red herring")]


def test_a_refused_phrase_and_a_refused_pair_are_not_told() -> None:
    text = "# no clues\nfalse clue\nX -> RedHerring # never there\n"
    refused = refused_in(text, Namespaces())
    x, y = document("X", "A red herring."), document("Y", "A false clue.")
    z = document("Z", "A red herring.")
    assert mentioned(wiki(HERRING, USED, x, y, z, refused=refused)) == [("Z", "red herring")]


def test_a_page_that_is_only_mentioned_has_a_page_of_backlinks_and_a_line_in_its_panel() -> None:
    found = wiki(HERRING, USED, document("X", "A red herring."))
    view = backlinks_view(found, "main/redherring", 1)
    assert [b.title for group in view.unlinked for b in group.backlinks] == ["X"]
    panel = document_view(found, "RedHerring", panels=True).frames[0].panel
    assert panel is not None
    assert panel.unlinked == 1


def test_health_tells_of_a_mention_where_it_stands() -> None:
    found = wiki(HERRING, USED, document("X", "Nothing.", "A red herring."))
    told = [f for f in audit(found) if f.kind == "unlinked"]
    assert [(f.name, f.other, f.docname, f.line) for f in told] == [
        ("Main/X", "Main/RedHerring", "X", 2)
    ]
