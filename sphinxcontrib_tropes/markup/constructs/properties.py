"""Page properties, ``(:name value:)`` on a line of their own, and ``[[redirect:Page]]``."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..declaration import Block

if TYPE_CHECKING:
    import re

    from ..blocks import BlockReader

__all__ = ["CONSTRUCTS", "Properties"]

_DROPPED = frozenset(["comment", "toc", "notoc", "nogroupheader", "nogroupfooter", "notitle"])


@dataclass(slots=True)
class Properties:
    """What the lines ``(:name value:)`` and their like say about the page."""

    title: str = ""
    redirect: str = ""
    laconic: str = ""
    aliases: list[str] = field(default_factory=list)
    indexes: list[str] = field(default_factory=list)
    keywords: list[str] = field(default_factory=list)
    namespace: str = ""
    relations: list[tuple[str, str, int]] = field(default_factory=list)
    """How the page stands to others: ``subtrope-of``, the name of the other page, and the line."""
    line: int = 1
    """Of the property that is being read."""
    lines: dict[str, int] = field(default_factory=dict)
    """Property -> the line that says it."""


def _property(match: re.Match[str], reader: BlockReader) -> None:
    name = match["name"].lower()
    value = reader.escapes.plain(match["value"] or "").strip()
    if name in _DROPPED:
        return
    if name in ("linkwikiwords", "nolinkwikiwords"):
        reader.wikiwords = name == "linkwikiwords"
    elif name not in _SETTERS:
        known = ", ".join(sorted(_SETTERS))
        reader.warn(f"(:{name}:) is no page property; left out (known: {known})")
    elif not value:
        reader.warn(f"(:{name}:) has no value; left out")
    else:
        if name in ("laconic", "description"):
            value = "".join(node.astext() for node in reader.inline(value))
        reader.properties.line = reader.line
        _SETTERS[name](reader.properties, value)
        reader.properties.lines.setdefault(name, reader.line)


def _names(value: str) -> list[str]:
    return [name.strip() for name in value.split(",") if name.strip()]


def _set_title(properties: Properties, value: str) -> None:
    properties.title = value


def _set_redirect(properties: Properties, value: str) -> None:
    properties.redirect = value


def _set_laconic(properties: Properties, value: str) -> None:
    properties.laconic = value


def _set_namespace(properties: Properties, value: str) -> None:
    properties.namespace = value


def _add_aliases(properties: Properties, value: str) -> None:
    properties.aliases += _names(value)


def _add_relation(properties: Properties, value: str) -> None:
    kind, _, names = value.partition(" ")
    properties.relations += [(kind, name, properties.line) for name in _names(names) or [""]]


def _add_keywords(properties: Properties, value: str) -> None:
    properties.keywords += _names(value)


_SETTERS = {
    "title": _set_title,
    "redirect": _set_redirect,
    "laconic": _set_laconic,
    "description": _set_laconic,
    "namespace": _set_namespace,
    "alias": _add_aliases,
    "aliases": _add_aliases,
    "keywords": _add_keywords,
    "relation": _add_relation,
}


def _redirect(match: re.Match[str], reader: BlockReader) -> None:
    _set_redirect(reader.properties, match["target"].strip())
    reader.properties.lines.setdefault("redirect", reader.line)


CONSTRUCTS = [
    Block(
        "property",
        r"\(:(?P<name>[A-Za-z]+)(?:[ \t]*+(?P<value>.*?))?:\)\s*\Z",
        _property,
        "(:laconic Love across the border of species.:)",
    ),
    Block(
        "redirect",
        r"\[\[redirect:(?P<target>[^\[\]]+)\]\]\s*\Z",
        _redirect,
        "[[redirect:FunnyAnimal]]",
    ),
]
