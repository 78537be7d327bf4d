"""Files of scripts, as data."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

__all__ = ["shard_of"]


def shard_of(address: str, count: int) -> int:
    """Which of *count* files, a power of two, has the entry of *address*: its FNV-1a hash."""
    hashed = 0x811C9DC5
    for byte in address.encode(errors="surrogatepass"):
        hashed = ((hashed ^ byte) * 0x01000193) & 0xFFFFFFFF
    # the lower bits alone depend on the lower bits of each byte alone
    return (hashed ^ hashed >> 16) & (count - 1)


def text_of(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, ValueError):
        return ""


def compact_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def version_of(text: str) -> str:
    return hashlib.blake2b(text.encode(errors="replace"), digest_size=4).hexdigest()


def digest(text: str) -> str:
    return hashlib.blake2b(text.encode(errors="replace"), digest_size=6).hexdigest()
