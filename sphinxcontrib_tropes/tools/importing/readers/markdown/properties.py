"""What the properties of a page mean here: a title, aliases, tags, relations, or a row of a table."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ...tree import Link, Text
from .front_matter import texts
from .line import Line, plain
from .targets import WIKILINK, destination, embedded, embedded_address, is_picture, wikilink

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ...remarks import Remarks
    from ...tree import Inline
    from .front_matter import FrontMatter

__all__ = ["Facts", "Names", "facts", "names", "shown"]

_TITLES = ("title",)
_ALIASES = ("aliases", "alias")
_TAGS = ("tags", "tag", "keywords")
_CATEGORIES = ("categories", "category")
_DESCRIPTIONS = ("description", "summary", "excerpt", "abstract")
_KEYS = ("permalink", "slug", "url", "id", "uid", "redirect-from")
_RELATIONS = {
    "subtrope-of": "up parent parents broader subtrope-of is-a kind-of",
    "supertrope-of": "down child children narrower supertrope-of",
    "sister-of": "sister-of sister sisters sibling siblings same",
    "compare": "related see-also seealso similar compare",
    "contrast": "contrast",
    "inverse-of": "inverse-of inverse opposite opposites",
    "distinct-from": "distinct-from",
    "leads-to": "leads-to causes",
    "led-to-by": "led-to-by caused-by",
}
_KIND_OF_KEY = {key: kind for kind, keys in _RELATIONS.items() for key in keys.split()}
# How a program shows the page, or what it notes for itself: of no use to readers here.
_FOR_PROGRAMS_WORDS = (
    "cssclass cssclasses publish position created updated modified date-created date-modified lastmod"
    " last-modified created-at updated-at kanban-plugin layout template draft private public collapsed"
    " enabletoc toc comments banner-x banner-y banner-icon icon iconcolor sticker dg-publish dg-home"
    " excalidraw-plugin obsidianuimode obsidianeditingmode weight order sidebar-position nav-order noindex"
    " filters lang"
)
_FOR_PROGRAMS = frozenset(_FOR_PROGRAMS_WORDS.split())
_HIDDEN = {"publish": "false", "draft": "true", "private": "true"}
_LONGEST = 300
_BREAKS = re.compile(r"[\s_]+")
_PART = re.compile(r"\[\[[^\[\]\n]{1,1000}\]\]|[^,]+")
_LINK = re.compile(
    WIKILINK.pattern
    + r"|(?P<shows>!?)\[(?P<words>[^\[\]\n]{0,500})\]\((?P<href><[^<>\n]{1,1000}>|[^()\s]{1,1000})\)"
)


class Names(NamedTuple):
    """What the properties say of a page's names."""

    title: str = ""
    aliases: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()


class Facts(NamedTuple):
    """What the properties say of a page besides its names."""

    categories: tuple[str, ...]
    relations: tuple[tuple[str, str], ...]
    fields: tuple[tuple[str, tuple[Inline, ...]], ...]
    description: str


def names(front: FrontMatter) -> Names:
    """The names of the page."""
    titles = list(_of(front, _TITLES))
    keys = [key.strip().strip("/") for key in _of(front, _KEYS)]
    return Names(
        " ".join(titles[0][:_LONGEST].split()) if titles else "",
        tuple(dict.fromkeys(_listed(_of(front, _ALIASES)))),
        tuple(key for key in dict.fromkeys(keys) if key),
    )


def shown(front: FrontMatter) -> Iterator[str]:
    """The texts of the properties that readers see."""
    for key, value in front.properties:
        if _folded(key) not in _FOR_PROGRAMS and _folded(key) not in _KEYS:
            yield from texts(value)


def facts(front: FrontMatter, remarks: Remarks) -> Facts:
    """What else the properties say. What is left out is told."""
    if front.problem:
        (remarks.changed if front.properties else remarks.not_read)(front.problem, front.sample)
    categories = [tag.lstrip("#") for tag in _tags(_of(front, _TAGS))]
    categories += [_target(text) for text in _listed(_of(front, _CATEGORIES))]
    relations: list[tuple[str, str]] = []
    fields: list[tuple[str, tuple[Inline, ...]]] = []
    named = {*_TITLES, *_ALIASES, *_TAGS, *_CATEGORIES, *_DESCRIPTIONS, *_KEYS}
    for key, value in front.properties:
        folded = _folded(key)
        found = [text for text in texts(value) if text]
        if folded in _HIDDEN and [text.lower() for text in found] == [_HIDDEN[folded]]:
            remarks.changed(
                f"page that says {folded}: {_HIDDEN[folded]}: comes in all the same", key
            )
        elif folded in _FOR_PROGRAMS or folded.startswith("excalidraw"):
            remarks.left_out(f"property {folded}: left out", f"{key}: {', '.join(found)}")
        elif not found or folded in named:
            continue
        elif kind := _KIND_OF_KEY.get(folded):
            others = [found_["target"] for text in found for found_ in WIKILINK.finditer(text)]
            relations += [(kind, other.strip()) for other in others]
            rest = [text for text in found if not WIKILINK.search(text)]
            if rest:
                fields.append((key, _value(rest, remarks)))
        else:
            fields.append((key, _value(found, remarks)))
    description = " ".join(_of(front, _DESCRIPTIONS))
    words = plain(_value([description], remarks)) if description else ""
    return Facts(
        tuple(dict.fromkeys(filter(None, categories))),
        tuple(dict.fromkeys(relations)),
        tuple(fields),
        " ".join(words.split()),
    )


def _of(front: FrontMatter, keys: Iterable[str]) -> Iterator[str]:
    """The texts of the properties *keys*."""
    for key, value in front.properties:
        if _folded(key) in keys:
            yield from texts(value)


def _folded(key: str) -> str:
    return _BREAKS.sub("-", key.strip().casefold())


def _listed(values: Iterable[str]) -> Iterator[str]:
    """The parts of *values*; a comma in the brackets of a link parts nothing."""
    for value in values:
        found = _PART.findall(value)
        yield from (_target(part) for part in map(str.strip, found) if part)


def _tags(values: Iterable[str]) -> Iterator[str]:
    """Obsidian's tags have no blank in them; Logseq's may."""
    for value in values:
        if "[[" in value:
            yield from _listed([value])
        else:
            yield from (part for part in re.split(r"\s*,\s*|\s+(?=#)", value.strip()) if part)


def _target(text: str) -> str:
    found = WIKILINK.fullmatch(text.strip())
    return found["target"].partition("#")[0].strip() if found else text.strip()


def _value(values: list[str], remarks: Remarks) -> tuple[Inline, ...]:
    """*values* in a line, with their links."""
    line = Line()
    for number, value in enumerate(values):
        if number:
            line.add(Text(", "))
        if is_picture(value) and not WIKILINK.search(value):
            line.add(embedded_address(value, "", remarks))
            continue
        at = 0
        for found in _LINK.finditer(value):
            line.add(Text(value[at : found.start()]))
            line.add(_linked(found, remarks))
            at = found.end()
        line.add(Text(value[at:]))
    return line.finished()


def _linked(found: re.Match[str], remarks: Remarks) -> Inline:
    if found["href"] is None:
        is_shown = found["embeds"] or is_picture(found["target"])
        return (embedded if is_shown else wikilink)(found["target"], found["label"], remarks)
    href = found["href"].strip("<>")
    if found["shows"]:
        return embedded_address(href, found["words"], remarks)
    words = (Text(found["words"]),)
    match destination(href, remarks):
        case None:
            return words[0]
        case Link() as link:
            return Link(link.target, words, link.section)
        case address:
            return type(address)(address.url, words)
