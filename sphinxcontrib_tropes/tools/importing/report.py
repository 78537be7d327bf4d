"""The report of an import: a summary by kind, what was left out, and the remarks on each page."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from ...printable import one_line
from .pmwiki import is_bookkeeping

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from .journal import Record
    from .planning import Plan

__all__ = ["as_text", "headline", "report_of"]

_KINDS = (
    (" is now ", "links rewritten in the spelling used here"),
    ("is PmWiki's own", "PmWiki's own markup, not understood and left unchanged"),
    ("is no page property", "directives that are not page properties"),
    ("is not closed", "markup that is not closed"),
    ("another page is already named", "pages with the name of another, numbered"),
    ("is kept as a property", "titles that a name can't express, kept as a property"),
    ("has no letter or digit", "names without a letter or digit"),
    ("names no page", "names without a letter or digit"),
    ("is too long for a file", "names that are too long for a file, kept as an alias"),
    ("can't be a namespace", "groups that can't be a namespace"),
    ("was protected", "pages that were protected, and no longer are"),
    ("no encoding of text", "texts that claim an unknown encoding"),
    ("; read as ", "texts in another encoding than they claim"),
    ("edited since", "pages edited since they were imported"),
    ("cannot be parsed", "pages that cannot be parsed, left unchanged"),
    ("; write ", "markup of another kind of wiki, left as text"),
    ("shown as text", "markup that is shown as text"),
)
_ENCODING = re.compile(r"was [\w.:-]+\Z")
_AFTER_COLON = re.compile(r":.*", re.DOTALL)


def _kind(remark: str) -> str:
    """The kind of a remark, for the summary."""
    for part, kind in _KINDS:
        if part in remark:
            return kind
    return "texts that were not UTF-8" if _ENCODING.match(remark) else "others"


def report_of(
    planned: Plan,
    records: Iterable[Record],
    left_out: Iterable[tuple[str, str]],
    own: Collection[str],
    *,
    wikiwords: bool,
) -> dict[str, Any]:
    """The report as data.

    :param own: the new namespaces with pages; other new ones are only linked to.
    :param wikiwords: whether bare WikiWords are links.
    """
    records = list(records)
    unread = [(record.place, record.remarks[0]) for record in records if not record.file]
    written = [record for record in records if record.file]
    return {
        "version": 1,
        "summary": dict(
            Counter(_kind(remark) for record in written for remark in record.remarks).most_common()
        ),
        "wikiwords": wikiwords,
        "pages": [
            {
                "place": record.place,
                "name": record.name,
                "file": record.file,
                "remarks": list(record.remarks),
            }
            for record in written
        ],
        "namespaces": planned.namespaces,
        "namespaces_without_pages": sorted(planned.namespaces.keys() - set(own)),
        "bookkeeping": [
            record.file
            for record, page in zip(records, planned.pages, strict=True)
            if record.file and page.entry.is_pmwiki and is_bookkeeping(record.name)
        ],
        "left_out": [
            {"place": place, "reason": reason} for place, reason in sorted([*left_out, *unread])
        ],
    }


def as_text(report: dict[str, Any]) -> str:
    """The report as text, for people."""
    left_out = report["left_out"]
    lines = [headline(report), ""]
    lines += _summary(report)
    empty = set(report["namespaces_without_pages"])
    if own := [name for name in report["namespaces"] if name not in empty]:
        lines += ["New namespaces, in conf.py:", *(f"  {name}" for name in own), ""]
    if empty:
        lines.append("Namespaces without pages, which are only linked to, also in conf.py:")
        lines += [*(f"  {name}" for name in sorted(empty)), ""]
    if report["bookkeeping"]:
        lines.append("For PmWiki's own use, imported like all pages (delete what you don't need):")
        lines += [*(f"  {file}" for file in report["bookkeeping"]), ""]
    if left_out:
        lines += [
            "Left out:",
            *(f"  {entry['place']}: {entry['reason']}" for entry in left_out),
            "",
        ]
    for page in _with_remarks(report):
        lines.append(f"{page['file']} (from {page['place']}):")
        lines += [f"  {' '.join(remark.split())}" for remark in page["remarks"]]
    return "\n".join(map(one_line, lines)).rstrip("\n") + "\n"


def headline(report: dict[str, Any]) -> str:
    """A line with the number of pages."""
    pages, left_out = len(report["pages"]), len(report["left_out"])
    return f"pages: {pages}, with remarks: {len(_with_remarks(report))}, left out: {left_out}"


def _with_remarks(report: dict[str, Any]) -> list[dict[str, Any]]:
    return [page for page in report["pages"] if page["remarks"]]


def _summary(report: dict[str, Any]) -> Iterable[str]:
    """The number of remarks of each kind."""
    counts = [*report["summary"].items()]
    counts += (
        (f"left out: {reason}", count)
        for reason, count in Counter(
            _AFTER_COLON.sub("", entry["reason"]) for entry in report["left_out"]
        ).most_common()
    )
    if report["bookkeeping"]:
        counts.append(("pages for PmWiki's own use", len(report["bookkeeping"])))
    if counts:
        yield "By kind:"
        yield from (f"  {count:6} {kind}" for kind, count in counts)
        yield ""
    if not report["wikiwords"]:
        yield "Bare WikiWords are not links, as in PmWiki by default; --wikiwords makes them links."
        yield ""
