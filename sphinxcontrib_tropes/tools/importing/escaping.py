"""Escapes for text and for marks that meet: nothing becomes markup that was none."""

from __future__ import annotations

import re

from ...markup.dialect import DIALECT

__all__ = ["BLANK", "BLANKS", "CONTROLS", "EMPTY", "are_mark", "escaped", "within"]

_SCANNER = DIALECT.scanner(wikiwords=False)
BLANK = re.compile(r"[ \t\n\r\f\v\x1c-\x1f\x85\u2028\u2029]")
BLANKS = re.compile(rf"{BLANK.pattern}+")
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1b\x7f\ud800-\udfff\ufdd0\ufdd1\ufffe\uffff]")
_ALSO_MARKUP = re.compile(
    r"\\+\Z|\\\\|%|&(?=#?\w)|\$\[|\[\[+|\{\{+"
    # what readers of the page might take for the markup of another wiki: the parser warns about it
    r"|\*\*+|\]\(|`+|<(?=ref|nowiki)|\[(?=http)"
)
# Two characters that are, or begin, a mark: an empty escape parts them where two pieces meet.
_PAIRS = frozenset(
    [
        "''",
        "'+",
        "+'",
        "'-",
        "-'",
        "'^",
        "^'",
        "'_",
        "_'",
        "[[",
        "]]",
        "[=",
        "[@",
        "=]",
        "@]",
        "[+",
        "+]",
        "[-",
        "-]",
        "{-",
        "-}",
        "{+",
        "+}",
        "{{",
        "}}",
        "{$",
        "@@",
        "%%",
        "~~",
        "\\\\",
        "(:",
        ":)",
        "->",
        "<<",
        ">>",
        "||",
        "$[",
        "&#",
        "**",
        "``",
        "](",
        "[!",
        "[/",
        "*[",
    ]
)
EMPTY = "[==]"
"""An escape of nothing."""


def escaped(text: str, *patterns: re.Pattern[str]) -> str:
    """*text* in one line, with escapes around what would be markup, and around *patterns*."""
    text = CONTROLS.sub("\ufffd", BLANKS.sub(" ", text))
    spans = [(start, end) for start, end, name, _ in _SCANNER.tokens(text) if name != "url"]
    for pattern in (_ALSO_MARKUP, *patterns):
        spans += (match.span() for match in pattern.finditer(text))
    if not spans:
        return text
    pieces: list[str] = []
    position = 0
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if end <= position:
            continue
        begin = max(start, position)
        pieces += text[position:begin], _as_typed(text[begin:end])
        position = end
    return "".join([*pieces, text[position:]])


def are_mark(left: str, right: str) -> bool:
    """Whether two characters that meet are a mark, or begin one."""
    return left + right in _PAIRS


def within(opens: str, inner: str, closes: str) -> str:
    """*inner* between two marks, neither of which becomes another one."""
    head = EMPTY if opens[-1] + inner[0] in _PAIRS else ""
    # brackets that close one another may stand together
    tail = EMPTY if closes[0] != inner[-1] and inner[-1] + closes[0] in _PAIRS else ""
    tail = tail or (EMPTY if closes[0] == inner[-1] != "]" else "")
    return f"{opens}{head}{inner}{tail}{closes}"


def _as_typed(text: str) -> str:
    """*text* in an escape, or cut by one where it contains the end of an escape."""
    if "=]" not in text and not text.endswith("="):
        return f"[={text}=]"
    return EMPTY.join(text)
