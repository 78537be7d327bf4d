"""Which of Python's codecs are encodings of text.

Touches: ``codecs.CodecInfo._is_text_encoding``; reads it.
Why: Python also has codecs from bytes to bytes and from text to text, such as zlib and rot13. An
imported page may claim any of them as its encoding.
Seen in: Python 3.11 to 3.14.
Remove when: ``CodecInfo`` says so in a documented way.
Upstream: https://bugs.python.org/issue19619, which added it for the time being.
Without it: a page that claims such an encoding ends the import.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from codecs import CodecInfo

__all__ = ["is_text_codec"]


def is_text_codec(codec: CodecInfo) -> bool:
    """Whether *codec* reads bytes as text."""
    is_text: bool = getattr(codec, "_is_text_encoding", True)
    return is_text
