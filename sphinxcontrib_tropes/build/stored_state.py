"""The state file of an output directory, checked: it may come from a cache, another version or anybody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict, cast

from ..stored_files import is_docname, read_json

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["StoredState", "read_state"]


class StoredState(TypedDict):
    """What the file holds."""

    settings: str
    """Digest of the settings that the pages were written with."""
    written: dict[str, str]
    """Docname -> digest of the view that its page was last written from."""
    complete_for: str
    """Input digest of the wiki, if every page was written from it; else empty."""
    problems: list[list[Any]]
    """Subtype, sentence, document, line and included file of each."""
    emitted: dict[str, list[Any]]
    """Name of an emitter -> where its files are, and what it stored itself."""


def read_state(path: Path) -> StoredState | None:
    """What an earlier build stored; None if anything in it is not as it should be: it is then of
    unknown origin, and nothing of it counts.
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
    """Whether this can be reported again."""
    if not isinstance(value, list) or len(value) != len(_PROBLEM):
        return False
    is_typed = all(map(isinstance, value, _PROBLEM))
    return is_typed and is_docname(value[2]) and "\0" not in value[4]


_PROBLEM = str, str, str, int | None, str


def _is_emitted(value: object) -> bool:
    """Whether these are a place inside and anything: emitters check what they stored themselves."""
    return isinstance(value, list) and len(value) == 2 and (value[0] == "" or is_docname(value[0]))
