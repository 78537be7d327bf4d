"""PmWiki's files of pages, and its links as trope markup means them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote_to_bytes

from ...markup.dialect import DIALECT
from ...markup.escapes import Escapes
from ...names import MAIN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ...markup import MarkupSettings

__all__ = [
    "PmWikiPage",
    "is_bookkeeping",
    "is_pmwiki",
    "linked_groups",
    "not_understood",
    "read_pmwiki",
    "rewritten",
]

_HEAD = re.compile(rb"\A(?:[a-z]+=[^\n]*\n){0,8}?version=pmwiki-")
_NEWLINE_OF_0 = b"\xb2"
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:\S")
_BRACKETS = re.compile(r"\[\[(?P<inside>[^\[\]]*)\]\](?P<suffix>.*)", re.DOTALL)
_WORDS = re.compile(r"\s")
# What is no text, though a link may seem to stand in it: directives, variables, translations,
# styles, files. Each bounded: a text of nothing but openings takes no longer.
_ASIDE = re.compile(
    r"\(:[A-Za-z](?:(?!:\)).){0,2000}:\)"
    r"|\{[^{}\n]{0,200}\$:?[A-Za-z][^{}\n]{0,100}\}"
    r"|\$\[[^\]\n]{1,200}\]"
    r"|\$:?[A-Za-z]\w*"
    r"|%[A-Za-z][\w =#.,:;\-]{0,200}%"
    r"|\bAttach:\S+",
    re.DOTALL,
)
_REDIRECT = re.compile(r"\(:redirect[ \t]+(?P<told>[^\n]{1,2000}?):\)[ \t]*$", re.MULTILINE)
_ARGUMENT = re.compile(
    r"""(?:(?P<key>\w+)[=:])?(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>\S+))"""
)
_TOOLTIP = re.compile(r"\s*\"[^\"]*\"\s*\Z")
_QUERY = re.compile(r"\?[^#]*")
_SWITCH = re.compile(r"\(:(?P<no>no)?linkwikiwords:\)", re.IGNORECASE)
_GROUP = re.compile(
    r"\[\[(?:[^\[\]|]{0,200}?->)?\s*(?:(?P<sign>[~!])|(?P<group>[A-Z][\w-]*)[./](?=\w))"
)
_GROUP_OF_SIGN = {"~": "Profiles", "!": "Category"}
_HOME_PAGE = "HomePage"
_BOOKKEEPING = re.compile(
    r"(?:Site|SiteAdmin)[./].*|(?:.*[./])?(?:All)?Recent(?:Changes|Uploads|Pages)\Z"
    r"|(?:.*[./])?(?:Group(?:Header|Footer|Attributes|PageHeader|PageFooter)|Side ?Bar|(?:Page)?NotFound"
    r"|Edit ?QuickReference|Search|SearchWiki|Templates)\Z"
)
# What PmWiki does more than showing text; a page that has it does less here.
_NOT_READ = re.compile(
    r"\(:(?:if|else|elseif|ifend|include|pagelist|searchbox|searchresults|input|attachlist|"
    r"markup|template|messages|redirect_to|cell|cellnr|table|tableend|div|divend)\b[^\n]*?:\)"
    r"|\{[^{}\n]*\$:?[A-Za-z]+\}"
    r"|\bAttach:\S+"
    r"|\$\[[^\]\n]+\]"
    r"|\[\[~[^\]\n]+\]\]"
    r"|~~~~?"
)


class PmWikiPage(NamedTuple):
    """What a file of PmWiki holds: the last revision of a page."""

    name: str
    """``Group.Page``, or empty if the file does not say it."""
    text: bytes
    charset: str
    """What the text claims to be encoded as; empty if the file does not say it."""
    protected: tuple[str, ...]
    """The attributes that kept readers or writers away."""


def is_pmwiki(head: bytes) -> bool:
    """Whether a file that begins with *head* is one of PmWiki's."""
    return _HEAD.match(head) is not None


def read_pmwiki(data: bytes) -> PmWikiPage:
    """The page that the file *data* holds.

    A file is lines ``key=value``; a value has its line ends, and all that would look like one,
    percent-encoded or, in the oldest, written as another character.
    """
    values: dict[bytes, bytes] = {}
    newline, is_encoded = b"", False
    for raw in data.split(b"\n"):
        line = unquote_to_bytes(raw.rstrip(b"\r")) if is_encoded else raw.rstrip(b"\r")
        key, found, value = line.partition(b"=")
        if not found:
            continue
        if key == b"version":
            is_encoded = b"urlencoded=1" in value
            newline = _NEWLINE_OF_0 if b"pmwiki-0." in value else newline
        elif key == b"newline":
            newline = value
            continue
        if newline:
            value = value.replace(newline, b"\n")
        values[key] = value
    charset = values.get(b"charset", b"").decode("ascii", "replace")
    return PmWikiPage(
        values.get(b"name", b"").decode("utf-8", "replace"),
        values.get(b"text", b""),
        charset,
        tuple(sorted(key.decode("ascii", "replace") for key in values if key[:6] == b"passwd")),
    )


def is_bookkeeping(name: str) -> bool:
    """Whether a page ``Group.Name`` is for PmWiki's own use: changes, sidebars, settings."""
    return _BOOKKEEPING.match(name) is not None


def linked_groups(text: str) -> set[str]:
    """The groups that links in *text* name."""
    return {match["group"] or _GROUP_OF_SIGN[match["sign"]] for match in _GROUP.finditer(text)}


def rewritten(
    text: str,
    namespace: str,
    settings: MarkupSettings,
    is_written: Callable[[str], bool],
) -> tuple[str, list[tuple[int, str]]]:
    """*text* with links as trope markup means them; and line and sentence of each change.

    ``[[A few words]]`` is one page in PmWiki and gets braces; a name alone means a page of the
    same group there, and gets the group in front where that is not Main.

    :param namespace: of the page.
    :param is_written: whether there is a page of a canonical name.
    """
    escapes = Escapes(text)
    source = escapes.text
    pieces: list[str] = []
    remarks: list[tuple[int, str]] = []
    position = 0
    lines = _Lines(escapes, source)
    wikiwords = settings.wikiwords
    if switches := [match["no"] is None for match in _SWITCH.finditer(source)]:
        wikiwords = any(switches)
    there = _There(namespace, settings, is_written)
    for start, end, changed, remark in _changes(source, there, wikiwords=wikiwords):
        if start < position:
            continue
        typed = source[start:end]
        pieces += source[position:start], changed
        position = end
        told = remark or f"{escapes.plain(typed)} is now {escapes.plain(changed)}"
        remarks.append((lines.at(start), told))
    return escapes.restore("".join([*pieces, source[position:]])), remarks


def _changes(source: str, there: _There, *, wikiwords: bool) -> Iterator[tuple[int, int, str, str]]:
    """Start, end and what is written instead, with a sentence if that says more, in their order."""
    aside = [match.span() for match in _ASIDE.finditer(source)]
    redirects = {match.start(): match for match in _REDIRECT.finditer(source)}
    tokens = DIALECT.scanner(wikiwords=wikiwords).tokens(source)
    found = [token for token in tokens if not token[2].startswith("_")]
    at = 0
    waiting = sorted([*((start, end, "") for start, end in aside), *(token[:3] for token in found)])
    for start, end, construct in waiting:
        typed = source[start:end]
        if not construct:
            at = max(at, end)
            if redirect := redirects.get(start):
                changed, remark = _redirect(redirect, there)
                if changed != redirect[0]:
                    yield start, redirect.end(), changed, remark
        elif start >= at:
            link = _link(typed, construct, there)
            if link != typed:
                yield start, end, link, ""


def _redirect(match: re.Match[str], there: _There) -> tuple[str, str]:
    """A redirect as it is written here, and what is to be said of it."""
    options: dict[str, str] = {}
    for argument in _ARGUMENT.finditer(match["told"]):
        value = argument["double"] or argument["single"] or argument["bare"] or ""
        is_address = argument["key"] and value.startswith("//")
        key = "to" if is_address else (argument["key"] or "to")
        options.setdefault(key, f"{argument['key']}:{value}" if is_address else value)
    target = options.pop("to", "")
    if not target or "$" in target:
        return match[0], ""
    if _URI.match(target):
        shown = f"\u2192 {target}"
        return shown, f"{match[0]} is now {shown}: only a page can be redirected to"
    changed = f"(:redirect {there.spelling(target)}:)"
    if not options:
        return changed, ""
    left_out = ", ".join(sorted(options))
    return changed, f"{match[0]} is now {changed}; left out: {left_out}"


def not_understood(text: str) -> list[tuple[int, str]]:
    """What PmWiki does more than showing text and *text* asks for: line and sentence of each."""
    escapes = Escapes(text)
    lines = _Lines(escapes, escapes.text)
    return [
        (
            lines.at(match.start()),
            f"{escapes.plain(match[0])} is PmWiki's own, and not understood",
        )
        for match in _NOT_READ.finditer(escapes.text)
    ]


class _Lines:
    """Numbers of lines, for places that follow each other: each part is counted once."""

    def __init__(self, escapes: Escapes, source: str) -> None:
        self._escapes = escapes
        self._source = source
        self._counted = 0
        self._line = 1

    def at(self, position: int) -> int:
        """The line of *position*, which is not before the last one asked for."""
        part = self._source[self._counted : position]
        self._line += part.count("\n") + self._escapes.lines_in(part)
        self._counted = position
        return self._line


class _There:
    """Where the links of a page lead.

    :param namespace: of the page.
    :param is_written: whether there is a page of a canonical name.
    """

    def __init__(
        self, namespace: str, settings: MarkupSettings, is_written: Callable[[str], bool]
    ) -> None:
        self._namespace = namespace
        self._names = settings.namespaces
        self._is_written = is_written

    def spelling(self, target: str) -> str:
        """*target* as it is to be spelled here: with the group of the page if it names none and is
        not in Main; without a tooltip and what asks for more than the page.
        """
        if target.startswith("#") or _URI.match(target):
            return target
        target = _QUERY.sub("", _TOOLTIP.sub("", target), count=1).strip()
        if target.startswith("~"):
            target = f"{_GROUP_OF_SIGN['~']}/{target[1:].strip()}"
        page, sign, section = target.partition("#")
        return f"{self._page(page)}{sign}{section}"

    def _page(self, page: str) -> str:
        names = self._names
        for separator in "/.":
            before, found, after = page.partition(separator)
            if found and names.find(before):
                return page if after.strip() else self._found(before, [before, _HOME_PAGE], page)
        if (here := names.page_name(page, self._namespace)) is None:
            return page
        if not self._is_written(str(here)) and (group := names.find(page)):
            there = self._found(group, [group, _HOME_PAGE], "")
            if there:
                return there
        return page if self._namespace == MAIN else f"{self._namespace}/{page}"

    def _found(self, group: str, pages: list[str], default: str) -> str:
        """The first of *pages* in *group* that there is."""
        namespace = self._names.find(group)
        written = (f"{namespace}/{page}" for page in pages)
        return next((name for name in written if self._is_written(name)), default)

    def braced(self, target: str) -> str:
        """``Film/A few words`` -> ``Film/{{A few words}}``."""
        for separator in "/.":
            before, found, after = target.partition(separator)
            if found and after.strip() and (namespace := self._names.find(before)):
                return f"{namespace}/{{{{{' '.join(after.split())}}}}}"
        return f"{{{{{' '.join(target.split())}}}}}"


def _link(typed: str, construct: str, there: _There) -> str:
    """The link *typed*, as it is to be written here."""
    if construct in ("wikiword", "wikiword_qualified"):
        return there.spelling(typed)
    if construct == "piped_labelled":
        target, _, label = typed[2:].partition("|")
        return f"[[{there.spelling(target.strip())} |{label}" if "$" not in target else typed
    match = _BRACKETS.fullmatch(typed)
    if match is None:
        return typed
    inside, suffix = match["inside"], match["suffix"]
    if construct == "category":
        name = inside[1:].strip()
        known = any(sign in name for sign in "/.$")
        return typed if known else f"[[!{_GROUP_OF_SIGN['!']}/{name}]]{suffix}"
    if construct == "hidden_part":
        full = inside.replace("(", "", 1).replace(")", "", 1)
        shown = inside.partition(")")[2].strip()
        spelled = there.spelling(full)
        return typed if spelled == full or "$" in full else f"[[{spelled} | {shown}]]{suffix}"
    if construct == "arrow":
        label, _, target = inside.rpartition("->")
        return _labelled(typed, target.strip(), f"{label}-> {{}}", label, suffix, there)
    if construct == "piped":
        target, _, label = inside.partition("|")
        return _labelled(typed, target.strip(), f"{{}} |{label}", label, suffix, there)
    if construct == "link":
        return _bare(typed, inside.strip(), suffix, there)
    return typed


def _labelled(typed: str, target: str, form: str, label: str, suffix: str, there: _There) -> str:
    if "$" in target:
        return f"{label.strip()}{suffix}"  # nobody knows where it leads
    spelled = there.spelling(target)
    if label.strip() == "+":
        return _bare(f"[[{target}]]{suffix}", target, suffix, there)
    return typed if spelled == target else f"[[{form.replace('{}', spelled, 1)}]]{suffix}"


def _bare(typed: str, target: str, suffix: str, there: _There) -> str:
    if target.startswith(("#", "!")) or _URI.match(target):
        return typed
    if "$" in target:
        return f"{target}{suffix}"
    spelled = there.spelling(target)
    page, sign, section = spelled.partition("#")
    if not _WORDS.search(page):
        return typed if spelled == target else f"[[{spelled}]]{suffix}"
    braced = there.braced(page)
    if sign:
        return f"[[{braced}#{''.join(section.split())}]]{suffix}"
    return f"{braced}{suffix}"
