"""Examples of markup: ``(:markup:)`` … ``(:markupend:)``, and ``[=''as typed''=]``. They become code."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .drafts import Change
from .variables import is_simple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .drafts import Draft

__all__ = ["show_examples"]

_OPENS = re.compile(r"\(:markup(?P<options>[ \t][^\n]{0,300}?)?:\)")
_CAPTION = re.compile(r"caption=(?:\"(?P<double>[^\"]+)\"|'(?P<single>[^']+)')")
_CLOSES = re.compile(r"\(:markupend:\)[ \t]*")
_ESCAPED = re.compile(r"[ \t]{0,20}(?P<mark>\ufdd0[0-9]{1,9}\ufdd1)")
# What is typed to show it, and not only to keep it from being a link.
_SHOWS_MARKUP = re.compile(
    r"\[=\s*((?:[*#!>-]{1,6}[ \t]*)?"
    r"(?:\(:[a-z*]|\[\[|\{[*=<]?\$|\{\(|\|\||\{\{|''|@@|<<?\||%|\$[a-z\[]|[a-z]\w{0,40}\(['$])[^\n]{0,120}?)\s*=\]",
    re.IGNORECASE,
)


def show_examples(draft: Draft) -> None:
    """Writes the examples of markup in *draft* as code. What they look like is not shown twice."""
    if "(:markup" in draft.text:
        draft.change(_examples(draft))
    draft.change(_typed(draft))


def _typed(draft: Draft) -> Iterator[Change]:
    """Markup that is shown as typed, in a line."""
    for start, end, escape in draft.escapes():
        match = _SHOWS_MARKUP.fullmatch(escape)
        if match and "@]" not in escape:
            code = draft.set_aside(f"[@{match[1]}@]")
            yield Change(start, end, code, f"{escape} shows markup, and is code now")


def _examples(draft: Draft) -> Iterator[Change]:
    text = draft.text
    position = 0
    closings = [match.span() for match in _CLOSES.finditer(text)]
    at = 0
    for match in _OPENS.finditer(text):
        if match.start() < position:
            continue
        while at < len(closings) and closings[at][0] < match.end():
            yield Change(*closings[at], "", "(:markupend:) closes nothing; left out")
            at += 1
        escaped = _ESCAPED.match(text, match.end())
        if escaped:
            source = draft.plain(escaped["mark"])
            end = position = escaped.end()
        elif at < len(closings):
            source = draft.restored(text[match.end() : closings[at][0]])
            end = position = closings[at][1]
            at += 1
        else:
            yield Change(*match.span(), "", "(:markup:) is not closed; left out")
            continue
        code = _as_code(source.strip("\n"), draft)
        before = "" if match.start() == 0 or text[match.start() - 1] == "\n" else "\n"
        after = "" if end == len(text) or text[end] == "\n" else "\n"
        caption = _CAPTION.search(match["options"] or "")
        if caption and is_simple(title := caption["double"] or caption["single"]):
            code = f"''{title}''\n{code}"
        yield Change(
            match.start(),
            end,
            f"{before}{code}{after}",
            "(:markup:) shows its example as code only",
        )
    yield from (
        Change(*span, "", "(:markupend:) closes nothing; left out") for span in closings[at:]
    )


def _as_code(source: str, draft: Draft) -> str:
    if "@]" not in source:
        return draft.set_aside(f"[@\n{source}\n@]")
    # a line that begins with a blank is preformatted, too
    return "\n".join(
        " " + draft.set_aside("[=" + line.replace("=]", "==][=]") + "=]")
        for line in source.splitlines()
    )
