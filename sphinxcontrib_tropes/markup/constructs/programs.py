"""Programs: PmWiki's ``(:source lang=python:)`` before ``[@`` ... ``@]`` or up to ``(:sourceend:)``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docutils import nodes

from ..declaration import Block
from ..escapes import MARK
from ..languages import is_language
from ..redaction import SPOILER

if TYPE_CHECKING:
    from ..blocks import BlockReader

_END = "(:sourceend:)"
_OPTION = re.compile(r"(?P<name>[\w-]++)(?:=(?P<value>\"[^\"]*+\"|'[^']*+'|[^\s\"']*+))?+")


def _options(typed: str) -> dict[str, str]:
    return {o["name"].lower(): (o["value"] or "").strip("\"'") for o in _OPTION.finditer(typed)}


def _source(match: re.Match[str], reader: BlockReader) -> None:
    line = reader.line
    options = _options(reader.escapes.plain(match["options"] or ""))
    text = _text(match["rest"].strip(), reader)
    if text is None:
        reader.report(line, f"(:source:) has neither [@ ... @] nor {_END} after it; left out")
        reader.read_again(match["rest"])
        return
    block = nodes.literal_block(text, text, classes=["trope-preformatted"])
    block["language"] = _language(options.get("lang", ""), block, line, reader)
    block["xml:space"] = "preserve"
    if "linenum" in options:
        block["linenos"] = True
    block.line = line
    for name in sorted(options.keys() - {"lang", "linenum"}):
        reader.report(line, f"(:source {name}=...:) is not known: lang and linenum are; left out")
    if SPOILER.search(text):
        reader.report(line, "a program is shown as typed: its spoiler is not hidden")
    reader.add(block)


def _text(rest: str, reader: BlockReader) -> str | None:
    """The program that *rest*, the end of the line, or the lines below contain; None if none does.
    Takes it from the reader.
    """
    while not rest and reader.peek() == "":
        reader.next_line()
    if not rest and MARK.fullmatch(reader.peek() or ""):
        rest = reader.next_line() or ""
    mark = MARK.match(rest)
    if mark is not None and reader.escapes.is_preformatted(mark):
        behind = rest[mark.end() :].strip()
        if behind:
            reader.read_again(behind.removeprefix(_END))
        elif (reader.peek() or "").lstrip().startswith(_END):
            reader.read_again((reader.next_line() or "").lstrip().removeprefix(_END))
        return reader.escapes.content(mark).strip("\n")
    text = reader.take_to(_END, rest)
    if text is None:
        return None
    return text.strip("\n") if "\n" in text else text.strip()


def _language(typed: str, block: nodes.Element, line: int, reader: BlockReader) -> str:
    name = typed.lower()
    if not name or is_language(name, reader.settings.languages):
        return name or "none"
    block["classes"].append(f"trope-language-{nodes.make_id(name)}")
    reader.report(line, f"{typed!r} is no language that can be highlighted; shown without colours")
    return "none"


def _end(match: re.Match[str], reader: BlockReader) -> None:
    reader.warn(f"{_END} closes nothing; left out")
    reader.read_again(match["rest"])


CONSTRUCTS = [
    Block(
        "program",
        r"\(:(?i:source)(?:[ \t]++(?P<options>(?:(?!:\)).)*+))?+[ \t]*+:\)(?P<rest>.*)",
        _source,
        "(:source lang=python:)\n[@\nprint('a cat')\n@]",
        takes_to=_END,
        may_be_escaped=True,
    ),
    Block("program_end", r"\(:(?i:sourceend)[ \t]*+:\)(?P<rest>.*)", _end, "(:sourceend:)"),
]
