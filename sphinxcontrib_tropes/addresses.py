"""Which addresses a page may link to or show."""

from __future__ import annotations

import re
from urllib.parse import quote

__all__ = ["is_image", "is_safe", "well_formed"]


_SCHEMES = frozenset(["http", "https", "mailto", "ftp"])


_SCHEME = re.compile(r"([^/?#]*?):")


# What browsers drop from an address before they look for its scheme (WHATWG URL, 4.4).
_DROPPED = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029\ufeff]+")


def is_safe(uri: str) -> bool:
    """Whether *uri* is ``http``, ``https``, ``mailto``, ``ftp`` or relative.

    Anything else (``javascript:``, ``data:`` ...) could run code in a reader's browser.
    """
    scheme = _SCHEME.match(_DROPPED.sub("", uri))
    return scheme is None or scheme[1].lower() in _SCHEMES


# What no address may have in it: a "%" without two digits, and what RFC 3986 names nowhere.
_STRAY = re.compile(r"""%(?![0-9A-Fa-f]{2})|[\s"<>\\^`{|}]""")
_IMAGE = re.compile(r"\.(?:png|jpe?g|gif|svg|webp)\Z", re.IGNORECASE)


def is_image(uri: str) -> bool:
    """Whether *uri* names a picture by its suffix."""
    return _IMAGE.search(uri.partition("?")[0]) is not None


def well_formed(uri: str) -> str:
    """*uri* with what may stand in no address as its code: browsers do it, checkers of books ask
    for it.
    """
    return _STRAY.sub(lambda found: quote(found[0], safe=""), uri)
