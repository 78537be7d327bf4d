"""Mathematics, as TeX writes it: ``[[math:e = mc^2]]``, and ``[[math]]`` ... ``[[/math]]`` as a block."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from ..characters import BALANCED
from ..declaration import Atom, Block
from ..redaction import SPOILER

if TYPE_CHECKING:
    import re

    from ..blocks import BlockReader
    from ..declaration import Made
    from ..inline import InlineContext

_END = "[[/math]]"
_NO_SPOILER = "can't hide a spoiler in it; shown as text (put all of it in the spoiler)"

# In an interval such as [0, 1) no bracket is closed. The last two of an even number of brackets, or
# of an odd one behind its first, are the mark.
_UNBALANCED = r"(?:[^\[\]]|\[(?!\[)|\](?!\])|\](?=(?:\]\])++(?!\])))++"


def _formula(match: re.Match[str], context: InlineContext) -> Made:
    typed = context.escapes.restore(match["math_tex"] or match["math_half"] or "")
    if SPOILER.search(typed):
        context.warn(f"a formula {_NO_SPOILER}")
        inside = context.parse(typed, context.line)
        return [nodes.Text("[[math:"), *inside, nodes.Text("]]")]
    tex = typed.strip()
    if not tex:
        context.warn("[[math:]] has no formula; shown as text")
        return context.as_typed(match)
    return nodes.math(tex, tex)


def _equation(match: re.Match[str], reader: BlockReader) -> None:
    line = reader.line
    tex = reader.take_to(_END, match["rest"].strip())
    if tex is None:
        reader.add_text(match[0])  # a link to a page of that name
        return
    tex = "\n".join(line.rstrip() for line in tex.strip("\n").split("\n")).strip()
    if not tex:
        reader.report(line, "[[math]] has no formula; left out")
        return
    if SPOILER.search(tex):
        reader.report(line, f"a formula {_NO_SPOILER}")
        reader.add(reader.text_block(nodes.paragraph, tex, line))
        return
    block = nodes.math_block(tex, tex)
    block["xml:space"] = "preserve"
    block.line = line
    reader.add(block)


def _end(match: re.Match[str], reader: BlockReader) -> None:
    reader.warn(f"{_END} closes nothing; left out")
    reader.read_again(match["rest"])


CONSTRUCTS = [
    Atom(
        "math",
        rf"\[\[math:(?:(?P<math_tex>{BALANCED})|(?P<math_half>{_UNBALANCED}))\]\]",
        _formula,
        "[[math:e = mc^2]]",
    ),
    Block(
        "equation",
        r"\[\[math\]\](?P<rest>.*)",
        _equation,
        "[[math]]\n\\sum_{i=1}^n a_i\n[[/math]]",
        takes_to=_END,
    ),
    Block("equation_end", r"\[\[/math\]\](?P<rest>.*)", _end, "[[/math]]"),
]
