"""Nodes for content that docutils has no nodes for.

For writers that don't know them, ``lower.py`` replaces them with docutils' own.
"""

from __future__ import annotations

from copyreg import __newobj__  # type: ignore[attr-defined]
from typing import Any

from docutils import nodes

from ..internals.docutils.fast_nodes import Attributes, make_text

__all__ = [
    "MAX_NESTING",
    "make_link",
    "trope_colored",
    "trope_element",
    "trope_folder",
    "trope_folder_control",
    "trope_index_list",
    "trope_line_break",
    "trope_link",
    "trope_meaning",
    "trope_note",
    "trope_note_block",
    "trope_page",
    "trope_rule",
    "trope_spoiler",
    "trope_spoiler_block",
]

MAX_NESTING = 20
"""Maximum depth of nodes: docutils, pickle and writers recurse. Deeper nodes become text."""


class trope_link(nodes.Inline, nodes.TextElement):
    """A link to a page by its name. Its children are its text.

    Attributes: ``target``, canonical name of the page as written; ``section``, id of a section of
    it, or empty; ``explicit``, whether the writer chose the text; ``suffix``, letters that follow
    the name and belong to a text that the writer did not choose.
    """

    tagname = "trope_link"

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickles only differences from a plain link: else links would be half of a doctree."""
        given = dict.items(self.attributes)  # without making lists
        attributes = {name: value for name, value in given if value != []}
        own = self.__dict__
        is_plain = len(self.children) == 1 and type(self.children[0]) is nodes.Text
        if not is_plain or own.keys() - _KEPT or attributes.keys() - _ATTRIBUTES:
            return __newobj__, (trope_link,), own
        arguments = [
            attributes["target"],
            str(self.children[0]),
            own.get("line"),
            attributes.get("nth", 0),
            self.rawsource,
            attributes["suffix"],
            attributes["section"],
            attributes["explicit"],
        ]
        if self.rawsource == attributes["target"].removeprefix(_MAIN):
            arguments[4] = None
        while arguments[-1] == _DEFAULTS[len(arguments) - 1]:
            arguments.pop()
        return _remade, tuple(arguments), own.get("parent")

    def __setstate__(self, state: Any) -> None:
        if isinstance(state, dict):
            self.__dict__.update(state)
        else:
            self.parent = state


def make_link(
    children: list[nodes.Node],
    rawsource: str,
    line: int,
    target: str,
    section: str,
    explicit: bool,
    suffix: str,
) -> trope_link:
    """A link with *children*, which have no other parent, and its attributes."""
    link = _new(trope_link)
    link.rawsource = rawsource
    link.children = children
    for child in children:
        child.parent = link
    attributes = link.attributes = Attributes()
    attributes["target"] = target
    attributes["section"] = section
    attributes["explicit"] = explicit
    attributes["suffix"] = suffix
    link.line = line
    return link


_new = object.__new__
_MAIN = "Main/"
_KEPT = frozenset(["rawsource", "children", "attributes", "line", "parent", "tagname"])
_ATTRIBUTES = frozenset(["target", "section", "explicit", "suffix", "nth"])
_DEFAULTS = (object(), object(), object(), 1, "", "", "", False)


def _remade(
    target: str,
    text: str,
    line: int | None,
    nth: int = 1,
    rawsource: str | None = "",
    suffix: str = "",
    section: str = "",
    explicit: bool = False,  # noqa: FBT002
) -> trope_link:
    """A link that :meth:`trope_link.__reduce__` pickled."""
    if rawsource is None:
        rawsource = target.removeprefix(_MAIN)
    child = make_text(text)
    link = make_link([child], rawsource, 0, target, section, explicit, suffix)
    if line is None:
        del link.line
    else:
        link.line = line
    if nth:
        link.attributes["nth"] = nth
    return link


class trope_element(nodes.Element):
    """Base class of the nodes that have HTML of their own.

    Sphinx adds two methods for each class of nodes to each translator, and a page takes some four
    translators. As translators also try the base classes of a node, one pair of methods is enough.
    """


class trope_page(trope_element, nodes.Invisible, nodes.Element):
    """Marks its parent as a page, as the first child after the title.

    Attributes: ``name``, canonical; ``aliases`` and ``indexes``, lists of canonical names;
    ``alias-lines``, the lines of the aliases, if any;
    ``laconic``; ``redirect``, canonical name or empty; ``redirect-section``, slug of a section of
    that page, if any; ``anchor``, id of the page inside its document, empty if it is the whole
    document; ``excluded``, some of :data:`.exclusions.EXCLUDABLE`, if any.
    """


class trope_folder(trope_element, nodes.General, nodes.Element):
    """A folder: a ``rubric`` with its title, then its contents."""


class trope_folder_control(trope_element, nodes.General, nodes.Element):
    """Opens or closes all folders of the page."""


class trope_spoiler(trope_element, nodes.Inline, nodes.TextElement):
    """Text that is hidden until the reader opens it; in plain text, an ellipsis."""

    def astext(self) -> str:
        """An ellipsis."""
        return "…"


class trope_spoiler_block(trope_element, nodes.General, nodes.Element):
    """Blocks that are hidden until the reader opens them."""

    def astext(self) -> str:
        """An ellipsis."""
        return "…"


class trope_note(trope_element, nodes.Inline, nodes.TextElement):
    """A note that opens in place. Attribute ``label``: what the reader clicks, empty for "note"."""

    def astext(self) -> str:
        """An empty string: a note is not part of the sentence around it."""
        return ""


class trope_note_block(trope_element, nodes.General, nodes.Element):
    """A note of several blocks. Attribute ``label`` as for :class:`trope_note`."""

    def astext(self) -> str:
        """An empty string, as for :class:`trope_note`."""
        return ""


class trope_embedding(trope_element, nodes.General, nodes.Element):
    """Another page, or a section of it. Its last child is a paragraph with the link to it; before
    that, rendering puts the contents. Attribute ``nth``: its number among the document's listings.
    """


class trope_index_list(trope_element, nodes.General, nodes.Element):
    """An index: the first link of each item of its list is a member."""


class trope_colored(trope_element, nodes.Inline, nodes.TextElement):
    """Text in a colour. Attribute ``color``: ``#`` and three or six hexadecimal digits."""


class trope_meaning(trope_element, nodes.Inline, nodes.TextElement):
    """Text that HTML has an element for, but docutils has no node: inserted, deleted, no longer
    right. Thanks to the element, the meaning survives in copies and without the stylesheet.

    Attributes: ``element``, the name of the element; ``dir``, the direction of the text, if given.
    """


class trope_rule(trope_element, nodes.General, nodes.Element):
    """A rule in a container such as a folder: docutils allows transitions only in sections."""


class trope_line_break(trope_element, nodes.Inline, nodes.Element):
    """A line break."""
