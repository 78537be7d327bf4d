"""The TextMate grammar of trope markup, from the declarations of its constructs.

What a match is, is declared with the construct; how it is
coloured, in the Pygments lexer: a new construct needs nothing here. Written by hand is what no
declaration says:

* escapes, which the parser takes out before it looks for constructs;
* runs of apostrophes, which a function pairs;
* bars between the cells of a table, which a function reads;
* where markup that nothing closes ends: a grammar does not look ahead.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pygments.token import Comment, Generic, Keyword, Name, Operator, String, Text

from sphinxcontrib_tropes.markup.characters import LETTERS
from sphinxcontrib_tropes.markup.declaration import Atom, Runs, Span
from sphinxcontrib_tropes.markup.dialect import DIALECT
from sphinxcontrib_tropes.markup.pygments_lexer import (
    BLOCK_KINDS,
    INLINE_KINDS,
    INLINE_LINES,
    STYLES,
    TEXTS,
)

from .oniguruma import CAPTURED, ESCAPE, parts, translate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pygments.token import _TokenType

    from sphinxcontrib_tropes.markup.declaration import Block

__all__ = ["SCOPES", "STYLED", "blocks", "grammar"]

_Rule = dict[str, Any]

SCOPES: dict[_TokenType, str] = {
    Comment: "comment.line",
    Comment.Special: "comment.block",
    Generic.Heading: "markup.heading",
    Keyword: "keyword.control",
    Name.Constant: "constant.other.reference",
    Name.Decorator: "keyword.other",
    Name.Tag: "entity.name.tag",
    Operator: "punctuation.definition",
    String: "string.other",
    String.Escape: "constant.character.escape",
    Text: "",
}
"""Kind of token -> scope, to which the name of the construct is added."""

STYLED = "meta.styled.trope"
"""The scope of text inside a style: where nothing else colours it, it looks like the style."""

# Text inside marks: the names that themes know.
_CONTENTS = {
    "deleted": "markup.deleted",
    "inserted": "markup.inserted",
    "monospace": "markup.inline.raw",
    "spoiler": "markup.other.spoiler",
    "struck": "markup.strikethrough",
}
_INLINE: _Rule = {"include": "#inline"}
_ESCAPES: _Rule = {"include": "#escapes"}
_MARK = "punctuation.definition.{}.trope"
# Found otherwise: as escapes, or as inline markup alone on its line.
_NO_RULE = {"escaped", "preformatted", "categories"}
_BOLD, _ITALIC = "markup.bold.trope", "markup.italic.trope"
_BRACKETS = ("", translate(r"\[\["))
# Brackets whose number is even; more than a hundred are not counted, for each pair would be.
_PAIR = r"\]\](?=(?>(?:\]\]){0,50})(?:\]\]|(?!\])))"


def _scope(kind: _TokenType, name: str) -> str:
    if kind is Text:
        return ""
    link = " markup.underline.link.trope" if kind in {Name.Tag, Name.Constant} else ""
    return f"{SCOPES[kind]}.{name}.trope{link}"


def _named(scope: str, **rule: Any) -> _Rule:
    return {"name": scope, **rule} if scope else rule


# -- blocks


def _begins(block: Block) -> str:
    """What a line begins with that is *block*, or looks like it: short, as every span has it."""
    first, *others = parts(block.pattern)
    text = first.text
    if text in _BRACKETS and others:
        text += others[0].text
    return text.replace(f"|{ESCAPE}", "").replace(f"{ESCAPE}|", "")


def _block(block: Block) -> _Rule:
    """The rule of *block*: its marks, then inline markup, or a line of one colour."""
    found = parts(block.pattern)
    last = max((at for at, part in enumerate(found) if part.group in TEXTS), default=-1)
    if block.name in BLOCK_KINDS or last < 0:
        scope = _scope(BLOCK_KINDS.get(block.name, Keyword), block.name)
        begin = f"^(?={translate(block.pattern)})"
        return _named(scope, begin=begin, end="$", patterns=[_ESCAPES])
    begin, text = "^", ""
    captures: _Rule = {}
    mark = _scope(Keyword, block.name)
    for part in found[:last]:
        if part.group in TEXTS:
            begin, captures, text = _captured(text, mark, begin, captures)
            captures[str(len(captures) + 1)] = {"patterns": [_INLINE]}
            begin += f"({part.text})"
        else:
            text += f"(?:{part.text})" if part.group else part.text
    begin, captures, text = _captured(text, mark, begin, captures)
    begin += f"(?={''.join(part.text for part in found[last:])})"
    if block.takes_to:
        return _taking(block, begin, captures)
    return {
        "name": f"meta.{block.name}.trope",
        "begin": begin,
        "beginCaptures": captures,
        "end": "$|^",  # at the start of a line if markup went on to there
        "patterns": [{"include": "#first"}, _INLINE],
    }


def _taking(block: Block, begin: str, captures: _Rule) -> _Rule:
    """A block that takes the lines below as they are, up to its mark: the line itself, then those.
    An escape in their place ends it.
    """
    mark = translate(re.escape(block.takes_to)).replace("(?![=@])", "")
    escaped = r"(?!.*\[[=@])" if block.may_be_escaped else ""
    text = {"match": rf"(?:(?!{mark}|\[[=@]).)+", "name": _scope(String, block.name)}
    line = {
        "begin": r"\G(?<=[\])])(?=.)",
        "end": "$",
        "patterns": [{"include": "#first"}, _INLINE],
    }
    return {
        "begin": rf"{begin}(?!.*{mark}){escaped}",
        "beginCaptures": captures,
        "end": rf"({mark}[ \t]*+)" + (r"|^(?=\[[=@])" if block.may_be_escaped else ""),
        "endCaptures": {"1": {"name": _scope(Keyword, block.name)}},
        "patterns": [line, _ESCAPES, text],
    }


def _captured(text: str, mark: str, begin: str, captures: _Rule) -> tuple[str, _Rule, str]:
    """*begin* and its *captures* with the mark *text*, if there is one."""
    if not text:
        return begin, captures, ""
    return f"{begin}({text})", captures | {str(len(captures) + 1): {"name": mark}}, ""


def _table() -> _Rule:
    """A row. The bars of its other cells are inline: they may come inside markup that nothing closes."""
    bars = {"0": {"name": _scope(Keyword, "table")}}
    return {
        "name": "meta.table.trope",
        "begin": r"^\|\|(?=.)",
        "beginCaptures": bars,
        "end": "$|^",
        "patterns": [_INLINE],
    }


# -- inline markup


def _stop() -> str:
    """Where a paragraph ends, and with it markup that nothing closed."""
    begins = dict.fromkeys(_begins(b) for b in DIALECT.blocks if b.name not in _NO_RULE)
    return rf"^(?=\s*$|{'|'.join(begins)})"


def _span(begin: str, end: str, scope: str, mark: str, stop: str) -> _Rule:
    marks = {"0": _named(mark, patterns=[_ESCAPES]) if ESCAPE in begin else {"name": mark}}
    return _named(
        scope,
        begin=begin,
        beginCaptures=marks,
        end=f"{stop}|{end}",
        endCaptures={"1": {"name": mark}},
        patterns=[_INLINE],
    )


def _closer(closes: str) -> str:
    """The pattern of a mark that closes. Of an odd number of brackets, the first is text; letters
    right after brackets are no WikiWord.
    """
    if closes == "]]":
        return rf"({_PAIR}){translate(LETTERS)}"
    return f"({re.escape(closes)})"


def _closers() -> _Rule:
    """Marks that close nothing, or something that another one has closed."""
    closes = {c.closes for c in DIALECT.inline if isinstance(c, Span)}
    turns = {c.closes for c in DIALECT.inline if isinstance(c, Span) and c.pattern == c.closes}
    ordered = sorted(closes - turns, key=lambda mark: (-len(mark), mark))
    others = "|".join(re.escape(mark) for mark in ordered if mark != "]]")
    mark = {"name": _MARK.format("end")}
    return {
        "patterns": [
            {"match": f"({others})", "captures": {"1": mark}},
            {"match": _closer("]]"), "captures": {"1": mark}},
        ]
    }


def _apostrophes(stop: str) -> Iterator[_Rule]:
    """Runs of apostrophes: two, three, five; one of four, and those beyond five, are text.

    If the next run after five closes one of the two, that one is inside the other.
    """
    mark = _MARK.format("emphasis")
    next_run = r"(?:[^']|'(?!'))*+"
    italic_ends = r"(''(?!')|''(?='''(?!'))|(?<=\S)'''(?=s?(?![\p{L}\p{N}'])))"
    bold_ends = r"('''(?:'(?!'))?+(?!')|'''(?=''(?!')))"
    yield _span(rf"'''(?=''(?!'){next_run}''(?!'))", bold_ends, _BOLD, mark, stop)
    yield _span(rf"''(?='''(?!'){next_run}'''(?!'))", italic_ends, _ITALIC, mark, stop)
    yield _span("'''''+", "('''''+)", f"{_BOLD} {_ITALIC}", mark, stop)
    yield _span(r"'''(?:'(?!'))?+(?!')", bold_ends, _BOLD, mark, stop)
    yield _span("''(?!')", italic_ends, _ITALIC, mark, stop)


def _inline_rules() -> Iterator[_Rule]:
    stop = _stop()
    for construct in DIALECT.inline:
        if construct.name in _NO_RULE:
            continue
        if isinstance(construct, Runs):
            yield from _apostrophes(stop)
            continue
        begin = translate(construct.pattern)
        if construct.not_after:
            begin = _not_after(construct.not_after, begin)
        if isinstance(construct, Atom):
            yield _atom(construct.name, begin)
        else:
            scope = _CONTENTS.get(construct.name, f"meta.{construct.name}") + ".trope"
            mark = _MARK.format(construct.name)
            yield _span(begin, _closer(construct.closes), scope, mark, stop)


def _not_after(not_after: str, begin: str) -> str:
    """*begin* where *not_after* is not before it: tested behind its first character, which most
    places lack.
    """
    head = _head(begin)
    return f"{head}(?<!{translate(not_after)}.){begin.removeprefix(head)}"


def _head(pattern: str) -> str:
    """The character that *pattern* starts with, or the set of them."""
    return pattern[: pattern.index("]") + 1 if pattern[0] == "[" else 1]


def _atom(name: str, match: str) -> _Rule:
    rule = _named(_scope(INLINE_KINDS.get(name, Name.Tag), name), match=match)
    if name in STYLES:
        text = {"name": STYLED, "patterns": [_INLINE]}
        rule["captures"] = {str(number): text for number in range(1, len(CAPTURED) + 1)}
    elif ESCAPE in match:
        rule["captures"] = {"0": {"patterns": [_ESCAPES]}}
    return rule


def _first_rules() -> Iterator[_Rule]:
    """What comes right after the mark of a block. What must not be before markup elsewhere may be
    there, such as the ``#`` of an item.
    """
    heads = {_head(c.pattern) for c in DIALECT.inline if c.not_after}
    for construct in DIALECT.inline:
        if isinstance(construct, Atom) and _head(construct.pattern) in heads:
            pattern = translate(construct.pattern).replace("(?<=^.)", "(?<=.)")
            yield _atom(construct.name, rf"\G{pattern}")


def blocks() -> list[_Rule]:
    """The rules of lines that begin blocks."""
    rules = []
    for block in DIALECT.blocks:
        if block.name in INLINE_LINES and block.name not in _NO_RULE:
            rules.append(_table())
        elif block.name not in _NO_RULE:
            rules.append(_block(block))
            if block.takes_to:  # on one line, it takes none
                rules.append(_block(replace(block, takes_to="")))
    return rules


def grammar() -> _Rule:
    """The grammar, as JSON has it."""
    escape = _scope(String.Escape, "escaped")
    bars = {"match": r"\|\|", "name": _scope(Keyword, "table")}
    return {
        "$schema": "https://raw.githubusercontent.com/martinring/tmlanguage/master/tmlanguage.json",
        "comment": "Generated from the declarations of the markup by `make grammar`.",
        "name": "Trope markup",
        "scopeName": "text.trope",
        "fileTypes": ["trope"],
        "patterns": [{"include": "#blocks"}, _INLINE],
        "repository": {
            "blocks": {"patterns": blocks()},
            "closers": _closers(),
            "escapes": {
                "patterns": [
                    {"name": escape, "begin": rf"\[{mark}", "end": rf"{mark}\]"} for mark in "=@"
                ]
            },
            "first": {"patterns": list(_first_rules())},
            "inline": {"patterns": [_ESCAPES, {"include": "#closers"}, *_inline_rules(), bars]},
        },
    }
