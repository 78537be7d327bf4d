"""The wiki as data: ``tropes.json``, ``objects.inv`` and intersphinx, ``get_wiki`` and its event."""

from __future__ import annotations

import json
import shutil
import zlib
from io import BytesIO
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import pytest
from sphinx.util.inventory import InventoryFile

from sphinxcontrib_tropes import get_wiki

from ..conftest import CONF, Site, text_of
from .reading import an_entry_a_line, ids_of, link_named, warnings_of

if TYPE_CHECKING:
    from pathlib import Path

    from sphinx.application import Sphinx

FILES = {
    "index.rst": """\
Wiki
====

A film: :trope:`Film/ToyStory3`, and :trope:`LostReel`.

.. trope:: Red Herring
   :aliases: False Clue 2
   :laconic: What misleads.
   :title: Herring, Red 4

   It misleads.
""",
    "Film/ToyStory3.trope": (
        "(:title Toy Story 3:)\n(:alias ToyStoryPart3:)\n\n"
        "Has a [[spoiler:{{Red Herring}}]] and a FalseClue2.\n"
    ),
    "OldName.trope": "(:redirect RedHerring:)\n",
    "Steins;Gate.trope": "Text.\n",
    "Ёлка.trope": "Text, a LostReel.\n",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    site = Site(tmp_path_factory.mktemp("data"))
    site.write(dict(FILES))
    site.build()
    return site


@pytest.fixture(scope="module")
def data(site: Site) -> dict[str, Any]:
    return json.loads((site.root / "html/tropes.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def objects(site: Site) -> dict[str, Any]:
    """Name -> what an inventory that is loaded tells of a page."""
    return inventory_of(site)


def inventory_of(site: Site) -> dict[str, Any]:
    raw = (site.root / "html/objects.inv").read_bytes()
    loaded = InventoryFile.load(BytesIO(raw), "", lambda base, path: path)
    return dict(loaded["trope:page"])


# -- tropes.json


def test_the_data_hold_every_page_under_its_canonical_name(data: dict[str, Any]) -> None:
    names = [page["name"] for page in data["pages"]]
    assert names == ["Film/ToyStory3", "Main/RedHerring", "Main/SteinsGate", "Main/Ёлка"]


def test_a_page_in_the_data_has_what_is_promised(data: dict[str, Any]) -> None:
    page = next(page for page in data["pages"] if page["name"] == "Main/RedHerring")
    assert page == {
        "name": "Main/RedHerring",
        "title": "Herring, Red 4",
        "url": "index.html#trope-main-redherring",
        "namespace": "Main",
        "laconic": "What misleads.",
        "aliases": ["Main/FalseClue2", "Main/OldName"],
        "relations": [],
        "related": [],
        "indexes": [],
    }


def test_wanted_names_are_in_the_data(data: dict[str, Any]) -> None:
    assert data["wanted"] == [{"name": "Main/LostReel", "wants": 2}]


def test_a_link_in_the_data_leads_to_its_very_place(site: Site, data: dict[str, Any]) -> None:
    for link in data["links"]:
        page, _, id_ = link["url"].partition("#")
        assert id_ in ids_of(site.page(unquote(page).removesuffix(".html")))


def test_a_link_in_the_data_tells_its_sentence(data: dict[str, Any]) -> None:
    link = next(link for link in data["links"] if link["source"] == "index")
    assert link["context"].startswith("A film: ")


def test_the_source_of_a_link_outside_pages_is_the_document(data: dict[str, Any]) -> None:
    assert {link["target"] for link in data["links"] if link["source"] == "index"} == {
        "Film/ToyStory3",
        "Main/LostReel",
    }


def test_links_by_an_alias_tell_the_page(data: dict[str, Any]) -> None:
    targets = [link["target"] for link in data["links"] if link["source"] == "Film/ToyStory3"]
    assert targets == ["Main/RedHerring", "Main/RedHerring"]


def test_what_a_spoiler_hides_is_not_in_the_data(data: dict[str, Any]) -> None:
    link = next(link for link in data["links"] if link["source"] == "Film/ToyStory3")
    assert link["context"].startswith("Has a [spoiler] and a ")


def test_each_entry_of_the_data_has_a_line(site: Site, data: dict[str, Any]) -> None:
    assert any("in_spoiler" in link for link in data["links"])
    assert (site.root / "html/tropes.json").read_text("utf-8") == an_entry_a_line(data)


def test_two_builds_give_the_same_bytes(site: Site) -> None:
    first = (site.root / "html/tropes.json").read_bytes()
    site.build(out="again", doctrees="again-doctrees")
    assert (site.root / "again/tropes.json").read_bytes() == first


def test_the_data_of_dirhtml_have_its_addresses(site: Site) -> None:
    site.build("dirhtml")
    found = json.loads((site.root / "dirhtml/tropes.json").read_text("utf-8"))
    assert "Film/ToyStory3/" in [page["url"] for page in found["pages"]]


def test_a_page_that_is_gone_leaves_the_data(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.write({"Ape.trope": "Text.\n", "Bee.trope": "Text.\n"}).build()
    site.write({"Ape.trope": None}).build()
    found = json.loads((site.root / "html/tropes.json").read_text("utf-8"))
    assert [page["name"] for page in found["pages"]] == ["Main/Bee"]


# Names that sort otherwise by key than by name, by title or in the order of the alphabet.
AWKWARD = {
    "HumanZoo.trope": "(:laconic A long line here that is longer.:)\n\nAbout {{Humans}}.\n",
    "Humans.trope": "A HumanZoo, 2 {{humans}}.\n",
    "Abc.trope": "To {{Humans}}.\n",
    "aBD.trope": "(:title Zz:)\n(:laconic To the end.:)\n\nTo {{Abc}}.\n",
    "Film/12 O'Clock.trope": "(:title Abc:)\n\nA HumanZoo, an {{aBD}} and {{Ёлка 2}}.\n",
    "Ёлка.trope": "(:title Abc:)\n\nText.\n",
}


def parsed(site: Site) -> Any:
    """What the file holds, an entry a line."""
    text = (site.root / "html/tropes.json").read_text("utf-8")
    found = json.loads(text)
    assert text == an_entry_a_line(found)
    return found


def clean(site: Site) -> bytes:
    """What a build from nothing writes."""
    for folder in ("clean", "clean-doctrees"):
        shutil.rmtree(site.root / folder, ignore_errors=True)
    out = site.build(out="clean", doctrees="clean-doctrees")
    return (out / "tropes.json").read_bytes()


def test_the_data_are_right_after_edits_whatever_the_names_sort_like(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.write(dict(AWKWARD)).build()
    for name, text in AWKWARD.items():
        site.write({name: f"{text}\nAnd {{{{HumanZoo}}}}, {{{{Nobody's 4}}}}.\n"}).build()
        assert {page["name"] for page in parsed(site)["pages"]} >= {"Main/ABD", "Main/HumanZoo"}
        assert (site.root / "html/tropes.json").read_bytes() == clean(site)


@pytest.mark.parametrize("form", [1, 2], ids=["an older version", "this version"])
def test_data_that_an_earlier_build_left_in_pieces_are_written_anew(
    tmp_path: Path, form: int
) -> None:
    """As the version did that summed up lengths in another order than that of the file."""
    site = Site(tmp_path)
    site.write(dict(AWKWARD)).build()
    path, state = site.root / "html/tropes.json", site.root / "html/.tropes-state.json"
    text = path.read_bytes()
    broken = text[:400] + text[420:]
    path.write_bytes(broken)
    noted = json.loads(state.read_text("utf-8"))
    stamp = [zlib.crc32(broken), len(broken)]
    if form == 1:
        noted["made_by"] = noted.pop("settings")
        noted["data"] = {"stamp": stamp, "begins": {"pages": 4}, "lengths": {"pages": {"a": 2}}}
        del noted["emitted"]
    else:
        noted["emitted"]["tropes.json"][1]["stamp"] = stamp
    state.write_text(json.dumps(noted, sort_keys=True), "utf-8")
    if form == 2:
        site.write({"Abc.trope": "To {{Humans}}, then.\n"})
    site.build()
    assert path.read_bytes() == clean(site)


@pytest.mark.parametrize("change", ["shorter", "longer", "gone", "a folder"])
def test_data_that_somebody_else_changed_are_made_good_in_the_next_build(
    tmp_path: Path, change: str
) -> None:
    site = Site(tmp_path)
    site.write(dict(AWKWARD)).build()
    path = site.root / "html/tropes.json"
    text = path.read_bytes()
    path.unlink()
    if change == "a folder":
        path.mkdir()
        for _again in range(2):
            site.build()
            assert warnings_of(site) == [
                "ERROR: tropes.json can't be written: Is a directory [trope.output]"
            ]
        path.rmdir()
    elif change != "gone":
        path.write_bytes(text[:-9] if change == "shorter" else text + b" ")
    site.build()
    assert warnings_of(site) == []
    assert path.read_bytes() == text


# -- objects.inv


def test_every_page_and_alias_is_in_the_inventory(objects: dict[str, Any]) -> None:
    assert sorted(objects) == [
        "Film/ToyStory3",
        "Main/FalseClue2",
        "Main/OldName",
        "Main/RedHerring",
        "Main/SteinsGate",
        "Main/ToyStoryPart3",
        "Main/Ёлка",
    ]


def test_the_inventory_tells_the_title(objects: dict[str, Any]) -> None:
    assert objects["Film/ToyStory3"].display_name == "Toy Story 3"


def test_the_inventory_tells_the_place(objects: dict[str, Any]) -> None:
    assert objects["Main/RedHerring"].uri == "index.html#trope-main-redherring"


@pytest.mark.parametrize("name", ["Main/FalseClue2", "Main/OldName"])
def test_an_alias_in_the_inventory_leads_to_its_page(objects: dict[str, Any], name: str) -> None:
    assert objects[name].uri == "index.html#trope-main-redherring"


def test_the_inventory_has_no_name_with_a_blank(objects: dict[str, Any]) -> None:
    assert not [name for name in objects if " " in name]


def test_the_inventory_has_the_label_of_the_index(site: Site) -> None:
    raw = (site.root / "html/objects.inv").read_bytes()
    loaded = InventoryFile.load(BytesIO(raw), "", lambda base, path: path)
    assert loaded["std:label"]["trope-index"].uri == "tropes/index.html"


def test_no_line_of_the_inventory_is_broken(site: Site) -> None:
    raw = (site.root / "html/objects.inv").read_bytes()
    lines = zlib.decompress(raw.split(b"\n", 4)[4]).decode().splitlines()
    pages = [line for line in lines if " trope:page " in line]
    assert len(pages) == len(inventory_of(site))


# -- intersphinx


def project(root: Path, name: str, other: str, files: dict[str, str]) -> Site:
    site = Site(root / name)
    conf = (
        'extensions = ["sphinxcontrib_tropes", "sphinx.ext.intersphinx"]\n'
        'html_theme = "basic"\n'
        f'intersphinx_mapping = {{"{other}": ("https://{other}.example/", '
        f'"{root / other / "html/objects.inv"}")}}\n'
    )
    site.write({"conf.py": CONF + conf, **files})
    return site


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Site, Site]:
    """Two projects that link to one another."""
    root = tmp_path_factory.mktemp("both")
    one = project(
        root,
        "one",
        "two",
        {
            "index.rst": (
                "Wiki\n====\n\n:trope:`Film/ToyStory3` :trope:`to a film <film/toy story 3>` "
                ":trope:`{{Half Elf}}s` :trope:`Elf` :trope:`NeitherHas` :any:`Main/HalfElf`\n"
            ),
            "RedHerring.trope": "(:alias FalseClue:)\n\nHere, unlike in Film/ToyStory3, a HalfElf.\n",
            "SharedName.trope": "One's own.\n",
            "Linker.trope": "A SharedName.\n",
        },
    )
    two = project(
        root,
        "two",
        "one",
        {
            "Film/ToyStory3.trope": "(:title Toy Story 3:)\n\nA RedHerring, by a FalseClue.\n",
            "HalfElf.trope": "(:alias Elf:)\n\nSee FalseClue.\n",
            "SharedName.trope": "The other's.\n",
        },
    )
    two.build(intersphinx_mapping={})
    one.build()
    two.build()
    return one, two


def test_a_link_into_a_section_of_another_project_leads_there(tmp_path: Path) -> None:
    pages = {"HalfElf.trope": "Text.\n\n!!Second Part 2\nMore.\n"}
    two = project(tmp_path, "two", "one", pages)
    two.build(intersphinx_mapping={})
    text = "Wiki\n====\n\n:trope:`HalfElf#Second Part 2` :trope:`x <Half Elf#second-part-2>`\n"
    one = project(tmp_path, "one", "two", {"index.rst": text})
    one.build()
    found = [link.get("href") for link in one.page("index").iter("a")]
    assert found.count("https://two.example/HalfElf.html#second-part-2") == 2


def test_a_page_of_another_project_is_linked_to(both: tuple[Site, Site]) -> None:
    link = link_named(both[0].page("RedHerring"), "Toy Story 3")
    assert link.get("href") == "https://two.example/Film/ToyStory3.html"


def test_links_across_projects_go_both_ways(both: tuple[Site, Site]) -> None:
    link = link_named(both[1].page("Film/ToyStory3"), "Red Herring")
    assert link.get("href") == "https://one.example/RedHerring.html"


def test_a_role_leads_to_another_project(both: tuple[Site, Site]) -> None:
    link = link_named(both[0].page("index"), "Toy Story 3")
    assert link.get("href") == "https://two.example/Film/ToyStory3.html"


def test_a_label_of_a_link_to_another_project_is_kept(both: tuple[Site, Site]) -> None:
    link = link_named(both[0].page("index"), "to a film")
    assert link.get("href") == "https://two.example/Film/ToyStory3.html"


def test_a_plural_of_a_link_to_another_project_is_kept(both: tuple[Site, Site]) -> None:
    link = link_named(both[0].page("index"), "Half Elfs")
    assert link.get("href") == "https://two.example/HalfElf.html"


def test_an_alias_of_another_project_leads_to_its_page(both: tuple[Site, Site]) -> None:
    link = link_named(both[1].page("HalfElf"), "False Clue")
    assert link.get("href") == "https://one.example/RedHerring.html"


def test_a_link_to_another_project_is_a_link_to_a_page(both: tuple[Site, Site]) -> None:
    classes = link_named(both[0].page("RedHerring"), "Toy Story 3").get("class", "").split()
    assert "trope" in classes
    assert "trope-wanted" not in classes


def test_a_page_of_this_project_counts_more_than_one_of_another(both: tuple[Site, Site]) -> None:
    assert link_named(both[0].page("Linker"), "Shared Name").get("href") == "SharedName.html"


def test_what_another_project_has_is_not_wanted(both: tuple[Site, Site]) -> None:
    found = json.loads((both[0].root / "html/tropes.json").read_text("utf-8"))
    assert [wanted["name"] for wanted in found["wanted"]] == ["Main/NeitherHas"]


def test_any_finds_a_page_of_another_project(both: tuple[Site, Site]) -> None:
    hrefs = [a.get("href") for a in both[0].page("index").iter("a")]
    assert hrefs.count("https://two.example/HalfElf.html") >= 2


def test_links_across_projects_are_no_warning(both: tuple[Site, Site]) -> None:
    assert warnings_of(both[0]) == []
    assert warnings_of(both[1]) == []


# -- Python


def test_get_wiki_gives_the_wiki_of_the_project(site: Site) -> None:
    found = []
    site.build(
        "dummy",
        on_app=lambda app: app.connect(
            "build-finished", lambda app, _: found.append(get_wiki(app.env))
        ),
    )
    assert "main/redherring" in found[0].pages


def test_the_event_tells_the_complete_wiki_once(site: Site) -> None:
    found: list[list[str]] = []

    def connect(app: Sphinx) -> None:
        app.connect("tropes-wiki-updated", lambda app, wiki: found.append(sorted(wiki.pages)))

    site.build("dummy", on_app=connect)
    (keys,) = found
    assert "film/toystory3" in keys
    assert "main/ёлка" in keys


def test_a_page_is_a_wiki_page_before_any_is_linked(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.write({"Ape.trope": "Text.\n"}).build()
    assert "Ape" in text_of(site.page("tropes/index"))
