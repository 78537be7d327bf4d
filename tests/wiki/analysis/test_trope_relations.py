"""How tropes are related, as one page or both state."""

from __future__ import annotations

from sphinxcontrib_tropes.wiki import DocumentFacts, Wiki
from sphinxcontrib_tropes.wiki.analysis.trope_relations import Statement, TropeRelations
from sphinxcontrib_tropes.wiki.views.audit import audit
from sphinxcontrib_tropes.wiki.views.document import document_view

from ..documents import document, page, wiki


def saying(first: str, kind: str, *others: str) -> DocumentFacts:
    """A page that links to others and stands to them in one way."""
    facts = document(first, " ".join(f"[{other}]" for other in others))
    return facts._replace(links=tuple(link._replace(relation=kind) for link in facts.links))


def stated(*said: str) -> TropeRelations:
    """From ``a subtrope-of b``."""
    return TropeRelations(Statement(*one.split()) for one in said)


def kinds_of_findings(found: Wiki) -> list[tuple[str, str, str]]:
    return [
        (f.kind, f.name.removeprefix("Main/"), f.other.removeprefix("Main/")) for f in audit(found)
    ]


def test_a_relation_is_seen_from_both_sides() -> None:
    found = wiki(saying("A", "subtrope-of", "B"), document("B"))
    here, there = found.relations("main/a"), found.relations("main/b")
    assert [(r.kind, r.other, r.is_stated_here, r.is_stated_there) for r in (*here, *there)] == [
        ("subtrope-of", "main/b", True, False),
        ("supertrope-of", "main/a", False, True),
    ]


def test_a_relation_that_both_pages_state_is_one() -> None:
    found = wiki(saying("A", "subtrope-of", "B"), saying("B", "supertrope-of", "A"))
    (relation,) = found.relations("main/b")
    assert relation.is_stated_here
    assert relation.is_stated_there


def test_a_page_may_state_a_relation_in_a_property() -> None:
    first = page("A")._replace(relations=(("inverse-of", "Main/B"),))
    assert wiki(document(first), document("B")).relations("main/b")[0].kind == "inverse-of"


def test_a_relation_to_nothing_written_is_none() -> None:
    assert not wiki(saying("A", "subtrope-of", "Ghost")).relations("main/a")


def test_a_relation_follows_aliases() -> None:
    found = wiki(saying("A", "sister-of", "Bee"), document(page("B", aliases=("Bee",))))
    assert found.relations("main/b")[0].other == "main/a"


def test_the_tree_above_a_page_has_each_page_once_right_after_its_sub_trope() -> None:
    relations = stated("a subtrope-of b", "b subtrope-of d", "a subtrope-of c", "c subtrope-of d")
    assert relations.above("a", 10) == ((0, "b"), (1, "d"), (0, "c"))


def test_the_tree_above_a_page_ends_in_a_circle_and_at_the_most_there_may_be() -> None:
    relations = stated("a subtrope-of b", "b subtrope-of c", "c subtrope-of a")
    assert relations.above("a", 10) == ((0, "b"), (1, "c"))
    assert len(relations.above("a", 1)) == 1


def test_two_pages_above_each_other_contradict() -> None:
    relations = stated("b subtrope-of a", "a subtrope-of b", "a subtrope-of c")
    assert list(relations.contradictions()) == [("a", "b")]
    assert relations.cycles() == []


def test_a_circle_of_super_tropes_is_found_once() -> None:
    relations = stated("a subtrope-of b", "b subtrope-of c", "a supertrope-of c", "d subtrope-of a")
    assert relations.cycles() == [("a", "b", "c")]


def test_a_chain_of_many_is_walked_without_recursion() -> None:
    many = 20_000
    chain = [f"p{n:05} subtrope-of p{n + 1:05}" for n in range(many)]
    assert stated(*chain).cycles() == []
    assert stated(*chain, f"p{many:05} subtrope-of p00000").cycles()[0][0] == "p00000"
    assert len(stated(*chain).above("p00000", many)) == many


def test_the_panel_shows_relations_that_only_other_pages_state() -> None:
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


def test_a_contradiction_is_a_finding() -> None:
    found = wiki(saying("A", "subtrope-of", "B"), saying("B", "subtrope-of", "A"))
    assert ("relation-contradiction", "A", "B") in kinds_of_findings(found)


def test_a_cycle_is_a_finding_on_each_of_its_pages() -> None:
    found = wiki(
        saying("A", "subtrope-of", "B"),
        saying("B", "subtrope-of", "C"),
        saying("C", "subtrope-of", "A"),
    )
    circle = [finding for finding in kinds_of_findings(found) if finding[0] == "relation-cycle"]
    assert circle == [(circle[0][0], *pair) for pair in (("A", "B"), ("B", "C"), ("C", "A"))]


def test_a_one_sided_relation_is_a_finding_on_the_page_without_it() -> None:
    found = wiki(saying("A", "sister-of", "B"), document("B", "[A]"))
    assert ("one-sided-relation", "B", "A") in kinds_of_findings(found)
    both = wiki(saying("A", "sister-of", "B"), saying("B", "sister-of", "A"))
    assert not [finding for finding in kinds_of_findings(both) if "relation" in finding[0]]
