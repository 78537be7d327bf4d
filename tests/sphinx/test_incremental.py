"""Incremental equals clean: whatever is edited, a build on top of earlier ones leaves the same
bytes as one from nothing."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from sphinxcontrib_tropes.names import key_of
from sphinxcontrib_tropes.wiki import Wiki
from sphinxcontrib_tropes.wiki.views.document import DocumentView, document_view

from ..conftest import Site
from .processes import Order, Worker
from .random_wiki import SETTINGS, RandomWiki
from .reading import an_entry_a_line

STEPS = int(os.environ.get("TROPES_RANDOM_STEPS", "60"))
# Of how many builds the output is compared with a clean one; the others are built upon.
COMPARED = float(os.environ.get("TROPES_RANDOM_COMPARED", "1"))
SEED = int(os.environ.get("TROPES_RANDOM_SEED", "2026"))
# How many wikis are edited, each for that many steps; `make random-edits` has many.
SEEDS = range(SEED, SEED + int(os.environ.get("TROPES_RANDOM_SEEDS", "1")))

# What an output directory remembers of itself, no part of the site.
NOT_SITE = {".buildinfo", ".buildinfo.bak", ".tropes-state.json"}


def snapshot(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): contents(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in NOT_SITE
    }


def contents(path: Path) -> bytes:
    if path.name != "searchindex.js":
        return path.read_bytes()
    # Sphinx keeps the words that no document has any more, with an empty list of documents
    index = json.loads(path.read_text("utf-8").removeprefix("Search.setIndex(").removesuffix(")"))
    for words in ("terms", "titleterms"):
        index[words] = {word: found for word, found in index[words].items() if found != []}
    # it forgets what genindex lists of each document that it does not write again
    index.pop("indexentries", None)
    # and it remembers each type of objects that there ever were, and numbers them as they came
    types, _names = index.pop("objtypes"), index.pop("objnames")
    for objects in index["objects"].values():
        for found in objects if isinstance(objects, list) else objects.values():
            found[1] = types[str(found[1])]
    return json.dumps(index, sort_keys=True).encode()


def assert_same(incremental: Path, clean: Path, note: str) -> None:
    found, expected = snapshot(incremental), snapshot(clean)
    different = sorted(
        name for name in found.keys() | expected.keys() if found.get(name) != expected.get(name)
    )
    assert not different, f"{note}: {different}"


MENTIONS = {"tropes_unlinked_mentions": True, "tropes_mentions_refused": "refused.txt"}
# what is looked at again is told by what changed, but not where mentions count
FOLLOWED: dict[str, object] = {}


def build_and_compare(
    site: Site, builder: str, note: str, options: dict[str, object], *, parallel: int = 0
) -> None:
    """:param parallel: how many processes the clean build has."""
    incremental = site.build(builder, **options)
    for folder in ("clean", "clean-doctrees"):
        shutil.rmtree(site.root / folder, ignore_errors=True)
    clean = site.build(
        builder, out="clean", doctrees="clean-doctrees", parallel=parallel, **options
    )
    assert_same(incremental, clean, note)


# -- every file that holds data


def assert_parsed(out: Path, prefix: str) -> None:
    """That every file with data can be read, and that what is noted of them is so."""
    text = (out / "tropes.json").read_text("utf-8")
    data = json.loads(text)
    assert text == an_entry_a_line(data)
    state = json.loads((out / ".tropes-state.json").read_text("utf-8"))
    assert_pieces(text.encode(), state["emitted"]["tropes.json"][1]["parts"], data)
    scripts = [*out.glob(f"{prefix}/data/**/*.js"), out / "searchindex.js"]
    for script in scripts:
        text = script.read_text("utf-8")
        json.loads(re.sub(r'^.*?\((?:"[^"]*",)?|\);?\n?$', "", text))


def assert_pieces(text: bytes, parts: list[Any], data: dict[str, Any]) -> None:
    """That each piece of the file is where it is noted to be, and whose it is noted to be."""
    for part, begin, entries in parts:
        found, at = [], begin
        for name, length in entries:
            of_name = json.loads(b"[" + text[at : at + length] + b"]")
            if part == "pages":
                assert [key_of(page["name"]) for page in of_name] == [name]
            found += of_name
            at += length + len(",\n") if length else 0
        assert found == data[part]


# -- in one process, and in new ones


class Builds:
    """The builds of a wiki, each beside a clean one.

    :param is_new: whether each build has a process of its own.
    """

    def __init__(self, wiki: RandomWiki, *, is_new: bool) -> None:
        self._wiki = wiki
        self._is_new = is_new
        self._worker = Worker()
        self._clean = Worker()
        self._built: dict[Path, bytes] = {}
        """The sources as they were last built."""

    def order(self, cut_after: int = -1) -> Order:
        """What is to be built, with the settings of the wiki as they are."""
        wiki, root = self._wiki, self._wiki.site.root
        changed = {
            name: value
            for name, value in wiki.settings.items()
            if name not in SETTINGS or value != SETTINGS[name][0]
        }
        is_again = not self._is_new and wiki.random.random() < 0.7
        return Order(
            root / "source",
            root / "html",
            root / "doctrees",
            tags=wiki.tags,
            config={"html_theme": "basic", **changed},
            again=is_again,
            cut_after=cut_after,
            changed=self._changed(),
            is_told=wiki.random.random() < 0.7,
        )

    def _changed(self) -> tuple[Path, ...]:
        """The files that were edited since the last build."""
        source = self._wiki.site.source
        now = {path: path.read_bytes() for path in source.rglob("*") if path.is_file()}
        before, self._built = self._built, now
        return tuple(
            path for path in sorted(now.keys() | before) if now.get(path) != before.get(path)
        )

    def build(self, order: Order) -> None:
        """Builds on top of what is there."""
        self._begin(order)
        self._end()

    def build_and_compare(self, order: Order, note: str, parallel: int) -> None:
        """Builds on top of what is there, and from nothing beside it."""
        root = self._wiki.site.root
        for folder in ("clean", "clean-doctrees"):
            shutil.rmtree(root / folder, ignore_errors=True)
        clean = replace(
            order,
            out=root / "clean",
            doctrees=root / "clean-doctrees",
            parallel=parallel,
            again=False,
        )
        self._clean.begin(clean)
        self._begin(order)
        self._end()
        self._clean.end()
        prefix = str(self._wiki.settings["tropes_pages_prefix"])
        for out in (order.out, clean.out):
            try:
                assert_parsed(out, prefix)
            except (ValueError, AssertionError) as error:
                raise AssertionError(f"{note}: {out.name}: {error}") from error
        found, expected = (without_theme(snapshot(out)) for out in (order.out, clean.out))
        static = {name for name in found.keys() - expected.keys() if name.startswith("_static/")}
        # what a theme or a language leaves behind is Sphinx's
        names = (found.keys() | expected.keys()) - static
        different = sorted(name for name in names if found.get(name) != expected.get(name))
        assert not different, f"{note}: {different}"

    def _begin(self, order: Order) -> None:
        if self._is_new:
            self._worker.dismiss()
            self._worker = Worker()
        self._worker.begin(order)

    def _end(self) -> None:
        assert "[trope.output]" not in self._worker.end()

    def dismiss(self) -> None:
        self._worker.dismiss()
        self._clean.dismiss()


def without_theme(found: dict[str, bytes]) -> dict[str, bytes]:
    """*found* without the checksums of assets: Sphinx keeps them for the whole process."""
    return {
        name: re.sub(rb"\?v=[0-9a-f]+", b"", data) if name.endswith(".html") else data
        for name, data in found.items()
    }


# What is turned on from the beginning: some paths are taken only where nothing else is set.
BEGINNINGS: dict[str, dict[str, object]] = {
    "followed": {},
    "federated": {"tropes_federation": {"far": "../far"}},
    "mentions": {"tropes_unlinked_mentions": True},
}


@pytest.mark.skipif(os.name != "posix", reason="processes are forked")
@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("is_new", [False, True], ids=["one-process", "new-processes"])
def test_incremental_output_equals_clean_output_after_random_edits(
    site: Site, seed: int, *, is_new: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    wiki = RandomWiki(site, seed)
    name = sorted(BEGINNINGS)[seed % len(BEGINNINGS)]
    wiki.settings |= BEGINNINGS[name]
    builds, began = Builds(wiki, is_new=is_new), time.monotonic()
    history: list[str] = []
    try:
        for step in range(STEPS):
            history.append(wiki.edit())
            if wiki.random.random() < 0.06:
                history.append(wiki.change_settings())
            if wiki.random.random() < 0.05:
                history.append("cut short")
                builds.build(builds.order(cut_after=wiki.random.randint(0, 12)))
            is_last = step == STEPS - 1
            # several edits between two builds, now and then
            if wiki.random.random() < 0.85 or is_last:
                order, parallel = builds.order(), 2 if wiki.random.random() < 0.05 else 0
                if wiki.random.random() >= COMPARED and not is_last:
                    builds.build(order)
                    continue
                note = f"seed {seed}, step {step}, {history[-6:]}, {order.config}"
                builds.build_and_compare(order, note, parallel)
    finally:
        builds.dismiss()
    minutes = (time.monotonic() - began) / 60
    with capsys.disabled():
        mode = "new processes" if is_new else "one process"
        sys.stderr.write(
            f"\n{STEPS} steps in {mode}, seed {seed}: {STEPS / minutes:.0f} a minute\n"
        )


@pytest.mark.parametrize("builder", ["text", "xml", "dirhtml"])
def test_incremental_output_equals_clean_output_in_other_builders(site: Site, builder: str) -> None:
    wiki = RandomWiki(site, SEED + 1)
    for step in range(max(3, STEPS // 40)):
        build_and_compare(site, builder, f"step {step}, {wiki.edit()}", FOLLOWED)


def test_an_edited_sentence_has_no_other_views_looked_at_than_those_it_may_change(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.write({f"Page{number}Of.trope": "Of AnotherOne and {{Alone}}.\n" for number in range(30)})
    site.write(
        {"EditedPage.trope": "Of AnotherOne.\n\nAnd OneMore.\n", "OneMore.trope": "Words.\n"}
    )
    site.build()
    looked_at: list[str] = []

    def look(wiki: Wiki, docname: str, **options: Any) -> DocumentView:
        looked_at.append(docname)
        return document_view(wiki, docname, **options)

    monkeypatch.setattr("sphinxcontrib_tropes.rendering.context.document_view", look)
    site.write({"EditedPage.trope": "Of AnotherOne.\n\nAnd now OneMore.\n"})
    output = site.build()
    assert set(looked_at) == {"EditedPage", "OneMore"}
    assert "And now" in (output / "OneMore.html").read_text("utf-8")


_LONG = "Abc" * 80

EDITS: dict[str, tuple[dict[str, str | bytes | None], dict[str, str | bytes | None]]] = {
    "a section moves that a mentioned redirect leads to": (
        {
            "Goal.trope": "Of {{Xx}}.\n\n!!Some Part\nWords.\n",
            "Way.trope": "(:redirect Goal#Some Part:)\n",
            "xx.rst": "Xx\n==\n\nTo :any:`Main/Way`.\n",
        },
        {"Goal.trope": "Of {{Xx}}.\n\n!!Other Part\nWords.\n"},
    ),
    "a directive comes to name a wanted page": (
        {"B.trope": "To {{Some Wanted}}.\n", "xx.rst": "Xx\n==\n\nWords, :trope:`B`.\n"},
        {"xx.rst": "Xx\n==\n\nWords, :trope:`B`.\n\n.. trope-backlinks:: Some Wanted\n"},
    ),
    "a property names a wanted page no more": (
        {"B.trope": "(:relation subtrope-of Nobodys2:)\n\nTo {{C}}.\n", "C.trope": "To {{B}}.\n"},
        {"B.trope": "To {{C}}.\n"},
    ),
    "two faults change places": (
        {"B.trope": "x [[color:nocolour:a]]\n\nx [[/folder]]\n\nTo {{C}}.\n"},
        {"B.trope": "x [[/folder]]\n\nx [[color:nocolour:a]]\n\nTo {{C}}.\n"},
    ),
    "two lists of what is no index change places": (
        {"xx.rst": "Xx\n==\n\n.. trope-index:: Aaa\n\n.. trope-index:: Bbb\n"},
        {"xx.rst": "Xx\n==\n\n.. trope-index:: Bbb\n\n.. trope-index:: Aaa\n"},
    ),
    "another document with the name of a redirect goes": (
        {
            "a/Twin.trope": "(:redirect Film/12 O'Clock#Section 1:)\n",
            "b/Twin.trope": "(:redirect Film/12 O'Clock:)\n",
            "Film/12 O'Clock.trope": "!!Section 1\nx\n",
        },
        {"a/Twin.trope": None},
    ),
    "a long name is named first elsewhere": (
        {
            "Zeta.trope": f"To [[{_LONG} it]].\n",
            "Beta.trope": "To {{Zeta}}.\n",
            f"{_LONG[:120]}.trope": f"(:alias {_LONG}:)\nTo {{{{Zeta}}}}.\n",
        },
        {"Beta.trope": f"To {{{{Zeta}}}} and [[{_LONG} it]].\n"},
    ),
}


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_changes_every_page_that_shows_it(site: Site, edit: str) -> None:
    files, edited = EDITS[edit]
    site.write(files | {"Other1.trope": "To {{Other2}}.\n", "Other2.trope": "x\n"}).build()
    build_and_compare(site.write(edited), "html", edit, {})
