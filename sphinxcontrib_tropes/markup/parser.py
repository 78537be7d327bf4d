"""The docutils parser of trope markup, for any front end of docutils."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes, parsers

from ..internals.docutils import fast_walk
from ..internals.docutils.node_class import change_class
from ..names import MAIN, Namespaces, PageName
from .page import page_section
from .settings import MarkupSettings

if TYPE_CHECKING:
    from docutils.transforms import Transform

__all__ = ["Parser", "page_name_of_file"]

_DEFAULT = MarkupSettings()  # shared: it caches the names that it reads


class Parser(parsers.Parser):
    """Reads a document of trope markup: one page."""

    supported = ("trope",)
    config_section = "trope parser"
    config_section_dependencies = ("parsers",)

    def parse(self, inputstring: str, document: nodes.document) -> None:
        """Adds the section of the page to *document*."""
        self.setup_parse(inputstring, document)
        change_class(document, fast_walk.document)
        settings = self.markup_settings(document)
        section = page_section(
            inputstring,
            self.page_name(document, settings),
            settings,
            lambda line, sentence: self.report(document, line, sentence),
            source=document.get("source"),
        )
        document += section
        sections = [section]
        while sections:
            named = sections.pop()
            document.note_implicit_target(named, named)
            sections += (child for child in named.children if isinstance(child, nodes.section))
        self.finish_parse()

    def get_transforms(self) -> list[type[Transform]]:
        """Docutils' own transforms, and those for writers without a wiki."""
        # imported late: Sphinx needs neither, and docutils' HTML writer is slow to import
        from .writer import LinkPages, LowerForWriter

        transforms: list[type[Transform]] = super().get_transforms()
        return [*transforms, LinkPages, LowerForWriter]

    def markup_settings(self, document: nodes.document) -> MarkupSettings:
        """The settings of the wiki that *document* is part of."""
        return _DEFAULT

    def page_name(self, document: nodes.document, settings: MarkupSettings) -> PageName:
        """The page that *document* defines, by its path; properties may change the namespace."""
        return page_name_of_file(document.get("source") or "", settings.namespaces)

    def report(self, document: nodes.document, line: int, sentence: str) -> None:
        """Warns of *line* with *sentence*."""
        document.reporter.warning(sentence, line=line, source=document.get("source"))


def page_name_of_file(path: str, namespaces: Namespaces) -> PageName:
    """The page that the file *path* defines. If its folder is a namespace, the page is in it."""
    *folders, file = path.replace("\\", "/").split("/")
    namespace = (namespaces.find(folders[-1]) if folders else None) or MAIN
    stem = file.removesuffix(".trope")
    # a dot in a file name does not end a namespace
    name = namespaces.page_name(stem.replace(".", " "), namespace)
    return name or PageName(namespace, "Untitled")
