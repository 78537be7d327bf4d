"""Where names of pages are spelled, in trope markup and in the markup of others."""

from __future__ import annotations

import pytest

from sphinxcontrib_tropes.markup import MarkupSettings
from sphinxcontrib_tropes.tools.editing.occurrences import (
    occurrences_in_markdown,
    occurrences_in_rst,
    occurrences_in_trope,
)

from ...linear_growth import assert_linear

SETTINGS = MarkupSettings()

LINES = {
    "md unclosed": (occurrences_in_markdown, "```{{trope}} A{0}\n"),
    "md closed": (occurrences_in_markdown, "```{{trope}} A{0}\n[[OldName x]]\n```\n"),
    "md options": (occurrences_in_markdown, ":::{{trope-index}}\n:index: A{0}\n"),
    "rst": (occurrences_in_rst, ".. trope:: A{0}\n"),
    "rst in each other": (occurrences_in_rst, "   .. trope:: A{0}\n"),
    "roles": (occurrences_in_markdown, "{{trope}}``A{0} [x](A\n"),
}


@pytest.mark.parametrize(("find", "line"), LINES.values(), ids=LINES)
def test_names_are_found_in_linear_time(find, line):
    assert_linear(lambda size: find("".join(map(line.format, range(size))), SETTINGS), 500)


def test_a_name_of_number_signs_is_found_in_linear_time():
    assert_linear(lambda size: occurrences_in_rst(f":trope:`a{'#' * size}{{`", SETTINGS), 10_000)


def test_a_longer_fence_closes_a_directive():
    text = "```{trope} A\nx\n````\n\n```{trope} OldName\n```\n"
    assert [text[p.start : p.end] for p in occurrences_in_markdown(text, SETTINGS)] == [
        "A",
        "OldName",
    ]


def found(find, text):
    return [(text[o.start : o.end], o.context) for o in find(text, SETTINGS)]


def test_the_body_of_a_directive_is_read_as_a_page():
    body = "* OldName\n!x\n AsTyped\n\n(:source:)\nInCode\n(:sourceend:)\n||{{Old Name}}||[[OldName x]]||\n"
    expected = [("OldName", "link"), ("{{Old Name}}", "link"), ("OldName", "target")]
    indented = "".join(f"   {line}\n" if line else "\n" for line in body.split("\n"))
    rst = f"é\n\n.. trope:: Page\n   :index: An Index\n\n{indented}\nOtherName\n"
    assert found(occurrences_in_rst, rst)[2:] == expected
    markdown = f"é\n\n```{{trope}} Page\n:index: An Index\n\n{body}```\nOtherName\n"
    assert found(occurrences_in_markdown, markdown)[2:] == expected
    assert found(occurrences_in_markdown, markdown.replace("\n", "\r\n"))[2:] == expected


def test_a_role_with_markup_is_one_line_of_it():
    text = "a :trope:`* OldName, {{Old Name}}, [[Old x]]` b"
    assert found(occurrences_in_rst, text) == [
        ("OldName", "link"),
        ("{{Old Name}}", "link"),
        ("Old", "target"),
    ]


def test_aliases_and_what_is_no_link_are_no_occurrences():
    text = "(:alias Old:)\n[[OldName a {{Label}}]] [=OldName=] `OldName %% OldName\n OldName"
    assert found(occurrences_in_trope, text) == [("OldName", "target")]
