"""Writes doctrees as source text of a markup.

No writer knows every detail of its markup, so callers read the result again and compare.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docutils import nodes
from docutils.utils import column_width

from ...markup.dialect import DIALECT
from ...markup.nodes import trope_link
from ...names import MAIN
from .directives import fence_for

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ...markup import MarkupSettings

__all__ = ["MarkdownWriter", "NoEquivalent", "RstWriter", "TropeWriter", "Writer"]


class NoEquivalent(Exception):  # noqa: N818 - the block then stays as it is
    """A node that the markup can't express."""


class Writer:
    """What the writers of all markups share."""

    emphasis: str
    strong: str

    def __init__(self, settings: MarkupSettings) -> None:
        self.settings = settings

    # -- inline

    def inline(self, children: Iterable[nodes.Node]) -> str:
        """The source of inline nodes."""
        out = ""
        was_markup = False
        for text in _joined(children):
            is_markup = not isinstance(text, str)
            piece = self.markup(text) if isinstance(text, nodes.Element) else self.text(text, out)
            if out and piece and (is_markup or was_markup):
                out += self.between(out[-1], piece[0], is_markup=is_markup, was_markup=was_markup)
            out += piece
            was_markup = is_markup
        return out

    def between(self, left: str, right: str, *, is_markup: bool, was_markup: bool) -> str:
        """The separator between two characters, if one or both are inline markup."""
        return ""

    def markup(self, node: nodes.Element) -> str:
        """The source of an inline node."""
        if isinstance(node, trope_link):
            if node["classes"]:
                raise NoEquivalent(node.tagname)
            return self.link(node, _plain(node))
        if isinstance(node, nodes.reference) and node.get("refuri"):
            return self.reference(_plain(node), node["refuri"])
        marks: dict[type[nodes.Element], str]
        marks = {nodes.emphasis: self.emphasis, nodes.strong: self.strong}
        if type(node) in marks and not node["classes"]:
            mark = marks[type(node)]
            return f"{mark}{self.text(_plain(node), mark)}{mark}"
        if type(node) is nodes.literal and not node["classes"]:
            return self.literal(_plain(node))
        return self.role(node)

    def role(self, node: nodes.Element) -> str:
        """The source of a role, written as that role."""
        raise NoEquivalent(_name(node))

    def text(self, text: str, before: str) -> str:
        """Plain text, escaped.

        :param before: the source in front of it.
        """
        raise NotImplementedError

    def literal(self, text: str) -> str:
        """The source of monospaced text."""
        raise NotImplementedError

    def link(self, node: trope_link, words: str) -> str:
        """The source of a link to a page."""
        raise NotImplementedError

    def reference(self, words: str, uri: str) -> str:
        """The source of a link to a URL."""
        raise NotImplementedError

    def spelling(self, node: trope_link, words: str, *, is_braced: bool) -> str:
        """The target of an implicit link, spelled in the words that the link shows."""
        words = words.removesuffix(node["suffix"])
        namespace = node["target"].partition("/")[0]
        prefix = "" if namespace == MAIN else f"{namespace}/"
        name = self.settings.namespaces.page_name(f"{prefix}{{{{{words}}}}}")
        if name is None or str(name) != node["target"]:
            raise NoEquivalent(node["target"])
        return prefix + (f"{{{{{words}}}}}" if is_braced else words)

    # -- blocks

    def blocks(self, children: Iterable[nodes.Node]) -> str:
        """The source of blocks, with blank lines between them."""
        return "\n\n".join(self.block(child) for child in children)

    def block(self, node: nodes.Node) -> str:
        """The source of one block."""
        if type(node) is nodes.paragraph and not node["classes"]:
            return self.inline(node.children)
        if isinstance(node, nodes.bullet_list | nodes.enumerated_list) and not node["classes"]:
            return self.list(node)
        if isinstance(node, nodes.literal_block):
            return self.preformatted(node.astext())
        if isinstance(node, nodes.transition):
            return self.rule
        raise NoEquivalent(_name(node) if isinstance(node, nodes.Element) else "text")

    def list(self, node: nodes.Element) -> str:
        """The source of a list with its items."""
        mark = "* " if isinstance(node, nodes.bullet_list) else self.number
        items = []
        for item in node.children:
            assert isinstance(item, nodes.Element)
            if not item.children:
                raise NoEquivalent("an empty item")
            items.append(mark + _indented(self.blocks(item.children), len(mark)))
        return "\n\n".join(items)

    number = "1. "
    rule = "----"

    def preformatted(self, text: str) -> str:
        """The source of a literal block."""
        raise NotImplementedError

    def titled(self, text: str, level: int) -> str:
        """The source of a heading.

        :param text: the source of its text.
        :param level: 0 for the title of the document.
        """
        raise NotImplementedError


_ROLE = re.compile(r":(?P<name>[A-Za-z][\w:+-]*):`(?P<text>[^`\\\n]+)`")
_UNDERLINES = '=-~^"+`'


class RstWriter(Writer):
    """Writes reStructuredText."""

    emphasis, strong = "*", "**"
    number = "#. "
    _special = re.compile(r"[\\*`_|<>\[\]@]|(?<=\w):(?=\S)|:(?=:)|(?<=:):")
    _line_start = re.compile(
        r"^(?:(?P<mark>[^\w\s\\])|(?P<item>\d+|[A-Za-z]|[ivxlcdm]+|[IVXLCDM]+)(?=[.)]\s|[.)]$))",
        re.MULTILINE,
    )

    def between(self, left: str, right: str, *, is_markup: bool, was_markup: bool) -> str:
        may_begin = left.isspace() or left in "'\"([{<-/:" or not is_markup
        may_end = right.isspace() or right in "'\")]}>-/:.,;!?" or not was_markup
        return "" if may_begin and may_end else "\\ "

    def text(self, text: str, before: str) -> str:
        return self._at_line_start(self._escaped(text), before)

    def _escaped(self, text: str) -> str:
        return self._special.sub(r"\\\g<0>", text)

    def _at_line_start(self, text: str, before: str) -> str:
        is_start = not before or before.endswith("\n")
        head, newline, rest = text.partition("\n") if not is_start else ("", "", text)
        rest = self._line_start.sub(lambda m: f"\\{m[0]}" if m["mark"] else f"{m[0]}\\", rest)
        return head + newline + rest

    def literal(self, text: str) -> str:
        if "`" in text or "\\" in text or text != text.strip() or not text or "\n" in text:
            raise NoEquivalent("literal")
        return f"``{text}``"

    def link(self, node: trope_link, words: str) -> str:
        return self.role_of("trope", self._in_role(node, words))

    def role_of(self, name: str, text: str) -> str:
        """The source of the role *name* with *text*."""
        return f":{name}:`{text}`"

    def role(self, node: nodes.Element) -> str:
        """The source of a role, as that role: reStructuredText and Markdown share their roles."""
        match = _ROLE.fullmatch(node.rawsource)
        if match is None:
            raise NoEquivalent(_name(node))
        return self.role_of(match["name"], match["text"])

    def _in_role(self, node: trope_link, words: str) -> str:
        section = f"#{node['section']}" if node["section"] else ""
        if node["explicit"]:
            body = f"{words} <{node['target'].removeprefix(f'{MAIN}/')}{section}>"
            is_odd = bool(re.search(r"\[\[|\{\{|''|[<>`\\\n]|\A!", words))
            is_odd |= words != words.strip()
        else:
            braced = bool(node["suffix"])
            if braced and section:
                raise NoEquivalent("a suffix and a section")
            spelled = self.spelling(node, words, is_braced=braced)
            body = f"{spelled}{node['suffix']}{section}"
            is_odd = bool(re.search(r"[<>`\\\n#]|\A!", spelled))
        if is_odd:
            raise NoEquivalent(words)
        return body

    def reference(self, words: str, uri: str) -> str:
        if re.search(r"[<>`\\\s]|_\Z", uri) or "\n" in words:
            raise NoEquivalent(uri)
        return uri if words == uri else f"`{self._escaped(words)} <{uri}>`__"

    def preformatted(self, text: str) -> str:
        return f".. code-block:: none\n\n   {_indented(text, 3)}"

    def titled(self, text: str, level: int) -> str:
        return f"{text}\n{_UNDERLINES[level] * max(column_width(text), 4)}"


class MarkdownWriter(RstWriter):
    """Writes MyST Markdown."""

    number = "1. "
    _special = re.compile(r"[\\*`_\[\]<>{}$~^&!|#]")
    _line_start = re.compile(
        r"^(?:(?P<mark>[^\w\s\\])|(?P<item>\d+)(?=[.)]\s|[.)]$))", re.MULTILINE
    )

    def between(self, left: str, right: str, *, is_markup: bool, was_markup: bool) -> str:
        return ""

    def role_of(self, name: str, text: str) -> str:
        return f"{{{name}}}`{text}`"

    def literal(self, text: str) -> str:
        if "`" in text or text != text.strip() or not text or "\n" in text:
            raise NoEquivalent("literal")
        return f"`{text}`"

    def reference(self, words: str, uri: str) -> str:
        if re.search(r"[<>\\\s]", uri):
            raise NoEquivalent(uri)
        return f"[{self._escaped(words)}](<{uri}>)"

    def preformatted(self, text: str) -> str:
        fence = fence_for(text)
        return f"{fence}none\n{text}\n{fence}"

    def titled(self, text: str, level: int) -> str:
        return f"{'#' * (level + 1)} {text}"


class TropeWriter(Writer):
    """Writes trope markup."""

    emphasis, strong = "''", "'''"

    def text(self, text: str, before: str) -> str:
        tokens = DIALECT.scanner(wikiwords=self.settings.wikiwords).tokens(text)
        is_start = not before or before.endswith("\n")
        lines = text.split("\n")
        begins_block = any(
            line and (line[0].isspace() or DIALECT.block_of(line)[1] is not None)
            for line in lines[0 if is_start else 1 :]
        )
        is_markup = next(tokens, None) is not None or re.search(
            r"\[[=@]|\\$|'\Z|\A'", text, re.MULTILINE
        )
        if not begins_block and not is_markup:
            return text
        if "=]" in text:
            raise NoEquivalent("=]")
        return f"[={text}=]"

    def literal(self, text: str) -> str:
        return f"@@{self.text(text, '@@')}@@"

    def link(self, node: trope_link, words: str) -> str:
        if node["explicit"]:
            section = f"#{node['section']}" if node["section"] else ""
            target = node["target"].removeprefix(f"{MAIN}/")
            return f"[[{target}{section} {self.text(words, ' ')}]]"
        spelled = self.spelling(node, words, is_braced=True)
        if node["section"]:
            return f"[[{spelled}#{node['section']}]]{node['suffix']}"
        return f"{spelled}{node['suffix']}"

    def reference(self, words: str, uri: str) -> str:
        return uri if words == uri else f"[[{uri} {self.text(words, ' ')}]]"

    def list(self, node: nodes.Element) -> str:
        return "\n".join(self._items(node, 1))

    def _items(self, node: nodes.Element, depth: int) -> Iterable[str]:
        mark = ("*" if isinstance(node, nodes.bullet_list) else "#") * depth
        for item in node.children:
            assert isinstance(item, nodes.Element)
            first, *rest = item.children or [nodes.Text("")]
            if not isinstance(first, nodes.paragraph):
                raise NoEquivalent("an item without text")
            text = self.inline(first.children).replace("\n", " ")
            yield f"{mark} {text}"
            for child in rest:
                if not isinstance(child, nodes.bullet_list | nodes.enumerated_list):
                    raise NoEquivalent("an item of several blocks")
                yield from self._items(child, depth + 1)

    def preformatted(self, text: str) -> str:
        if "@]" in text:
            raise NoEquivalent("@]")
        return f"[@\n{text}\n@]"

    def titled(self, text: str, level: int) -> str:
        return f"{'!' * level}{text}"

    def role(self, node: nodes.Element) -> str:
        if isinstance(node, nodes.target) and len(node["ids"]) == 1 and not node.children:
            return f"[[#{node['ids'][0]}]]"
        return super().role(node)


def _joined(children: Iterable[nodes.Node]) -> Iterable[str | nodes.Element]:
    """*children*, with adjacent texts joined."""
    text = ""
    for child in children:
        if isinstance(child, nodes.Text):
            text += child.astext()
            continue
        if text:
            yield text
            text = ""
        assert isinstance(child, nodes.Element)
        yield child
    if text:
        yield text


def _name(node: nodes.Element) -> str:
    """The name of *node* in messages; for a role, the role's name."""
    if node.tagname == "pending_xref":
        domain, role = node.get("refdomain", ""), node["reftype"]
        return f":{role}:" if domain in ("", "std") else f":{domain}:{role}:"
    return node.tagname.replace("_", " ")


def _plain(node: nodes.Element) -> str:
    if not node.children or any(not isinstance(child, nodes.Text) for child in node.children):
        raise NoEquivalent(node.tagname)
    return node.astext()


def _indented(text: str, by: int) -> str:
    """*text* with every line except the first indented."""
    return text.replace("\n", "\n" + " " * by).replace("\n" + " " * by + "\n", "\n\n")
