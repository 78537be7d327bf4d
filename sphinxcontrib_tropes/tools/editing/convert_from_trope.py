"""A page of trope markup -> reStructuredText or Markdown.

The result is read and compared with the page. A block that has no equivalent, or would change,
stays trope markup in the directive ``trope-markup``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docutils import nodes

from ...markup.blocks import BlockReader
from ...markup.dialect import DIALECT
from ...markup.escapes import Escapes
from ...markup.nodes import trope_page
from ...markup.page import clean, page_section
from ...names import MAIN, split_list
from ...reading.words import add_words
from ..refusal import Refusal
from .conversion import Converted, page_facts
from .directives import directive
from .document_comparison import (
    SphinxReader,
    check_facts,
    content_of,
    facts_of,
    first_difference,
)
from .markup_writers import MarkdownWriter, RstWriter
from .page_chunks import Chunk, Property, split_page
from .rich_nodes import NoEquivalent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...markup import MarkupSettings
    from ...names import PageName

__all__ = ["convert_from_trope"]

_STYLES = frozenset(["style", "style_open"])
_COMMENT_STYLE = re.compile(r"%(?:[^%\n]*\s)?comment\b", re.IGNORECASE)
_LACONIC = frozenset(["description", "laconic", "summary"])
_PLAIN_OPTION = re.compile(r"[^\W_](?:(?![ \t]#|:[ \t]).)*(?<!:)")
"""A value without special meaning in YAML, the syntax in which MyST reads options."""


def convert_from_trope(
    text: str, name: PageName, settings: MarkupSettings, kind: str, read: SphinxReader
) -> Converted:
    """The page *name* with the source *text* as ``rst`` or ``markdown``.

    :raises Refusal: if that markup can't express it.
    """
    section = page_section(text, name, settings, lambda line, sentence: None)
    add_words(section, text)
    page = next(section.findall(trope_page))
    if page["redirect"]:
        raise Refusal(f"{name} is only a redirect: there is nothing to convert")
    writer = (RstWriter if kind == "rst" else MarkdownWriter)(settings)
    title = next(iter(section.findall(nodes.title))).astext()
    # pages are in no toctree: links and the index point to them, as before
    orphan = ":orphan:" if kind == "rst" else "---\norphan: true\n---"
    chunks, properties = split_page(clean(text))
    page_directive = _page_directive(page, properties, settings, kind)
    head = [orphan, writer.titled(writer.text(title, ""), 0), page_directive]
    written = [_written(chunk, writer, settings) for chunk in chunks]
    for _ in range(2):
        result = "\n\n".join([*head, *_assembled(chunks, written, kind)]) + "\n"
        after = read(kind, result)
        difference = first_difference(section, after)
        if difference is None:
            facts = page_facts(text, name, settings, read.language)
            new_facts = facts_of(after, settings.namespaces, read.language)
            check_facts(facts, new_facts, name, kind)
            return Converted(result, sum(chunk is None for chunk in written))
        # again, without the chunks that change
        written = [
            text if text is not None and _is_same(chunk, text, settings, kind, read) else None
            for chunk, text in zip(chunks, written, strict=True)
        ]
    line, what = difference or (0, "")
    raise Refusal(f"{kind} can't express {name}: {what} has no equivalent in this place", line)


def _nodes(source: str, settings: MarkupSettings) -> list[nodes.Node]:
    root = nodes.container()
    reader = BlockReader(
        root, DIALECT, settings, lambda line, sentence: None, with_sections=False, used_ids=set()
    )
    reader.read(source)
    add_words(root, source)
    return list(root.children)


def _written(chunk: Chunk, writer: RstWriter, settings: MarkupSettings) -> str | None:
    """*chunk* in the other markup; None if it has no equivalent."""
    if chunk.is_rule:
        return writer.rule
    if not chunk.level and _has_comment(chunk.source, settings):
        return None
    children = _nodes(chunk.source, settings)
    try:
        if chunk.level:
            (heading,) = children
            assert isinstance(heading, nodes.Element)
            return writer.finished(_heading(heading, chunk, writer))
        return writer.finished(writer.blocks(children))
    except (NoEquivalent, ValueError):
        writer.finished("")
        return None


def _has_comment(source: str, settings: MarkupSettings) -> bool:
    """Whether one of the lines has a comment."""
    if "%" not in source:
        return False
    tokens = DIALECT.scanner(wikiwords=settings.wikiwords).tokens(Escapes(source).text)
    names = {name for _start, _end, name, _ in tokens}
    return "comment" in names or (
        not names.isdisjoint(_STYLES) and _COMMENT_STYLE.search(source) is not None
    )


def _heading(heading: nodes.Element, chunk: Chunk, writer: RstWriter) -> str:
    """A heading. If a part has no equivalent, a role that reads trope markup gets all of it."""
    level = min(chunk.level, 6)
    try:
        return writer.titled(writer.inline(heading.children), level)
    except NoEquivalent:
        source = chunk.source.lstrip("!").strip()
        if "`" in source or "\\" in source:
            raise
        return writer.titled(writer.role_of("trope", source), level)


def _assembled(chunks: list[Chunk], written: list[str | None], kind: str) -> Iterator[str]:
    was_list = False
    separator = ".." if kind == "rst" else "% -"
    for chunk, text in zip(chunks, written, strict=True):
        is_list = text is not None and chunk.source.lstrip()[:1] in ("*", "#")
        if is_list and was_list:
            yield separator  # otherwise the two lists would become one
        yield directive("trope-markup", chunk.source, kind) if text is None else text
        was_list = is_list


def _is_same(
    chunk: Chunk, text: str, settings: MarkupSettings, kind: str, read: SphinxReader
) -> bool:
    if chunk.level or chunk.is_rule:
        return True
    before = nodes.container("", *_nodes(chunk.source, settings))
    return content_of(read(kind, text)) == content_of(before)


def _page_directive(
    page: trope_page, properties: list[Property], settings: MarkupSettings, kind: str
) -> str:
    """The directive that makes the document the page.

    Its option ``laconic`` takes plain text only. A laconic with markup, a spoiler or a note stays a
    property in the body, as do all properties that no option expresses.
    """
    laconic: str = page["laconic"]
    if not any(p.name in _LACONIC and p.value == laconic for p in properties):
        laconic = ""
    if kind == "markdown" and not _PLAIN_OPTION.fullmatch(laconic):
        laconic = ""
    values = {
        "aliases": ", ".join(alias.removeprefix(f"{MAIN}/") for alias in page["aliases"]),
        "laconic": laconic,
        "exclude": ", ".join(page.get("excluded", ())),
    }
    options = (":document:", *(f":{option}: {value}" for option, value in values.items() if value))
    title = next((p for p in reversed(properties) if p.name == "title" and p.value), None)
    is_page = settings.namespaces.page_name

    def is_expressed(p: Property) -> bool:
        if p.name in _LACONIC:
            return p.value == laconic
        if p.name in ("alias", "aliases"):
            return all(map(is_page, split_list(p.value)))
        if p.name == "exclude":
            return True
        if p.name == "namespace":
            return settings.namespaces.find(p.value) is not None
        return p is title or not p.value

    body = "\n".join(p.source for p in properties if not is_expressed(p))
    return directive("trope", body, kind, page["name"].removeprefix(f"{MAIN}/"), options)
