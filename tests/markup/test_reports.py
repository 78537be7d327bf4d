"""What the writer of a page is told, and in which order."""

from __future__ import annotations

import pytest

from sphinxcontrib_tropes.markup import MarkupSettings, page_section
from sphinxcontrib_tropes.names import PageName


def shown(text: str) -> str:
    """What readers see of *text* before they ask for what is hidden."""
    section = page_section(
        text, PageName("Main", "ThisPage"), MarkupSettings(), lambda line, sentence: None
    )
    return "".join(child.astext() for child in section.children[2:])


def reported(text: str) -> list[str]:
    told: list[str] = []
    page_section(
        text,
        PageName("Main", "ThisPage"),
        MarkupSettings(),
        lambda line, sentence: told.append(f"{line}: {sentence}"),
    )
    return told


def test_reports_come_line_by_line() -> None:
    text = (
        "(:unknown x:)\n\n[[folder:One]]\n* [[spoiler:in an item\n\n"
        "[[/index]]\n\n@@in a paragraph\n\n(:title [[?!]]:)\n{{?!}}"
    )
    lines = [int(report.partition(":")[0]) for report in reported(text)]
    assert lines == [1, 3, 4, 6, 8, 10, 11]


@pytest.mark.parametrize("mark", ["''", "'''", "@@", "{{", "[=", "[@", "[[folder:Z", "[[note]]"])
@pytest.mark.parametrize("before", ["", "* ", "one ", "!"])
def test_a_mark_that_is_not_closed_is_told_where_it_stands(mark: str, before: str) -> None:
    text = f"first\n\n{before}{mark}{'' if mark == '[[folder:Z' else 'two'}\n\nlast"
    assert reported(text) == [f"3: {mark} is not closed; shown as text"]


@pytest.mark.parametrize("text", ["5'10'' tall", "the '-ed' ending", "[-1, +1]", "E{-x", "[["])
def test_what_ordinary_text_holds_is_no_mark_that_is_not_closed(text: str) -> None:
    assert reported(text) == []


@pytest.mark.parametrize("before", ["", "* ", "one ", "!", "||", "-> ", ":term: "])
def test_a_spoiler_that_is_not_closed_hides_the_rest_of_its_block(before: str) -> None:
    text = f"first\n\n{before}[[spoiler:O'Brien ''did'' it\n\nlast"
    assert reported(text) == ["3: [[spoiler: is not closed; hidden to the end of its block"]


@pytest.mark.parametrize("around", ["{+", "'^", "[[note]]", "[[AC:"])
def test_a_spoiler_hides_however_deep_it_is_nested(around: str) -> None:
    closes = {"{+": "+}", "'^": "^'", "[[note]]": "[[/note]]", "[[AC:": "]]"}[around]
    text = f"{around * 40}[[spoiler:hidden]]{closes * 40}"
    section = page_section(
        text, PageName("Main", "ThisPage"), MarkupSettings(), lambda line, sentence: None
    )
    assert "hidden" not in section.children[2].astext()


MARKS = ["[[ spoiler:", "[[spoiler :", "[[\tSpoiler\xa0: ", "[[  SPOILER  :", "[[Spoiler:"]


@pytest.mark.parametrize("mark", [*MARKS, "[[\nspoiler:", "[[spoiler\n: "])
@pytest.mark.parametrize("before", ["x ", "'' ", ""])
def test_a_spoiler_hides_however_its_mark_is_spaced(before: str, mark: str) -> None:
    text = f"{before}{mark}O'Zork2 dies]]"
    assert "…" in shown(text)
    assert "Zork" not in shown(text)


@pytest.mark.parametrize("mark", MARKS)
def test_a_spoiler_of_blocks_hides_however_its_mark_is_spaced(mark: str) -> None:
    text = f"{mark}\nOne.\n\n* O'Zork2 dies\n]] "
    assert reported(text) == []
    assert shown(text) == "…"
