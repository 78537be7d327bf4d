"""The text of one block of a doctree, with its links and references."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from docutils import nodes
from sphinx import addnodes

from ..internals.docutils.fast_nodes import listed
from ..markup.nodes import trope_line_break, trope_link, trope_note, trope_spoiler
from ..names import key_of
from ..wiki import COVER, Place, Reference
from ..wiki.facts.document import reference_path
from .covered_text import picture_words
from .cross_references import is_reference, target_of
from .places import is_see_also

if TYPE_CHECKING:
    from .places import Surroundings

__all__ = ["FoundLink", "FoundReference", "TextBlock"]

# Their text is not part of a sentence.
_NO_WORDS = (nodes.footnote_reference, nodes.citation_reference, nodes.raw, nodes.system_message)
# What Sphinx writes before, between and after the parts of a signature: nodes contain only names.
_BRACKETS: dict[type[nodes.Element], tuple[str, str, str]] = {
    addnodes.desc_parameterlist: ("(", ", ", ")"),
    addnodes.desc_type_parameter_list: ("[", ", ", "]"),
    addnodes.desc_optional: ("[", ", ", "]"),
    addnodes.desc_returns: (" \u2192 ", "", ""),
}


class FoundLink(NamedTuple):
    """A link in a block of text. Fields without a docstring are those of :class:`.wiki.Link`."""

    node: trope_link
    nth: int
    start: int
    end: int
    in_spoiler: bool
    opens_item: bool


class FoundReference(NamedTuple):
    """A reference other than a link."""

    node: nodes.Element
    fact: Reference
    """The fact, still without its block and place."""


class TextBlock:
    """The text of a block, and its links, references and notes.

    :param numbers: target -> number of links and references to it in the document so far. Those of
        the block are added.
    :param with_references: whether to read references other than links.
    """

    def __init__(
        self,
        node: nodes.TextElement,
        around: Surroundings,
        numbers: dict[str, int],
        *,
        with_references: bool = False,
    ) -> None:
        self.node = node
        self.around = around
        self.line = node.line or 0
        self.links: list[FoundLink] = []
        self.references: list[FoundReference] = []
        self.notes: list[tuple[nodes.Element, bool]] = []
        """Notes, which are separate texts, each with whether a spoiler hides it."""
        self.targets: list[nodes.Element] = []
        """Elements with an id."""
        self.mentions: list[str] = []
        """What ``:any:`` and similar roles refer to."""
        self.played: list[str] = []
        """What its marks ``[[played:...]]`` say."""
        self.anchors: list[nodes.reference] = []
        """References to an id in the same document."""
        self._numbers = numbers
        self._with_references = with_references
        self._pieces: list[str] = []
        self._length = 0
        self._covers = 0
        if around.in_spoiler:
            self._add(COVER)
            self._covers = 1
        self._read(node)
        self.text = "".join(self._pieces)
        """The text, with :data:`COVER` for what spoilers hide."""
        self.place = around.place
        if self.place in (Place.PROSE, Place.EXAMPLE) and is_see_also(self.text):
            self.place = Place.SEE_ALSO

    def _add(self, text: str) -> None:
        self._pieces.append(text)
        self._length += len(text)

    def _read(self, block: nodes.Element) -> None:
        # a tuple marks the end of an element: the element, and where its text starts
        stack: list[nodes.Node | tuple[nodes.Element, int]] = [*reversed(block.children)]
        while stack:
            node = stack.pop()
            if isinstance(node, nodes.Text):
                if not self._covers:
                    self._add(str(node))
            elif isinstance(node, tuple):
                self._leave(*node)
            elif isinstance(node, nodes.Element) and not isinstance(node, _NO_WORDS):
                self._enter(node, stack)

    def _enter(
        self, node: nodes.Element, stack: list[nodes.Node | tuple[nodes.Element, int]]
    ) -> None:
        if isinstance(node, trope_note):
            self.notes.append((node, self._covers > 0))
            return
        if listed(node, "ids"):
            self.targets.append(node)
        if isinstance(node, trope_link):
            stack.append((node, self._length))
            stack += node.children[::-1]
            return
        if isinstance(node, trope_line_break):
            self._add(" ")
        elif isinstance(node, addnodes.pending_xref) and node.get("reftype") in ("any", "myst"):
            self.mentions.append(node["reftarget"])
        elif isinstance(node, nodes.image):
            if not self._covers:
                self._add(picture_words(node))
        elif isinstance(node, nodes.inline) and "played" in node:
            if not self._covers:
                self.played.append(node["played"])
            return
        elif isinstance(node, nodes.reference) and "refid" in node:
            self.anchors.append(node)
        if isinstance(node, trope_spoiler):
            if not self._covers:
                self._add(COVER)
            self._covers += 1
            stack.append((node, self._length))
        elif self._with_references and is_reference(node):
            stack.append((node, self._length))
        stack += reversed(_parts(node))

    def _leave(self, node: nodes.Element, start: int) -> None:
        if isinstance(node, trope_spoiler):
            self._covers -= 1
            return
        end = self._length
        if self._covers:
            # the cover is right before it, instead of its words
            start, end = start - 1, start
        if isinstance(node, trope_link):
            self._add_link(node, start, end)
        else:
            self._add_reference(node, start, end)

    def _number(self, target: str) -> int:
        self._numbers[target] = number = self._numbers.get(target, 0) + 1
        return number

    def _add_link(self, node: trope_link, start: int, end: int) -> None:
        item = self.around.item
        opens_item = item is not None and not item.has_link
        if item is not None:
            item.has_link = True
        nth = self._number(key_of(node["target"]))
        self.links.append(FoundLink(node, nth, start, end, self._covers > 0, opens_item))

    def _add_reference(self, node: nodes.Element, start: int, end: int) -> None:
        domain, type_, target, attributes = target_of(node)
        fact = Reference(
            domain=domain,
            type=type_,
            target=target,
            attributes=attributes,
            nth=self._number(reference_path(domain, type_, target)),
            page=self.around.page,
            block=-1,
            start=start,
            end=end,
            place=self.around.place,
            in_spoiler=self._covers > 0,
            line=node.line or self.line,
        )
        self.references.append(FoundReference(node, fact))


def _parts(node: nodes.Element) -> list[nodes.Node]:
    """The children of *node*, with what Sphinx writes between them."""
    children = node.children
    if isinstance(node, addnodes.pending_xref):
        # of several wordings, the one that a resolved reference shows
        resolved = [c for c in children if _condition(c) == "resolved"]
        return resolved or [c for c in children if _condition(c) in ("", "*")]
    if (brackets := _BRACKETS.get(type(node))) is None:
        return children
    before, between, after = brackets
    parts: list[nodes.Node] = [nodes.Text(before)]
    for number, child in enumerate(children):
        parts += [nodes.Text(between), child] if number and between else [child]
    return [*parts, nodes.Text(after)]


def _condition(node: nodes.Node) -> str:
    return str(node["condition"]) if isinstance(node, addnodes.pending_xref_condition) else ""
