"""The warnings about a page, and their order."""

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
    warnings: list[str] = []
    page_section(
        text,
        PageName("Main", "ThisPage"),
        MarkupSettings(),
        lambda line, sentence: warnings.append(f"{line}: {sentence}"),
    )
    return warnings


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


# Markup that gets a warning outside of spoilers, each with a word of its own
REPORTED = [
    "[[Zorkmid:{0} y]]",
    "[[{0}Is",
    "[[color:{0}:x]]",
    "[[red:[[color:{0}:x]] y]]",
    "[[spoier:{0}]]",
    "[[spoier: {0}]]",
    "[[javascript:{0} label]]",
    "[[hottip:[[{0}]]:{0}]]",
    "[[quoteright:[[{0}:a.png]]]]",
    "[[{0}:[[x]]]]",
    "[[label -> {0}:x]]",
    "[[{0}:x|label]]",
    "[[{0}:x|a ''label'']]",
    "[[/{0}]]",
    "{{{{{0}",
    "**{0}**",
    "``{0} is``",
    "[{0}](a.md)",
    "x [[folder:{0}]]",
    "[[quoteright:{0} a.png]]",
    "[[quoteright:vbscript:{0}]]",
    "%red%[[color:{0}:x]]%%",
    "[[Link with [[color:{0}:a]] label]]",
    "[[note]][[{0}:x y]][[/note]]",
    "[[{0}:x ''y'']]",
    "'''[[{0}:x y]]''",
]
REPORTED_BLOCKS = [
    "[[folder:{0}]]",
    "[[folder:]]\n{0}",
    "[[labelnote:{0}]]\nx",
    "[[redirect:://{0}]]",
    "(:redirect http://{0}:)",
    "(:namespace {0}:)",
    "(:titel {0}:)",
    "(:title {0}",
    "(:relation {0}:)",
    "(:keywords ''{0}'':)",
    "(:redirect X from={0}:)",
    "[[quoteright:javascript:{0}]]",
    "## {0}",
    "- {0}\n- {0}",
    '||caption="[[{0}:x y]]"\n||[[{0}:x y]]||',
    "* item\n[[{0}:x y]]",
    "* [[{0}:x y]]",
    ":[[{0}:x y]]: text",
    "{0}\n=======",
]


@pytest.mark.parametrize(
    "around",
    [
        "A [[spoiler:{0}]] b.",
        "* [[ Spoiler:a {0} b]]",
        "[[spoiler:''a'' {0}",
        "x [[spoiler:a [[{{Link}} {0}]] b]]",
        "[[Page a [[spoiler:{0}]]]]",
        "''it [[spoiler:{0}]] is''",
        "[[folder:[[spoiler:{0}]]]]",
        "[[folder:[[spoiler:{0}]]\n",
        "(:title [[spoiler:{0}]]:)",
        "!![[spoiler:{0}]]",
        "||[[spoiler:{0}]]||",
        "[[spoiler:\nOne.\n\n{0}\n]]",
        "[[spoiler:\n* One.\n* {0}\n]]",
        "[[spoiler:\n[[folder:One]]\n{0}\n]]",
        "[[ SPOILER :\n||{0}||\n]]\n\n[[index]]\n\n",
    ],
)
@pytest.mark.parametrize("markup", REPORTED)
def test_no_report_quotes_what_a_spoiler_hides(markup: str, around: str) -> None:
    text = f"[[Outer:x y]]\n\n{around.format(markup.format('zorkmid'))}\n\n[[Outer:x y]]"
    reports = "\n".join(reported(text))
    assert reports.count("no link to 'Outer:x'") == 2
    assert "zorkmid" not in reports


@pytest.mark.parametrize("markup", REPORTED_BLOCKS)
@pytest.mark.parametrize("before", ["", "* One.\n\n", "[[note]]\n", "One.\n\nTwo.\n"])
def test_no_report_quotes_what_a_spoiler_of_blocks_hides(markup: str, before: str) -> None:
    text = f"{before}[[spoiler:\n{markup.format('zorkmid')}\n]]\n\n[[Outer:x y]]"
    reports = "\n".join(reported(text))
    assert "no link to 'Outer:x'" in reports
    assert "zorkmid" not in reports
    if "note" in before:
        assert "[[note]] is not closed" in reports


def test_no_report_quotes_a_line_that_may_be_in_a_spoiler() -> None:
    text = "One [[spoiler:two\n(:zorkmid:)\n(:namespace zorkmid:)\n[[\nspoiler:x]]"
    assert "zorkmid" not in "\n".join(reported(text))
    assert "(:zorkmid:)" in "\n".join(reported("[[spoiler:x]]\n\nOne\n(:zorkmid:)"))


@pytest.mark.parametrize("markup", REPORTED)
def test_a_report_quotes_what_no_spoiler_hides(markup: str) -> None:
    outside = reported(f"x [[spoiler:y]] {markup.format('zorkmid')}\n\n[[spoiler:\nz\n]]")
    assert outside
    assert not [sentence for sentence in outside if "inside a spoiler" in sentence]


@pytest.mark.parametrize("mark", MARKS)
def test_a_spoiler_that_is_shown_as_typed_is_told(mark: str) -> None:
    assert reported(f"One.\n\n It's\n {mark}O'Zork2]]") == [
        "4: a line that begins with a blank is shown as typed: its spoiler is not hidden"
    ]
    assert reported(f"[@\n{mark}O'Zork2]]\n@]") == []
    assert reported(f"* item\n  {mark}O'Zork2]]") == []
