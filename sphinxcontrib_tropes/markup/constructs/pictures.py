"""Pictures in a line, ``[[image:path alt words]]``; at the side, ``[[quoteright:250:url]]`` and
``[[quoteleft:250:url]]``; and captions.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docutils import nodes

from ...addresses import is_picture, is_safe
from ..characters import BALANCED
from ..declaration import Atom, Block, Span
from .links import page_link

if TYPE_CHECKING:
    from ..blocks import BlockReader
    from ..declaration import Made
    from ..inline import InlineContext

_POSSIBLE = "http, https, ftp and relative are possible"
_OF_PROJECT = (
    "a picture of the project is a path that ends in .png, .jpg, .svg or the like, or in .*"
)
_RIGHT = '[[image:cat.png a cat]], [[image:250:"my cat.png" a cat]]'

_PICTURE = r"\[\[quote(?P<side>right|left):(?P<width>[0-9]*+):?(?P<uri>[^\s\[\]]++)\]\]"

_WIDTH_AND_ADDRESS = re.compile(r"([0-9]*+):?([^\s\[\]]++)")
_IMAGE = re.compile(
    r"(?:(?P<width>[0-9]++):)?+[ \t]*+(?:\"(?P<quoted>[^\"\n]++)\"|(?P<bare>[^\s\"]++))"
    r"(?:\s++(?P<alt>.*))?+",
    re.DOTALL,
)
_CUT_PATH = re.compile(r"\.[A-Za-z]{3,4}(?!\w)")
_QUOTED = 'a path with a blank stands in quotation marks, as in [[image:"my cat.png" a cat]]'
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
    if not is_picture(uri):
        reader.warn(_no_picture(uri))
        reader.add_literal(match[0].removesuffix(match["rest"]).rstrip())
        reader.read_again(match["rest"])  # a spoiler in it must be covered
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


def _image(match: re.Match[str], context: InlineContext) -> Made:
    parts = _IMAGE.fullmatch(match["image_rest"].strip())
    if parts is None:
        context.warn(
            f"[[image: needs the path or the address of a picture; shown as text ({_RIGHT})"
        )
        return _image_as_text(match, context)
    uri = context.escapes.plain(parts["quoted"] or parts["bare"]).strip()
    if not is_picture(uri):
        cut = not parts["quoted"] and is_safe(uri) and _CUT_PATH.search(parts["alt"] or "")
        context.warn(f"no picture from {uri!r}: {_QUOTED}" if cut else _no_picture(uri))
        return _image_as_text(match, context)
    # as in a caption: links become their words, and spoilers stay covered
    line = context.line
    words = "".join(node.astext() for node in context.parse(parts["alt"] or "", line))
    image = nodes.image(uri=uri, alt=" ".join(words.split()) or _file_name(uri))
    _set_width(image, parts["width"] or "")
    image.line = context.line = line
    return image


def _no_picture(uri: str) -> str:
    """Why *uri* is not shown as a picture: a sentence."""
    return f"no picture from {uri!r}: {_OF_PROJECT if is_safe(uri) else _POSSIBLE}"


def _image_as_text(match: re.Match[str], context: InlineContext) -> list[nodes.Node]:
    """The match as text; the markup in it is read, for a spoiler in it must be covered."""
    inside = context.parse(match["image_rest"], context.line)
    return [nodes.Text("[[image:"), *inside, nodes.Text("]]")]


def _file_name(uri: str) -> str:
    return uri.partition("?")[0].rpartition("/")[2]


def _inline_picture(match: re.Match[str], context: InlineContext) -> Made:
    mark, rest = match.group("inline_picture_mark", "inline_picture_rest")
    parts = _WIDTH_AND_ADDRESS.fullmatch(context.escapes.plain(rest))
    if parts is None:
        why = "needs the address of a picture, which has no blanks; shown as text"
        context.warn(f"[[{mark}: {why}")
        return context.as_typed(match)
    width, uri = parts.groups()
    if not is_picture(uri):
        context.warn(_no_picture(uri))
        return context.as_typed(match)
    image = nodes.image(uri=uri, alt=_file_name(uri), align=mark.removeprefix("quote"))
    _set_width(image, width)
    image.line = context.line
    return image


CONSTRUCTS = [
    Atom(
        "image",
        rf"\[\[image:(?P<image_rest>{BALANCED})\]\]",
        _image,
        'a [[image:images/cat.png cat]], [[image:40:"images/my cat.png" resting]]',
    ),
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
