"""How wide a text is, about."""

from __future__ import annotations

from sphinxcontrib_tropes.wiki.text.text_width import shorten


def test_a_title_is_shortened_to_the_room_there_is() -> None:
    assert shorten("Short", 20) == "Short"
    assert shorten("A title that goes on and on and on", 10).endswith("…")
    assert len(shorten("漢字" * 20, 10)) < len(shorten("ab" * 20, 10)) <= 18
