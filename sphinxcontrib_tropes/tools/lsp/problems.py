"""Diagnostics: the problems of a page, each with its range."""

from __future__ import annotations

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
    spans = document.reading.spans
    start, end = positions.words_of_line(line)
    span = spans.span_of(finding) if spans is not None else None
    if finding.kind == "parted-title" and (of := parted.get((finding.line, finding.other))):
        key = key_of(of.link.target)
        places = document.reading.places
        span = next(
            ((p.start, p.end) for p in places if start <= p.start < end and key_of(p.name) == key),
            None,
        )
    elif finding.kind == "missing-section" and span is None:
        section = finding.other.partition("#")[2]
        own = (at for at in document.reading.own_sections if start <= at.start < end)
        text = document.text
        span = next(((a.start, a.end) for a in own if slug(text[a.start : a.end]) == section), None)
    return positions.range(*(span or (start, end)))
