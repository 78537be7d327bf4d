"""Compares a document before and after a conversion: its content, and the facts of the wiki."""

from __future__ import annotations

from collections import Counter
from itertools import takewhile
from typing import TYPE_CHECKING, Any, NamedTuple

from docutils import nodes

from ...markup.nodes import trope_page
from ...reading.collector import CollectorSettings, collect
from ...reading.doctree_reader import DoctreeContents
from ..refusal import Refusal
from .rich_nodes import file_name

if TYPE_CHECKING:
    from collections.abc import Callable

    from ...names import Namespaces, PageName

__all__ = [
    "HIDDEN",
    "Fact",
    "SphinxReader",
    "check_facts",
    "content_of",
    "facts_of",
    "first_difference",
]

_IGNORED = frozenset(
    # they say where a node is, or how a list or program looks
    [
        "ids",
        "names",
        "dupnames",
        "backrefs",
        "source",
        "nth",
        "line",
        "name",
        "internal",
        "bullet",
        "prefix",
        "language",
        "force",
        "linenos",
        "highlight_args",
        "xml:space",
        "translatable",
        "candidates",
        "original_uri",
        "docname",
        "number",
        "no-wrap",
        "nowrap",
        "refdoc",
        "py:module",
        "py:class",
    ]
)
_HOLDS_PICTURES = (nodes.TextElement, nodes.figure)
HIDDEN = (
    "trope_page",
    "trope_head",
    "trope_foot",
    "comment",
    "meta",
    "docinfo",
    "field_list",
    "substitution_definition",
)
"""Tags of nodes without visible content."""


class SphinxReader:
    """Reads text as Sphinx does.

    :param read: ``rst`` or ``markdown``, and text -> doctree.
    :param language: language of the project; it decides which phrases state a relation.
    """

    def __init__(self, read: Callable[[str, str], nodes.document], language: str) -> None:
        self._read = read
        self.language = language

    def __call__(self, kind: str, text: str) -> nodes.document:
        return self._read(kind, text)


# -- content


class _Content(NamedTuple):
    items: list[Any]
    """Texts, and the start and end of each node, in order."""
    lines: list[int]
    """The line of each item."""


def content_of(root: nodes.Node) -> list[Any]:
    """What readers see of *root*, independent of its markup; for comparisons."""
    return _content(root).items


def _content(root: nodes.Node) -> _Content:
    content = _Content([], [])
    _collect(root, content, 0)
    return content


def _collect(node: nodes.Node, content: _Content, line: int) -> None:
    if isinstance(node, nodes.Text):
        text = node.astext()
        if isinstance(node.parent, nodes.literal_block):
            text = text.removesuffix("\n")  # MyST keeps it
        if not text:
            return
        if content.items and isinstance(content.items[-1], str):
            content.items[-1] += text
        else:
            content.items.append(text)
            content.lines.append(line)
        return
    assert isinstance(node, nodes.Element)
    if node.tagname in HIDDEN or "trope-page" in node.get("classes", ()):
        return
    line = node.line or line
    if isinstance(node, nodes.image) and not isinstance(node.parent, _HOLDS_PICTURES):
        node = nodes.paragraph("", "", node.deepcopy())
    is_plain = isinstance(node, nodes.document | nodes.container) and not node.get("classes")
    if not is_plain:
        content.items.append((node.tagname, _attributes(node)))
        content.lines.append(line)
    for child in node.children:
        _collect(child, content, line)
    if not is_plain:
        content.items.append((f"/{node.tagname}",))
        content.lines.append(line)


def _attributes(node: nodes.Element) -> tuple[tuple[str, str], ...]:
    is_list = isinstance(node, nodes.bullet_list | nodes.enumerated_list)
    attributes = tuple(
        (name, repr(value))
        for name, value in sorted(_given(node).items())
        if name not in _IGNORED
        and not (is_list and name == "suffix")
        and not (name == "classes" and isinstance(node, nodes.literal_block | nodes.transition))
        and (value or name != "classes")
        and value is not None
    )
    if isinstance(node, nodes.literal_block):
        # the default language is not the writer's choice
        language = node.get("language", "none").replace("default", "none")
        attributes += (("language", language),)
    return attributes


def _given(node: nodes.Element) -> dict[str, Any]:
    """The attributes of *node*; of a picture, as its writer spelled them, with what others add."""
    if not isinstance(node, nodes.image):
        return node.attributes
    uri = node.get("original_uri", node["uri"])
    given = node.attributes | {"uri": uri, "alt": node.get("alt") or file_name(uri)}
    if "width" in given:
        given["width"] = str(given["width"]).removesuffix("px")
    return given


def first_difference(
    before: nodes.Node, after: nodes.Node, *, with_title: bool = True
) -> tuple[int, str] | None:
    """The first item of *before* that differs in *after*: its line, and a description; None if both
    are the same.

    :param with_title: whether to compare the titles of the documents too.
    """
    first, second = _content(before), _content(after)
    if not with_title:
        first, second = _without_title(first), _without_title(second)
    if first.items == second.items:
        return None
    same = sum(1 for _ in takewhile(_are_same, zip(first.items, second.items, strict=False)))
    line = first.lines[min(same, len(first.lines) - 1)] if first.lines else 0
    of_first, of_second = first.items[same : same + 1], second.items[same : same + 1]
    ends = of_first and isinstance(of_first[0], tuple) and of_first[0][0].startswith("/")
    item = (of_second if ends and of_second else of_first or of_second)[0]
    return line, _description(item, of_second[0] if of_second else "")


def _are_same(pair: tuple[Any, Any]) -> bool:
    return bool(pair[0] == pair[1])


def _description(item: Any, other: Any) -> str:
    if isinstance(item, tuple):
        tag = item[0].strip("/")
        name = _NAMES.get(tag, tag.replace("_", " "))
        return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"
    pairs = zip(item, other, strict=False) if isinstance(other, str) else ()
    same = sum(1 for _ in takewhile(_are_same, pairs))
    words = " ".join(item[max(0, same - 10) :][:40].split())
    return f"the text {words!r}"


_NAMES = {
    "trope_link": "link to a page",
    "trope_spoiler": "spoiler",
    "trope_folder": "folder",
    "trope_note": "note",
    "target": "anchor",
    "section": "heading",
    "transition": "rule",
    "block_quote": "quotation",
}


def _without_title(content: _Content) -> _Content:
    for at, item in enumerate(content.items):
        if item == ("/title",):
            return _Content(content.items[at:], content.lines[at:])
    return content


# -- facts


class Fact(NamedTuple):
    """One fact that the wiki takes from a document."""

    kind: str
    description: str
    line: int


def facts_of(document: nodes.document, namespaces: Namespaces, language: str) -> list[Fact]:
    """What the wiki takes from *document*.

    :param language: language of the text; it decides which phrases state a relation.
    """
    found = collect(
        document, "x", DoctreeContents(document), CollectorSettings(namespaces, language)
    )
    facts: list[Fact] = []
    for page in found.pages:
        facts += (Fact("alias", alias, page.line) for alias in sorted(page.aliases))
        facts += (Fact("index", index, page.line) for index in page.indexes)
        facts += (Fact("exclusion", word, page.line) for word in page.excluded)
        facts += (
            Fact("relation", f"{kind} {name}", page.line) for kind, name in sorted(page.relations)
        )
        facts.append(Fact("page", f"{page.name}: {page.laconic}", page.line))
    facts += (
        Fact("keywords", str(node["keywords"]), 0)
        for node in document.findall(trope_page)
        if node["keywords"]
    )
    for link in found.links:
        source = found.pages[link.page].name if link.page >= 0 else "no page"
        place = f"{link.relation} {link.place}".strip()
        opens = ", first in its item" if link.opens_item else ""
        hidden = ", in a spoiler" if link.in_spoiler else ""
        description = f"from {source} to {link.target} ({place}{opens}{hidden})"
        facts.append(Fact("link", description, link.line))
    return facts


def check_facts(before: list[Fact], after: list[Fact], name: PageName, markup: str) -> None:
    """Compares the facts of a page before and after.

    :param markup: the markup of *after*.
    :raises Refusal: with the first fact that only one of the two has.
    """
    if lost := _only_in_first(before, after):
        raise Refusal(
            f"{name} would lose a fact in {markup}: {lost.kind} {lost.description}", lost.line
        )
    if gained := _only_in_first(after, before):
        raise Refusal(f"{name} would gain a fact in {markup}: {gained.kind} {gained.description}")


def _only_in_first(first: list[Fact], second: list[Fact]) -> Fact | None:
    left = Counter((fact.kind, fact.description) for fact in second)
    for fact in first:
        left[fact.kind, fact.description] -= 1
        if left[fact.kind, fact.description] < 0:
            return fact
    return None
