"""Trope markup, roles and directives in Markdown, by MyST."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ..conftest import CONF, Site, having_class, text_of
from .reading import body, ids_of, link_named, places_of, warnings_of

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

pytest.importorskip("myst_parser")

INDEX = """\
# Wiki

To {trope}`FurryConfusion`, {trope}`a label <red herring>`, {trope}`{{Red Herring}}s`,
{trope}`[[RedHerring#Part its part]]`, {trope:ref}`Film/The Matrix`, {trope}`NeverWritten`,
{any}`False Clue` and {trope}`!Furry Confusion`.

See [a link](#myst-heading), too.

(myst-heading)=
## About {trope}`FurryConfusion` no more

```{trope} In Markdown
:aliases: Marked Down
:laconic: Said in short.

The body is ''trope'' markup, of FurryConfusion and GhostPage.
```

```{trope-markup}
A [[RedHerring herring]] in '''markup'''.
```

```{trope-index}
:namespace: Film
```

```{trope-backlinks} Furry Confusion
```

```{trope-wanted}
```
"""
CONF_MYST = CONF.replace('["sphinxcontrib_tropes"]', '["sphinxcontrib_tropes", "myst_parser"]')


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    site = Site(tmp_path_factory.mktemp("myst"))
    site.write(
        {
            "conf.py": CONF_MYST,
            "index.rst": None,
            "index.md": INDEX.replace("{trope}`FurryConfusion` no more", "furs"),
            "FurryConfusion.trope": "To {{In Markdown}}, a MarkedDown.\n",
            "RedHerring.trope": "(:title Herring, Red:)\n(:alias FalseClue:)\n\n!!Part\nText.\n",
            "Film/TheMatrix.trope": "A film.\n",
        }
    )
    site.build(tropes_wanted="warn")
    return site


@pytest.fixture(scope="module")
def page(site: Site) -> Element:
    return site.page("index")


@pytest.mark.parametrize(
    ("text", "href"),
    [
        ("Furry Confusion", "FurryConfusion.html"),
        ("a label", "RedHerring.html"),
        ("Herring, Reds", "RedHerring.html"),
        ("its part", "RedHerring.html#part"),
        ("The Matrix", "Film/TheMatrix.html"),
        ("Never Written", "tropes/backlinks/main/neverwritten.html"),
        ("False Clue", "RedHerring.html"),
        ("herring", "RedHerring.html"),
        ("Ghost Page", "tropes/backlinks/main/ghostpage.html"),
    ],
)
def test_a_link_in_markdown_leads_to_its_page(page: Element, text: str, href: str) -> None:
    assert link_named(page, text).get("href") == href


def test_a_page_can_be_defined_in_markdown(page: Element) -> None:
    assert "trope-main-inmarkdown" in ids_of(page)


def test_a_page_in_markdown_is_linked_to(site: Site) -> None:
    link = link_named(site.page("FurryConfusion"), "Marked Down")
    assert link.get("href") == "index.html#trope-main-inmarkdown"


def test_the_body_of_a_page_in_markdown_is_trope_markup(page: Element) -> None:
    assert "trope" in [text_of(e) for e in body(page).iter("em")]
    assert "markup" in [text_of(e) for e in body(page).iter("strong")]


def test_a_document_in_markdown_is_a_backlink_with_its_sentence(site: Site) -> None:
    (panel,) = having_class(site.page("FurryConfusion"), "trope-backlinks")
    assert "The body is trope markup, of Furry Confusion and Ghost Page." in text_of(panel)


def test_lists_can_stand_in_markdown(page: Element) -> None:
    assert having_class(page, "trope-index")
    assert having_class(page, "trope-wanted-list")


def test_wanted_pages_in_markdown_are_told_with_their_line(site: Site) -> None:
    lines = INDEX.split("\n")
    body_line = next(n for n, line in enumerate(lines, 1) if "GhostPage" in line)
    role_line = next(n for n, line in enumerate(lines, 1) if line.startswith("To {trope}"))
    places = places_of(site, "trope.wanted")
    assert f"index.md:{body_line}" in places
    assert any(place in places for place in (f"index.md:{role_line}", f"index.md:{role_line + 1}"))


def test_nothing_else_is_warned_of(site: Site) -> None:
    assert [line for line in warnings_of(site) if "[trope.wanted]" not in line] == []


def test_a_link_in_a_heading_of_markdown_is_a_link(tmp_path) -> None:
    site = Site(tmp_path)
    site.write(
        {
            "conf.py": CONF_MYST,
            "index.rst": None,
            "index.md": "# Wiki\n\n## About {trope}`Ape`\n\nText.\n",
            "Ape.trope": "Text.\n",
        }
    ).build()
    assert link_named(site.page("index"), "Ape").get("href") == "Ape.html"


def test_the_line_of_wrong_markup_in_markdown_is_right(tmp_path) -> None:
    site = Site(tmp_path)
    text = "# Wiki\n\nText.\n\n```{trope} Ape\n:laconic: Short.\n\nText.\n[[/folder]]\n```\n"
    site.write({"conf.py": CONF_MYST, "index.rst": None, "index.md": text}).build("dummy")
    assert places_of(site, "trope.markup") == ["index.md:9"]


def test_the_line_of_wrong_markup_in_a_nested_directive_of_markdown_is_right(tmp_path) -> None:
    site = Site(tmp_path)
    text = "# Wiki\n\n````{note}\nText.\n\n```{trope-markup}\nText.\n[[/folder]]\n```\n````\n"
    site.write({"conf.py": CONF_MYST, "index.rst": None, "index.md": text}).build("dummy")
    assert places_of(site, "trope.markup") == ["index.md:8"]
