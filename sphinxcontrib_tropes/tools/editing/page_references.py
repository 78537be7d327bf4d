"""What a document says, without what a rename is to change: to compare before with after."""

from __future__ import annotations

from collections import Counter
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple

from docutils import nodes

from ...markup.nodes import trope_link, trope_page
from ...names import PageName, is_canonical

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from .source_files import Sources

__all__ = ["Reading", "Readings", "names_in"]

# They follow from texts, or say where a node is in its file.
_LEFT_OUT = frozenset(["ids", "names", "dupnames", "backrefs", "source", "xml:space", "nth"])
_NAMES = ("target", "redirect", "name")
_OF_THE_FILE = ("trope_head", "trope_foot")
# What a page has these for is no reference to another; beside a redirect stands a link.
_NO_NAMES = frozenset(["name", "aliases", "anchor", "laconic", "keywords", "title", "redirect"])


class Reading(NamedTuple):
    """A text, read."""

    says: bytes
    """A digest of everything it says: the same for two texts that differ in the names alone."""
    names: Mapping[str, int]
    """The key of each of the names -> how often it names that page."""
    places: Mapping[str, tuple[tuple[str, int], ...]]
    """The key of each of the names -> file (empty: its own) and line (0: unknown) of each."""


class Readings:
    """Texts as they are read by one who takes two names for the same. Each is read once: what a
    rename leads to is where the way back begins, and where that ends is where all began.
    """

    def __init__(self, sources: Sources, *names: PageName) -> None:
        self._doctree = sources.doctree
        self._find = sources.settings.namespaces.page_name
        self._keys = frozenset(name.key for name in names)
        self._known: dict[tuple[str, str], Reading] = {}

    def of(self, path: str, text: str) -> Reading:
        """*text* in the place of *path*."""
        known = self._known.get((path, text))
        if known is None:
            doctree = self._doctree(path, text)
            says = sha256(repr(list(_walk(doctree, self._as_compared))).encode("utf-8", "replace"))
            places: dict[str, list[tuple[str, int]]] = {key: [] for key in self._keys}
            for node in doctree.findall(nodes.Element):
                for spelling, line in _named(node):
                    name = self._find(spelling)
                    if name is not None and name.key in places:
                        places[name.key].append(_place(node, line))
            known = Reading(
                says.digest(),
                {key: len(found) for key, found in places.items()},
                {key: tuple(found) for key, found in places.items()},
            )
            self._known[path, text] = known
        return known

    def _as_compared(self, spelling: str) -> str:
        name = self._find(spelling)
        if name is None:
            return spelling
        return "one of the names" if name.key in self._keys else name.key


def names_in(
    find: Callable[[str], PageName | None],
    doctree: nodes.Node,
    without: tuple[type[nodes.Node], ...] = (),
) -> Counter[str]:
    """The key of each page that *doctree* names, and how often it does, beside what its file is
    called.

    :param find: a spelling -> the name.
    :param without: nodes that are not looked into.
    """
    found: Counter[str] = Counter()
    waiting = [doctree]
    while waiting:
        node = waiting.pop()
        if not isinstance(node, nodes.Element) or isinstance(node, without):
            continue
        waiting += node.children
        found.update(name.key for spelling, _ in _named(node) if (name := find(spelling)))
    return found


def _named(node: nodes.Element) -> Iterator[tuple[str, int]]:
    """The pages that *node* names, and the line of each if it says one of its own."""
    if isinstance(node, trope_link):
        yield node["target"], 0
    elif isinstance(node, trope_page):
        for attribute, value in node.attributes.items():
            if attribute not in _NO_NAMES:
                yield from _names_of(value)
        if node["anchor"] or node.get("is_document"):
            yield node["name"], 0  # by a directive
    elif node.tagname == "trope_listing" or (node.tagname.startswith("trope_") and "name" in node):
        if node.tagname not in _OF_THE_FILE:
            yield node["name"], 0
    elif _is_any_reference(node):
        yield node["reftarget"], 0


def _names_of(value: Any) -> Iterator[tuple[str, int]]:
    """The canonical names in the value of an attribute, and the number beside each."""
    if isinstance(value, str):
        if is_canonical(value):
            yield value, 0
    elif isinstance(value, list | tuple):
        line = next((part for part in value if type(part) is int), 0)
        for part in value:
            for name, own in _names_of(part):
                yield name, own or line


def _place(node: nodes.Element, line: int) -> tuple[str, int]:
    """File and line of *node*."""
    source = ""
    at: nodes.Element | None = node
    while at is not None and not (line and source):
        line = line or at.line or 0
        source = source or at.source or ""
        at = at.parent
    return source, line


def _is_any_reference(node: nodes.Element) -> bool:
    """Whether *node* is a reference that may mean a page among other things."""
    is_any = node.tagname == "pending_xref" and node.get("reftype") in ("any", "myst")
    return is_any and node.get("refdomain") != "doc"


def _walk(root: nodes.Node, now: Callable[[str], str]) -> Iterator[Any]:
    """Everything in *root*, in its order.

    :param now: a name in any spelling -> what it is to be compared as.
    """
    waiting: list[nodes.Node | None] = [root]
    text = ""  # two texts side by side are one
    while waiting:
        node = waiting.pop()
        if isinstance(node, nodes.Text):
            text += str(node)
            continue
        if isinstance(node, nodes.system_message):
            continue
        if text:
            yield text
            text = ""
        if node is None:
            yield ")"
            continue
        assert isinstance(node, nodes.Element)
        if _is_any_reference(node) and not node["refexplicit"]:
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
        if (name == "reftarget" and _is_any_reference(node)) or (
            name in _NAMES and isinstance(value, str) and "/" in value
        ):
            yield name, now(value)
        elif name == "alt" and _is_of_figure(node):
            continue  # it follows from the caption, or from the link around it
        elif isinstance(node, trope_page) and not isinstance(value, str):
            yield name, repr(_compared(value, now))
        else:
            yield name, repr(value)


def _compared(value: Any, now: Callable[[str], str]) -> Any:
    """*value* with its canonical names as they are compared, and without lines."""
    if isinstance(value, str):
        return now(value) if is_canonical(value) else value
    if isinstance(value, list | tuple):
        return [_compared(part, now) for part in value if type(part) is not int]
    return value


def _is_of_figure(node: nodes.Node) -> bool:
    """Whether *node* stands in a picture of trope markup."""
    at = node.parent
    while at is not None and not isinstance(at, nodes.figure):
        at = at.parent
    return at is not None and "trope-picture" in at["classes"]
