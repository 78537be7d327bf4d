"""Redirects of a source that are needless here."""

from __future__ import annotations


def test_a_redirect_to_another_spelling_of_its_name_is_left_out_and_told(source, imported):
    folder = source(
        {
            "Bomber ball.mediawiki": "#REDIRECT [[Bomber Ball]]",
            "Bomber Ball.mediawiki": "A mode. See [[bomber ball]] and [[Bomb ball]].",
            "Bomb ball.mediawiki": "#REDIRECT [[Bomber ball]]",
            "O'Neill.mediawiki": "#redirect [[O\u2019Neill]]",
            "O\u2019Neill.mediawiki": "#redirect [[O'Neill]]",
        }
    )
    pages, report = imported(folder)
    assert pages["Main/BomberBall.trope"].decode().splitlines()[-1] == (
        "A mode. See {{bomber ball}} and {{Bomb ball}}."
    )
    assert pages["Main/BombBall.trope"].decode().splitlines()[-1] == "(:redirect {{Bomber ball}}:)"
    assert [entry["place"] for entry in report["left_out"]] == ["Bomber ball.mediawiki"]
    assert len(pages) == 4
