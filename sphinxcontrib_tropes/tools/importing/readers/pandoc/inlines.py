"""Makes the inline parts of a tree from Pandoc's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ...tree import (
    Break,
    Code,
    Link,
    Markup,
    Math,
    MathBlock,
    Note,
    Picture,
    Spoiler,
    Styled,
    Text,
    WebLink,
)
from ..files import without_file
from ..inline_stack import HTML_STYLES, MONOSPACED, InlineStack
from .nodes import DEEPEST, attributes, text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from ...remarks import Remarks
    from ...tree import Block, Inline, Style
    from .nodes import Node, Survey

    Spelled = Callable[[str], tuple[str, str]]

__all__ = ["Inlines", "picture"]

_STYLES: Final[dict[str, Style]] = {
    "Emph": "emphasis",
    "Strong": "strong",
    "Underline": "insert",
    "Strikeout": "strike",
    "Superscript": "superscript",
    "Subscript": "subscript",
}
_SILENT: Final = frozenset(("span", "font", "center", "p", "div", "nobr", "wbr", "a"))
_TAG: Final = re.compile(r"\s*<(/?)([a-zA-Z]{1,20})(?:\s[^<>]*)?/?>\s*\Z")
_ADDRESS: Final = re.compile(r"(?!id:)[a-zA-Z][a-zA-Z0-9+.\-]+:(?!:)|//")
_TEX: Final = re.compile(
    r"\s*\\begin\{(?:align|equation|gather|multline|math|displaymath|eqnarray)\*?\}"
)
_QUOTES: Final = {"DoubleQuote": "“”", "SingleQuote": "‘’"}
_ID: Final = re.compile(r"[\w\-]+\Z")
_WIDTH: Final = re.compile(r"(\d{1,4})(?:px)?\Z")


class Inlines:
    """Reads the inline parts of one page."""

    def __init__(
        self,
        remarks: Remarks,
        known: Survey,
        spelled: Spelled,
        suffixes: Iterable[str],
        blocks: Callable[[Iterable[Node], int], tuple[Block, ...]],
    ) -> None:
        self._remarks = remarks
        self._known = known
        self._spelled = spelled
        self._suffixes = tuple(suffixes)
        self._blocks = blocks

    def read(self, nodes: Sequence[Node], depth: int = 0) -> tuple[Inline, ...]:
        """*nodes* in a line: formulas of their own are in it."""
        return tuple(
            Math(part.tex) if isinstance(part, MathBlock) else part
            for part in self.with_blocks(nodes, depth)
        )

    def with_blocks(self, nodes: Sequence[Node], depth: int = 0) -> list[Inline | MathBlock]:
        """*nodes*, among which formulas may be blocks."""
        if depth > DEEPEST:
            self._remarks.changed("what is nested too deeply: its words stay")
            return [Text(text_of(nodes, with_notes=True))]
        stack = InlineStack()
        found: list[Inline | MathBlock] = []
        for node in nodes:
            kind, content = node["t"], node.get("c")
            if formula := _formula(kind, content):
                found += [*stack.finished(), MathBlock(formula)]
                stack = InlineStack()
            elif kind == "RawInline":
                self._raw(str(content[0]), str(content[1]), stack)
            else:
                stack.add(*self._parts(kind, content, depth))
        return [*found, *stack.finished()]

    def _parts(self, kind: str, content: Node, depth: int) -> Iterator[Inline]:
        if kind == "Str":
            yield Text(str(content))
        elif kind in ("Space", "SoftBreak"):
            yield Text(" " if kind == "Space" else "\n")
        elif kind == "LineBreak":
            yield Break()
        elif kind in _STYLES:
            children = self.read(content, depth + 1)
            if children:
                yield Styled(_STYLES[kind], children)
        elif kind == "SmallCaps":
            yield from self.read(content, depth + 1)
        elif kind == "Quoted":
            marks = _QUOTES[content[0]["t"]]
            yield from (Text(marks[0]), *self.read(content[1], depth + 1), Text(marks[1]))
        elif kind == "Cite":
            yield from self.read(content[1], depth + 1)
        elif kind == "Code":
            yield Code(str(content[1]))
        elif kind == "Math":
            yield Math(str(content[1]).strip())
        elif kind == "Note":
            yield Note(self._blocks(content, depth + 1))
        elif kind == "Image":
            yield picture(content)
        elif kind == "Link":
            yield from without_file(self._link(content, depth), self._remarks, *self._suffixes)
        elif kind == "Span":
            yield from self._span(content, depth)
        else:
            self._remarks.not_read(f"Pandoc's {kind}: its words stay", text_of(content))
            yield Text(text_of(content))

    def _link(self, content: Node, depth: int) -> Inline:
        target = str(content[-1][0])
        children = self.read(content[-2], depth + 1)
        if children == (Text(target),):
            children = ()
        name, section = self._spelled(target)
        if name.startswith("id:") and (heading := self._known.headings.get(name[3:])):
            return Link("", children or (Text(heading),), heading)
        if not name and section:
            return Link("", children, self._known.headings.get(section, section))
        if _ADDRESS.match(name):
            name = f"https:{name}" if name.startswith("//") else name
            shown = children or ((Text(name[7:]),) if name.startswith("mailto:") else ())
            return WebLink(f"{name}#{section}" if section else name, shown)
        if not name:
            return Styled("emphasis", children) if children else Text("")
        return Link(name, children, section)

    def _span(self, content: Node, depth: int) -> Iterator[Inline]:
        known = attributes(content[0])
        if known.id in self._known.targets and _ID.match(known.id):
            yield Markup(f"[[#{known.id}]]")
        if "twiki-macro" in known.classes:
            name = "".join(known.classes[1:2])
            self._remarks.left_out(f"macro %{name}%: left out", " ".join(known.values.values()))
        elif "spurious-link" in known.classes:
            yield self._spurious(known.values.get("target", ""), content[1], depth)
        elif "tag" in known.classes and "tag-name" in known.values:
            self._remarks.left_out("tag of a heading: left out", known.values["tag-name"])
        elif "spoiler" in known.classes:
            yield Spoiler(self.read(content[1], depth + 1))
        else:
            style = next((HTML_STYLES[name] for name in known.classes if name in HTML_STYLES), "")
            children = self.read(content[1], depth + 1)
            if style and style != MONOSPACED and children:
                yield Styled(style, children)  # type: ignore[arg-type]
            else:
                yield from children

    def _spurious(self, target: str, nodes: Sequence[Node], depth: int) -> Inline:
        """A link whose target Pandoc does not know: Org's to a heading, or to words."""
        children = self.read(nodes, depth + 1)
        if len(children) == 1 and isinstance(children[0], Styled):
            children = children[0].children
        if children == (Text(target),):
            children = (Text(target.lstrip("*#")),)
        if target.startswith(("*", "#")):
            return Link("", children, target.lstrip("*#"))
        name, section = self._spelled(target)
        if target in self._known.headings.values():
            return Link("", children, target)
        return Link(name, children, section) if name else Styled("emphasis", children)

    def _raw(self, form: str, text: str, stack: InlineStack) -> None:
        tag = _TAG.match(text) if form == "html" else None
        name = tag[2].lower() if tag else ""
        if tag and name in HTML_STYLES:
            (stack.close if tag[1] else stack.open)(HTML_STYLES[name], text)
        elif name == "br":
            stack.add(Break())
        elif text.startswith("<!--") and form == "html":
            pass
        elif name in _SILENT:
            if tag and not tag[1]:
                self._remarks.changed(f"look of <{name}>: left out, its words stay", text)
        else:
            self._remarks.left_out(f"markup of {form}: left out", text)


def _formula(kind: str, content: Node) -> str:
    """The TeX of a formula that stands on its own lines; empty for all else."""
    if kind == "Math" and content[0]["t"] == "DisplayMath":
        return str(content[1]).strip()
    if kind == "RawInline" and content[0] in ("tex", "latex") and _TEX.match(str(content[1])):
        return str(content[1]).strip()
    return ""


def picture(content: Node) -> Picture:
    """The picture that Pandoc's image *content* is."""
    values = attributes(content[0]).values
    width = _WIDTH.match(values.get("width", ""))
    target = str(content[-1][0])
    alt = text_of(content[-2])
    return Picture(target, "" if alt == target else alt, int(width[1]) if width else 0)
