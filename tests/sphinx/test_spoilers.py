"""No text from inside a spoiler leaves it uncovered: secret words go through every output."""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING

import pytest

from ..conftest import Site, having_class, parse, text_of
from .reading import warnings_of

if TYPE_CHECKING:
    from pathlib import Path
    from xml.etree.ElementTree import Element

# Each place where a spoiler can be, with a secret of its own. Near each is a link, so that its
# sentence is shown elsewhere.
PLACES = {
    "inline": "A RedHerring is [[spoiler:secretinline]] here.",
    "around_link": "It is [[spoiler:secretbefore RedHerring secretafter]] here.",
    "label": "It is [[RedHerring a [[spoiler:secretlabel]] of sorts]] here.",
    "label_in": "It is [[spoiler:[[RedHerring secretlabelin]]]] here.",
    "pipe": "It is [[spoiler:[[red herring | secretpipe]]]] here.",
    "arrow": "It is [[spoiler:[[secretarrow -> red herring]]]] here.",
    "plural": "It is [[spoiler:{{Red Herring}}secretplural]] here.",
    "emphasis": "It is [[spoiler:''secretemphasis'' of a RedHerring]] here.",
    "emphasis_around": "It ''is [[spoiler:secretwithin]] a RedHerring'' here.",
    "escape": "It is [[spoiler:[=secretescape=]]] of a RedHerring.",
    "mono": "It is [[spoiler:@@secretmono@@]] of a RedHerring.",
    "url": "It is [[spoiler:https://example.org/secreturl of]] a RedHerring.",
    "url_label": "It is [[spoiler:[[https://example.org/secretlink secreturllabel]]]] a RedHerring.",
    "nested": "It is [[spoiler:x [[spoiler:secretnested]] secretouter]] a RedHerring.",
    "item": "* An item with a RedHerring: [[spoiler:secretitem]].\n** [[spoiler:secretdeeper RedHerring]]",
    "numbered": "# One of RedHerring: [[spoiler:secretnumbered]].\n# Another.",
    "definition": ":term: a RedHerring, [[spoiler:secretdefinition]]",
    "table": "||a RedHerring||[[spoiler:secretcell RedHerring]]||",
    "quote": "-> A RedHerring, [[spoiler:secretquote]].",
    "block": "[[spoiler:\nA secretblock with a RedHerring.\n\n* A secretlist with a RedHerring.\n]]",
    "folder": "[[folder:A fold [[spoiler:secretfolder]] of RedHerring]]\n* A RedHerring.\n[[/folder]]",
    "in_folder": "[[folder:Fold]]\n* RedHerring: [[spoiler:secretfolded]].\n[[/folder]]",
    "heading": "!!On red, [[spoiler:secretheading]]\nText of a RedHerring.",
    "heading_all": "!![[spoiler:secretwholeheading]]\nText on RedHerring.",
    "note_in": "It is [[spoiler:so[[note]]secretnotein a RedHerring[[/note]]]] here.",
    "in_note": "It is[[note]]noted: [[spoiler:secretinnote]] a RedHerring[[/note]] here.",
    "labelnote": "It is [[spoiler:[[labelnote:secretlabelnote]]secretnotebody RedHerring[[/labelnote]]]].",
    "note_block": "[[note]]\nA RedHerring, [[spoiler:secretnoteblock]].\n[[/note]]",
    "spoiler_note": "[[spoiler:\n[[note]]\nA secretspoilernote RedHerring.\n[[/note]]\n]]",
    "spoiler_folder": "[[spoiler:\n[[folder:A secretspoiledfold]]\n* RedHerring\n[[/folder]]\n]]",
    "spoiler_heading": "[[spoiler:\n!!!A secretspoiledheading of RedHerring\nText.\n]]",
    "spoiler_quote": "[[spoiler:\n-> A secretspoiledquote, RedHerring.\n]]",
    "picture": (
        "[[quoteright:100:https://www.example.org/cat.png]]\n"
        "[[caption-width-right:100:A RedHerring, [[spoiler:secretcaption]].]]"
    ),
    "index": "[[index]]\n* RedHerring [[spoiler:secretmember]]\n[[/index]]",
    "see_also": "See also: RedHerring [[spoiler:secretseealso]].",
    "box": "[[WMG:A guess [[spoiler:secretguess]] of RedHerring]]\nText.",
    "across_lines": "It is [[spoiler:secretfirst\nsecretsecond RedHerring\nsecretthird]] here.",
    "wanted": "It is [[spoiler:secretwanted of a NeverWritten]] here.",
    "long": "Word " * 60 + "[[spoiler:secretlong]] a RedHerring " + "word " * 60,
    "laconic": "(:laconic Said of a [[spoiler:secretlaconic]] thing.:)\n\nA RedHerring.",
    "laconic_all": "(:laconic [[spoiler:secretwholelaconic]]:)\n\nA RedHerring.",
    "description": "(:description Said of a [[spoiler:secretdescription]].:)\n\nA RedHerring.",
}
DIRECTIVES = """\
:orphan:

Guide
=====

.. trope:: In Guide
   :laconic: In short, [[spoiler:secretoption]].

   A RedHerring, [[spoiler:secretindirective]].

.. trope-markup::

   !!A heading, [[spoiler:secretinmarkup]], of RedHerring
   [[folder:Some [[spoiler:secretfoldinmarkup]]]]
   [[/folder]]

In a role: :trope:`[[spoiler:secretinrole]] of a RedHerring`.
"""
INDEX = """\
Wiki
====

.. toctree::
   :glob:
   :maxdepth: 4

   *

.. trope-index::

.. trope-backlinks:: Red Herring
"""
# Numbers would be words of their own in search: letters alone.
SECRETS = sorted(set(re.findall(r"secret\w+", "\n".join([*PLACES.values(), DIRECTIVES]))))
UNCOVERED_ONLY_AS_ADDRESS = {"secreturl", "secretlink"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    site = Site(tmp_path_factory.mktemp("spoilers"))
    pages = {
        f"On{name.title().replace('_', '')}.trope": text + "\n" for name, text in PLACES.items()
    }
    site.write(
        {"index.rst": INDEX, "guide.rst": DIRECTIVES, "RedHerring.trope": "It misleads.\n", **pages}
    )
    site.build()
    return site


def found_in(text: str) -> list[str]:
    return sorted(secret for secret in SECRETS if secret in text.casefold())


def pages_of(site: Site) -> list[Path]:
    return [p for p in sorted((site.root / "html").rglob("*.html")) if "_static" not in p.parts]


def uncovered(element: Element) -> str:
    """The text of an element and the words in its attributes, without what spoilers hold."""
    if "trope-spoiler" in element.get("class", "").split():
        return ""
    words = [element.get(name, "") for name in ("id", "title", "alt", "content", "aria-label")]
    words.append(element.text or "")
    for child in element:
        words += uncovered(child), child.tail or ""
    return " ".join(words)


def test_the_secrets_are_in_the_pages(site: Site) -> None:
    texts = "".join(path.read_text("utf-8") for path in pages_of(site))
    hidden_for_good = {"secretlaconic", "secretwholelaconic", "secretdescription", "secretoption"}
    assert set(SECRETS) - set(found_in(texts)) <= hidden_for_good


def test_no_secret_is_in_a_panel(site: Site) -> None:
    panels = [e for path in pages_of(site) for e in having_class(parse(path), "trope-backlinks")]
    assert panels
    assert found_in(" ".join(map(text_of, panels))) == []


def test_no_secret_is_in_a_backlinks_page(site: Site) -> None:
    paths = list((site.root / "html/tropes/backlinks").rglob("*.html"))
    assert paths
    assert found_in("".join(path.read_text("utf-8") for path in paths)) == []


@pytest.mark.parametrize("name", ["index", "wanted", "health"])
def test_no_secret_is_in_a_page_without_a_source(site: Site, name: str) -> None:
    assert found_in((site.root / f"html/tropes/{name}.html").read_text("utf-8")) == []


def test_no_secret_is_in_the_data(site: Site) -> None:
    assert found_in((site.root / "html/tropes.json").read_text("utf-8")) == []


def test_no_secret_is_in_the_map(site: Site) -> None:
    paths = list((site.root / "html/tropes/data/atlas").rglob("*.js"))
    assert len(paths) > 2
    assert found_in("".join(path.read_text("utf-8") for path in paths)) == []


def test_no_drawing_ties_what_a_spoiler_alone_does(site: Site) -> None:
    pages = ["OnAroundLink", "OnLabelIn", "OnBlock", "OnSpoilerFolder"]
    assert [n for n in pages if having_class(site.page(n), "trope-graph")] == []
    (graph,) = having_class(site.page("OnInline"), "trope-graph")
    assert "Red Herring" in text_of(graph)


def test_no_secret_is_in_the_inventory(site: Site) -> None:
    raw = (site.root / "html/objects.inv").read_bytes()
    assert found_in(zlib.decompress(raw.split(b"\n", 4)[4]).decode()) == []


def test_no_secret_is_in_the_search_index(site: Site) -> None:
    assert found_in((site.root / "html/searchindex.js").read_text("utf-8")) == []


def test_no_secret_is_in_a_head(site: Site) -> None:
    heads = [e for path in pages_of(site) for e in parse(path).iter("head")]
    text = " ".join(uncovered(element) for head in heads for element in head)
    assert found_in(text) == []


def test_no_secret_is_uncovered_in_a_page(site: Site) -> None:
    found = {}
    for path in pages_of(site):
        secrets = found_in(" ".join(map(uncovered, parse(path).iter("body"))))
        if secrets:
            found[path.name] = secrets
    assert found == {}


def test_no_secret_is_part_of_an_id_or_an_address(site: Site) -> None:
    found = set()
    for path in pages_of(site):
        for element in parse(path).iter():
            for name in ("id", "name", "href"):
                found |= set(found_in(element.get(name) or ""))
    assert found - UNCOVERED_ONLY_AS_ADDRESS == set()


def test_no_secret_is_in_any_other_file(site: Site) -> None:
    found = {}
    for path in sorted((site.root / "html").rglob("*")):
        apart = path.suffix in (".html", ".js", ".inv", ".json") and "_static" not in path.parts
        if path.is_file() and not apart and "_sources" not in path.parts:
            secrets = found_in(path.read_text("utf-8", "replace"))
            if secrets:
                found[path.name] = secrets
    assert found == {}


def test_no_secret_is_warned_of(site: Site) -> None:
    assert warnings_of(site) == []


def test_a_spoiler_in_a_title_is_covered_where_the_title_is_shown(tmp_path: Path) -> None:
    site = Site(tmp_path)
    title = "(:title Something [[spoiler:secrettitle]]:)\n\nA RedHerring.\n"
    site.write(
        {"Titled.trope": title, "RedHerring.trope": "Text.\n", "A.trope": "To {{Titled}}.\n"}
    )
    site.build()
    found = [
        path.name
        for path in (site.root / "html").rglob("*")
        if path.suffix in (".html", ".json", ".js") and "secrettitle" in path.read_text("utf-8")
    ]
    assert set(found) <= {"Titled.html"}


def test_no_secret_is_in_a_panel_of_another_builder(tmp_path: Path) -> None:
    site = Site(tmp_path)
    page = PLACES["inline"] + "\n\n" + PLACES["around_link"]
    site.write({"A.trope": page, "RedHerring.trope": "It misleads.\n"}).build("text")
    page = (site.root / "text/RedHerring.txt").read_text("utf-8")
    assert "Referenced by" in page
    assert found_in(page) == []


def test_what_stands_for_a_secret_says_so(site: Site) -> None:
    (panel,) = having_class(site.page("RedHerring"), "trope-backlinks")
    covers = {text_of(e) for e in having_class(panel, "trope-cover")}
    assert covers == {"spoiler"}


def test_a_context_keeps_what_stands_around_a_secret(site: Site) -> None:
    (panel,) = having_class(site.page("RedHerring"), "trope-backlinks")
    contexts = {text_of(e) for e in having_class(panel, "trope-context")}
    assert "A Red Herring is spoiler here." in contexts


def test_a_laconic_keeps_what_stands_around_a_secret(site: Site) -> None:
    text = text_of(site.page("tropes/index"))
    assert "Said of a … thing." in text
