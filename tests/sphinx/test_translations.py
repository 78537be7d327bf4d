"""Messages go out to translators as trope markup, and come back as it."""

from __future__ import annotations

import pytest

from ..conftest import Site, having_class, text_of

PAGE = """(:title The Funny Animal:)

Not a [[HumanAliens human alien]] but a ''funny'' one.

!!Examples
* A {{Red Herring}}s list. [[spoiler:It swims.]]

[[folder:Fish]]
Wet[[note]]very[[/note]].
[[/folder]]

:water: what it swims in

||~ Name ~||
||Herring||

[@
as typed
@]
"""

CATALOG = r"""
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\n"

msgid "The Funny Animal"
msgstr "Das lustige Tier"

msgid "Not a [[HumanAliens human alien]] but a ''funny'' one."
msgstr "Kein [[HumanAliens menschlicher Außerirdischer]], sondern ein ''lustiger''."

msgid "Examples"
msgstr "Beispiele"

msgid "A {{Red Herring}}s list. [[spoiler:It swims.]]"
msgstr "Eine Liste von {{Red Herring}}s. [[spoiler:Er schwimmt.]] FunnyAnimal."

msgid "Fish"
msgstr "Fische"

msgid "Herring"
msgstr "Hering"
"""


@pytest.fixture(scope="module")
def messages(tmp_path_factory: pytest.TempPathFactory) -> str:
    site = Site(tmp_path_factory.mktemp("gettext"))
    site.write({"FunnyAnimal.trope": PAGE})
    out = site.build("gettext")
    return (out / "FunnyAnimal.pot").read_text("utf-8")


@pytest.mark.parametrize(
    "message",
    [
        "The Funny Animal",
        "Not a [[HumanAliens human alien]] but a ''funny'' one.",
        "Examples",
        "A {{Red Herring}}s list. [[spoiler:It swims.]]",
        "Fish",
        "Wet[[note]]very[[/note]].",
        "water",
        "what it swims in",
        "Name",
        "Herring",
    ],
)
def test_a_message_goes_to_translators_as_markup(messages: str, message: str) -> None:
    assert f'msgid "{message}"' in messages


def test_messages_have_the_line_of_their_text(messages: str) -> None:
    before = messages.partition('msgid "Examples"')[0]
    assert before.rstrip().endswith("FunnyAnimal.trope:5")


@pytest.fixture(scope="module")
def german(tmp_path_factory: pytest.TempPathFactory) -> Site:
    site = Site(tmp_path_factory.mktemp("german"))
    site.write({"FunnyAnimal.trope": PAGE, "locale/de/LC_MESSAGES/FunnyAnimal.po": CATALOG})
    site.build(language="de", locale_dirs=["locale"])
    return site


def test_a_translated_build_gives_no_warning(german: Site) -> None:
    assert german.warnings == ""


def test_the_markup_of_a_translated_message_is_rendered(german: Site) -> None:
    page = german.page("FunnyAnimal")
    assert "Kein menschlicher Außerirdischer, sondern ein lustiger." in text_of(page)
    assert "lustiger" in [text_of(e) for e in page.iter("em")]
    links = [text_of(a) for a in having_class(page, "trope")]
    assert links[:2] == ["menschlicher Außerirdischer", "Red Herrings"]
    assert text_of(having_class(page, "trope-spoiler")[0]) == "Er schwimmt."


def test_titles_headings_folders_and_cells_are_translated(german: Site) -> None:
    text = text_of(german.page("FunnyAnimal"))
    for word in ("Das lustige Tier", "Beispiele", "Fische", "Hering"):
        assert word in text


def test_backlinks_of_a_translated_page_speak_its_language(german: Site) -> None:
    page = text_of(german.page("tropes/backlinks/main/humanaliens"))
    assert "Das lustige Tier" in page
    assert "sondern ein lustiger" in page
