"""What a document says to a reader and to the wiki: to compare it before and after."""

from __future__ import annotations

from collections import Counter
from itertools import takewhile
from typing import TYPE_CHECKING, Any, NamedTuple

from docutils import nodes

from ...markup.nodes import trope_page
from ...reading.collector import Collecting, collect
from ..refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable

    from ...names import Namespaces, PageName

__all__ = ["OWN", "Fact", "Reader", "check_facts", "facts_of", "first_difference", "told"]

_LEFT_OUT = frozenset(
    # of places and messages; of how a list or a program is shown
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
        "refdoc",
        "py:module",
        "py:class",
    ]
)
OWN = ("trope_page", "trope_head", "trope_foot", "comment", "meta", "docinfo", "field_list")
"""Nodes that say nothing to a reader."""


class Reader:
    """Reads a text as Sphinx does.

    :param read: ``rst`` or ``markdown``, and text -> doctree.
    :param language: of the project, for the words that tell a relation.
    """

    def __init__(self, read: Callable[[str, str], nodes.document], language: str) -> None:
        self._read = read
        self.language = language

    def __call__(self, kind: str, text: str) -> nodes.document:
        return self._read(kind, text)


# -- to a reader


class _Said(NamedTuple):
    items: list[Any]
    """Texts, and nodes as they begin and end."""
    lines: list[int]
    """Where each of them stands."""


def told(root: nodes.Node) -> list[Any]:
    """What *root* says to a reader, markup and page apart."""
    return _said(root).items


def _said(root: nodes.Node) -> _Said:
    said = _Said([], [])
    _tell(root, said, 0)
    return said


def _tell(node: nodes.Node, said: _Said, line: int) -> None:
    if isinstance(node, nodes.Text):
        text = node.astext()
        if not text:
            return
        if said.items and isinstance(said.items[-1], str):
            said.items[-1] += text
        else:
            said.items.append(text)
            said.lines.append(line)
        return
    assert isinstance(node, nodes.Element)
    if node.tagname in OWN or "trope-page" in node.get("classes", ()):
        return
    line = node.line or line
    is_plain = isinstance(node, nodes.document | nodes.container) and not node.get("classes")
    if not is_plain:
        said.items.append((node.tagname, _attributes(node)))
        said.lines.append(line)
    for child in node.children:
        _tell(child, said, line)
    if not is_plain:
        said.items.append((f"/{node.tagname}",))
        said.lines.append(line)


def _attributes(node: nodes.Element) -> tuple[tuple[str, str], ...]:
    is_list = isinstance(node, nodes.bullet_list | nodes.enumerated_list)
    attributes = tuple(
        (name, repr(value))
        for name, value in sorted(node.attributes.items())
        if name not in _LEFT_OUT
        and not (is_list and name == "suffix")
        and not (name == "classes" and isinstance(node, nodes.literal_block | nodes.transition))
        and (value or name != "classes")
    )
    if isinstance(node, nodes.literal_block):
        # colours that a default gives are none of the writer's
        language = node.get("language", "none").replace("default", "none")
        attributes += (("language", language),)
    return attributes


def first_difference(
    before: nodes.Node, after: nodes.Node, *, with_title: bool = True
) -> tuple[int, str] | None:
    """Line and name of the first thing in *before* that *after* says otherwise; None if all is
    the same.

    :param with_title: whether the title of the document, which its name may say, counts too.
    """
    first, second = _said(before), _said(after)
    if not with_title:
        first, second = _without_title(first), _without_title(second)
    if first.items == second.items:
        return None
    same = sum(1 for _ in takewhile(_are_same, zip(first.items, second.items, strict=False)))
    line = first.lines[min(same, len(first.lines) - 1)] if first.lines else 0
    of_first, of_second = first.items[same : same + 1], second.items[same : same + 1]
    ends = of_first and isinstance(of_first[0], tuple) and of_first[0][0].startswith("/")
    item = (of_second if ends and of_second else of_first or of_second)[0]
    return line, _named(item, of_second[0] if of_second else "")


def _are_same(pair: tuple[Any, Any]) -> bool:
    return bool(pair[0] == pair[1])


def _named(item: Any, other: Any) -> str:
    if isinstance(item, tuple):
        return f"a {_NAMES.get(item[0].strip('/'), item[0].strip('/').replace('_', ' '))}"
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


def _without_title(said: _Said) -> _Said:
    for at, item in enumerate(said.items):
        if item == ("/title",):
            return _Said(said.items[at:], said.lines[at:])
    return said


# -- to the wiki


class Fact(NamedTuple):
    """One thing that the wiki knows by a document."""

    kind: str
    what: str
    line: int


def facts_of(document: nodes.document, namespaces: Namespaces, language: str) -> list[Fact]:
    """What the wiki knows by *document*.

    :param language: of its text, for the words that tell a relation.
    """
    found = collect(document, "x", Collecting(namespaces, language))
    told: list[Fact] = []
    for page in found.pages:
        told += (Fact("alias", alias, page.line) for alias in sorted(page.aliases))
        told += (Fact("index", index, page.line) for index in page.indexes)
        told += (
            Fact("relation", f"{kind} {name}", page.line) for kind, name in sorted(page.relations)
        )
        told.append(Fact("page", f"{page.name}: {page.laconic}", page.line))
    told += (
        Fact("keywords", str(node["keywords"]), 0)
        for node in document.findall(trope_page)
        if node["keywords"]
    )
    for link in found.links:
        page_of = found.pages[link.page].name if link.page >= 0 else "no page"
        stands = f"{link.relation} {link.place}".strip()
        more = ", hidden" if link.in_spoiler else ""
        opens = ", first of its item" if link.opens_item else ""
        what = f"of {page_of} to {link.target} ({stands}{opens}{more})"
        told.append(Fact("link", what, link.line))
    return told


def check_facts(before: list[Fact], after: list[Fact], name: PageName, markup: str) -> None:
    """Compares what the wiki knows.

    :raises Refusal: with the first thing that only one of the two tells.
    """
    lost = _only_in_first(before, after)
    if lost is not None:
        raise Refusal(
            f"{name} would lose what the wiki knows of it in {markup}: {lost.kind} {lost.what}",
            lost.line,
        )
    if (more := _only_in_first(after, before)) is not None:
        raise Refusal(f"{name} would say more in {markup}: {more.kind} {more.what}")


def _only_in_first(first: list[Fact], second: list[Fact]) -> Fact | None:
    left = Counter((fact.kind, fact.what) for fact in second)
    for fact in first:
        left[fact.kind, fact.what] -= 1
        if left[fact.kind, fact.what] < 0:
            return fact
    return None
