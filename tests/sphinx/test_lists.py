"""Lists of backlinks are written in two ways: as nodes, and as HTML for speed."""

from __future__ import annotations

import pytest

from sphinxcontrib_tropes.resolve import Rendering

from ..conftest import Site

PAGES = {
    "FurryConfusion.trope": '(:alias Fur:)\n\nA [[FunnyAnimal <b>odd</b> & "funny"]] one.',
    "FunnyAnimal.trope": (
        "[[spoiler:It is a FurryConfusion.]] And {{Fur}}.\n\n* FurryConfusion & FurryConfusion"
    ),
    "Film/TheMatrix.trope": "[[FurryConfusion [[spoiler:x]] y]]: Has no FunnyAnimal < 3.",
    "Film/Éclair.trope": '(:title Who & me @ "home" < 3:)\n\nNo FurryConfusion ‘here’, but &amp; there.',
}


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_a_list_written_as_html_is_what_its_nodes_become(
    site: Site, monkeypatch: pytest.MonkeyPatch, builder: str
) -> None:
    site.write(PAGES)
    direct = site.build(builder, out="direct")
    never = property(lambda self: False, lambda self, value: None)
    monkeypatch.setattr(Rendering, "writes_lists", never, raising=False)
    as_nodes = site.build(builder, out="nodes", doctrees="other")
    compared = 0
    for path in sorted(direct.rglob("*.html")):
        text = path.read_text("utf-8")
        assert text == (as_nodes / path.relative_to(direct)).read_text("utf-8"), path
        compared += "trope-backlinks-list" in text
    assert compared >= 4


ENCODES_ITSELF = """
from sphinx.writers.html5 import HTML5Translator

class Translator(HTML5Translator):
    def encode(self, text):
        return super().encode(text).replace("odd", "even")

def setup(app):
    app.set_translator("html", Translator)
"""


def test_a_translator_that_encodes_in_its_own_way_is_asked(site: Site) -> None:
    conf = (site.source / "conf.py").read_text("utf-8") + ENCODES_ITSELF
    out = site.write({**PAGES, "conf.py": conf}).build()
    text = (out / "tropes/backlinks/main/funnyanimal.html").read_text("utf-8")
    assert "&lt;b&gt;even&lt;/b&gt; &amp; " in text
