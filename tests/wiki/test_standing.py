"""How pages stand to one another, told by one side or both."""

from __future__ import annotations

from sphinxcontrib_tropes.wiki import DocumentFacts, Wiki
from sphinxcontrib_tropes.wiki.analysis.trope_relations import Standing, Told
from sphinxcontrib_tropes.wiki.views.audit import audit
from sphinxcontrib_tropes.wiki.views.document import document_view

from .documents import document, page, wiki


def saying(first: str, kind: str, *others: str) -> DocumentFacts:
    """A page that links to others and stands to them in one way."""
    facts = document(first, " ".join(f"[{other}]" for other in others))
    return facts._replace(links=tuple(link._replace(relation=kind) for link in facts.links))


def told(*said: str) -> Standing:
    """From ``a subtrope-of b``."""
    return Standing(Told(*one.split()) for one in said)


def kinds_of_findings(found: Wiki) -> list[tuple[str, str, str]]:
    return [
        (f.kind, f.name.removeprefix("Main/"), f.other.removeprefix("Main/")) for f in audit(found)
    ]


def test_a_relation_is_seen_from_both_sides() -> None:
    found = wiki(saying("A", "subtrope-of", "B"), document("B"))
    here, there = found.relations("main/a"), found.relations("main/b")
    assert [(r.kind, r.other, r.is_told_here, r.is_told_there) for r in (*here, *there)] == [
        ("subtrope-of", "main/b", True, False),
        ("supertrope-of", "main/a", False, True),
    ]


def test_what_both_sides_tell_is_one_relation() -> None:
    found = wiki(saying("A", "subtrope-of", "B"), saying("B", "supertrope-of", "A"))
    (relation,) = found.relations("main/b")
    assert relation.is_told_here
    assert relation.is_told_there


def test_a_page_may_say_outright_how_it_stands_to_another() -> None:
    first = page("A")._replace(relations=(("inverse-of", "Main/B"),))
    assert wiki(document(first), document("B")).relations("main/b")[0].kind == "inverse-of"


def test_a_relation_to_nothing_written_is_none() -> None:
    assert not wiki(saying("A", "subtrope-of", "Ghost")).relations("main/a")


def test_a_relation_follows_aliases() -> None:
    found = wiki(saying("A", "sister-of", "Bee"), document(page("B", aliases=("Bee",))))
    assert found.relations("main/b")[0].other == "main/a"


def test_the_tree_above_a_page_names_each_once_right_after_what_it_is_above_of() -> None:
    standing = told("a subtrope-of b", "b subtrope-of d", "a subtrope-of c", "c subtrope-of d")
    assert standing.above("a", 10) == ((0, "b"), (1, "d"), (0, "c"))


def test_the_tree_above_a_page_ends_in_a_circle_and_at_the_most_there_may_be() -> None:
    standing = told("a subtrope-of b", "b subtrope-of c", "c subtrope-of a")
    assert standing.above("a", 10) == ((0, "b"), (1, "c"))
    assert len(standing.above("a", 1)) == 1


def test_two_that_are_above_each_other_contradict() -> None:
    standing = told("b subtrope-of a", "a subtrope-of b", "a subtrope-of c")
    assert list(standing.contradictions()) == [("a", "b")]
    assert standing.cycles() == []


def test_a_circle_of_super_tropes_is_found_once() -> None:
    standing = told("a subtrope-of b", "b subtrope-of c", "a supertrope-of c", "d subtrope-of a")
    assert standing.cycles() == [("a", "b", "c")]


def test_a_chain_of_many_is_walked_without_recursion() -> None:
    many = 20_000
    chain = [f"p{n:05} subtrope-of p{n + 1:05}" for n in range(many)]
    assert told(*chain).cycles() == []
    assert told(*chain, f"p{many:05} subtrope-of p00000").cycles()[0][0] == "p00000"
    assert len(told(*chain).above("p00000", many)) == many


def test_the_panel_shows_what_others_tell_and_the_page_does_not() -> None:
    found = wiki(
        saying("A", "subtrope-of", "X"),
        saying("B", "sister-of", "X"),
        saying("X", "sister-of", "B"),
    )
    (frame,) = document_view(found, "X", panels=True).frames
    assert frame.panel is not None
    assert [(g.kind, [p.title for p in g.pages]) for g in frame.panel.relations] == [
        ("supertrope-of", ["A"])
    ]


def test_a_page_shows_the_tree_above_it() -> None:
    found = wiki(saying("A", "subtrope-of", "B"), saying("B", "subtrope-of", "C"), document("C"))
    (frame,) = document_view(found, "A", panels=True).frames
    assert [(depth, link.title) for depth, link in frame.above] == [(0, "B"), (1, "C")]


def test_health_tells_of_a_contradiction() -> None:
    found = wiki(saying("A", "subtrope-of", "B"), saying("B", "subtrope-of", "A"))
    assert ("relation-contradiction", "A", "B") in kinds_of_findings(found)


def test_health_tells_of_a_circle_on_each_of_its_pages() -> None:
    found = wiki(
        saying("A", "subtrope-of", "B"),
        saying("B", "subtrope-of", "C"),
        saying("C", "subtrope-of", "A"),
    )
    circle = [finding for finding in kinds_of_findings(found) if finding[0] == "relation-cycle"]
    assert circle == [(circle[0][0], *pair) for pair in (("A", "B"), ("B", "C"), ("C", "A"))]


def test_health_tells_of_a_relation_on_one_side_at_the_side_that_does_not_tell_it() -> None:
    found = wiki(saying("A", "sister-of", "B"), document("B", "[A]"))
    assert ("one-sided-relation", "B", "A") in kinds_of_findings(found)
    both = wiki(saying("A", "sister-of", "B"), saying("B", "sister-of", "A"))
    assert not [finding for finding in kinds_of_findings(both) if "relation" in finding[0]]
