"""A page of PmWiki in trope markup: what PmWiki would compute is computed here, once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .attachments import show_pictures
from .conditions import decide
from .directives import carry_out
from .drafts import Change, Draft
from .examples import show_examples
from .links import Links, rewrite_links, switches_wikiwords
from .trails import follow_trails, mark_members
from .variables import fill_in, leave_out_the_rest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ....markup import MarkupSettings
    from .wiki_facts import WikiFacts, WikiPage

__all__ = ["rewritten"]

# A WikiWord has humps, as PmWiki sees it.
_UNLINKED = re.compile(
    r"(?<!`)`(?=\w\w{0,60}(?:[A-Z][a-z0-9]|[^\W_A-Z][A-Z]))(?P<word>[^\W\d_a-z]\w{0,200})(?![\w`])"
)
# Emphasis of nothing, which parts the halves of what would be a link.
_EMPTY = re.compile(r"(?<!')(?:''''''|(?<=\w)''''(?=\w))(?!')")
# ``: :text`` goes on with the definition before it; after anything else it is only indented.
_NO_TERM = re.compile(r"(?:\A|^(?!:)[^\n]*\n)(?P<mark>:[ \t]{1,9}:[ \t]*)(?=\S)", re.MULTILINE)
# The term of a definition may have blanks before it there, not here.
_TERM = re.compile(r"^:{1,9}(?P<blanks>[ \t]{1,20})(?=[^:\s][^:\n]{0,300}:)", re.MULTILINE)


def rewritten(
    text: str,
    page: WikiPage,
    namespace: str,
    facts: WikiFacts,
    settings: MarkupSettings,
    is_written: Callable[[str], bool],
) -> tuple[str, list[tuple[int, str]]]:
    """*text* in trope markup; and line (of the new text) and sentence of each change.

    The order matters: what an example shows is no markup, a condition decides what is there at
    all, and values are known before the links that contain them are read.

    :param namespace: namespace of the page in the new wiki.
    :param is_written: whether a page with a canonical name exists.
    """
    draft = Draft(text)
    draft.change(Change(*match.span(), "") for match in _EMPTY.finditer(draft.text))
    draft.change(
        Change(*match.span("mark"), "->", "a definition without a term is an indented paragraph")
        for match in _NO_TERM.finditer(draft.text)
    )
    draft.change(
        Change(*match.span("blanks"), "", "" if at else "terms lose the blanks before them")
        for at, match in enumerate(_TERM.finditer(draft.text))
    )
    show_examples(draft)
    decide(draft, page, facts)
    members = carry_out(draft, page, facts)
    members += follow_trails(draft, page, facts)
    fill_in(draft, page, facts)
    switched = switches_wikiwords(draft.text)
    wikiwords = settings.wikiwords if switched is None else switched
    draft.change(_unlinked(draft, wikiwords=wikiwords))
    show_pictures(draft, page, facts)
    rewrite_links(draft, Links(page, namespace, settings, facts, is_written), wikiwords=wikiwords)
    leave_out_the_rest(draft)
    mark_members(draft, page, facts)
    missing = [member for member in dict.fromkeys(members) if member not in draft.text]
    if missing:
        draft.append(" ".join(missing))
    return draft.finished()


def _unlinked(draft: Draft, *, wikiwords: bool) -> Iterator[Change]:
    """Words that a backtick keeps from being links."""
    for match in _UNLINKED.finditer(draft.text):
        word = match["word"]
        plain = draft.set_aside(f"[={word}=]") if wikiwords else word
        yield Change(*match.span(), plain, f"{match[0]} is now {plain}")
