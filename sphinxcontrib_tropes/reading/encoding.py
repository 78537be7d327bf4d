"""Decodes the bytes of a source file, for builds and for the import."""

from __future__ import annotations

import codecs
from typing import NamedTuple

__all__ = ["Decoded", "decoded", "is_plain"]

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LEGACY = {"cp1252": "Windows-1252", "iso-8859-1": "ISO-8859-1"}
_UTF8 = ("", "utf-8", "utf8", "utf-8-sig")

_LEAST_ZEROS = 0.2
"""Minimum share of zeros in UTF-16 that is also valid UTF-8. In mostly ASCII text it is half."""
_LEAST_ASCII = 0.02
"""Minimum share of ASCII characters in other UTF-16: spaces, line ends, brackets."""
_LONGEST_CHARSET = 40
_NO_CHARSETS = frozenset(
    ["charmap", "idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape", "utf-7"]
)
"""Text encodings that no page uses: they turn ASCII into something else."""


def _is_charset(name: str) -> bool:
    """Whether *name*, which is untrusted, is an encoding of text."""
    try:
        codec = codecs.lookup(name)
        " ".encode(name)  # a LookupError for codecs that are not for text: zlib, rot13
    except (LookupError, ValueError, UnicodeError, OverflowError):
        return False
    return codec.name.replace("_", "-") not in _NO_CHARSETS


class Decoded(NamedTuple):
    """A text, and how it was decoded."""

    text: str
    encoding: str
    """Name of the encoding: usually ``utf-8``."""
    sentence: str = ""
    """A warning for the writer; empty if none."""
    line: int = 1
    """The first line that is not valid in the claimed encoding."""


def is_plain(raw: bytes) -> bool:
    """Whether *raw* is certainly UTF-8. Most files are, and this check is fast."""
    if b"\0" in raw:
        return False
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return True


def decoded(raw: bytes, claimed: str = "") -> Decoded:
    """The text of *raw*, without a byte order mark.

    Text that is invalid in the *claimed* encoding, or in UTF-8, is read as Windows-1252: most such
    pages were written in it. If that fails too, it is read as ISO-8859-1, where every byte is
    valid. UTF-8 with a few damaged bytes remains UTF-8.

    :param claimed: the encoding that the file names, if any.
    """
    wide = _wide(raw)
    if wide is not None:
        return wide
    is_utf8, line = claimed.lower() in _UTF8, 1
    # untrusted: short and printable
    safe_name = " ".join(repr(claimed[:_LONGEST_CHARSET])[1:-1].split())
    if not is_utf8 and not _is_charset(claimed):
        found = decoded(raw)
        what = f"it says that it is {safe_name}, which is no encoding of text"
        more = f"; {found.sentence}" if found.sentence else f"; read as {found.encoding.upper()}"
        return found._replace(sentence=what + more)
    try:
        text = raw.decode("utf-8-sig" if is_utf8 else claimed)
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        where = f"not {'UTF-8' if is_utf8 else safe_name}: byte 0x{raw[error.start]:02X}"
    except (ValueError, LookupError, OverflowError):
        where = f"not {safe_name}"
    else:
        return Decoded(text, "utf-8" if is_utf8 else claimed)
    if is_utf8 and _is_damaged(text := raw.decode("utf-8-sig", "replace")):
        return Decoded(text, "utf-8", f"{where}; \ufffd is shown for what can't be read", line)
    for encoding, name in _LEGACY.items():
        try:
            return Decoded(raw.decode(encoding), encoding, f"{where}; read as {name}", line)
        except UnicodeDecodeError:
            continue
    raise AssertionError  # every byte is valid in the last one


def _wide(raw: bytes) -> Decoded | None:
    """*raw* as UTF-16 or UTF-32, with a byte order mark or without."""
    encoding = next((name for mark, name in _MARKS if raw.startswith(mark)), "")
    if not encoding and b"\0" in raw:
        encoding = _unmarked(raw)
    if not encoding:
        return None
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError:
        return None
    return Decoded(text, encoding, f"not UTF-8; read as {encoding.upper()}")


def _unmarked(raw: bytes) -> str:
    """The byte order of UTF-16 without a mark; empty if it is not UTF-16. Each ASCII character has
    a zero next to it, always on the same side.
    """
    even, odd = raw[::2].count(0), raw[1::2].count(0)
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    zeros, others = max(even, odd), min(even, odd)
    try:
        raw.decode()
    except UnicodeDecodeError:
        least = _LEAST_ASCII * len(raw) / 2
    else:
        least = _LEAST_ZEROS * len(raw)
    return encoding if zeros >= least and others * 10 <= zeros else ""


def _is_damaged(text: str) -> bool:
    """Whether most non-ASCII characters are valid UTF-8."""
    bad = text.count("\ufffd")
    return sum(not c.isascii() for c in text) - bad > bad
