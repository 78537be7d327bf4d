"""The pages in the themes of others: in their layout, with our stylesheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ..conftest import ROOT, Site, having_class, text_of
from .reading import broken_links, warnings_of

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

FILES = {
    "index.rst": "Wiki\n====\n\n.. toctree::\n   :glob:\n   :maxdepth: 2\n\n   *\n",
    "Ape.trope": "(:laconic An ape.:)\n\nTo {{Bee}} and {{Ghost}}, [[spoiler:hidden]].\n\n!!Part\nText.\n",
    "Bee.trope": "To {{Ape}}. [[folder:F]]\n\n[[folder:Fold]]\n* {{Ape}}\n[[/folder]]\n",
}
# A word of each theme's own layout.
LAYOUT = {"alabaster": "sphinxsidebar", "furo": "sidebar-container"}


@pytest.fixture(scope="module", params=["alabaster", "furo"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Site:
    site = Site(tmp_path_factory.mktemp(request.param))
    site.write(dict(FILES)).build(html_theme=request.param)
    site.theme = request.param  # type: ignore[attr-defined]
    return site


PAGES = ["index", "Ape", "tropes/index", "tropes/wanted", "tropes/backlinks/main/ape"]


def every_class(page: Element) -> set[str]:
    return {name for e in page.iter() for name in e.get("class", "").split()}


def test_a_theme_warns_of_nothing(site: Site) -> None:
    # a folder inside a line is text that is not closed
    assert [line for line in warnings_of(site) if "[trope.markup]" not in line] == []


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_in_the_layout_of_the_theme(site: Site, name: str) -> None:
    assert LAYOUT[site.theme] in every_class(site.page(name))  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_the_stylesheet(site: Site, name: str) -> None:
    sheets = [e.get("href", "") for e in site.page(name).iter("link")]
    (own,) = [href for href in sheets if "tropes" in href and ".css" in href]
    path = (site.root / "html" / name).parent / own.partition("?")[0]
    assert path.exists()


def test_a_page_has_its_panel(site: Site) -> None:
    (panel,) = having_class(site.page("Ape"), "trope-backlinks")
    assert "Referenced by" in text_of(panel)


def test_a_page_has_its_folder(site: Site) -> None:
    (folder,) = having_class(site.page("Bee"), "trope-folder")
    assert folder.tag == "details"


def test_a_spoiler_is_a_span(site: Site) -> None:
    (spoiler,) = having_class(site.page("Ape"), "trope-spoiler")
    assert spoiler.tag == "span"


def test_no_link_leads_nowhere(site: Site) -> None:
    assert broken_links(site.root / "html") == []


def test_the_stylesheet_names_its_colours_by_custom_properties() -> None:
    styles = (ROOT / "sphinxcontrib_tropes/static/tropes.css").read_text("utf-8")
    assert "--trope-" in styles
    assert "@import" not in styles


@pytest.mark.parametrize("name", ["tropes.css", "tropes.js"])
def test_the_assets_ask_nothing_of_other_hosts(name: str) -> None:
    text = (ROOT / "sphinxcontrib_tropes/static" / name).read_text("utf-8")
    assert "//" not in text.replace("// ", "").replace("http://www.w3.org", "")
