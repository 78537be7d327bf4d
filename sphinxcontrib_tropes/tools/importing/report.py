"""The report of an import: what was changed, left out or not read, by kind and by page."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from ...printable import one_line
from .pmwiki import FOR_ITS_OWN_USE
from .remarks import HIDDEN, WARNING, Loss

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from .planning import Plan
    from .records import Record

__all__ = ["Outcome", "as_text", "headline", "report_of"]

_TITLES = {
    Loss.NOT_READ: "Not read",
    Loss.LEFT_OUT: "Left out",
    Loss.CHANGED: "Looks or works otherwise",
    Loss.KEPT: "The same, spelled otherwise",
}
_MOST_KINDS = 28
"""Maximum kinds on the first screen, which has 50 lines."""
_MOST_NAMED = 5
_MUCH_LOST = 0.1
_FEW_WORDS = 20
"""Pages with fewer words are not said to lose many of them."""
_AFTER_COLON = re.compile(r":.*", re.DOTALL)


class Outcome(NamedTuple):
    """What an import found and did, besides its pages."""

    left_out: Iterable[tuple[str, str]]
    """Place and reason of everything that is not a page."""
    own_namespaces: Collection[str]
    """The new namespaces with pages; other new ones are only linked to."""
    wikiwords: bool
    """Whether bare WikiWords are links."""
    media: Collection[str] = ()
    """The files that were copied."""
    media_failed: Iterable[tuple[str, str]] = ()
    """Place and reason of files that could not be copied."""
    gone: Iterable[str] = ()
    """Pages of an earlier import that are not in the source any more."""
    kept_files: Iterable[str] = ()
    """Files of the project that were edited, and stay as they are."""
    rules: str = ""
    """The file of rules for templates, if there is one."""


def report_of(planned: Plan, records: Iterable[Record], outcome: Outcome) -> dict[str, Any]:
    """The report as data."""
    records, left_out = list(records), list(outcome.left_out)
    unread = [(record.place, record.remarks[0].sample) for record in records if not record.file]
    written = [record for record in records if record.file]
    total = sum(record.words[0] for record in written)
    missing = sum(record.words[1] for record in written)
    return {
        "version": 2,
        "kinds": list(_kinds(written)),
        "words": {"total": total, "missing": missing},
        "wikiwords": outcome.wikiwords,
        "pages": [_page(record) for record in written],
        "namespaces": planned.namespaces,
        "namespaces_without_pages": sorted(planned.namespaces.keys() - set(outcome.own_namespaces)),
        "namespaces_undeclared": dict(planned.undeclared),
        "bookkeeping": sorted(place for place, reason in left_out if reason == FOR_ITS_OWN_USE),
        "media": sorted(outcome.media),
        "left_out": [
            {"place": place, "reason": reason}
            for place, reason in sorted([*left_out, *outcome.media_failed, *unread])
        ],
        "gone": list(outcome.gone),
        "edited": list(outcome.kept_files),
        "rules": outcome.rules,
    }


def _page(record: Record) -> dict[str, Any]:
    return {
        "place": record.place,
        "name": record.name,
        "file": record.file,
        "words": {"total": record.words[0], "missing": record.words[1]},
        "authors": list(record.credit.authors),
        "remarks": [
            {"loss": remark.loss.name.lower(), "kind": remark.kind, "sample": remark.sample}
            | ({"line": remark.line} if remark.line else {})
            for remark in record.remarks
        ],
    }


def _kinds(records: Iterable[Record]) -> Iterator[dict[str, Any]]:
    """The kinds of remarks: those that lose most first, then those on most pages."""
    counts: Counter[tuple[Loss, str]] = Counter()
    pages: dict[tuple[Loss, str], set[str]] = defaultdict(set)
    samples: dict[tuple[Loss, str], tuple[str, str]] = {}
    for record in records:
        for remark in record.remarks:
            kind = remark.loss, remark.kind
            counts[kind] += 1
            pages[kind].add(record.name)
            if samples.get(kind, ("", HIDDEN))[1] == HIDDEN:
                samples[kind] = record.name, remark.sample
    for kind in sorted(counts, key=lambda of: (of[0], -len(pages[of]), -counts[of], of[1])):
        page, sample = samples[kind]
        yield {
            "loss": kind[0].name.lower(),
            "kind": kind[1],
            "count": counts[kind],
            "pages": len(pages[kind]),
            "sample": {"page": page, "text": sample},
        }


def as_text(report: dict[str, Any]) -> str:
    """The report as text, for people: at most 50 lines say what matters, the rest follows."""
    lines = [headline(report), *_first_screen(report), ""]
    lines += _details(report)
    return "\n".join(map(one_line, lines)).rstrip("\n") + "\n"


def headline(report: dict[str, Any]) -> str:
    """A line with the number of pages, and the share of words that are kept."""
    pages, left_out = len(report["pages"]), len(report["left_out"])
    words = report["words"]
    kept = ""
    if words["total"]:
        kept = f", words kept: {100 - 100 * words['missing'] / words['total']:.1f} %"
    with_remarks = sum(1 for page in report["pages"] if page["remarks"])
    return f"pages: {pages}, with remarks: {with_remarks}, left out: {left_out}{kept}"


def _first_screen(report: dict[str, Any]) -> Iterator[str]:
    kinds = report["kinds"]
    shown = kinds[:_MOST_KINDS]
    for loss, title in _TITLES.items():
        found = [kind for kind in shown if kind["loss"] == loss.name.lower()]
        if found:
            yield f"{title}:"
            yield from map(_kind_line, found)
    if len(kinds) > len(shown):
        yield f"  and {len(kinds) - len(shown)} more kinds, below"
    reasons = Counter(_AFTER_COLON.sub("", entry["reason"]) for entry in report["left_out"])
    if reasons:
        yield "No pages:"
        yield from (f"  {count:6} {reason}" for reason, count in reasons.most_common(_MOST_NAMED))
    if losing := _losing(report):
        named = [f"{name} ({share:.0%})" for share, name in losing]
        yield f"Pages that lose over {_MUCH_LOST:.0%} of their words: {_some(named)}"
    if report["media"]:
        yield f"Pictures and files copied: {len(report['media'])}"
    if report["edited"]:
        yield f"Edited since the last import, and kept: {_some(report['edited'])}"
    if report["gone"]:
        yield f"Not in the source any more, and still here: {_some(report['gone'])}"
    if report["namespaces_undeclared"]:
        named = [f"{name} ({n})" for name, n in report["namespaces_undeclared"].items()]
        yield f"Not namespaces, unless you say so with --namespace: {_some(named)}"
    if report["rules"]:
        yield f"What becomes of templates is in {report['rules']}: edit it, and import again."
    if not report["wikiwords"]:
        yield "Bare WikiWords are not links; --wikiwords makes them links."


def _kind_line(kind: dict[str, Any]) -> str:
    sample = kind["sample"]
    text = f": {sample['text']}" if sample["text"] else ""
    example = f"{sample['page']}{text}"
    if len(example) > _MOST_SAMPLE:
        example = f"{example[:_MOST_SAMPLE]}..."
    return f"  {kind['count']:6} on {kind['pages']:4} pages  {kind['kind']}   e.g. {example}"


_MOST_SAMPLE = 90


def _losing(report: dict[str, Any]) -> list[tuple[float, str]]:
    """The share of words that each page loses, if that is much; most first."""
    shares = (
        (page["words"]["missing"] / page["words"]["total"], page["name"])
        for page in report["pages"]
        if page["words"]["total"] >= _FEW_WORDS
    )
    return sorted((of for of in shares if of[0] > _MUCH_LOST), reverse=True)


def _some(names: list[str]) -> str:
    more = len(names) - _MOST_NAMED
    return ", ".join(names[:_MOST_NAMED]) + (f", and {more} more" if more > 0 else "")


def _details(report: dict[str, Any]) -> Iterator[str]:
    if len(report["kinds"]) > _MOST_KINDS:
        yield "More kinds:"
        yield from map(_kind_line, report["kinds"][_MOST_KINDS:])
        yield ""
    losing = _losing(report)
    if len(losing) > _MOST_NAMED:
        yield f"All pages that lose over {_MUCH_LOST:.0%} of their words:"
        yield from (f"  {share:4.0%} {name}" for share, name in losing)
        yield ""
    empty = set(report["namespaces_without_pages"])
    sections = {
        "New namespaces, in conf.py:": [n for n in report["namespaces"] if n not in empty],
        "Namespaces without pages, which are only linked to, also in conf.py:": sorted(empty),
        "Edited since the last import, and kept:": report["edited"],
        "Not in the source any more, and still here:": report["gone"],
        "Left out:": [f"{entry['place']}: {entry['reason']}" for entry in report["left_out"]],
    }
    for title, names in sections.items():
        if names:
            yield title
            yield from (f"  {name}" for name in names)
            yield ""
    losses = {Loss.NOT_READ.name.lower(), Loss.LEFT_OUT.name.lower()}
    for page in report["pages"]:
        found = [of for of in page["remarks"] if of["loss"] in losses or of["kind"] == WARNING]
        if found:
            yield f"{page['file']} (from {page['place']}):"
            for remark in found:
                line = f"line {remark['line']}: " if "line" in remark else ""
                said = f": {remark['sample']}" if remark["sample"] else ""
                yield f"  {line}{remark['kind']}{said}"
