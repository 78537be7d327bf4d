"""Renames a section of a page, with all links to it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...names import slug
from ..refusal import Refusal
from .outline import outline_of, section_part

if TYPE_CHECKING:
    from ...wiki import DocumentFacts
    from .open_wiki import Document, OpenWiki

__all__ = ["rename_section"]

_CAMEL = re.compile(r"[^\W\d_a-z][^\W_]*\Z")
_MARKS = ("[[", "]]", "{{", "}}", "\n")


def rename_section(
    wiki: OpenWiki, name: str, section: str, title: str
) -> dict[str, tuple[str, str]]:
    """Path -> text before and after.

    :param name: canonical name of the page.
    :param section: slug of the section.
    :raises Refusal: if that can't be done right.
    """
    title = " ".join(title.split()).lstrip("!").strip()
    new = slug(title)
    if not new or any(mark in title for mark in _MARKS):
        raise Refusal(f"{title!r} can't be the title of a section")
    page = wiki.wiki.pages[wiki.resolve(name).key]
    path = wiki.path(page.docname)
    document = wiki.document(path)
    if document is None or document.kind != "trope":
        raise Refusal(f"{path} is not trope markup: change the section there")
    part = section_part(outline_of(document.text), section)
    if part is None:
        raise Refusal(f"{path} has no heading or folder {section}: change its anchor there")
    known = {word.replace("-", "") for word, _id in page.facts.sections}
    letters = new.replace("-", "")
    if letters in known - {slug(part.title).replace("-", "")}:
        raise Refusal(f"{path} already has a section {new}")
    begin, end = document.positions.span_of_line(part.start)
    start = document.text.find(part.title, begin, end)
    if start < 0:
        raise Refusal(f"{path}:{part.start + 1} spells its title in a way that can't be rewritten")
    text = document.text[:start] + title + document.text[start + len(part.title) :]
    changed = {path: (document.text, text)}
    for linking in _linking(wiki, page.key, section):
        before, after = changed.get(linking, (None, None))
        source = wiki.document(linking)
        if before is None:
            if source is None:
                raise Refusal(f"{linking} can't be read")
            before = after = source.text
        assert after is not None
        rewritten = _rewritten(wiki.temporary(linking, after), page.key, section, title)
        changed[linking] = before, rewritten
    for linking, (before, after) in changed.items():
        _check(wiki, linking, before, after, page.key, section, new)
    return {linking: texts for linking, texts in changed.items() if texts[0] != texts[1]}


def _linking(wiki: OpenWiki, key: str, section: str) -> list[str]:
    """The files with a link to the section, the page's own as well."""
    letters = section.replace("-", "")
    page = wiki.wiki.pages[key]
    found = []
    for docname in dict.fromkeys((page.docname, *wiki.wiki.sources(key))):
        facts = wiki.wiki.documents[docname]
        if docname == page.docname or any(
            link.section.replace("-", "") == letters and wiki.resolve(link.target).key == key
            for link in facts.links
        ):
            found.append(wiki.path(docname))
    return found


def _rewritten(document: Document, key: str, section: str, title: str) -> str:
    """The text with its links to the section renamed, each in its style."""
    wiki, text = document.wiki, document.text
    letters = section.replace("-", "")
    places = document.reading.places
    spans = [
        place.section_at
        for place in places
        if place.section_at and wiki.resolve(place.name).key == key
    ]
    own = wiki.page_of(document.path)
    if own is not None and own.key == key:
        own_sections = document.reading.own_sections
        spans += ((at.start, at.end) for at in own_sections if not at.is_anchor)
    for start, end in sorted(set(spans), reverse=True):
        spelled = text[start:end]
        if slug(spelled).replace("-", "") == letters:
            text = text[:start] + _styled(spelled, title) + text[end:]
    return text


def _styled(spelled: str, title: str) -> str:
    """The name of a section, in the style of the old one."""
    if _CAMEL.match(spelled) and "-" not in spelled and not spelled.isupper():
        return "".join(word[:1].upper() + word[1:] for word in slug(title).split("-"))
    return slug(title)


def _check(
    wiki: OpenWiki, path: str, before: str, after: str, key: str, old: str, new: str
) -> None:
    """Compares what a text says before and after.

    :raises Refusal: if anything but the section has changed, or a link to it was not rewritten.
    """
    was, now = wiki.read(path, before).facts, wiki.read(path, after).facts
    expected = [_link(wiki, was, at, key, old, new) for at in range(len(was.links))]
    found = [_link(wiki, now, at, key, "", "") for at in range(len(now.links))]
    for at, (one, other) in enumerate(zip(expected, found, strict=False)):
        if one != other:
            raise Refusal(
                f"{path}:{was.links[at].line} links to the section in a way that can't be rewritten"
            )
    if len(expected) != len(found):
        raise Refusal(f"{path} links to the section in a way that can't be rewritten")
    lost = {n.line for n in now.namings if n.how == "anchor"}
    lost -= {n.line for n in was.namings if n.how == "anchor"}
    if lost:
        raise Refusal(f"{path}:{min(lost)} links to the section in a way that can't be rewritten")


def _link(
    wiki: OpenWiki, facts: DocumentFacts, at: int, key: str, old: str, new: str
) -> tuple[str, str, int]:
    link = facts.links[at]
    section = link.section.replace("-", "")
    is_it = old and section == old.replace("-", "") and wiki.resolve(link.target).key == key
    return link.target, (new.replace("-", "") if is_it else section), link.line
