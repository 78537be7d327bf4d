"""``(:if ...:)``: decided at import where that is possible; where it is not, the text is kept."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, NamedTuple

from ....markup.escapes import MARK
from .drafts import Change
from .variables import filled, has_variables

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .drafts import Draft
    from .wiki_facts import WikiFacts, WikiPage

__all__ = ["decide", "matches_names"]

_MARK = re.compile(
    r"\(:(?:(?P<if>if)|(?P<else>else(?P<elseif>[ ]?if)?))(?P<number>\d{0,3})(?P<end>end)?"
    r"(?=[ \t:])(?P<condition>(?:(?!:\))[^\n]){0,500}):\)(?P<line_end>[ \t]*\n)?"
)
_CONDITION = re.compile(r"\s*(!?)\s*(\S*)\s*(.*?)\s*\Z", re.DOTALL)
_ARGUMENTS = re.compile(r"\"([^\"]*)\"|'([^']*)'|(\S+)")
_WORDS_SHOWN = 8
_MOST_LOOKED_AT = 2000


class _Open(NamedTuple):
    """A condition that is not closed yet."""

    number: str
    shown: bool
    """Whether the text here is shown."""
    decided: bool
    """Whether a part was shown: the parts after it are not."""
    mark: str


def decide(draft: Draft, page: WikiPage, facts: WikiFacts) -> None:
    """Keeps the text of conditions that are true in *page*, and leaves out that of false ones."""
    if "(:if" in draft.text:
        draft.change(_decided(draft.text, page, facts))


def _decided(text: str, page: WikiPage, facts: WikiFacts) -> Iterator[Change]:
    opened: list[_Open] = []
    hidden_from = -1  # where a hidden part begins, with its mark
    reason = ""
    for match in _MARK.finditer(text):
        was_hidden = hidden_from >= 0
        told = _step(opened, match, page, facts)
        is_hidden = any(not level.shown for level in opened)
        start, end = match.start(), _end(match, text)
        if is_hidden:
            if not was_hidden:
                hidden_from, reason = start, next(o.mark for o in opened if not o.shown)
            continue
        if was_hidden:
            inside = text[hidden_from:start]
            start, hidden_from = hidden_from, -1
            told = f"{reason} hides {_sample(inside)}; left out" + (f"; {told}" if told else "")
        yield Change(start, end, "", told)
    if hidden_from >= 0:
        yield Change(
            hidden_from,
            len(text),
            "",
            f"{reason} hides {_sample(text[hidden_from:])}; left out",
        )


def _end(match: re.Match[str], text: str) -> int:
    """Where a mark ends: with its line, if it is alone on it."""
    start = match.start()
    is_alone = match["line_end"] and (start == 0 or text[start - 1] == "\n")
    return match.end() if is_alone else match.end() - len(match["line_end"] or "")


def _sample(hidden: str) -> str:
    """The first words of a hidden part, for the report."""
    words = MARK.sub(" ", _MARK.sub(" ", hidden[:_MOST_LOOKED_AT])).split()
    more = " ..." if len(words) > _WORDS_SHOWN else ""
    return f"'{' '.join(words[:_WORDS_SHOWN])[:100]}'{more}" if words else "nothing"


def _step(opened: list[_Open], match: re.Match[str], page: WikiPage, facts: WikiFacts) -> str:
    """Opens, turns or closes a condition. Returns a sentence if one can't be decided."""
    number = match["number"]
    at = next((i for i in range(len(opened)) if opened[i].number == number), None)
    if match["if"]:
        if at is not None:
            del opened[at:]  # a condition ends where the next of its number begins
        if match["end"] or not match["condition"].strip(" \t:"):
            return "" if at is not None else f"{_typed(match)} closes nothing; left out"
        answer = _answer(match["condition"], page, facts)
        mark = _typed(match)
        opened.append(_Open(number, answer is not False, answer is True, mark))
        return f"{mark} can't be decided here: its text is kept" if answer is None else ""
    if at is None:
        return f"{_typed(match)} closes nothing; left out"
    level = opened[at]
    del opened[at + 1 :]
    if level.decided:
        opened[at] = level._replace(shown=False, mark=_typed(match))
        return ""
    condition = match["condition"].strip()
    answer = _answer(condition, page, facts) if condition else True
    opened[at] = level._replace(
        shown=answer is not False, decided=answer is True, mark=_typed(match)
    )
    return f"{_typed(match)} can't be decided here: its text is kept" if answer is None else ""


def _typed(match: re.Match[str]) -> str:
    return match[0].rstrip()


def _answer(condition: str, page: WikiPage, facts: WikiFacts) -> bool | None:
    """Whether *condition* is true in *page*; None if that can't be known here."""
    parts = _CONDITION.match(filled(condition, page, facts))
    assert parts is not None  # it matches anything
    negated, name, rest = parts.groups()
    answer = None if has_variables(rest) else _plain_answer(name.lower(), rest, page, facts)
    return answer if answer is None else answer is not bool(negated)


def _plain_answer(name: str, rest: str, page: WikiPage, facts: WikiFacts) -> bool | None:
    if name in ("true", "false"):
        return name == "true"
    if name == "equal":
        first, second, *_ = [a or b or c for a, b, c in _ARGUMENTS.findall(rest)] + ["", ""]
        return bool(first == second)
    if name in ("name", "group"):
        names = page.full_name if "." in rest else page.name
        return matches_names(rest, page.group if name == "group" else names)
    if name == "exists":
        return facts.page(rest.strip("\"'"), page.group) is not None
    return None


def matches_names(patterns: str, name: str) -> bool:
    """Whether *name* is meant by *patterns*: ``Cat*,-Catalogue``, with commas or blanks between."""
    wanted = [part for part in re.split(r"[\s,]+", patterns.replace("/", ".").strip("\"'")) if part]
    folded = name.casefold()
    excluded = [part[1:] for part in wanted if part[0] in "-!"]
    included = [part for part in wanted if part[0] not in "-!"]
    if any(_matches(folded, part) for part in excluded):
        return False
    return not included or any(_matches(folded, part) for part in included)


def _matches(folded: str, pattern: str) -> bool:
    # brackets are no wildcards in PmWiki
    return fnmatchcase(folded, pattern.casefold().replace("[", "[[]"))
