"""Writes the nodes of trope markup as HTML, for the translators of docutils and Sphinx."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes

from ..internals.docutils.fast_nodes import listed
from ..internals.docutils.fast_walk import walkabout
from .nodes import (
    trope_colored,
    trope_embedding,
    trope_folder,
    trope_folder_control,
    trope_index_list,
    trope_line_break,
    trope_meaning,
    trope_note,
    trope_note_block,
    trope_page,
    trope_rule,
    trope_spoiler,
    trope_spoiler_block,
)

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["VISITORS"]

Translator = Any
_Visitor = tuple["Callable[[Translator, Any], None]", "Callable[[Translator, Any], None] | None"]


def _fold(
    translator: Translator, node: nodes.Element, summary: Callable[[], None], *, body: int
) -> None:
    """A ``details`` element.

    :param summary: adds the part that is always shown.
    :param body: index of the first child that is hidden.
    """
    translator.body.append(translator.starttag(node, "details"))
    translator.body.append("<summary>")
    summary()
    translator.body.append("</summary>\n")
    for child in node.children[body:]:
        walkabout(child, translator)
    translator.body.append("</details>\n")
    raise nodes.SkipNode


def _visit_folder(translator: Translator, node: trope_folder) -> None:
    def title() -> None:
        for child in node.children[0].children:
            walkabout(child, translator)

    _fold(translator, node, title, body=1)


def _label(translator: Translator, node: nodes.Element, default: str) -> str:
    label: str = translator.encode(node.get("label") or default)
    return label


def _visit_note_block(translator: Translator, node: trope_note_block) -> None:
    label = _label(translator, node, "note")
    _fold(translator, node, lambda: translator.body.append(label), body=0)


def _visit_spoiler_block(translator: Translator, node: trope_spoiler_block) -> None:
    label = _label(translator, node, "spoiler")
    _fold(translator, node, lambda: translator.body.append(label), body=0)


def _visit_spoiler(translator: Translator, node: trope_spoiler) -> None:
    # not a button, because it may contain links. The stylesheet shows it while focused, so no
    # script is needed.
    title = node.get("label") or "spoiler"
    translator.body.append(translator.starttag(node, "span", "", tabindex="0", title=title))


def _visit_colored(translator: Translator, node: trope_colored) -> None:
    style = f"color: {node['color']}"
    translator.body.append(translator.starttag(node, "span", "", style=style))


def _visit_meaning(translator: Translator, node: trope_meaning) -> None:
    direction = {"dir": node["dir"]} if node.get("dir") else {}
    translator.body.append(translator.starttag(node, node["element"], "", **direction))


def _depart_meaning(translator: Translator, node: trope_meaning) -> None:
    translator.body.append(f"</{node['element']}>")


def _depart_span(translator: Translator, node: nodes.Element) -> None:
    translator.body.append("</span>")


def _visit_note(translator: Translator, node: trope_note) -> None:
    # a paragraph can't contain details; the stylesheet shows the body while either is focused
    label = _label(translator, node, "note")
    translator.body.append(translator.starttag(node, "span", ""))
    translator.body.append(
        f'<span class="trope-note-label" role="button" tabindex="0">{label}</span>'
        '<span class="trope-note-body" tabindex="-1"> '
    )


def _depart_note(translator: Translator, node: trope_note) -> None:
    translator.body.append("</span></span>")


def _visit_folder_control(translator: Translator, node: trope_folder_control) -> None:
    label = _label(translator, node, "Open or close all folders")
    translator.body.append(translator.starttag(node, "p", ""))
    # shown by a script, because it needs one
    translator.body.append(f'<button type="button" hidden="hidden">{label}</button></p>\n')
    raise nodes.SkipNode


def _visit_division(translator: Translator, node: nodes.Element) -> None:
    translator.body.append(translator.starttag(node, "div"))


def _depart_division(translator: Translator, node: nodes.Element) -> None:
    translator.body.append("</div>\n")


def _visit_rule(translator: Translator, node: trope_rule) -> None:
    translator.body.append(translator.emptytag(node, "hr", CLASS="docutils"))
    raise nodes.SkipNode


def _visit_line_break(translator: Translator, node: trope_line_break) -> None:
    if listed(node, "classes"):
        translator.body.append(translator.emptytag(node, "br", "\n"))
    else:
        translator.body.append("<br />\n")
    raise nodes.SkipNode


def _skip(translator: Translator, node: nodes.Element) -> None:
    raise nodes.SkipNode


VISITORS: dict[type[nodes.Element], _Visitor] = {
    trope_colored: (_visit_colored, _depart_span),
    trope_embedding: (_visit_division, _depart_division),
    trope_folder: (_visit_folder, None),
    trope_folder_control: (_visit_folder_control, None),
    trope_index_list: (_visit_division, _depart_division),
    trope_line_break: (_visit_line_break, None),
    trope_meaning: (_visit_meaning, _depart_meaning),
    trope_note: (_visit_note, _depart_note),
    trope_note_block: (_visit_note_block, None),
    trope_page: (_skip, None),
    trope_rule: (_visit_rule, None),
    trope_spoiler: (_visit_spoiler, _depart_span),
    trope_spoiler_block: (_visit_spoiler_block, None),
}
"""Class of nodes -> its visit and departure functions."""
