"""``.trope`` files as Sphinx documents."""

from __future__ import annotations

import re
from functools import partial
from textwrap import dedent
from typing import TYPE_CHECKING

from docutils import nodes
from docutils.parsers import Parser as DocutilsParser

from ..markup import Parser
from ..markup.dialect import DIALECT
from ..markup.escapes import Escapes
from ..markup.inline import InlineContext
from ..markup.nodes import trope_page
from ..markup.parser import page_name_of_file
from ..messages import warn
from . import source_encoding
from .equations import complete_equations
from .page_frame import add_meta, add_slots
from .settings import markup_settings
from .words import add_words

if TYPE_CHECKING:
    from docutils.transforms import Transform
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

    from ..markup import MarkupSettings
    from ..names import PageName

__all__ = ["SUFFIX", "SourceParser", "setup"]

SUFFIX = ".trope"

# Sphinx passes translated messages to the parser as reStructuredText: a title is underlined, a
# literal block follows "::".
_TRANSLATED = re.compile(r":<translated>\Z")
_TITLE_RULE = re.compile(r"\n=+\s*\Z")
_LITERAL = "::\n\n"


class SourceParser(Parser):
    """Parses a ``.trope`` document, or one translated message of it."""

    def parse(self, inputstring: str, document: nodes.document) -> None:
        """Adds the page and its slots to *document*."""
        if _TRANSLATED.search(document.get("source") or ""):
            self.setup_parse(inputstring, document)
            document += self._message(inputstring, document)
            self.finish_parse()
            return
        super().parse(inputstring, document)
        section = document.children[0]
        assert isinstance(section, nodes.section)
        page = next(child for child in section.children if isinstance(child, trope_page))
        add_meta(document, page)
        add_slots(section, page)
        add_words(section, inputstring)
        if "[[math]]" in inputstring:
            complete_equations(section, document.settings.env)

    def get_transforms(self) -> list[type[Transform]]:
        """Only docutils' transforms: with Sphinx, post-transforms do the rest."""
        transforms: list[type[Transform]] = DocutilsParser.get_transforms(self)
        return transforms

    def _message(self, text: str, document: nodes.document) -> nodes.Element:
        """A translated message as Sphinx expects it: a paragraph, a title or a literal block."""
        if text.startswith(_LITERAL):
            literal = dedent(text.removeprefix(_LITERAL))
            return nodes.literal_block(literal, literal)
        is_title = _TITLE_RULE.search(text) is not None
        text = _TITLE_RULE.sub("", text)
        escapes = Escapes(text)
        report = partial(self.report, document)
        context = InlineContext(DIALECT, self.markup_settings(document), escapes, report)
        children = context.parse(escapes.text, 1)
        if is_title:
            return nodes.section("", nodes.title(text, "", *children))
        return nodes.paragraph(text, "", *children)

    def markup_settings(self, document: nodes.document) -> MarkupSettings:
        """The settings that the project configures."""
        return markup_settings(document.settings.env.config)

    def page_name(self, document: nodes.document, settings: MarkupSettings) -> PageName:
        """The name of the page that the file defines."""
        env: BuildEnvironment = document.settings.env
        return page_name_of_file(env.docname, settings.namespaces)

    def report(self, document: nodes.document, line: int, sentence: str) -> None:
        """Warns with file and line."""
        warn("markup", sentence, (document.settings.env.docname, line))


def setup(app: Sphinx) -> ExtensionMetadata:
    """Registers the parser and its suffix."""
    app.add_source_suffix(SUFFIX, "trope")
    app.add_source_parser(SourceParser)
    source_encoding.setup(app)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
