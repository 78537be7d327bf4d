"""The wiki: all facts together; what a name leads to, who links where, what is wanted."""

from __future__ import annotations

import pickle
from itertools import permutations

import pytest

from sphinxcontrib_tropes.names import Namespaces
from sphinxcontrib_tropes.wiki import DocumentFacts, External, Place, Wiki
from sphinxcontrib_tropes.wiki.facts.packed import PackedFacts

from .documents import document, page, wiki

# -- what a name leads to


@pytest.mark.parametrize("name", ["Main/RedHerring", "Main/REDHERRING", "Main/redherring"])
def test_a_name_in_any_case_leads_to_its_page(name: str) -> None:
    assert wiki(document("RedHerring")).resolve(name).docname == "RedHerring"


def test_what_leads_to_a_page_tells_its_title() -> None:
    found = wiki(document(page("RedHerring", title="Red, Red"))).resolve("Main/RedHerring")
    assert (found.kind, found.title) == ("page", "Red, Red")


def test_a_page_inside_a_document_is_told_by_its_anchor() -> None:
    found = wiki(guide=document(page("RedHerring", anchor="here"))).resolve("Main/RedHerring")
    assert (found.docname, found.anchor) == ("guide", "here")


def test_a_name_that_nobody_wrote_is_wanted() -> None:
    assert wiki(document("RedHerring")).resolve("Main/MacGuffin").kind == "wanted"


def test_an_alias_leads_to_the_page_that_has_it() -> None:
    found = wiki(document(page("RedHerring", aliases=("FalseClue",)))).resolve("Main/FalseClue")
    assert (found.name, found.via) == ("Main/RedHerring", "Main/FalseClue")


def test_a_name_of_its_own_is_no_alias() -> None:
    found = wiki(document(page("RedHerring", aliases=("FalseClue",)))).resolve("Main/RedHerring")
    assert found.via == ""


def test_a_redirect_leads_to_its_end() -> None:
    found = wiki(document("RedHerring"), document(page("FalseClue", redirect="RedHerring")))
    assert found.resolve("Main/FalseClue").name == "Main/RedHerring"


def test_a_chain_of_redirects_leads_to_its_end() -> None:
    found = wiki(
        document("RedHerring"),
        document(page("FalseClue", redirect="FalseLead")),
        document(page("FalseLead", redirect="RedHerring")),
    )
    assert found.resolve("Main/FalseClue").name == "Main/RedHerring"


def test_a_redirect_to_an_alias_leads_to_the_page_of_the_alias() -> None:
    found = wiki(
        document(page("RedHerring", aliases=("FalseClue",))),
        document(page("FalseLead", redirect="FalseClue")),
    )
    assert found.resolve("Main/FalseLead").name == "Main/RedHerring"


def test_an_alias_of_a_redirect_leads_to_the_end_of_the_redirect() -> None:
    found = wiki(
        document("RedHerring"),
        document(page("FalseClue", redirect="RedHerring", aliases=("FalseLead",))),
    )
    assert found.resolve("Main/FalseLead").name == "Main/RedHerring"


def test_a_redirect_to_nothing_wants_what_it_names() -> None:
    found = wiki(document(page("FalseClue", redirect="RedHerring"))).resolve("Main/FalseClue")
    assert (found.kind, found.name) == ("wanted", "Main/RedHerring")


def test_redirects_in_a_circle_lead_to_themselves() -> None:
    found = wiki(document(page("One", redirect="Other")), document(page("Other", redirect="One")))
    assert found.resolve("Main/One").name == "Main/One"
    assert found.resolve("Main/Other").name == "Main/Other"


def test_a_page_that_redirects_to_itself_leads_to_itself() -> None:
    assert wiki(document(page("One", redirect="One"))).resolve("Main/One").name == "Main/One"


def test_a_redirect_into_a_circle_leads_to_a_page_that_is_written() -> None:
    found = wiki(
        document(page("One", redirect="Other")),
        document(page("Other", redirect="One")),
        document(page("AWayIn", redirect="One")),
    )
    assert found.resolve("Main/AWayIn").kind == "page"


def test_a_chain_of_ten_thousand_redirects_is_followed() -> None:
    last = 10_000
    chain = {f"d{n}": document(page(f"P{n}", redirect=f"P{n + 1}")) for n in range(last)}
    found = Wiki(chain | {"end": document(f"P{last}")})
    assert found.resolve("Main/P0").name == f"Main/P{last}"


def test_a_page_counts_more_than_an_alias_of_the_same_name() -> None:
    found = wiki(document(page("RedHerring", aliases=("FalseClue",))), document("FalseClue"))
    assert found.resolve("Main/FalseClue").name == "Main/FalseClue"


def test_a_bare_name_that_one_other_namespace_has_leads_there() -> None:
    assert wiki(document("Film/Alien")).resolve("Main/Alien").name == "Film/Alien"


def test_a_bare_name_that_several_namespaces_have_is_ambiguous() -> None:
    found = wiki(document("Film/Alien"), document("Music/Alien"))
    assert found.resolve("Main/Alien").kind == "ambiguous"


def test_a_bare_name_that_main_has_leads_to_main() -> None:
    found = wiki(document("Film/Alien"), document("Music/Alien"), document("Alien"))
    assert found.resolve("Main/Alien").name == "Main/Alien"


def test_a_name_with_a_namespace_leads_nowhere_else() -> None:
    assert wiki(document("Film/Alien")).resolve("Music/Alien").kind == "wanted"


def test_a_page_of_another_project_is_found_where_this_one_has_none() -> None:
    found = Wiki({}, external={"main/redherring": External("Main/RedHerring")})
    assert found.resolve("Main/REDherring")[:7] == (
        "external",
        "main/redherring",
        "Main/RedHerring",
        "",
        "",
        "",
        "",
    )


def test_a_page_of_this_project_counts_more_than_one_of_another() -> None:
    found = Wiki(
        {"a": document("RedHerring")}, external={"main/redherring": External("Main/RedHerring")}
    )
    assert found.resolve("Main/RedHerring").kind == "page"


# -- names that are claimed twice


def twice() -> Wiki:
    return wiki(b=document(page("RedHerring", line=7)), a=document(page("Redherring", line=3)))


def test_a_name_claimed_twice_is_the_one_of_the_first_document() -> None:
    assert twice().resolve("Main/RedHerring").docname == "a"


def test_a_name_claimed_twice_is_told_once_at_the_second_document() -> None:
    (problem,) = twice().problems
    assert problem[:3] == ("duplicate", "b", 7)


def test_a_name_claimed_twice_names_the_document_that_has_it() -> None:
    (problem,) = twice().problems
    assert "'a'" in problem.sentence


def test_an_alias_that_is_a_pages_name_is_told() -> None:
    found = wiki(document(page("RedHerring", aliases=("FalseClue",))), document("FalseClue"))
    assert [problem[:2] for problem in found.problems] == [("duplicate", "RedHerring")]


def test_an_alias_that_two_pages_have_is_told_once() -> None:
    found = wiki(
        document(page("RedHerring", aliases=("FalseClue",))),
        document(page("MacGuffin", aliases=("FalseClue",))),
    )
    assert len(found.problems) == 1


def test_an_alias_that_is_the_pages_own_name_is_no_problem() -> None:
    assert not wiki(document(page("RedHerring", aliases=("Redherring",)))).problems


def test_an_alias_said_twice_by_one_page_is_no_problem() -> None:
    found = wiki(document(page("RedHerring", aliases=("FalseClue", "Falseclue"))))
    assert not found.problems


def test_an_alias_whose_file_redirects_to_the_page_is_no_problem() -> None:
    found = wiki(
        document(page("RedHerring", aliases=("FalseClue",))),
        document(page("FalseClue", redirect="RedHerring")),
    )
    assert not found.problems


def test_a_circle_of_redirects_is_told_once() -> None:
    found = wiki(
        document(page("One", redirect="Two")),
        document(page("Two", redirect="Three")),
        document(page("Three", redirect="One")),
    )
    assert [problem.kind for problem in found.problems] == ["redirect"]


def test_a_page_that_redirects_to_itself_is_told_once() -> None:
    found = wiki(document(page("One", redirect="One", line=4)))
    assert [problem[:3] for problem in found.problems] == [("redirect", "One", 4)]


def test_a_way_into_a_circle_is_not_part_of_it() -> None:
    found = wiki(
        document(page("AWayIn", redirect="One")),
        document(page("One", redirect="Two")),
        document(page("Two", redirect="One")),
    )
    (problem,) = found.problems
    assert "AWayIn" not in problem.sentence


def test_an_ambiguous_link_is_told_with_what_it_may_mean() -> None:
    found = wiki(document("Film/Alien"), document("Music/Alien"), document("A", "An [Alien]."))
    (problem,) = found.problems
    assert problem.kind == "ambiguous"
    assert "Film/Alien" in problem.sentence
    assert "Music/Alien" in problem.sentence


# -- backlinks


def sources(found: Wiki, key: str) -> list[str]:
    return [backlink.name or backlink.docname for backlink in found.backlinks(key)]


def test_a_link_is_a_backlink_of_its_target() -> None:
    found = wiki(document("RedHerring"), document("MacGuffin", "Not a [RedHerring]."))
    assert sources(found, "main/redherring") == ["Main/MacGuffin"]


def test_a_backlink_tells_the_sentence() -> None:
    found = wiki(document("MacGuffin", "First. Not a [RedHerring|herring] at all. Last."))
    (backlink,) = found.backlinks("main/redherring")
    assert backlink.mentions[0].excerpt == ("Not a ", "herring", " at all.")


def test_several_links_of_a_page_are_one_backlink_in_their_order() -> None:
    found = wiki(document("MacGuffin", "A [RedHerring|one].", "Then [RedHerring|two]."))
    (backlink,) = found.backlinks("main/redherring")
    assert [mention.excerpt.words for mention in backlink.mentions] == ["one", "two"]


def test_several_links_of_a_page_have_ids_of_their_own() -> None:
    found = wiki(document("MacGuffin", "A [RedHerring|one].", "Then [RedHerring|two]."))
    (backlink,) = found.backlinks("main/redherring")
    anchors = [mention.anchor for mention in backlink.mentions]
    assert anchors == ["link-main-redherring", "link-main-redherring-2"]


def test_backlinks_and_their_sentences_are_found_once() -> None:
    made = wiki(A=document("Ape", "To [Bee] and [Cat]."), B=document("Bee", "A [Cat]."))
    found = made.backlinks("main/cat")
    assert [b.docname for b in found] == ["A", "B"]
    assert made.backlinks("main/cat") is found
    link = next(link for link in made.documents["B"].links if link.target == "Main/Cat")
    assert made.context("B", link) is found[1].mentions[0].excerpt


def test_a_page_that_is_wanted_has_backlinks() -> None:
    assert sources(wiki(document("A", "A [Ghost].")), "main/ghost") == ["Main/A"]


def test_a_link_by_an_alias_is_a_backlink_of_the_page() -> None:
    found = wiki(
        document(page("RedHerring", aliases=("FalseClue",))), document("A", "A [FalseClue].")
    )
    (backlink,) = found.backlinks("main/redherring")
    assert backlink.mentions[0].via == "Main/FalseClue"


def test_a_link_to_a_redirect_is_a_backlink_of_its_end() -> None:
    found = wiki(
        document("RedHerring"),
        document(page("FalseClue", redirect="RedHerring"), "→ [RedHerring]"),
        document("A", "A [FalseClue]."),
    )
    assert sources(found, "main/redherring") == ["Main/A"]


def test_a_pages_link_to_itself_is_no_backlink() -> None:
    assert sources(wiki(document("RedHerring", "A [RedHerring].")), "main/redherring") == []


def test_the_link_of_a_redirect_is_no_backlink() -> None:
    found = wiki(
        document("RedHerring"), document(page("A", redirect="RedHerring"), "→ [RedHerring]")
    )
    assert sources(found, "main/redherring") == []


def test_what_only_links_to_itself_is_not_referenced() -> None:
    assert not wiki(document("RedHerring", "A [RedHerring].")).is_referenced("main/redherring")


def test_backlinks_come_by_namespace_as_configured_and_documents_last() -> None:
    found = wiki(
        document("Music/A", "[X]"),
        document("Film/B", "[X]"),
        document("C", "[X]"),
        guide=document("", "[X]"),
    )
    assert sources(found, "main/x") == ["Main/C", "Film/B", "Music/A", "guide"]


def test_backlinks_from_prose_come_before_those_from_lists() -> None:
    found = wiki(document("A", (Place.SEE_ALSO, "See also: [X]")), document("B", "In [X]."))
    assert sources(found, "main/x") == ["Main/B", "Main/A"]


def test_equal_backlinks_come_by_title() -> None:
    found = wiki(document(page("A", title="zebra"), "[X]"), document(page("B", title="Ape"), "[X]"))
    assert sources(found, "main/x") == ["Main/B", "Main/A"]


def test_what_a_spoiler_hides_is_told_to_be_hidden() -> None:
    (backlink,) = wiki(document("A", "A [X].", hidden=True)).backlinks("main/x")
    assert backlink.mentions[0].in_spoiler


# -- wanted


def wanted(found: Wiki) -> list[tuple[str, int]]:
    return [(name.name, name.wants) for name in found.wanted]


def test_a_page_that_is_written_is_not_wanted() -> None:
    assert wanted(wiki(document("A", "To [B]."), document("B"))) == []


def test_several_links_of_one_page_want_once() -> None:
    assert wanted(wiki(document("A", "To [X] and [X]."))) == [("Main/X", 1)]


def test_the_most_wanted_comes_first() -> None:
    found = wiki(document("A", "To [Aa] and [Zz]."), document("B", "To [Zz]."))
    assert wanted(found) == [("Main/Zz", 2), ("Main/Aa", 1)]


def test_of_equals_what_prose_wants_comes_first() -> None:
    found = wiki(document("A", (Place.INDEX, "[Aa]"), "To [Zz]."))
    assert wanted(found) == [("Main/Zz", 1), ("Main/Aa", 1)]


def test_a_wanted_name_is_spelled_as_most_links_spell_it() -> None:
    found = wiki(
        document("A", "[Redherring]"), document("B", "[RedHerring]"), document("C", "[RedHerring]")
    )
    assert wanted(found) == [("Main/RedHerring", 3)]


def test_what_another_project_has_is_not_wanted() -> None:
    found = Wiki({"a": document("A", "[Xy]")}, external={"main/xy": External("Main/Xy")})
    assert wanted(found) == []


def test_the_end_of_a_redirect_to_nothing_is_wanted_by_who_links_to_the_redirect() -> None:
    found = wiki(document(page("Old", redirect="New"), "→ [New]"), document("A", "To [Old]."))
    assert wanted(found) == [("Main/New", 1)]


def test_near_names_of_a_wanted_one_are_pages_that_are_written() -> None:
    found = wiki(document("FunnyAnimal"), document("A", "[FunyAnimal] [FunnyAnimalz]"))
    assert [near.name for near in found.near("main/funyanimal")] == ["Main/FunnyAnimal"]


def test_a_near_alias_tells_its_page() -> None:
    found = wiki(document(page("RedHerring", aliases=("FalseClue",))))
    assert [near.name for near in found.near("main/falseclues")] == ["Main/RedHerring"]


# -- as a whole


def test_the_aliases_of_a_page_are_its_own_and_the_redirects_to_it() -> None:
    found = wiki(
        document(page("RedHerring", aliases=("FalseLead",))),
        document(page("FalseClue", redirect="RedHerring")),
    )
    assert found.aliases["main/redherring"] == ("Main/FalseClue", "Main/FalseLead")


def small() -> dict[str, DocumentFacts]:
    return {
        "a": document(
            page("A", aliases=("Xx",)), "To [B], [Ghost], [GHOST] and [Zz].", "To [Twin]."
        ),
        "b": document(page("B", redirect="Twin", aliases=("Xx",)), "→ [Twin]"),
        "c": document("Twin", "To [Xx]."),
        "d": document("twin", "To [ghost]."),
    }


def everything(found: Wiki) -> object:
    return (
        found.problems,
        found.wanted,
        [found.backlinks(key) for key in found.targets],
        dict(found.pages),
        dict(found.aliases),
    )


def test_the_order_of_documents_changes_nothing() -> None:
    answers = [everything(Wiki(dict(order))) for order in permutations(small().items())]
    assert all(answer == answers[0] for answer in answers)


def test_a_wiki_of_packed_facts_is_the_same() -> None:
    packed = {name: PackedFacts(facts.pack()) for name, facts in small().items()}
    assert everything(Wiki(packed)) == everything(Wiki(small()))


def test_packed_facts_are_plain_values() -> None:
    # the name of a class in a pickle would discard environments when it moves
    packed = pickle.dumps([facts.pack() for facts in small().values()])
    assert b"sphinxcontrib_tropes" not in packed


def test_a_wiki_of_nothing_is_a_wiki() -> None:
    assert everything(Wiki({}, Namespaces())) == ((), (), [], {}, {})
