"""Reads wikitext in tests, and shows the tree in a few words."""

from __future__ import annotations

from dataclasses import fields, is_dataclass

from sphinxcontrib_tropes.tools.importing.readers import Page
from sphinxcontrib_tropes.tools.importing.readers.mediawiki import READER
from sphinxcontrib_tropes.tools.importing.remarks import Remarks
from sphinxcontrib_tropes.tools.importing.tree import Text

NOTHING = ("", 0, 1, (), False)


def read(text, key="Here", rules=None):
    """The document, and the remarks."""
    remarks = Remarks()
    return READER.read(text, Page(key, remarks, rules or {})), remarks


def shown(text, key="Here", rules=None):
    """The blocks, as ``Paragraph[words Link(target=x)]``."""
    return show(read(text, key, rules)[0].blocks)


def kinds(text, **options):
    """The kinds of the remarks."""
    return [remark.kind for remark in read(text, **options)[1].found]


def show(part):
    if isinstance(part, tuple):
        return " ".join(filter(None, map(show, part)))
    if isinstance(part, Text):
        return part.text
    if not is_dataclass(part):
        return str(part)
    values = [
        (field.name, getattr(part, field.name))
        for field in fields(part)
        if getattr(part, field.name) is True or getattr(part, field.name) not in NOTHING
    ]
    facts = [
        f"{name}={value}"
        for name, value in values
        if not isinstance(value, tuple) and name != "text"
    ]
    inner = [show(value) for name, value in values if isinstance(value, tuple) or name == "text"]
    name = type(part).__name__
    if name == "Table":
        inner = [" / ".join(" | ".join(map(show, row)) for row in part.rows), show(part.caption)]
    if name == "List":
        inner = [" * ".join(map(show, part.items))]
    if name == "DefinitionList":
        inner = [" ; ".join(f"{show(term)} : {show(blocks)}" for term, blocks in part.items)]
    made = name + (f"({', '.join(facts)})" if facts else "")
    return f"{made}[{' '.join(filter(None, inner))}]" if any(inner) else made
