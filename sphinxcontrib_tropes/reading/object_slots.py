"""Slots for the references to an object, or to a document that is not a page."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes

from .slots import trope_referenced

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["add_document_slot", "add_object_slots"]


def add_object_slots(document: nodes.document) -> tuple[tuple[str, ...], ...]:
    """Adds a slot to the description of each object that has an id.

    :returns: the ids of each object.
    """
    found = []
    for ids, description in list(chain(_signatures(document), _terms(document))):
        description.insert(_end_of_text(description), trope_referenced(anchor=ids[0]))
        found.append(ids)
    return tuple(found)


def add_document_slot(document: nodes.document) -> None:
    """Adds a slot at the end of a document."""
    end: nodes.Element = document
    if document.children and isinstance(document.children[-1], nodes.section):
        end = document.children[-1]
    end += trope_referenced(anchor="")


def _signatures(document: nodes.document) -> Iterator[tuple[tuple[str, ...], nodes.Element]]:
    """The ids and description of everything with a signature: classes, functions, options."""
    for description in document.findall(addnodes.desc):
        *signatures, content = description.children
        ids = (id_ for signature in signatures for id_ in _ids_in(signature))
        if (unique := tuple(dict.fromkeys(ids))) and isinstance(content, addnodes.desc_content):
            yield unique, content


def _terms(document: nodes.document) -> Iterator[tuple[tuple[str, ...], nodes.Element]]:
    """The ids and definition of each term in a glossary."""
    for glossary in document.findall(addnodes.glossary):
        for item in glossary.findall(nodes.definition_list_item):
            *terms, definition = item.children
            ids = tuple(id_ for term in terms for id_ in _ids_in(term))
            if ids and isinstance(definition, nodes.definition):
                yield ids, definition


def _ids_in(node: nodes.Node) -> Iterator[str]:
    for part in node.findall(nodes.Element):
        yield from part["ids"]


def _end_of_text(description: nodes.Element) -> int:
    """The position in *description* where the text on the object ends and its members begin."""
    for at, child in enumerate(description.children):
        if isinstance(child, addnodes.desc):
            follows_index = at > 0 and isinstance(description.children[at - 1], addnodes.index)
            return at - 1 if follows_index else at
    return len(description.children)
