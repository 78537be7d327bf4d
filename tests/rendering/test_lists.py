"""Lists of backlinks are written in two ways: as nodes, and as HTML for speed."""

from __future__ import annotations

import pytest

from sphinxcontrib_tropes.rendering.context import Rendering

from ..conftest import Site, having_class, text_of
from ..sphinx.reading import ids_of, panel_of

PAGES = {
    "FurryConfusion.trope": '(:alias Fur:)\n\nA [[FunnyAnimal <b>odd</b> & "funny"]] one.',
    "Twice.trope": "Is FurryConfusion, < 3, {{Fur}} & [[FurryConfusion the]] same? No. FurryConfusion!",
    "Alef2.trope": "(:title שם & הדף!:)\n\nNo FurryConfusion, FunnyAnimal and {{אחר}}.",
    "FunnyAnimal.trope": (
        "[[spoiler:It is a FurryConfusion.]] And {{Fur}}.\n\n* FurryConfusion & FurryConfusion"
    ),
    "Film/TheMatrix.trope": "[[FurryConfusion [[spoiler:x]] y]]: Has no FunnyAnimal < 3.",
    "Film/2 Reels.trope": (
        "* FurryConfusion: It was so. Subverted & parodied, [[spoiler:not]] < 3.\n"
        "* Averted in {{Fur}}, inverted in FunnyAnimal."
    ),
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


def test_a_sentence_with_several_links_to_a_page_is_quoted_once_with_all_of_them_marked(
    site: Site,
) -> None:
    site.write(
        {
            "鋼.trope": "(:alias Steel:)\n",
            "B9.trope": (
                "Both {{鋼}} and [[Steel it's]]. Then [[鋼 it]], in “{{鋼}}”.\n\n"
                "Both {{鋼}} and [[Steel it's]]. Both end."
            ),
        }
    ).build()
    sentences = having_class(panel_of(site.page("鋼")), "trope-context")
    marks = [[text_of(mark) for mark in having_class(s, "trope-mark")] for s in sentences]
    assert [text_of(s) for s in sentences] == [
        "Both 鋼 and it’s. via Steel",
        "Then it, in “鋼”.",
        "Both 鋼 and it’s. via Steel",
    ]
    assert marks == [["鋼", "it’s"], ["it", "鋼"], ["鋼", "it’s"]]
    ids = ids_of(site.page("B9"))
    places = [
        mark.get("href", "").partition("#")[2]
        for mark in having_class(panel_of(site.page("鋼")), "trope-mark")
    ]
    assert len(set(places)) == 6
    assert set(places) <= ids
