"""What was measured, beside what was aimed at."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

__all__ = ["Result", "table", "write_json"]


class Result(NamedTuple):
    """One line of the table."""

    what: str
    measured: float | None
    """None for what was not measured: the detail tells why."""
    unit: str
    """``times`` for a ratio to the contender that the line names."""
    goal: float | None = None
    """None for what is told for information."""
    is_least: bool = False
    """Whether the goal is the least, not the most."""
    is_bound: bool = False
    """Whether it is more than what was measured: the other was cut off."""
    detail: str = ""
    samples: dict[str, Any] | None = None

    @property
    def is_met(self) -> bool | None:
        if self.goal is None or self.measured is None:
            return None
        return self.measured >= self.goal if self.is_least else self.measured <= self.goal

    @property
    def shown(self) -> str:
        """What was measured, for people."""
        if self.measured is None:
            return "not measured"
        return f"{'over ' if self.is_bound else ''}{self.measured:.3g} {self.unit}"


def table(results: Iterable[Result]) -> str:
    """The lines, for people."""
    rows = [("what", "measured", "goal", "met", "in detail")]
    for result in results:
        goal = ""
        if result.goal is not None:
            goal = f"{'at least' if result.is_least else 'at most'} {result.goal:g} {result.unit}"
        met = {True: "yes", False: "NO", None: ""}[result.is_met]
        rows.append((result.what, result.shown, goal, met, result.detail))
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    lines = ["  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)) for row in rows]
    lines.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join(line.rstrip() for line in lines)


def write_json(path: Path, about: dict[str, Any], results: Iterable[Result]) -> None:
    """The same, with every sample, for programs."""
    data = {
        "about": about,
        "results": [{**result._asdict(), "is_met": result.is_met} for result in results],
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(data, indent=1) + "\n", "utf-8")
