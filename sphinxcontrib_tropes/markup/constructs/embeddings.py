"""Another page shown inside this one, ``(:include Page:)``; or a section of it, after ``#``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docutils import nodes

from ...internals.docutils.fast_nodes import make_text
from ..declaration import Block
from ..nodes import trope_embedding
from .links import page_link

if TYPE_CHECKING:
    from ..blocks import BlockReader
    from ..nodes import trope_link

__all__ = ["CONSTRUCTS", "embedding_of"]

_OPTION = re.compile(r"[ \t]++(?P<name>[A-Za-z]+)=\S*+")
_SECTIONS = re.compile(r"#[^#{}]*+(?=#)")
"""The first of PmWiki's two anchors, ``Page#from#to``."""


def embedding_of(link: trope_link) -> trope_embedding:
    """The node that shows where *link* leads; the link, below it, says where that comes from."""
    paragraph = nodes.paragraph("", "", link, classes=["trope-embedding-source"])
    embedding = trope_embedding("", paragraph, classes=["trope-embedding"])
    embedding.line = paragraph.line = link.line
    return embedding


def _embed(match: re.Match[str], reader: BlockReader) -> None:
    typed, rest = match.group("embedded", "rest")
    for option in _OPTION.finditer(typed):
        name = option["name"]
        reader.warn(f"(:include ... {name}=:) is not known; the whole page or section is shown")
    target = _OPTION.sub("", typed).strip()
    if ranged := _SECTIONS.search(target):
        reader.warn("(:include Page#from#to:) shows what is from the first anchor to the next")
        target = target[: ranged.end()]
    target = reader.escapes.plain(target.removeprefix("[[").removesuffix("]]"))
    context = reader.context
    words = make_text(context.words(target))
    try:
        reader.add(embedding_of(page_link(context, target, [words])))
    except ValueError:
        reader.warn(f"(:include {target}:) names no page; shown as text")
        reader.add_text(match[0].removesuffix(rest).rstrip())
    reader.read_again(rest)


CONSTRUCTS = [
    Block(
        "embedding",
        r"\(:[iI][nN][cC][lL][uU][dD][eE][ \t:]++(?P<embedded>(?:(?!:\)).)++):\)[ \t]*+(?P<rest>.*)",
        _embed,
        "(:include Film/TheMatrix#plot:)",
    ),
]
