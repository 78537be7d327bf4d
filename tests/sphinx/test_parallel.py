"""Two workers leave the same bytes as one."""

from __future__ import annotations

import os

import pytest

from ..conftest import AWKWARD, Site
from .reading import warnings_of
from .test_incremental import snapshot

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Sphinx forks its workers")

# Sphinx reads and writes in parallel from six documents on
PAGES = 14


def page(number: int, words: str = "") -> str:
    after, far = (number + 1) % PAGES, (number + 5) % PAGES
    return (
        f"(:title Page {number}:)\n(:alias Also{number}:)\n(:laconic Number {number}.:)\n\n"
        f"To {{{{Page{after}}}}}, {{{{Also{far}}}}} and {{{{Ghost{number % 3}}}}}. {words}\n\n"
        f"[[spoiler:Hidden {{{{Page{far}}}}}]]\n\n[[index]]\n* {{{{Page{after}}}}}\n[[/index]]\n"
    )


FILES = (
    {f"Page{n}.trope": page(n) for n in range(PAGES)}
    | {
        "index.rst": "Wiki\n====\n\n.. trope-index::\n\n.. trope-wanted::\n\n:trope:`Page 3`\n",
        "guide.rst": ":orphan:\n\nGuide\n=====\n\n.. trope:: In Guide\n\n   To {{Page 1}}.\n",
        "a/Twin.trope": "Text.\n",
        "b/Twin.trope": "Text, [[folder:open]]\n",
    }
    | AWKWARD
)
EDIT = {"Page3.trope": page(3, "More."), "Page4.trope": None, "Ghost1.trope": "Now written.\n"}


def forked(site: Site, *, parallel: int, **options: object) -> None:
    site.build(
        parallel=parallel, out=f"html-{parallel}", doctrees=f"doctrees-{parallel}", **options
    )


@pytest.fixture(scope="module")
def warned(tmp_path_factory: pytest.TempPathFactory) -> dict[int, list[str]]:
    return {}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, warned: dict[int, list[str]]) -> Site:
    site = Site(tmp_path_factory.mktemp("parallel"))
    site.write(dict(FILES))
    for parallel in (1, 2):
        forked(site, parallel=parallel)
        warned[parallel] = sorted(warnings_of(site))
    return site


def assert_same(site: Site) -> None:
    one, two = snapshot(site.root / "html-1"), snapshot(site.root / "html-2")
    names = sorted(one.keys() | two.keys())
    assert [name for name in names if one.get(name) != two.get(name)] == []


def test_two_workers_leave_the_same_bytes_as_one(site: Site) -> None:
    assert_same(site)


def test_two_workers_warn_of_the_same(site: Site, warned: dict[int, list[str]]) -> None:
    assert warned[1] == warned[2] != []


def test_two_workers_leave_the_same_state_as_one(site: Site) -> None:
    states = [(site.root / f"html-{n}/.tropes-state.json").read_text("utf-8") for n in (1, 2)]
    assert states[0] == states[1]


def test_an_edit_leaves_the_same_bytes_with_two_workers(site: Site) -> None:
    site.write(dict(EDIT))
    for parallel in (1, 2):
        forked(site, parallel=parallel)
    assert_same(site)


def test_a_build_on_top_of_one_with_two_workers_writes_nothing(site: Site) -> None:
    pages = list((site.root / "html-2").rglob("*/*.html"))
    before = [path.stat().st_mtime_ns for path in pages]
    forked(site, parallel=2)
    assert [path.stat().st_mtime_ns for path in pages] == before


def test_a_page_that_does_not_decode_is_told_by_two_workers(site: Site) -> None:
    site.write({"Bad.trope": b"\xff\n"})
    forked(site, parallel=2, force=True)
    assert len([line for line in warnings_of(site) if "Bad.trope:1" in line]) == 1
    site.write({"Bad.trope": None})
