"""The tokens of a page -> the tree."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .....markup.languages import is_language
from ...tree import CodeBlock, Heading, MathBlock, Note, Paragraph, Rule, Styled, Text
from .frames import Frame, Frames, anchor
from .html_blocks import add_html
from .inlines import Inlines
from .outline import outlined
from .wrapping import are_wrapped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from markdown_it.token import Token

    from ...remarks import Remarks
    from ...tree import Block, Inline
    from .frames import Kind

__all__ = ["Blocks"]

_CONTAINERS: dict[str, Kind] = {
    "blockquote": "quotation",
    "bullet_list": "list",
    "ordered_list": "list",
    "list_item": "item",
    "table": "table",
    "tr": "row",
    "th": "cell",
    "td": "cell",
    "dl": "definitions",
    "dd": "definition",
}
_TRANSPARENT = frozenset(["paragraph", "heading", "dt", "thead", "tbody"])
_LANGUAGE = re.compile(r"[\w+#./-]{1,40}")
_BAR = re.compile(r"(?<!\\)\|")
_ALIGN = re.compile(r"text-align:(left|center|right)")
_COMPUTED_WORDS = (
    "mermaid dataview dataviewjs query base tasks chart kanban tabs columns embed button excalidraw tikz"
    " plantuml leaflet timeline journal-review calendar-timeline"
)
_COMPUTED = frozenset(_COMPUTED_WORDS.split())
_ADMONITIONS_WORDS = "attention caution danger error hint important note tip warning"
_ADMONITIONS = frozenset(_ADMONITIONS_WORDS.split())
_NO_LANGUAGES = frozenset(["plain", "plaintext", "txt", "none", "nohighlight"])
_LONG_NOTE = 500
_MOST_USES = 20


class Blocks:
    """Reads the blocks of one page."""

    def __init__(self, remarks: Remarks, tag: Callable[[str], None], source: str = "") -> None:
        """Takes what is needed of the page.

        :param tag: takes the tags that stand in the text.
        :param source: the text, for lines that the tokens have lost.
        """
        self._lines = source.split("\n")
        self._columns = 0
        self._remarks = remarks
        self._inlines = Inlines(remarks, self._note, tag)
        self._notes: dict[str, list[list[Token]]] = {}
        self._uses: dict[str, int] = {}
        self._frames = Frames()

    def read(self, tokens: list[Token]) -> tuple[Block, ...]:
        """The blocks of the page. Notes stand where the text refers to them."""
        self._inlines.wraps = are_wrapped(
            token.content for token in tokens if token.type == "inline"
        )
        tokens, self._notes = _without_notes(tokens)
        blocks = list(self._read(tokens))
        for label, found in self._notes.items():
            for note in found[1 if self._uses.get(label) else 0 :]:
                self._remarks.changed("note that no text refers to: at the end of the page", label)
                blocks.append(Paragraph((Styled("superscript", (Text(label),)),)))
                blocks += self._blocks_of_note(note)
        return tuple(outlined(blocks))

    def _read(self, tokens: Iterable[Token]) -> tuple[Block, ...]:
        around, self._frames = self._frames, Frames()
        previous = None
        for token in tokens:
            self._add(token, previous)
            previous = token
        blocks = self._frames.finished()
        self._frames = around
        return blocks

    def _add(self, token: Token, previous: Token | None) -> None:
        kind, _, end = token.type.rpartition("_")
        if token.type == "inline":
            self._add_inline(token, previous)
        elif end == "open" and kind in _CONTAINERS:
            self._open(kind, token)
        elif end == "close" and kind in _CONTAINERS:
            self._frames.close(
                *(("quotation", "callout") if kind == "blockquote" else (_CONTAINERS[kind],))
            )
        elif end in ("open", "close") and kind in _TRANSPARENT:
            pass
        elif token.type == "fence" or token.type == "code_block":  # noqa: PLR1714
            self._add_code(token)
        elif token.type == "hr":
            self._frames.add(Rule())
        elif token.type == "html_block":
            add_html(token.content, self._frames, self._remarks)
        elif token.type == "formula_block":
            self._frames.add(MathBlock(token.content))
        elif token.type == "too_deep":
            self._remarks.changed(
                "lists or quotations too deep in one another: kept as text", token.content
            )
            self._frames.add_text((Text(" ".join(token.content.split())),))
        elif token.type != "comment":
            self._remarks.left_out(f"Markdown {token.type}: left out", token.content)

    def _open(self, kind: str, token: Token) -> None:
        frame = Frame(_CONTAINERS[kind])
        if kind == "blockquote" and token.meta:
            frame = Frame("callout", word=token.meta["kind"], is_marked=token.meta["fold"] == "-")
        elif kind == "ordered_list":
            frame.is_marked = True
            if (start := token.attrs.get("start", 1)) not in (0, 1):
                self._remarks.changed("numbered list that starts at another number: at 1", start)
        elif kind == "list_item" and token.meta:
            frame.word = token.meta["box"]
            if token.meta["task"] not in " xX-":
                self._remarks.changed(
                    "task of a state of its own: an open task", f"[{token.meta['task']}]"
                )
        elif kind == "tr":
            self._tell_of_excess(token)
        elif kind in ("th", "td"):
            align = _ALIGN.search(str(token.attrs.get("style", "")))
            frame.word, frame.is_marked = align[1] if align else "", kind == "th"
        self._frames.open(frame)

    def _add_inline(self, token: Token, previous: Token | None) -> None:
        children = token.children or []
        if len(children) == 1 and children[0].type == "formula" and children[0].markup == "$$":
            self._frames.add(MathBlock(children[0].content))
            return
        kind = previous.type if previous else ""
        words, block_id = self._inlines.read(
            token, is_block=kind not in ("th_open", "td_open", "dt_open")
        )
        if kind == "heading_open" and previous:
            if block_id:
                self._frames.add(anchor(block_id))
            if words:
                self._frames.add(Heading(int(previous.tag[1:]), words))
        elif kind == "dt_open":
            self._frames.top.terms.append((words, []))
        elif kind == "blockquote_open":
            name = self._frames.top.word
            if not words and name not in _ADMONITIONS:
                words = (Text(name[:1].upper() + name[1:].replace("-", " ")),)
            self._frames.top.title = words
            self._frames.add_text((), block_id)
        else:
            self._frames.add_text(words, block_id)

    def _add_code(self, token: Token) -> None:
        language = _LANGUAGE.search(token.info)
        name = language[0] if language else ""
        if name.lower() in _COMPUTED:
            self._remarks.changed(f"```{name.lower()}: kept as code", token.content)
            name = ""
        if name and not is_language(name.lower(), frozenset()):
            if name.lower() not in _NO_LANGUAGES:
                self._remarks.kept("a language that can't be highlighted: left out", name)
            name = ""
        if rest := token.info[language.end() if language else 0 :].strip(" {}"):
            self._remarks.changed("options behind the language of code: left out", rest)
        self._frames.add(CodeBlock(token.content.removesuffix("\n"), name))

    def _tell_of_excess(self, row: Token) -> None:
        """Tells of cells beyond the last column: Markdown does not show them."""
        if not row.map or row.map[0] >= len(self._lines):
            return
        cells = _BAR.split(self._lines[row.map[0]].strip().strip("|"))
        if self._frames.top.rows:
            if extra := [cell.strip() for cell in cells[self._columns :] if cell.strip()]:
                told = " | ".join(extra)
                self._remarks.left_out("cells beyond the last column of a table: left out", told)
        else:
            self._columns = len(cells)

    def _note(self, label: str) -> Inline:
        """The note with that label. One that is long or used often is not repeated."""
        found = self._notes.get(label)
        uses = self._uses.get(label, 0)
        length = sum(len(token.content) for token in found[0]) if found else 0
        if (
            not found
            or self._inlines.in_note
            or (uses and (length > _LONG_NOTE or uses >= _MOST_USES))
        ):
            self._remarks.changed(
                "reference to a note inside a note, or to a long one again: its label", label
            )
            return Styled("superscript", (Text(label),))
        self._uses[label] = uses + 1
        if uses:
            self._remarks.changed("note that is used again: repeated", label)
        return Note(self._blocks_of_note(found[0]))

    def _blocks_of_note(self, tokens: list[Token]) -> tuple[Block, ...]:
        around, self._inlines.in_note = self._inlines.in_note, True
        blocks = self._read(tokens)
        self._inlines.in_note = around
        return blocks


def _without_notes(tokens: list[Token]) -> tuple[list[Token], dict[str, list[list[Token]]]]:
    """The text, and the notes by label; a label may have several."""
    text: list[Token] = []
    notes: dict[str, list[list[Token]]] = {}
    into = [text]
    for token in tokens:
        if token.type == "footnote_reference_open":
            into.append([])
            notes.setdefault(token.meta["label"], []).append(into[-1])
        elif token.type == "footnote_reference_close":
            into.pop()
        else:
            into[-1].append(token)
    return text, notes
