"""The markup reference, made at build time from the examples that the tests hold."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from sphinxcontrib_tropes.markup.blocks import BlockReader
from sphinxcontrib_tropes.markup.dialect import DIALECT
from sphinxcontrib_tropes.markup.lower import replace
from sphinxcontrib_tropes.markup.nodes import trope_link
from sphinxcontrib_tropes.markup.page import clean
from sphinxcontrib_tropes.reading.boxes import add_words
from sphinxcontrib_tropes.reading.settings import markup_settings

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

sys.path.insert(0, str(Path(__file__).parents[2] / "tests" / "markup"))

from spec_reader import FENCE, SPEC, Example, read_spec

_DOCUMENT = "guide/markup"
_COMMENT = re.compile(r"^<!--.*-->\n", re.MULTILINE)
_EXAMPLE = re.compile(rf"^{FENCE} example\n.*?^{FENCE}$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^(#+ )", re.MULTILINE)
_INTRODUCTION = """# Markup

Every construct, by example: what you write, and below it what readers see. The examples are those
that the tests hold, by the same numbers. Links lead nowhere here.

"""
# These try to break the reader of the markup, not to teach anybody.
_LEFT_OUT = frozenset(["robustness.md", "nesting.md"])


def _examples() -> list[Example]:
    return list(read_spec())


def _generate(app: Sphinx, docname: str, content: list[str]) -> None:
    """Puts the reference into the source of its page."""
    if docname != _DOCUMENT:
        return
    numbers = {(e.file.name, e.line): e.number for e in _examples()}
    parts = [_INTRODUCTION]
    for path in sorted(SPEC.glob("*.md")):
        if path.name in _LEFT_OUT:
            continue
        app.env.note_dependency(path)
        text = path.read_text("utf-8")

        def reference(match: re.Match[str], text: str = text, name: str = path.name) -> str:
            line = text.count("\n", 0, match.start()) + 1
            return f"```{{trope-example}} {numbers[name, line]}\n```"

        text = _EXAMPLE.sub(reference, text)
        parts.append(_HEADING.sub(r"#\1", _COMMENT.sub("", text)))
    content[0] = "\n\n".join(parts)


class ExampleDirective(SphinxDirective):
    """``trope-example NUMBER``: what is written, and what readers see."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        example = next(e for e in _examples() if e.number == int(self.arguments[0]))
        written = nodes.literal_block(example.input, example.input, language="trope")
        shown = nodes.container(classes=["trope-example-shown"])
        reader = BlockReader(
            shown,
            DIALECT,
            markup_settings(self.config),
            lambda line, sentence: None,
            with_sections=False,
            used_ids=(used := set(self.state.document.ids)),
        )
        reader.read(clean(example.input))
        for id_ in used.difference(self.state.document.ids):
            self.state.document.ids[id_] = shown
        add_words(shown)
        replace(shown, _SHOWN)
        number = nodes.paragraph("", f"{example.number}", classes=["trope-example-number"])
        return [nodes.container("", number, written, shown, classes=["trope-example"])]


def _named(image: nodes.Element) -> list[nodes.Node]:
    """The address of a picture that is nowhere."""
    address = nodes.Text(image["uri"])
    is_in_text = isinstance(image.parent, nodes.TextElement)
    return [address] if is_in_text else [nodes.paragraph("", "", address)]


def _typed(formula: nodes.Element) -> list[nodes.Node]:
    """A formula as TeX: the page needs no script from elsewhere for it."""
    kind = nodes.literal if isinstance(formula, nodes.math) else nodes.literal_block
    return [kind("", formula.astext(), language="latex")]


def _inert(link: nodes.Element) -> list[nodes.Node]:
    """A link that looks like one and leads nowhere: examples are no part of the demo wiki."""
    return [nodes.inline("", "", *link.children, classes=["trope-example-link"])]


_SHOWN = {
    trope_link: _inert,
    nodes.image: _named,
    nodes.math: _typed,
    nodes.math_block: _typed,
}


def setup(app: Sphinx) -> ExtensionMetadata:
    app.add_directive("trope-example", ExampleDirective)
    app.connect("source-read", _generate)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
