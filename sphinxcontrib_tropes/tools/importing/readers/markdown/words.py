"""The words of a page that its readers see, found without its parser."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .front_matter import front_matter
from .properties import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["words"]

_WORD = re.compile(r"[^\W_]+")
_FENCE = re.compile(
    r"^(?:[ \t>]|[-*+] |\d{1,9}[.)] )*(?P<fence>`{3,}|~{3,})(?P<info>[^\n]*)$", re.MULTILINE
)
# What readers never see. Each is limited in length: a text of nothing but openings takes linear time.
_HIDDEN = re.compile(
    r"(?P<link>!?\[\[)(?P<target>[^\[\]|\n]{0,500})(?:\|(?P<label>[^\[\]\n]{0,1000}))?\]\]"
    r"|\]\((?:<[^<>\n]{0,1000}>|[^()\n]{0,1000}(?:\([^()\n]{0,300}\)[^()\n]{0,300})?)\)"
    r"|^ {0,3}\[[^\[\]\n]{1,200}\]:[ \t]+\S+[^\n]*$"
    r"|\[![^\[\]\n]{1,100}\][+-]?"
    r"|\[\^[^\[\]\s]{1,200}\]:?"
    r"|</?[A-Za-z](?:[^<>]{0,1000})>"
    r"|[A-Za-z][A-Za-z0-9+.-]{1,20}:/{0,2}[^\s<>()\[\]]{2,2000}"
    r"|(?:^|(?<=\s))\^[A-Za-z0-9-]{1,100}[ \t]*$"
    r"|\(\([0-9a-fA-F-]{36}\)\)"
    r"|^[ \t]{0,200}(?:- )?(?:collapsed|id|heading)::[^\n]*$"
    r"|&#?\w{1,20};",
    re.DOTALL | re.MULTILINE,
)


def words(text: str) -> Iterator[str]:
    """The words of *text* without options, addresses, comments, kinds of callouts and names of languages."""
    front = front_matter(text)
    for value in shown(front):
        yield from _WORD.findall(_seen(value))
    for piece, is_code in _pieces(front.body):
        yield from _WORD.findall(piece if is_code else _seen(piece))


def _pieces(body: str) -> Iterator[tuple[str, bool]]:
    """Text and code in turn, without the lines that open and close code."""
    at, opened = 0, ""
    for found in _FENCE.finditer(body):
        fence = found["fence"]
        if not opened:
            if fence[0] == "`" and "`" in found["info"]:
                continue
            opened = fence
        elif fence.startswith(opened) and not found["info"].strip():
            opened = ""
        else:
            continue
        yield body[at : found.start()], not opened
        at = found.end()
    yield body[at:], bool(opened)


def _seen(text: str) -> str:
    text = _without(_without(text, "<!--", "-->"), "%%", "%%")
    return _HIDDEN.sub(_kept, text)


def _without(text: str, opening: str, closing: str) -> str:
    """*text* without all between *opening* and *closing*."""
    pieces, at = [], 0
    while (start := text.find(opening, at)) >= 0:
        end = text.find(closing, start + len(opening))
        if end < 0:
            break
        pieces.append(text[at:start])
        at = end + len(closing)
    return " ".join([*pieces, text[at:]])


def _kept(found: re.Match[str]) -> str:
    if not found["link"]:
        return " "
    if found["label"]:
        return f" {found['label']} "
    return " " if found["link"] == "![[" else f" {found['target'].rpartition('/')[2]} "
