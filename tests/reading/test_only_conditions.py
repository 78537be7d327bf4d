"""Content under ``.. only::`` that a build drops is no part of the wiki, whatever was read before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ..conftest import Site

if TYPE_CHECKING:
    from pathlib import Path

INTERNAL = """\
Wiki
====

.. only:: internal

   A HUSH sentence on :trope:`Alpha One`.

   .. trope:: Hidden Thing
      :laconic: HUSH, too.

      Nobody may know of HUSH.
"""


@pytest.fixture
def internal(site: Site) -> Site:
    return site.write({"index.rst": INTERNAL, "AlphaOne.trope": "Text. {{Hidden Thing}}."})


def all_text(out: Path) -> str:
    files = [p for p in out.rglob("*") if p.suffix in (".html", ".js", ".json", ".inv", ".txt")]
    return "".join(
        p.read_text("utf-8", errors="replace") for p in files if "_sources" not in p.parts
    )


def with_tag(app: object) -> None:
    app.tags.add("internal")  # type: ignore[attr-defined]


def test_what_is_dropped_is_shown_nowhere(internal: Site) -> None:
    text = all_text(internal.build())
    assert "HUSH" not in text
    assert "tropes/backlinks/main/hiddenthing.html" in text


def test_what_is_kept_is_shown(internal: Site) -> None:
    internal.write({"conf.py": 'extensions = ["sphinxcontrib_tropes"]\ntags.add("internal")\n'})
    assert "HUSH sentence" in (internal.build() / "AlphaOne.html").read_text("utf-8")


def test_another_tag_counts_from_the_next_build_on(internal: Site) -> None:
    internal.build()
    conf = (internal.source / "conf.py").read_text("utf-8")
    internal.write({"conf.py": conf + 'tags.add("internal")\n'})
    assert "HUSH sentence" in (internal.build() / "AlphaOne.html").read_text("utf-8")
    internal.write({"conf.py": conf})
    assert "HUSH" not in all_text(internal.build())


def test_builders_that_share_doctrees_each_have_their_own(site: Site) -> None:
    text = "Wiki\n====\n\n.. only:: html\n\n   On :trope:`Alpha One`.\n"
    site.write({"index.rst": text, "AlphaOne.trope": "Text."})
    assert "Referenced by" in (site.build() / "AlphaOne.html").read_text("utf-8")
    assert "Referenced by" not in (site.build("text") / "AlphaOne.txt").read_text("utf-8")
    assert "Referenced by" in (site.build() / "AlphaOne.html").read_text("utf-8")
