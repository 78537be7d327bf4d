"""Callouts and tasks: takes their heads out of the text of their paragraphs, before that is read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

__all__ = ["callouts_and_tasks"]

_CALLOUT = re.compile(
    r"\[!(?P<kind>[^\[\]\n|]{1,60})(?:\|[^\[\]\n]{0,200})?\](?P<fold>[+-]?)[ \t]*(?P<title>[^\n]*)\n?"
)
_TASK = re.compile(r"\[(?P<state>[ xX]|[^\w\s\[\]])\](?:[ \t]+|\Z)")
_BOXES = {" ": "☐", "x": "☑", "X": "☑", "-": "☒"}
# The plugin Admonition: ```ad-note, with options at the head of the code.
_ADMONITION = re.compile(r"ad-(?P<kind>[\w-]{1,60})")
_OPTION = re.compile(
    r"(?P<key>title|collapse|icon|color|metadata|id):[ \t]*(?P<value>[^\n]*)(?:\n|\Z)"
)
_DEEPEST = 4


def callouts_and_tasks(state: StateCore) -> None:
    """A rule between that for blocks and that for lines."""
    state.tokens = list(_read(state, state.tokens, 0))


def _read(state: StateCore, tokens: list[Token], depth: int) -> Iterator[Token]:
    skipped = 0
    for at, token in enumerate(tokens):
        if skipped:
            skipped -= 1
            continue
        if token.type == "fence" and depth < _DEEPEST and (found := _ADMONITION.match(token.info)):
            yield from _admonition(state, token, found["kind"], depth)
            continue
        yield token
        if at + 2 >= len(tokens) or tokens[at + 2].type != "inline":
            continue
        text = tokens[at + 2]
        if token.type == "blockquote_open" and (head := _CALLOUT.match(text.content)):
            yield _opened(token, head["kind"], head["fold"], head["title"])
            text.content = text.content[head.end() :]
            if not text.content.strip():
                skipped = 3
        elif token.type == "list_item_open" and (task := _TASK.match(text.content)):
            box = _BOXES.get(task["state"], "☐")
            token.meta = {"task": task["state"], "box": box}
            text.content = text.content[task.end() :]


def _admonition(state: StateCore, fence: Token, kind: str, depth: int) -> Iterator[Token]:
    from markdown_it.token import Token  # an extra

    options: dict[str, str] = {}
    text = fence.content
    while option := _OPTION.match(text):
        options[option["key"]] = option["value"]
        text = text[option.end() :]
    opening = Token("blockquote_open", "blockquote", 1)
    yield opening
    fold = {"open": "+", "closed": "-", "true": "-"}.get(options.get("collapse", "").strip(), "")
    yield _opened(opening, kind, fold, options.get("title", ""))
    inner: list[Token] = []
    state.md.block.parse(text, state.md, state.env, inner)
    for token in inner:
        token.map = None  # its lines are not those of the page
    yield from _read(state, inner, depth + 1)
    yield Token("blockquote_close", "blockquote", -1)


def _opened(opening: Token, kind: str, fold: str, title: str) -> Token:
    """The title, for the quotation that is a callout by *opening*."""
    from markdown_it.token import Token  # an extra

    opening.meta = {"kind": kind.strip().lower(), "fold": fold}
    return Token("inline", "", 0, content=title.strip(), children=[])
