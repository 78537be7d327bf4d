"""reStructuredText or Markdown -> a page of trope markup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from ...markup.constructs.properties import property_line
from ...markup.nodes import trope_page
from ...markup.page import page_section
from ...names.exclusions import INDEX
from ...reading.words import add_words
from ..refusal import Refusal
from .conversion import (
    Converted,
    blocks_of,
    comment_lines,
    page_facts,
    with_final_newline,
    written_block,
)
from .directives import Placeholders
from .document_comparison import SphinxReader, check_facts, facts_of, first_difference
from .trope_writer import TropeWriter

if TYPE_CHECKING:
    from ...markup import MarkupSettings
    from ...names import PageName
    from .directives import Directive

__all__ = ["convert_to_trope"]

_PROPERTIES = {
    "title": "title",
    "aliases": "alias",
    "laconic": "laconic",
    "namespace": "namespace",
    "exclude": "exclude",
}
"""Option of the directive ``trope`` -> property of the page."""


def convert_to_trope(
    text: str, name: PageName, settings: MarkupSettings, kind: str, read: SphinxReader
) -> Converted:
    """The document *text* as trope markup of the page *name*.

    :param kind: ``rst`` or ``markdown``.
    :raises Refusal: if trope markup can't express it.
    """
    text = with_final_newline(text)
    properties: list[str] = []
    placeholders = Placeholders()

    def body_of(directive: Directive) -> str:
        if directive.name == "trope":
            properties.extend(_properties(directive))
        return directive.body

    bare = placeholders.replace(text, kind, body_of)
    writer = TropeWriter(settings)
    blocks: list[str] = []
    title = ""
    for level, node in blocks_of(read(kind, bare)):
        if isinstance(node, nodes.title) and level == 1 and not title:
            title = node.astext()
        elif isinstance(node, nodes.comment):
            blocks.append("\n".join(f"(:comment {line}:)" for line in comment_lines(node)))
        elif (source := placeholders.source(node.astext())) is not None:
            blocks.append(source)
        else:
            blocks.append(written_block(writer, node, level, "trope markup"))
    if title not in ("", name.title) and not any(
        line.startswith("(:title ") for line in properties
    ):
        properties.insert(0, property_line("title", title))
    head = ["\n".join(properties)] if properties else []
    result = "\n\n".join([*head, *blocks]) + "\n"
    _check(read(kind, text), result, name, settings, read.language)
    return Converted(result)


def _properties(directive: Directive) -> list[str]:
    options = dict(directive.options)
    if "no-index-entry" in options:
        options["exclude"] = f"{options.get('exclude', '')} {INDEX}".strip()
    return [
        property_line(_PROPERTIES[option], value)
        for option, value in options.items()
        if option in _PROPERTIES
    ]


def _check(
    before: nodes.document, after: str, name: PageName, settings: MarkupSettings, language: str
) -> None:
    section = page_section(after, name, settings, lambda line, sentence: None)
    add_words(section, after)
    if difference := first_difference(before, section, with_title=False):
        line, what = difference
        raise Refusal(f"trope markup can't express {name}: {what} would change", line)
    if any(page.get("is_document") for page in before.findall(trope_page)):
        facts = facts_of(before, settings.namespaces, language)
        check_facts(facts, page_facts(after, name, settings, language), name, "trope markup")
