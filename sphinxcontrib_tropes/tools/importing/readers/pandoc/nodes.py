"""What all parts of Pandoc's JSON have in common, and what is known of a page before it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["DEEPEST", "Attributes", "Survey", "attributes", "survey", "text_of"]

Node = Any
"""A part of Pandoc's JSON: ``{"t": type, "c": content}``."""

DEEPEST: Final = 40
"""Levels of blocks and styles that are read; of what is deeper, the words are kept."""


class Attributes(NamedTuple):
    """What Pandoc notes of a part of a page."""

    id: str
    classes: tuple[str, ...]
    values: Mapping[str, str]


def attributes(node: Node) -> Attributes:
    """*node*, which has id, classes and values in Pandoc's form."""
    id_, classes, values = node
    return Attributes(
        str(id_), tuple(map(str, classes)), {str(key): str(value) for key, value in values}
    )


def text_of(node: Node, *, with_notes: bool = False) -> str:
    """The words in *node*, however deeply they are nested."""
    found: list[str] = []
    waiting: list[Node] = [node]
    while waiting:
        part = waiting.pop()
        if isinstance(part, list):
            waiting.extend(reversed(part))
        elif isinstance(part, dict):
            kind, content = part.get("t"), part.get("c")
            if kind == "Str":
                found.append(str(content))
            elif kind in ("Space", "SoftBreak", "LineBreak"):
                found.append(" ")
            elif kind in ("Code", "CodeBlock", "Math") and isinstance(content, list):
                found.append(str(content[-1]))
            elif kind not in ("RawInline", "RawBlock") and (with_notes or kind != "Note"):
                waiting.append(content)
                found += [" "] if kind in ("Para", "Plain", "Header") else []
    return "".join(found).strip()


class Survey(NamedTuple):
    """What must be known of a page before its parts are read."""

    headings: Mapping[str, str]
    """Id of a heading, or of the section that it begins -> its words."""
    targets: frozenset[str]
    """The ids that links of the page lead to."""


def survey(document: Node) -> Survey:
    """What *document* tells at first sight."""
    headings: dict[str, str] = {}
    targets: set[str] = set()
    waiting: list[Node] = [document.get("blocks")]
    while waiting:
        part = waiting.pop()
        if isinstance(part, list):
            waiting.extend(part)
        elif isinstance(part, dict):
            kind = part.get("t")
            content: Node = part.get("c")
            if kind == "Header" and content[1][0]:
                headings[content[1][0]] = text_of(content[2])
            elif kind == "Div" and content[1] and content[1][0]["t"] == "Header":
                headings[content[0][0]] = text_of(content[1][0])
            elif kind == "Link" and str(content[2][0]).startswith("#"):
                targets.add(str(content[2][0])[1:])
            if isinstance(content, list):
                waiting.append(content)
    return Survey(headings, frozenset(targets))
