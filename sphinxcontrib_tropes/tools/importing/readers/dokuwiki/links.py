"""Reads the links and files of DokuWiki: what stands in ``[[...]]`` and ``{{...}}``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ...tree import Link, Picture, Text, WebLink
from .addresses import interwiki, video

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...remarks import Remarks
    from ...tree import Inline

__all__ = ["link", "media", "spelled", "tags"]

_PICTURES: Final = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif", ".bmp", ".ico")
_ADDRESS: Final = re.compile(r"[a-zA-Z][\w.+\-]*://|mailto:|tel:")
_MAIL: Final = re.compile(r"[^\s@:/>]+@[^\s@:/>]+\Z")
_SITE: Final = re.compile(r"\s*([\w.\-]+)>(.*)", re.DOTALL)
_SIZE: Final = re.compile(r"(\d{1,4})(?:x\d{1,4})?\Z", re.IGNORECASE)
_TAG: Final = re.compile(r"\[([^\[\]]+)\]|\"([^\"]+)\"|([^\s\"\[\]]+)")
_EMBEDDED: Final = {"page", "section", "include", "wst"}
"""Plugins that show a page in another one."""


def link(inside: str, remarks: Remarks) -> Inline:
    """What ``[[inside]]`` is."""
    target, bar, label = inside.partition("|")
    target = target.strip()
    children = _label(label.strip(), remarks) if bar else ()
    if site := _SITE.match(target):
        return _interwiki(site[1], site[2].strip(), children, remarks)
    if _ADDRESS.match(target):
        return WebLink(target, children)
    if _MAIL.match(target):
        return WebLink(f"mailto:{target}", children or (Text(target),))
    if target.startswith("\\\\"):
        remarks.left_out("link to a computer of the network: its words stay", f"[[{inside}]]")
        return children[0] if children else Text(target)
    name, _, section = target.partition("#")
    name, _, query = name.partition("?")
    if not children and " " in query.strip():  # words, rather than options of the address
        children = (Text(f"{name.strip()}? {query.strip()}"),)
    name, section = name.strip(), section.replace("_", " ").strip()
    if not name and not section:
        return children[0] if children else Text(f"[[{inside}]]")
    if not children and "/" in name:
        children = (Text(name.rpartition(":")[2]),)
    return Link(spelled(name), children, section)


def _interwiki(site: str, name: str, children: tuple[Inline, ...], remarks: Remarks) -> Inline:
    if address := interwiki(site, name):
        return WebLink(address, children or (Text(name),))
    if site.lower() == "user":
        return Link(f"user/{name}", children or (Text(name),))
    remarks.left_out(
        f"link to the site {site}>, whose address is not in the pages: its words stay", name
    )
    return children[0] if children else Text(name)


def _label(label: str, remarks: Remarks) -> tuple[Inline, ...]:
    """The words of a link, or its picture."""
    if label.startswith("{{") and label.endswith("}}"):
        return tuple(media(label[2:-2], remarks))
    return (Text(label),) if label else ()


def spelled(target: str) -> str:
    """*target* with slashes between namespaces and name, as the index of links has them."""
    return target.replace("/", "_").replace(";", ":").replace(":", "/")


def media(inside: str, remarks: Remarks) -> Iterator[Inline]:
    """What ``{{inside}}`` is: a picture, a file, or what a plugin makes."""
    where, _, words = inside.partition("|")
    words = words.strip()
    if plugin := _SITE.match(where):
        yield from _of_plugin(plugin[1].lower(), plugin[2].strip(), words, remarks)
        return
    target, _, options = where.strip().partition("?")
    target = target.strip()
    if not target:
        yield Text(f"{{{{{inside}}}}}")
        return
    asked = options.lower().split("&")
    is_address = bool(_ADDRESS.match(target))
    if not target.partition("#")[0].lower().endswith(_PICTURES) or "linkonly" in asked:
        name = re.split(r"[:/]", target)[-1]
        children = (Text(words or name),)
        if is_address:
            yield WebLink(target, children)
            return
        kind = name.partition("#")[0].rpartition(".")[2].lower()
        remarks.left_out(f"link to a file ({kind}): its words are kept", target)
        yield from children
        return
    sizes = [int(size[1]) for option in asked if (size := _SIZE.match(option))]
    is_right, is_left = where[:1].isspace(), where[-1:].isspace()
    side = "right" if is_right and not is_left else "left" if is_left and not is_right else ""
    place = target if is_address else spelled(target)
    yield Picture(place, words, sizes[0] if sizes else 0, side)  # type: ignore[arg-type]


def _of_plugin(name: str, rest: str, words: str, remarks: Remarks) -> Iterator[Inline]:
    if name in _EMBEDDED:
        target, _, section = rest.partition("&")[0].partition("#")
        section = section.replace("_", " ").strip()
        yield Link(spelled(target.strip()), (Text(words),) if words else (), section, embeds=True)
    elif name == "rss":
        remarks.changed("feed {{rss>}}: a link to it", rest)
        yield WebLink(rest.split(" ", 1)[0], (Text(words),) if words else ())
    elif address := video(name, rest):
        remarks.changed(f"video {{{{{name}>}}}}: a link to it", rest)
        yield WebLink(address, (Text(words),) if words else ())
    else:
        remarks.left_out(f"plugin {{{{{name}>}}}}: left out", f"{{{{{name}>{rest}}}}}")


def tags(inside: str) -> tuple[str, ...]:
    """The tags in ``{{tag>...}}``; none if *inside* is something else."""
    plugin = _SITE.match(inside)
    if not plugin or plugin[1].lower() != "tag":
        return ()
    return tuple(
        (a or b or c).replace("_", " ").strip()
        for a, b, c in _TAG.findall(plugin[2].partition("|")[0])
    )
