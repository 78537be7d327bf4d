"""Panels: counts that agree with what is shown, and how much of them is open."""

from __future__ import annotations

import pytest

from ..conftest import Site, having_class, text_of
from ..sphinx.reading import panel_of

HUB = "Éclair’s 2nd <b>"
FILMS = {
    f"Film/O'{number} <i>.trope": (
        f"* {{{{{HUB}}}}}: It was number {number}. Subverted.\n* And {{{{{HUB}}}}}.\n"
    )
    for number in range(52)
}


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A page that many others link to."""
    site = Site(tmp_path_factory.mktemp("hub"))
    listed = {"Dog 2.trope": f"[[index]]\n* {{{{{HUB}}}}}\n[[/index]]\n"}
    prose = {f"Ape {n}.trope": f"A sub-trope of {{{{{HUB}}}}}.\n" for n in range(12)}
    names = f"{HUB}.trope"
    site.write({names: f"(:title {HUB}:)\n\nA hub.\n", **FILMS, **listed, **prose}).build()
    return site


def folds(site: Site, page: str) -> list[str]:
    panel = panel_of(site.page(page))
    return [text_of(next(fold.iter("summary"))) for fold in panel.iter("details")]


def test_a_fold_says_how_many_of_all_it_shows(hub: Site) -> None:
    assert "Show 50 of 64" in folds(hub, HUB)
    panel = panel_of(hub.page(HUB))
    assert text_of(having_class(panel, "trope-backlinks-title")[0]) == "Referenced by (65)"
    (listed,) = having_class(panel, "trope-listed")
    assert text_of(listed).startswith("Also listed in 1 index")


def test_a_fold_that_shows_all_says_so(site: Site) -> None:
    site.write({"Ape.trope": "Ape."} | {f"X{n}.trope": "Of {{Ape}}." for n in range(8)}).build()
    assert folds(site, "Ape") == ["Show all 8"]


def test_a_page_that_quotes_fewer_sentences_than_there_are_says_how_many_more(site: Site) -> None:
    site.write({"Ape.trope": "Ape.", "B2’s.trope": "Of {{Ape}}.\n\n" * 7}).build()
    panel = panel_of(site.page("Ape"))
    assert len(having_class(panel, "trope-context")) == 3
    (rest,) = having_class(panel, "trope-rest")
    assert text_of(rest) == "and 4 more"
    assert text_of(having_class(panel, "trope-count")[-1]) == "(7)"


def test_the_number_beside_a_title_counts_sentences(site: Site) -> None:
    site.write({"Ape.trope": "Ape.", "B2.trope": "Of {{Ape}} and [[Ape it]]. And {{Ape}}."}).build()
    assert text_of(having_class(panel_of(site.page("Ape")), "trope-count")[-1]) == "(2)"


def test_a_hub_has_short_panels(hub: Site) -> None:
    panel = panel_of(hub.page(HUB))
    folded = {item for fold in panel.iter("details") for item in fold.iter("li")}
    entries = [item for item in panel.iter("li") if item not in folded]
    assert len(entries) == 3
    assert all(len(having_class(entry, "trope-context")) == 1 for entry in entries)
    relation = having_class(panel, "trope-subtrope-of") or having_class(panel, "trope-relation")
    assert len(list(relation[0].iter("a"))) == 8
    assert "and 4 more" in folds(hub, HUB)
    (examples,) = having_class(hub.page(HUB), "trope-examples")
    assert text_of(next(examples.iter("summary"))) == "Show all 52"
    assert not [child for child in examples if child.tag == "ul"]


def test_what_is_also_listed_on_other_pages_is_folded_like_backlinks(site: Site) -> None:
    films = {f"Film/X{n}.trope": "* {{Ape}}: One.\n" for n in range(7)}
    site.write({"Ape.trope": "Ape.", **films}).build()
    (examples,) = having_class(site.page("Ape"), "trope-examples")
    assert text_of(next(examples.iter("summary"))) == "Show all 7"
    assert (
        len(having_class(next(child for child in examples if child.tag == "ul"), "trope-source"))
        == 5
    )


def test_a_long_panel_can_be_sorted_and_filtered_by_what_is_in_it(hub: Site) -> None:
    (box,) = having_class(panel_of(hub.page(HUB)), "trope-filter")
    assert box.get("hidden") is not None
    choices = {
        choice.get("data-trope-by"): [text_of(option) for option in choice.iter("option")]
        for choice in box.iter("select")
    }
    assert choices == {
        "order": ["Strength", "Title"],
        "group": ["All", "Tropes (12)", "Films (38)"],
        "kind": ["All", "In the text (12)", "Examples (38)"],
    }


def test_a_short_panel_has_no_box(site: Site) -> None:
    site.write({"Ape.trope": "Ape."} | {f"X{n}.trope": "Of {{Ape}}." for n in range(9)}).build()
    assert not having_class(site.page("Ape"), "trope-filter")


def test_ways_to_play_a_trope_stand_above_a_long_backlinks_page(hub: Site) -> None:
    (path,) = (hub.root / "html/tropes/backlinks/main").glob("*clair*.html")
    page = hub.page(path.relative_to(hub.root / "html").as_posix().removesuffix(".html"))
    (line,) = having_class(page, "trope-played-counts")
    assert text_of(line) == "Subverted 52"


@pytest.mark.parametrize("builder", ["text", "latex", "epub"])
def test_no_box_is_in_what_has_no_scripts(site: Site, builder: str) -> None:
    site.write({"Ape.trope": "Ape."} | {f"X{n}.trope": "Of {{Ape}}." for n in range(12)})
    out = site.build(builder)
    texts = [
        path.read_bytes() for path in out.rglob("*") if path.suffix in (".txt", ".tex", ".xhtml")
    ]
    assert texts
    assert not [text for text in texts if b"Sort and filter" in text or b"Find in this" in text]
