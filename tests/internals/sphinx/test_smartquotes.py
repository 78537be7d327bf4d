"""Typographic quotes: what is done for speed gives what Sphinx's own transform gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sphinxcontrib_tropes.internals.sphinx import smartquotes

if TYPE_CHECKING:
    from collections.abc import Callable

    from ...conftest import Site

PAGE = """!! "Heading" -- of 'it'
It's "a ''quoted'' word"... '''He's''' "Film/TheMatrix"'s -- or --- @@"code"--@@ 'tis '80s.
* "WikiWord" and {{Two Words}}'s "end." [[note]]"A note's"[[/note]]
* [[spoiler:"he's" gone]]"! \\\\ "next" . . . [[Page it's "here"]]
[@
"as" typed--
@]
:"term": text's "own"
||"cell"||isn't||
rock'n'roll a'80s l'été _'x x'_ 5'6 5'' x`'s don't
[=It's "escaped"=] &quot; ``ticks'' "a"-"b"
"""


@pytest.mark.parametrize("language", ["en", "de", "fr", "ja"])
@pytest.mark.parametrize("action", ["qDe", "qdBe", "De"])
def test_quotes_are_those_of_sphinx(
    site: Site, monkeypatch: pytest.MonkeyPatch, language: str, action: str
) -> None:
    site.write({"FunnyAnimal.trope": PAGE, "Other.rst": 'Other\n=====\n\nIt\'s "rST".\n'})
    config = {"language": language, "smartquotes_action": action}
    site.build("pseudoxml", out="own", doctrees="own-doctrees", **config)
    monkeypatch.setattr(smartquotes.EducateQuotes, "apply", lambda self, **options: None)
    site.build("pseudoxml", out="sphinx", doctrees="sphinx-doctrees", **config)
    for name in ("FunnyAnimal", "Other"):
        own, by_sphinx = (
            (site.root / out / f"{name}.pseudoxml").read_text("utf-8") for out in ("own", "sphinx")
        )
        assert own == by_sphinx


def test_without_it_the_same_pages_come_out(
    monkeypatch: pytest.MonkeyPatch, assert_same_pages: Callable[..., None]
) -> None:
    monkeypatch.setattr(smartquotes, "setup", lambda app, suffix: None)
    assert_same_pages()
