"""The directives: pages, markup and lists of pages in any document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective

from ..markup.blocks import BlockReader
from ..markup.constructs.embeddings import embedding_of
from ..markup.dialect import DIALECT
from ..markup.nodes import make_link
from ..markup.page import add_page, clean, page_title
from ..markup.page_properties import excluded_in
from ..markup.reports import Reports
from ..messages import warn
from ..names import split_list
from ..wiki.views.neighbourhood import DEEPEST
from .equations import complete_equations
from .page_frame import add_slots
from .settings import markup_settings
from .slots import trope_listing
from .words import add_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from docutils.nodes import Node
    from sphinx.application import Sphinx

    from ..markup import MarkupSettings

__all__ = [
    "TropeBacklinks",
    "TropeDirective",
    "TropeExamples",
    "TropeGraph",
    "TropeInclude",
    "TropeIndex",
    "TropeMarkup",
    "TropeWanted",
]


def _names(argument: str | None) -> list[str]:
    return split_list(argument or "")


class _MarkupDirective(SphinxDirective):
    """A directive whose body is trope markup."""

    has_content = True

    @property
    def markup_settings(self) -> MarkupSettings:
        return markup_settings(self.config)

    def run(self) -> list[Node]:
        """The nodes of the directive. Warns of errors in the body, in line order."""
        self.reports = Reports(self._report)
        found = self.read()
        self.reports.flush()
        return found

    def read(self) -> list[Node]:
        """The nodes of the directive."""
        raise NotImplementedError

    def read_body(self, root: nodes.Element) -> BlockReader:
        """Adds the nodes of the body to *root*."""
        document = self.state.document
        used_ids = set(document.ids)
        reader = BlockReader(
            root,
            DIALECT,
            self.markup_settings,
            self.reports,
            with_sections=False,
            used_ids=used_ids,
            source=self.get_source_info()[0],
            first_line=self._first_line,
        )
        text = clean("\n".join(self.content))
        reader.read(text)
        add_words(root, text)
        if "[[math]]" in text:
            complete_equations(root, self.env)
        for id_ in used_ids.difference(document.ids):
            document.ids[id_] = root
        return reader

    def _report(self, line: int, sentence: str) -> None:
        """Warns with the file of the line, which may be an included file."""
        at = line - self._first_line
        if 0 <= at < len(self.content.items) and not self._is_in_markdown:
            source, offset = self.content.items[at]
            warn("markup", sentence, f"{source}:{offset + 1}")
        else:
            warn("markup", sentence, f"{self.get_source_info()[0]}:{line}")

    @property
    def _is_in_markdown(self) -> bool:
        return type(self.state).__module__.startswith("myst_parser")

    @property
    def _first_line(self) -> int:
        """The number of the body's first line in its file."""
        if self._is_in_markdown:
            return self.lineno + self.content_offset + 1  # MyST counts from the directive's own
        if self.content.items:
            first: int = self.content.items[0][1] + 1
            return first
        return self.content_offset + 1

    def _warn_here(self, sentence: str) -> None:
        warn("markup", sentence, self.get_location())


class TropeDirective(_MarkupDirective):
    """``.. trope:: Name``: a page inside a document."""

    required_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = {
        "title": directives.unchanged_required,
        "aliases": _names,
        "laconic": directives.unchanged_required,
        "indexes": _names,
        "namespace": directives.unchanged_required,
        "exclude": directives.unchanged_required,
        "no-index-entry": directives.flag,
        "document": directives.flag,
    }

    def read(self) -> list[Node]:
        """The container of the page; with ``:document:``, only its properties and its body."""
        settings = self.markup_settings
        is_document = "document" in self.options and self._is_below_title()
        name = settings.namespaces.page_name(self.arguments[0])
        if name is None:
            self._warn_here(f"{self.arguments[0]!r} names no page; shown without one")
        container = nodes.container(classes=["trope-page"])
        self.set_source_info(container)
        reader = self.read_body(container)
        if name is None:
            return [container]
        properties = reader.properties
        properties.title = self.options.get("title", properties.title)
        if laconic := self.options.get("laconic"):
            properties.laconic = "".join(
                node.astext() for node in reader.inline(laconic, self.lineno)
            )
        properties.aliases += [(name, self.lineno) for name in self.options.get("aliases", [])]
        properties.indexes += self.options.get("indexes", [])
        if wanted := self.options.get("namespace", properties.namespace):
            namespace = settings.namespaces.find(wanted)
            if namespace is None:
                self._warn_here(f"{wanted!r} is no namespace of this wiki; left out")
            else:
                name = name._replace(namespace=namespace)
        for option in self.options:
            properties.lines.setdefault(option, self.lineno)
        properties.lines.setdefault("index", properties.lines.get("indexes", self.lineno))
        properties.excluded += excluded_in(self.options.get("exclude", ""), self._warn_here)
        if "no-index-entry" in self.options:
            properties.excluded.append("index")
        page = add_page(container, name, properties, settings, self.reports)
        page.line = self.lineno
        if is_document:
            page["is_document"] = True
            body = list(container.children)
            container.clear()
            return [page, *body]
        page["anchor"] = self._free_id(name.anchor)
        heading = page_title(nodes.rubric, name, reader, self.lineno)
        heading["classes"].append("trope-title")
        self.set_source_info(heading)
        container.insert(0, [heading, page])
        container["ids"].append(page["anchor"])
        self.state.document.note_explicit_target(container)
        add_slots(container, page)
        return [container]

    def _is_below_title(self) -> bool:
        """Whether the directive is right below the title of its document."""
        parent: Any = self.state_machine.node
        is_first = (
            isinstance(parent, nodes.section)
            and isinstance(parent.parent, nodes.document)
            and len(parent.children) == 1
        )
        if not is_first:
            self._warn_here(":document: is ignored: it must stand right below the document's title")
        return is_first

    def _free_id(self, wanted: str) -> str:
        """*wanted*, with a number added if the document already has that id."""
        found, number = wanted, 1
        while found in self.state.document.ids:
            number += 1
            found = f"{wanted}-{number}"
        return found


class TropeMarkup(_MarkupDirective):
    """``.. trope-markup::``: trope markup that does not define a page."""

    def read(self) -> list[Node]:
        """The nodes of the body."""
        root = nodes.container()
        self.read_body(root)
        children = list(root.children)
        root.clear()
        return children


def _depth(argument: str) -> int:
    depth = directives.positive_int(argument)
    if depth > DEEPEST:
        raise ValueError(f"not from 1 to {DEEPEST}")
    return depth


class _Listing(SphinxDirective):
    """A directive that shows a list of pages."""

    kind: ClassVar[str]

    def listing(self, name: str = "", namespace: str = "", depth: int = 1) -> list[Node]:
        """The slot of the list."""
        node = trope_listing(kind=self.kind, name=name, namespace=namespace, depth=depth)
        self.set_source_info(node)
        return [node]

    def canonical(self, spelling: str) -> str | None:
        """The canonical name for *spelling*; empty if *spelling* is empty; None, with a warning, if
        it is not the name of a page.
        """
        if not spelling:
            return ""
        name = markup_settings(self.config).namespaces.page_name(spelling)
        if name is None:
            warn("markup", f"{spelling!r} names no page; nothing is listed", self.get_location())
        return name and str(name)


class TropeIndex(_Listing):
    """``.. trope-index::``: pages from A to Z: all, those of a namespace, or those of an index."""

    kind = "index"
    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = {
        "namespace": directives.unchanged_required,
        "index": directives.unchanged_required,
    }

    def run(self) -> list[Node]:
        """The slot of the list."""
        namespace = self.options.get("namespace", "")
        known = markup_settings(self.config).namespaces.find(namespace) if namespace else ""
        if known is None:
            warn(
                "markup",
                f"{namespace!r} is not a namespace of this wiki; nothing is listed",
                self.get_location(),
            )
        name = self.canonical(self.options.get("index", ""))
        return [] if known is None or name is None else self.listing(name, known)


class TropeBacklinks(_Listing):
    """``.. trope-backlinks:: [Name]``: the backlinks of a page, by default the one around it."""

    kind = "backlinks"
    optional_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[Node]:
        """The slot of the list."""
        name = self.canonical(self.arguments[0] if self.arguments else "")
        return [] if name is None else self.listing(name)


class TropeExamples(TropeBacklinks):
    """``.. trope-examples:: [Name]``: the works of a trope, or the tropes of a work, that only the
    other pages name.
    """

    kind = "examples"


class TropeGraph(_Listing):
    """``.. trope-graph:: [Name]``: the neighbourhood of a page, by default the one around it."""

    kind = "graph"
    optional_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = {"depth": _depth}

    def run(self) -> list[Node]:
        """The slot of the drawing."""
        name = self.canonical(self.arguments[0] if self.arguments else "")
        if name is None:
            return []
        return self.listing(name, depth=self.options.get("depth", 1))


class TropeInclude(SphinxDirective):
    """``.. trope-include:: Name#section``: another page, or a section of it, inside this one."""

    required_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[Node]:
        """The embedding."""
        namespaces, typed = markup_settings(self.config).namespaces, self.arguments[0]
        spelled = namespaces.spelled(typed)
        if spelled is None:
            warn("markup", f"{typed!r} names no page; nothing is shown", self.get_location())
            return []
        words = nodes.Text(namespaces.words(typed.partition("#")[0]))
        found = make_link([words], "", self.lineno, spelled.name, spelled.section, False, "")
        embedding = embedding_of(found)
        self.set_source_info(embedding)
        return [embedding]


class TropeWanted(_Listing):
    """``.. trope-wanted::``: the wanted pages."""

    kind = "wanted"

    def run(self) -> list[Node]:
        """The slot of the list."""
        return self.listing()


def setup(app: Sphinx) -> None:
    """Registers the directives."""
    app.add_directive("trope", TropeDirective)
    app.add_directive("trope-markup", TropeMarkup)
    app.add_directive("trope-index", TropeIndex)
    app.add_directive("trope-backlinks", TropeBacklinks)
    app.add_directive("trope-examples", TropeExamples)
    app.add_directive("trope-graph", TropeGraph)
    app.add_directive("trope-include", TropeInclude)
    app.add_directive("trope-wanted", TropeWanted)
