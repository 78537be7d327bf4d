"""Page variables, ``{$Name}``, and page text variables, ``{$:Colour}``: filled in at import."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from ....names import split_words
from .drafts import Change

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .drafts import Draft
    from .wiki_facts import WikiFacts, WikiPage

__all__ = ["fill_in", "filled", "has_variables", "is_simple", "leave_out_the_rest"]

# What precedes the dollar sign says of which page: none, * and = mean this one.
_VARIABLE = re.compile(
    r"\{(?P<of>[*=<]?|(?![*=<])[\w\-./ ]{1,200})\$(?P<text>:?)(?P<name>[A-Za-z][\w\-]{0,100})\}"
)
_PHRASE = re.compile(r"\$\[(?P<phrase>[^\[\]\n]{1,500})\]")
_EXPRESSION = re.compile(r"\{\([a-z]\w{0,40}[^\n{}]{0,300}?\)\}")
_MARKUP = re.compile(
    r"\[\[|\]\]|\[[=@+\-]|\{\{|\}\}|\{[+\-$*]|''|@@|%|`|\(:|:\)|\||'[\^_+\-]|->|~~|\ufdd0|://|Attach:"
)
_LABELLED = re.compile(
    r"\[\[(?:(?P<label>[^\[\]|]{1,300}?)->[^\[\]]{0,300}"
    r"|[^\[\]|]{1,300}\|(?P<plain>[^\[\]]{0,300}))\]\]"
)
_STYLE = re.compile(r"%[A-Za-z][\w =#.,:;\-]{0,200}%|%%")
_FIXED = {
    "Action": "browse",
    "DefaultGroup": "Main",
    "DefaultName": "HomePage",
    "SiteGroup": "Site",
    "SiteAdminGroup": "SiteAdmin",
    "CategoryGroup": "Category",
}


def has_variables(text: str) -> bool:
    """Whether *text* contains a variable that was not filled in."""
    return "{" in text and _VARIABLE.search(text) is not None


def is_simple(value: str) -> bool:
    """Whether *value* means the same wherever it is put: one line without markup."""
    return _MARKUP.search(value) is None and "\n" not in value


def filled(text: str, page: WikiPage, facts: WikiFacts) -> str:
    """*text*, a part of *page*, with the variables whose values are known."""
    if "{" not in text:
        return text

    def value(match: re.Match[str]) -> str:
        found = _value(match, page, facts)
        return match[0] if found is None or not is_simple(found) else found

    return _VARIABLE.sub(value, text)


def fill_in(draft: Draft, page: WikiPage, facts: WikiFacts) -> None:
    """Fills in the variables whose values are known. Phrases to translate lose their marks."""
    if "$" not in draft.text:
        return
    draft.change(_known(draft.text, page, facts))
    draft.change(
        Change(
            match.start(),
            match.end(),
            match["phrase"],
            f"{match[0]} is in one language here: {match['phrase']}",
        )
        for match in _PHRASE.finditer(draft.text)
    )


def _known(text: str, page: WikiPage, facts: WikiFacts) -> Iterator[Change]:
    for match in _VARIABLE.finditer(text):
        value = _value(match, page, facts)
        if value is None:
            continue
        if not value:
            yield Change(*match.span(), "", f"{match[0]} has no value; left out")
            continue
        shown = value if is_simple(value) else _words(value)
        lost = "" if shown == value else ", without its markup"
        yield Change(*match.span(), shown, f"{match[0]} is filled in{lost}: {shown}")


def _words(value: str) -> str:
    """The words of *value*: its markup means something else on another page, or in a link."""
    shown = _LABELLED.sub(lambda match: match["label"] or match["plain"] or "", value)
    for mark in (
        "[[",
        "]]",
        "{{",
        "}}",
        "'''",
        "''",
        "@@",
        "[=",
        "=]",
        "[@",
        "@]",
        "(:",
        ":)",
        "`",
        "|",
    ):
        shown = shown.replace(mark, "")
    return " ".join(_STYLE.sub("", shown).split())


def leave_out_the_rest(draft: Draft) -> None:
    """Replaces the variables that only the old wiki knows by their names, which link nowhere, and
    leaves out page text variables and expressions.
    """
    if "{" not in draft.text:
        return
    draft.change(
        Change(
            match.start(),
            match.end(),
            "" if match["text"] or match["of"] else f"${match['name']}",
            f"{match[0]} is only known to the old wiki; "
            + ("left out" if match["text"] or match["of"] else f"written as ${match['name']}"),
        )
        for match in _VARIABLE.finditer(draft.text)
    )
    draft.change(
        Change(
            *match.span(),
            draft.set_aside(f"[@{match[0]}@]") if "@]" not in match[0] else "",
            f"{match[0]} is only known to the old wiki; shown as code",
        )
        for match in _EXPRESSION.finditer(draft.text)
    )


def _value(match: re.Match[str], page: WikiPage, facts: WikiFacts) -> str | None:
    """The value of a variable; None if only the old wiki knows it."""
    of, name = match["of"], match["name"]
    if of in ("", "*", "="):
        asked: WikiPage | None = page
    elif of == "<":
        return None
    else:
        asked = facts.page(of, page.group)
    if asked is None:
        return None
    return _text_variable(asked, name) if match["text"] else _page_variable(asked, name)


def _text_variable(page: WikiPage, name: str) -> str:
    """The value that *page* gives to its own variable; empty if it does not, as in PmWiki."""
    value = dict(page.variables).get(name, "")
    return "" if f"{{$:{name}}}" in value else value


def _page_variable(page: WikiPage, name: str) -> str | None:
    if name in _FIXED:
        return _FIXED[name]
    if name in ("FullName", "BaseName"):
        return page.full_name
    if name in ("Name", "Group"):
        return page.name if name == "Name" else page.group
    if name in ("Namespaced", "Groupspaced"):
        return split_words(page.name if name == "Namespaced" else page.group)
    if name in ("Title", "Titlespaced"):
        return page.title or (page.name if name == "Title" else split_words(page.name))
    if name in ("Description", "Summary"):
        return page.description
    if name in ("LastModifiedBy", "LastModified", "PageCreationDate"):
        return _history(page, name)
    return None


def _history(page: WikiPage, name: str) -> str | None:
    """Who changed *page* last, and when; None if its file does not say."""
    if name == "LastModifiedBy":
        return page.author or None
    seconds = page.modified if name == "LastModified" else page.created
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d") if seconds else None
