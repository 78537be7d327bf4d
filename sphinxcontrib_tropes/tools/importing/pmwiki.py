"""PmWiki: reads its page files, and rewrites its links as trope markup."""

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
_OLD_NEWLINE = b"\xb2"
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:\S")
_BRACKETS = re.compile(r"\[\[(?P<inside>[^\[\]]*)\]\](?P<suffix>.*)", re.DOTALL)
_WORDS = re.compile(r"\s")
# Not text, though it may seem to contain links: directives, variables, translations, styles, files.
# Each is limited in length: a text of nothing but openings takes linear time.
_NOT_TEXT = re.compile(
    r"\(:[A-Za-z](?:(?!:\)).){0,2000}:\)"
    r"|\{[^{}\n]{0,200}\$:?[A-Za-z][^{}\n]{0,100}\}"
    r"|\$\[[^\]\n]{1,200}\]"
    r"|\$:?[A-Za-z]\w*"
    r"|%[A-Za-z][\w =#.,:;\-]{0,200}%"
    r"|\bAttach:\S+",
    re.DOTALL,
)
_REDIRECT = re.compile(r"\(:redirect[ \t]+(?P<arguments>[^\n]{1,2000}?):\)[ \t]*$", re.MULTILINE)
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
# Functions of PmWiki that do not exist here.
_NOT_UNDERSTOOD = re.compile(
    r"\(:(?:if|else|elseif|ifend|include|pagelist|searchbox|searchresults|input|attachlist|"
    r"markup|template|messages|redirect_to|cell|cellnr|table|tableend|div|divend)\b[^\n]*?:\)"
    r"|\{[^{}\n]*\$:?[A-Za-z]+\}"
    r"|\bAttach:\S+"
    r"|\$\[[^\]\n]+\]"
    r"|\[\[~[^\]\n]+\]\]"
    r"|~~~~?"
)


class PmWikiPage(NamedTuple):
    """The last revision of a page, from a file of PmWiki."""

    name: str
    """``Group.Page``; empty if the file does not state it."""
    text: bytes
    charset: str
    """The encoding that the file claims; empty if it does not."""
    protected: tuple[str, ...]
    """The attributes that restricted reading or editing."""


def is_pmwiki(head: bytes) -> bool:
    """Whether a file that begins with *head* is a page file of PmWiki."""
    return _HEAD.match(head) is not None


def read_pmwiki(data: bytes) -> PmWikiPage:
    """The page in a file of PmWiki.

    The file consists of lines ``key=value``. Line ends in a value are percent-encoded or, in the
    oldest versions, another character.
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
            newline = _OLD_NEWLINE if b"pmwiki-0." in value else newline
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
    """Whether ``Group.Name`` is a page for PmWiki's own use: recent changes, sidebars, settings."""
    return _BOOKKEEPING.match(name) is not None


def linked_groups(text: str) -> set[str]:
    """The groups that *text* links to."""
    return {match["group"] or _GROUP_OF_SIGN[match["sign"]] for match in _GROUP.finditer(text)}


def rewritten(
    text: str,
    namespace: str,
    settings: MarkupSettings,
    is_written: Callable[[str], bool],
) -> tuple[str, list[tuple[int, str]]]:
    """*text* with its links in trope markup; and the line and sentence of each change.

    ``[[A few words]]`` is one page in PmWiki, and gets braces. A name without a group means a page
    of the same group, and gets that group unless it is Main.

    :param namespace: namespace of the page.
    :param is_written: whether a page with a canonical name exists.
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
    links = _Links(namespace, settings, is_written)
    for start, end, changed, remark in _changes(source, links, wikiwords=wikiwords):
        if start < position:
            continue
        typed = source[start:end]
        pieces += source[position:start], changed
        position = end
        sentence = remark or f"{escapes.plain(typed)} is now {escapes.plain(changed)}"
        remarks.append((lines.at(start), sentence))
    return escapes.restore("".join([*pieces, source[position:]])), remarks


def _changes(source: str, links: _Links, *, wikiwords: bool) -> Iterator[tuple[int, int, str, str]]:
    """Start, end and new text of each change in order, with a sentence if that says more."""
    not_text = [match.span() for match in _NOT_TEXT.finditer(source)]
    redirects = {match.start(): match for match in _REDIRECT.finditer(source)}
    tokens = DIALECT.scanner(wikiwords=wikiwords).tokens(source)
    found = [token for token in tokens if not token[2].startswith("_")]
    at = 0
    waiting = sorted(
        [*((start, end, "") for start, end in not_text), *(token[:3] for token in found)]
    )
    for start, end, construct in waiting:
        typed = source[start:end]
        if not construct:
            at = max(at, end)
            if redirect := redirects.get(start):
                changed, remark = _redirect(redirect, links)
                if changed != redirect[0]:
                    yield start, redirect.end(), changed, remark
        elif start >= at:
            link = _link(typed, construct, links)
            if link != typed:
                yield start, end, link, ""


def _redirect(match: re.Match[str], links: _Links) -> tuple[str, str]:
    """A redirect in trope markup, and a remark on it."""
    options: dict[str, str] = {}
    for argument in _ARGUMENT.finditer(match["arguments"]):
        value = argument["double"] or argument["single"] or argument["bare"] or ""
        is_address = argument["key"] and value.startswith("//")
        key = "to" if is_address else (argument["key"] or "to")
        options.setdefault(key, f"{argument['key']}:{value}" if is_address else value)
    target = options.pop("to", "")
    if not target or "$" in target:
        return match[0], ""
    if _URI.match(target):
        shown = f"\u2192 {target}"
        return shown, f"{match[0]} is now {shown}: a redirect must point to a page"
    changed = f"(:redirect {links.spelling(target)}:)"
    if not options:
        return changed, ""
    left_out = ", ".join(sorted(options))
    return changed, f"{match[0]} is now {changed}; left out: {left_out}"


def not_understood(text: str) -> list[tuple[int, str]]:
    """The functions of PmWiki in *text* that do not exist here: line and sentence of each."""
    escapes = Escapes(text)
    lines = _Lines(escapes, escapes.text)
    return [
        (
            lines.at(match.start()),
            f"{escapes.plain(match[0])} is PmWiki's own, and not understood",
        )
        for match in _NOT_UNDERSTOOD.finditer(escapes.text)
    ]


class _Lines:
    """Line numbers of ascending positions; counts each part of the text only once."""

    def __init__(self, escapes: Escapes, source: str) -> None:
        self._escapes = escapes
        self._source = source
        self._counted = 0
        self._line = 1

    def at(self, position: int) -> int:
        """The line of *position*, which must not be before that of the last call."""
        part = self._source[self._counted : position]
        self._line += part.count("\n") + self._escapes.lines_in(part)
        self._counted = position
        return self._line


class _Links:
    """The targets of the links of a page.

    :param namespace: namespace of the page.
    :param is_written: whether a page with a canonical name exists.
    """

    def __init__(
        self, namespace: str, settings: MarkupSettings, is_written: Callable[[str], bool]
    ) -> None:
        self._namespace = namespace
        self._names = settings.namespaces
        self._is_written = is_written

    def spelling(self, target: str) -> str:
        """*target* in trope markup: with the group of the page, if it has none and that group is
        not Main; without tooltip and query.
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
        """The first of *pages* in *group* that exists."""
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


def _link(typed: str, construct: str, links: _Links) -> str:
    """The link *typed*, in trope markup."""
    if construct in ("wikiword", "wikiword_qualified"):
        return links.spelling(typed)
    if construct == "piped_labelled":
        target, _, label = typed[2:].partition("|")
        return f"[[{links.spelling(target.strip())} |{label}" if "$" not in target else typed
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
        spelled = links.spelling(full)
        return typed if spelled == full or "$" in full else f"[[{spelled} | {shown}]]{suffix}"
    if construct == "arrow":
        label, _, target = inside.rpartition("->")
        return _labelled(typed, target.strip(), f"{label}-> {{}}", label, suffix, links)
    if construct == "piped":
        target, _, label = inside.partition("|")
        return _labelled(typed, target.strip(), f"{{}} |{label}", label, suffix, links)
    if construct == "link":
        return _bare(typed, inside.strip(), suffix, links)
    return typed


def _labelled(typed: str, target: str, form: str, label: str, suffix: str, links: _Links) -> str:
    if "$" in target:
        return f"{label.strip()}{suffix}"  # its target is not known here
    spelled = links.spelling(target)
    if label.strip() == "+":
        return _bare(f"[[{target}]]{suffix}", target, suffix, links)
    return typed if spelled == target else f"[[{form.replace('{}', spelled, 1)}]]{suffix}"


def _bare(typed: str, target: str, suffix: str, links: _Links) -> str:
    if target.startswith(("#", "!")) or _URI.match(target):
        return typed
    if "$" in target:
        return f"{target}{suffix}"
    spelled = links.spelling(target)
    page, sign, section = spelled.partition("#")
    if not _WORDS.search(page):
        return typed if spelled == target else f"[[{spelled}]]{suffix}"
    braced = links.braced(page)
    if sign:
        return f"[[{braced}#{''.join(section.split())}]]{suffix}"
    return f"{braced}{suffix}"
