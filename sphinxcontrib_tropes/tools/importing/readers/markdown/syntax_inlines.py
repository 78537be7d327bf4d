"""Rules for what stands in a line. Each looks at its place only, or remembers that a search failed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .targets import WIKILINK

if TYPE_CHECKING:
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

__all__ = [
    "comment",
    "footnote",
    "formula",
    "hashtag",
    "highlight",
    "inline_note",
    "macro",
    "wikilink",
]

_TAG = re.compile(
    r"#(?:\[\[(?P<page>[^\[\]\n]{1,200})\]\]"
    r"|(?P<tag>[^\s#\u2000-\u206F\u2E00-\u2E7F'!\"$%&()*+,.:;<=>?@^`{|}~\[\]\\]{1,200}))"
)
_MARKUP = re.compile(r"[*_`~$=<\\&]")
_FORMULA = re.compile(
    r"(?P<dollars>\$\$?)(?P<tex>(?:[^$\\]|\\.){1,20000})(?P<end>\$\$?)", re.DOTALL
)
_FOOTNOTE = re.compile(r"\[\^(?P<label>[^\s\[\]]{1,200})\]")
_MACRO = re.compile(
    r"\{\{(?P<name>embed|query|video|youtube|vimeo|bilibili|tweet|twitter|renderer|pdf|cloze|zotero-[a-z-]{1,30})"
    r"(?P<rest>[ :][^\n{}]{0,1000})?\}\}"
)
_HIGHLIGHT_END = re.compile(r"(?<=[^\s=])==")
_NO_HIGHLIGHT = "tropes_no_highlight"
_DEEPEST_NOTE = 3


def wikilink(state: StateInline, silent: bool) -> bool:
    """``[[Page]]`` and ``![[Page]]``."""
    if state.src[state.pos] not in "[!":
        return False
    found = WIKILINK.match(state.src, state.pos, state.posMax)
    if not found or not (found["target"].strip() or (found["label"] or "").strip()):
        return False
    if not silent:
        token = state.push("embed" if found["embeds"] else "wikilink", "", 0)
        token.content = found["target"].rstrip("\\").strip()
        token.meta = {"label": found["label"]}
        if not found["embeds"] and found["label"] and _MARKUP.search(found["label"]):
            token.children = []
            state.md.inline.parse(found["label"], state.md, state.env, token.children)
    state.pos = found.end()
    return True


def comment(state: StateInline, silent: bool) -> bool:
    """``%%hidden%%``."""
    end = _end(state, "%%", "%%")
    if end < 0:
        return False
    if not silent:
        state.push("comment", "", 0).content = state.src[state.pos : end]
    state.pos = end
    return True


def hashtag(state: StateInline, silent: bool) -> bool:
    """``#tag/below``, or Logseq's ``#[[tag of words]]``; a number is no tag."""
    if state.src[state.pos] != "#" or (state.pos and not state.src[state.pos - 1].isspace()):
        return False
    found = _TAG.match(state.src, state.pos, state.posMax)
    if not found or not (found["page"] or found["tag"].strip("0123456789-/_")):
        return False
    if not silent:
        token = state.push("hashtag", "", 0)
        token.content = (found["page"] or found["tag"]).strip("/")
        token.markup = found[0]
    state.pos = found.end()
    return True


def formula(state: StateInline, silent: bool) -> bool:
    """``$x$`` and ``$$x$$``. Money is none: blanks inside the dollars, or a digit after them."""
    if state.src[state.pos] != "$":
        return False
    found = _FORMULA.match(state.src, state.pos, state.posMax)
    if not found or found["dollars"] != found["end"][: len(found["dollars"])]:
        return False
    end = found.end("tex") + len(found["dollars"])
    tex = found["tex"]
    if found["dollars"] == "$":
        if tex[0].isspace() or tex[-1].isspace() or "\n\n" in tex:
            return False
        if state.src[end : end + 1].isdigit():
            return False
    elif not tex.strip():
        return False
    if not silent:
        token = state.push("formula", "", 0)
        token.content, token.markup = tex.strip(), found["dollars"]
    state.pos = end
    return True


def highlight(state: StateInline, silent: bool) -> bool:
    """``==marked==``, with other markup inside."""
    start = state.pos + 2
    if not state.src.startswith("==", state.pos) or state.src[start : start + 1] in (
        "",
        " ",
        "=",
        "\n",
    ):
        return False
    end = _end_of_highlight(state, start)
    if end < 0 or end > state.posMax:
        return False
    if not silent:
        most = state.posMax
        state.push("mark_open", "mark", 1)
        state.pos, state.posMax = start, end - 2
        state.md.inline.tokenize(state)
        state.posMax = most
        state.push("mark_close", "mark", -1)
    state.pos = end
    return True


def inline_note(state: StateInline, silent: bool) -> bool:
    """``^[a note at its place]``."""
    end = state.md.helpers.parseLinkLabel(state, state.pos + 1)
    if end < 0:
        return False
    if not silent:
        depth = state.env.get("depth_of_notes", 0)
        content = state.src[state.pos + 2 : end]
        token = state.push("inline_note", "", 0)
        token.content = content
        children: list[Token] = []
        if depth < _DEEPEST_NOTE:
            state.env["depth_of_notes"] = depth + 1
            state.md.inline.parse(content, state.md, state.env, children)
            state.env["depth_of_notes"] = depth
        token.children = children
    state.pos = end + 1
    return True


def footnote(state: StateInline, silent: bool) -> bool:
    """``[^label]`` of a note that the page has."""
    if not state.src.startswith("[^", state.pos):
        return False
    found = _FOOTNOTE.match(state.src, state.pos, state.posMax)
    if not found or f":{found['label']}" not in state.env.get("footnotes", {}).get("refs", {}):
        return False
    if not silent:
        state.push("footnote_ref", "", 0).meta = {"label": found["label"]}
    state.pos = found.end()
    return True


def macro(state: StateInline, silent: bool) -> bool:
    """Logseq's ``{{embed [[Page]]}}`` and the like."""
    if not state.src.startswith("{{", state.pos):
        return False
    found = _MACRO.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    if not silent:
        token = state.push("macro", "", 0)
        token.content, token.markup = (found["rest"] or "").strip(" :"), found[0]
        token.meta = {"name": found["name"]}
    state.pos = found.end()
    return True


def _end_of_highlight(state: StateInline, start: int) -> int:
    """The end of the next ``==`` that has no blank before it; -1 if there is none."""
    hopeless: dict[str, int] = state.env.setdefault(_NO_HIGHLIGHT, {})
    if start >= hopeless.get(state.src, len(state.src) + 1):
        return -1
    found = _HIGHLIGHT_END.search(state.src, start)
    if not found:
        hopeless[state.src] = start
        return -1
    return found.end()


def _end(state: StateInline, opening: str, closing: str) -> int:
    """The end of what opens here and closes with *closing*; -1 if it does not."""
    if not state.src.startswith(opening, state.pos):
        return -1
    end = _end_after(state, state.pos + len(opening), closing)
    return end if end <= state.posMax else -1


def _end_after(state: StateInline, start: int, closing: str) -> int:
    """The end of the next *closing*. A search that fails is not repeated: each text is searched once."""
    key = f"tropes_no_more {closing}"
    hopeless: dict[str, int] = state.env.setdefault(key, {})
    if start >= hopeless.get(state.src, len(state.src) + 1):
        return -1
    found = state.src.find(closing, start)
    if found < 0:
        hopeless[state.src] = start
        return -1
    return found + len(closing)
