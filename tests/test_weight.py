"""What the extension adds to an ordinary page, compressed."""

from __future__ import annotations

import gzip

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
    assert sum(map(weight, SCRIPTS)) <= 48.5 * KILOBYTE  # the aim is 40


def test_what_a_page_loads_before_anything_is_used_is_light() -> None:
    first = ("tropes.js", "tropes/side.js", "tropes/trail.js")
    assert sum(map(weight, first)) <= 6.8 * KILOBYTE  # the aim is 6


def test_the_stylesheet_is_light() -> None:
    assert weight("tropes.css") <= 8 * KILOBYTE
