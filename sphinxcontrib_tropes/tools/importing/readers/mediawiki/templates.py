"""What templates become: by the user's rules, by what most wikis mean, or by their arguments."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...tree import Link, Markup, Text
from .functions import Untold, function_name, result, variable
from .known_templates import LETTERS, kind_of
from .nodes import Raw, Template, merged, stripped
from .pieces import Blocks
from .tags import flow
from .template_fields import arguments_by_name, citation, fields, links_to, named, unnamed
from .template_kinds import MAKERS
from .template_names import template_name
from .template_use import Use

if TYPE_CHECKING:
    from ...tree import Block
    from .nodes import Argument, Nodes
    from .pieces import Context, Piece

__all__ = ["template", "words_of_template"]

_FIELDS_OF_A_TABLE = 3
_WORDS_OF_A_SENTENCE = 4
_MOST_PIECES = 20_000
_NO_NAME = re.compile(r"[\[\]{}<>]")
_VARIABLE = re.compile(r"\$(\*|[0-9]+|\{[^{}]+\}|[^\W\d]\w*)")


def template(node: Template, context: Context, *, is_alone: bool) -> list[Piece]:
    """What the template or function *node* becomes."""
    name = template_name(node, context)
    if function := function_name(name):
        return _function(function, node, context)
    if not name or _NO_NAME.search(name):
        return _as_text(node, context)
    use = Use(node, name, context, is_alone)
    lowered = name.lower()
    rule = context.rules.get(lowered)
    if rule is not None:
        context.remarks.template(name, rule)
        return _by_rule(rule, use)
    if not node.arguments:
        try:
            value = variable(name, context.here)
        except Untold:
            context.remarks.left_out(f"variable {{{{{name}}}}}: left out", node.source)
            return []
        if value is not None:
            return [Text(value)]
        if lowered in LETTERS:
            return [Text(LETTERS[lowered])]
    if name.startswith((":", "/")) and name.strip(":/ "):
        context.remarks.changed("a page put into another: a link to it", node.source)
        return [Link(name.removeprefix(":"), (Text(name.strip(":/ ")),))]
    made, guess = _guessed(use, kind_of(lowered))
    context.remarks.template(name, guess)
    return made


def _as_text(node: Template, context: Context) -> list[Piece]:
    """What is in braces, but no template."""
    nodes: Nodes = ["{{", *node.name]
    for argument in node.arguments:
        nodes += ["|", *([f"{argument.name}="] if argument.is_named else []), *argument.value]
    return context.pieces(merged([*nodes, "}}"]))


def words_of_template(node: Template, context: Context) -> str:
    """The words that a template gives where only words can stand: in a name, an option."""
    name = template_name(node, context)
    try:
        if function := function_name(name):
            return context.words(result(function, node, context))
        if node.arguments:
            return context.words(unnamed(node)[0].value) if unnamed(node) else ""
        value = variable(name, context.here)
    except Untold:
        return ""
    return value if value is not None else LETTERS.get(name.lower(), "")


def _function(function: str, node: Template, context: Context) -> list[Piece]:
    if function == "#tag":
        return _tag(node, context)
    try:
        return flow(result(function, node, context), context)
    except Untold:
        context.remarks.left_out(f"function {{{{{function}:}}}}: left out", node.source)
        return []


def _tag(node: Template, context: Context) -> list[Piece]:
    """``{{#tag:ref|content|name=x}}``."""
    name = context.words(node.name).partition(":")[2].strip().lower()
    content = node.arguments[0].value if node.arguments else []
    attributes = {
        part.name.lower(): context.words(part.value).strip() for part in node.arguments[1:]
    }
    if name == "ref":
        return context.note(attributes, content)
    context.remarks.changed(f"function {{{{#tag:{name}}}}}: what it holds", node.source)
    return flow(content, context)


def _by_rule(rule: str, use: Use) -> list[Piece]:
    """The markup of the user's *rule*, with the arguments in it."""
    if not rule.strip():
        return []
    values = arguments_by_name(use.template)
    pieces: list[Piece] = []
    made: dict[str, list[Piece]] = {}
    for number, part in enumerate(_VARIABLE.split(rule)):
        if number % 2:
            if part not in made:
                made[part] = _value(part.strip("{}"), values, use)
            pieces.extend(made[part])
        elif part:
            pieces.append(Markup(part))
    if len(pieces) > _MOST_PIECES:
        use.tell("left out: its rule makes too much of it", is_lost=True)
        return []
    if use.is_alone and len(pieces) == 1 and isinstance(pieces[0], Markup):
        return [Blocks((pieces[0],))]
    return pieces


def _value(name: str, values: dict[str, Nodes], use: Use) -> list[Piece]:
    if name in values:
        return flow(values[name], use.context)
    if name == "*":
        found: list[Piece] = []
        for argument in use.arguments:
            found += [Text(", ")] if found else []
            found += flow(argument.value, use.context)
        return found
    if name == "fields":
        return [Blocks(fields(use.arguments, use.context))]
    if name == "links":
        return list(links_to(use.template, use.context))
    if name == "citation":
        return list(citation(use.template, use.context))
    return flow(values.get(name.lower(), []), use.context)


def _guessed(use: Use, kind: str) -> tuple[list[Piece], str]:
    """What is made of a template without a rule, and the rule that says so."""
    made = MAKERS[kind](use) if kind in MAKERS else None
    if made is not None:
        return made
    if kind == "gone":
        if use.arguments:
            use.tell("left out", is_lost=True)
        return [], ""
    without_name = unnamed(use.template)
    if len(named(use.template)) >= _FIELDS_OF_A_TABLE:
        use.tell("its fields are a table")
        return [Blocks(fields(use.arguments, use.context))], "$fields"
    if not use.is_alone and without_name:
        use.tell("in a line: its first argument is the text")
        return flow(stripped(without_name[0].value), use.context), "$1"
    said = [part for part in use.arguments if _is_readable(part, use.context)]
    if said:
        use.tell("its text is kept")
        blocks: list[Block] = []
        for part in said:
            blocks.extend(use.context.blocks(part.value))
        return [Blocks(tuple(blocks))], " ".join(f"${{{part.name}}}" for part in said)
    use.tell("left out", is_lost=True)
    return [], ""


def _is_readable(argument: Argument, context: Context) -> bool:
    """Whether an argument has sentences, or anything but words: a setting has neither."""
    if any(not isinstance(node, str | Template | Raw) for node in argument.value):
        return True
    return len(context.words(argument.value).split()) >= _WORDS_OF_A_SENTENCE
