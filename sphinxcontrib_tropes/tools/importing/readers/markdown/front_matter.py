"""Properties at the head of a page: YAML between lines of ``---``, or Logseq's ``key:: value``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ....refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

__all__ = ["FrontMatter", "Value", "front_matter", "texts"]

Value = "str | list[Value] | list[tuple[str, Value]]"
"""Text as typed, a list of values, or pairs of a key and a value. No number and no date is made of
text: ``007`` and ``2024-02-30`` stay what they are.
"""

_MOST_LETTERS = 256 * 1024
_MOST_EVENTS = 20_000
_DEEPEST = 20
_START = re.compile(r"\A---[ \t]*\n")
_END = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_KEY = re.compile(
    r"^(?P<key>[^\s#:\-\[\]{}][^:\n]{0,100}?|\"[^\"\n]{1,100}\"):(?=[ \t]|$)", re.MULTILINE
)
_LOGSEQ = re.compile(
    r"[ \t]*(?:- )?(?P<key>[A-Za-z][\w.-]{0,60})::(?:[ \t](?P<value>[^\n]*))?(?:\n|\Z)"
)
_NOTHING = frozenset(["", "~", "null", "Null", "NULL"])


class FrontMatter(NamedTuple):
    """The properties of a page, and its text."""

    properties: tuple[tuple[str, Any], ...] = ()
    """Key as typed, and a :data:`Value`, in the order of the page."""
    body: str = ""
    """The text after them."""
    problem: str = ""
    """What could not be read, in a few words that are the same for all pages."""
    sample: str = ""
    """The place of the problem."""


def front_matter(text: str) -> FrontMatter:
    """The properties at the head of *text*. What is no YAML is read line by line."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    opening = _START.match(text)
    closing = _END.search(text, opening.end()) if opening else None
    if not opening or not closing:
        return _logseq(text)
    source, body = text[opening.end() : closing.start()], text[closing.end() :].removeprefix("\n")
    if len(source) > _MOST_LETTERS:
        kind = f"properties of more than {_MOST_LETTERS // 1024} kB: not read"
        return FrontMatter((), body, kind, source[:200])
    try:
        value = _built(source)
    except _NotReadError as error:
        found = tuple(_line_by_line(source))
        if not found:
            return FrontMatter((), text)
        return FrontMatter(
            found, body, "properties that are no YAML: read line by line", str(error)
        )
    if value == "":
        return FrontMatter((), body)
    if isinstance(value, list) and value and isinstance(value[0], tuple):
        return FrontMatter(tuple(value), body)
    return FrontMatter((), text)  # text between two horizontal lines


def texts(value: Any) -> Iterator[str]:
    """All texts in *value*. ``[[Page]]`` without quotes, which YAML takes for a list in a list, is a
    link again.
    """
    if isinstance(value, str):
        if value:
            yield value
        return
    for item in value:
        if isinstance(item, tuple):
            inside = ", ".join(texts(item[1]))
            yield f"{item[0]}: {inside}" if inside else item[0]
        elif isinstance(item, list) and len(item) == 1 and isinstance(item[0], str):
            yield f"[[{item[0]}]]"
        else:
            yield from texts(item)


class _NotReadError(Exception):
    """Why YAML could not be read."""


def _built(source: str) -> Any:
    """The value of *source*, made of events: nothing is called, nothing refers to itself.

    :raises _NotReadError: if it is no YAML, or is too large or too deep.
    """
    try:
        import yaml  # type: ignore[import-untyped,unused-ignore]
    except ImportError as error:
        raise Refusal(
            "PyYAML is missing for the properties of pages:"
            " pip install 'sphinxcontrib-tropes[import]'"
        ) from error
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    opened: list[tuple[bool, list[Any]]] = [(False, [])]
    try:
        for count, event in enumerate(yaml.parse(source, Loader=loader)):
            if count > _MOST_EVENTS or len(opened) > _DEEPEST:
                raise _NotReadError("too many or too deep")
            if isinstance(event, yaml.AliasEvent):
                raise _NotReadError(f"*{event.anchor}")
            if isinstance(event, yaml.ScalarEvent):
                is_nothing = event.style is None and event.value in _NOTHING
                opened[-1][1].append("" if is_nothing else event.value.strip())
            elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
                opened.append((isinstance(event, yaml.MappingStartEvent), []))
            elif isinstance(event, yaml.CollectionEndEvent):
                is_mapping, items = opened.pop()
                opened[-1][1].append(_pairs(items) if is_mapping else items)
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        line = source.split("\n")[mark.line : mark.line + 1] if mark else []
        raise _NotReadError("".join(line) or str(error)) from error
    return opened[0][1][0] if opened[0][1] else ""


def _pairs(items: list[Any]) -> list[tuple[str, Any]]:
    return [
        (key if isinstance(key, str) else ", ".join(texts(key)), value)
        for key, value in zip(items[::2], items[1::2], strict=True)
    ]


def _line_by_line(source: str) -> Iterator[tuple[str, Any]]:
    """The keys of *source*, each with what stands until the next: as YAML if it is that."""
    found = list(_KEY.finditer(source))
    for this, following in zip(found, [*found[1:], None], strict=True):
        chunk = source[this.start() : following.start() if following else len(source)]
        try:
            value = _built(chunk)
        except _NotReadError:
            value = ""
        if isinstance(value, list) and value and isinstance(value[0], tuple):
            yield from value
        else:
            lines = chunk.partition(":")[2].split("\n")
            yield this["key"].strip('"'), [line.strip().removeprefix("- ") for line in lines]


def _logseq(text: str) -> FrontMatter:
    """The lines ``key:: value`` at the head of *text*."""
    found: list[tuple[str, Any]] = []
    at = len(text) - len(text.lstrip("\n"))
    while property_ := _LOGSEQ.match(text, at):
        found.append((property_["key"], (property_["value"] or "").strip()))
        at = property_.end()
    return FrontMatter(tuple(found), text[at:] if found else text)
