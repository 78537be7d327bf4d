"""What spoilers cover stays out of the report, and out of a page that is shown as typed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docutils import nodes

from ...markup.nodes import trope_spoiler, trope_spoiler_block
from .remarks import HIDDEN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .remarks import Remark

__all__ = ["Uncovered", "as_typed"]

_WORDS = re.compile(r"\w+")
_MAY_COVER = re.compile(r"spoiler|>!|\|\|", re.IGNORECASE)
_SPOILERS = (trope_spoiler, trope_spoiler_block)


class Uncovered:
    """The words of a page that no spoiler covers.

    :param page: the page, as the product reads it.
    """

    def __init__(self, page: nodes.Element) -> None:
        self._words: set[str] = set()
        self._has_spoilers = False
        self._hidden: set[str] = set()
        waiting: list[tuple[nodes.Node, bool]] = [(page, False)]
        while waiting:
            node, is_hidden = waiting.pop()
            if isinstance(node, _SPOILERS):
                self._has_spoilers = is_hidden = True
            if isinstance(node, nodes.Text):
                (self._hidden if is_hidden else self._words).update(_words(node))
            waiting.extend((child, is_hidden) for child in node.children)
        self._hidden -= self._words

    def of(self, remarks: Iterable[Remark], *, is_all_there: bool = False) -> list[Remark]:
        """*remarks*, with a mark in place of each sample that a spoiler may cover: all that has a word
        which the page does not show, as readers leave out texts in spoilers too.

        :param is_all_there: whether the page has all texts of the source: then only words that are in
            a spoiler are covered.
        """
        if not self._has_spoilers:
            return list(remarks)
        is_shown = self._hidden.isdisjoint if is_all_there else self._words.issuperset
        return [
            remark if is_shown(_words(remark.sample)) else remark._replace(sample=HIDDEN)
            for remark in remarks
        ]


def as_typed(text: str) -> str:
    """Trope markup that shows *text* as typed; covered, if it seems to have a spoiler."""
    typed = f"[@\n{text.replace('@]', '@ ]')}\n@]\n"
    return f"[[spoiler:\n{typed}]]\n" if _MAY_COVER.search(text) else typed


def _words(text: str) -> Iterable[str]:
    return (word.casefold() for word in _WORDS.findall(text))
