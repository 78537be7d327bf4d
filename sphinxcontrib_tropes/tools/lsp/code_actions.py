"""Code actions: mend a link, create its page, link words, write a link in another form, move lines to a
page of their own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lsprotocol.types import CodeAction, CodeActionKind, Diagnostic, TextEdit

from ...names import MAIN, PageName, key_of
from ..editing.link_forms import link_to
from ..editing.rename_links import is_wikiword
from ..editing.spellings import Spellings
from .edits import creating, replacing
from .new_pages import path_for, text_of_new_page
from .outline import outline_of
from .problems import diagnostics

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lsprotocol.types import Range

    from .edits import Abilities
    from .open_wiki import Document
    from .reading import NamedPlace

__all__ = ["KINDS", "code_actions"]

KINDS = [
    CodeActionKind.QuickFix,
    CodeActionKind.RefactorExtract,
    CodeActionKind.RefactorRewrite,
]
_MOST_WORDS = 6
_MOST_PLACES = 20
"""Maximum links that are looked at: a selection may be the whole page."""
_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
_TITLE_WORDS = 5


def code_actions(document: Document, range_: Range, abilities: Abilities) -> list[CodeAction]:
    """What can be done with the text in *range_*."""
    start, end = document.positions.offsets(range_)
    places = [p for p in document.reading.places if p.start <= end and start <= p.end]
    found: list[CodeAction] = []
    problems = [d for d in diagnostics(document) if _touches(d.range, range_)]
    for place in places[:_MOST_PLACES]:
        found += _mends(document, place, problems, abilities)
    found += _parted(document, problems, places, abilities)
    if len(places) == 1:
        found += _other_forms(document, places[0], abilities)
    if not places:
        found += _links(document, start, end, abilities)
    if abilities.creates and document.kind == "trope" and end > start:
        found += _moves(document, start, end, abilities)
    return found


def _touches(one: Range, other: Range) -> bool:
    def key(line: int, character: int) -> tuple[int, int]:
        return line, character

    return key(one.start.line, one.start.character) <= key(
        other.end.line, other.end.character
    ) and key(other.start.line, other.start.character) <= key(one.end.line, one.end.character)


def _edit(document: Document, start: int, end: int, new: str) -> list[TextEdit]:
    return [TextEdit(document.positions.range(start, end), new)]


# -- links to pages that are not written


def _mends(
    document: Document, place: NamedPlace, problems: list[Diagnostic], abilities: Abilities
) -> Iterator[CodeAction]:
    """The pages that a wanted name may mean, and a new page of that name."""
    wiki = document.wiki
    to = wiki.resolve(place.name)
    if to.kind not in ("wanted", "ambiguous"):
        return
    range_ = document.positions.range(place.start, place.end)
    own = [d for d in problems if d.range == range_ and d.code == to.kind]
    pages = wiki.wiki.meanings(to.key) if to.kind == "ambiguous" else wiki.wiki.candidates(to.key)
    for at, page in enumerate(pages):
        name = PageName(*page.name.split("/", 1))
        edits = _edit(document, place.start, place.end, _spelled(document, place, name))
        title = page.name.replace("/", ": ") if to.kind == "ambiguous" else page.title
        yield CodeAction(
            f"Did you mean {title}?",
            kind=CodeActionKind.QuickFix,
            diagnostics=own,
            is_preferred=at == 0 and len(pages) == 1,
            edit=replacing(wiki, document.path, edits, abilities),
        )
    if abilities.creates:
        name = PageName(*to.name.split("/", 1))
        path = path_for(wiki, name, document.path)
        if path:
            yield CodeAction(
                f"Create the page {name.title}",
                kind=CodeActionKind.QuickFix,
                diagnostics=own,
                edit=creating(wiki, path, text_of_new_page(name)),
            )


def _spelled(document: Document, place: NamedPlace, name: PageName) -> str:
    """*name*, in the style of the name at *place*."""
    wrong = PageName(*place.name.split("/", 1))
    spellings = Spellings(wrong, name, is_wikiword(document.wiki.configuration.settings))
    spelled = document.text[place.start : place.end]
    new = spellings.table(place.context).get(spelled, spellings.default(place.context))
    if place.context == "target" and " " in new and "{{" not in new:
        return f"{{{{{new}}}}}"
    return new


def _parted(
    document: Document, problems: list[Diagnostic], places: list[NamedPlace], abilities: Abilities
) -> Iterator[CodeAction]:
    """``[[Chekhovs Gun]]`` as ``{{Chekhovs Gun}}``."""
    for problem in problems:
        if problem.code != "parted-title":
            continue
        start = document.positions.offset(problem.range.start)
        place = next((p for p in places if p.start == start), None)
        opening = document.text.rfind("[[", 0, start + 2)
        closing = document.text.find("]]", start)
        if place is None or opening < start - 2 or closing < 0:
            continue
        words = document.text[opening + 2 : closing]
        name = document.wiki.page_name(words)
        if name is None or document.wiki.resolve(str(name)).kind != "page":
            continue
        edits = _edit(document, opening, closing + 2, f"{{{{{words}}}}}")
        yield CodeAction(
            f"Did you mean {name.title}?",
            kind=CodeActionKind.QuickFix,
            diagnostics=[problem],
            is_preferred=True,
            edit=replacing(document.wiki, document.path, edits, abilities),
        )


# -- other forms of a link


def _other_forms(
    document: Document, place: NamedPlace, abilities: Abilities
) -> Iterator[CodeAction]:
    """The link as a WikiWord, in braces, or in brackets, where it then says the same."""
    if place.context != "link" or place.link < 0 or document.kind != "trope":
        return
    spelled = document.text[place.start : place.end]
    name = PageName(*place.name.split("/", 1))
    prefix = "" if name.namespace == MAIN else f"{name.namespace}/"
    forms = [f"{prefix}{name.name}", f"{prefix}{{{{{name.title}}}}}", f"[[{prefix}{name.name}]]"]
    for form in forms:
        if form == spelled or (
            form == forms[0] and not is_wikiword(document.wiki.configuration.settings)(form)
        ):
            continue
        if _is_same(document, place, form):
            edits = _edit(document, place.start, place.end, form)
            yield CodeAction(
                f"Write the link as {form}",
                kind=CodeActionKind.RefactorRewrite,
                edit=replacing(document.wiki, document.path, edits, abilities),
            )


def _is_same(document: Document, place: NamedPlace, form: str) -> bool:
    """Whether the page says the same with another form of a link."""
    text = f"{document.text[: place.start]}{form}{document.text[place.end :]}"
    was, now = document.reading.facts, document.wiki.read(document.path, text).facts
    return [(x.target.casefold(), x.line) for x in was.links] == [
        (x.target.casefold(), x.line) for x in now.links
    ] and len(was.notices) == len(now.notices)


# -- words without a link


def _links(document: Document, start: int, end: int, abilities: Abilities) -> Iterator[CodeAction]:
    """A link for the selected words, or for the words around the cursor, if they are a page's name."""
    wiki = document.wiki
    for begin, last in _phrases(document, start, end):
        words = document.text[begin:last]
        name = wiki.page_name(words)
        to = wiki.resolve(str(name)) if name else None
        own = wiki.page_of(document.path)
        if to is None or to.kind != "page" or (own is not None and own.key == to.key):
            continue
        page = PageName(*to.name.split("/", 1))
        link = link_to(document.kind, page, words)
        text = f"{document.text[:begin]}{link}{document.text[last:]}"
        was, now = document.reading.facts, wiki.read(document.path, text).facts
        targets = [key_of(found.target) for found in now.links]
        targets_before = [key_of(found.target) for found in was.links]
        if len(targets) != len(targets_before) + 1 or targets.count(page.key) != (
            targets_before.count(page.key) + 1
        ):
            continue
        edits = _edit(document, begin, last, link)
        yield CodeAction(
            f"Link to {to.title}",
            kind=CodeActionKind.QuickFix,
            edit=replacing(wiki, document.path, edits, abilities),
        )
        return


def _phrases(document: Document, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The selection; else the phrases around the cursor, the longest first."""
    if end > start:
        words = document.text[start:end]
        if len(words) < _LONGEST and words.strip() and "\n" not in words.strip():
            blank = len(words) - len(words.lstrip())
            yield start + blank, start + len(words.rstrip())
        return
    positions = document.positions
    first, last = positions.span_of_line(positions.line_of(start))
    first, last = max(first, start - _LONGEST), min(last, start + _LONGEST)
    found = [match.span() for match in _WORD.finditer(document.text, first, last)]
    at = next((n for n, (b, e) in enumerate(found) if b <= start <= e), None)
    if at is None:
        return
    for count in range(_MOST_WORDS, 0, -1):
        for begin in range(max(0, at - count + 1), at + 1):
            if begin + count <= len(found):
                yield found[begin][0], found[begin + count - 1][1]


_LONGEST = 200


# -- lines for a page of their own


def _moves(document: Document, start: int, end: int, abilities: Abilities) -> Iterator[CodeAction]:
    """The selected lines as a new page, with a link to it in their place."""
    positions = document.positions
    first, last = positions.line_of(start), positions.line_of(max(start, end - 1))
    begin, stop = positions.span_of_line(first)[0], positions.span_of_line(last)[1]
    lines = document.text[begin:stop]
    part = next((p for p in outline_of(lines) if p.title), None)
    title = part.title if part else " ".join(_WORD.findall(lines[:1000])[:_TITLE_WORDS])
    name = document.wiki.page_name(title)
    if name is None or not lines.strip():
        return
    own = document.wiki.page_of(document.path)
    if own is not None and own.namespace != MAIN and name.namespace == MAIN:
        name = name._replace(namespace=own.namespace)
    number, wanted = 2, name.name
    while document.wiki.resolve(str(name)).kind == "page":
        name = name._replace(name=f"{wanted}{number}")
        number += 1
    path = path_for(document.wiki, name, document.path)
    if not path:
        return
    content = lines
    if part is not None and part.kind == "heading" and part.start == 0:
        content = lines[lines.find("\n") + 1 :] if "\n" in lines else ""
    prefix = "" if name.namespace == MAIN else f"{name.namespace}/"
    edits = _edit(document, begin, stop, f"See {prefix}{{{{{name.title}}}}}.")
    more = replacing(document.wiki, document.path, edits, abilities)
    yield CodeAction(
        f"Move to a new page {name.title}",
        kind=CodeActionKind.RefactorExtract,
        edit=creating(document.wiki, path, content.strip("\n") + "\n", more),
    )
