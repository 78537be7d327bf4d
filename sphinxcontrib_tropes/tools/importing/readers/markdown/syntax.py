"""The syntax: CommonMark, and what Obsidian, Logseq and their kin add to it, as rules of markdown-it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from ....refusal import Refusal
from . import syntax_blocks, syntax_inlines
from .brackets import guarded
from .callouts import callouts_and_tasks

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.ruler import RuleOptionsType

__all__ = ["parser"]

_NESTING = 64
_ALL_BUT_LISTS: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote"]}
_ALL: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}


@cache
def parser() -> MarkdownIt:
    """The parser of a page: text -> tokens.

    :raises Refusal: if the libraries are missing.
    """
    try:
        from markdown_it import MarkdownIt
        from markdown_it.rules_block import html_block
        from markdown_it.rules_inline import image, link
        from mdit_py_plugins.deflist import deflist_plugin
        from mdit_py_plugins.footnote import footnote_plugin
    except ImportError as error:
        raise Refusal(
            "markdown-it-py and mdit-py-plugins are missing, which read Markdown:"
            " pip install 'sphinxcontrib-tropes[import]'"
        ) from error
    markdown = MarkdownIt("commonmark", {"maxNesting": _NESTING})
    markdown.enable(["table", "strikethrough"])
    markdown.use(footnote_plugin, inline=False, move_to_end=False).use(deflist_plugin)
    # Targets stay as typed; what may be linked is decided where links are made.
    markdown.normalizeLink = _as_typed  # type: ignore[method-assign]
    markdown.normalizeLinkText = _as_typed  # type: ignore[assignment, method-assign]
    markdown.validateLink = _may_be_read  # type: ignore[method-assign]

    blocks = markdown.block.ruler
    blocks.at("html_block", syntax_blocks.closed_html(html_block), _ALL_BUT_LISTS)
    blocks.before("table", "too_deep", syntax_blocks.too_deep(_NESTING - 8))
    blocks.before("table", "comment", syntax_blocks.comment, _ALL)
    blocks.before("table", "org_block", syntax_blocks.org_block, _ALL)
    blocks.before("table", "formula", syntax_blocks.formula, _ALL)
    markdown.core.ruler.after("block", "callouts_and_tasks", callouts_and_tasks)

    inlines = markdown.inline.ruler
    inlines.at("link", guarded(link, "["))
    inlines.at("image", guarded(image, "!["))
    inlines.at("footnote_ref", syntax_inlines.footnote)
    inlines.before("link", "inline_note", guarded(syntax_inlines.inline_note, "^["))
    inlines.before("link", "wikilink", syntax_inlines.wikilink)
    inlines.before("link", "comment", syntax_inlines.comment)
    inlines.before("link", "formula", syntax_inlines.formula)
    inlines.before("link", "highlight", syntax_inlines.highlight)
    inlines.before("link", "hashtag", syntax_inlines.hashtag)
    inlines.before("link", "macro", syntax_inlines.macro)
    return markdown


def _as_typed(url: str) -> str:
    return url


def _may_be_read(url: str) -> bool:
    return isinstance(url, str)
