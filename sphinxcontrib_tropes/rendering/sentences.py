"""Sentences quoted by backlinks, as nodes: spoilers covered, links marked, aliases named."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from docutils import nodes

from ..messages import _
from ..names import PageName
from ..wiki import COVER
from ..wiki.text.excerpts import by_sentence, pieces_between
from .played import played_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from ..wiki import Mention
    from ..wiki.index.foreign import ForeignMention

    _Mention = TypeVar("_Mention", bound=Mention | ForeignMention)

__all__ = ["aliases_in", "covered", "more_words", "sentences", "via_words"]


def covered(text: str) -> list[nodes.Node]:
    """*text* as nodes, with a word instead of each spoiler."""
    found: list[nodes.Node] = []
    for number, piece in enumerate(text.split(COVER)):
        if number:
            word = _("spoiler")
            found.append(nodes.inline(word, word, classes=["trope-cover"]))
        if piece:
            found.append(nodes.Text(piece))
    return found


def sentences(
    mentions: Iterable[_Mention], mark: Callable[[_Mention], nodes.Element], most: int = 0
) -> list[nodes.Node]:
    """The sentences around *mentions*, each as a paragraph.

    :param mark: makes the empty link to put the words of a mention into.
    :param most: the maximum number of sentences; 0 for all.
    """
    return [_sentence(group, mark) for group in by_sentence(mentions)[: most or None]]


def _sentence(
    group: Sequence[_Mention], mark: Callable[[_Mention], nodes.Element]
) -> nodes.paragraph:
    paragraph = nodes.paragraph("", "", classes=["trope-context"])
    if played := played_words(group):
        paragraph += [nodes.inline(played, played, classes=["trope-played"]), nodes.Text(" ")]
    paragraph += covered(group[0].excerpt.before)
    for mention, after in zip(group, pieces_between(group), strict=True):
        marked = mark(mention)
        marked += covered(mention.excerpt.words)
        paragraph += [marked, *covered(after)]
    for via in aliases_in(group):
        words = via_words(via)
        paragraph += [nodes.Text(" "), nodes.inline(words, words, classes=["trope-via"])]
    return paragraph


def aliases_in(group: Iterable[Mention | ForeignMention]) -> Iterable[str]:
    """The canonical names of the aliases that the links of a sentence use, each once."""
    return dict.fromkeys(mention.via for mention in group if mention.via)


def more_words(count: int) -> str:
    """What stands in the place of sentences that are not quoted."""
    return _("and %d more") % count


def via_words(via: str) -> str:
    """A note that names the alias with the canonical name *via*."""
    return _("via %s") % PageName(*via.split("/", 1)).title
