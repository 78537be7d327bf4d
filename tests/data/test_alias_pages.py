"""The addresses of aliases: small pages that lead on."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from ..conftest import Site, text_of
from ..sphinx.reading import broken_links, places_of, warnings_of

if TYPE_CHECKING:
    from pathlib import Path

PAGES: dict[str, str | bytes | None] = {
    "HumanZoo.trope": (
        '(:title Human <b>Zoo</b> & "Co":)\n\n(:alias {{Zoo, the 3rd}}, Ёлка 2:)\n'
        "(:alias Film/{{12 O'Clock}}:)\n{{Humans}}.\n"
    ),
    "Humans.trope": "Of {{Zoo the 3rd}}.\n",
    "Film/Abe 7.trope": "(:alias Film/Éclair Two, Abe Old:)\nOf {{Humans}}.\n",
    "guide.rst": ":orphan:\n\nG\n=\n\n.. trope:: In Here\n   :aliases: Out There 9\n\n   x\n",
}


def files_of(out: Path) -> list[str]:
    return sorted(
        path.relative_to(out).as_posix()
        for path in out.rglob("*.html")
        if path.read_text("utf-8").startswith("<!doctype html>\n<!-- The address of an alias")
    )


def lead(page: Any) -> str:
    (refresh,) = [meta for meta in page.iter("meta") if meta.get("http-equiv") == "refresh"]
    found: str = refresh.get("content")
    return found


def test_each_alias_has_a_page_where_a_page_of_that_name_would_be(site: Site) -> None:
    out = site.write(dict(PAGES)).build()
    assert files_of(out) == sorted(
        ["ZooThe3rd.html", "Ёлка2.html", "Film/12OClock.html", "Film/ÉclairTwo.html", "AbeOld.html",
         "OutThere9.html"]
    )  # fmt: skip
    assert not warnings_of(site)


def test_the_page_of_an_alias_leads_on_without_a_script(site: Site) -> None:
    site.write(dict(PAGES)).build(html_baseurl="https://example.org/it's/")
    page = site.page("Film/12OClock")
    assert lead(page) == "0; url=../HumanZoo.html"
    (link,) = page.iter("a")
    assert (link.get("href"), text_of(link)) == ("../HumanZoo.html", "Human <b>Zoo</b> & “Co”")
    (canonical,) = [found for found in page.iter("link") if found.get("rel") == "canonical"]
    assert canonical.get("href") == "https://example.org/it's/HumanZoo.html"
    assert not list(page.iter("script"))
    assert not list(page.iter("style"))
    assert lead(site.page("OutThere9")) == "0; url=guide.html#trope-main-inhere"
    assert lead(site.page("AbeOld")) == "0; url=Film/Abe%207.html"


def test_folders_have_them_as_well(site: Site) -> None:
    out = site.write(dict(PAGES)).build("dirhtml")
    assert "Film/12OClock/index.html" in files_of(out)
    page = site.page("Film/12OClock/index", out="dirhtml")
    assert lead(page) == "0; url=../../HumanZoo/"
    assert not broken_links(out)


@pytest.mark.parametrize("builder", ["epub", "json", "singlehtml"])
def test_books_and_other_builders_have_none(site: Site, builder: str) -> None:
    out = site.write(dict(PAGES)).build(builder)
    assert not [path for path in out.rglob("*") if "12OClock" in path.name]
    assert not (out / "tropes/data/aliases.json").exists()


def test_a_page_of_an_alias_goes_with_its_alias(site: Site) -> None:
    out = site.write(dict(PAGES)).build()
    site.write({"HumanZoo.trope": "(:alias Ёлка 2:)\nx\n", "Film/Abe 7.trope": None}).build()
    assert files_of(out) == ["OutThere9.html", "Ёлка2.html"]
    site.write({"guide.rst": None, "HumanZoo.trope": "y\n"}).build()
    assert files_of(out) == []


def test_an_alias_that_becomes_a_page_is_that_page(site: Site) -> None:
    out = site.write(dict(PAGES)).build()
    pages = {"HumanZoo.trope": "x\n", "ZooThe3rd.trope": "A page of its own.\n"}
    site.write({**pages, "Film/12 O'Clock.trope": "z\n"}).build()
    assert "A page of its own" in text_of(site.page("ZooThe3rd"))
    assert "ZooThe3rd.html" not in files_of(out)


def test_a_page_that_becomes_an_alias_keeps_its_address(site: Site) -> None:
    site.write({"Old Name 2.trope": "x\n", "Humans.trope": "y\n"}).build()
    pages = {"Old Name 2.trope": None, "New.trope": "(:alias Old Name 2:)\nx\n"}
    out = site.write(pages).build()
    assert files_of(out) == ["OldName2.html"]


def test_a_new_title_is_told_by_the_pages_of_its_aliases(site: Site) -> None:
    site.write(dict(PAGES)).build()
    site.write({"HumanZoo.trope": "(:title Älter:)\n(:alias Zoo the 3rd:)\nx\n"}).build()
    assert text_of(site.page("ZooThe3rd")) == "Älter Älter"


def test_they_can_be_turned_off_and_go(site: Site) -> None:
    out = site.write(dict(PAGES)).build()
    site.build(tropes_alias_pages=False)
    assert files_of(out) == []
    assert not (out / "tropes/data/aliases.json").exists()
    (out / ".tropes-state.json").unlink()
    site.build()
    (out / ".tropes-state.json").unlink()
    site.build(tropes_alias_pages=False)
    assert files_of(out) == []


def test_a_page_that_was_deleted_is_written_again(site: Site) -> None:
    out = site.write(dict(PAGES)).build()
    (out / "ZooThe3rd.html").unlink()
    site.build()
    assert "ZooThe3rd.html" in files_of(out)


def test_what_is_where_an_alias_would_be_is_told_with_file_and_line(site: Site) -> None:
    site.write(
        {
            **PAGES,
            "ÉCLAIR 5.rst": ":orphan:\n\nOwn\n===\n",
            "extra/Readme2.html": "mine",
            "Humans.trope": "x\n\n(:alias Search:)\n(:alias README2, 404:)\n(:alias INDEX:)\n",
            "other/O'Brien.trope": "(:alias Index:)\n",
        }
    )
    out = site.build(html_extra_path=["extra"])
    told = warnings_of(site, "trope.collision")
    assert sorted(places_of(site, "trope.collision")) == [
        "Humans.trope:3", "Humans.trope:4", "Humans.trope:4", "Humans.trope:5",
    ]  # fmt: skip
    assert "the alias Main/Search has no address of its own: the file 'search.html' is there" in (
        " ".join(told)
    )
    assert "the file 'Readme2.html'" in " ".join(told)
    assert "the document 'index'" in " ".join(told)
    assert "the generated page '404'" in " ".join(told)
    assert (out / "Readme2.html").read_text("utf-8") == "mine"
    site.build(html_extra_path=["extra"])  # as long as it is so
    assert len(warnings_of(site, "trope.collision")) == 4
    site.build("tropes-health")
    found = json.loads((site.root / "tropes-health/health.json").read_text("utf-8"))["findings"]
    assert [(f["kind"], f["line"]) for f in found if f["kind"] == "collision"] == [
        ("collision", 5),
    ]  # fmt: skip


def test_two_aliases_that_a_disk_cannot_tell_apart_are_told(site: Site) -> None:
    site.write(
        {
            "film/a.rst": ":orphan:\n\nA\n=\n\n.. trope:: One 1\n   :aliases: Old\n\n   x\n",
            "b.rst": ":orphan:\n\nB\n=\n\n.. trope:: Two 2\n   :aliases: Film/Old\n\n   x\n",
        }
    )
    out = site.build()
    assert files_of(out) == ["Film/Old.html"]
    assert places_of(site, "trope.collision") == ["film/a.rst:6"]
    assert "that of Film/Old in 'b', line 6, is there" in " ".join(warnings_of(site))


def test_an_alias_that_two_pages_claim_is_told_at_its_own_line(site: Site) -> None:
    site.write({"A1.trope": "x\n\n(:alias Old:)\n", "B2.trope": "x\n\n(:alias old:)\n"})
    out = site.build()
    assert files_of(out) == ["Old.html"]
    assert places_of(site, "trope.duplicate") == ["B2.trope:3"]


def test_two_spellings_of_one_alias_are_both_there(site: Site) -> None:
    out = site.write({"A1.trope": "(:alias Old Name, Oldname:)\nx\n"}).build()
    assert files_of(out) == ["OldName.html", "Oldname.html"]
    assert not warnings_of(site)


def test_the_data_say_where_redirects_and_aliases_are(site: Site) -> None:
    out = site.write({**PAGES, "Moved 3.trope": "(:redirect HumanZoo:)\n"}).build()
    data = json.loads((out / "tropes.json").read_text("utf-8"))
    assert {(found["name"], found["target"], found["url"]) for found in data["redirects"]} == {
        ("Film/12OClock", "Main/HumanZoo", "Film/12OClock.html"),
        ("Film/ÉclairTwo", "Film/Abe7", "Film/%C3%89clairTwo.html"),
        ("Main/AbeOld", "Film/Abe7", "AbeOld.html"),
        ("Main/Moved3", "Main/HumanZoo", "Moved%203.html"),
        ("Main/OutThere9", "Main/InHere", "OutThere9.html"),
        ("Main/ZooThe3rd", "Main/HumanZoo", "ZooThe3rd.html"),
        ("Main/Ёлка2", "Main/HumanZoo", "%D0%81%D0%BB%D0%BA%D0%B02.html"),
    }  # fmt: skip
    site.write({"ZooThe3rd.rst": ":orphan:\n\nMine\n====\n"}).build()
    data = json.loads((out / "tropes.json").read_text("utf-8"))
    assert "Main/ZooThe3rd" not in [found["name"] for found in data["redirects"]]


def test_an_alias_too_long_for_a_file_has_no_address_and_works(site: Site) -> None:
    long = "W" + "ä" * 150
    out = site.write({"A1.trope": f"(:alias {long}:)\nx\n", "B.trope": f"[[{long}]]\n"}).build()
    assert site.warnings == ""
    assert 'href="A1.html"' in (out / "B.html").read_text("utf-8")


@pytest.mark.parametrize(
    "listed",
    ["", "[]", '{"aliases": {"../evil": ["a", "b", "c"]}}', '{"aliases": {"index": ["a", "b", "c"]}}',
     '{"aliases": {"x": ["a", 1, "c"]}}'],
)  # fmt: skip
def test_a_list_from_elsewhere_deletes_nothing_of_others(site: Site, listed: str) -> None:
    out = site.write(dict(PAGES)).build()
    evil = site.root / "evil.html"
    evil.write_text("<!doctype html>\n<!-- The address of an alias, by sphinxcontrib-tropes -->\n")
    (out / "tropes/data/aliases.json").write_text(listed, "utf-8")
    site.build()
    assert evil.exists()
    assert (out / "index.html").exists()
    assert "ZooThe3rd.html" in files_of(out)
    (out / "tropes/data/aliases.json").write_text(listed, "utf-8")
    site.build(tropes_alias_pages=False)
    assert evil.exists()
    assert (out / "index.html").exists()
