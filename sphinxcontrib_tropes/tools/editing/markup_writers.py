"""Writes doctrees as reStructuredText and Markdown, and what the writers of all markups share.

No writer knows every detail of its markup, so callers read the result again and compare.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docutils import nodes
from docutils.utils import column_width

from ...markup.nodes import trope_embedding, trope_link
from ...names import MAIN
from .directives import directive, fence_for
from .rich_nodes import NoEquivalent, box_of, picture_of, tex_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ...markup import MarkupSettings
    from .rich_nodes import Picture

__all__ = ["MarkdownWriter", "RstWriter", "Writer"]


class Writer:
    """What the writers of all markups share."""

    emphasis: str
    strong: str

    def __init__(self, settings: MarkupSettings) -> None:
        self.settings = settings
        self._pictures = 0
        self._definitions: list[str] = []

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
        if isinstance(node, nodes.image):
            return self.picture(picture_of(node))
        if isinstance(node, nodes.math):
            return self.formula(tex_of(node))
        return self.role(node)

    def picture(self, picture: Picture) -> str:
        """The source of a picture in a line."""
        raise NotImplementedError

    def formula(self, tex: str) -> str:
        """The source of a formula in a line."""
        raise NotImplementedError

    def finished(self, text: str) -> str:
        """*text*, a block at the top, with the definitions that it needs."""
        definitions, self._definitions = self._definitions, []
        return "\n\n".join([text, *definitions])

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
            language = node.get("language", "none").replace("default", "none")
            return self.preformatted(
                node.astext().strip("\n"), language, is_numbered=bool(node.get("linenos"))
            )
        if isinstance(node, nodes.image):
            return self.inline([node])
        if isinstance(node, nodes.math_block):
            return self.equation(tex_of(node))
        if isinstance(node, nodes.Element) and isinstance(node, nodes.Admonition):
            box = box_of(node)
            return self.box(box.kind, self.inline(box.title), self.blocks(box.body))
        if isinstance(node, trope_embedding):
            return self.embedding(self._embedded(node))
        if isinstance(node, nodes.transition):
            return self.rule
        raise NoEquivalent(_name(node) if isinstance(node, nodes.Element) else "text")

    def _embedded(self, node: trope_embedding) -> str:
        """The name of the page in *node*, and of its section after ``#``."""
        link = next(node.findall(trope_link))
        words = _plain(link)
        section = f"#{link['section']}" if link["section"] else ""
        return self.spelling(link, words, is_braced="#" in words) + section

    def embedding(self, page: str) -> str:
        """The source of a page, or of a section of it, shown inside this one."""
        raise NotImplementedError

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

    def preformatted(self, text: str, language: str, *, is_numbered: bool) -> str:
        """The source of a literal block.

        :param language: ``none`` if it has none.
        """
        raise NotImplementedError

    def equation(self, tex: str) -> str:
        """The source of a formula that is a block."""
        raise NotImplementedError

    def box(self, kind: str, title: str, body: str) -> str:
        """The source of a callout. Its kind or its title may be empty."""
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

    def picture(self, picture: Picture) -> str:
        if re.search(r"[\\\n]", picture.uri + picture.alt):
            raise NoEquivalent(picture.uri)
        self._pictures += 1
        path = picture.uri.replace(" ", "\\ ")  # docutils joins the parts of a path
        name = f"|picture-{self._pictures}|"
        options = [f":alt: {picture.alt}"] + [f":width: {picture.width}"] * bool(picture.width)
        lines = [f".. {name} image:: {path}", *options]
        self._definitions.append("\n   ".join(lines))
        return name

    def formula(self, tex: str) -> str:
        if "`" in tex or tex != tex.strip() or not tex or tex.endswith("\\"):
            raise NoEquivalent("math")
        return self.role_of("math", tex)

    def directive(self, name: str, body: str, argument: str = "", *options: str) -> str:
        """The source of a directive."""
        return directive(name, body, "rst", argument, options)

    def equation(self, tex: str) -> str:
        return self.directive("math", tex)

    def embedding(self, page: str) -> str:
        return self.directive("trope-include", "", page)

    def box(self, kind: str, title: str, body: str) -> str:
        if not title:
            return self.directive(kind, body)
        options = [f":class: {kind}"] if kind else []
        return self.directive("admonition", body, title, *options)

    def preformatted(self, text: str, language: str, *, is_numbered: bool) -> str:
        if is_numbered:
            return self.directive("code-block", text, language, ":linenos:")
        return f".. code-block:: {language}\n\n   {_indented(text, 3)}"

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

    def picture(self, picture: Picture) -> str:
        if picture.width or not re.fullmatch(r"[\w./:?=&-]+", picture.uri, re.ASCII):
            raise NoEquivalent(picture.uri)
        return f"![{self._escaped(picture.alt)}](<{picture.uri}>)"

    def directive(self, name: str, body: str, argument: str = "", *options: str) -> str:
        return directive(name, body, "markdown", argument, options)

    def preformatted(self, text: str, language: str, *, is_numbered: bool) -> str:
        if is_numbered:
            return self.directive("code-block", text, language, ":linenos:")
        fence = fence_for(text)
        return f"{fence}{language}\n{text}\n{fence}"

    def titled(self, text: str, level: int) -> str:
        return f"{'#' * (level + 1)} {text}"


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
