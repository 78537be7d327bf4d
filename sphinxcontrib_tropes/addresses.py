"""Addresses: which ones a page may link to, and which are images."""

from __future__ import annotations

import re
from urllib.parse import quote

__all__ = ["is_image", "is_picture", "is_safe", "well_formed"]

_SCHEMES = frozenset(["http", "https", "mailto", "ftp"])
_SCHEME = re.compile(r"([^/?#]*?):")
# Browsers drop these from an address before they look for its scheme (WHATWG URL, 4.4).
_DROPPED = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029\ufeff]+")
# Not allowed in an address: a "%" without two digits, and anything RFC 3986 does not list.
_STRAY = re.compile(r"""%(?![0-9A-Fa-f]{2})|[\s"<>\\^`{|}]""")
_IMAGE = re.compile(r"\.(?:png|jpe?g|gif|svg|webp)\Z", re.IGNORECASE)
# What Sphinx copies into the output: any readable file, wherever it is.
_FILE = re.compile(r"\.(?:a?png|avif|bmp|gif|ico|jpe?g|svg|tiff?|webp|\*)\Z", re.IGNORECASE)


def is_safe(uri: str) -> bool:
    """Whether *uri* is ``http``, ``https``, ``mailto``, ``ftp`` or relative.

    Anything else (``javascript:``, ``data:`` ...) could run code in a reader's browser.
    """
    scheme = _SCHEME.match(_DROPPED.sub("", uri))
    return scheme is None or scheme[1].lower() in _SCHEMES


def is_image(uri: str) -> bool:
    """Whether *uri* has the suffix of an image."""
    return _IMAGE.search(uri.partition("?")[0]) is not None


def is_picture(uri: str) -> bool:
    """Whether *uri* may be shown as a picture: a safe address, or the path of a file that has the
    suffix of a picture, or ``.*`` for the best of several. A path that begins with two slashes
    would lead out of the project.
    """
    if "://" in uri:
        return is_safe(uri)
    is_outside = uri.replace("\\", "/").startswith("//")
    return is_safe(uri) and not is_outside and _FILE.search(uri) is not None


def well_formed(uri: str) -> str:
    """*uri* with percent-encoding for everything not allowed in an address. Browsers do this
    themselves; EPUB checkers demand it.
    """
    return _STRAY.sub(lambda found: quote(found[0], safe=""), uri)
