"""Pictures at the side, ``[[quoteright:250:url]]`` and ``[[quoteleft:250:url]]``, and their captions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docutils import nodes

from ...addresses import is_safe
from ..characters import BALANCED
from ..declaration import Atom, Block, Span
from .links import page_link

if TYPE_CHECKING:
    from ..blocks import BlockReader
    from ..declaration import Made
    from ..inline import InlineContext

_POSSIBLE = "http, https, ftp and relative are possible"

_PICTURE = r"\[\[quote(?P<side>right|left):(?P<width>[0-9]*+):?(?P<uri>[^\s\[\]]++)\]\]"

_WIDTH_AND_ADDRESS = re.compile(r"([0-9]*+):?([^\s\[\]]++)")
_CAPTION = r"\[\[caption-width(?:-(?:right|left))?:(?:[0-9]++:(?![0-9]{2}\b)|:)?+"

_WIDEST = "10000"

_TARGET = r"(?:\w+/)?(?:\{\{[^{}]++\}\}|\w++)"


def _set_width(image: nodes.image, typed: str) -> None:
    width = typed.lstrip("0")
    if width:
        # without a unit, HTML has an attribute for it: a policy may forbid styles
        image["width"] = width if len(width) < len(_WIDEST) else _WIDEST


def _picture(match: re.Match[str], reader: BlockReader) -> None:
    uri = reader.escapes.plain(match["uri"])
    if not is_safe(uri):
        reader.warn(f"no picture from {uri!r}: {_POSSIBLE}")
        reader.add_literal(match[0])
        return
    image = nodes.image(uri=uri, alt="")
    image.line = reader.line
    _set_width(image, match["width"])
    shown: nodes.Element = image
    if target := match.groupdict().get("target"):
        context = reader.context
        try:
            shown = page_link(context, target, [image], explicit=True)
        except ValueError:
            reader.warn(f"[[{target}]] names no page; the picture is shown without a link")
        else:
            image["alt"] = context.words(target)
            # a figure contains an image or a reference; a link to a page needs a text block around it
            shown = nodes.paragraph("", "", shown)
    figure = nodes.figure("", shown, align=match["side"], classes=["trope-picture"])
    figure.line = reader.line
    reader.add(figure)
    reader.memory["picture"] = figure
    reader.read_again(match["rest"])


def _caption(match: re.Match[str], reader: BlockReader) -> None:
    reader.end_lists()  # a paragraph between a picture and its caption separates them
    reader.read_again(match["rest"])
    figure = reader.memory.pop("picture", None)
    if figure is None or figure.parent.children[-1] is not figure:
        paragraph = reader.text_block(nodes.paragraph, match["text"])
        paragraph["classes"].append("trope-caption")
        reader.add(paragraph)
        return
    caption = reader.text_block(nodes.caption, match["text"])
    figure.append(caption)
    for image in figure.findall(nodes.image):
        image["alt"] = image["alt"] or caption.astext()


def _inline_picture(match: re.Match[str], context: InlineContext) -> Made:
    mark, rest = match.group("inline_picture_mark", "inline_picture_rest")
    parts = _WIDTH_AND_ADDRESS.fullmatch(context.escapes.plain(rest))
    if parts is None:
        why = "needs the address of a picture, which has no blanks; shown as text"
        context.warn(f"[[{mark}: {why}")
        return context.as_typed(match)
    width, uri = parts.groups()
    if not is_safe(uri):
        context.warn(f"no picture from {uri!r}: {_POSSIBLE}")
        return context.as_typed(match)
    name = uri.partition("?")[0].rpartition("/")[2]
    image = nodes.image(uri=uri, alt=name, align=mark.removeprefix("quote"))
    _set_width(image, width)
    image.line = context.line
    return image


CONSTRUCTS = [
    Block(
        "picture",
        rf"{_PICTURE}(?P<rest>.*)",
        _picture,
        "[[quoteright:250:https://www.example.org/cat.png]]",
    ),
    Block(
        "picture_linked",
        rf"\[\[(?P<target>{_TARGET})[ \t]++{_PICTURE}\]\](?P<rest>.*)",
        _picture,
        "[[FunnyAnimal [[quoteright:250:https://www.example.org/cat.png]]]]",
    ),
    Block(
        "picture_in_link",
        r"\[\[quote(?P<side>right|left):(?P<width>[0-9]*+):?"
        rf"\[\[(?P<target>{_TARGET})[ \t]++(?P<uri>[^\s\[\]]++)\]\]\]\](?P<rest>.*)",
        _picture,
        "[[quoteright:250:[[FunnyAnimal https://www.example.org/cat.png]]]]",
    ),
    Block(
        "caption",
        rf"{_CAPTION}(?P<text>{BALANCED})\]\](?P<rest>.*)",
        _caption,
        "[[caption-width-right:250:A cat, resting.]]",
    ),
    # in an item or a cell, or after text
    Atom(
        "inline_picture",
        r"\[\[(?P<inline_picture_mark>quote(?:right|left)):(?P<inline_picture_rest>[^\[\]]*+)\]\]",
        _inline_picture,
        "as [[quoteright:250:https://www.example.org/cat.png]] shows",
    ),
    Span(
        "inline_caption",
        _CAPTION,
        "]]",
        lambda match, context: nodes.inline(classes=["trope-caption"]),
        "a [[caption-width-right:A cat, resting.]]",
    ),
]
