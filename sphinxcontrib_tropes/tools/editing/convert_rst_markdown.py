"""reStructuredText -> Markdown, and back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docutils import nodes

from ..refusal import Refusal
from .conversion import Converted, blocks_of, comment_lines, with_final_newline, written_block
from .directives import Directive, Placeholders, directive
from .document_comparison import SphinxReader, check_facts, facts_of, first_difference
from .markup_writers import MarkdownWriter, RstWriter

if TYPE_CHECKING:
    from ...markup import MarkupSettings
    from ...names import PageName

__all__ = ["convert_rst_markdown"]

_FRONT_MATTER = {
    "rst": re.compile(r"\A\s*(?P<fields>(?::[\w-]+:[^\n]*\n)+)(?=\s*\n)"),
    "markdown": re.compile(r"\A---\n(?P<fields>(?:[\w-]+:[^\n]*\n)*)---\n"),
}
_FIELD = re.compile(r":?(?P<name>[\w-]+):[ \t]*(?P<value>[^\n]*)\n")


def convert_rst_markdown(
    text: str, name: PageName, settings: MarkupSettings, kind: str, to: str, read: SphinxReader
) -> Converted:
    """Converts a document from ``rst`` to ``markdown`` or back, whether it is a page or not. Roles
    stay: both markups know them.

    :param kind: the markup of *text*.
    :raises Refusal: if the other markup can't express it.
    """
    text = with_final_newline(text)
    placeholders = Placeholders()
    front = _FRONT_MATTER[kind].match(text)
    bare = "\n" * front[0].count("\n") + text[front.end() :] if front else text
    bare = placeholders.replace(bare, kind, lambda found: _translated(found, to))
    writer = (RstWriter if to == "rst" else MarkdownWriter)(settings)
    blocks = [_front_matter(front["fields"], to)] if front and front["fields"] else []
    for level, node in blocks_of(read(kind, bare)):
        if isinstance(node, nodes.comment):
            blocks.append(_comment(comment_lines(node), to))
        elif (source := placeholders.source(node.astext())) is not None:
            blocks.append(source)
        else:
            blocks.append(written_block(writer, node, level, to))
    result = "\n\n".join(blocks) + "\n"
    before, after = read(kind, text), read(to, result)
    if difference := first_difference(before, after):
        line, what = difference
        raise Refusal(f"{to} can't express {name}: {what} would change", line)
    facts = facts_of(before, settings.namespaces, read.language)
    check_facts(facts, facts_of(after, settings.namespaces, read.language), name, to)
    return Converted(result)


def _translated(found: Directive, to: str) -> str:
    options = tuple(f":{name}: {value}".rstrip() for name, value in found.options)
    return directive(found.name, found.body, to, found.argument, options)


def _comment(lines: list[str], to: str) -> str:
    return "..\n   " + "\n   ".join(lines) if to == "rst" else "% " + "\n% ".join(lines)


def _front_matter(fields: str, to: str) -> str:
    """The metadata of a document, from its start."""
    found = [(match["name"], match["value"].strip()) for match in _FIELD.finditer(fields)]
    if to == "rst":
        return "\n".join(f":{n}: {'' if v == 'true' else v}".rstrip() for n, v in found)
    return "\n".join(["---", *(f"{n}: {v or 'true'}" for n, v in found), "---"])
