"""Links to files that are no pages and no pictures: pages can't show them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ..tree import Link, Text

if TYPE_CHECKING:
    from ..remarks import Remarks
    from ..tree import Inline

__all__ = ["file_kind", "without_file"]

_FILE: Final = re.compile(
    r"\.(?P<kind>pdf|mp3|wav|m4a|ogg|oga|opus|flac|aac|mp4|webm|ogv|mov|mkv|avi|swf"
    r"|docx?|xlsx?|pptx?|od[tspg]|rtf|epub|zip|t?gz|7z|rar|csv|tsv|json|xml|css|exe|dmg|apk|ttf|woff2?)\Z",
    re.IGNORECASE,
)


def file_kind(target: str) -> str:
    """``pdf``, ``mp3`` ... if *target* is a file that is no page and no picture; else empty."""
    found = _FILE.search(target.partition("?")[0])
    return found["kind"].lower() if found else ""


def without_file(link: Inline, remarks: Remarks, *pages: str) -> tuple[Inline, ...]:
    """*link*; its words alone if it leads to a file.

    :param pages: the suffixes of pages.
    """
    if not isinstance(link, Link) or link.target.lower().endswith(pages or ("/",)):
        return (link,)
    kind = file_kind(link.target)
    if not kind:
        return (link,)
    remarks.left_out(f"link to a file ({kind}): its words are kept", link.target)
    return link.children or (Text(link.target.rpartition("/")[2]),)
