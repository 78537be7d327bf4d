"""The texts of pages, whatever their encoding."""

from __future__ import annotations

from ...reading.encoding import decoded
from .remarks import Loss, Remark

__all__ = ["decoded_text"]


def decoded_text(raw: bytes, charset: str) -> tuple[str, list[Remark]]:
    """The text of *raw*, and a remark on its encoding."""
    found = decoded(raw, charset)
    if found.sentence:
        line = found.line if "byte" in found.sentence else 0
        kind = "a text whose encoding is not what it claims"
        return found.text, [Remark(Loss.CHANGED, kind, found.sentence, line or 0)]
    if found.encoding == "utf-8" or found.text.isascii():
        return found.text, []
    kind = "a text that is not UTF-8: converted"
    return found.text, [Remark(Loss.KEPT, kind, f"was {found.encoding}")]
