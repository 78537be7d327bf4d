"""Warnings about markup of other wikis and of Markdown, with the trope markup to write instead.

No construct matches such markup, so none warns about it. Each page is searched once, and gets one
warning for each dialect. Markup that means something in trope markup or PmWiki is no sign of
another dialect: a number sign, for example, starts an item.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from .escapes import MARK
from .redaction import masked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["MEDIAWIKI_PREFIXES", "report_dialects"]

MEDIAWIKI_PREFIXES = ("Category:", "File:", "Image:")
"""Prefixes of MediaWiki's links that are not links to pages."""

_MOST = 100
"""Maximum places counted for one sign: for each, its line is searched."""
# Markup that readers don't see, or see as typed.
_UNSHOWN = re.compile(
    r"(?<=\n)(?:\(:[A-Za-z](?:(?!:\))[^\n])*+(?::\)[ \t]*+)?)++"
    r"|@@(?:[^@\n]|@(?!@)|\n(?![ \t]*+\n))*+@@"
)
_LETTERS = re.compile(r"[^\n]")
_MASKED = re.compile("……+")
_LONGEST_SHOWN = 40  # number of quoted characters


class _Sign(NamedTuple):
    """Markup that is a sign of another dialect."""

    dialect: str
    needs: str
    """A string that any text with a match contains; empty for markup at the start of a line."""
    pattern: str
    """Pattern; every line follows a line end, even the first. A literal start is fast to find."""
    right: str
    """The trope markup to write instead."""


_SENTENCE_ENDS = r"[.!?…,;:\"'”’»“)\]—–-]"
_MARKDOWN, _MEDIAWIKI, _RST = "Markdown", "MediaWiki", "reStructuredText"
_SIGNS = [
    _Sign(
        _MARKDOWN, "**", r"\*\*(?<![*\w]..)(?=[\w\"'(\[{])[^*\n]*[^\s*]\*\*(?![*\w])", "'''bold'''"
    ),
    _Sign(
        _MARKDOWN,
        "](",
        r"\[[^\[\]\n]*+\]\((?:https?://|\.{0,2}/|#|[\w./%\-]+\.\w{2,4}\b)[^\s()]*+\)",
        "[[address text]]",
    ),
    _Sign(_MARKDOWN, "", r"\n```[^`\n]*$", "[@ around it @]"),
    _Sign(_MARKDOWN, "`", r"`(?<![`:\w].)[^`\s][^`\n]*+(?<!\s)`(?![`\w])", "@@code@@"),
    # not dialogue, whose lines are sentences; nor, below, what is typed into a game
    _Sign(
        _MARKDOWN,
        "",
        rf"\n- \S[^\n]*(?<!{_SENTENCE_ENDS})\n- \S[^\n]*(?<!{_SENTENCE_ENDS})$",
        "* item",
    ),
    _Sign(_MARKDOWN, "", r"\n1[.)] \S[^\n]*\n2[.)] \S[^\n]*$", "# item"),
    _Sign(_MARKDOWN, "", r"\n> \S[^\n]{30,}$", "-> quoted words"),
    _Sign(_MARKDOWN, "", r"\A\n---\n(?:\w[^\n]*\n)+---$", "(:title ...:) and the like"),
    _Sign(_MARKDOWN, "", r"\n\|(?:[ \t]*:?-++:?[ \t]*\|)++$", "||a cell||another||"),
    _Sign(_MEDIAWIKI, "", r"\n={2,6}[ \t]*[^=\s\n][^=\n]*={2,6}$", "!!Heading"),
    _Sign(_MEDIAWIKI, "Category:", r"\[\[Category:[^\[\]\n]*\]\]", "[[!Index]]"),
    _Sign(_MEDIAWIKI, "File:", r"\[\[File:[^\[\]\n]*\]\]", "[[image:path words]]"),
    _Sign(_MEDIAWIKI, "Image:", r"\[\[Image:[^\[\]\n]*\]\]", "[[image:path words]]"),
    _Sign(
        _MEDIAWIKI,
        "[http",
        r"\[(?<!\[.)https?://[^\s\[\]]+ [^\[\]\n]+\](?!\])",
        "[[address text]]",
    ),
    _Sign(_MEDIAWIKI, "<", r"<ref(?: [^<>\n]*)?>", "[[note]]...[[/note]]"),
    _Sign(_MEDIAWIKI, "<", r"<nowiki>", "[=as typed=]"),
    _Sign(_MEDIAWIKI, "", r"\n\{\|[^\n]*$", "||a cell||another||"),
    _Sign(_RST, "", r"\n\.\. [\w\-]+::[^\n]*$", "markup of this page's own"),
    _Sign(_RST, "`", r":(?<!\w.)[a-z][\w:+\-]{0,40}:`[^`\n]+`", "{{A Page}}"),
    _Sign(_RST, "`", r"`[^`<>\n]*<[^`<>\n]*>`__?", "[[address text]]"),
    _Sign(_RST, "`", r"``(?<!`..)(?![`\s])[^`\n\"']*[^`\s]``(?!`)", "@@code@@"),
]
_PATTERNS = [(sign, re.compile(sign.pattern, re.MULTILINE)) for sign in _SIGNS]
_BY_NEED = {
    need: [(sign, pattern) for sign, pattern in _PATTERNS if sign.needs == need]
    for need in dict.fromkeys(sign.needs for sign in _SIGNS)
}
# Most texts match none of these. A literal head is found ten times as fast as a set: 20 % of the
# parser's time.
_ANY = [
    re.compile(pattern).search
    for pattern in (
        "`",
        "<(?:ref|nowiki)",
        r"\*\*[\w\"'(\[{]",
        r"\]\(",
        r"\[(?:http|\[(?:Category|File|Image):)",
        r"\n(?:- |2[.)] |---\n|\.\. |> |==|##|```|\{\||\|(?!\|))",
        r"\A\n+# ",
    )
]

_ALONE = r"(?P<line>(?P<marks>#{1,6}+) \S[^\n]*+)(?!\n(?:[#:]|\*(?!\*\S)))"
_TOP = re.compile(rf"\n*+{_ALONE}")
_DEEPER = re.compile(rf"^(?P<before>[^\n]++)\n++(?=#{_ALONE})", re.MULTILINE)
_LIST_MARKS = ("#", "*", ":", " ", "\t", "+", "-")


class _Found(NamedTuple):
    """A place with markup of another dialect."""

    start: int
    text: str
    right: str


def report_dialects(
    text: str, report: Callable[[int, str, tuple[int, int]], object], first_line: int = 1
) -> None:
    """Reports each other dialect that *text* has signs of.

    :param text: without escapes.
    :param report: called with the line and text of each warning, and where the markup is.
    :param first_line: number of the text's first line in its file.
    """
    text = f"\n{text}"
    if not any(search(text) for search in _ANY):
        return
    text = _UNSHOWN.sub(_blank, masked(text))
    by_dialect: dict[str, list[_Found]] = {}
    for need, signs in _BY_NEED.items():
        if need not in text:
            continue
        for sign, pattern in signs:
            by_dialect.setdefault(sign.dialect, []).extend(
                _Found(match.start() + (match[0][0] == "\n"), match[0], sign.right)
                for match in islice(pattern.finditer(text), _MOST)
                if _is_shown(text, match.start() + (match[0][0] == "\n"))
            )
    if "\n#" in text:
        by_dialect.setdefault(_MARKDOWN, []).extend(_headings(text))
    for dialect, places in by_dialect.items():
        if places:
            first, *others = sorted(places)
            line = text.count("\n", 1, first.start) + first_line
            start = first.start - 1
            at = start, start + len(first.text.lstrip("\n"))
            report(line, _sentence(dialect, first, len(others)), at)


def _blank(unshown: re.Match[str]) -> str:
    return _LETTERS.sub("…", unshown[0])


def _sentence(dialect: str, first: _Found, others: int) -> str:
    shown = _MASKED.sub("…", MARK.sub("…", " ".join(first.text.split())))
    if len(shown) > _LONGEST_SHOWN:
        shown = f"{shown[: _LONGEST_SHOWN - 1]}…"
    more = f" ({others} more on this page)" if others else ""
    return f"{shown} is {dialect}; write {first.right} here{more}"


def _is_shown(text: str, at: int) -> bool:
    """Whether a place is neither in a comment nor in preformatted text."""
    head = text.rfind("\n", 0, at) + 1
    before = text[head:at]
    return text[head] not in " \t" and "%%" not in before and before.count("@@") % 2 == 0


def _headings(text: str) -> Iterator[_Found]:
    """Headings of Markdown. A line with one number sign is an item, unless it is the first line of
    the page and the only one with a sign; a line with more signs is an item if it is next to a
    list.
    """
    top = _TOP.match(text)
    if top and top["marks"] == "#" and text.count("\n# ") == 1:
        yield _Found(top.start("line"), top["line"], "!Heading")
    if "\n##" not in text:
        return
    for match in _DEEPER.finditer(text):
        if match["before"].strip() and not match["before"].startswith(_LIST_MARKS):
            marks = f"#{match['marks']}"
            yield _Found(match.end(), f"#{match['line']}", f"{'!' * len(marks)}Heading")
