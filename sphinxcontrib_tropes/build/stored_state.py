"""Reads and checks the state file of an output directory: it may come from anywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict, cast

from ..stored_files import is_docname, read_json

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["StoredState", "read_state"]


class StoredState(TypedDict):
    """The content of the state file."""

    settings: str
    """Digest of the settings that the pages were written with."""
    written: dict[str, str]
    """Docname -> digest of the view that its page was last written from."""
    complete_for: str
    """Input digest of the wiki if every page was written from it; else empty."""
    problems: list[list[Any]]
    """Subtype, sentence, document, line and included file of each problem."""
    emitted: dict[str, list[Any]]
    """Name of an emitter -> the place of its files, and the data it stored itself."""


def read_state(path: Path) -> StoredState | None:
    """What an earlier build stored; None if any part is invalid.

    An invalid file is of unknown origin, so none of it is used.
    """
    state = read_json(path)
    if not isinstance(state, dict):
        return None
    written, problems, emitted = (state.get(name) for name in ("written", "problems", "emitted"))
    if (
        isinstance(state.get("settings"), str)
        and isinstance(state.get("complete_for"), str)
        and isinstance(written, dict)
        and all(map(is_docname, written))
        and all(isinstance(digest, str) for digest in written.values())
        and isinstance(problems, list)
        and all(map(_is_problem, problems))
        and isinstance(emitted, dict)
        and all(map(_is_emitted, emitted.values()))
    ):
        return cast("StoredState", state)
    return None


def _is_problem(value: object) -> bool:
    """Whether this is a problem that can be reported again."""
    if not isinstance(value, list) or len(value) != len(_PROBLEM):
        return False
    is_typed = all(map(isinstance, value, _PROBLEM))
    return is_typed and is_docname(value[2]) and "\0" not in value[4]


_PROBLEM = str, str, str, int | None, str


def _is_emitted(value: object) -> bool:
    """Whether this is a place inside, and any data: emitters check their own data."""
    return isinstance(value, list) and len(value) == 2 and (value[0] == "" or is_docname(value[0]))
