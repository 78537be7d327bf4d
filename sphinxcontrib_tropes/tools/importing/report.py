"""What an import says of itself: a summary by kind, what was left out, and page by page the rest."""

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

__all__ = ["as_text", "report_of"]

_KINDS = (
    (" is now ", "links rewritten, as they are spelled here"),
    ("is PmWiki's own", "PmWiki's own markup, not understood and left as it is"),
    ("is no page property", "directives that are no page property"),
    ("is not closed", "markup that is not closed"),
    ("another page is called", "pages with a name that another has, numbered"),
    ("is kept as a property", "titles that a name can't say, kept as a property"),
    ("has no letter or digit", "names without a letter or digit"),
    ("names no page", "names without a letter or digit"),
    ("is too long for a file", "names that are too long for a file, kept as an alias"),
    ("can't be a namespace", "groups that can't be a namespace"),
    ("it was protected", "pages that were protected, and no longer are"),
    ("no encoding of text", "texts that claim an encoding there is not"),
    ("; read as ", "texts in another encoding than they say"),
    ("edited since", "pages edited since they were imported"),
    ("can't be read as markup", "pages that can't be read as markup, and are as they were"),
    ("; write ", "markup of another kind of wiki, left as text"),
    ("shown as text", "markup that is shown as text"),
)
_ENCODING = re.compile(r"it was [\w.:-]+\Z")
_LINE = re.compile(r"\Aline \d+: ")


def _kind(remark: str) -> str:
    """What kind of remark that is."""
    for sign, kind in _KINDS:
        if sign in remark:
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

    :param own: the new namespaces of pages; the other new ones are but linked to.
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
    """The report for people."""
    pages, left_out = report["pages"], report["left_out"]
    told = [page for page in pages if page["remarks"]]
    lines = [f"pages: {len(pages)}, with remarks: {len(told)}, left out: {len(left_out)}", ""]
    lines += _summary(report)
    empty = set(report["namespaces_without_pages"])
    if own := [name for name in report["namespaces"] if name not in empty]:
        lines += ["New namespaces, in conf.py:", *(f"  {name}" for name in own), ""]
    if empty:
        lines.append(
            "Namespaces that are only linked to, in conf.py too (no page of them was there):"
        )
        lines += [*(f"  {name}" for name in sorted(empty)), ""]
    if report["bookkeeping"]:
        lines.append(
            "For PmWiki's own use, and imported like any page (delete what you don't need):"
        )
        lines += [*(f"  {file}" for file in report["bookkeeping"]), ""]
    if left_out:
        lines += [
            "Left out:",
            *(f"  {entry['place']}: {entry['reason']}" for entry in left_out),
            "",
        ]
    for page in told:
        lines.append(f"{page['file']} (from {page['place']}):")
        lines += [f"  {' '.join(remark.split())}" for remark in page["remarks"]]
    return "\n".join(map(one_line, lines)).rstrip("\n") + "\n"


def _summary(report: dict[str, Any]) -> Iterable[str]:
    """How much there is of each kind."""
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
        yield "Bare WikiWords are no links, as PmWiki has it by default: --wikiwords makes them links."
        yield ""


_AFTER_COLON = re.compile(r":.*", re.DOTALL)
