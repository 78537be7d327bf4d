"""Addresses: which ones a page may link to, and which are images."""

from __future__ import annotations

import re
from urllib.parse import quote

__all__ = ["is_image", "is_safe", "well_formed"]

_SCHEMES = frozenset(["http", "https", "mailto", "ftp"])
_SCHEME = re.compile(r"([^/?#]*?):")
# Browsers drop these from an address before they look for its scheme (WHATWG URL, 4.4).
_DROPPED = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029\ufeff]+")
# Not allowed in an address: a "%" without two digits, and anything RFC 3986 does not list.
_STRAY = re.compile(r"""%(?![0-9A-Fa-f]{2})|[\s"<>\\^`{|}]""")
_IMAGE = re.compile(r"\.(?:png|jpe?g|gif|svg|webp)\Z", re.IGNORECASE)


def is_safe(uri: str) -> bool:
    """Whether *uri* is ``http``, ``https``, ``mailto``, ``ftp`` or relative.

    Anything else (``javascript:``, ``data:`` ...) could run code in a reader's browser.
    """
    scheme = _SCHEME.match(_DROPPED.sub("", uri))
    return scheme is None or scheme[1].lower() in _SCHEMES


def is_image(uri: str) -> bool:
    """Whether *uri* has the suffix of an image."""
    return _IMAGE.search(uri.partition("?")[0]) is not None


def well_formed(uri: str) -> str:
    """*uri* with percent-encoding for everything not allowed in an address. Browsers do this
    themselves; EPUB checkers demand it.
    """
    return _STRAY.sub(lambda found: quote(found[0], safe=""), uri)
