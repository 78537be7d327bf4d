"""What a name leads to, and names that are claimed twice."""

from __future__ import annotations

import pytest

from sphinxcontrib_tropes.wiki import External, Wiki

from ..documents import document, page, wiki

# -- what a name leads to


@pytest.mark.parametrize("name", ["Main/RedHerring", "Main/REDHERRING", "Main/redherring"])
def test_a_name_in_any_case_leads_to_its_page(name: str) -> None:
    assert wiki(document("RedHerring")).resolve(name).docname == "RedHerring"


def test_a_resolved_name_has_the_title_of_its_page() -> None:
    found = wiki(document(page("RedHerring", title="Red, Red"))).resolve("Main/RedHerring")
    assert (found.kind, found.title) == ("page", "Red, Red")


def test_a_page_inside_a_document_has_its_anchor() -> None:
    found = wiki(guide=document(page("RedHerring", anchor="here"))).resolve("Main/RedHerring")
    assert (found.docname, found.anchor) == ("guide", "here")


def test_an_unwritten_name_is_wanted() -> None:
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


def test_the_target_of_a_broken_redirect_is_wanted() -> None:
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


def test_a_name_with_a_namespace_leads_to_no_other_namespace() -> None:
    assert wiki(document("Film/Alien")).resolve("Music/Alien").kind == "wanted"


def test_a_page_of_another_project_is_found_if_this_one_has_none() -> None:
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


def test_a_name_claimed_twice_is_reported_once_at_the_second_document() -> None:
    (problem,) = twice().problems
    assert problem[:3] == ("duplicate", "b", 7)


def test_the_report_names_the_document_that_has_the_name() -> None:
    (problem,) = twice().problems
    assert "'a'" in problem.sentence


def test_an_alias_that_is_the_name_of_a_page_is_reported() -> None:
    found = wiki(document(page("RedHerring", aliases=("FalseClue",))), document("FalseClue"))
    assert [problem[:2] for problem in found.problems] == [("duplicate", "RedHerring")]


def test_an_alias_of_two_pages_is_reported_once() -> None:
    found = wiki(
        document(page("RedHerring", aliases=("FalseClue",))),
        document(page("MacGuffin", aliases=("FalseClue",))),
    )
    assert len(found.problems) == 1


def test_an_alias_that_is_the_pages_own_name_is_no_problem() -> None:
    assert not wiki(document(page("RedHerring", aliases=("Redherring",)))).problems


def test_an_alias_twice_on_one_page_is_no_problem() -> None:
    found = wiki(document(page("RedHerring", aliases=("FalseClue", "Falseclue"))))
    assert not found.problems


def test_an_alias_whose_file_redirects_to_the_page_is_no_problem() -> None:
    found = wiki(
        document(page("RedHerring", aliases=("FalseClue",))),
        document(page("FalseClue", redirect="RedHerring")),
    )
    assert not found.problems


def test_a_loop_of_redirects_is_reported_once() -> None:
    found = wiki(
        document(page("One", redirect="Two")),
        document(page("Two", redirect="Three")),
        document(page("Three", redirect="One")),
    )
    assert [problem.kind for problem in found.problems] == ["redirect"]


def test_a_page_that_redirects_to_itself_is_reported_once() -> None:
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


def test_an_ambiguous_link_is_reported_with_its_meanings() -> None:
    found = wiki(document("Film/Alien"), document("Music/Alien"), document("A", "An [Alien]."))
    (problem,) = found.problems
    assert problem.kind == "ambiguous"
    assert "Film/Alien" in problem.sentence
    assert "Music/Alien" in problem.sentence
