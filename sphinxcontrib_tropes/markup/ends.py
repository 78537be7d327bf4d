"""Marks that close a container anywhere in a line, unless they are inside other markup."""

from __future__ import annotations

import re

__all__ = ["find_end"]

_TOKEN = re.compile(r"(?P<end>\[\[/(?:folder|index|box)\]\])|\[\[(?!\[)|\]\]|@@|%%")
_PROPERTY = re.compile(r"\(:(?P<name>[A-Za-z][\w\-]*+)(?:(?!:\)).)*+(?P<end>:\)[ \t]*+)?+")


def find_end(line: str, *marks: str) -> int:
    """Where the first of *marks* is in *line* that is not inside a property, a comment, or markup
    closed on the line; -1 if there is none.
    """
    if not any(mark in line for mark in marks):
        return -1
    if line.startswith(marks):
        return 0
    start = 0
    while property_ := _PROPERTY.match(line, start):
        if property_["end"] is None:
            if property_["name"].lower() == "comment":
                return -1
            break
        start = property_.end()
    comment = line.find("%")  # after another %, it ends a style
    waiting: list[str] = []  # open markup
    found: list[tuple[int, int]] = []  # each mark, preceded by the number of open ones around it
    open_now = {"[[": 0, "@@": 0}
    for token in _TOKEN.finditer(line, start):
        kind = token[0]
        opens = "[[" if kind == "]]" else kind
        if token["end"]:
            if kind in marks:
                found.append((len(waiting), token.start()))
        elif kind == "%%":
            if token.start() == comment:
                break
        elif kind == "[[" or (kind == "@@" and not open_now["@@"]):
            waiting.append(kind)
            open_now[kind] += 1
        elif open_now[opens]:
            closed = ""
            while closed != opens:
                closed = waiting.pop()
                open_now[closed] -= 1
            while found and found[-1][0] > len(waiting):
                found.pop()
    return found[0][1] if found else -1
