"""The wiki's health: each kind of finding by a wiki that has exactly that fault, and the gate."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sphinxcontrib_tropes.wiki.views.audit import KINDS

from ..conftest import Site, parse, text_of

WELL = {
    "List.trope": "[[index]]\n* {{One}}\n* {{Two}}\n* Film/{{Reel}}\n[[/index]]\n",
    "One.trope": "On {{Two}} and the {{List}}.\n\n* Film/{{Reel}}: it is there.\n",
    "Two.trope": "On {{One}}.",
    "Film/Reel.trope": "A film.\n\n* {{One}}: here.\n",
}
ON_TWO = "On {{One}}.\n\n"
FILMS = "[[index]]\n* Film/{{Three}}\n* Manga/{{Three}}\n[[/index]]\n\nOf {{One}}, from {{List}}.\n"

FAULTS: dict[str, tuple[dict[str, str | bytes], list[tuple[str, str]]]] = {
    "config": ({}, [("conf.py", "")]),
    "collision": ({"tropes/Index.rst": ":orphan:\n\nMine\n====\n"}, [("tropes/Index", "")]),
    "encoding": (
        {"Two.trope": b"On {{One}}.\n\nCaf\xe9.", "note.rst": b":orphan:\n\nN\xf6te\n====\n"},
        [("Two", ""), ("note", "")],
    ),
    "markup": (
        {"Two.trope": ON_TWO + "[[spoiler:x", "note.rst": ":orphan:\n\nN\n=\n\n:trope:`…`\n"},
        [("Two", ""), ("note", "")],
    ),
    "federation": ({}, [("conf.py", "")]),
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
    "parted-title": (
        {
            "Two.trope": ON_TWO + "On [[Odd One]]s. Not {{OddOne}}.",
            "OddOne.trope": "On {{One}}.\n\n[[!List]]",
        },
        [("Main/Two", "Main/OddOne")],
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
    "played-contradiction": (
        {
            "One.trope": WELL["One.trope"].replace("it is there", "Inverted, and justified"),
            "Film/Reel.trope": "A film.\n\n* {{One}}: Subverted.\n",
        },
        [("Main/One", "Film/Reel")],
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


CONFIG: dict[str, dict[str, object]] = {
    "config": {"tropes_context_length": 3},
    "federation": {"tropes_federation": {"films": "nowhere/tropes.json"}},
}
"""What some kinds need beside files."""


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
    found = health(site.write(WELL | files), **CONFIG.get(kind, {}))
    assert [finding["kind"] for finding in found] == [kind] * len(told)
    assert [(finding["name"], finding["other"]) for finding in found] == told


@pytest.mark.parametrize("kind", sorted(FAULTS.keys() - {"wanted", "federation"}))
def test_the_health_page_tells_of_each_kind(site: Site, kind: str) -> None:
    config = CONFIG.get(kind, {})
    site.write(WELL | FAULTS[kind][0]).build(tropes_unlinked_mentions=True, **config)
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
    told = "1 new finding (0 allowed by tropes_health_threshold)" in site.warnings
    assert told == bool(status)


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
    assert "tropes_health_baseline: 'borne.json' can't be read as a report" in site.warnings


def test_the_health_page_of_a_wiki_without_a_fault_says_so(site: Site) -> None:
    site.write(WELL).build()
    assert "No other problems." in text_of(site.page("tropes/health"))


# -- what a build warns of

WARNED = {
    "Zwölf_12.trope": "On {{One}}. [[spoiler:the gardener\n",
    "Old.trope": "(:relation subtropeof One:)\n(:foo:)\nOn {{One}}.\n",
    "docs/guide.rst": ":orphan:\n\nGuide\n=====\n\n.. include:: /part.txt\n",
    "part.txt": ".. trope-markup::\n\n   Words.\n\n   [[folder:A]]\n",
}


def warned(site: Site, **config: object) -> list[tuple[str, int]]:
    found = [f for f in health(site, **config) if f["kind"] == "markup"]
    assert all(f["sentence"] for f in found)
    return sorted((f["file"], f["line"]) for f in found)


PLACES = [("Old.trope", 1), ("Old.trope", 2), ("Zwölf_12.trope", 1), ("part.txt", 5)]


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_a_build_warns_of_while_reading_is_found_with_file_and_line(
    site: Site, jobs: int
) -> None:
    site.write(WELL | WARNED)
    site.build("tropes-health", parallel=jobs)
    data = json.loads((site.root / "tropes-health/health.json").read_text("utf-8"))
    found = [(f["file"], f["line"]) for f in data["findings"] if f["kind"] == "markup"]
    assert sorted(found) == PLACES


def test_a_build_that_reads_nothing_finds_the_same_and_says_nothing_again(site: Site) -> None:
    site.write(WELL | WARNED)
    assert warned(site) == PLACES
    assert warned(site) == PLACES
    assert "[[spoiler:" not in site.warnings
    site.write({"One.trope": WELL["One.trope"] + "More."})
    assert warned(site) == PLACES


def test_a_warning_that_is_suppressed_is_no_finding(site: Site) -> None:
    site.write(WELL | WARNED | FAULTS["duplicate"][0])
    found = health(site, suppress_warnings=["trope.markup", "trope.duplicate"])
    assert {f["kind"] for f in found}.isdisjoint({"markup", "duplicate"})


SHOWN_BY_ITSELF = {
    "List.trope": WELL["List.trope"] + "\n(:index One2:)\n",
    "Films/O'Reel2.trope": "On {{One}}, from the {{List}}.\n",
    "Two.trope": "On {{One}}. [[spoiler:x",
    "note.rst": ":orphan:\n\nN\n=\n\n.. trope-index::\n   :index: One\n",
}


def kinds_shown(site: Site) -> list[str]:
    page = parse(site.root / "html/tropes/health.html")
    return [s.get("id", "") for s in page.iter("section") if s.get("id") in KINDS]


@pytest.mark.parametrize(
    "suppressed",
    [
        ["trope.markup", "trope.config"],
        ["trope.orphan", "trope.unindexed", "trope.redirect"],
        ["trope"],
    ],
)
def test_the_page_and_the_gate_leave_out_the_same_kinds(site: Site, suppressed: list[str]) -> None:
    site.write(WELL | SHOWN_BY_ITSELF | FAULTS["redirect-loop"][0])
    site.build()
    assert {"markup", "config", "redirect-loop", "orphan"} <= set(kinds_shown(site))
    site.build(suppress_warnings=suppressed)
    shown = kinds_shown(site)
    found = {f["kind"] for f in health(site, suppress_warnings=suppressed)}
    assert set(shown) == found - {"wanted", "federation"}
    assert found.isdisjoint(kind.partition(".")[2] for kind in suppressed)
    site.build(out="clean", doctrees="others", suppress_warnings=suppressed)
    page = "tropes/health.html"
    assert (site.root / "html" / page).read_text() == (site.root / "clean" / page).read_text()
    site.build()
    assert set(shown) < set(kinds_shown(site))


def test_a_warning_is_the_same_finding_when_its_line_moves(site: Site) -> None:
    site.write(WELL | WARNED)
    before = {f["identity"] for f in health(site)}
    moved = {path: f"\n\n{text}" for path, text in WARNED.items() if path.endswith(".trope")}
    site.write(moved)
    found = health(site)
    assert {f["identity"] for f in found} == before
    assert ("Zwölf_12.trope", 3) in [(f["file"], f["line"]) for f in found]


def test_an_option_is_found_at_its_line_in_conf_py(site: Site) -> None:
    site.write(WELL)
    conf = site.source / "conf.py"
    conf.write_text(conf.read_text("utf-8") + "\n\ntropes_wanted = 'warm'\n", "utf-8")
    (finding,) = health(site)
    line = len(conf.read_text("utf-8").splitlines())
    assert (finding["file"], finding["line"]) == ("conf.py", line)


def test_the_health_page_follows_what_is_warned_of(site: Site) -> None:
    site.write(WELL | WARNED).build()
    assert "spoiler: is not closed" in text_of(site.page("tropes/health"))
    site.write({"Zwölf_12.trope": "On {{One}}. [[spoiler:the gardener]]\n"}).build()
    assert "spoiler: is not closed" not in text_of(site.page("tropes/health"))
    site.build(tropes_contxt_length=3)
    assert "tropes_contxt_length" in text_of(site.page("tropes/health"))
    site.build()
    assert "tropes_contxt_length" not in text_of(site.page("tropes/health"))


def test_no_page_changes_because_another_wiki_does_not_answer(site: Site) -> None:
    out = site.write(WELL).build()
    before = (out / "tropes/health.html").read_bytes()
    site.build(tropes_federation={"films": "nowhere.json"})
    assert "[trope.federation]" in site.warnings
    assert (out / "tropes/health.html").read_bytes() == before


# -- which kinds count


@pytest.mark.parametrize(
    ("kinds", "status"),
    [([], 1), (["-wanted"], 0), (["wanted"], 1), (["duplicate", "markup"], 0)],
)
def test_the_kinds_that_count_are_chosen(site: Site, kinds: list[str], status: int) -> None:
    site.write(WELL | FAULTS["wanted"][0])
    apps: list[Any] = []
    config = {"tropes_health_threshold": 0, "tropes_health_kinds": kinds}
    site.build("tropes-health", on_app=apps.append, **config)
    assert apps[0].statuscode == status


def test_a_kind_that_is_none_is_warned_of_with_what_may_be_meant(site: Site) -> None:
    site.write(WELL).build("tropes-health", tropes_health_kinds=["-orphans"])
    assert "'orphans' is not a kind of finding; did you mean 'orphan'?" in site.warnings


# -- names outside the text

OUTSIDE = {
    "Two.trope": "(:relation subtrope-of RomanceTrops:)\n" + ON_TWO,
    "list.rst": ":orphan:\n\nL\n=\n\n.. trope:: Pl4te\n   :indexes: NoSuchIndex\n\n   On :trope:`One`."
    "\n\n.. trope-backlinks:: Nobody's Page\n\n.. trope-backlinks:: Pl4te\n",
}


def test_a_name_outside_the_text_that_nobody_has_written_is_wanted(site: Site) -> None:
    found = health(site.write(WELL | OUTSIDE))
    wanted = {f["name"]: (f["file"], f["line"]) for f in found if f["kind"] == "wanted"}
    assert wanted == {
        "Main/RomanceTrops": ("Two.trope", 1),
        "Main/NoSuchIndex": ("list.rst", 6),
        "Main/NobodysPage": ("list.rst", 11),
    }


def test_a_name_outside_the_text_is_on_the_wanted_page_and_in_the_data(site: Site) -> None:
    site.write(WELL | OUTSIDE | {"Old.trope": "(:redirect Ghost:)"}).build()
    page = text_of(site.page("tropes/wanted"))
    names = ["Romance Trops", "No Such Index", "Nobodys Page", "Ghost"]
    assert all(name in page for name in names)
    data = json.loads((site.root / "html/tropes.json").read_text("utf-8"))
    assert {w["name"] for w in data["wanted"]} == {f"Main/{n.replace(' ', '')}" for n in names}
    site.write({"RomanceTrops.trope": "Here. On {{One}}."}).build()
    assert "Romance Trops" not in text_of(site.page("tropes/wanted"))


def test_a_name_outside_the_text_is_warned_of_with_its_line(site: Site) -> None:
    site.write(WELL | OUTSIDE).build(tropes_wanted="warn")
    assert "Two.trope:1: WARNING: no page is called Main/RomanceTrops [trope.wanted]" in (
        site.warnings
    )


def test_a_link_to_a_place_of_its_own_page_that_does_not_exist_is_found(site: Site) -> None:
    page = "On {{One}}.\n\nSee [[#nowhere here]], [[#at2 there]], [[#InThisWork in it]] [[#at2]].\n"
    page += "\n!!In this work\nText.\n"
    found = health(site.write(WELL | {"Two.trope": page}))
    assert [(f["kind"], f["other"], f["line"]) for f in found] == [
        ("missing-section", "Main/Two#nowhere", 3)
    ]
    site.build()
    assert 'href="#in-this-work"' in (site.root / "html/Two.html").read_text("utf-8")


def test_an_ambiguous_relation_is_found(site: Site) -> None:
    files = FAULTS["ambiguous"][0] | {"Two.trope": "(:relation sister-of Three:)\n" + ON_TWO}
    found = health(site.write(WELL | files))
    assert [(f["kind"], f["name"], f["line"]) for f in found] == [("ambiguous", "Main/Three", 1)]


# -- after edits


EDITS: list[dict[str, str | bytes | None]] = [
    {"Two.trope": ON_TWO + "[[spoiler:open {{O'Neil 2}}\n"},
    {"Two.trope": ON_TWO + "\n\n[[spoiler:open {{O'Neil 2}}\n"},
    {"Two.trope": ON_TWO + "[[#nowhere x]] (2)\n", "note.rst": b":orphan:\n\nN\n=\n\nCaf\xe9\n"},
    {"list.rst": OUTSIDE["list.rst"]},
    {"list.rst": OUTSIDE["list.rst"].replace("Nobody's Page", "nobodysPAGE")},
    {"One.trope": WELL["One.trope"] + "\nOn {{Nobody's Page}}.\n"},
    {"One.trope": WELL["One.trope"]},
    {"Two.trope": "(:relation subtrope-of Romance Trops:)\n" + ON_TWO},
    {"Two.trope": "\n(:relation subtrope-of RomanceTrops:)\n" + ON_TWO, "Old.trope": "(:redirect G:)"},
    {"RomanceTrops.trope": "On {{One}}.\n", "Old.trope": None},
    {"list.rst": OUTSIDE["list.rst"].replace("NoSuchIndex", "List"), "note.rst": None},
]  # fmt: skip


def test_pages_follow_what_is_found_as_a_clean_build_has_them(site: Site) -> None:
    site.write(dict(WELL)).build()
    for number, files in enumerate(EDITS):
        site.write(files).build(parallel=2 if number % 3 == 1 else 0)
        clean = site.build(out=f"clean{number}", doctrees=f"other{number}")
        for name in ("tropes/health.html", "tropes/wanted.html", "tropes.json", "Two.html"):
            shown = (site.root / "html" / name).read_text("utf-8")
            assert shown == (clean / name).read_text("utf-8"), (number, name)
        json.loads((clean / "tropes.json").read_text("utf-8"))


def test_a_redirect_to_a_section_that_does_not_exist_is_found_once(site: Site) -> None:
    site.write(WELL | {"Old3.trope": "(:redirect One#no such part:)"})
    found = [f for f in health(site) if f["kind"] == "missing-section"]
    assert [(f["name"], f["other"]) for f in found] == [("Main/Old3", "Main/One#no-such-part")]
