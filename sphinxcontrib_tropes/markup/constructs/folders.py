"""Folders: ``[[folder:title]]`` ... ``[[/folder]]``.

Folders may nest. A folder that is not closed ends at the next one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docutils import nodes

from ...internals.docutils.fast_nodes import make
from ..characters import BALANCED
from ..declaration import Block
from ..ends import find_end
from ..lines import MAX_PARTS
from ..nodes import trope_folder, trope_folder_control

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..blocks import BlockReader

_TITLED = rf"\[\[folder:(?P<title>{BALANCED})\]\](?P<rest>.*)"
_UNBALANCED = r"\[\[folder:(?P<title>.*)\]\](?P<rest>[^\]]*)\Z"
_END = "[[/folder]]"

# A literal start makes the search fast; with ^ it would stop at every character.
_MARKS = re.compile(r"\[\[/?folder")
_ONE_A_LINE = re.compile(r"\[\[(?:(?<=^..)folder:|/folder\]\])", re.MULTILINE)
_SEVERAL_A_LINE = re.compile(r"\[\[/?(?:folder(?:control)?|index)\b[^\n]*\[\[/?folder")
_OPENS = re.compile(_TITLED), re.compile(_UNBALANCED)
_BEFORE = re.compile(r"(?:\[\[(?:/?index|foldercontrol)\]\][ \t]*+)++")


class _Folders:
    """The folders of a text, by number, and which of them are never closed."""

    def __init__(self, text: str) -> None:
        self.opened = 0
        waiting: list[int] = []
        number = 0
        for is_opening in _marks(text):
            if is_opening:
                waiting.append(number)
                number += 1
            elif waiting:
                waiting.pop()
        self.unclosed = set(waiting)
        self.numbers: list[int] = []


def _marks(text: str) -> Iterator[bool]:
    """For each mark of *text*, whether it opens a folder, at the start of a line or after another
    mark; otherwise it closes one, anywhere.
    """
    if _SEVERAL_A_LINE.search(text) is None:
        for found in _ONE_A_LINE.finditer(text):
            is_opening = found[0][2] == "f"
            if is_opening or _ends(text, found.start()):
                yield is_opening
        return
    end = 0
    while mark := _MARKS.search(text, end):
        start, end = text.rfind("\n", 0, mark.start()) + 1, text.find("\n", mark.start())
        end = len(text) if end < 0 else end
        line = text[start:end].rstrip()
        for _ in range(MAX_PARTS):
            line = line[index.end() :] if (index := _BEFORE.match(line)) else line
            if opening := next(filter(None, (opens.match(line) for opens in _OPENS)), None):
                line = opening["rest"].strip()
                yield True
            elif (at := find_end(line, _END)) >= 0:
                line = line[at + len(_END) :].strip()
                yield False
            else:
                break


def _ends(text: str, at: int) -> bool:
    """Whether the mark at *at*, the only one of its line, closes a folder."""
    start = text.rfind("\n", 0, at) + 1
    if start == at:
        return True
    end = text.find("\n", at)
    return find_end(text[start : end if end >= 0 else len(text)], _END) >= 0


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
    if not title:
        reader.warn("[[folder:]] has no name; give it one, for readers see nothing else of it")
    rubric = reader.text_block(nodes.rubric, title)
    attributes = {"classes": ["trope-folder"], "ids": [reader.ids.new(rubric.astext())]}
    opened = make(trope_folder, "", [rubric], attributes)
    opened.line = reader.line
    reader.open(opened, "folder", f"[[folder:{reader.escapes.plain(title)}]]")
    folders.numbers.append(folders.opened)
    folders.opened += 1
    reader.read_again(match["rest"])


def _close(match: re.Match[str], reader: BlockReader) -> None:
    if not reader.close("folder"):
        reader.warn("[[/folder]] closes nothing; left out")
    else:
        _folders(reader).numbers.pop()
    reader.read_again(match["rest"])


def _control(match: re.Match[str], reader: BlockReader) -> None:
    reader.add(trope_folder_control(classes=["trope-folder-control"]))
    reader.read_again(match["rest"])


CONSTRUCTS = [
    Block("folder", _TITLED, _open, "[[folder:Literature]]\n* An example.\n[[/folder]]"),
    Block("folder_unbalanced", _UNBALANCED, _open, "[[folder:Literature [old]]\n[[/folder]]"),
    Block("folder_end", r"\[\[/folder\]\](?P<rest>.*)", _close, "[[/folder]]"),
    Block("folder_control", r"\[\[foldercontrol\]\](?P<rest>.*)", _control, "[[foldercontrol]]"),
]
