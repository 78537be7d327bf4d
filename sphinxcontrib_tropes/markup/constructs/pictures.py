"""Pictures at the side: ``[[quoteright:250:url]]`` and the caption after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from ..declaration import Block
from ..uris import is_safe
from .links import page_link

if TYPE_CHECKING:
    import re

    from ..blocks import BlockReader

_PICTURE = r"\[\[quote(?P<side>right|left):(?P<width>[0-9]*+):?(?P<uri>[^\s\[\]]++)\]\]"

_TARGET = r"(?:\w+/)?(?:\{\{[^{}]++\}\}|\w++)"


def _picture(match: re.Match[str], reader: BlockReader) -> None:
    uri = reader.escapes.plain(match["uri"])
    if not is_safe(uri):
        reader.warn(f"no picture from {uri!r}: http, https, ftp and relative are possible")
        reader.literal(match[0])
        return
    image = nodes.image(uri=uri, alt="")
    image.line = reader.line
    if match["width"]:
        image["width"] = f"{match['width']}px"
    shown: nodes.Element = image
    if target := match.groupdict().get("target"):
        context = reader.context
        try:
            shown = page_link(context, target, [image], explicit=True)
        except ValueError:
            reader.warn(f"[[{target}]] names no page; the picture is shown without a link")
        else:
            image["alt"] = context.words(target)
            # a figure holds an image or a reference; a link to a page needs a text block around
            shown = nodes.paragraph("", "", shown)
    figure = nodes.figure("", shown, align=match["side"], classes=["trope-picture"])
    figure.line = reader.line
    reader.add(figure)
    reader.memory["picture"] = figure
    if match["rest"].strip():
        reader.read_again(match["rest"].strip())


def _caption(match: re.Match[str], reader: BlockReader) -> None:
    reader.end_lists()  # a paragraph between the two parts them
    figure = reader.memory.pop("picture", None)
    if figure is None or figure.parent.children[-1] is not figure:
        reader.add(reader.block(nodes.paragraph, match["text"]))
        return
    caption = reader.block(nodes.caption, match["text"])
    figure.append(caption)
    for image in figure.findall(nodes.image):
        image["alt"] = image["alt"] or caption.astext()


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
        r"\[\[caption-width(?:-(?:right|left))?:[0-9]*+:(?P<text>.+)\]\]\Z",
        _caption,
        "[[caption-width-right:250:A cat, resting.]]",
    ),
]
