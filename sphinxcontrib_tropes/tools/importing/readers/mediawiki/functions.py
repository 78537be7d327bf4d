"""Functions and variables of MediaWiki: what can be told of them without running it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .names import squeezed
from .nodes import Parameter, Template, stripped, word_set

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .nodes import Argument, Nodes
    from .pieces import Context

__all__ = ["Untold", "function_name", "result", "variable"]

_QUIET = word_set(
    "DEFAULTSORT DEFAULTSORTKEY DEFAULTCATEGORYSORT SORTIERUNG SORTIERUNGSSCHLÜSSEL "
    "DISPLAYTITLE SEITENTITEL CLEFDETRI CLEDETRI CLÉDETRI ORDENAR CLAVEDEORDENACION "
    "CLAVE_DE_ORDENACIÓN КЛЮЧ_СОРТИРОВКИ ORDINAMENTO ORDENAÇÃOPADRÃO DOMYŚLNIESORTUJ "
    "デフォルトソート 默认排序 TITRE TÍTULO SHORTDESC NOEXTERNALLANGLINKS TITREAFFICHE AFFICHERTITRE "
    "MOSTRARTÍTULO ПОКАЗАТЬ_ЗАГОЛОВОК"
)
"""Functions that readers see nothing of."""

_CASES = {"lc": str.lower, "uc": str.upper}
_KNOWN = re.compile(
    r"#\w|(?:lc|uc|lcfirst|ucfirst|formatnum|padleft|padright|plural|grammar|gender|int|ns|nse|urlencode|"
    r"anchorencode|localurl|fullurl|canonicalurl|filepath|tag|bidi|special)$",
    re.IGNORECASE,
)
_VARIABLE = re.compile(
    r"(?:FULL|SUB|BASE|ROOT|TALK|SUBJECT|ARTICLE)?PAGENAMEE?|(?:TALK|SUBJECT|ARTICLE)?(?:SPACEE?)|"
    r"NAMESPACE[EN]*(?:UMBER)?|SITENAME|SERVER(?:NAME)?|SCRIPTPATH|"
    r"(?:CURRENT|LOCAL)(?:YEAR|MONTH(?:1|NAME(?:GEN)?|ABBREV)?|DAY2?|DAYNAME|DOW|TIME|HOUR|WEEK|TIMESTAMP|"
    r"VERSION)|NUMBEROF[A-Z]+|REVISION[A-Z0-9]+|PAGEID|PAGESIZE|PAGESINCAT\w*|PROTECTION\w+|CONTENTLANGUAGE|PAGELANGUAGE"
)


class Untold(Exception):  # noqa: N818 - no error: MediaWiki would know
    """What a function gives can't be told."""


def function_name(name: str) -> str:
    """The function that ``{{name}}`` calls; empty if it is a template."""
    before, colon, _ = name.partition(":")
    before = before.strip()
    if before.startswith("#"):
        return before.lower()
    if colon and (before in _QUIET or before.replace(" ", "_") in _QUIET):
        return "quiet"
    if colon and _KNOWN.match(before):
        return before.lower()
    # others have no page of a template either: {{PAGESINCATEGORY:x}}
    if colon and before.isupper() and len(before) > 3 and before.isidentifier():
        return before
    return ""


def variable(name: str, key: str) -> str | None:
    """The value of ``{{name}}`` on the page with that *key*; None if it is no variable.

    :raises Untold: if only MediaWiki knows.
    """
    if not _VARIABLE.fullmatch(name):
        return None
    namespace, colon, page = key.partition(":")
    if not colon or not namespace or page.startswith(" "):
        namespace, page = "", key
    values: Mapping[str, str] = {
        "PAGENAME": page,
        "FULLPAGENAME": key,
        "SUBPAGENAME": page.rpartition("/")[2],
        "BASEPAGENAME": page.rpartition("/")[0] or page,
        "ROOTPAGENAME": page.partition("/")[0],
        "SUBJECTPAGENAME": key,
        "ARTICLEPAGENAME": key,
        "NAMESPACE": namespace,
        "SUBJECTSPACE": namespace,
        "ARTICLESPACE": namespace,
    }
    value = values.get(name) if name in values else values.get(name.removesuffix("E"))
    if value is None:
        raise Untold
    return value


def result(function: str, template: Template, context: Context) -> Nodes:
    """What *function* gives.

    :raises Untold: if only MediaWiki knows.
    """
    first = _first(template.name)
    rest = template.arguments
    match function:
        case "quiet":
            return []
        case "#if":
            return _branch(rest, 0 if _told(first, context).strip() else 1)
        case "#ifeq":
            other = _told(rest[0].value, context).strip() if rest else ""
            return _branch(rest, 1 if _told(first, context).strip() == other else 2)
        case "#switch":
            return _switch(_told(first, context).strip(), rest, context)
        case "#ifexist":
            # of what a wiki names, most exists
            return _branch(rest, 0)
        case "#iferror":
            return first
        case "lc" | "uc":
            return [_CASES[function](_told(first, context))]
        case "lcfirst" | "ucfirst":
            text = _told(first, context).strip()
            start = text[:1].upper() if function == "ucfirst" else text[:1].lower()
            return [start + text[1:]]
        case "formatnum" | "bidi" | "urlencode" | "anchorencode" | "#formatdate" | "#dateformat":
            return stripped(first)
        case "plural":
            return _branch(rest, 0 if _told(first, context).strip() == "1" else 1)
        case _:
            raise Untold


def _first(name: Nodes) -> Nodes:
    """What is behind the colon of ``{{#if: x``."""
    for at, node in enumerate(name):
        if isinstance(node, str) and ":" in node:
            return [node.partition(":")[2], *name[at + 1 :]]
    return []


def _told(nodes: Nodes, context: Context) -> str:
    """The text of *nodes*.

    :raises Untold: if a template makes it.
    """
    for node in nodes:
        if isinstance(node, Template) and variable_of(node, context) is None:
            raise Untold
        if isinstance(node, Parameter) and node.default is None:
            raise Untold
    return context.words(nodes)


def variable_of(node: Template, context: Context) -> str | None:
    """The value of a variable in a condition."""
    if node.arguments:
        return None
    return variable(squeezed(context.words(node.name)), context.here)


def _branch(arguments: tuple[Argument, ...], number: int) -> Nodes:
    if number >= len(arguments):
        return []
    chosen = arguments[number]
    # a branch may hold an equals sign: {{#if: x | a = b }}
    return [f"{chosen.name}=", *chosen.value] if chosen.is_named else stripped(list(chosen.value))


def _switch(value: str, arguments: tuple[Argument, ...], context: Context) -> Nodes:
    is_next = False
    default: Nodes = []
    for number, argument in enumerate(arguments):
        if not argument.is_named:
            case = _told(argument.value, context).strip()
            if number == len(arguments) - 1:
                return list(argument.value)
            is_next = is_next or case == value
            continue
        if is_next or argument.name == value:
            return list(argument.value)
        if argument.name == "#default":
            default = list(argument.value)
    return default
