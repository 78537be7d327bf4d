"""What the extension adds to an ordinary page, compressed."""

from __future__ import annotations

import gzip

from scripts import generated

from .conftest import ROOT

STATIC = ROOT / "sphinxcontrib_tropes" / "static"
# All that a page may load that is no map of the wiki, even if its reader uses all of it.
SCRIPTS = [
    "tropes.js",
    *(f"tropes/{name}.js" for name in ("cards", "preview", "related", "filter", "sentences", "folds", "spoilers", "drawing", "side", "trail")),
    *(f"tropes/{name}.js" for name in ("spelling", "finding", "switcher", "texts", "search")),
    *(f"tropes/floating-ui/floating-ui.{name}.umd.min.js" for name in ("core", "dom")),
]  # fmt: skip
KILOBYTE = 1000


def weight(name: str) -> int:
    return len(gzip.compress((STATIC / name).read_bytes()))


def test_the_scripts_of_an_ordinary_page_are_light() -> None:
    assert sum(map(weight, SCRIPTS)) <= 40 * KILOBYTE


def test_what_a_page_loads_before_anything_is_used_is_light() -> None:
    first = ("tropes.js", "tropes/side.js", "tropes/trail.js")
    assert sum(map(weight, first)) <= 6 * KILOBYTE


def test_the_stylesheet_is_light() -> None:
    assert weight("tropes.css") <= 8 * KILOBYTE


def test_pages_load_the_scripts_that_are_written() -> None:
    stale = [f for f, text in generated().items() if not f.exists() or f.read_text("utf-8") != text]
    assert not stale, "call `make scripts`"
    mine = {file for file in STATIC.rglob("*.js") if not file.name.endswith(".min.js")}
    assert mine == generated().keys()  # none of a script that is gone
