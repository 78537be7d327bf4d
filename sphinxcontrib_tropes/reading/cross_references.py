"""References of other kinds than links: what is kept of them, and where Sphinx leads them.

They are led by the domains themselves, as they are when a page is written, but once for all that
are alike, and to a document's name in the place of an address.
"""

from __future__ import annotations

import pickle
from typing import Any

from docutils import nodes
from sphinx import addnodes

from ..wiki.facts.document import is_reference_anchor

__all__ = ["is_reference", "set_anchor", "take_anchor", "target_of"]

# These say where a reference stands or what it looks like, or are fields of their own.
_NOT_ATTRIBUTES = frozenset(
    [
        *("ids", "classes", "names", "dupnames", "backrefs", "xml:space", "translated"),
        *("refdomain", "reftype", "reftarget", "refdoc", "refwarn", "reftitle"),
        *("support_smartquotes", "trope_anchor"),
    ]
)
# What they lead to has a number: Sphinx loads whole doctrees for them, and nobody asks who refers
# to a footnote.
_NUMBERED = frozenset(["numref", "eq", "footnote", "citation"])


def is_reference(node: nodes.Node) -> bool:
    """Whether *node* is a reference that can be kept."""
    if isinstance(node, nodes.reference):
        return _is_markdown_id(node)
    return (
        isinstance(node, addnodes.pending_xref)
        and node.get("reftype") not in _NUMBERED
        and node.get("refdomain") != "citation"
        and isinstance(node.get("reftarget"), str)
    )


def _is_markdown_id(node: nodes.Element) -> bool:
    """A link such as ``[](#label)``: MyST makes it pending later than documents are looked at."""
    return bool(node.get("id_link")) and node.get("refuri", "").startswith("#")


def target_of(node: nodes.Element) -> tuple[str, str, str, tuple[tuple[str, Any], ...]]:
    """Domain, type and target of a reference, and what else decides where it leads.

    That is plain values, sorted by name; what is none, such as the scope of a name in C++, is
    pickled.
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
    """Notes the id that a reference is to have."""
    if isinstance(node, nodes.reference):
        node["ids"].append(anchor)  # kept, and put on the words, when it is made pending
    else:
        node["trope_anchor"] = anchor


def take_anchor(node: nodes.Element) -> str:
    """The id that was noted, or an empty string; it is then noted no more."""
    if anchor := node.attributes.pop("trope_anchor", ""):
        return str(anchor)
    words = node.children[0] if isinstance(node, addnodes.pending_xref) and node.children else node
    ids = words["ids"] if isinstance(words, nodes.Element) else []
    anchor = next(filter(is_reference_anchor, ids), "")
    if anchor:
        ids.remove(anchor)
    return str(anchor)
