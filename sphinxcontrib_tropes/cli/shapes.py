"""What a document says, without what a rename is to change: to compare before with after."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes

from ..markup.nodes import trope_link, trope_page
from ..names import PageName

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["is_any_reference", "shape"]

# They follow from texts, or say where a node is in its file.
_LEFT_OUT = frozenset(["ids", "names", "dupnames", "backrefs", "source", "xml:space", "nth"])
_NAMES = ("target", "redirect", "name")


def shape(root: nodes.Node, now: Callable[[str], str]) -> list[Any]:
    """Everything in *root*, in its order.

    :param now: a name in any spelling -> what it is to be compared as.
    """
    return list(_walk(root, now))


def is_any_reference(node: nodes.Element) -> bool:
    """Whether *node* is a reference that may mean a page among other things."""
    return node.tagname == "pending_xref" and node.get("reftype") == "any"


def _walk(root: nodes.Node, now: Callable[[str], str]) -> Iterator[Any]:
    waiting: list[nodes.Node | None] = [root]
    while waiting:
        node = waiting.pop()
        if node is None:
            yield ")"
            continue
        if isinstance(node, nodes.Text):
            yield str(node)
            continue
        if isinstance(node, nodes.system_message):
            continue
        assert isinstance(node, nodes.Element)
        if is_any_reference(node) and not node["refexplicit"]:
            yield node.tagname, now(node["reftarget"])
            continue
        yield (node.tagname, *_attributes(node, now))
        if isinstance(node, trope_link) and not node["explicit"]:
            continue  # it shows the title of its target, if that is written
        if _is_name_of_page(node):
            continue
        waiting.append(None)
        waiting.extend(reversed(node.children))


def _is_name_of_page(node: nodes.Element) -> bool:
    """Whether *node* is the title of a page and follows from its name."""
    parent = node.parent
    if parent is None or not isinstance(node, nodes.title | nodes.rubric) or parent.index(node):
        return False
    pages = (child for child in parent.children[:3] if isinstance(child, trope_page))
    return any(PageName(*page["name"].split("/", 1)).title == node.astext() for page in pages)


def _attributes(node: nodes.Element, now: Callable[[str], str]) -> Iterator[Any]:
    for name, value in sorted(node.attributes.items()):
        if name in _LEFT_OUT or (name == "anchor" and isinstance(node, trope_page)):
            continue
        if (name == "reftarget" and is_any_reference(node)) or (
            name in _NAMES and isinstance(value, str) and "/" in value
        ):
            yield name, now(value)
        elif name in ("aliases", "indexes"):
            yield name, tuple(map(now, value))
        else:
            yield name, repr(value)
