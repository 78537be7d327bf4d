"""The data of the switcher: the names of all pages, in files that its script asks for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from sphinxcontrib_tropes.wiki.exchange import name_blocks

from ..conftest import AWKWARD, Site

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "Ape.trope": "(:alias Film/{{Great Ape}}, apes:)\nThe ape, and a {{Ghost}}.\n",
    "Ünique Bee.trope": "To {{Ape}} and a {{Ghost}}.\n",
    "Film/Cat.trope": "(:title The [[spoiler:secret]] Cat:)\nA cat.",
    "Dog.trope": "(:redirect Ape:)\n",
    "guide.rst": ":orphan:\n\nGuide\n=====\n\n.. trope:: Own\n\n   Its own.\n",
}
PAGE, ALIAS, WANTED, DOCUMENT = range(4)


def argument(path: Path) -> Any:
    """What a file calls its function with."""
    text = path.read_text("utf-8")
    return json.loads(text[text.index("{") : text.rindex("}") + 1])


def manifest(site: Site, out: str = "html") -> Any:
    return argument(site.root / out / "tropes/data/names/manifest.js")


def rows(site: Site, out: str = "html") -> list[list[Any]]:
    found = []
    for path in (site.root / out / "tropes/data/names").glob("[0-9a-f]*.js"):
        for block in argument(path).values():
            found += block
    return sorted(found, key=lambda row: (row[0], row[1]))


@pytest.fixture
def built(site: Site) -> Site:
    site.write(dict(FILES)).build()
    return site


def test_names_are_those_of_pages_aliases_redirects_wanted_pages_and_documents(built: Site) -> None:
    assert manifest(built)["namespaces"] == [["Main", "Tropes"], ["Film", "Films"]]
    assert [(row[0], row[1]) for row in rows(built)] == [
        ("Ape", "Ape.html"),
        ("Apes", "Ape.html"),
        ("Cat", "Film/Cat.html"),
        ("Dog", "Ape.html"),
        ("Ghost", "tropes/backlinks/main/ghost.html"),
        ("Great Ape", "Ape.html"),
        ("Guide", "guide.html"),
        ("Own", "guide.html#trope-main-own"),
        ("The … Cat", "Film/Cat.html"),
        ("Ünique Bee", "%C3%9Cnique%20Bee.html"),
    ]


def test_a_row_has_namespace_weight_kind_and_the_title_of_an_alias(built: Site) -> None:
    found = {row[0]: row[2:] for row in rows(built)}
    assert found["Ape"] == [0, 1]
    assert found["Great Ape"] == [1, 1, ALIAS, "Ape"]
    assert found["Ghost"] == [0, 2, WANTED]
    assert found["Guide"][2] == DOCUMENT


def test_nothing_hidden_is_in_a_name(built: Site) -> None:
    folder = built.root / "html/tropes/data/names"
    assert not any("secret" in path.read_text("utf-8") for path in folder.glob("*.js"))


def test_addresses_are_those_of_the_builder(site: Site) -> None:
    site.write(dict(FILES)).build("dirhtml")
    assert "Ape/" in {row[1] for row in rows(site, "dirhtml")}


@pytest.mark.parametrize("builder", ["epub", "json"])
def test_a_book_has_no_names(site: Site, builder: str) -> None:
    out = site.write(dict(FILES)).build(builder)
    assert (out / "tropes/data/names").exists() == (builder == "json")


def test_an_edit_writes_the_files_of_that_name_alone(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(name_blocks, "_MOST_ROWS", 6)
    site.write(dict(AWKWARD))
    site.write({f"Page {chr(97 + n)}{n}.trope": "To {{HumanZoo}}.\n" for n in range(26)})
    out = site.build() / "tropes/data/names"
    before = {path.name: path.stat().st_mtime_ns for path in out.glob("*.js")}
    assert len(before) > 5
    site.write({"Quokka.trope": "To {{HumanZoo}}.\n"}).build()
    after = {path.name: path.stat().st_mtime_ns for path in out.glob("*.js")}
    changed = {name for name in after if before.get(name) != after[name]}
    assert "manifest.js" in changed
    assert 2 <= len(changed) <= 5


def test_a_build_without_changes_computes_no_names(
    built: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sphinxcontrib_tropes.data.switcher.names_of", None)
    built.build()


@pytest.mark.parametrize("key", ["Ctrl+K", "", False])
def test_the_option_turns_names_off(site: Site, key: object) -> None:
    out = site.write(dict(FILES)).build(tropes_switcher_key=key)
    assert (out / "tropes/data/names/manifest.js").exists() == (key is not False)
    assert ("data-tropes-names" in (out / "Ape.html").read_text("utf-8")) == (key is not False)


def test_a_form_to_create_pages_is_told_of_if_there_is_one(site: Site) -> None:
    site.write(dict(FILES)).build()
    assert manifest(site)["create"] == {}
    context = {
        "github_user": "o", "github_repo": "r", "github_version": "it's/main", "doc_path": "do cs",
        "display_github": True, "conf_py_path": "/do cs/",
    }  # fmt: skip
    site.build(html_context=context)
    told = manifest(site)["create"]
    assert told["template"] == (
        "https://github.com/o/r/new/it%27s/main/{folder}?filename={file}&value={text}"
    )
    assert told["folder"] == "do cs"
    assert "%s: ..." in told["text"]
