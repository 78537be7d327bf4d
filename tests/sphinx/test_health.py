"""The wiki's health: each kind of finding by a wiki that has exactly that fault, and the gate."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sphinxcontrib_tropes.wiki.audit import KINDS

from ..conftest import Site, text_of

WELL = {
    "List.trope": "[[index]]\n* {{One}}\n* {{Two}}\n* Film/{{Reel}}\n[[/index]]\n",
    "One.trope": "On {{Two}} and the {{List}}.\n\n* Film/{{Reel}}: it is there.\n",
    "Two.trope": "On {{One}}.",
    "Film/Reel.trope": "A film.\n\n* {{One}}: here.\n",
}
ON_TWO = "On {{One}}.\n\n"
FILMS = "[[index]]\n* Film/{{Three}}\n* Manga/{{Three}}\n[[/index]]\n\nOf {{One}}, from {{List}}.\n"

FAULTS: dict[str, tuple[dict[str, str], list[tuple[str, str]]]] = {
    "duplicate": ({"Two.trope": "(:alias One:)\n" + ON_TWO}, [("Main/Two", "Main/One")]),
    "ambiguous": (
        {
            "List.trope": WELL["List.trope"] + "See {{Third List}}.",
            "ThirdList.trope": FILMS,
            "Film/Three.trope": "On {{Third List}}.",
            "Manga/Three.trope": "On {{Third List}}.",
            "Two.trope": ON_TWO + "On {{Three}}.",
        },
        [("Main/Three", "")],
    ),
    "redirect-loop": (
        {"Old.trope": "(:redirect Older:)", "Older.trope": "(:redirect Old:)"},
        [("Main/Old", "")],
    ),
    "broken-redirect": ({"Old.trope": "(:redirect Ghost:)"}, [("Main/Old", "Main/Ghost")]),
    "double-redirect": (
        {"Old.trope": "(:redirect Older:)", "Older.trope": "(:redirect One:)"},
        [("Main/Old", "Main/One")],
    ),
    "missing-section": (
        {"Two.trope": "On [[One#nowhere one]]."},
        [("Main/Two", "Main/One#nowhere")],
    ),
    "relation-contradiction": (
        {
            "One.trope": WELL["One.trope"] + "\n(:relation subtrope-of Two:)"
            "\n(:relation supertrope-of Two:)",
            "Two.trope": ON_TWO + "(:relation subtrope-of One:)\n(:relation supertrope-of One:)",
        },
        [("Main/One", "Main/Two")],
    ),
    "relation-cycle": (
        {
            "One.trope": WELL["One.trope"] + "\nA sub-trope of {{Two}}. Super-trope to {{List}}.",
            "Two.trope": ON_TWO + "A sub-trope of {{List}}. Super-trope to {{One}}.",
            "List.trope": WELL["List.trope"] + "\nA sub-trope of {{One}}. Super-trope to {{Two}}.",
        },
        [("Main/List", "Main/One"), ("Main/One", "Main/Two"), ("Main/Two", "Main/List")],
    ),
    "wanted": ({"Two.trope": ON_TWO + "On {{Ghost}}."}, [("Main/Ghost", "")]),
    "orphan": (
        {"Lone.trope": "On {{One}}.\n\n[[!List]]"},
        [("Main/Lone", "")],
    ),
    "dead-end": ({"Two.trope": "Nothing."}, [("Main/Two", "")]),
    "unindexed": (
        {"Loose.trope": "On {{One}}.", "Two.trope": ON_TWO + "On {{Loose}}."},
        [("Main/Loose", "")],
    ),
    "one-sided": (
        {"Film/Reel.trope": "A film, not {{One}}."},
        [("Film/Reel", "Main/One")],
    ),
    "one-sided-relation": (
        {"Two.trope": ON_TWO + "Compare {{One}}."},
        [("Main/One", "Main/Two")],
    ),
    "unlinked": (
        {
            "Two.trope": ON_TWO + "No reel, this: the Reel of Film.",
            "List.trope": WELL["List.trope"].replace("* Film/{{Reel}}", "* [[Film/Reel reel of film]]"),
            "Film/Reel.trope": "(:title Reel of Film:)\n" + WELL["Film/Reel.trope"],
        },
        [("Main/Two", "Film/Reel")],
    ),
}  # fmt: skip


def health(site: Site, **config: object) -> list[dict[str, Any]]:
    out = site.build("tropes-health", tropes_unlinked_mentions=True, **config)
    return json.loads((out / "health.json").read_text("utf-8"))["findings"]


def test_a_wiki_without_a_fault_has_no_finding(site: Site) -> None:
    assert health(site.write(WELL)) == []


def test_every_kind_of_finding_has_a_wiki_with_that_fault() -> None:
    assert FAULTS.keys() == set(KINDS)


@pytest.mark.parametrize("kind", FAULTS)
def test_a_fault_is_found_and_nothing_else(site: Site, kind: str) -> None:
    pytest.importorskip("ahocorasick")
    files, told = FAULTS[kind]
    found = health(site.write(WELL | files))
    assert [finding["kind"] for finding in found] == [kind] * len(told)
    assert [(finding["name"], finding["other"]) for finding in found] == told


@pytest.mark.parametrize("kind", sorted(FAULTS.keys() - {"wanted"}))
def test_the_health_page_tells_of_each_kind(site: Site, kind: str) -> None:
    site.write(WELL | FAULTS[kind][0]).build(tropes_unlinked_mentions=True)
    page = site.page("tropes/health")
    (section,) = (e for e in page.iter("section") if e.get("id") == kind)
    assert len(list(section.iter("li"))) == len(FAULTS[kind][1])


def test_wanted_names_are_ranked_and_say_what_may_be_meant(site: Site) -> None:
    often = {"Two.trope": ON_TWO + "{{Zero Ghost}}, {{Tvoo}}.", "One.trope": "On {{Zero Ghost}}."}
    found = [f for f in health(site.write(WELL | often)) if f["kind"] == "wanted"]
    assert [(f["name"], f["near"]) for f in found] == [("Main/ZeroGhost", []), ("Main/Tvoo", [])]
    found = health(site.write({"Two.trope": ON_TWO + "{{Thirteen Gosts}}.",
                               "ThirteenGhosts.trope": "{{One}}"}))  # fmt: skip
    (wanted,) = (f for f in found if f["name"] == "Main/ThirteenGosts")
    assert wanted["near"] == ["Main/ThirteenGhosts"]
    text = (site.root / "tropes-health/health.txt").read_text("utf-8")
    assert "wanted: Main/ThirteenGosts (did you mean Main/ThirteenGhosts?)" in text


def test_the_text_says_where_and_counts(site: Site) -> None:
    health(site.write(WELL | FAULTS["wanted"][0]))
    text = (site.root / "tropes-health/health.txt").read_text("utf-8")
    assert text == "Two.trope:3: wanted: Main/Ghost\nfindings: 1 (1 wanted)\n"


@pytest.mark.parametrize(("threshold", "status"), [(-1, 0), (0, 1), (1, 0)])
def test_more_than_the_threshold_fails_the_build(site: Site, threshold: int, status: int) -> None:
    site.write(WELL | FAULTS["wanted"][0])
    apps = []
    site.build("tropes-health", on_app=apps.append, tropes_health_threshold=threshold)
    assert apps[0].statuscode == status
    assert ("1 new finding, and tropes_health_threshold allows 0" in site.warnings) == bool(status)


def test_what_is_in_the_baseline_does_not_count(site: Site) -> None:
    site.write(WELL | FAULTS["wanted"][0])
    baseline = Path(site.build("tropes-health"), "health.json").read_text("utf-8")
    site.write({"borne.json": baseline, "One.trope": WELL["One.trope"] + "\n\nAnd {{Ghost}}."})
    apps: list[Any] = []
    config = {"tropes_health_threshold": 0, "tropes_health_baseline": "borne.json"}
    site.build("tropes-health", on_app=apps.append, **config)
    assert apps[0].statuscode == 0
    site.write({"One.trope": WELL["One.trope"] + "\n\nAnd {{Other Ghost}}."})
    site.build("tropes-health", on_app=apps.append, **config)
    assert apps[1].statuscode == 1


def test_a_baseline_that_can_not_be_read_is_warned_of(site: Site) -> None:
    site.write(WELL | {"borne.json": "[]"})
    site.build("tropes-health", tropes_health_baseline="borne.json")
    assert "tropes_health_baseline: 'borne.json' is no report that can be read" in site.warnings


def test_the_health_page_of_a_wiki_without_a_fault_says_so(site: Site) -> None:
    site.write(WELL).build()
    assert "Nothing else wants mending." in text_of(site.page("tropes/health"))
