"""Rules for what stands on lines of its own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown_it.rules_block import StateBlock

    Rule = Callable[[StateBlock, int, int, bool], bool]

__all__ = ["closed_html", "comment", "formula", "org_block", "too_deep"]

_TO_BE_CLOSED = re.compile(r"<!--|<\?|<(?P<name>script|pre|style|textarea)(?=[\s>])", re.IGNORECASE)
_HTML_ENDS = {
    "<!": re.compile("-->"),
    "<?": re.compile(r"\?>"),
    "name": re.compile(r"</(?:script|pre|style|textarea)>", re.IGNORECASE),
}
_ORG = re.compile(
    r"#\+BEGIN_(?P<name>[A-Za-z]{2,20})\b[ \t]*(?P<options>[^\n]{0,200})", re.IGNORECASE
)


def too_deep(deepest: int) -> Rule:
    """A rule that takes lists and quotations as text from level *deepest* on: markdown-it drops them."""

    def rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        if state.level < deepest or silent:
            return False
        line = start
        while line < end and not (state.sCount[line] < state.blkIndent and not state.isEmpty(line)):
            line += 1
        line = max(line, start + 1)
        state.push("too_deep", "", 0).content = state.getLines(start, line, state.blkIndent, False)
        state.line = line
        return True

    return rule


def comment(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """``%%`` at the head of a line, until the next ``%%`` on a line below."""
    first = _line(state, start)
    if not first.startswith("%%") or state.is_code_block(start):
        return False
    if "%%" in first[2:]:
        return False
    line = _next_with(state, "%%", start, end)
    if line < 0:
        return False
    if silent:
        return True
    token = state.push("comment", "", 0)
    token.content = state.getLines(start, line + 1, state.blkIndent, False)
    state.line = _cut(state, line, "%%")
    return True


def formula(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """``$$`` at the head of a line, until the next ``$$``, which ends its line."""
    first = _line(state, start)
    if not first.startswith("$$") or state.is_code_block(start):
        return False
    closing = first.find("$$", 2)
    line = start
    if closing < 0:
        line = _next_with(state, "$$", start, end)
        if line < 0 or _line(state, line).partition("$$")[2].strip():
            return False
    elif first[closing + 2 :].strip() or not first[2:closing].strip():
        return False
    if silent:
        return True
    token = state.push("formula_block", "", 0)
    token.content = (
        state.getLines(start, line + 1, state.blkIndent, False)
        .strip()[2:]
        .rpartition("$$")[0]
        .strip()
    )
    state.line = line + 1
    return True


def org_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Logseq's ``#+BEGIN_NOTE`` until ``#+END_NOTE``: a callout, a quotation, code, a comment."""
    opening = _ORG.match(_line(state, start))
    if not opening or state.is_code_block(start):
        return False
    name = opening["name"].upper()
    line = _end_of_org_block(state, name, start, end)
    if line < 0:
        return False
    if silent:
        return True
    if name in ("SRC", "EXAMPLE", "QUERY", "EXPORT"):
        token = state.push("fence", "code", 0)
        token.info = "query" if name == "QUERY" else opening["options"]
        token.content = state.getLines(start + 1, line, state.sCount[start], True)
    elif name == "COMMENT":
        state.push("comment", "", 0)
    else:
        token = state.push("blockquote_open", "blockquote", 1)
        if name not in ("QUOTE", "VERSE", "CENTER"):
            token.meta = {"kind": name.lower(), "fold": ""}
            title = state.push("inline", "", 0)
            title.content, title.children = "", []
        most, state.lineMax = state.lineMax, line
        state.md.block.tokenize(state, start + 1, line)
        state.lineMax = most
        state.push("blockquote_close", "blockquote", -1)
    state.line = line + 1
    return True


def closed_html(rule: Rule) -> Rule:
    """*rule* for blocks of HTML, but not for a comment, script or style that is never closed: it would
    take the rest of the page.
    """

    def tried(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        opening = _TO_BE_CLOSED.match(state.src, state.bMarks[start] + state.tShift[start])
        if opening:
            name = (opening["name"] or "").lower()
            closing = _HTML_ENDS[opening[0][:2] if not name else "name"]
            known = f"tropes_unclosed {closing.pattern}"
            if known in state.env or not closing.search(state.src, opening.end()):
                state.env[known] = True
                return False
        return rule(state, start, end, silent)

    return tried


def _end_of_org_block(state: StateBlock, name: str, start: int, end: int) -> int:
    """The line with ``#+END_`` and the *name*, in this item or quotation; -1 if there is none.

    Lines that were searched in vain are not searched again.
    """
    known = f"tropes_no_end {name}"
    first, last = state.env.get(known, (0, 0))
    if first <= start < last:
        return -1
    ending = f"#+END_{name}"
    line = start + 1
    while line < end and not (state.sCount[line] < state.blkIndent and not state.isEmpty(line)):
        if _line(state, line)[: len(ending) + 1].rstrip().upper() == ending:
            return line
        line += 1
    state.env[known] = start, line
    return -1


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _next_with(state: StateBlock, mark: str, start: int, end: int) -> int:
    """The next line after *start* with *mark*, in this quotation or list; -1 if there is none."""
    if state.src.find(mark, state.eMarks[start]) < 0:
        return -1
    for line in range(start + 1, end):
        if state.sCount[line] < state.blkIndent and not state.isEmpty(line):
            return -1
        if state.src.find(mark, state.bMarks[line], state.eMarks[line]) >= 0:
            return line
    return -1


def _cut(state: StateBlock, line: int, mark: str) -> int:
    """The line where reading goes on: what follows *mark* in *line* is text."""
    after = state.src.find(mark, state.bMarks[line]) + len(mark)
    rest = state.src[after : state.eMarks[line]]
    if not rest.strip():
        return line + 1
    blanks = len(rest) - len(rest.lstrip())
    state.bMarks[line], state.tShift[line], state.sCount[line] = after, blanks, state.blkIndent
    return line
