"""Writes doctrees as trope markup."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docutils import nodes

from ...markup.dialect import DIALECT
from ...names import MAIN
from .markup_writers import Writer
from .rich_nodes import NoEquivalent, file_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ...markup.nodes import trope_link
    from .rich_nodes import Picture

__all__ = ["TropeWriter"]


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

    def preformatted(self, text: str, language: str, *, is_numbered: bool) -> str:
        options = [f"lang={language}"] * (language != "none") + ["linenum"] * is_numbered
        if "@]" not in text:
            head = f"(:source {' '.join(options)}:)\n" if options else ""
            return f"{head}[@\n{text}\n@]"
        if "(:sourceend:)" in text:
            raise NoEquivalent("@]")
        return f"(:source {' '.join(options)}:)\n{text}\n(:sourceend:)".replace(" :)", ":)", 1)

    def picture(self, picture: Picture) -> str:
        path = picture.uri
        if re.search(r"\s", path):
            path = f'"{path}"' if '"' not in path else f"[={path}=]"
        width = f"{picture.width}:" if picture.width else ""
        if picture.alt == file_name(picture.uri):
            return f"[[image:{width}{path}]]"
        return f"[[image:{width}{path} {self.text(picture.alt, ' ')}]]"

    def formula(self, tex: str) -> str:
        return f"[[math:{tex}]]"

    def equation(self, tex: str) -> str:
        return f"[[math]]\n{tex}\n[[/math]]"

    def embedding(self, page: str) -> str:
        return f"(:include {page}:)"

    def box(self, kind: str, title: str, body: str) -> str:
        return f"[[box:{kind}{f':{title}' if title else ''}]]\n{body}\n[[/box]]"

    def titled(self, text: str, level: int) -> str:
        return f"{'!' * level}{text}"

    def role(self, node: nodes.Element) -> str:
        if isinstance(node, nodes.target) and len(node["ids"]) == 1 and not node.children:
            return f"[[#{node['ids'][0]}]]"
        return super().role(node)
