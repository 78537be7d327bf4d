"""The problems of documents, stored beside their doctrees: a document that is not read again tells
its problems no more.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...data.json_lines import as_json
from ...internals.sphinx.output_files import modified
from ...stored_files import read_json, write_whole
from .orders import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx.application import Sphinx

__all__ = ["load", "store"]

_ByDocument = dict[str, list[Problem]]


def _path(app: Sphinx) -> Path:
    return Path(app.doctreedir, "tropes-serve-problems.json")


def _time_of_reading(app: Sphinx, docname: str) -> int | None:
    return app.env.all_docs.get(docname)


def _time_of_writing(app: Sphinx, docname: str) -> int | None:
    return modified(app.builder, docname)


_TIMES = _time_of_reading, _time_of_writing
"""What tells whether a document was read, or its page written, since then."""


def store(app: Sphinx, of_reading: _ByDocument, of_writing: _ByDocument) -> None:
    """Stores problems, with the time when each document was read or its page written."""
    data = [
        {docname: [time(app, docname), problems] for docname, problems in sorted(found.items())}
        for time, found in zip(_TIMES, (of_reading, of_writing), strict=True)
    ]
    with suppress(OSError):  # then the next process knows of fewer
        write_whole(_path(app), as_json(data))


def load(app: Sphinx) -> tuple[_ByDocument, _ByDocument]:
    """The stored problems of reading and of writing that still hold."""
    stored = read_json(_path(app))
    if not isinstance(stored, list) or len(stored) != len(_TIMES):
        return {}, {}
    reading, writing = (
        dict(_holding(app, found, time)) if isinstance(found, dict) else {}
        for time, found in zip(_TIMES, stored, strict=True)
    )
    return reading, writing


def _holding(app: Sphinx, found: Mapping[str, Any], time: Any) -> list[tuple[str, list[Problem]]]:
    holding = []
    for docname, entry in found.items():
        with suppress(TypeError, ValueError):
            then, problems = entry
            known = [_problem(*problem) for problem in problems]
            if then is not None and then == time(app, docname):
                holding.append((docname, known))
    return holding


def _problem(text: Any, level: Any, file: Any, line: Any, kind: Any) -> Problem:
    if not all(isinstance(value, str) for value in (text, level, file, kind)):
        raise TypeError
    return Problem(text, level, file, int(line), kind)
