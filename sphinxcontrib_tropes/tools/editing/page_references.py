"""References to pages in a doctree, and a digest of everything else. They show whether an edit
changes only references.
"""

from __future__ import annotations

from collections import Counter
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple

from docutils import nodes

from ...markup.nodes import trope_link, trope_page
from ...names import PageName, is_canonical, key_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from ...markup.spans import NamedPage
    from .source_files import Sources

__all__ = ["Snapshot", "Snapshots", "count_references"]

# They follow from the text, or say where a node is in its file.
_IGNORED = frozenset(["ids", "names", "dupnames", "backrefs", "source", "xml:space", "nth"])
_NAMES = ("target", "redirect", "name")
_FROM_FILE_NAME = ("trope_head", "trope_foot")
# Not references to other pages; a redirect also has a link.
_NO_NAMES = frozenset(["name", "aliases", "anchor", "laconic", "keywords", "title", "redirect"])


class Snapshot(NamedTuple):
    """The content of a text, for comparison, and its references to some pages."""

    digest: bytes
    """Digest of the content: equal for texts that only differ in which page they refer to."""
    counts: Mapping[str, int]
    """Key of a page -> the number of references to it."""
    places: Mapping[str, tuple[tuple[str, int], ...]]
    """Key of a page -> file (empty: the text's own) and line (0: unknown) of each reference."""
    names: tuple[NamedPage, ...] = ()
    """Where trope markup names these pages."""


class Snapshots:
    """Snapshots of texts, for some pages. Each text is read only once: renaming back starts with
    the texts that the rename produced, and should end with the original ones.

    :param names: the pages, which count as one in a digest.
    """

    def __init__(self, sources: Sources, *names: PageName) -> None:
        self._read = sources.doctree_and_names
        self._find = sources.settings.namespaces.page_name
        self._keys = frozenset(name.key for name in names)
        self._known: dict[tuple[str, str], Snapshot] = {}

    def of(self, path: str, text: str) -> Snapshot:
        """The snapshot of *text*, taken as the content of *path*."""
        known = self._known.get((path, text))
        if known is None:
            doctree, names = self._read(path, text)
            digest = sha256(repr(list(_walk(doctree, self._normalized))).encode("utf-8", "replace"))
            places: dict[str, list[tuple[str, int]]] = {key: [] for key in self._keys}
            for node in doctree.findall(nodes.Element):
                for spelling, line in _references(node):
                    name = self._find(spelling)
                    if name is not None and name.key in places:
                        places[name.key].append(_place(node, line))
            known = Snapshot(
                digest.digest(),
                {key: len(found) for key, found in places.items()},
                {key: tuple(found) for key, found in places.items()},
                tuple(name for name in names if key_of(name.page) in self._keys),
            )
            self._known[path, text] = known
        return known

    def _normalized(self, spelling: str) -> str:
        name = self._find(spelling)
        if name is None:
            return spelling
        return "one of the names" if name.key in self._keys else name.key


def count_references(
    find: Callable[[str], PageName | None],
    doctree: nodes.Node,
    without: tuple[type[nodes.Node], ...] = (),
) -> Counter[str]:
    """The key of each page that *doctree* refers to, and how often. The name of its own file is not
    a reference.

    :param find: spelling -> name.
    :param without: nodes to leave out.
    """
    found: Counter[str] = Counter()
    waiting = [doctree]
    while waiting:
        node = waiting.pop()
        if not isinstance(node, nodes.Element) or isinstance(node, without):
            continue
        waiting += node.children
        found.update(name.key for spelling, _ in _references(node) if (name := find(spelling)))
    return found


def _references(node: nodes.Element) -> Iterator[tuple[str, int]]:
    """The pages that *node* refers to, and the line of each reference; 0 for the node's line."""
    if isinstance(node, trope_link):
        yield node["target"], 0
    elif isinstance(node, trope_page):
        for attribute, value in node.attributes.items():
            if attribute not in _NO_NAMES:
                yield from _names_of(value)
        if node["anchor"] or node.get("is_document"):
            yield node["name"], 0  # the argument of a directive
    elif node.tagname == "trope_listing" or (node.tagname.startswith("trope_") and "name" in node):
        if node.tagname not in _FROM_FILE_NAME:
            yield node["name"], 0
    elif _is_any_reference(node):
        yield node["reftarget"], 0


def _names_of(value: Any) -> Iterator[tuple[str, int]]:
    """The canonical names in the value of an attribute, each with the line stored beside it."""
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
    """Whether *node* is a reference that may mean a page or something else."""
    is_any = node.tagname == "pending_xref" and node.get("reftype") in ("any", "myst")
    return is_any and node.get("refdomain") != "doc"


def _walk(root: nodes.Node, normalize: Callable[[str], str]) -> Iterator[Any]:
    """The content of *root* in order.

    :param normalize: spelling of a name -> value to compare.
    """
    waiting: list[nodes.Node | None] = [root]
    text = ""  # adjacent texts count as one
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
            yield node.tagname, normalize(node["reftarget"])
            continue
        yield (node.tagname, *_attributes(node, normalize))
        if isinstance(node, trope_link) and not node["explicit"]:
            continue  # it shows the title of its target, if there is one
        if _is_name_of_page(node):
            continue
        waiting.append(None)
        waiting.extend(reversed(node.children))


def _is_name_of_page(node: nodes.Element) -> bool:
    """Whether *node* is a title derived from the name of the page."""
    parent = node.parent
    if parent is None or not isinstance(node, nodes.title | nodes.rubric) or parent.index(node):
        return False
    pages = (child for child in parent.children[:3] if isinstance(child, trope_page))
    return any(PageName(*page["name"].split("/", 1)).title == node.astext() for page in pages)


def _attributes(node: nodes.Element, normalize: Callable[[str], str]) -> Iterator[Any]:
    for name, value in sorted(node.attributes.items()):
        if name in _IGNORED or (name == "anchor" and isinstance(node, trope_page)):
            continue
        if (name == "reftarget" and _is_any_reference(node)) or (
            name in _NAMES and isinstance(value, str) and "/" in value
        ):
            yield name, normalize(value)
        elif name == "classes" and isinstance(node, nodes.admonition):
            # docutils makes one of the title
            yield name, [word for word in value if not word.startswith("admonition-")]
        elif name == "alt" and _is_of_figure(node):
            continue  # it follows from the caption or the link
        elif isinstance(node, trope_page) and not isinstance(value, str):
            yield name, repr(_normalized(value, normalize))
        else:
            yield name, repr(value)


def _normalized(value: Any, normalize: Callable[[str], str]) -> Any:
    """*value* with names normalized and without lines."""
    if isinstance(value, str):
        return normalize(value) if is_canonical(value) else value
    if isinstance(value, list | tuple):
        return [_normalized(part, normalize) for part in value if type(part) is not int]
    return value


def _is_of_figure(node: nodes.Node) -> bool:
    """Whether *node* is in a picture of trope markup."""
    at = node.parent
    while at is not None and not isinstance(at, nodes.figure):
        at = at.parent
    return at is not None and "trope-picture" in at["classes"]
