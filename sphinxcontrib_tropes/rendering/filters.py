"""Boxes that sort and filter backlinks, and the ways in which a trope is played, to filter by."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from docutils import nodes

from ..internals.docutils.fast_nodes import make, make_text
from ..messages import _
from ..names.played import LABELS
from ..reading.played import PLAYED
from ..wiki import Place
from .nodes import trope_filter, trope_played_examples
from .parts import internal_link, line_of_nodes, list_item

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ..wiki import Backlink
    from ..wiki.views.parts import Group, PlayedExample

__all__ = [
    "Choices",
    "backlinks_filter",
    "group_label",
    "kind_of",
    "played_counts",
    "played_examples",
    "played_line",
]

_KINDS = {
    Place.PROSE: _("In the text"),
    Place.QUOTE: _("Quotes"),
    Place.HEADING: _("Headings"),
    Place.EXAMPLE: _("Examples"),
    Place.SEE_ALSO: _("See also"),
    Place.INDEX: _("In an index"),
    "property": _("Properties"),
}
"""Kind of a backlink -> what a reader chooses it by."""


class Choices(NamedTuple):
    """What a reader may choose backlinks by: a value, its words, and how many there are of it."""

    namespaces: tuple[tuple[str, str, int], ...]
    kinds: tuple[tuple[str, str, int], ...]


def kind_of(backlink: Backlink) -> str:
    """The kind of a backlink: the strongest place of its links, or ``property``."""
    return (*Place.ORDER, "property")[backlink.strength]


def group_label(group: Group) -> str:
    """The label of a group of backlinks."""
    return group.label or _("Other documents")


def backlinks_filter(groups: Sequence[Group], *, is_folded: bool = False) -> trope_filter:
    """A box that sorts and filters the backlinks of *groups*.

    :param is_folded: whether only its title is shown at first.
    """
    namespaces = [(group_label(group), len(group.backlinks)) for group in groups]
    kinds = Counter(kind_of(backlink) for group in groups for backlink in group.backlinks)
    choices = Choices(
        tuple((label, label, count) for label, count in namespaces),
        tuple((kind, str(words), kinds[kind]) for kind, words in _KINDS.items() if kinds[kind]),
    )
    label = _("Find in this list")
    return trope_filter(label=label, tabs=(), choices=choices, is_folded=is_folded)


def played_line(counts: Iterable[tuple[str, int]]) -> nodes.paragraph:
    """Labels with their numbers, such as "Subverted 3 · Averted 1". A script makes them buttons."""
    parts: list[nodes.Node] = []
    for label, count in counts:
        words = f"{PLAYED[label]} {count}"
        parts += [make_text(" · ")] if parts else []
        parts.append(make(nodes.inline, words, [make_text(words)], {"classes": ["trope-way"]}))
    return make(nodes.paragraph, "", parts, {"classes": ["trope-played-counts"]})


def played_examples(examples: Iterable[PlayedExample]) -> trope_played_examples:
    """The examples of a page that say how a trope is played, for a script to show."""
    items: list[nodes.Node] = []
    for labels, other, docname, anchor in examples:
        words = " · ".join(str(PLAYED[label]) for label in labels.split())
        label = make(nodes.inline, words, [make_text(words)], {"classes": ["trope-played"]})
        here = internal_link(_("on this page"), docname, anchor, classes=["trope-mark"])
        title = internal_link(other.title, other.docname, other.anchor, classes=["trope-source"])
        head = line_of_nodes([title])
        items.append(list_item(head, line_of_nodes([label, make_text(" "), here], "trope-context")))
    return make(trope_played_examples, "", items)


def played_counts(groups: Iterable[Group]) -> tuple[tuple[str, int], ...]:
    """How many of the backlinks say that a trope is played in which way; most first."""
    counts: Counter[str] = Counter()
    for group in groups:
        for backlink in group.backlinks:
            counts.update({label for m in backlink.mentions for label in m.played.split()})
    return tuple(sorted(counts.items(), key=lambda found: (-found[1], LABELS.index(found[0]))))
