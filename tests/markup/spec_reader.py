"""The examples of trope markup's reference, as ``spec/*.md`` holds them.

An example is a fence of 32 backticks and the word ``example``; the markup; a line with a single
full stop; the nodes that the markup becomes, as pseudo-XML; the fence. Comments may come before
it:

``<!-- reports: 3: sentence -->``
    what the writer is warned of, and for which line; a comment for each.
``<!-- shows: the page -->``
    the nodes begin with the page's title and what it says of itself.

What a reader can't see has a sign: ``→`` is a tab, ``·`` at the end of a line a blank.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["FENCE", "SPEC", "Example", "Report", "read_spec", "visible"]

FENCE = "`" * 32
SPEC = Path(__file__).with_name("spec")

_REPORT = re.compile(r"<!-- reports: (?P<line>\d+): (?P<sentence>.+) -->")
_SHOWS_PAGE = "<!-- shows: the page -->"
_HEADING = re.compile(r"#+ (?P<title>.+)")
_LAST_BLANK = re.compile(r" $", re.MULTILINE)
_LAST_SIGN = re.compile(r"·$", re.MULTILINE)


class Report(NamedTuple):
    """What the writer of a page is warned of."""

    line: int
    sentence: str


@dataclass(frozen=True)
class Example:
    """Markup, and what it becomes."""

    number: int
    """Among all examples, file by file in the order of their names."""
    file: Path
    section: str
    """The heading above it."""
    line: int
    """Where its fence opens."""
    input: str
    expected: str
    """Pseudo-XML, with the signs of :func:`visible`."""
    reports: tuple[Report, ...]
    shows_page: bool
    """Whether the nodes begin with the page's title and what it says of itself."""


def read_spec(folder: Path = SPEC) -> list[Example]:
    """All examples of the files in *folder*.

    :raises ValueError: if an example is not closed, or a comment comes before none.
    """
    numbers = count(1)
    return [example for file in sorted(folder.glob("*.md")) for example in _examples(file, numbers)]


def visible(text: str) -> str:
    """*text* with signs for tabs and for a blank at the end of a line."""
    return _LAST_BLANK.sub("·", text.replace("\t", "→"))


def _typed(text: str) -> str:
    """What :func:`visible` shows as *text*."""
    return _LAST_SIGN.sub(" ", text).replace("→", "\t")


def _examples(file: Path, numbers: Iterator[int]) -> Iterator[Example]:
    section = ""
    reports: list[Report] = []
    shows_page = False
    lines = enumerate(file.read_text("utf-8").split("\n"), start=1)
    for line, text in lines:
        if text == f"{FENCE} example":
            source = _take(lines, ".", f"{file}:{line}")
            expected = _take(lines, FENCE, f"{file}:{line}")
            yield Example(
                number=next(numbers),
                file=file,
                section=section,
                line=line,
                input=_typed(source),
                expected=expected,
                reports=tuple(reports),
                shows_page=shows_page,
            )
            reports, shows_page = [], False
        elif match := _REPORT.fullmatch(text):
            reports.append(Report(int(match["line"]), match["sentence"]))
        elif text == _SHOWS_PAGE:
            shows_page = True
        elif reports or shows_page:
            raise ValueError(f"{file}:{line}: an example must follow the comment")
        elif match := _HEADING.fullmatch(text):
            section = match["title"]


def _take(lines: Iterator[tuple[int, str]], end: str, where: str) -> str:
    """The lines before the one that is *end*."""
    taken: list[str] = []
    for _, text in lines:
        if text == end:
            return "\n".join(taken)
        taken.append(text)
    raise ValueError(f"{where}: the example has no line {end!r}")
