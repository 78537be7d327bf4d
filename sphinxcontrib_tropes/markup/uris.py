"""Which addresses a page may link to or show."""

from __future__ import annotations

import re

__all__ = ["is_image", "is_safe"]

_SCHEMES = frozenset(["http", "https", "mailto", "ftp"])
_SCHEME = re.compile(r"([^/?#]*?):")
# What browsers drop from an address before they look for its scheme (WHATWG URL, 4.4).
_DROPPED = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029\ufeff]+")
_IMAGE = re.compile(r"\.(?:png|jpe?g|gif|svg|webp)\Z", re.IGNORECASE)


def is_safe(uri: str) -> bool:
    """Whether *uri* is ``http``, ``https``, ``mailto``, ``ftp`` or relative.

    Anything else (``javascript:``, ``data:`` ...) could run code in a reader's browser.
    """
    scheme = _SCHEME.match(_DROPPED.sub("", uri))
    return scheme is None or scheme[1].lower() in _SCHEMES


def is_image(uri: str) -> bool:
    """Whether *uri* names a picture by its suffix."""
    return _IMAGE.search(uri.partition("?")[0]) is not None
