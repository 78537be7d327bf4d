"""Callouts, ``[[box:warning:Title]]`` ... ``[[/box]]``: boxes for what must be seen. They may nest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from ..characters import BALANCED
from ..declaration import Block
from ..reports import nearest

if TYPE_CHECKING:
    import re

    from ..blocks import BlockReader

__all__ = ["CONSTRUCTS", "NAMED", "TITLES"]

NAMED: dict[str, type[nodes.Element]] = {
    kind.__name__: kind
    for kind in (
        nodes.attention,
        nodes.caution,
        nodes.danger,
        nodes.error,
        nodes.hint,
        nodes.important,
        nodes.note,
        nodes.tip,
        nodes.warning,
    )
}
"""Kinds that docutils has nodes for. Without a title of their own, writers add one."""

TITLES = {
    "abstract": "Abstract",
    "bug": "Bug",
    "example": "Example",
    "failure": "Failure",
    "info": "Info",
    "question": "Question",
    "quote": "Quote",
    "seealso": "See also",
    "success": "Success",
    "todo": "To do",
}
"""The other kinds, with the title of a box that has none of its own."""

_OTHER_NAMES = {
    "check": "success",
    "cite": "quote",
    "done": "success",
    "fail": "failure",
    "faq": "question",
    "help": "question",
    "missing": "failure",
    "summary": "abstract",
    "tldr": "abstract",
}
KINDS = {name: name for name in (*NAMED, *TITLES)} | _OTHER_NAMES


def _kind_and_title(typed: str) -> tuple[str, str]:
    """The kind of box and its title, each maybe empty. What is no kind belongs to the title."""
    head, colon, title = typed.partition(":")
    kind = KINDS.get(head.strip().lower(), "")
    return (kind, title.strip()) if kind or (colon and not head.strip()) else ("", typed.strip())


def _box(kind: str, title: str, reader: BlockReader) -> nodes.Element:
    if kind in NAMED and not title:
        return NAMED[kind]()
    if not title:
        heading: nodes.TextElement = nodes.title(TITLES[kind], TITLES[kind])
        return nodes.admonition("", heading, classes=[kind], kind=kind)
    heading = reader.text_block(nodes.title, title)
    # as docutils' directive does
    classes = [kind or f"admonition-{nodes.make_id(heading.astext())}"]
    return nodes.admonition("", heading, classes=classes)


def _open(match: re.Match[str], reader: BlockReader) -> None:
    typed = match["title"]
    kind, title = _kind_and_title(typed)
    meant = "" if kind else nearest(typed.partition(":")[0].strip(), KINDS)
    if meant:
        reader.warn(f"[[box:{reader.escapes.plain(typed)}]]: did you mean [[box:{meant}]]?")
    elif not kind and not title:
        reader.warn("[[box:]] has neither a kind nor a title; shown as a note")
        kind = "note"
    box = _box(kind, title, reader)
    box.line = reader.line
    reader.open(box, "callout", f"[[box:{reader.escapes.plain(typed)}]]")
    reader.read_again(match["rest"])


def _close(match: re.Match[str], reader: BlockReader) -> None:
    if not reader.close("callout"):
        reader.warn("[[/box]] closes nothing; left out")
    reader.read_again(match["rest"])


CONSTRUCTS = [
    Block(
        "callout",
        rf"\[\[box:(?P<title>{BALANCED})\]\](?P<rest>.*)",
        _open,
        "[[box:warning:Late spoilers]]\nThe last film is told here.\n[[/box]]",
    ),
    Block(
        "callout_unbalanced",
        r"\[\[box:(?P<title>.*)\]\](?P<rest>[^\]]*)\Z",
        _open,
        "[[box:note:[old]]\n[[/box]]",
    ),
    Block("callout_end", r"\[\[/box\]\](?P<rest>.*)", _close, "[[/box]]"),
]
