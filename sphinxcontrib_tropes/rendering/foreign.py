"""Backlinks from other wikis."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from ..messages import _
from ..names import slug
from ..reading.slots import trope_foreign_link
from .parts import count_mark
from .sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ..wiki.index.foreign import ForeignBacklink, ForeignGroup, ForeignMention

__all__ = ["foreign_in_panel", "foreign_sections"]


def foreign_in_panel(groups: Iterable[ForeignGroup]) -> list[nodes.Node]:
    """The backlinks of a page from other wikis, for its panel."""
    found: list[nodes.Node] = []
    for group in groups:
        title = nodes.paragraph("", _label(group), classes=["trope-group", "trope-foreign-group"])
        title += [nodes.Text(" "), count_mark(group.total)]
        found += [title, _list(group.backlinks)]
    return found


def foreign_sections(groups: Iterable[ForeignGroup]) -> list[nodes.Node]:
    """The backlinks from other wikis for a backlinks page: a section for each wiki."""
    found: list[nodes.Node] = []
    for number, group in enumerate(groups, 1):
        title = nodes.title("", _label(group))
        title += [nodes.Text(" "), count_mark(group.total)]
        # ids of namespaces start with "from-"
        id_ = f"elsewhere-{slug(group.wiki) or number}"
        found.append(nodes.section("", title, _list(group.backlinks), ids=[id_]))
    return found


def _label(group: ForeignGroup) -> str:
    return _("From another wiki: %s") % group.wiki


def _list(backlinks: Sequence[ForeignBacklink]) -> nodes.bullet_list:
    classes = ["trope-backlinks-list", "trope-foreign-list"]
    return nodes.bullet_list("", *map(_backlink, backlinks), classes=classes)


def _backlink(backlink: ForeignBacklink) -> nodes.list_item:
    title = trope_foreign_link("", backlink.title, uri=backlink.uri, classes=["trope-source"])
    head = nodes.paragraph("", "", title)
    return nodes.list_item("", head, *sentences(backlink.mentions, _mark))


def _mark(mention: ForeignMention) -> trope_foreign_link:
    return trope_foreign_link("", "", uri=mention.uri, classes=["trope-mark"])
