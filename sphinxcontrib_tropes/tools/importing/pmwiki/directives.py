"""``(:name ...:)``: what PmWiki computes, or shows only where there is a server."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from ....names import slug
from .bookkeeping import is_bookkeeping
from .drafts import Change
from .page_lists import page_list
from .variables import filled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .drafts import Draft
    from .wiki_facts import WikiFacts, WikiPage

__all__ = ["carry_out"]

_LONGEST = 4000
_LONGEST_UNKNOWN = 500
_NEAR = 400  # characters of its line that are looked at: in a line of a thousand directives, all others stand there
_OPENS = re.compile(r"\(:(?P<star>[*#]?)(?P<name>[A-Za-z][\w\-]{0,60})(?=[ \t\n:])")
_NUMBER = re.compile(r"[0-9]*(end)?[0-9]*\Z")
_OPTION = re.compile(r"(?<!\S)-?[\w$:\-]+=(?:\"[^\"]*\"|'[^']*'|\S*)|(?<!\S)[#$]\S+")
_CATEGORIES = re.compile(r"\[\[!([^\[\]|\n]{1,200})\]\]")
_QUOTED = re.compile(r"\"([^\"]*)\"|'([^']*)'")

# The markup here reads these itself, or knows that they mean nothing.
_READ = frozenset(
    """alias aliases cell cellnr comment description div head headnr keywords laconic linkwikiwords
    namespace nogroupfooter nogroupheader nolinkwikiwords notitle notoc redirect relation source
    summary table title toc if else elseif""".split()  # noqa: SIM905 - a table, read by people
)
_PROPERTIES = ("title", "summary", "description", "keywords")
_DIRECTIVE = re.compile(r"\(:(?:(?!:\)).){1,400}:\)")
_A_FORM, _BY_THE_SERVER = "a form needs a server", "made by the server"
_AROUND, _REGION = "about the page around the text", "a mark of a region"
_NOT_HERE = {
    _A_FORM: """input searchbox pmform loginform newuser newpagebox newpageboxplus commentbox
    commentboxchrono""",
    _BY_THE_SERVER: "attachlist messages template",
    _AROUND: """noaction noheader nofooter noleft noright nosidebar spacewikiwords nospacewikiwords
    robots encrypt""",
    _REGION: "section article header footer aside address nav",
}
_MEANINGLESS = {name: reason for reason, names in _NOT_HERE.items() for name in names.split()}
_TOLD_ONCE = tuple(_NOT_HERE)


def carry_out(draft: Draft, page: WikiPage, facts: WikiFacts) -> list[str]:
    """Replaces the directives of *page* by what they stand for, and leaves out the others.

    :returns: links to the categories that only a directive named.
    """
    if "(:" not in draft.text:
        return []
    step = _Directives(draft.text, page, facts)
    draft.change(_with_counts(list(step.changes())))
    if step.lines:
        draft.append("\n".join(step.lines))
    return step.categories


class _Directives:
    """The directives of one page."""

    def __init__(self, text: str, page: WikiPage, facts: WikiFacts) -> None:
        self._text = text
        self._page = page
        self._facts = facts
        self.categories: list[str] = []
        """The links to categories in hidden text."""
        self.lines: list[str] = []
        """The properties that stood inside a line."""

    def changes(self) -> Iterator[Change]:
        text = self._text
        position = end = 0
        while match := _OPENS.search(text, position):
            if end < match.end():
                end = text.find(":)", match.end())
                if end < 0:
                    return
            position = match.end()
            if end - match.start() > _LONGEST:
                continue
            rest = text[match.end() : end]
            change = self._change(match, rest, end + 2)
            if change is not None:
                yield change
                position = change.end

    def _change(self, match: re.Match[str], rest: str, end: int) -> Change | None:
        name, start = match["name"].lower(), match.start()
        typed = " ".join(self._text[start:end].split())
        base = _NUMBER.sub("", name) or name
        if name == "comment":
            return self._comment(start, end, rest)
        if "\n\n" in rest or "\n(:" in rest:
            return None  # it was not closed
        if name in _PROPERTIES and self._is_inside_a_line(start):
            self.lines.append(" ".join(self._text[start:end].split()))
            return Change(start, end, "", f"{typed} is on a line of its own now")
        if base in _READ or name in _READ:
            on_a_line = f"(:{match['name']}{' '.join(rest.split(chr(10)))}:)"
            return Change(start, end, on_a_line) if match["star"] or "\n" in rest else None
        if reader := _READERS.get(name):
            new, sentence = reader(self, typed, filled(rest, self._page, self._facts))
            if new.startswith("(:include ") and self._is_inside_a_line(start):
                new = f"[[{new.removeprefix('(:include ').removesuffix(':)')}]]"
                sentence = f"{typed} embeds a page inside a line; a link to it: {new}"
            return self._in_its_place(start, end, new, sentence)
        if reason := _MEANINGLESS.get(name) or _MEANINGLESS.get(base):
            return self._in_its_place(start, end, "", f"(:{name}:) is left out: {reason}")
        if len(rest) > _LONGEST_UNKNOWN:
            return None  # a smiley, and prose
        if rest.startswith(":") and rest != ":":
            return self._hidden(start, end, match["name"], rest[1:])
        words = " ".join(_OPTION.sub(" ", _without_quotes(rest)).strip(" :").split())
        if not words:
            return self._in_its_place(start, end, "", f"{typed} is not known here; left out")
        return Change(start, end, words, f"{typed} is not known here; its words are kept")

    def _in_its_place(self, start: int, end: int, new: str, sentence: str) -> Change:
        """The change of a directive: nothing takes its line along, and a list has its own lines."""
        text = self._text
        near = max(0, start - _NEAR)
        line_start = text.rfind("\n", near, start) + 1 or near
        line_end = text.find("\n", end, end + _NEAR)
        line_end = min(end + _NEAR, len(text)) if line_end < 0 else line_end
        before, after = text[line_start:start].strip(), text[end:line_end].strip()
        if not new and not before and not after:
            return Change(line_start, min(line_end + 1, len(text)), "", sentence)
        if "\n" in new or new.startswith(("* ", "[[folder", "(:include")):
            new = f"{chr(10) if before else ''}{new}{chr(10) if after else ''}"
        return Change(start, end, new, sentence)

    def _is_inside_a_line(self, start: int) -> bool:
        """Whether text precedes a directive on its line."""
        near = max(0, start - _NEAR)
        before = self._text[self._text.rfind("\n", near, start) + 1 or near : start]
        return bool(_DIRECTIVE.sub("", before).strip())

    def _comment(self, start: int, end: int, rest: str) -> Change | None:
        words = " ".join(rest.split())
        if self._is_inside_a_line(start):
            return Change(start, end, "", f"(:comment {words}:) stood inside a line; left out")
        return Change(start, end, f"(:comment {words}:)") if "\n" in rest else None

    def _hidden(self, start: int, end: int, name: str, value: str) -> Change:
        """``(:Colour: red:)``, which PmWiki keeps without showing it: stays as a comment."""
        for found in _CATEGORIES.findall(value):
            known = "/" in found or "." in found
            self.categories.append(f"[[!{found}]]" if known else f"[[!Category/{found}]]")
        line = " ".join(value.split())
        if not line:
            return self._in_its_place(start, end, "", f"(:{name}::) has no value; left out")
        if self._is_inside_a_line(start):
            return Change(start, end, "", f"(:{name}: {line}:) stood inside a line; left out")
        sentence = f"(:{name}: {line}:) is not shown, and kept as a comment"
        return Change(start, end, f"(:comment {name}: {line}:)", sentence)

    def page_list(self, typed: str, arguments: str) -> tuple[str, str]:
        """A list of pages, and a sentence about it."""
        return page_list(typed, arguments, self._page, self._facts)

    def include(self, typed: str, arguments: str) -> tuple[str, str]:
        """The directive for the page that is embedded, and a sentence about it."""
        words = _OPTION.sub(" ", arguments).split()
        targets = [word.partition("#")[0] for word in words]
        found = [self._facts.page(target, self._page.group) for target in targets if target]
        is_own = any(known and known.key == self._page.key for known in found)
        if not any(targets) or (is_own and "#" not in arguments):
            return "", f"{typed} repeats its own page; left out"
        known = next(filter(None, found), None)
        sections = next((word.split("#")[1:2] for word in words if "#" in word), [])
        target = known.full_name.replace(".", "/", 1) if known else targets[0]
        if not known and (is_bookkeeping(target) or "$" in target):
            return "", f"{typed} embeds a page that is not here; left out"
        if len(words) > 1 or _OPTION.search(arguments) or arguments.count("#") > 1:
            sentence = f"{typed} embeds a page, without PmWiki's options"
        else:
            sentence = f"{typed} still embeds a page"
        section = "".join(f"#{slug(name)}" for name in sections if slug(name))
        return f"(:include {target}{section}:)", sentence

    @staticmethod
    def footnote(_typed: str, words: str) -> tuple[str, str]:
        """A note, by a well-known recipe."""
        return f"[[note]]{words.strip()}[[/note]]", f"(:footnote {words.strip()}:) is a note"

    @staticmethod
    def details(typed: str, options: str) -> tuple[str, str]:
        """A folder, and a sentence about it."""
        summary = re.search(r"summary=(?:\"([^\"\]]*)\"|'([^'\]]*)'|([^\s\]]+))", options)
        title = next(filter(None, summary.groups()), "") if summary else ""
        return f"[[folder:{title or '...'}]]\n", f"{typed} is a folder"

    @staticmethod
    def details_end(typed: str, _options: str) -> tuple[str, str]:
        """The end of a folder."""
        return "\n[[/folder]]", f"{typed} is a folder"


_READERS: dict[str, Callable[[_Directives, str, str], tuple[str, str]]] = {
    "pagelist": _Directives.page_list,
    "searchresults": _Directives.page_list,
    "include": _Directives.include,
    "footnote": lambda _step, typed, words: _Directives.footnote(typed, words),
    "details": lambda _step, typed, words: _Directives.details(typed, words),
    "detailsend": lambda _step, typed, words: _Directives.details_end(typed, words),
}


def _without_quotes(rest: str) -> str:
    """*rest* with the contents of the quotations that are no values of options."""
    return _QUOTED.sub(lambda match: f" {match[1] or match[2] or ''} ", _OPTION.sub(" ", rest))


def _with_counts(changes: list[Change]) -> Iterator[Change]:
    """*changes* with one remark for each kind that needs no more: the first, with a count."""
    counts = Counter(change.remark for change in changes)
    told: set[str] = set()
    for change in changes:
        remark = change.remark
        if remark.endswith(_TOLD_ONCE):
            times = f" ({counts[remark]} times)" if counts[remark] > 1 else ""
            yield change._replace(remark="" if remark in told else f"{remark}{times}")
            told.add(remark)
        else:
            yield change
