"""``.trope`` files as documents of Sphinx."""

from __future__ import annotations

import codecs
import re
from functools import partial
from textwrap import dedent
from typing import TYPE_CHECKING

from docutils import nodes
from docutils.parsers import Parser as DocutilsParser

from ..internals.sphinx.environment import set_source_encoding, source_encoding
from ..markup import Parser
from ..markup.dialect import DIALECT
from ..markup.escapes import Escapes
from ..markup.inline import InlineContext
from ..markup.nodes import trope_page
from ..markup.parser import page_name_of_file
from ..messages import warn
from .encoding import decoded, is_plain
from .settings import markup_settings
from .slots import trope_foot, trope_head

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer as Buffer
    from docutils.transforms import Transform
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

    from ..markup import MarkupSettings
    from ..names import PageName

__all__ = ["SUFFIX", "SourceParser", "setup"]

SUFFIX = ".trope"

# Sphinx has the message of a title or a literal block parsed as reStructuredText for one.
_TRANSLATED = re.compile(r":<translated>\Z")
_TITLE_RULE = re.compile(r"\n=+\s*\Z")
_LITERAL = "::\n\n"


class SourceParser(Parser):
    """Reads a ``.trope`` document, or one translated message of it, for Sphinx."""

    def parse(self, inputstring: str, document: nodes.document) -> None:
        """Adds the page, and the place of its panel, to *document*."""
        if _TRANSLATED.search(document.get("source") or ""):
            self.setup_parse(inputstring, document)
            document += self._message(inputstring, document)
            self.finish_parse()
            return
        super().parse(inputstring, document)
        section = document.children[0]
        assert isinstance(section, nodes.section)
        page = next(child for child in section.children if isinstance(child, trope_page))
        if page["keywords"]:
            document.insert(0, nodes.meta(name="keywords", content=page["keywords"]))
        if page["laconic"]:
            document.insert(0, nodes.meta(name="description", content=page["laconic"]))
        if not page["redirect"]:
            section.insert(2, trope_head(name=page["name"]))
            section += trope_foot(name=page["name"])

    def get_transforms(self) -> list[type[Transform]]:
        """Docutils' own: Sphinx has its post-transforms for the rest."""
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
        """What the project is configured to."""
        return markup_settings(document.settings.env.config)

    def page_name(self, document: nodes.document, settings: MarkupSettings) -> PageName:
        """The page that the file defines."""
        env: BuildEnvironment = document.settings.env
        return page_name_of_file(env.docname, settings.namespaces)

    def report(self, document: nodes.document, line: int, sentence: str) -> None:
        """Warns of *sentence* with file and line."""
        warn("markup", sentence, (document.settings.env.docname, line))


# -- files that are not UTF-8

_ANY = "tropes_any"


class _Decoder(codecs.IncrementalDecoder):
    """Keeps what it is given until all of a file is there."""

    def __init__(self, errors: str = "strict") -> None:
        super().__init__(errors)
        self._kept = b""

    def decode(self, data: Buffer, final: bool = False) -> str:  # noqa: FBT002
        self._kept += bytes(data)
        if not final:
            return ""
        kept, self._kept = self._kept, b""
        return decoded(kept).text

    def reset(self) -> None:
        self._kept = b""


def _find_codec(name: str) -> codecs.CodecInfo | None:
    """What reads any bytes as :func:`.decoding.decoded` does, for :data:`_ANY`."""
    if name != _ANY:
        return None
    utf8 = codecs.lookup("utf-8")

    def decode(data: Buffer, errors: str = "strict", /) -> tuple[str, int]:
        raw = bytes(data)
        return decoded(raw).text, len(raw)

    return codecs.CodecInfo(
        utf8.encode, decode, incrementalencoder=utf8.incrementalencoder,
        incrementaldecoder=_Decoder, name=_ANY,
    )  # fmt: skip


def _check_encoding(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Has all documents read by :mod:`.decoding`, if one of them is not UTF-8.

    Sphinx 9 would stop the whole build, for it reads with no handler of errors, and it offers no
    place between the check and the reading but the name of the encoding.
    """
    if not _is_utf8(source_encoding(env)):
        return  # a project may say that all of it is in another one
    if not all(is_plain(env.doc2path(docname).read_bytes()) for docname in docnames):
        set_source_encoding(env, _ANY)


def _is_utf8(name: str) -> bool:
    return name.lower().replace("_", "-") in ("utf-8", "utf-8-sig", "utf8")


def _report_encoding(app: Sphinx, docname: str, _content: list[str]) -> None:
    """Warns of a document that is not UTF-8, when it is read."""
    if source_encoding(app.env) == _ANY:
        found = decoded(app.env.doc2path(docname).read_bytes())
        if found.sentence:
            warn("encoding", f"{found.sentence}; save it as UTF-8", (docname, found.line))


def setup(app: Sphinx) -> ExtensionMetadata:
    codecs.register(_find_codec)
    app.add_source_suffix(SUFFIX, "trope")
    app.add_source_parser(SourceParser)
    app.connect("env-before-read-docs", _check_encoding)
    app.connect("source-read", _report_encoding, priority=1)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
