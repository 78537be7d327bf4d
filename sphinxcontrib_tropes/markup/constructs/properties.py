"""Page properties, ``(:name value:)`` on a line of their own, and ``[[redirect:Page]]``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...names import decoded, split_list
from ..declaration import Block
from ..page_properties import excluded_in
from ..redaction import masked
from ..reports import nearest

if TYPE_CHECKING:
    from ..blocks import BlockReader
    from ..page_properties import Properties

__all__ = ["CONSTRUCTS", "PROPERTIES", "property_line"]

# What Sphinx's themes show or leave out by themselves.
_DROPPED = frozenset(
    [
        "comment",
        "messages",
        "noaction",
        "nobanner",
        "nofooter",
        "nogroupfooter",
        "nogroupheader",
        "noheader",
        "noleft",
        "nolinebreaks",
        "noright",
        "nosidebar",
        "nospacewikiwords",
        "notitle",
        "notoc",
        "spacewikiwords",
        "toc",
    ]
)
_CONTENTS = re.compile(r"(?:no)?toc(?:[-_].*|back|float|hide|left|right)?\Z")
_SWITCHES = frozenset(["linkwikiwords", "nolinkwikiwords"])
# PmWiki directives that need a server or change what lines mean.
_OF_PMWIKI = frozenset(
    [
        "attachlist",
        "cell",
        "cellnr",
        "div",
        "divend",
        "else",
        "elseif",
        "foreach",
        "head",
        "headnr",
        "if",
        "ifend",
        "input",
        "markup",
        "markupend",
        "linebreaks",
        "pagelist",
        "searchbox",
        "searchresults",
        "section",
        "sectionend",
        "table",
        "tableend",
        "template",
    ]
)
_REDIRECT_OPTIONS = re.compile(r"[ \t]++(?=(?:status|from|quiet|anchor)=)")
_MARKUP = re.compile(r"\[\[|\]\]|''|@@|%%|\[[\-+]|[\-+]\]|\{[\-+]|'[\-+^_]")
_BRACKETS = re.compile(r"\[\[(?:[^\[\]|]*->)?(?P<name>[^\[\]|]+)(?:\|[^\[\]]*)?\]\]")


def property_line(name: str, value: str) -> str:
    """The line of a property. *value* may contain ``:)``."""
    return f"(:{name} {value.replace(':)', '[=:)=]')}:)"


def _property(match: re.Match[str], reader: BlockReader) -> None:
    name, value, rest = match.group("name", "value", "rest")
    if rest:
        reader.read_again(rest)
    _read(name, value or "", match[0].removesuffix(rest or "").rstrip(), reader)


def _read(name: str, typed: str, shown: str, reader: BlockReader) -> None:
    """Reads the property *name*. If the name is unknown, adds *shown* as text."""
    spelled, name = name, name.lower()
    value = reader.escapes.plain(typed).strip()
    if _is_dropped(name):
        return
    if name in _SWITCHES:
        reader.link_wikiwords(name == "linkwikiwords")
    elif name in _OF_PMWIKI:
        reader.warn(f"(:{spelled}:) is no page property but PmWiki's, and does nothing; left out")
    elif name not in _SETTERS:
        if _is_variable(shown, spelled) and not nearest(spelled, _SETTERS):
            return
        _warn_of_unknown(spelled, reader)
        reader.add_text(shown)
    elif not value:
        reader.warn(f"(:{spelled}:) has no value; left out")
    else:
        if name in ("laconic", "description", "summary"):
            value = "".join(node.astext() for node in reader.inline(value))
        elif name == "keywords":
            value = _keywords(value, reader)
        elif name == "redirect":
            value = _redirect_target(value, reader)
        elif name == "exclude":
            value = " ".join(excluded_in(value, reader.warn))
        reader.properties.line = reader.line
        _SETTERS[name](reader.properties, value)
        reader.properties.lines.setdefault(name, reader.line)
        if reader.is_in_spoiler:
            reader.properties.hidden.add(reader.line)


def _is_dropped(name: str) -> bool:
    return name in _DROPPED or _CONTENTS.match(name) is not None


def _is_variable(shown: str, name: str) -> bool:
    """Whether it is one of PmWiki's page text variables, ``(:name:value:)``: they are not shown."""
    return shown[len(name) + 2 :][:1] == ":" and not shown.startswith(f"(:{name}:)")


def _keywords(value: str, reader: BlockReader) -> str:
    """*value*, a list, without keywords that contain markup: machines would read it as typed."""
    # spoilers may contain commas
    words = split_list(masked(value))
    plain = [decoded(word) for word in words if not _MARKUP.search(word)]
    if len(plain) < len(words):
        reader.warn("a keyword with markup is left out: (:keywords ...:) takes words and {{Names}}")
    return ", ".join(plain)


def _warn_of_unknown(name: str, reader: BlockReader) -> None:
    meant = nearest(name, _SETTERS)
    known = f"did you mean (:{meant} ...:)?" if meant else f"known: {', '.join(sorted(_SETTERS))}"
    reader.warn(f"(:{name}:) is no page property; shown as text ({known})")


def _open(match: re.Match[str], reader: BlockReader) -> None:
    """A property followed by text, or one that is not closed."""
    name, value, rest = match.group("open_name", "open_value", "open_rest")
    known = name.lower()
    is_known = known in _SETTERS
    is_directive = known in _SWITCHES or known in _OF_PMWIKI or _is_dropped(known)
    if rest is not None and (is_known or is_directive):
        reader.read_again(rest)
        _read(name, value, match[0], reader)
        return
    if known == "comment":
        reader.warn("(:comment is not closed on its line; hidden to the end of it")
        return
    if is_known or is_directive:
        reader.warn(f"(:{name} is not closed on its line; shown as text")
    elif nearest(name, _SETTERS):
        _warn_of_unknown(name, reader)
    reader.add_text(match[0])


def _redirect_target(value: str, reader: BlockReader) -> str:
    """The name in a redirect, without the brackets around it and PmWiki's options after it."""
    name, *options = _REDIRECT_OPTIONS.split(value)
    for option in options:
        if option.startswith("from="):
            reader.warn(f"(:redirect ... {option}:) leads on from this page, whatever from= says")
    brackets = _BRACKETS.fullmatch(name.strip())
    return (brackets["name"] if brackets else name).strip()


def _set_title(properties: Properties, value: str) -> None:
    properties.title = value


def _set_redirect(properties: Properties, value: str) -> None:
    properties.redirect = value


def _set_laconic(properties: Properties, value: str) -> None:
    properties.laconic = value


def _set_summary(properties: Properties, value: str) -> None:
    properties.laconic = properties.laconic or value


def _set_namespace(properties: Properties, value: str) -> None:
    properties.namespace = value


def _add_aliases(properties: Properties, value: str) -> None:
    properties.aliases += [(name, properties.line) for name in split_list(value)]


def _exclude(properties: Properties, value: str) -> None:
    properties.excluded += value.split()


def _add_relation(properties: Properties, value: str) -> None:
    kind, _, names = value.partition(" ")
    properties.relations += [(kind, name, properties.line) for name in split_list(names) or [""]]


def _add_keywords(properties: Properties, value: str) -> None:
    names = (name.replace("{{", "").replace("}}", "") for name in split_list(value))
    properties.keywords += filter(None, map(str.strip, names))


_SETTERS = {
    "title": _set_title,
    "redirect": _set_redirect,
    "laconic": _set_laconic,
    "description": _set_laconic,
    "summary": _set_summary,
    "namespace": _set_namespace,
    "alias": _add_aliases,
    "aliases": _add_aliases,
    "exclude": _exclude,
    "keywords": _add_keywords,
    "relation": _add_relation,
}
PROPERTIES = tuple(_SETTERS)
"""The names of all properties."""


def _redirect(match: re.Match[str], reader: BlockReader) -> None:
    _set_redirect(reader.properties, _redirect_target(match["target"], reader))
    reader.properties.lines.setdefault("redirect", reader.line)
    if reader.is_in_spoiler:
        reader.properties.hidden.add(reader.line)


CONSTRUCTS = [
    Block(
        "property",
        r"\(:(?P<name>[A-Za-z][\w\-]*+)(?:(?:[ \t]++|:(?!\)))(?P<value>(?:(?!:\)).)*+))?:\)[ \t]*+"
        r"(?P<rest>\(:[A-Za-z].*)?\Z",
        _property,
        "(:laconic Love across the border of species.:)",
        is_shown=False,
    ),
    Block(
        "property_unclosed",
        r"\(:(?P<open_name>[A-Za-z][\w\-]*+)(?=[ \t:]|\Z)(?:(?:[ \t]++|:(?!\)))?+(?P<open_value>.*?)"
        r":\)[ \t]*+(?P<open_rest>.*))?+.*",
        _open,
        "(:laconic Love across the border",
    ),
    Block(
        "redirect",
        r"\[\[redirect:(?P<target>[^\[\]]+)\]\]\s*\Z",
        _redirect,
        "[[redirect:FunnyAnimal]]",
        is_shown=False,
    ),
]
