"""Whatever happened before, the next build leaves what one from nothing would."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
from typing import TYPE_CHECKING

import pytest
from sphinx.locale import translators

from sphinxcontrib_tropes.build.stored_state import read_state
from sphinxcontrib_tropes.stored_files import is_docname

from ..conftest import AWKWARD, CONF, Site, having_class, text_of
from .reading import body, links, warnings_of
from .test_incremental import snapshot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sphinx.application import Sphinx

FILES = {
    "index.rst": "Wiki\n====\n\nTo :trope:`Ape` and :trope:`Cat`.\n\n.. trope-wanted::\n",
    "Ape.trope": "To {{Bee}} and {{Ghost}}.\n",
    "Bee.trope": "(:alias Bumble:)\n\nTo {{Cat}}.\n",
    "Cat.trope": "Nothing here.\n",
    "Dog.trope": "To {{Ape}}.\n",
} | AWKWARD
# A new title, a new page, a new link and one that is gone: every page shows something else.
EDIT = {
    "Bee.trope": "(:title The Bee:)\n(:alias Bumble:)\n\nTo {{Dog}}, no more to the other.\n",
    "Ghost.trope": "Now written, to {{Bumble}}.\n",
    "Cat.trope": "Something to {{Ape}}.\n",
}


@pytest.fixture(autouse=True)
def _own_language() -> Iterator[None]:
    """Sphinx keeps the translations of a language for the whole process."""
    yield
    translators.clear()


@pytest.fixture
def built(site: Site) -> Site:
    """A site that was built once."""
    site.write(dict(FILES)).build()
    return site


# What one source leaves does not depend on the test: each is built from nothing once.
CLEAN: dict[object, dict[str, bytes]] = {}
_CHECKSUM = re.compile(rb"\?v=[0-9a-f]+")  # of assets; Sphinx keeps them for the whole process


def outcome(folder: Path) -> dict[str, bytes]:
    found = {name: _CHECKSUM.sub(b"", data) for name, data in snapshot(folder).items()}
    # what a theme or a language leaves behind is Sphinx's
    return {name: data for name, data in found.items() if not name.startswith("_static/")}


def assert_clean(
    site: Site, builder: str = "html", out: str | None = None, **config: object
) -> None:
    """That the output is what a build from nothing leaves."""
    files = tuple((p, p.read_bytes()) for p in sorted(site.source.rglob("*")) if p.is_file())
    key = (builder, repr(config), tuple((p.relative_to(site.source), data) for p, data in files))
    if key not in CLEAN:
        site.build(builder, out=f"clean-{builder}", doctrees="clean-doctrees", **config)
        CLEAN[key] = outcome(site.root / f"clean-{builder}")
        for folder in (f"clean-{builder}", "clean-doctrees"):
            shutil.rmtree(site.root / folder)
    found, expected = outcome(site.root / (out or builder)), CLEAN[key]
    names = sorted(found.keys() | expected.keys())
    different = [name for name in names if found.get(name) != expected.get(name)]
    assert different == []


# -- builds that were cut short


def stop_at(event: str, error: type[BaseException], nth: int = 1) -> Callable[[Sphinx], None]:
    """Connects what raises *error* at the *nth* time that an event comes."""
    times = [0]

    def handler(*args: object) -> None:
        times[0] += 1
        if times[0] == nth:
            raise error

    return lambda app: app.connect(event, handler) and None


def interrupted(site: Site, event: str, error: type[BaseException], nth: int = 1) -> None:
    with pytest.raises(BaseException):  # noqa: B017
        site.build(on_app=stop_at(event, error, nth))


@pytest.mark.parametrize(
    ("event", "nth", "error"),
    [
        ("doctree-read", 2, KeyboardInterrupt),
        ("write-started", 1, KeyboardInterrupt),
        ("write-started", 1, SystemExit),
        ("doctree-resolved", 1, KeyboardInterrupt),
        ("doctree-resolved", 3, RuntimeError),
        ("html-page-context", 2, KeyboardInterrupt),
        ("html-collect-pages", 1, KeyboardInterrupt),
        ("html-collect-pages", 1, RuntimeError),
    ],
)
def test_a_build_that_was_cut_short_is_made_good(
    built: Site, event: str, nth: int, error: type[BaseException]
) -> None:
    built.write(EDIT)
    interrupted(built, event, error, nth)
    built.build()
    assert_clean(built)


def test_a_first_build_that_was_cut_short_is_made_good(site: Site) -> None:
    site.write(dict(FILES))
    interrupted(site, "doctree-resolved", KeyboardInterrupt)
    site.build()
    assert_clean(site)


def test_words_that_a_build_wrote_and_did_not_index_are_found_after_the_next(built: Site) -> None:
    built.write({"Bee.trope": FILES["Bee.trope"] + "\n\nQuokka’s words alone.\n"})
    interrupted(built, "html-collect-pages", KeyboardInterrupt)
    out = built.build()
    assert "quokka" in (out / "searchindex.js").read_text("utf-8")


def test_two_builds_that_were_cut_short_are_made_good(built: Site) -> None:
    built.write(EDIT)
    interrupted(built, "doctree-resolved", KeyboardInterrupt, 2)
    built.write({"Ghost.trope": None, "Dog.trope": "To {{Bumble}}.\n"})
    interrupted(built, "write-started", KeyboardInterrupt)
    built.build()
    assert_clean(built)


def test_an_edit_that_is_taken_back_after_a_cut_is_made_good(built: Site) -> None:
    built.write(EDIT)
    interrupted(built, "doctree-resolved", KeyboardInterrupt, 3)
    built.write({name: FILES.get(name) for name in EDIT}).build()
    assert_clean(built)


def test_a_page_that_is_gone_after_a_build_that_was_cut_short_is_gone(built: Site) -> None:
    built.write(EDIT)
    interrupted(built, "doctree-resolved", KeyboardInterrupt, 2)
    built.write({"Bee.trope": None, "Cat.trope": None}).build()
    assert_clean(built)


def test_a_page_that_came_in_a_build_that_was_cut_short_and_went_is_gone(built: Site) -> None:
    built.write({"Ant.trope": "To {{Newest}}.\n"})
    interrupted(built, "html-collect-pages", KeyboardInterrupt)
    built.write({"Ant.trope": None}).build()
    assert_clean(built)


def test_a_page_that_is_gone_after_a_first_build_that_was_cut_short_is_gone(site: Site) -> None:
    site.write(dict(FILES))
    interrupted(site, "html-collect-pages", KeyboardInterrupt)
    site.write({"Bee.trope": None}).build()
    assert_clean(site)


# -- several builders and outputs


@pytest.mark.parametrize("other", ["dirhtml", "text", "singlehtml", "latex"])
def test_builders_that_share_doctrees_are_each_right(built: Site, other: str) -> None:
    built.build(other)
    built.write(EDIT).build()
    built.build(other)
    built.write({"Dog.trope": "To {{Bumble}} and {{Ghost}}.\n"}).build(other)
    built.build()
    assert_clean(built)
    assert_clean(built, other)


def test_outputs_of_one_builder_are_each_right(built: Site) -> None:
    built.build(out="second")
    built.write(EDIT).build(out="second")
    built.build()
    assert_clean(built)
    assert_clean(built, out="second")


def test_a_fresh_output_with_an_old_environment_is_right(built: Site) -> None:
    built.write(EDIT).build(out="fresh")
    assert_clean(built, out="fresh")


def test_an_output_that_was_deleted_is_right(built: Site) -> None:
    shutil.rmtree(built.root / "html")
    built.build()
    assert_clean(built)


def test_an_environment_that_was_deleted_is_made_again(built: Site) -> None:
    shutil.rmtree(built.root / "doctrees")
    built.write(EDIT).build()
    assert_clean(built)


# -- single files


@pytest.mark.parametrize("only", ["Bee.trope", "index.rst"])
def test_a_build_of_one_file_then_of_all_is_right(built: Site, only: str) -> None:
    built.write(EDIT).build(only=[only])
    built.build()
    assert_clean(built)


def test_a_page_that_is_gone_after_a_build_of_one_file_is_gone(built: Site) -> None:
    built.write(EDIT).build(only=["index.rst"])
    built.write({"Ape.trope": None, "Bee.trope": None}).build()
    assert_clean(built)


def test_a_first_build_of_one_file_then_of_all_is_right(site: Site) -> None:
    site.write(dict(FILES)).build(only=["Ape.trope"])
    site.build()
    assert_clean(site)


@pytest.mark.parametrize(
    "name",
    [
        "Ape.html",
        "tropes/index.html",
        "tropes/backlinks/main/ape.html",
        "tropes.json",
        ".tropes-state.json",
        "_static/tropes.css",
    ],
)
def test_a_file_that_was_deleted_from_the_output_comes_back(built: Site, name: str) -> None:
    (built.root / "html" / name).unlink()
    built.build()
    assert_clean(built)


def test_a_text_that_was_deleted_from_the_output_comes_back(site: Site) -> None:
    site.write(dict(FILES)).build("text")
    (site.root / "text/Ape.txt").unlink()
    site.build("text")
    assert_clean(site, "text")


@pytest.mark.parametrize(
    "name",
    [
        "Ape.doctree",
        "tropes/wanted.doctree",
        "tropes-generated.json",
    ],
)
def test_a_doctree_that_was_deleted_comes_back(built: Site, name: str) -> None:
    (built.root / "doctrees" / name).unlink()
    built.write({"Dog.trope": "To {{Ape}}, again.\n"}).build()
    assert_clean(built)


STATES = ["html/.tropes-state.json", "doctrees/tropes-generated.json"]
NO_STATE = [
    b"",
    b"[]",
    b'{"made_by": [], "written": 3}',
    b"\xff\xfe\x00{",
    b"[" * 100_000,
    b'{"a":' * 100_000,
    b"1" * 5000,
]
# What may be in a state file in the place of what belongs there.
WRONG: list[object] = [None, 3, "text", "../victim", "/absolute", ["a"], [[1, 2]], {"a": 3}]
WRONG += [{"a\0b": ""}, {"../victim": "x"}, {"/absolute": "x"}, {"e" * 300: "x"}, {"\ud800": ""}]
WRONG += [{"": ""}, [["markup", "Said.", "\0", 1, ""]], {"Ape": ["Title", "key"]}, "a//b", "."]


@pytest.mark.parametrize("name", STATES)
@pytest.mark.parametrize("text", NO_STATE, ids=lambda text: repr(text[:12]))
def test_a_state_that_can_not_be_read_is_made_again(built: Site, name: str, text: bytes) -> None:
    (built.root / name).write_bytes(text)
    built.write(EDIT).build()
    assert_clean(built)


def mutated(path: Path) -> Iterator[tuple[str, str]]:
    """A state with each of its values in turn another one: which, and the text."""
    state = json.loads(path.read_text("utf-8"))
    for name in state:
        for wrong in WRONG:
            yield f"{name}: {wrong!r}", json.dumps({**state, name: wrong})
    for emitter, (place, stored) in state.get("emitted", {}).items():
        for wrong in WRONG:
            emitted = {**state["emitted"], emitter: [place, wrong]}
            yield f"{emitter}: {wrong!r}", json.dumps({**state, "emitted": emitted})
        for name in stored or ():
            for wrong in [*WRONG, [["pages", 4, [["main/ape", -1]]]], [["links", 1e9, [[[], 2]]]]]:
                emitted = {**state["emitted"], emitter: [place, {**stored, name: wrong}]}
                yield f"{emitter}, {name}: {wrong!r}", json.dumps({**state, "emitted": emitted})


# `make fuzz` tries all of them.
TRIED = int(os.environ.get("TROPES_STATES_TRIED", "12"))


@pytest.mark.parametrize("name", STATES)
def test_a_state_with_anything_wrong_in_it_ends_no_build(built: Site, name: str) -> None:
    (built.root / "victim.html").write_text("mine")
    (built.root / "victim.doctree").write_text("mine")
    path = built.root / name
    states = list(mutated(path))
    tried = random.Random(name).sample(states, min(TRIED, len(states)))
    for number, (note, text) in enumerate(tried):
        path.write_text(text, "utf-8")
        # every second time there is something to do
        built.write({"Dog.trope": f"To {{{{Ape}}}}, {number // 2}.\n"}).build()
        assert warnings_of(built) == [], note
    assert_clean(built)
    assert (built.root / "victim.html").exists()
    assert (built.root / "victim.doctree").exists()


@pytest.mark.parametrize("kind", ["written", "problems", "emitted", "complete_for", "settings"])
def test_a_state_of_other_types_is_none(built: Site, kind: str) -> None:
    path = built.root / STATES[0]
    state = json.loads(path.read_text("utf-8"))
    assert read_state(path) == state
    for wrong in [None, 3, 1.5, True, ["a"], [[1, 2]], {"a": 3}, {"../a": ""}, {"a\0": ""}]:
        path.write_text(json.dumps({**state, kind: wrong}), "utf-8")
        assert read_state(path) is None, wrong


@pytest.mark.parametrize(
    "name",
    [
        *["", "/a", "../a", "a/../b", "a/..", "./a", "a//b", "a/", "a\0b", "\ud800", 3, None],
        *["é" * 128, "a" * 256, "a/" * 3000 + "a"],
    ],
    ids=lambda name: repr(name)[:12],
)
def test_what_can_be_no_name_of_a_document_is_none(name: object) -> None:
    assert not is_docname(name)


@pytest.mark.parametrize(
    "name", ["a", "..a/b..", "Film/O'Brien 2", "é" * 127, "鋼の錬金術師", "a" * 255, "a\\b c", "-"]
)
def test_what_can_be_the_name_of_a_document_is_one(name: str) -> None:
    assert is_docname(name) == (os.sep not in name or os.sep == "/")


@pytest.mark.parametrize(
    "name", ["tropes/data/manifest.js", "tropes/data/atlas/map.js", "tropes/edited.js"]
)
@pytest.mark.parametrize("text", ["", "tropesMap({})", "tropesManifest([])", "[" * 100_000])
def test_a_manifest_that_can_not_be_read_is_made_again(built: Site, name: str, text: str) -> None:
    (built.root / "html" / name).write_text(text)
    built.write({"Ape.trope": "To {{Bee}} and {{Ghost}}, now.\n"}).build()
    assert_clean(built)


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("manifest.js", '"shards":"one"'),
        ("manifest.js", '"shards":-3'),
        ("manifest.js", '"versions":{"../../../victim":"x"}'),
        ("manifest.js", '"versions":[]'),
        ("manifest.js", '"words":1'),
        ("atlas/map.js", '"versions":{"names.js":3}'),
        ("atlas/map.js", '"links":[[9999999]]'),
        ("atlas/map.js", '"links":[["a"],[-1],3]'),
    ],
)
def test_a_manifest_with_anything_wrong_in_it_is_made_again(
    built: Site, name: str, wrong: str
) -> None:
    path = built.root / "html/tropes/data" / name
    key = wrong.partition(":")[0]
    before = path.read_text("utf-8")
    # a number, a mapping of one line, or all the rest
    value = r'\d+|\{.*?\}|\[(?s:.*)\](?=\}\);|,\n"hubs":)'
    changed = re.sub(rf"{key}:(?:{value})", lambda _: wrong, before, count=1)
    assert changed != before
    path.write_text(changed, "utf-8")
    built.write({"Ape.trope": "To {{Bee}} and {{Ghost}}, now.\n"}).build()
    assert_clean(built)


# -- nothing outside is touched, and nothing of others


def change_state(site: Site, **values: object) -> None:
    path = site.root / "html/.tropes-state.json"
    path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), **values}), "utf-8")


@pytest.mark.parametrize("outside", ["../victim", "a/../../victim", "{root}/victim"])
def test_a_state_that_names_pages_outside_deletes_none(built: Site, outside: str) -> None:
    victim = built.root / "victim.html"
    victim.write_text("mine")
    change_state(built, written={outside.format(root=built.root): "x"})
    built.build()
    assert victim.read_text() == "mine"
    assert_clean(built)


@pytest.mark.parametrize(
    "emitter", ["aliases", "edited", "previews", "map", "switcher", "tropes.json"]
)
@pytest.mark.parametrize("outside", ["../other", "{root}/other"])
def test_a_state_that_names_a_folder_outside_deletes_nothing_in_it(
    built: Site, emitter: str, outside: str
) -> None:
    shutil.copytree(built.root / "html/tropes/data", built.root / "other")
    for part in ("atlas", "names"):
        folder = built.root / "html/tropes/data" / part
        shutil.copytree(folder, built.root / "other", dirs_exist_ok=True)
    before = snapshot(built.root / "other")
    change_state(built, emitted={emitter: [outside.format(root=built.root), None]})
    built.build()
    assert snapshot(built.root / "other") == before


@pytest.mark.parametrize(
    "emitter", ["aliases", "edited", "previews", "map", "switcher", "tropes.json"]
)
def test_a_state_that_names_a_page_as_a_data_file_deletes_no_page(
    built: Site, emitter: str
) -> None:
    change_state(built, emitted={emitter: ["Ape.html", None]})
    built.build()
    assert (built.root / "html/Ape.html").exists()
    assert_clean(built)


def test_a_folder_that_a_link_leads_out_of_the_output_is_left_alone(built: Site) -> None:
    outside = built.root / "outside"
    outside.mkdir()
    (outside / "Gone.html").write_text("mine")
    (built.root / "html/linked").symlink_to(outside, target_is_directory=True)
    change_state(built, written={"linked/Gone": "x"})
    built.build()
    assert (outside / "Gone.html").read_text() == "mine"


def test_a_script_of_the_users_is_kept_whatever_its_name(built: Site) -> None:
    data = built.root / "html/tropes/data"
    own = [data / "add.js", data / "0f.js", data / "atlas/ways/mine.js", data / "names/0f0f0f.js"]
    for path in own:
        path.write_text("let mine = 1;\n")
    built.write(EDIT).build()
    off = {"tropes_preview": False, "tropes_graph": False, "tropes_switcher_key": False}
    built.build(**off, tropes_pages_prefix="other")
    assert [path.read_text() for path in own] == ["let mine = 1;\n"] * 4


# -- what is in the way


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("html/.tropes-state.json", ".tropes-state.json"),
        ("html/.tropes-state.tmp", ".tropes-state.tmp"),
        ("html/tropes.tmp", "tropes.tmp"),
        ("html/tropes/data/manifest.js", "tropes/data/manifest.js"),
        ("html/tropes/data/atlas/map.js", "tropes/data/atlas/map.js"),
        ("html/tropes/data/atlas/names.js", "tropes/data/atlas/names.js"),
        ("html/tropes/data/names/manifest.js", "tropes/data/names/manifest.js"),
        ("doctrees/tropes-generated.json", "tropes-generated.json"),
    ],
)
def test_a_folder_that_is_in_the_way_is_told_once_and_the_build_goes_on(
    built: Site, name: str, told: str
) -> None:
    path = built.root / name
    path.unlink(missing_ok=True)
    path.mkdir()
    built.write(EDIT).build()
    (warning,) = warnings_of(built)
    assert warning.startswith(f"ERROR: {told} can't be written: ")
    assert warning.endswith(" [trope.output]")
    path.rmdir()
    built.build()
    assert warnings_of(built) == []
    assert_clean(built)


# -- no state at all


def lose_state(site: Site, out: str = "html") -> None:
    (site.root / out / ".tropes-state.json").unlink()


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_a_backlinks_page_that_is_no_longer_due_goes_without_a_state_too(
    site: Site, builder: str
) -> None:
    site.write({**FILES, "Zoe's 2nd.trope": "To {{Ghost}}, {{Ёлка 9}}, {{Film/O'Clock}}.\n"})
    site.build(builder)
    lose_state(site, builder)
    site.write({"Zoe's 2nd.trope": None, "Ape.trope": "To {{Bee}}.\n"}).build(builder)
    assert_clean(site, builder)


def test_a_backlinks_page_in_json_that_is_no_longer_due_goes_without_a_state_too(
    site: Site,
) -> None:
    out = site.write(dict(FILES)).build("json")
    assert (out / "tropes/backlinks/main/ghost.fjson").exists()
    lose_state(site, "json")
    site.write({"Ape.trope": "To {{Bee}}.\n"}).build("json")
    assert not (out / "tropes/backlinks/main/ghost.fjson").exists()
    assert (out / "tropes/backlinks/main/bee.fjson").exists()


@pytest.mark.parametrize(
    "config",
    [
        {"tropes_preview": False},
        {"tropes_graph": False},
        {"tropes_switcher_key": False},
        {"tropes_backlinks_pages": False},
        {"html_theme": "alabaster"},
    ],
    ids=lambda config: next(iter(config)),
)
@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_what_an_option_turns_off_goes_without_a_state_too(
    site: Site, builder: str, config: dict[str, object]
) -> None:
    site.write(dict(FILES)).build(builder)
    lose_state(site, builder)
    site.build(builder, **config)
    assert_clean(site, builder, **config)


def test_a_wiki_without_a_page_left_leaves_nothing_without_a_state(built: Site) -> None:
    lose_state(built)
    built.write({**{name: None for name in FILES if name != "index.rst"}, "index.rst": "A\n=\n"})
    built.build()
    assert_clean(built)


def test_a_page_whose_source_is_gone_is_gone_without_a_state_too(built: Site) -> None:
    lose_state(built)
    built.write({"Bee.trope": None}).build()
    assert_clean(built)


def test_a_file_of_the_users_among_generated_pages_is_kept_without_a_state_too(
    built: Site,
) -> None:
    lose_state(built)
    own = {
        "tropes/backlinks/main/own.html": "<p>mine, on trope-backlinks</p>",
        "tropes/data/beef.js": "let mine = 1;",
        "tropes/own.html": "mine",
    }
    for name, text in own.items():
        (built.root / "html" / name).write_text(text)
    built.write({"Ape.trope": None}).build()
    assert {name: (built.root / "html" / name).read_text() for name in own} == own


def test_a_file_older_than_a_digest_is_written_again(built: Site) -> None:
    # a backup that was restored, say
    page = built.root / "html/Bee.html"
    shutil.copy2(page, built.root / "backup")
    built.write(EDIT).build()
    shutil.copy2(built.root / "backup", page)
    built.build()
    assert_clean(built)


# -- what is forced, and what is idle


def test_a_forced_build_is_right(built: Site) -> None:
    built.write(EDIT).build(force=True)
    assert_clean(built)


def test_a_build_with_nothing_to_do_writes_nothing(built: Site) -> None:
    def times() -> dict[str, int]:
        pages = [*(built.root / "html").rglob("*.html"), built.root / "html/tropes.json"]
        # Sphinx itself writes these in every build
        apart = ("genindex.html", "search.html")
        return {str(p): p.stat().st_mtime_ns for p in pages if p.name not in apart}

    before = times()
    built.build()
    assert times() == before


def test_an_edit_writes_only_the_pages_that_show_it(built: Site) -> None:
    before = {p: p.stat().st_mtime_ns for p in (built.root / "html").rglob("*.html")}
    built.write({"Dog.trope": "To {{Ape}}, as before.\n"}).build()
    written = {
        str(p.relative_to(built.root / "html"))
        for p, time in before.items()
        if p.stat().st_mtime_ns != time
    }
    expected = {"Dog.html", "Ape.html", "tropes/backlinks/main/ape.html"}
    assert written - {"genindex.html", "search.html"} == expected


def test_a_page_that_is_touched_changes_nothing(built: Site) -> None:
    os.utime(built.source / "Ape.trope")
    built.build()
    assert_clean(built)


# -- what is gone


@pytest.mark.parametrize("builder", ["html", "dirhtml", "text"])
def test_a_page_whose_source_is_gone_is_gone(site: Site, builder: str) -> None:
    site.write(dict(FILES)).build(builder)
    site.write({"Bee.trope": None}).build(builder)
    assert_clean(site, builder)


def test_a_folder_that_is_empty_then_is_gone(site: Site) -> None:
    site.write({"Film/Alien.trope": "To Music/GhostSong.\n"}).build()
    site.write({"Film/Alien.trope": None}).build()
    assert not (site.root / "html/Film").exists()
    assert not (site.root / "html/tropes/backlinks").exists()


def test_a_file_of_the_users_in_the_output_is_kept(built: Site) -> None:
    own = built.root / "html/tropes/backlinks/main/own.html"
    own.write_text("mine")
    built.write({"Ape.trope": None}).build()
    assert own.read_text() == "mine"


def test_a_page_that_is_gone_while_another_builder_ran_is_gone(built: Site) -> None:
    built.build("dirhtml")
    built.write({"Bee.trope": None}).build("dirhtml")
    built.build()
    assert_clean(built)
    assert_clean(built, "dirhtml")


def test_a_page_that_becomes_a_document_of_another_kind_is_written(built: Site) -> None:
    built.write({"Cat.trope": None, "Cat.rst": ":orphan:\n\nCat\n===\n\nNo page.\n"}).build()
    # Sphinx leaves the copy of the source under its old suffix
    (built.root / "html/_sources/Cat.trope.txt").unlink()
    assert_clean(built)


def test_a_document_without_facts_any_more_loses_what_it_showed(built: Site) -> None:
    built.write({"index.rst": "Wiki\n====\n\nTo nobody.\n"}).build()
    assert_clean(built)


# -- the configuration


@pytest.mark.parametrize(
    "config",
    [
        {"tropes_wikiwords": False},
        {"tropes_namespaces": {"Film": "Movies"}},
        {"tropes_pages_prefix": "wiki/pages"},
        {"tropes_backlinks_panel": False},
        {"tropes_backlinks_pages": False},
        {"tropes_wanted": "text"},
        {"tropes_context_length": 20},
        {"language": "de"},
        {"html_theme": "alabaster"},
    ],
    ids=lambda config: next(iter(config)),
)
def test_an_option_that_changes_changes_every_page_it_concerns(
    built: Site, config: dict[str, object]
) -> None:
    built.write({"Film/AlienLife.trope": "A WikiWord, a sentence of more than twenty {{Ape}}s.\n"})
    built.build()
    built.build(**config)
    assert_clean(built, **config)


def test_a_prefix_that_changes_deletes_the_pages_that_were(built: Site) -> None:
    built.build(tropes_pages_prefix="other")
    assert not (built.root / "html/tropes").exists()


def test_a_prefix_that_changes_deletes_the_doctrees_that_were(built: Site) -> None:
    built.build(tropes_pages_prefix="other")
    assert not list((built.root / "doctrees/tropes").rglob("*.doctree"))


def test_backlinks_pages_that_are_turned_off_are_deleted(built: Site) -> None:
    built.build(tropes_backlinks_pages=False)
    assert not (built.root / "html/tropes/backlinks").exists()


def test_the_extension_can_be_turned_off(site: Site) -> None:
    site.write({"index.rst": "Wiki\n====\n\nText.\n"}).build()
    site.write({"conf.py": CONF.replace('"sphinxcontrib_tropes"', "")}).build()
    assert warnings_of(site) == []
    site.write({"conf.py": CONF}).build(force=True)
    assert_clean(site)


# -- other projects


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("Far.trope", "(:title Another Title:)\n"),
        ("deep/Far.trope", "Text.\n"),
        ("Far.trope", "(:alias Elsewhere:)\n"),
    ],
    ids=["title", "address", "alias"],
)
def test_a_page_of_another_project_that_changes_is_followed(
    site: Site, tmp_path: Path, path: str, page: str
) -> None:
    far = Site(tmp_path / "far")
    far.write({"Far.trope": "Text.\n"}).build()
    mapping = {"far": ("https://far.example/", str(far.root / "html/objects.inv"))}
    conf = CONF.replace('["', '["sphinx.ext.intersphinx", "')
    site.write({"conf.py": f"{conf}intersphinx_mapping = {mapping!r}\n"})
    site.write({"A.trope": "To {{Far}} and {{Elsewhere}}.\n", "Other.trope": "To {{A}}.\n"})
    site.build()
    far.write({"Far.trope": None})
    far.write({path: page}).build()
    site.build()
    assert_clean(site)


# -- one process


def test_two_builds_of_one_application_are_right(built: Site) -> None:
    def build_and_edit(app: Sphinx) -> None:
        app.build()
        built.write(EDIT)

    built.build(on_app=build_and_edit)
    assert_clean(built)


def test_two_applications_in_turn_are_right(built: Site, tmp_path: Path) -> None:
    other = Site(tmp_path / "other")
    other.write({"Ape.trope": "Another ape, {{Zed}}.\n"}).build(
        tropes_namespaces={"Zoo": "Zoos"}, tropes_pages_prefix="zoo"
    )
    built.write(EDIT).build()
    assert_clean(built)


def test_a_glob_toctree_is_the_same_in_the_second_build(site: Site) -> None:
    toctree = ".. toctree::\n   :glob:\n\n   *\n   */*\n"
    site.write({**FILES, "index.rst": f"Wiki\n====\n\n{toctree}"}).build()
    first = [link.get("href") for link in links(body(site.page("index")))]
    site.write({"Dog.trope": "To {{Cat}}.\n"}).build()
    site.build(force=True)
    assert [link.get("href") for link in links(body(site.page("index")))] == first


def test_a_red_link_turns_blue_when_its_page_appears(built: Site) -> None:
    built.write({"Ghost.trope": "Here.\n"}).build()
    assert "Ghost" not in [text_of(a) for a in having_class(built.page("Ape"), "trope-wanted")]


def test_a_link_turns_red_when_its_page_is_gone(built: Site) -> None:
    built.write({"Bee.trope": None}).build()
    assert "Bee" in [text_of(a) for a in having_class(built.page("Ape"), "trope-wanted")]


ADDS_A_STYLE = """
def setup(app):
    app.add_css_file("https://www.example.org/added.css")
    return {"parallel_read_safe": True}
"""


def test_an_extension_that_is_added_changes_every_page(built: Site) -> None:
    conf = (built.source / "conf.py").read_text("utf-8")
    path = "import sys; sys.path.insert(0, '.')\n"
    built.write({"conf.py": conf + path + 'extensions.append("adds_a_style")\n'})
    built.write({"adds_a_style.py": ADDS_A_STYLE})
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(built.source)
        out = built.build()
    pages = [path for path in out.rglob("*.html") if "_static" not in path.parts]
    assert len(pages) > 10
    themed = [
        path for path in pages if "<!-- The address of an alias" not in path.read_text("utf-8")
    ]
    assert not [path for path in themed if "added.css" not in path.read_text("utf-8")]


def test_a_page_not_found_of_the_users_own_takes_the_place_of_ours_and_gives_it_back(
    built: Site,
) -> None:
    out = built.build()
    assert "404.html" in (out / "404.html").read_text("utf-8")
    built.write({"404.rst": ":orphan:\n\nNothing here\n============\n"})
    out = built.build()
    assert built.warnings == ""
    assert "Nothing here" in (out / "404.html").read_text("utf-8")
    built.write({"404.rst": None})
    assert "Nothing here" not in (built.build() / "404.html").read_text("utf-8")


def test_the_address_of_the_site_changes_the_page_not_found(
    built: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    built.build()
    monkeypatch.setenv("READTHEDOCS_CANONICAL_URL", "https://docs.example.org/en/")
    assert "https://docs.example.org/en/404.html" in (built.build() / "404.html").read_text("utf-8")


def test_a_document_where_a_backlinks_page_would_be_takes_the_links_to_it_away(
    built: Site,
) -> None:
    name = next(p for p in sorted((built.root / "html/tropes/backlinks").rglob("*.html")))
    docname = name.relative_to(built.root / "html").as_posix().removesuffix(".html")
    built.write({f"{docname}.rst": ":orphan:\n\nMine\n====\n"})
    built.build()
    assert_clean(built)
