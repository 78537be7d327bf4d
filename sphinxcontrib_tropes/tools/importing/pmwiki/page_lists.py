"""``(:pagelist ...:)``: written out as a list of links, or left to the panel of backlinks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from .bookkeeping import is_bookkeeping
from .conditions import matches_names
from .variables import has_variables, is_simple
from .wiki_facts import key_of_page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .wiki_facts import WikiFacts, WikiPage

__all__ = ["page_list"]

_MOST_LINKS = 500
_ARGUMENT = re.compile(
    r"(?P<sign>-?)(?:(?P<key>\$?:?\w[\w:]*)=)?(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s\"']+))"
)
_STYLE = re.compile(r"%[^%\s][^%\n]{0,100}%|%%")
_LINK = re.compile(r"\[\[(?P<target>[^\[\]|\n]{1,200})(?:\|[^\[\]\n]{0,200})?\]\]")
_COUNT = re.compile(r"(?:1?\.\.)?(?P<last>[0-9]{1,6})\Z")
_CATEGORY = re.compile(r"(?:!|Category[./])(?P<name>[\w\-]+)\Z")
_LOOKS = frozenset(["fmt", "list", "class", "wrap", "request", "req", "cache", "passwd", "title"])
_SELECTS = frozenset(["group", "name", "order", "count", "link", "trail"])
_ORDERS = frozenset(["name", "title", "titlespaced", "group", "time", "ctime", "fullname"])


class _Query(NamedTuple):
    """What a list asks for."""

    options: dict[str, str]
    words: list[str]
    """Words that the pages must contain."""


def page_list(typed: str, arguments: str, page: WikiPage, facts: WikiFacts) -> tuple[str, str]:
    """The lines for a list of pages in *page*, and a sentence about them.

    :param typed: the directive, for the sentence.
    :param arguments: what it asks for, with its variables filled in.
    """
    query = _query(arguments)
    group, words = query.options.get("group", ""), query.words
    asked = query.options.get("link") or (words[0] if len(words) == 1 else "")
    if asked and _is_of(asked, page):
        return "", f"{typed} lists the pages that link here: its backlinks do; left out"
    category = _CATEGORY.match(asked)
    if category and "-" not in words:
        link = f"[[Category/{category['name']}]]"
        return link, f"{typed} lists the pages of a category; a link to it: {link}"
    if query.options.get("link"):
        known = facts.page(query.options["link"], page.group)
        if known is not None:
            link = _link(known)
            return link, f"{typed} lists the pages that link to another; a link to it: {link}"
    unknown = [key for key in query.options if key not in _LOOKS and key not in _SELECTS]
    if words or unknown or has_variables(arguments) or query.options.keys() & {"link", "trail"}:
        return "", f"{typed} is a search that can't be written as a list; left out"
    if not group and not query.options.get("name"):
        return "", f"{typed} lists all pages: the index does; left out"
    pages, order_is_known = _found(query.options, page, facts)
    if not pages:
        return "", f"{typed} finds no page; left out"
    sentence = f"{typed} is written out: {len(pages)} page{'' if len(pages) == 1 else 's'}"
    if len(pages) > _MOST_LINKS:
        sentence += f", of which {_MOST_LINKS} are listed"
    if not order_is_known:
        sentence += f", by name and not order={query.options['order']}"
    return "\n".join(f"* {_link(found)}" for found in pages[:_MOST_LINKS]), sentence


def _query(arguments: str) -> _Query:
    plain = _LINK.sub(lambda match: match["target"].replace("/", "."), _STYLE.sub("", arguments))
    options: dict[str, str] = {}
    words = []
    for argument in _ARGUMENT.finditer(plain):
        value = argument["double"] or argument["single"] or argument["bare"] or ""
        if argument["key"]:
            options[argument["key"].lower()] = value
        else:
            words.append(argument["sign"] + value)
    if len(words) > 1 and words[0] == "Category":
        words = [f"Category.{words[1]}", *words[2:]]
    return _Query(options, words)


def _is_of(asked: str, page: WikiPage) -> bool:
    """Whether *asked* is a name of *page* itself."""
    before, found, after = asked.replace("/", ".").partition(".")
    if found:
        return key_of_page(before, after) == page.key
    return key_of_page(page.group, asked) == page.key


def _found(
    options: dict[str, str], page: WikiPage, facts: WikiFacts
) -> tuple[Sequence[WikiPage], bool]:
    """The pages that a list asks for; and whether they are in the order that it asks for."""
    # without the group that the address of a link has before it
    group = options.get("group", "")
    groups = [group.rpartition(".")[2]] if "," not in group else group.split(",")
    wanted = ",".join(groups)
    if wanted and wanted.replace("-", "_").isidentifier():
        pages = list(facts.groups.get(wanted.casefold(), ()))
    else:
        pages = [
            found
            for name, members in sorted(facts.groups.items())
            if not wanted or matches_names(wanted, name)
            for found in members
        ]
    if names := options.get("name", ""):
        with_group = "." in names or "/" in names
        pages = [
            found
            for found in pages
            if matches_names(names, found.full_name if with_group else found.name)
        ]
    pages = [found for found in pages if not is_bookkeeping(found.full_name)]
    order = [part.strip("$") for part in options.get("order", "name").split(",")]
    is_known = all(part.removeprefix("-").strip("$").lower() in _ORDERS for part in order)
    for part in reversed(order) if is_known else ():
        key = part.removeprefix("-").strip("$").lower()
        pages.sort(key=lambda found: _sort_key(found, key), reverse=part.startswith("-"))
    if count := _COUNT.match(options.get("count", "")):
        pages = pages[: int(count["last"])]
    return pages, is_known


def _sort_key(page: WikiPage, order: str) -> tuple[str, int]:
    if order in ("time", "ctime"):
        return "", page.modified if order == "time" else page.created
    if order.startswith("title"):
        return (page.title or page.name).casefold(), 0
    if order == "group":
        return page.group.casefold(), 0
    return (page.full_name if order == "fullname" else page.name).casefold(), 0


def _link(page: WikiPage) -> str:
    label = f" | {page.title}" if page.title and is_simple(page.title) else ""
    return f"[[{page.group}/{page.name}{label}]]"
