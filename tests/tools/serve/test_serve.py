"""A project that is served while it is written."""

from __future__ import annotations

import os
import random
import shutil
import time
from pathlib import Path

import pytest

from ...conftest import AWKWARD, Site
from .conftest import CONF
from .live import Serve, Socket, assert_clean, serving

EDITS = int(os.environ.get("TROPES_SERVE_EDITS", "30"))
SEED = int(os.environ.get("TROPES_SERVE_SEED", "2026"))


@pytest.fixture
def project(tmp_path) -> Path:
    site = Site(tmp_path)
    site.write({**AWKWARD, "conf.py": f'{CONF}exclude_patterns = ["_build"]\n'})
    return site.source


@pytest.fixture
def served(project):
    with serving(project) as serve:
        serve.wait_said("built in")
        yield serve


# -- edits


def test_an_edit_is_shown_and_told_and_the_rest_follows(served, tmp_path):
    socket = Socket(served, "/Humans.html")
    (served.source / "Humans.trope").write_text("Now of {{Never Written}}.\n")
    socket.wait(lambda told: "reload" in told)
    assert "Never Written" in served.ask("/Humans.html").text
    served.wait_said("shown in .* all built in")
    assert "Humans" in served.ask("/tropes/backlinks/main/neverwritten.html").text
    assert_clean(served, tmp_path)


def test_a_page_that_did_not_change_is_not_loaded_again(served):
    socket = Socket(served, "/%E9%8B%BC%E3%81%AE%E9%8C%AC%E9%87%91%E8%A1%93%E5%B8%AB.html")
    socket.wait(lambda told: "problems" in told)
    served.settle(lambda: (served.source / "Humans.trope").write_text("Other words.\n"))
    assert "builds" in socket.wait(lambda told: True)  # its data may be new
    # the next thing that it is told is about the end
    served.end()
    with pytest.raises(Exception, match=r"1012|1001|closed|close"):
        socket.wait(lambda told: True)


def test_pages_in_folders_of_their_own_are_served_with_their_problems(project):
    (project / "Humans.trope").write_text("One\n\n[[folder:Open\n")
    with serving(project, "-b", "dirhtml", "-j", "2", "-D", "html_title=Named") as serve:
        serve.wait_said("built in")
        assert serve.ask("/Humans").headers["Location"] == "/Humans/"
        page = Socket(serve, "/Humans/")
        assert page.wait(lambda told: told.get("problems"))["problems"][0]["line"] == 3
        assert "Named" in serve.ask("/Humans/").text
        (project / "Humans.trope").write_text("Mended.\n")
        page.wait(lambda told: "reload" in told)
        assert "Mended" in serve.ask("/Humans/").text


def test_a_project_without_the_extension_is_served_as_well(tmp_path):
    source = tmp_path / "plain"
    source.mkdir()
    (source / "conf.py").write_text("exclude_patterns = ['_build']\n")
    (source / "index.rst").write_text("Plain\n=====\n")
    with serving(source) as serve:
        serve.wait_said("built in")
        serve.settle(lambda: (source / "index.rst").write_text("Plain\n=====\n\nAnd new.\n"))
        assert "And new" in serve.ask("/").text


def test_an_output_that_is_deleted_comes_back(served, tmp_path):
    shutil.rmtree(served.out)
    served.settle(lambda: (served.source / "Humans.trope").write_text("After that.\n"))
    assert_clean(served, tmp_path)


def test_a_touched_file_is_no_change(served):
    page = served.source / "Humans.trope"
    served.settle(lambda: page.write_text("Words.\n"))
    before = len(served.said)
    for _ in range(3):
        page.write_text("Words.\n")
        time.sleep(0.2)
    served.settle(lambda: page.write_text("Other words.\n"))
    assert served.said[before:].count("built in") == 1


def edit_at_random(serve: Serve, chance: random.Random, number: int) -> None:
    """Does one thing that somebody, an editor or a script does to sources."""
    source = serve.source
    pages = sorted(source.rglob("*.trope"))
    page = chance.choice(pages)
    name = chance.choice(pages).stem
    kind = chance.choice(KINDS)
    if kind == "link":
        page.write_bytes(page.read_bytes() + f"\n\nEdit {number} names {{{{{name}}}}}.\n".encode())
    elif kind == "words":
        page.write_text(f"Only words, {number}.\n")
    elif kind == "replaced":  # as most editors save
        new = page.with_name(f".{page.name}.swp{number}")
        new.write_text(f"Replaced {number}, of {{{{{name}}}}}.\n")
        new.replace(page)
    elif kind == "moved away":  # as Emacs and Vim may save
        backup = page.with_name(f"{page.name}~")
        page.rename(backup)
        page.write_text(f"Written anew {number}, of [[{name}]].\n")
    elif kind == "carriage returns":
        page.write_bytes(f"One {number}\r\n\r\n* {{{{{name}}}}}\r\n* two\r\n".encode())
    elif kind == "title":
        page.write_text(f"(:title Title {number}:)\n(:alias Other Name {number % 3}:)\nx\n")
    elif kind == "emptied":
        page.write_bytes(b"")
    elif kind == "binary":
        page.write_bytes(bytes(chance.randrange(256) for _ in range(300)))
    elif kind == "gone" and len(pages) > 4:
        page.unlink()
    elif kind == "new":
        folder = source / chance.choice(["", "Film", "ein Ordner", "新しい"])
        folder.mkdir(exist_ok=True)
        (folder / f"New Page {number}.trope").write_text(f"New {number}, of {{{{{name}}}}}.\n")
    elif kind == "renamed":
        page.rename(page.with_name(f"Renamed{number}.trope"))
    elif kind == "folder gone" and (source / "ein Ordner").is_dir() and len(pages) > 6:
        shutil.rmtree(source / "ein Ordner")
    elif kind == "markup wrong":
        page.write_text(f"Wrong {number} [[folder:Open\n\n[[spoiler:{{{{{name}}}}}]]\n")
    elif kind == "index":
        (source / "index.rst").write_text(f"Wiki\n====\n\n:trope:`{name}` {number} :doc:`no`\n")
    elif kind == "setting" and number % 3 == 0:
        conf = f'{CONF}exclude_patterns = ["_build"]\nhtml_title = "Wiki {number}"\n'
        (source / "conf.py").write_text(conf)
    else:
        page.write_text(f"Other words, {number}.\n")


KINDS = (
    ["link"] * 4 + ["words"] * 2 + ["replaced", "moved away", "carriage returns", "title", "emptied", "binary", "gone", "new", "renamed", "folder gone", "markup wrong", "index", "setting"]
)  # fmt: skip


def test_after_random_edits_the_output_is_that_of_a_clean_build(served, tmp_path):
    """The 200 edits of a night: TROPES_SERVE_EDITS=200."""
    chance = random.Random(SEED)
    compared = set(range(EDITS)) if EDITS > 30 else {*range(4, EDITS, 5), EDITS - 1}
    number = 0
    while number < EDITS:
        before = len(served.said)
        for _ in range(chance.choice([1, 1, 1, 2, 4])):  # some come while others are built
            edit_at_random(served, chance, number)
            number += 1
            time.sleep(chance.choice([0, 0.02, 0.3]))
        served.wait_said(r"built in [\d.]+ s\n", before)
        if compared & set(range(number)):
            compared -= set(range(number))
            wait_idle(served)
            assert_clean(served, tmp_path)
    assert "went wrong" not in served.said
    assert served.said.count("serving") == 1


def wait_idle(serve: Serve) -> None:
    """Waits until nothing was said for a while: an edit may have come during a build."""
    said, since = serve.said, time.monotonic()
    while time.monotonic() - since < 1.2:
        time.sleep(0.05)
        if serve.said != said:
            said, since = serve.said, time.monotonic()
