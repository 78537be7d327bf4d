"""The role ``:trope:``, and ``:any:``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ..conftest import Site, having_class, text_of
from ..sphinx.reading import body, ids_of, link_named, links, places_of, warnings_of

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

ROLES = {
    "spelling-1": ":trope:`FurryConfusion`",
    "spelling-2": ":trope:`Furry Confusion`",
    "spelling-3": ":trope:`furryconfusion`",
    "spelling-4": ":trope:`Main/FurryConfusion`",
    "spelling-5": ":trope:`Main.FurryConfusion`",
    "spelling-6": ":trope:`{{Furry Confusion}}`",
    "spelling-7": ":trope:ref:`FurryConfusion`",
    "titled": ":trope:`RedHerring`",
    "namespaced": ":trope:`Film/TheMatrix`",
    "unseen": ":trope:`\u200b <RedHerring>`",
    "bar": ":trope:`[[RedHerring|]]`",
    "label": ":trope:`confused at last <FurryConfusion>`",
    "label-namespaced": ":trope:`a film <Film/TheMatrix>`",
    "markup-label": ":trope:`[[RedHerring what misleads]]`",
    "markup-plural": ":trope:`{{Red Herring}}s`",
    "markup-wanted-plural": ":trope:`{{Funny Animal}}s`",
    "markup-emphasis": ":trope:`''very'' much`",
    "markup-text": ":trope:`to [[RedHerring one]] and ''so on''`",
    "section": ":trope:`RedHerring#Examples`",
    "section-label": ":trope:`its examples <RedHerring#Examples>`",
    "no-section": ":trope:`RedHerring#Nowhere`",
    "off": ":trope:`!RedHerring`",
    "off-label": ":trope:`!some words <RedHerring>`",
    "alias": ":trope:`False Clue`",
    "alias-wikiword": ":trope:`FalseClue`",
    "redirect": ":trope:`Old Name`",
    "wanted": ":trope:`NeverWritten`",
    "wanted-words": ":trope:`never, ever written`",
    "wanted-label": ":trope:`some day <NeverWritten>`",
    "wanted-namespaced": ":trope:`Film/LostReel`",
    "any-name": ":any:`RedHerring`",
    "any-words": ":any:`red herring`",
    "any-alias": ":any:`False Clue`",
    "any-namespaced": ":any:`Film/TheMatrix`",
    "any-label": ":any:`misleading <RedHerring>`",
    "nothing": ":trope:`!?-`",
    "none": ":trope:`(+)`",
}


def role_page() -> str:
    parts = [f".. container:: {name}\n\n   Before {role} after.\n" for name, role in ROLES.items()]
    return "Wiki\n====\n\n" + "\n".join(parts)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    site = Site(tmp_path_factory.mktemp("roles"))
    site.write(
        {
            "index.rst": role_page(),
            "FurryConfusion.trope": "About furs.\n",
            "RedHerring.trope": "(:title Herring, Red:)\n(:alias FalseClue:)\n\n!!Examples\nSome.\n",
            "OldName.trope": "(:redirect RedHerring:)\n",
            "Film/TheMatrix.trope": "A film.\n",
        }
    )
    site.build()
    return site


@pytest.fixture(scope="module")
def page(site: Site) -> Element:
    return site.page("index")


def shown(page: Element, name: str) -> str:
    (part,) = having_class(body(page), name)
    return text_of(part).removeprefix("Before ").removesuffix(" after.")


def link(page: Element, name: str) -> Element:
    (part,) = having_class(body(page), name)
    (found,) = links(part)
    return found


@pytest.mark.parametrize("number", range(1, 8))
def test_every_spelling_leads_to_the_page(page: Element, number: int) -> None:
    assert link(page, f"spelling-{number}").get("href") == "FurryConfusion.html"


@pytest.mark.parametrize("name", ["unseen", "bar"])
def test_a_label_of_which_nothing_is_seen_leaves_the_title(page: Element, name: str) -> None:
    assert shown(page, name) == "Herring, Red"


@pytest.mark.parametrize("number", range(1, 8))
def test_every_spelling_shows_the_title(page: Element, number: int) -> None:
    assert shown(page, f"spelling-{number}") == "Furry Confusion"


@pytest.mark.parametrize(
    ("name", "href", "text"),
    [
        ("titled", "RedHerring.html", "Herring, Red"),
        ("namespaced", "Film/TheMatrix.html", "The Matrix"),
        ("label", "FurryConfusion.html", "confused at last"),
        ("label-namespaced", "Film/TheMatrix.html", "a film"),
        ("markup-label", "RedHerring.html", "what misleads"),
        ("markup-plural", "RedHerring.html", "Herring, Reds"),
        ("section", "RedHerring.html#examples", "Herring, Red"),
        ("section-label", "RedHerring.html#examples", "its examples"),
        ("no-section", "RedHerring.html", "Herring, Red"),
        ("alias", "RedHerring.html", "False Clue"),
        ("alias-wikiword", "RedHerring.html", "False Clue"),
        ("redirect", "RedHerring.html", "Old Name"),
        ("any-name", "RedHerring.html", "Herring, Red"),
        ("any-words", "RedHerring.html", "Herring, Red"),
        ("any-alias", "RedHerring.html", "False Clue"),
        ("any-namespaced", "Film/TheMatrix.html", "The Matrix"),
        ("any-label", "RedHerring.html", "misleading"),
    ],
)
def test_a_role_leads_to_its_page_with_its_words(
    page: Element, name: str, href: str, text: str
) -> None:
    found = link(page, name)
    assert (found.get("href"), text_of(found)) == (href, text)


@pytest.mark.parametrize(
    ("name", "href", "text"),
    [
        ("wanted", "tropes/backlinks/main/neverwritten.html", "Never Written"),
        ("wanted-words", "tropes/backlinks/main/nevereverwritten.html", "never, ever written"),
        ("wanted-label", "tropes/backlinks/main/neverwritten.html", "some day"),
        ("wanted-namespaced", "tropes/backlinks/film/lostreel.html", "Lost Reel"),
        ("markup-wanted-plural", "tropes/backlinks/main/funnyanimal.html", "Funny Animals"),
    ],
)
def test_a_red_link_leads_to_its_backlinks_page_with_the_writers_words(
    page: Element, name: str, href: str, text: str
) -> None:
    found = link(page, name)
    assert (found.get("href"), text_of(found)) == (href, text)


@pytest.mark.parametrize("name", ["wanted", "wanted-label", "markup-wanted-plural"])
def test_a_red_link_has_its_classes(page: Element, name: str) -> None:
    assert {"trope", "trope-wanted"} <= set(link(page, name).get("class", "").split())


@pytest.mark.parametrize(
    "name", ["titled", "label", "markup-label", "section", "alias", "any-words", "any-alias"]
)
def test_a_link_to_a_page_has_its_class(page: Element, name: str) -> None:
    classes = link(page, name).get("class", "").split()
    assert "trope" in classes
    assert "trope-wanted" not in classes


def test_a_section_that_is_linked_to_is_there(site: Site) -> None:
    assert "examples" in ids_of(site.page("RedHerring"))


def test_an_exclamation_mark_gives_the_text_without_a_link(page: Element) -> None:
    (part,) = having_class(body(page), "off")
    assert not links(part)
    assert shown(page, "off") == "Red Herring"


def test_an_exclamation_mark_before_a_label_gives_the_label_without_a_link(page: Element) -> None:
    (part,) = having_class(body(page), "off-label")
    assert not links(part)
    assert shown(page, "off-label") == "some words"


def test_emphasis_in_a_role_is_markup(page: Element) -> None:
    (part,) = having_class(body(page), "markup-emphasis")
    assert [text_of(e) for e in part.iter("em")] == ["very"]


def test_text_around_links_in_a_role_is_kept(page: Element) -> None:
    assert shown(page, "markup-text") == "to one and so on"


@pytest.mark.parametrize(("name", "text"), [("nothing", "?-"), ("none", "(+)")])
def test_a_role_that_names_nothing_shows_its_text(page: Element, name: str, text: str) -> None:
    assert shown(page, name).lstrip("!") == text


def test_a_role_that_names_nothing_is_told_with_file_and_line(site: Site) -> None:
    line = role_page().split("\n").index("   Before :trope:`(+)` after.") + 1
    assert f"index.rst:{line}" in places_of(site, "trope.markup")


def test_nothing_else_is_warned_of(site: Site) -> None:
    assert len(warnings_of(site)) == len(warnings_of(site, "trope.markup")) <= 2


def test_an_any_that_finds_nothing_is_told_as_sphinx_does(site: Site, tmp_path) -> None:
    other = Site(tmp_path)
    other.write({"index.rst": "Wiki\n====\n\n:any:`NeverWritten`\n"}).build()
    assert [line.rpartition(" [")[2] for line in warnings_of(other)] == ["ref.any]"]


def test_any_leads_to_a_document_of_the_same_name_without_a_warning(tmp_path) -> None:
    site = Site(tmp_path)
    site.write(
        {
            "index.rst": "Wiki\n====\n\nTo :any:`RedHerring`.\n",
            "RedHerring.trope": "(:title Herring:)\n\nText.\n",
        }
    ).build()
    assert link_named(site.page("index"), "Herring").get("href") == "RedHerring.html"
    assert not site.warnings


def test_a_page_in_a_document_is_linked_to_by_its_anchor(tmp_path) -> None:
    site = Site(tmp_path)
    site.write(
        {
            "index.rst": "Wiki\n====\n\nTo :trope:`RedHerring`.\n",
            "guide.rst": ":orphan:\n\nGuide\n=====\n\n.. trope:: Red Herring\n\n   Text.\n",
        }
    ).build()
    target = link_named(site.page("index"), "Red Herring").get("href", "")
    assert target.startswith("guide.html#")
    assert target.partition("#")[2] in ids_of(site.page("guide"))


def test_a_role_in_a_heading_is_a_link(tmp_path) -> None:
    site = Site(tmp_path)
    site.write(
        {
            "index.rst": "Wiki\n====\n\nOn :trope:`RedHerring`\n----------------------\n\nText.\n",
            "RedHerring.trope": "Text.\n",
        }
    ).build()
    assert link_named(site.page("index"), "Red Herring").get("href") == "RedHerring.html"
    assert not site.warnings


def test_a_role_in_a_substitution_is_a_link(tmp_path) -> None:
    site = Site(tmp_path)
    site.write(
        {
            "index.rst": "Wiki\n====\n\nTo |it|.\n\n.. |it| replace:: :trope:`RedHerring`\n",
            "RedHerring.trope": "Text.\n",
        }
    ).build()
    assert link_named(site.page("index"), "Red Herring").get("href") == "RedHerring.html"


def test_a_role_in_the_prolog_is_linked_where_it_is_used(tmp_path) -> None:
    site = Site(tmp_path)
    site.write(
        {
            "index.rst": "Wiki\n====\n\nTo |it|, and again |it|.\n",
            "RedHerring.trope": "Text.\n",
        }
    ).build(rst_prolog=".. |it| replace:: :trope:`RedHerring`\n")
    found = [a.get("href") for a in links(body(site.page("index"))) if text_of(a) == "Red Herring"]
    assert found == ["RedHerring.html"] * 2
