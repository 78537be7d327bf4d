"""The arguments of templates: found by their names, as a table, as links, as a citation."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...tree import Cell, Link, Paragraph, Picture, Table, Text, WebLink
from .names import file_name
from .nodes import is_blank, stripped

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ...tree import Block, Inline
    from .nodes import Argument, Nodes, Template
    from .pieces import Context

__all__ = ["arguments_by_name", "citation", "fields", "first_of", "links_to", "named", "unnamed"]


def arguments_by_name(template: Template) -> dict[str, Nodes]:
    """Name or number -> value; where one is given twice, the last counts."""
    found = {argument.name: stripped(argument.value) for argument in template.arguments}
    return {name.lower(): value for name, value in found.items()} | found


def named(template: Template) -> list[Argument]:
    """The arguments with a name, and with something in it."""
    return [
        argument
        for argument in template.arguments
        if argument.is_named and not argument.name.isdecimal() and not is_blank(argument.value)
    ]


def unnamed(template: Template) -> list[Argument]:
    """The arguments without a name, or with a number, in which there is something."""
    return [
        argument
        for argument in template.arguments
        if (not argument.is_named or argument.name.isdecimal()) and not is_blank(argument.value)
    ]


def first_of(template: Template, *names: str) -> Nodes | None:
    """The value of the first of these *names* that is given."""
    values = {
        argument.name.lower(): argument.value
        for argument in template.arguments
        if not is_blank(argument.value)
    }
    return next((values[name] for name in names if name in values), None)


def fields(arguments: Iterable[Argument], context: Context) -> tuple[Block, ...]:
    """A table of names and values."""
    rows = []
    for argument in arguments:
        value = _picture(argument, context) or context.blocks(stripped(argument.value))
        if value:
            name = Paragraph((Text(argument.name.replace("_", " ")),))
            rows.append((Cell((name,), is_header=True), Cell(value)))
    return (Table(tuple(rows)),) if rows else ()


def _picture(argument: Argument, context: Context) -> tuple[Block, ...]:
    """The picture that a field names: ``image = x.png``."""
    if len(argument.value) != 1 or not isinstance(argument.value[0], str):
        return ()
    name = context.words(argument.value).strip()
    if "://" in name or not _PICTURE.fullmatch(name):
        return ()
    return (Paragraph((Picture(file_name(name), name),)),)


def links_to(template: Template, context: Context) -> tuple[Inline, ...]:
    """Links to the pages that the arguments name."""
    found: list[Inline] = []
    for number, argument in enumerate(unnamed(template), 1):
        target = context.words(argument.value).strip().lstrip(":")
        if not target:
            continue
        words = first_of(template, f"l{number}", f"label {number}", f"label{number}")
        page, _, section = target.partition("#")
        label = context.inlines(words) if words else ((Text(target),) if section else ())
        if found:
            found.append(Text(", "))
        found.append(Link(page.strip(), label, section.strip()))
    return tuple(found)


_CITED = (
    ("author", "authors", "last", "last1", "autor", "auteur", "nom", "apellido", "verfasser"),
    ("title", "titel", "titre", "título", "titulo", "chapter", "quote"),
    (
        "work",
        "website",
        "journal",
        "newspaper",
        "magazine",
        "werk",
        "périodique",
        "publicación",
        "site",
    ),
    ("publisher", "verlag", "éditeur", "editorial", "hrsg"),
    ("date", "year", "datum", "année", "fecha", "año", "jahr"),
    ("pages", "page", "p", "pp", "seiten"),
)
_TITLE = 1
_PICTURE = re.compile(r"[^\n|\[\]{}<>]{1,200}\.(?:png|jpe?g|gif|svg|webp|avif|bmp)", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?|ftp)://\S+")


def citation(template: Template, context: Context) -> tuple[Inline, ...]:
    """What a citation says: who, what, where, when."""
    url = (
        _value(template, context, "url", "chapter-url", "archive-url", "archiveurl", "online")
    ).strip()
    found: list[Inline] = []
    for number, names in enumerate(_CITED):
        value = first_of(template, *names)
        words = context.inlines(value) if value is not None else ()
        if not words:
            continue
        if not number:
            first = _value(
                template, context, "first", "first1", "vorname", "prénom", "nombre"
            ).strip()
            words = (*words, Text(f", {first}")) if first else words
        if number == _TITLE and _ADDRESS.fullmatch(url):
            words = (WebLink(url, words),)
            url = ""
        found += [Text(", "), *words] if found else words
    if not found:
        for argument in unnamed(template):
            words = context.inlines(stripped(argument.value))
            found += [Text(", "), *words] if found and words else words
    if _ADDRESS.fullmatch(url):
        found += [Text(", "), WebLink(url)] if found else [WebLink(url)]
    return tuple(found)


def _value(template: Template, context: Context, *names: str) -> str:
    value = first_of(template, *names)
    return context.words(value) if value is not None else ""
