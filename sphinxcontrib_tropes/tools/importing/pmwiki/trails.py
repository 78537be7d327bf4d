"""Trails, ``<<|Index|>>``: the page becomes a member of the index."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .drafts import Change
from .variables import filled
from .wiki_facts import WikiFacts, WikiPage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .drafts import Draft

__all__ = ["follow_trails", "mark_members", "trails_in"]

_TRAIL = re.compile(
    r"(?:<<?\||\^\|)(?P<page>\[\[[^\[\]\n]{1,200}\]\]|[^|\n\[\]<>^]{1,200})\|(?:>>?|\^)"
    r"(?P<line_end>[ \t]*\n)?"
)
_NOT_OF_ITS_NAME = re.compile(r"\([^()]{0,200}\)|#.*|%[^%\n]{1,100}%|\{\{|\}\}")
_ITEMS = re.compile(r"^[*#][^\n]*\n(?:[*#: \t][^\n]*\n)*", re.MULTILINE)


def trails_in(text: str, page: WikiPage) -> set[str]:
    """The keys of the pages that *text*, in *page*, names as trails."""
    nothing = WikiFacts()
    return {
        WikiPage(*_full_name(_target(filled(match["page"], page, nothing)), page.group)).key
        for match in _TRAIL.finditer(text)
    }


def follow_trails(draft: Draft, page: WikiPage, facts: WikiFacts) -> list[str]:
    """Takes out the trails of *page*.

    :returns: what makes the page a member of each of their indexes.
    """
    if "|>" not in draft.text and "|^" not in draft.text:
        return []
    members: list[str] = []
    draft.change(_changes(draft.text, page, facts, members))
    return members


def _changes(text: str, page: WikiPage, facts: WikiFacts, members: list[str]) -> Iterator[Change]:
    for match in _TRAIL.finditer(text):
        typed = match[0].rstrip()
        target = _target(filled(match["page"], page, facts))
        start = match.start()
        end = match.end() - len(match["line_end"] or "")
        if match["line_end"] and (start == 0 or text[start - 1] == "\n"):
            end = match.end()
        known = facts.page(target, page.group)
        group, name = (known.group, known.name) if known else _full_name(target, page.group)
        if not any(map(str.isalnum, name)) or "$" in name:
            yield Change(start, end, "", f"{typed} names no page; left out")
            continue
        member = f"[[!{group}/{name}]]"
        is_index = WikiPage(group, name).key == page.key
        if member not in members and not is_index:
            members.append(member)
        yield Change(start, end, "", f"{typed} makes the page a member of {group}/{name}")


def _target(between_bars: str) -> str:
    """The page that a trail names, from the text between its bars."""
    target = between_bars.removeprefix("[[").removesuffix("]]")
    _label, arrow, after = target.rpartition("->")
    target = after if arrow else target.partition("|")[0]
    return _NOT_OF_ITS_NAME.sub("", target).strip()


def _full_name(target: str, group: str) -> tuple[str, str]:
    """Group and name of *target*, in a page of *group*."""
    for separator in "/.":
        before, found, after = target.partition(separator)
        if found and after.strip():
            return before.strip(), after.strip()
    return group, target


def mark_members(draft: Draft, page: WikiPage, facts: WikiFacts) -> None:
    """Makes the lists of a page that others name as their trail an index, in their order."""
    if page.key in facts.trails and "[[index]]" not in draft.text:
        draft.change(
            Change(
                *match.span(),
                f"[[index]]\n{match[0]}[[/index]]\n",
                "its list is an index: other pages name it as their trail",
            )
            for match in _ITEMS.finditer(f"{draft.text}\n")
            if "[[" in match[0]
        )
