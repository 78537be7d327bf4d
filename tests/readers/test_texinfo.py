"""``makeinfo`` reads our manuals."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ..conftest import Site
from .conftest import DEMO, UNLISTED, build, need, run

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.readers


@pytest.mark.parametrize("name", ["sphinxcontrib-tropes", "wiki"])
def test_makeinfo_has_nothing_to_say_of_a_manual(
    every_place: Site, tmp_path: Path, name: str
) -> None:
    need("makeinfo")
    source = every_place.source if name == "wiki" else DEMO
    out = build(source, "texinfo", tmp_path / "texinfo")
    printed = run(["makeinfo", "--no-split", "-o", "read.info", f"{name}.texi"], out, LC_ALL="C")
    assert printed == ""
    assert "*note" in (out / "read.info").read_text("utf-8")


def test_makeinfo_has_nothing_to_say_of_pages_in_no_toctree(tmp_path: Path) -> None:
    need("makeinfo")
    out = build(Site(tmp_path).write(dict(UNLISTED)).source, "texinfo", tmp_path / "texinfo")
    printed = run(["makeinfo", "--no-split", "-o", "read.info", "wiki.texi"], out, LC_ALL="C")
    assert printed == ""
    assert "Near" in (out / "read.info").read_text("utf-8")


def test_two_builds_of_a_manual_are_the_same(every_place: Site, tmp_path: Path) -> None:
    outs = [
        build(every_place.source, "texinfo", tmp_path / str(seed), seed=seed) for seed in (1, 2)
    ]
    first, second = ((out / "wiki.texi").read_bytes() for out in outs)
    assert first == second
