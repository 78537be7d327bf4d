"""Folders: ``[[folder:title]]`` ... ``[[/folder]]``.

Folders may nest; one without an end of its own ends at the next folder.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docutils import nodes

from ..declaration import Block
from ..making import make, shown_text
from ..nodes import trope_folder, trope_folder_control

if TYPE_CHECKING:
    from ..blocks import BlockReader

# With a literal head, the search skips on; ^ at the head would stop at every character.
_MARKS = re.compile(
    r"\[\[(?:(?<=^..)folder:|(?<=^..)/folder\]\]|/folder\]\](?=[ \t]*$))", re.MULTILINE
)


class _Folders:
    """The folders of a text: which of them, by number, are never closed."""

    def __init__(self, text: str) -> None:
        self.opened = 0
        waiting: list[int] = []
        number = 0
        for mark in _MARKS.findall(text):
            if mark == "[[folder:":
                waiting.append(number)
                number += 1
            elif waiting:
                waiting.pop()
        self.unclosed = set(waiting)
        self.numbers: list[int] = []


def _folders(reader: BlockReader) -> _Folders:
    if "folders" not in reader.memory:
        reader.memory["folders"] = _Folders(reader.escapes.text)
    found: _Folders = reader.memory["folders"]
    return found


def _open(match: re.Match[str], reader: BlockReader) -> None:
    folders = _folders(reader)
    while folders.numbers and folders.numbers[-1] in folders.unclosed:
        folders.numbers.pop()
        reader.warn("the [[folder: before this one is not closed; closed here")
        reader.close("folder")
    title = match["title"].strip()
    rubric = reader.block(nodes.rubric, title)
    attributes = {"classes": ["trope-folder"], "ids": [reader.ids.new(shown_text(rubric))]}
    opened = make(trope_folder, "", [rubric], attributes)
    opened.line = reader.line
    reader.open(opened, "folder", f"[[folder:{reader.escapes.plain(title)}]]")
    folders.numbers.append(folders.opened)
    folders.opened += 1
    if match["rest"].strip():
        reader.text(match["rest"].strip())


def _close(match: re.Match[str], reader: BlockReader) -> None:
    if not reader.close("folder"):
        reader.warn("[[/folder]] closes nothing; left out")
    else:
        _folders(reader).numbers.pop()
    if match["rest"].strip():
        reader.text(match["rest"].strip())


def _control(match: re.Match[str], reader: BlockReader) -> None:
    reader.add(trope_folder_control(classes=["trope-folder-control"]))


CONSTRUCTS = [
    Block(
        "folder",
        r"\[\[folder:(?P<title>.*)\]\](?P<rest>[^\]]*)\Z",
        _open,
        "[[folder:Literature]]\n* An example.\n[[/folder]]",
    ),
    Block("folder_end", r"\[\[/folder\]\](?P<rest>.*)", _close, "[[/folder]]"),
    Block("folder_control", r"\[\[foldercontrol\]\]\s*\Z", _control, "[[foldercontrol]]"),
]
