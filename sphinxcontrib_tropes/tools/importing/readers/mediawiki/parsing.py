"""Wikitext -> its parts, in linear time, whatever is not closed.

A library would be shorter; mwparserfromhell takes seconds for 12,000 characters of tags that are
not closed, and hours for a megabyte.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from .braces import Braces, braces
from .frames import BLOCKS, ENDLESS, Frame, Kind, argument
from .nodes import BAR, Address, Element, Link, Parameter, Template, WikiTable, merged, word_set
from .stripping import MARKER, RAW_TAGS, Stripped, attributes_of, strip, without_markers

if TYPE_CHECKING:
    from collections.abc import Callable

    from .nodes import Node, Nodes

__all__ = ["MOST_DEPTH", "Parser", "url_pattern"]

MOST_DEPTH = 60
"""How deep templates, links, tags and tables may be nested; deeper ones stay text."""

_SOURCE = 200
_SCHEMES = r"(?:https?|ftps?|ircs?|gopher|news|mailto|tel|sftp|ssh|git|svn|magnet)"
_REST_OF_URL = r"""(?:(?!'')[^\s\[\]<>"{|}\x00-\x20])+"""
url_pattern = rf"(?i:{_SCHEMES})(?::(?=[^\s/])|://){_REST_OF_URL}"
"""An address, as MediaWiki finds it in brackets."""

_TOKEN = re.compile(
    rf"""(?P<open>\{{{{2,}})
    |(?P<close>\}}{{2,}})
    |(?P<link>\[\[)
    |(?P<end>\]\]?)
    |\[(?P<url>{url_pattern}|(?://){_REST_OF_URL})
    |(?P<bare>(?<![\w/])(?i:https?|ftps?|ircs?|git|svn)://{_REST_OF_URL})
    |(?P<pipe>\|)
    |<(?P<slash>/?)(?P<tag>[A-Za-z][A-Za-z0-9]*)(?P<attributes>(?:[\s/][^<>]*)?)>
    |(?P<line>\n[ \t]*(?::*[ \t]*(?:\{{[|{BAR}]|[|{BAR}]\}}))?)
    |(?P<marker>{MARKER.pattern})""",
    re.VERBOSE,
)
_ANY_URL = re.compile(r"""[^\s\[\]<>"]+""")
_TRAILING = ".,;:!?'\""
_VOID = frozenset(["br", "hr", "wbr"])
_KNOWN = word_set(
    "b strong i em u s strike del ins sub sup small big tt code kbd samp var cite dfn q "
    "abbr acronym bdi bdo span font mark time data ruby rb rt rp rtc nobr center div p "
    "blockquote table tr td th caption thead tbody tfoot col colgroup ul ol li dl dt dd "
    "h1 h2 h3 h4 h5 h6 ref references poem spoiler section details summary br hr wbr "
    "noinclude onlyinclude includeonly tabber a address article aside figure figcaption"
)
_ENDS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "li": (frozenset(["li"]), frozenset(["ul", "ol"])),
    "dt": (frozenset(["dt", "dd"]), frozenset(["dl"])),
    "dd": (frozenset(["dt", "dd"]), frozenset(["dl"])),
    "td": (frozenset(["td", "th", "caption"]), frozenset(["table", "tr"])),
    "th": (frozenset(["td", "th", "caption"]), frozenset(["table", "tr"])),
    "tr": (frozenset(["tr", "td", "th", "caption"]), frozenset(["table"])),
    "p": (frozenset(["p"]), BLOCKS - {"p"}),
}
"""A tag -> the tags that it ends, and those beyond which it ends none."""


class Parser:
    """Parses the text of one page, and collects what is said about all of it."""

    def __init__(self, tell: Callable[[str, str], None]) -> None:
        self._tell = tell
        self.notes: dict[tuple[str, str], Nodes] = {}
        """Group and name of a ``<ref>`` -> its content."""

    def nodes(self, text: str) -> Nodes:
        """The parts of *text*."""
        source = strip(text)
        if source.is_cut:
            self._tell("a comment that does not end: the page ends there", text[-_SOURCE:])
        return _Parsing(source, self.notes, self._tell).nodes()


class _Parsing:
    def __init__(
        self,
        source: Stripped,
        notes: dict[tuple[str, str], Nodes],
        tell: Callable[[str, str], None],
    ) -> None:
        self._text = f"\n{source.text}"
        self._aside = source.aside
        self._notes = notes
        self._tell = tell
        self._braces: Braces = braces(self._text)
        self._closed_tags = {
            name.lower() for name in re.findall(r"</([A-Za-z][A-Za-z0-9]*)\s*>", self._text)
        }
        self._stack = [Frame(Kind.PAGE, 0, "")]
        self._live: dict[int, Frame] = {}
        self._open_now: Counter[Kind] = Counter()
        self._loose = 0
        self._too_deep: set[int] = set()

    def nodes(self) -> Nodes:
        text, at = self._text, 0
        for found in _TOKEN.finditer(text):
            start = found.start()
            if start < at:
                continue
            if start > at:
                self._add(text[at:start])
            at = getattr(self, f"_{found.lastgroup or 'line'}")(found)
        self._add(text[at:])
        self._drop_to(self._stack[0])
        nodes = merged(self._stack[0].parts[0])
        if nodes and isinstance(nodes[0], str):
            nodes[0] = nodes[0].removeprefix("\n")
        return nodes[1:] if nodes and not nodes[0] else nodes

    def _add(self, node: Node) -> None:
        if isinstance(node, str) and BAR in node:
            node = node.replace(BAR, "|")
        self._stack[-1].parts[-1].append(node)

    def _push(self, frame: Frame) -> bool:
        if len(self._stack) > MOST_DEPTH and not self._drop_oldest():
            self._tell(f"nested more than {MOST_DEPTH} deep: shown as text", frame.opening)
            return False
        self._stack.append(frame)
        self._open_now[frame.kind] += 1
        self._loose += frame.is_loose
        return True

    def _pop(self) -> Frame:
        """The innermost frame, which is open no more."""
        return self._forget(self._stack.pop())

    def _forget(self, frame: Frame) -> Frame:
        self._open_now[frame.kind] -= 1
        self._loose -= frame.is_loose
        frame.parts = [merged(part) for part in frame.parts]
        return frame

    def _drop_oldest(self) -> bool:
        """Makes room: the oldest opening that need not be closed is taken for text."""
        for at, frame in enumerate(self._stack if self._loose else ()):
            if frame.is_loose:
                parent = self._stack[at - 1]
                parent.parts[-1].extend(frame.as_text())
                self._forget(frame)
                del self._stack[at]
                return True
        return False

    def _drop_to(self, frame: Frame) -> None:
        """Ends all that was opened after *frame* and is not closed."""
        while self._stack[-1] is not frame:
            self._drop()

    def _drop(self) -> None:
        top = self._pop()
        if top.kind is Kind.TABLE:
            self._add(WikiTable(top.parts[0]))
        elif top.kind is Kind.TAG and top.name in ENDLESS:
            self._add(Element(top.name, top.attributes, top.parts[0]))
        else:
            if top.kind is Kind.TAG:
                self._tell(f"<{top.name}> that is not closed: left out", top.opening)
            self._live.pop(top.start, None)
            self._stack[-1].parts[-1].extend(top.as_text())

    def _nearest(self, *kinds: Kind) -> Frame | None:
        """The innermost open frame of one of these *kinds*, if it may be closed here."""
        if not any(map(self._open_now.__getitem__, kinds)):
            return None
        for frame in reversed(self._stack):
            if frame.kind in kinds:
                return frame
            if frame.is_barrier:
                return None
        return None

    # what each token does; each gives the place where to go on

    def _open(self, found: re.Match[str]) -> int:
        at, end = found.span()
        while at < end:
            size = self._braces.openings.get(at, 0)
            if not size:
                self._add("{")
                at += 1
                continue
            opening = "{" * size
            frame = Frame(Kind.TEMPLATE if size == 2 else Kind.PARAMETER, at, opening)
            if self._push(frame):
                self._live[at] = frame
            else:
                self._too_deep.add(at)
                self._add(opening)
            at += size
        return at

    def _close(self, found: re.Match[str]) -> int:
        at, end = found.span()
        while at < end:
            opening = self._braces.closings.get(at)
            if opening is None:
                self._add("}")
                at += 1
                continue
            size = self._braces.openings[opening]
            frame = self._live.pop(opening, None)
            if frame is None:
                self._too_deep.discard(opening)
                self._add("}" * size)
            else:
                self._drop_to(frame)
                self._pop()
                self._end_braces(frame, at + size)
            at += size
        return at

    def _end_braces(self, frame: Frame, end: int) -> None:
        first, *rest = frame.parts
        if frame.kind is Kind.PARAMETER:
            self._add(Parameter(first, rest[0] if rest else None))
            return
        arguments, number = [], 0
        for part in rest:
            found = argument(part, number + 1)
            number += not found.is_named
            arguments.append(found)
        self._add(Template(first, tuple(arguments), self._source(frame.start, end)))

    def _source(self, start: int, end: int) -> str:
        return without_markers(self._text[start : min(end, start + _SOURCE)])

    def _link(self, found: re.Match[str]) -> int:
        if not self._push(Frame(Kind.LINK, found.start(), "[[")):
            self._add("[[")
        return found.end()

    def _end(self, found: re.Match[str]) -> int:
        size = found.end() - found.start()
        if size == 2 and self._stack[-1].kind is not Kind.ADDRESS:
            frame = self._nearest(Kind.LINK)
            if frame is None:
                self._add("]]")
            else:
                self._drop_to(frame)
                self._pop()
                self._end_link(frame, found.end())
            return found.end()
        frame = self._nearest(Kind.ADDRESS, Kind.LINK)
        if frame is None or frame.kind is Kind.LINK:
            self._add("]")
        else:
            self._drop_to(frame)
            self._pop()
            self._add(Address(frame.name, frame.parts[0]))
        if size == 2:
            rest = _TOKEN.match(self._text, found.start() + 1)
            if rest and rest["end"]:
                return self._end(rest)
            self._add("]")
        return found.end()

    def _end_link(self, frame: Frame, end: int) -> None:
        target, *parts = frame.parts
        words = "".join(node for node in target if isinstance(node, str))
        if "\n" in words or not any(target) or any(isinstance(node, Link) for node in target):
            self._stack[-1].parts[-1].extend([*frame.as_text(), "]]"])
            return
        self._add(Link(target, tuple(parts), self._source(frame.start, end)))

    def _url(self, found: re.Match[str]) -> int:
        url, end = found["url"], found.end()
        divided = (Kind.TEMPLATE, Kind.PARAMETER, Kind.LINK)
        if self._text.startswith("|", end) and self._nearest(*divided) is None:
            rest = _ANY_URL.match(self._text, end)
            url, end = (url + rest[0], rest.end()) if rest else (url, end)
        if not self._push(Frame(Kind.ADDRESS, found.start(), f"[{url}", url)):
            self._add(f"[{url}")
        return end

    def _bare(self, found: re.Match[str]) -> int:
        url = found["bare"].rstrip(_TRAILING)
        if url.endswith(")") and "(" not in url:
            url = url.rstrip(f"){_TRAILING}")
        self._add(Address(url, None))
        return found.start() + len(url)

    def _pipe(self, found: re.Match[str]) -> int:
        frame = self._nearest(Kind.TEMPLATE, Kind.PARAMETER, Kind.LINK)
        if frame is None or self._too_deep:
            self._add("|")
        else:
            self._drop_to(frame)
            frame.parts.append([])
        return found.end()

    def _attributes(self, found: re.Match[str]) -> int:
        name = found["tag"].lower()
        if name in RAW_TAGS or (name not in _KNOWN and name not in self._closed_tags):
            self._add(found[0])
        elif found["slash"]:
            self._end_tag(name)
        else:
            self._start_tag(name, found)
        return found.end()

    def _start_tag(self, name: str, found: re.Match[str]) -> None:
        attributes = found["attributes"]
        if name in _VOID or attributes.endswith("/"):
            self._add(Element(name, attributes_of(attributes.rstrip("/")), []))
            return
        ends, beyond = _ENDS.get(name, (frozenset(), frozenset()))
        last = None
        for frame in reversed(self._stack if ends else []):
            if frame.is_barrier or frame.name in beyond:
                break
            if frame.name in ends:
                last = frame
        if last is not None:
            self._drop_to(last)
            self._drop()
        frame = Frame(Kind.TAG, found.start(), found[0], name)
        frame.attributes = attributes_of(attributes)
        if not self._push(frame) and name not in _KNOWN:
            self._add(found[0])

    def _end_tag(self, name: str) -> None:
        for frame in reversed(self._stack):
            if frame.kind is Kind.TAG and frame.name == name:
                self._drop_to(frame)
                self._pop()
                self._add(Element(name, frame.attributes, frame.parts[0]))
                if name == "ref" and frame.parts[0]:
                    key = (frame.attributes.get("group", ""), frame.attributes.get("name", ""))
                    if key[1]:
                        self._notes.setdefault(key, frame.parts[0])
                return
            if frame.is_barrier:
                break
        if name not in _KNOWN:
            self._add(f"</{name}>")
        elif name == "br":
            self._add(Element("br", {}, []))

    def _line(self, found: re.Match[str]) -> int:
        if (frame := self._nearest(Kind.ADDRESS)) is not None:
            self._drop_to(frame)
            self._drop()
        what, end = found[0].replace(BAR, "|"), found.end()
        is_blank = self._text.startswith("\n", end)
        if is_blank and (frame := self._nearest(Kind.LINK)) is not None:
            self._drop_to(frame)
            self._drop()
        if what.endswith("{|"):
            self._add("\n")
            if not self._push(Frame(Kind.TABLE, found.start(), what)):
                self._add("{|")
            return end
        if what.endswith("|}") and end - 1 in self._braces.closings:
            self._add(what[:-2])
            return end - 2
        table = self._nearest(Kind.TABLE)
        if table is not None and (
            what.endswith("|}") or self._text[end : end + 1] in ("|", "!", BAR)
        ):
            self._drop_to(table)
        if not what.endswith("|}"):
            self._add(what)
        elif table is None:
            self._add(what[:-2])
            return end - 2
        else:
            self._pop()
            self._add(WikiTable(table.parts[0]))
        return end

    def _marker(self, found: re.Match[str]) -> int:
        self._add(self._aside[int(found[0][1:-1])])
        return found.end()
