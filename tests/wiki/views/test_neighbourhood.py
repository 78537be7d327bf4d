"""The neighbourhood of a page: which pages are in it, in which order, and where walks end."""

from __future__ import annotations

from sphinxcontrib_tropes.wiki import Place, Wiki
from sphinxcontrib_tropes.wiki.views.neighbourhood import (
    Neighbourhood,
    Side,
    neighbourhood,
)

from ..documents import document, page, wiki


def names(found: Neighbourhood) -> list[str]:
    return [neighbour.name.removeprefix("Main/") for neighbour in found.neighbours]


def hub_wiki() -> Wiki:
    """Forty pages that link to one."""
    spokes = (document(f"Page{number}", "A [Hub].") for number in range(40))
    return wiki(document("Hub", "To [Other]."), document("Other"), *spokes)


def test_pages_that_link_to_each_other_come_first() -> None:
    found = wiki(
        document("Middle", "To [OneWay], then to [Friend]."),
        document("OneWay"),
        document("Friend", "Back to [Middle]."),
        document("Admirer", "Of [Middle]."),
    )
    middle = neighbourhood(found, "main/middle")
    assert names(middle) == ["Friend", "OneWay", "Admirer"]
    assert [neighbour.is_mutual for neighbour in middle.neighbours] == [True, False, False]


def test_prose_counts_more_than_a_list() -> None:
    found = wiki(
        document("Middle", (Place.SEE_ALSO, "[Also]"), (Place.EXAMPLE, "[Listed]"), "To [Told]."),
        *map(document, ("Also", "Listed", "Told")),
    )
    assert names(neighbourhood(found, "main/middle")) == ["Told", "Listed", "Also"]


def test_of_equals_the_first_on_the_page_is_the_nearest() -> None:
    found = wiki(
        document("Middle", "To [Zebra].", "To [Aardvark]."), *map(document, ("Zebra", "Aardvark"))
    )
    assert names(neighbourhood(found, "main/middle")) == ["Zebra", "Aardvark"]


def test_a_link_in_a_spoiler_makes_no_neighbour() -> None:
    found = wiki(document("Middle", "He is the [Culprit].", hidden=True), document("Culprit"))
    assert not neighbourhood(found, "main/middle")
    assert not neighbourhood(found, "main/culprit")


def test_unwritten_pages_come_after_written_ones() -> None:
    found = wiki(document("Middle", "A [Ghost] and a [Page]."), document("Page"))
    middle = neighbourhood(found, "main/middle")
    assert names(middle) == ["Page", "Ghost"]
    assert [neighbour.kind for neighbour in middle.neighbours] == ["trope", "wanted"]
    assert names(neighbourhood(found, "main/ghost")) == ["Middle"]


def test_the_target_of_a_redirect_is_a_neighbour_and_the_redirect_is_not() -> None:
    found = wiki(
        document("Middle", "The [OldName]."),
        document(page("OldName", redirect="NewName"), "[NewName]"),
        document("NewName"),
    )
    assert names(neighbourhood(found, "main/middle")) == ["NewName"]


def test_there_is_room_for_twelve() -> None:
    text = " ".join(f"[Page{number}]" for number in range(30))
    found = wiki(document("Middle", text), *(document(f"Page{n}") for n in range(30)))
    assert len(neighbourhood(found, "main/middle").neighbours) == 12


def test_hubs_and_indexes_come_last() -> None:
    found = wiki(
        document("Middle", "A [Index] and a [Page]."),
        document("Index", (Place.INDEX, "[Middle]"), (Place.INDEX, "[Page]")),
        document("Page"),
    )
    assert names(neighbourhood(found, "main/middle")) == ["Page", "Index"]


def test_a_walk_ends_at_a_hub() -> None:
    one_step = neighbourhood(hub_wiki(), "main/page1")
    two_steps = neighbourhood(hub_wiki(), "main/page1", depth=2)
    assert names(one_step) == names(two_steps) == ["Hub"]


def test_a_walk_of_two_steps_goes_on_from_each_neighbour() -> None:
    found = wiki(
        document("Middle", "To [Near]."),
        document("Near", "To [Far] and [Middle]."),
        document("Far", "To [Farther]."),
        document("Farther"),
    )
    two = neighbourhood(found, "main/middle", depth=2)
    assert [(n.name, n.parent) for n in two.neighbours] == [("Main/Near", -1), ("Main/Far", 0)]
    three = neighbourhood(found, "main/middle", depth=3)
    assert [n.parent for n in three.neighbours] == [-1, 0, 1]


def test_neighbours_are_tied_to_one_another_where_they_link() -> None:
    found = wiki(
        document("Middle", "[One] [Two] [Three]"),
        document("One", "[Two]"),
        document("Two", "[One]"),
        document("Three"),
    )
    assert neighbourhood(found, "main/middle").ties == ((0, 1),)


def test_relations_come_first_and_have_their_side() -> None:
    stated = (
        ("subtrope-of", "Main/Super"),
        ("supertrope-of", "Main/Sub"),
        ("sister-of", "Main/Sister"),
    )
    found = wiki(
        document(page("Middle")._replace(relations=stated), "[Any]"),
        *map(document, ("Any", "Sub", "Super", "Sister")),
    )
    middle = neighbourhood(found, "main/middle")
    assert {n.name.removeprefix("Main/"): n.side for n in middle.neighbours} == {
        "Super": Side.ABOVE,
        "Sub": Side.BELOW,
        "Sister": Side.BESIDE,
        "Any": Side.AROUND,
    }
    assert names(middle)[:2] == ["Super", "Sub"]


def test_a_page_in_a_works_namespace_is_a_work() -> None:
    found = wiki(
        document("Middle", "[Film/TheMatrix] [Creator/Somebody]"),
        document("Film/TheMatrix"),
        document("Creator/Somebody"),
    )
    assert [n.kind for n in neighbourhood(found, "main/middle").neighbours] == ["work", "other"]
