"""Reads two states of a wiki, and prints the differences between them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from ...printable import one_line
from ...wiki.exchange.differences import check_export
from ..refusal import Refusal

if TYPE_CHECKING:
    from pathlib import Path

    from ...wiki.exchange.differences import Differences

__all__ = ["as_markdown", "as_text", "read_export"]

_LISTS = {
    "gained": "Pages gained",
    "lost": "Pages lost",
    "renamed": "Pages renamed",
    "links_made": "Links made",
    "links_lost": "Links lost",
    "relations_made": "Relations made",
    "relations_lost": "Relations lost",
    "listings_made": "Members gained by an index",
    "listings_lost": "Members lost by an index",
    "wants_met": "Wanted pages written",
    "wants_made": "Pages newly wanted",
    "wants_dropped": "Pages no longer wanted",
    "orphans_made": "Orphans made",
    "orphans_ended": "Orphans linked to",
}


def read_export(path: Path) -> dict[str, Any]:
    """The ``tropes.json`` at *path*, or in the folder *path*.

    :raises Refusal: if it can't be read, or is not a ``tropes.json``.
    """
    if path.is_dir():
        path /= "tropes.json"
    try:
        return check_export(json.loads(path.read_text("utf-8")))
    except OSError as error:
        raise Refusal(f"{path} can't be read: {error.strerror}") from None
    except (ValueError, RecursionError) as error:
        raise Refusal(f"{path} is no tropes.json: {error}") from None


def as_text(differences: Differences) -> str:
    """The differences as text for a terminal."""
    lines = []
    for field, heading in _LISTS.items():
        items = getattr(differences, field)
        if items:
            lines.append(f"{heading}: {len(items)}")
            lines += [f"  {one_line(_item(item))}" for item in items]
    return "\n".join(lines) or "Nothing changed."


def as_markdown(differences: Differences, most: int = 50) -> str:
    """The differences as Markdown for a pull request. Lists longer than *most* are cut."""
    lines = []
    for field, heading in _LISTS.items():
        items = getattr(differences, field)
        if not items:
            continue
        lines += [f"<details><summary>{heading}: {len(items)}</summary>", ""]
        lines += [f"- {_code(_item(item))}" for item in items[:most]]
        if len(items) > most:
            lines.append(f"- and {len(items) - most} more")
        lines += ["", "</details>", ""]
    return "\n".join(lines).rstrip() or "Nothing changed."


def _item(item: str | tuple[str, ...]) -> str:
    if isinstance(item, str):
        return item
    is_relation = len(item) > len(("source", "target"))
    return (" " if is_relation else " -> ").join(item)


def _code(text: str) -> str:
    """*text* as Markdown code, whatever it contains."""
    text = " ".join(text.split())
    fence = "`"
    while fence in text:
        fence += "`"
    blank = " " if "`" in text else ""
    return f"{fence}{blank}{text}{blank}{fence}"
