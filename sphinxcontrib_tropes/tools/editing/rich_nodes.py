"""What pictures, boxes, formulas and programs say in any markup, for the writers of all."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from docutils import nodes

from ...markup.constructs.callouts import NAMED, TITLES

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Box", "NoEquivalent", "Picture", "box_of", "file_name", "picture_of", "tex_of"]

_OF_PICTURES = frozenset(["uri", "alt", "width", "original_uri", "candidates", "classes"])


class NoEquivalent(Exception):  # noqa: N818 - the block then stays as it is
    """A node that the markup can't express."""


class Picture(NamedTuple):
    """A picture in a line."""

    uri: str
    """As the writer spelled it."""
    alt: str
    """The words for those who can't see it."""
    width: str
    """In pixels; empty if not given."""


class Box(NamedTuple):
    """A callout."""

    kind: str
    """Empty if it has only a title."""
    title: Sequence[nodes.Node]
    """Empty if it has that of its kind."""
    body: Sequence[nodes.Node]


def file_name(uri: str) -> str:
    """The last part of an address or a path."""
    return uri.partition("?")[0].rpartition("/")[2]


def picture_of(node: nodes.image) -> Picture:
    """What *node* shows.

    :raises NoEquivalent: if it says more than trope markup can.
    """
    given = {name for name, value in node.attributes.items() if value not in ([], None)}
    width = str(node.get("width", "")).removesuffix("px")
    if given - _OF_PICTURES or node["classes"] or not (width.isdecimal() or not width):
        raise NoEquivalent("a picture with options")
    uri = node.get("original_uri", node["uri"])
    return Picture(uri, " ".join((node.get("alt") or file_name(uri)).split()), width)


def box_of(node: nodes.Element) -> Box:
    """What *node*, an admonition, says.

    :raises NoEquivalent: if it is of another kind than those of trope markup.
    """
    first = next(iter(node.children), None)
    if node.tagname in (*NAMED, "seealso") and not node["classes"]:
        box = Box(node.tagname, (), node.children)
    elif type(node) is nodes.admonition and isinstance(first, nodes.title):
        name = " ".join(node["classes"])
        own = f"admonition-{nodes.make_id(first.astext())}"
        if name != own and name not in NAMED and name not in TITLES:
            raise NoEquivalent("a box of another kind")
        box = Box("" if name == own else name, first.children, node.children[1:])
    else:
        raise NoEquivalent(node.tagname.replace("_", " "))
    if not box.body:
        raise NoEquivalent("an empty box")
    return box


def tex_of(node: nodes.Element) -> str:
    """The formula of *node*.

    :raises NoEquivalent: if it says more than trope markup can.
    """
    if node["classes"] or any(node.get(name) for name in ("label", "no-wrap", "nowrap")):
        raise NoEquivalent("a formula with a label or other options")
    return node.astext()
