"""InterMap: prefixes such as ``Wikipedia:`` that stand for the addresses of other wikis."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["STANDARD", "intermap_address", "prefixes_in"]

STANDARD: Mapping[str, str] = {
    "PmWiki": "https://www.pmwiki.org/wiki/PmWiki/",
    "Cookbook": "https://www.pmwiki.org/wiki/Cookbook/",
    "PITS": "https://www.pmwiki.org/wiki/PITS/",
    "PmL10n": "https://www.pmwiki.org/wiki/Localization/",
    "Skins": "https://www.pmwiki.org/wiki/Skins/",
    "Wiki": "http://www.c2.com/cgi/wiki?",
    "UseMod": "http://www.usemod.com/cgi-bin/wiki.pl?",
    "Meatball": "http://www.usemod.com/cgi-bin/mb.pl?",
    "Wikipedia": "https://en.wikipedia.org/wiki/",
}
"""The prefixes that each PmWiki knows, with today's addresses."""

_MOST_PREFIXES = 1000
_ENTRY = re.compile(
    r"^[ \t]*(?P<prefix>[A-Za-z][\w\-]{0,60}):?[ \t]+(?P<address>(?:https?|ftp)://[^\s<>\"\[\]{}|]{1,500})[ \t]*\r?$",
    re.MULTILINE,
)
# PmWiki leaves these out of an address.
_REST = re.compile(r"[^\s<>\"{}|\\^`()\[\]']{1,500}")
_AT_ITS_END = ".,?!"
_SAFE = "/#?&=%:;@+$,!~*-._"


def prefixes_in(text: str) -> dict[str, str]:
    """The prefixes and addresses in *text*, the content of a file or page with an InterMap.

    Entries with variables of PmWiki have no address here, and are left out.
    """
    found: dict[str, str] = {}
    for match in _ENTRY.finditer(text):
        if len(found) >= _MOST_PREFIXES:
            break
        if "$" not in match["address"].replace("$1", ""):
            found[match["prefix"]] = match["address"]
    return found


def intermap_address(target: str, intermap: Mapping[str, str]) -> str:
    """The address of *target*, ``Wikipedia:Stonehenge``; empty if its prefix is not known."""
    prefix, found, rest = target.partition(":")
    address = intermap.get(prefix) if found else None
    if address is None or not rest or rest[0].isspace():
        return ""
    page = "" if rest == "." else quote(rest.strip(), safe=_SAFE)
    return address.replace("$1", page) if "$1" in address else f"{address}{page}"


def bare_end(text: str, start: int) -> int:
    """Where the text of an InterMap link that has no brackets ends: its page begins at *start*."""
    match = _REST.match(text, start)
    return start + len(match[0].rstrip(_AT_ITS_END)) if match else start
