"""JSON with one entry per line, so that a change to one page or link changes one line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable
    from mmap import mmap

__all__ = ["BETWEEN", "as_json", "entries_text", "opens_and_closes", "value_text"]

BETWEEN = b",\n"
"""The separator between two entries."""

# created once: json.dumps would create an encoder for each entry
_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode


def value_text(value: Any) -> bytes:
    """*value* on one line."""
    return _encode(value).encode()


def entries_text(values: Iterable[Any]) -> bytes:
    """*values*, each on one line."""
    return BETWEEN.decode().join(map(_encode, values)).encode()


def opens_and_closes(text: bytes | mmap, at: int, end: int) -> bool:
    """Whether the *text* between two places consists of whole entries, each an object."""
    around = text[at - 1 : at + 1], text[end - 1 : end + 1]
    return around[0] == b"\n{" and around[1] in (b"},", b"}\n")


def as_json(data: Any) -> str:
    """*data* as JSON: one line for each value of a mapping, and for each entry of a list in it."""
    if not isinstance(data, dict):
        return f"{_encode(data)}\n"
    parts = (f"{_encode(str(key))}: {_lines(data[key])}" for key in sorted(data))
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _lines(value: Any) -> str:
    if not isinstance(value, list | tuple) or not value:
        return _encode(value)
    entries = ",\n".join(map(_encode, value))
    return f"[\n{entries}\n]"
