"""The first lines of a page, as previews show them."""

from __future__ import annotations

import pytest

from sphinxcontrib_tropes import get_wiki
from sphinxcontrib_tropes.wiki import COVER

from ..conftest import Site

LEADS = {
    "prose": ("First, of a RedHerring.\n\nSecond.\n\n!!Part\nThird.", "First, of a Red Herring.\nSecond."),
    "above_a_list": ("A trope. It is in:\n* A book.\n* A film.", "A trope. It is in:"),
    "announced": ("A trope.\n\nIt is in:\n* A book.", "A trope."),
    "quote_first": ("-> A quote.\n-->-- Someone\n\nThe trope.", "The trope."),
    "quote_alone": ("-> A quote.\n", "A quote."),
    "rule_first": ("----\nThe trope.", "The trope."),
    "picture_first": (
        "[[quoteright:100:https://www.example.org/cat.png]]\nThe trope.",
        "The trope.",
    ),
    "table_first": ("||a||b||\n\nThe trope.", "The trope."),
    "heading_first": ("!!Part\nThe trope.\n\nMore.", "The trope."),
    "list_alone": ("* An item.\n* Another.", "An item."),
    "folder_alone": ("[[folder:Fold]]\nIn it.\n[[/folder]]", "In it."),
    "note": ("A trope[[note]]or so[[/note]] it is.", "A trope it is."),
    "spoiler": ("He [[spoiler:dies]].", f"He {COVER}."),
    "spoiler_block": ("[[spoiler:\nHe dies.\n]]\n\nThe trope.", "The trope."),
    "marker_above": ("[[!StockCharacters]], [[!{{Lock, Stock}}]]\nA 1st trope.", "A 1st trope."),
    "marker_below": ("A 1st trope.\n[[!StockCharacters]]", "A 1st trope."),
    "marker_alone": ("[[!StockCharacters]]", ""),
    "marker_in_prose": ("One of the [[!StockCharacters]] of old.", "One of the Stock Characters of old."),
    "index_first": ("[[index]]\n* FunnyAnimal\n[[/index]]\nThe 1st trope.", "The 1st trope."),
    "caption_first": ("[[caption-width-right:250:A cat]]\n\nThe trope.", "The trope."),
    "author_alone": ("-->-- Someone's", ""),
    "notice_first": ("[[WMG:Not this]]\nNor this.\n[[/WMG]]\nThe trope.", "The trope."),
    "said_of_itself": ("(:laconic Not this.:)(:alias Nor this:)\nThe trope.", "The trope."),
    "redirect": ("(:redirect RedHerring:)\n", ""),
    "nothing": ("\n", ""),
}  # fmt: skip


@pytest.fixture(scope="module")
def leads(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    site = Site(tmp_path_factory.mktemp("leads"))
    site.write({f"{name}.trope": text for name, (text, _) in LEADS.items()})
    site.write({"guide.rst": "Guide\n=====\n\n.. trope:: Own\n\n   Of *its* own.\n\nNot its.\n"})
    found: dict[str, str] = {}

    def take(app: object, exception: object) -> None:
        pages = get_wiki(app.env).pages.values()  # type: ignore[attr-defined]
        found.update({page.docname: page.facts.lead for page in pages})

    site.build("dummy", on_app=lambda app: app.connect("build-finished", take))
    return found


@pytest.mark.parametrize("name", LEADS)
def test_the_lead_of_a_page_is_its_first_prose(leads: dict[str, str], name: str) -> None:
    assert leads[name] == LEADS[name][1]


def test_a_page_in_a_document_has_a_lead_of_its_own(leads: dict[str, str]) -> None:
    assert leads["guide"] == "Of *its* own."
