"""The kinds of the remarks on pages of PmWiki, for the summary of a report."""

from __future__ import annotations

from ..remarks import Loss, Remark

__all__ = ["LINK", "remark_on"]

LINK = "links, spelled as here"
_OTHERS = "PmWiki's own markup, not understood and left unchanged"
_KINDS = (
    (
        "can't be decided here",
        Loss.CHANGED,
        "conditions that can't be decided here, both texts kept",
    ),
    (" hides ", Loss.LEFT_OUT, "texts that a condition hides, left out"),
    (
        "lists the pages that link here",
        Loss.LEFT_OUT,
        "lists of backlinks, left out: each page has its own",
    ),
    ("is written out: ", Loss.CHANGED, "lists of pages, written out as they were"),
    ("of a category; a link", Loss.CHANGED, "lists of pages, now links to the category or page"),
    (
        "that link to another; a link",
        Loss.CHANGED,
        "lists of pages, now links to the category or page",
    ),
    ("is a search", Loss.LEFT_OUT, "searches and lists of pages, left out"),
    ("lists all pages", Loss.LEFT_OUT, "searches and lists of pages, left out"),
    ("finds no page", Loss.LEFT_OUT, "searches and lists of pages, left out"),
    (
        "embeds a page inside a line; a link",
        Loss.CHANGED,
        "pages embedded inside a line, now links",
    ),
    ("embeds a page, without", Loss.CHANGED, "embedded pages, without options"),
    ("still embeds a page", Loss.KEPT, "embedded pages"),
    ("is left out: a form", Loss.LEFT_OUT, "forms, left out"),
    ("is left out: ", Loss.LEFT_OUT, "directives about the page as a whole, left out"),
    ("is not known here", Loss.CHANGED, "directives of additions to PmWiki, their words kept"),
    ("kept as a comment", Loss.CHANGED, "hidden variables, kept as comments"),
    ("makes the page a member", Loss.KEPT, "trails, now memberships in an index"),
    ("its list is an index", Loss.KEPT, "pages whose lists are indexes now"),
    ("example as code", Loss.CHANGED, "examples of markup, shown as code only"),
    ("and is code now", Loss.CHANGED, "examples of markup, shown as code only"),
    (
        "only known to the old wiki",
        Loss.CHANGED,
        "variables that only the old wiki knows, not filled in",
    ),
    ("has no value; left out", Loss.LEFT_OUT, "variables without a value, left out"),
    ("is filled in", Loss.KEPT, "variables, filled in"),
    ("is in one language here", Loss.KEPT, "phrases to translate, written as they are"),
    ("is a picture, at ", Loss.KEPT, "attached pictures"),
    (
        "written as words",
        Loss.LEFT_OUT,
        "attached files that are no pictures or not there, as words",
    ),
    ("only the old wiki knows; left out", Loss.CHANGED, "links that lead nowhere here, as words"),
    ("; its words are kept", Loss.CHANGED, "links that lead nowhere here, as words"),
    (
        "stood inside a line; left out",
        Loss.LEFT_OUT,
        "comments and hidden variables inside a line, left out",
    ),
    ("is on a line of its own now", Loss.KEPT, "properties inside a line, moved to the end"),
    ("without a term is an indented", Loss.KEPT, "definitions in the form used here"),
    ("terms lose the blanks", Loss.KEPT, "definitions in the form used here"),
    ("repeats its own page", Loss.KEPT, "marks without a meaning here, left out"),
    ("closes nothing; left out", Loss.KEPT, "marks without a meaning here, left out"),
    ("is not closed; left out", Loss.KEPT, "marks without a meaning here, left out"),
    ("is not here; left out", Loss.KEPT, "marks without a meaning here, left out"),
    ("names no page; left out", Loss.KEPT, "marks without a meaning here, left out"),
    ("is a note", Loss.CHANGED, "notes and folders of additions to PmWiki"),
    ("is a folder", Loss.CHANGED, "notes and folders of additions to PmWiki"),
)
"""A part of a sentence, what readers lose, and the kind. The first that fits counts."""


def remark_on(line: int, sentence: str) -> Remark:
    """The remark that *sentence*, about a change, becomes in the report."""
    for part, loss, kind in _KINDS:
        if part in sentence:
            return Remark(loss, kind, sentence, line)
    is_link = " is now " in sentence
    return Remark(*((Loss.KEPT, LINK) if is_link else (Loss.CHANGED, _OTHERS)), sentence, line)
