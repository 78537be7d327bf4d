"""Where imported pages are from, and whom: a line in each page, and pages that credit all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...markup.constructs.properties import property_line
from ...names import PageName
from .escaping import escaped

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from .records import Record
    from .sources import Credit, Origin

__all__ = ["credit_lines", "credit_pages"]

_MOST_AUTHORS = 20
_MOST_ON_A_PAGE = 1000


def credit_lines(credit: Credit, licence: str) -> list[str]:
    """The line of a page that says where it is from; none if nothing is known."""
    if not credit.authors and not credit.address:
        return []
    said = [f"from {credit.address}"] if credit.address else []
    said += [f"by {_named(credit.authors)}"] if credit.authors else []
    said += [f"last changed {credit.changed}"] if credit.changed else []
    said += [licence] if licence else []
    return [property_line("comment", " ".join(f"Imported {'; '.join(said)}".split()))]


def _named(authors: Sequence[str]) -> str:
    more = len(authors) - _MOST_AUTHORS
    return ", ".join(authors[:_MOST_AUTHORS]) + (f" and {more} more" if more > 0 else "")


def credit_pages(
    records: Sequence[Record], origin: Origin, licence: str, taken: Collection[str]
) -> Iterator[tuple[PageName, str]]:
    """The pages that credit all authors: name and markup. None if nothing is known of them.

    Pages are named and not linked to: a link here would be a backlink of every page.

    :param taken: keys of the pages of the project.
    """
    credited = [record for record in records if record.file and record.credit.authors]
    if not (credited or origin.address or licence):
        return
    head = "These pages were imported"
    if origin.address or origin.title:
        shown = escaped(origin.title or origin.address)
        head += f" from [[{origin.address} {shown}]]" if origin.address else f" from {shown}"
    head += f". Licence: {escaped(licence)}." if licence else "."
    number = 0
    for first in range(0, max(len(credited), 1), _MOST_ON_A_PAGE):
        number += 1
        while (name := _name(number)).key in taken:
            number += 1
        lines = [f"(:title Imported pages{f' {number}' if number > 1 else ''}:)", head, ""]
        for record in credited[first : first + _MOST_ON_A_PAGE]:
            credit = record.credit
            title = record.name.removeprefix("Main/")
            line = f"* '''{escaped(title)}''': {escaped(_named(credit.authors))}"
            line += f"; last changed {escaped(credit.changed)}" if credit.changed else ""
            lines.append(line)
        yield name, "\n".join(lines) + "\n"


def _name(number: int) -> PageName:
    return PageName("Administrivia", f"ImportedPages{number if number > 1 else ''}")
