"""Diagnostics: the problems of a page, each with its range."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lsprotocol.types import Diagnostic, DiagnosticSeverity, Range

from ...names import PageName, key_of, slug
from ...wiki.views.audit import faults_of
from ..diagnostics import Diagnostic as Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...wiki.analysis.parted_titles import PartedTitle
    from ...wiki.views.audit import Finding
    from .open_wiki import Document
    from .reading import NamedPlace

__all__ = ["SOURCE", "diagnostics"]

SOURCE = "sphinx-tropes"
_SEVERITIES = {
    "error": DiagnosticSeverity.Error,
    "warning": DiagnosticSeverity.Warning,
    "note": DiagnosticSeverity.Hint,
}
_MOST = 1000
"""Maximum diagnostics of a page: editors show no more."""


def diagnostics(document: Document) -> list[Diagnostic]:
    """The problems of a document, as ``sphinx-tropes check`` finds them, in order of their places. A
    wanted page is a problem of each link to it.
    """
    found = [*_wanted(document), *_others(document)]
    found.sort(key=lambda d: (d.range.start.line, d.range.start.character, d.message))
    return found[:_MOST]


def _wanted(document: Document) -> Iterator[Diagnostic]:
    wiki = document.wiki
    parted = {id(found.link) for found in _parted(document)}
    links = document.reading.facts.links
    for place in document.reading.places:
        if place.link >= 0 and id(links[place.link]) in parted:
            continue
        if place.link < 0 and document.kind != "trope":
            continue  # it may refer to something else
        to = wiki.resolve(place.name)
        if to.kind not in ("wanted", "ambiguous") or place.role in ("alias", "redirect"):
            continue
        if to.kind == "ambiguous":
            pages = wiki.wiki.meanings(to.key)
            sentence = "does not exist, and several namespaces have a page of that name"
        else:
            pages = wiki.wiki.candidates(to.key)
            hint = f"; did you mean {pages[0].title}?" if pages else ""
            has_others = wiki.configuration.has_others
            sentence = f"{'is no page of this wiki' if has_others else 'does not exist'}{hint}"
        yield Diagnostic(
            document.positions.range(place.start, place.end),
            f"{PageName(*to.name.split('/', 1)).title} {sentence}",
            severity=DiagnosticSeverity.Information,
            source=SOURCE,
            code=to.kind,
            data={"name": to.name, "candidates": [page.name for page in pages]},
        )


def _parted(document: Document) -> list[PartedTitle]:
    wiki = document.wiki.wiki
    keys = {
        to.key for p in document.reading.places if (to := wiki.resolve(p.name)).kind == "wanted"
    }
    return [
        found
        for key in sorted(keys)
        for found in wiki.parted_titles.to(key)
        if found.docname == document.docname
    ]


def _others(document: Document) -> Iterator[Diagnostic]:
    parted = {(p.link.line, p.page.name): p for p in _parted(document)}
    for finding in faults_of(document.wiki.wiki, document.docname):
        if finding.kind in ("wanted", "ambiguous") or finding.file:
            continue
        sentence = Sentence(finding, document.path, is_known=False)
        candidates = list(finding.candidates)
        if finding.kind == "parted-title":
            candidates = [finding.other]
        yield Diagnostic(
            _range_of(document, finding, parted),
            sentence.sentence,
            severity=_SEVERITIES[sentence.level],
            source=SOURCE,
            code=finding.kind,
            data={"name": finding.other or finding.name, "candidates": candidates},
        )


def _range_of(
    document: Document, finding: Finding, parted: dict[tuple[int, str], PartedTitle]
) -> Range:
    positions, line = document.positions, max(finding.line - 1, 0)
    if finding.sentence:
        return _range_of_warning(document, finding, line)
    start, end = positions.words_of_line(line)
    place: NamedPlace | None = None
    if finding.kind == "parted-title" and (of := parted.get((finding.line, finding.other))):
        place = _place_in_line(document, key_of(of.link.target), start, end)
    elif finding.kind == "missing-section":
        return positions.range(*_missing_section(document, finding, start, end))
    elif finding.kind in _AT_A_NAME:
        place = _place_in_line(document, key_of(finding.other), start, end)
        if place is None:
            place = _place_in_line(document, key_of(finding.name), start, end)
    if place is not None:
        start, end = place.start, place.end
    return positions.range(start, end)


def _missing_section(document: Document, finding: Finding, start: int, end: int) -> tuple[int, int]:
    """The first link in a line to the section that is missing; else the line."""
    name, _, section = finding.other.partition("#")
    links, key = document.reading.facts.links, key_of(name)
    for place in document.reading.places:
        link = links[place.link] if place.link >= 0 else None
        is_it = link is not None and link.section == section and start <= place.start < end
        if is_it and document.wiki.resolve(place.name).key == key:
            tail = _SECTION.match(document.text, place.end)
            return place.start, tail.end() if tail else place.end
    for own in _OWN.finditer(document.text, start, end):
        if slug(own["section"]) == section:
            return own.span()
    return start, end


_AT_A_NAME = frozenset(["double-redirect", "broken-redirect", "redirect-loop"])
_SECTION = re.compile(r"(?:\}\})?#[^\s\[\]{}|\"]*")
_OWN = re.compile(r"\[\[#(?P<section>[^\s\[\]{}|\"]+)")


def _place_in_line(document: Document, key: str, start: int, end: int) -> NamedPlace | None:
    wiki = document.wiki
    return next(
        (
            place
            for place in document.reading.places
            if start <= place.start < end
            and (key_of(place.name) == key or wiki.resolve(place.name).key == key)
        ),
        None,
    )


def _range_of_warning(document: Document, finding: Finding, line: int) -> Range:
    """What a warning is about, if the reader of the text knows; else its line."""
    reading = document.reading
    for notice, about in zip(reading.facts.notices, reading.abouts, strict=False):
        is_it = (notice.sentence, notice.line) == (finding.sentence, finding.line)
        if is_it and about is not None:
            return document.positions.range(*about)
    return document.positions.range(*document.positions.words_of_line(line))
