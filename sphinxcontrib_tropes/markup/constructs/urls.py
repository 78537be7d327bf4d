"""Bare addresses: ``http://...``; the address of a picture becomes the picture."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docutils import nodes

from ...addresses import is_image, well_formed
from ..declaration import Atom

if TYPE_CHECKING:
    from ..declaration import Made
    from ..inline import InlineContext

_TRAILING = ".,;:!?)'"


def _url(match: re.Match[str], context: InlineContext) -> Made:
    uri, rest = match[0].replace("&amp;", "&"), ""
    end = len(uri.rstrip(_TRAILING))
    if end < len(uri):
        # Foo_(film) keeps its closing parenthesis
        if uri[end] == ")" and uri.count("(", 0, end) > uri.count(")", 0, end):
            end += 1
        uri, rest = uri[:end], uri[end:]
    if is_image(uri):
        shown: nodes.Element = nodes.image(uri=uri, alt=uri.partition("?")[0].rpartition("/")[2])
    else:
        shown = nodes.reference(uri, uri, refuri=well_formed(uri), internal=False)
    return [shown, nodes.Text(rest)] if rest else [shown]


CONSTRUCTS = [
    Atom(
        "url",
        # it ends before a line break, and before a mark that closes a style around it
        r"[hf](?:(?<=h)ttps?|(?<=f)tp)://"
        r"(?:[^\s<>\"`|\[\]{}'\\^_+\-\ufdd0]|'(?!')|\\(?!\\)|[\^_](?!')|[+\-](?![\]}]))++",
        _url,
        "https://www.example.org/a_page",
        not_after=r"[^\W_]",
        needs="://",
    ),
]
