"""How wide a text is, about."""

from __future__ import annotations

import pytest

from sphinxcontrib_tropes.wiki.text.text_width import shorten, text_width, wrapped


def test_a_title_is_shortened_to_the_room_there_is() -> None:
    assert shorten("Short", 20) == "Short"
    assert shorten("A title that goes on and on and on", 10).endswith("…")
    assert len(shorten("漢字" * 20, 10)) < len(shorten("ab" * 20, 10)) <= 18


@pytest.mark.parametrize(
    "title", ["", "Ab", "It’s a Wonderful Life", "漢字" * 20, "x" * 90, " a  b ", "é" * 30]
)
@pytest.mark.parametrize("most", [1, 2, 3])
def test_a_title_in_lines_is_whole_or_cut_at_its_end(title: str, most: int) -> None:
    lines = wrapped(title, 8, most)
    assert 1 <= len(lines) <= most
    assert all(text_width(line) <= 8 for line in lines)
    told = "".join("".join(lines).removesuffix("…").split())
    assert "".join(title.split()).startswith(told)
    if not lines[-1].endswith("…"):
        assert told == "".join(title.split())
