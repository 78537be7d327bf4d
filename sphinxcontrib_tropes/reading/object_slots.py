"""Objects and documents that references of all kinds lead to: where it stands who refers to them."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes

from .slots import trope_referenced

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["describe_document", "describe_objects"]


def describe_objects(document: nodes.document) -> tuple[tuple[str, ...], ...]:
    """Puts a placeholder into the description of each object that has an id.

    :returns: the ids of each.
    """
    found = []
    for ids, description in list(chain(_signed(document), _terms(document))):
        description.insert(_end_of_words(description), trope_referenced(anchor=ids[0]))
        found.append(ids)
    return tuple(found)


def describe_document(document: nodes.document) -> None:
    """Puts a placeholder at the end of a document."""
    end: nodes.Element = document
    if document.children and isinstance(document.children[-1], nodes.section):
        end = document.children[-1]
    end += trope_referenced(anchor="")


def _signed(document: nodes.document) -> Iterator[tuple[tuple[str, ...], nodes.Element]]:
    """What has a signature: classes, functions, options ..."""
    for description in document.findall(addnodes.desc):
        *signatures, content = description.children
        ids = (id_ for signature in signatures for id_ in _ids(signature))
        if (unique := tuple(dict.fromkeys(ids))) and isinstance(content, addnodes.desc_content):
            yield unique, content


def _terms(document: nodes.document) -> Iterator[tuple[tuple[str, ...], nodes.Element]]:
    """The terms of glossaries."""
    for glossary in document.findall(addnodes.glossary):
        for item in glossary.findall(nodes.definition_list_item):
            *terms, definition = item.children
            ids = tuple(id_ for term in terms for id_ in _ids(term))
            if ids and isinstance(definition, nodes.definition):
                yield ids, definition


def _ids(node: nodes.Node) -> Iterator[str]:
    for part in node.findall(nodes.Element):
        yield from part["ids"]


def _end_of_words(description: nodes.Element) -> int:
    """Where in a description what is said of the object itself is over: its members follow."""
    for at, child in enumerate(description.children):
        if isinstance(child, addnodes.desc):
            follows_index = at > 0 and isinstance(description.children[at - 1], addnodes.index)
            return at - 1 if follows_index else at
    return len(description.children)
