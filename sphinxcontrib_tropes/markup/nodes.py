"""The docutils nodes that trope markup needs beyond docutils' own.

All are lowered to docutils' own nodes for writers that don't know them (see ``lower.py``).
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
"""How deep nodes nest: docutils, pickle and writers recurse. What nests deeper keeps its text."""


class trope_link(nodes.Inline, nodes.TextElement):
    """A link to a page by its name; its children are the text.

    Attributes: ``target`` canonical name of the page as written; ``section`` id-like name of a
    section in it, or empty; ``explicit`` whether the text is a label the writer chose; ``suffix``
    letters that joined an implicit text.
    """

    tagname = "trope_link"

    def __reduce__(self) -> tuple[Any, ...]:
        """How to make it again. Half of a pickled doctree would be links as docutils has them."""
        given = dict.items(self.attributes)  # no list is made for it
        attributes = {name: value for name, value in given if value != []}
        own = self.__dict__
        is_plain = len(self.children) == 1 and type(self.children[0]) is nodes.Text
        if not is_plain or own.keys() - _KEPT or attributes.keys() - _ATTRIBUTES:
            return __newobj__, (trope_link,), own
        made_from = [
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
            made_from[4] = None
        while made_from[-1] == _DEFAULTS[len(made_from) - 1]:
            made_from.pop()
        return _remade, tuple(made_from), own.get("parent")

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
    """A link with *children*, which have no other parent; and its attributes."""
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
    """The link that was pickled."""
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
    """What all nodes are that have an HTML of their own.

    Sphinx gives each of its translators, of which a page takes some four, two methods for every class
    of nodes; but translators ask for those of base classes, too. So one pair is enough for all.
    """


class trope_page(trope_element, nodes.Invisible, nodes.Element):
    """Says that its parent is a page; the first child there.

    Attributes: ``name`` canonical; ``aliases`` ``indexes`` lists of canonical names; ``laconic``;
    ``redirect`` canonical name or empty, and ``redirect-section`` the slug of a section in it, if it
    leads to one; ``anchor`` id of the page inside its document, empty if
    it is the whole document; ``is_listed`` whether indexes list it.
    """


class trope_folder(trope_element, nodes.General, nodes.Element):
    """A fold: a ``rubric`` with its title, then what it holds."""


class trope_folder_control(trope_element, nodes.General, nodes.Element):
    """Opens or closes all folders of the page."""


class trope_spoiler(trope_element, nodes.Inline, nodes.TextElement):
    """Text that is hidden until asked for: no part of what its parents say in plain text."""

    def astext(self) -> str:
        """An ellipsis."""
        return "…"


class trope_spoiler_block(trope_element, nodes.General, nodes.Element):
    """Blocks that are hidden until asked for."""

    def astext(self) -> str:
        """An ellipsis."""
        return "…"


class trope_note(trope_element, nodes.Inline, nodes.TextElement):
    """A note opened in place. Attribute ``label``: what the reader clicks, empty for the word."""

    def astext(self) -> str:
        """Nothing: a note is no part of the sentence that it stands in."""
        return ""


class trope_note_block(trope_element, nodes.General, nodes.Element):
    """A note of several blocks. Attribute ``label`` as for :class:`note`."""

    def astext(self) -> str:
        """Nothing, as for :class:`trope_note`."""
        return ""


class trope_index_list(trope_element, nodes.General, nodes.Element):
    """The list inside is an index: the first link of each item is a member."""


class trope_colored(trope_element, nodes.Inline, nodes.TextElement):
    """Text in a colour. Attribute ``color``: ``#`` and three or six hexadecimal digits."""


class trope_meaning(trope_element, nodes.Inline, nodes.TextElement):
    """Text that HTML has an element for and docutils has none: inserted, deleted, no longer right.
    Readers without the stylesheet, and copies, keep what it means.

    Attributes: ``element`` the name of the element; ``dir`` the direction of the text, if it says
    one.
    """


class trope_rule(trope_element, nodes.General, nodes.Element):
    """A rule across a folder and the like: docutils' transition may stand in a section alone."""


class trope_line_break(trope_element, nodes.Inline, nodes.Element):
    """The next words begin a new line."""
