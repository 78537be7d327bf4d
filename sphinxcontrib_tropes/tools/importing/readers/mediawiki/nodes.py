"""The parts of wikitext: what the parser gives, before anything is decided about the page."""

from __future__ import annotations

import re
from html import unescape
from html.entities import html5
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = [
    "BAR",
    "EQUALS",
    "Address",
    "Argument",
    "Element",
    "Link",
    "Node",
    "Nodes",
    "Parameter",
    "Raw",
    "Template",
    "WikiTable",
    "behind_tag",
    "decoded",
    "is_blank",
    "lines_of",
    "merged",
    "plain",
    "stripped",
    "word_set",
]

BAR, EQUALS = "\U0010fff2", "\U0010fff3"
"""Stand for ``{{!}}`` and ``{{=}}``: signs that divide no arguments."""

Nodes = list["Node"]
"""Parts of wikitext, in their order. Text has its line ends, and its ``''``."""


class Argument(NamedTuple):
    """An argument of a template."""

    name: str
    """Its number, from 1, or its name."""
    value: Nodes
    is_named: bool = False


class Template(NamedTuple):
    """``{{name|argument|name=argument}}``, or a function."""

    name: Nodes
    arguments: tuple[Argument, ...]
    source: str
    """As typed; may be cut."""


class Parameter(NamedTuple):
    """``{{{name|default}}}``."""

    name: Nodes
    default: Nodes | None


class Link(NamedTuple):
    """``[[target|part|part]]``."""

    target: Nodes
    parts: tuple[Nodes, ...]
    source: str
    """As typed; may be cut."""


class Address(NamedTuple):
    """``[https://... words]``, or an address in the text."""

    url: str
    words: Nodes | None
    """None for an address in the text."""


class Element(NamedTuple):
    """A tag with what it encloses."""

    name: str
    """In lower case."""
    attributes: Mapping[str, str]
    children: Nodes


class Raw(NamedTuple):
    """A tag whose content is no wikitext, or wikitext of its own: ``<pre>``, ``<gallery>``."""

    name: str
    attributes: Mapping[str, str]
    content: str


class WikiTable(NamedTuple):
    """``{|`` to ``|}``: the lines between, the first with the attributes."""

    children: Nodes


Node = str | Template | Parameter | Link | Address | Element | Raw | WikiTable
"""A part of wikitext."""


def word_set(words: str) -> frozenset[str]:
    """The set of *words* that blanks part."""
    return frozenset(words.split())


def decoded(text: str) -> str:
    """*text* with its entities as letters."""
    if EQUALS in text:
        text = text.replace(EQUALS, "=")
    if "&" not in text:
        return text
    return _ENTITY.sub(lambda found: _letters(found[0]), text)


def _letters(entity: str) -> str:
    """What *entity* stands for; itself if nothing has that name (``&notes;`` is not ``&not;``)."""
    is_known = entity[1] == "#" or entity[1:] in html5
    return unescape(entity) if is_known else entity


_ENTITY = re.compile(r"&(?:#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


def plain(nodes: Nodes) -> str:
    """The words of *nodes*, without markup; nothing for templates."""
    return decoded("".join(_words(nodes)))


def _words(nodes: Nodes) -> Iterator[str]:
    for node in nodes:
        match node:
            case str():
                yield _QUOTES.sub("", node)
            case Link():
                yield from _words(node.parts[-1] if node.parts else node.target)
            case Address():
                yield from _words(node.words) if node.words else (node.url,)
            case Element():
                yield from _words(node.children) if node.name != "ref" else ()
            case Parameter():
                yield from _words(node.default or [])
            case Raw(name="nowiki"):
                yield node.content
            case _:
                pass


_QUOTES = re.compile(r"'{2,}")


def is_blank(nodes: Nodes) -> bool:
    """Whether there is nothing but blanks in *nodes*."""
    return all(isinstance(node, str) and not node.strip() for node in nodes)


def stripped(nodes: Nodes) -> Nodes:
    """*nodes* without blanks at both ends."""
    start, end = 0, len(nodes)
    while start < end and isinstance(nodes[start], str) and not str(nodes[start]).strip():
        start += 1
    while start < end and isinstance(nodes[end - 1], str) and not str(nodes[end - 1]).strip():
        end -= 1
    found = nodes[start:end]
    if found and isinstance(found[0], str):
        found[0] = found[0].lstrip()
    if found and isinstance(found[-1], str):
        found[-1] = found[-1].rstrip()
    return found


def behind_tag(nodes: Nodes) -> Nodes:
    """*nodes* that begin on the line of a tag or a bar: there, ``#`` and ``*`` make no item."""
    first = nodes[0].lstrip(" \t") if nodes and isinstance(nodes[0], str) else ""
    if first[:1] not in ("*", "#", ":", ";", "="):
        return nodes
    return [Raw("nowiki", {}, first[0]), first[1:], *nodes[1:]] if first else nodes


def lines_of(nodes: Nodes) -> list[Nodes]:
    """*nodes* in lines, without line ends: other parts than text are never divided."""
    lines: list[Nodes] = [[]]
    for node in nodes:
        if not isinstance(node, str):
            lines[-1].append(node)
            continue
        first, *more = node.split("\n")
        if first:
            lines[-1].append(first)
        lines.extend([line] if line else [] for line in more)
    return lines


def merged(nodes: Nodes) -> Nodes:
    """*nodes* with neighbouring text in one piece."""
    found: Nodes = []
    texts: list[str] = []
    for node in nodes:
        if isinstance(node, str):
            texts.append(node)
            continue
        if texts:
            found.append("".join(texts))
            texts.clear()
        found.append(node)
    if texts:
        found.append("".join(texts))
    return found
