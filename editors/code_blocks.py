"""Grammars that colour trope markup inside the documents of others: Markdown and reStructuredText.

They are injected into the grammars that an editor has for those.
"""

from __future__ import annotations

from typing import Any

from .grammar import blocks

__all__ = ["IN_MARKDOWN", "IN_RST", "in_markdown", "in_rst"]

IN_MARKDOWN = "trope-in-markdown.tmLanguage.json"
IN_RST = "trope-in-rst.tmLanguage.json"
"""Names of their files."""

_Rule = dict[str, Any]

_CONTENT = "meta.embedded.block.trope"
_COMMENT = "Generated from the declarations of the markup by `make grammar`."
_CODE = "code-block|code|sourcecode"


def in_markdown() -> _Rule:
    """For fences: ``trope``, and MyST's directives."""
    language = rf"(?:trope(?![\w\-])|\{{(?:trope|trope-markup)\}}|\{{(?:{_CODE})\}}[ \t]*trope\b)"
    return {
        "comment": _COMMENT,
        "scopeName": "markdown.trope.codeblock",
        "injectTo": ["text.html.markdown"],
        "injectionSelector": "L:text.html.markdown",
        "patterns": [
            {
                "name": "markup.fenced_code.block.markdown",
                "begin": rf"(^|\G)([ \t]*)(`{{3,}}|~{{3,}})[ \t]*({language}[^`~]*)$",
                "beginCaptures": {
                    "3": {"name": "punctuation.definition.markdown"},
                    "4": {"name": "fenced_code.block.language.markdown"},
                },
                "end": r"(^|\G)(\2|\s{0,3})(\3)\s*$",
                "endCaptures": {"3": {"name": "punctuation.definition.markdown"}},
                "patterns": [
                    {
                        # as VS Code's own grammar of Markdown does it
                        "begin": r"(^|\G)(\s*)(.*)",
                        "while": r"(^|\G)(?!\s*([`~]{3,})\s*$)",
                        "contentName": _CONTENT,
                        # inside a list, lines begin where \G is, too
                        "patterns": [
                            {"include": "rst.trope.codeblock#lines"},
                            {"include": "text.trope"},
                        ],
                    }
                ],
            }
        ],
    }


def in_rst() -> _Rule:
    """For ``.. code-block:: trope``, and this extension's directives."""
    directive = rf"(?:(?:{_CODE})::[ \t]+trope[ \t]*$|trope(?:-markup)?::.*)"
    # Lines are indented, so they begin where \G is; what they contain is found in the main grammar.
    lines = [_moved(rule) for rule in blocks()]
    return {
        "comment": _COMMENT,
        "scopeName": "rst.trope.codeblock",
        "injectTo": ["source.rst"],
        "injectionSelector": "L:source.rst",
        "patterns": [
            {
                "begin": rf"^([ \t]*)(\.\.)[ \t]+({directive})",
                "beginCaptures": {
                    "2": {"name": "punctuation.definition.directive.restructuredtext"},
                    "3": {"name": "support.other.directive.restructuredtext"},
                },
                "while": r"^(?:\1[ \t]+|[ \t]*$)",
                "contentName": _CONTENT,
                "patterns": [{"include": "#lines"}, {"include": "text.trope#inline"}],
            }
        ],
        "repository": {"lines": {"patterns": lines}},
    }


def _moved(rule: _Rule) -> Any:
    """The rule of a block, *rule*, for a line that begins behind its indentation."""
    return _included(rule) | {"begin": r"\G" + rule["begin"].removeprefix("^")}


def _included(value: Any) -> Any:
    """*value* with what it includes of its grammar, for another one."""
    if isinstance(value, dict):
        return {
            key: f"text.trope{part}" if key == "include" else _included(part)
            for key, part in value.items()
        }
    return [_included(part) for part in value] if isinstance(value, list) else value
