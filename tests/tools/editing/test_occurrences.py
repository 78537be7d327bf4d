"""Where names of pages are spelled in reStructuredText and Markdown."""

from __future__ import annotations

import pytest

from sphinxcontrib_tropes.markup import MarkupSettings
from sphinxcontrib_tropes.tools.editing.occurrences import (
    occurrences_in_markdown,
    occurrences_in_rst,
)

from ...test_hostile import assert_linear

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
