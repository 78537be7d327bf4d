"""References other than links to pages: ``:doc:``, ``:ref:``, ``:py:func:``, links of MyST.

Which nodes count as references, what identifies their targets, and how they get ids.
"""

from __future__ import annotations

import pickle
from typing import Any

from docutils import nodes
from sphinx import addnodes

from ..wiki.facts.document import is_reference_anchor

__all__ = ["is_reference", "set_anchor", "take_anchor", "target_of"]

# They say where a reference is or how it looks, or have fields of their own.
_NOT_ATTRIBUTES = frozenset(
    [
        *("ids", "classes", "names", "dupnames", "backrefs", "xml:space", "translated"),
        *("refdomain", "reftype", "reftarget", "refdoc", "refwarn", "reftitle"),
        *("support_smartquotes", "trope_anchor"),
    ]
)
# Their targets are numbered, and Sphinx would load whole doctrees for them. Nobody needs backlinks
# to a footnote.
_NUMBERED = frozenset(["numref", "eq", "footnote", "citation"])


def is_reference(node: nodes.Node) -> bool:
    """Whether *node* is a reference that counts."""
    if isinstance(node, nodes.reference):
        return _is_markdown_id(node)
    return (
        isinstance(node, addnodes.pending_xref)
        and node.get("reftype") not in _NUMBERED
        and node.get("refdomain") != "citation"
        and isinstance(node.get("reftarget"), str)
    )


def _is_markdown_id(node: nodes.Element) -> bool:
    """Whether *node* is a link such as ``[](#label)``. MyST makes it pending after collection."""
    return bool(node.get("id_link")) and node.get("refuri", "").startswith("#")


def target_of(node: nodes.Element) -> tuple[str, str, str, tuple[tuple[str, Any], ...]]:
    """Domain, type and target of a reference, and its other attributes that affect the target.

    The attributes are sorted by name. Values other than strings, numbers and None are pickled, such
    as the scope of a name in C++.
    """
    if isinstance(node, nodes.reference):
        return "", "myst", node["refuri"][1:], (("refexplicit", bool(node.children)),)
    attributes = tuple(
        (name, value if isinstance(value, str | int | None) else pickle.dumps(value, 4))
        for name, value in sorted(node.attributes.items())
        if name not in _NOT_ATTRIBUTES
    )
    return node.get("refdomain") or "", node["reftype"], node["reftarget"], attributes


def set_anchor(node: nodes.Element, anchor: str) -> None:
    """Stores in a reference the id that it will have in the output."""
    if isinstance(node, nodes.reference):
        # MyST keeps it, and moves it to the words when it makes the reference pending.
        node["ids"].append(anchor)
    else:
        node["trope_anchor"] = anchor


def take_anchor(node: nodes.Element) -> str:
    """Removes the id that :func:`set_anchor` stored, and returns it; empty if there is none."""
    if anchor := node.attributes.pop("trope_anchor", ""):
        return str(anchor)
    words = node.children[0] if isinstance(node, addnodes.pending_xref) and node.children else node
    ids = words["ids"] if isinstance(words, nodes.Element) else []
    anchor = next(filter(is_reference_anchor, ids), "")
    if anchor:
        ids.remove(anchor)
    return str(anchor)
