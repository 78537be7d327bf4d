"""PmWiki's files of pages, and its links as trope markup means them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote_to_bytes

from ..markup.escapes import Escapes
from ..markup.scanner import scanner

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..markup import MarkupSettings

__all__ = ["PmWikiPage", "is_pmwiki", "not_understood", "read_pmwiki", "rewritten"]

_HEAD = re.compile(rb"\A(?:[a-z]+=[^\n]*\n){0,8}?version=pmwiki-")
_NEWLINE_OF_0 = b"\xb2"
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:\S")
_BRACKETS = re.compile(r"\[\[(?P<inside>[^\[\]]*)\]\](?P<suffix>.*)", re.DOTALL)
_WORDS = re.compile(r"\s")
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
        charset if _is_charset(charset) else "",
        tuple(sorted(key.decode("ascii", "replace") for key in values if key[:6] == b"passwd")),
    )


def _is_charset(name: str) -> bool:
    try:
        b"x".decode(name)
    except (LookupError, ValueError):
        return False
    return bool(name)


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
    for start, end, name, _is_mark in scanner(wikiwords=settings.wikiwords).tokens(source):
        typed = source[start:end]
        link = _link(typed, name, namespace, settings, is_written)
        if link != typed:
            pieces += source[position:start], link
            position = end
            changed = f"{escapes.plain(typed)} is now {escapes.plain(link)}"
            remarks.append((lines.at(start), changed))
    return escapes.restore("".join([*pieces, source[position:]])), remarks


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


def _link(
    typed: str,
    construct: str,
    namespace: str,
    settings: MarkupSettings,
    is_written: Callable[[str], bool],
) -> str:
    """The link *typed*, as it is to be written here."""
    if construct == "wikiword":
        return _in_group(typed, namespace, settings, is_written)
    match = _BRACKETS.fullmatch(typed)
    if match is None or construct not in ("link", "piped", "arrow"):
        return typed
    inside, suffix = match["inside"], match["suffix"]
    if construct == "arrow":
        label, _, target = inside.rpartition("->")
        there = _in_group(target.strip(), namespace, settings, is_written)
        return typed if there == target.strip() else f"[[{label}-> {there}]]{suffix}"
    if construct == "piped":
        target, _, label = inside.partition("|")
        there = _in_group(target.strip(), namespace, settings, is_written)
        return typed if there == target.strip() else f"[[{there} |{label}]]{suffix}"
    target = inside.strip()
    if target.startswith(("#", "~", "!")) or _URI.match(target):
        return typed
    there = _in_group(target, namespace, settings, is_written)
    if not _WORDS.search(target):
        return typed if there == target else f"[[{there}]]{suffix}"
    page, sign, section = there.partition("#")
    braced = _in_braces(page, settings)
    if sign:
        return f"[[{braced}#{''.join(section.split())}]]{suffix}"
    return f"{braced}{suffix}"


def _in_braces(target: str, settings: MarkupSettings) -> str:
    """``Film/A few words`` -> ``Film/{{A few words}}``."""
    for separator in "/.":
        before, found, after = target.partition(separator)
        if found and after.strip() and (namespace := settings.namespaces.find(before)):
            return f"{namespace}/{{{{{' '.join(after.split())}}}}}"
    return f"{{{{{' '.join(target.split())}}}}}"


def _in_group(
    target: str, namespace: str, settings: MarkupSettings, is_written: Callable[[str], bool]
) -> str:
    """*target* with the group of the page that names it, if it says none and is not in Main."""
    if namespace == "Main" or target.startswith("#") or _URI.match(target):
        return target
    page = target.partition("#")[0]
    names = settings.namespaces
    if any(
        found and names.find(before)
        for before, found, _ in (page.partition("/"), page.partition("."))
    ):
        return target
    here, in_main = names.page_name(page, namespace), names.page_name(page)
    if here is None or (not is_written(str(here)) and is_written(str(in_main))):
        return target
    return f"{namespace}/{target}"
