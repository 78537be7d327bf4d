"""Which pages PmWiki keeps for its own use."""

from __future__ import annotations

import re

__all__ = ["FOR_ITS_OWN_USE", "is_bookkeeping"]

FOR_ITS_OWN_USE = "a page for PmWiki's own use"
"""The reason why such a page is left out."""

_BOOKKEEPING = re.compile(
    r"(?:Site|SiteAdmin)[./].*|(?:.*[./])?(?:All)?Recent(?:Changes|Uploads|Pages)\Z"
    r"|(?:.*[./])?(?:Group(?:Header|Footer|Attributes|PageHeader|PageFooter)|Side ?Bar|PageNotFound"
    r"|Edit ?QuickReference)\Z|Main[./]Search ?Wiki\Z"
)


def is_bookkeeping(name: str) -> bool:
    """Whether ``Group.Name`` is a page for PmWiki's own use: recent changes, sidebars, settings."""
    return _BOOKKEEPING.match(name) is not None
