"""The data of previews: files that a page asks for."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import pytest

from sphinxcontrib_tropes.data.script_files import shard_of
from sphinxcontrib_tropes.wiki import COVER

from ..conftest import Site

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "Ape.trope": "(:laconic An ape.:)\n\nThe ape, and a {{Ghost}}.\n\n!!Part\nText.\n",
    "Ünique Bee.trope": "To {{Ape}} and a {{Ghost}}. [[spoiler:It stings.]]\n",
    "Film/Cat.trope": "A cat.",
    "Literature/Cat.trope": "A cat. ",
    "Dog.trope": "Chases a {{Cat}}.",
    "guide.rst": ":orphan:\n\nGuide\n=====\n\n.. trope:: Own\n\n   Its own.\n",
}


def argument(path: Path) -> Any:
    """What a file calls its function with."""
    text = path.read_text("utf-8")
    return json.loads(text[text.index("{") : text.rindex("}") + 1])


def manifest(site: Site, out: str = "html", prefix: str = "tropes") -> Any:
    return argument(site.root / out / prefix / "data/manifest.js")


def entries(site: Site, out: str = "html", prefix: str = "tropes") -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in manifest(site, out, prefix)["versions"]:
        found |= argument(site.root / out / prefix / f"data/{name}.js")
    return found


@pytest.fixture
def built(site: Site) -> Site:
    site.write(dict(FILES)).build()
    return site


@pytest.mark.parametrize(
    ("text", "hashed"), [("", 0x811C9DC5), ("a", 0xE40C292C), ("foobar", 0xBF9CF968)]
)
def test_the_file_of_an_entry_is_told_by_the_known_hash(text: str, hashed: int) -> None:
    assert shard_of(text, 1 << 32) == hashed ^ hashed >> 16


def test_entries_are_spread_evenly() -> None:
    sizes = [0] * 64
    for number in range(64 * 64):
        sizes[shard_of(f"tropes/backlinks/main/page{number}.html", 64)] += 1
    assert max(sizes) < 2 * 64


def test_an_entry_is_found_by_the_address_of_its_page(built: Site) -> None:
    assert entries(built)["Ape.html"] == {
        "title": "Ape",
        "laconic": "An ape.",
        "lead": "The ape, and a Ghost.",
    }


def test_an_address_is_not_quoted(built: Site) -> None:
    assert "Ünique Bee.html" in entries(built)


def test_a_page_in_a_document_is_found_by_its_anchor(built: Site) -> None:
    assert entries(built)["guide.html#trope-main-own"]["lead"] == "Its own."


def test_a_red_link_is_found_by_its_backlinks_page(built: Site) -> None:
    assert entries(built)["tropes/backlinks/main/ghost.html"] == {
        "title": "Ghost",
        "kind": "wanted",
        "wants": "2 pages want it",
        "wanted_by": ["Ape", "Ünique Bee"],
    }


def test_an_ambiguous_link_offers_addresses(built: Site) -> None:
    entry = entries(built)["tropes/backlinks/main/cat.html"]
    assert entry["choices"] == [
        ["Cat", "Films", "Film/Cat.html"],
        ["Cat", "Literature", "Literature/Cat.html"],
    ]


def test_addresses_are_those_of_the_builder(site: Site) -> None:
    site.write(dict(FILES)).build("dirhtml")
    assert "Ape/" in entries(site, "dirhtml")


def test_each_entry_is_in_the_file_that_its_hash_says(site: Site) -> None:
    site.write({f"Page{number}.trope": f"Page {number}, a {{{{Ghost}}}}." for number in range(200)})
    site.build()
    told = manifest(site)
    assert told["shards"] == 4
    for name in told["versions"]:
        shard = argument(site.root / f"html/tropes/data/{name}.js")
        assert {shard_of(address, 4) for address in shard} == {int(name, 16)}


def times(site: Site) -> dict[str, int]:
    return {p.name: p.stat().st_mtime_ns for p in (site.root / "html/tropes/data").glob("*.js")}


def test_a_build_without_changes_computes_no_cards(
    built: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = times(built)
    monkeypatch.setattr("sphinxcontrib_tropes.data.previews.cards", None)
    built.build()
    assert times(built) == before


def test_a_change_of_one_page_writes_one_file(site: Site) -> None:
    files = {f"Page{number}.trope": f"Page {number}." for number in range(200)}
    site.write(files).build()
    before = times(site)
    site.write({"Page7.trope": "Another page."}).build()
    after = times(site)
    changed = {name for name, time in after.items() if before[name] != time}
    assert changed == {f"{shard_of('Page7.html', 4):x}.js", "manifest.js"}
    assert entries(site)["Page7.html"]["lead"] == "Another page."


def test_files_that_hold_nothing_any_more_are_deleted(site: Site) -> None:
    files: dict[str, str | bytes | None] = {f"P{number}.trope": "Text." for number in range(300)}
    site.write(files).build()
    site.write(dict.fromkeys(files)).write({"Ape.trope": "Text."}).build()
    assert sorted(times(site)) == ["0.js", "manifest.js"]


def test_files_that_were_lost_are_written_again(built: Site) -> None:
    before = entries(built)
    (built.root / "html/tropes/data/0.js").unlink()
    built.build()
    assert entries(built) == before


def test_another_prefix_moves_the_files(built: Site) -> None:
    built.build(tropes_pages_prefix="wiki")
    assert "Ape.html" in entries(built, prefix="wiki")
    assert not (built.root / "html/tropes").exists()


def test_there_are_no_files_without_previews(built: Site) -> None:
    built.build(tropes_preview=False)
    assert not list((built.root / "html/tropes/data").glob("*.js"))
    built.build()
    assert "Ape.html" in entries(built)


@pytest.mark.parametrize("builder", ["epub", "singlehtml", "latex", "text"])
def test_other_builders_write_none(site: Site, builder: str) -> None:
    out = site.write(dict(FILES)).build(builder)
    assert not list(out.rglob("manifest.js"))


def test_no_spoiler_is_in_the_data(built: Site) -> None:
    assert all("stings" not in p.read_text() for p in (built.root / "html").rglob("data/*.js"))


def test_a_name_without_a_backlinks_page_has_no_entry(site: Site) -> None:
    site.write(dict(FILES)).build(tropes_backlinks_pages=False)
    assert all("backlinks" not in address for address in entries(site))


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_a_file_whose_name_looks_like_a_script_is_no_address_by_itself(
    site: Site, builder: str
) -> None:
    site.write(
        {
            "javascript:alert(1).trope": "(:namespace Film:)\n\nText.",
            "x/javascript:alert(1).trope": "(:namespace Anime:)\n\nText.",
            "Ape.trope": "On [[JavascriptAlert1]].",
        }
    )
    out = site.build(builder)
    scripts = "".join(p.read_text("utf-8") for p in sorted((out / "tropes/data").rglob("*.js")))
    assert '"javascript%3Aalert%281%29' in scripts
    # the keys alone are as browsers give them, and nothing is led to by a key
    assert scripts.count("javascript:") == scripts.count('\n"javascript:') + scripts.count(
        "x/javascript:"
    )


# -- sections, pictures, links in the text

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
SECTIONS: dict[str, str | bytes | None] = {
    "Éclair 2.trope": (
        "The {{Ape}} & 𝔘 the [[Ape it's]], no {{Ghost}}.\n\nA [[spoiler:{{Bee}}]].\n\n"
        "!!O’Neil <b>\nA part, with an {{Ape}}. [[spoiler:It stings.]]\n\n!!Other\n* {{Ape}}: One.\n\n"
        "!!!Inner\nDeep.\n"
    ),
    "Ape.trope": "Of [[Éclair2#ONeilB it]] and its [[Éclair2#inner deep part]].\n",
    "Bee.trope": "Of the [[Éclair2#Other other]] part.\n",
}


def test_an_entry_has_the_links_of_its_text_but_not_those_that_a_spoiler_covers(site: Site) -> None:
    site.write(SECTIONS).build()
    entry = entries(site)["Éclair 2.html"]
    text = entry["lead"].encode("utf-16-le")
    words = [text[2 * a : 2 * b].decode("utf-16-le") for a, b, _address in entry["links"]]
    assert words == ["Ape", "it’s"]
    assert {address for *_place, address in entry["links"]} == {"Ape.html"}


def test_an_entry_has_the_sections_that_links_lead_to(site: Site) -> None:
    site.write(SECTIONS).build()
    sections = entries(site)["Éclair 2.html"]["sections"]
    assert {found["title"]: found["lead"] for found in sections.values()} == {
        "O’Neil <b>": f"A part, with an Ape. {COVER}",
        "Inner": "Deep.",
        "Other": "Ape: One.",
    }
    assert [found.get("links") for found in sections.values() if found["title"] == "Other"] == [
        [[0, 3, "Ape.html"]]
    ]


def test_a_section_that_no_link_leads_to_any_more_goes(site: Site) -> None:
    site.write(SECTIONS).build()
    site.write({"Bee.trope": "Of nothing.\n"}).build()
    titles = [found["title"] for found in entries(site)["Éclair 2.html"]["sections"].values()]
    assert sorted(titles) == ["Inner", "O’Neil <b>"]


def test_links_in_an_entry_follow_the_sections_of_their_page(site: Site) -> None:
    site.write(SECTIONS).build()
    assert "#" in entries(site)["Bee.html"]["links"][0][2]
    site.write({"Éclair 2.trope": "No part.\n"}).build()
    assert "#" not in entries(site)["Bee.html"]["links"][0][2]


@pytest.mark.parametrize(
    ("text", "has_one"),
    [
        ("[[quoteright:100:é1.png]]\nText.", True),
        ("Text.\n\n!!Part\n[[quoteright:100:é1.png]]\nMore.", True),
        ("[[spoiler:\n[[quoteright:100:é1.png]]\n]]\nText.", False),
        ("[[folder:A]]\n[[quoteright:100:é1.png]]\n[[/folder]]\nText.", False),
        ("No picture.", False),
    ],
)
def test_an_entry_has_the_first_picture_that_nothing_covers(
    site: Site, text: str, has_one: bool
) -> None:
    site.write({"Ape.trope": text, "é1.png": PIXEL}).build()
    picture = entries(site)["Ape.html"].get("picture", "")
    assert bool(picture) == has_one
    if has_one:
        assert (site.root / "html" / unquote(picture)).read_bytes() == PIXEL
