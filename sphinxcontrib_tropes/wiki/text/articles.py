"""Avoids double articles: "the Grand Reforms" for a link to the page "The Grand Reforms"."""

from __future__ import annotations

import re

from ...names import slug

__all__ = ["begins_with_article", "without_second_article"]

_ARTICLES = frozenset(
    """
    the a an der die das dem den des ein eine einer einem einen eines le la les un une los las el una
    il lo i gli uno o os as um uma de het een den det en ett
    """.split()  # noqa: SIM905
)
_LAST_WORD = re.compile(r"([^\W\d_]+)\s+\Z")
_REACH = 12  # characters; more than any article and the spaces after it have


def begins_with_article(title: str) -> bool:
    """Whether *title* has several words and the first one is an article."""
    first, blank, _rest = title.partition(" ")
    return bool(blank) and first.casefold() in _ARTICLES


def without_second_article(title: str, words: str, before: str) -> str:
    """*title*, to be shown instead of a writer's *words*. Its article is dropped if *words* have
    none and the text *before* them ends with one.
    """
    rest = title.partition(" ")[2].lstrip()
    if slug(rest).replace("-", "") != slug(words).replace("-", ""):
        return title
    found = _LAST_WORD.search(before, max(0, len(before) - _REACH))
    return rest if found and found[1].casefold() in _ARTICLES else title
