"""Reads the text of a tiddler block by block."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Final

from ...tree import CodeBlock, Heading, Paragraph, Picture, Rule
from .frames import KNOWN, Frame, Frames
from .html_tags import BLOCKS, tag_at
from .inlines import MACRO, Inlines
from .lists import ITEM, lists
from .store import WIKITEXT
from .tables import ROW, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ...tree import Block
    from .. import Page
    from .html_tags import Tag

__all__ = ["Blocks"]

_PRAGMA: Final = re.compile(
    r"\\(?P<name>define|procedure|function|widget|import|rules|whitespace|parameters|parsermode)\b"
    r"(?P<rest>[^\n]*)(?:\n|\Z)"
)
_HEAD_ALONE: Final = re.compile(r"[ \t]+[^\s(]+[ \t]*(?:\([^()]*\))?[ \t]*\Z")
"""The rest of the first line of a definition that has more lines, up to ``\\\\end``."""
_END_OF_PRAGMA: Final = re.compile(r"^[ \t]*\\end\b[^\n]*(?:\n|\Z)", re.MULTILINE)
_RULE: Final = re.compile(
    r"```(?P<language>[\w\-]*)[ \t]*\n"
    r"|\$\$\$(?P<type>[^ >\n]{0,100})(?: *> *[^ \n]+)?[ \t]*\n"
    r"|(?P<quote><<<+)(?P<cite>[^\n<>]*)(?:\n|\Z)"
    r"|(?P<level>!{1,6})(?:\.[^\s.]{1,60})*[ \t]*(?P<heading>[^\n]*)(?:\n|\Z)"
    r"|(?P<rule>-{3,})[ \t]*(?:\n|\Z)"
    r"|(?P<item>[*#;:>])"
    r"|(?P<row>\|)[^\n]*\|[fhck]?[ \t]*(?:\n|\Z)"
    r"|(?P<look>@@)(?:[^\n@]{0,300})(?:\n|\Z)"
    r"|(?P<comment><!--)"
    rf"|(?P<alone>(?:<<{MACRO}>>"
    r"|\{\{\{?[^{}\n]*\}\}\}?))[ \t]*(?:\n|\Z)"
    r"|(?P<tag></?\$?[a-zA-Z])"
)
_IN_LINES: Final = frozenset(("$link", "$button", "$image"))
"""Widgets that are part of a paragraph."""
_END_OF_LINE: Final = re.compile(r"[ \t]*(?:\n|\Z)")
_BLANK: Final = re.compile(r"(?:[ \t]*\n)*")
_TAGS: Final = "|".join(sorted(BLOCKS, key=len, reverse=True))
_STOP: Final = re.compile(
    r"``(?:[^`]|`(?!`)){1,5000}``|`[^`]{1,5000}`|(?P<end>\n[ \t]*(?=\n|\Z))"
    rf"|(?P<tag>(?=</?(?:{_TAGS})[\s/>]))|(?P<quote>\n(?=<<<))|(?P<look>\n(?=@@[ \t]*(?:\n|\Z)))"
)
"""Where a paragraph may end, and code, in which it does not."""
_LOOK: Final = "@@"


class Blocks:
    """Reads one tiddler."""

    def __init__(
        self, text: str, page: Page, fields: Mapping[str, str], *, links_words: bool = True
    ) -> None:
        self._text = text.replace("\r\n", "\n")
        self._page = page
        self._remarks = page.remarks
        self._fields = fields
        self._inlines = Inlines(page, fields, links_words=links_words)
        self._frames = Frames()
        self._at = 0
        self._last_comment = self._text.rfind("-->")
        """Where the last one ends; what begins after that is none."""

    def read(self) -> tuple[Block, ...]:
        """The blocks of the tiddler."""
        self._pragmas()
        while self._skip_blank():
            rule = _RULE.match(self._text, self._at)
            if not (rule and self._by_rule(rule)):
                self._paragraph()
        return self._frames.finished()

    def _skip_blank(self) -> bool:
        """Moves on to a line that is not blank; whether there is one."""
        blank = _BLANK.match(self._text, self._at)
        self._at = blank.end() if blank else self._at
        while self._text.startswith((" ", "\t"), self._at):
            self._at += 1
        return self._at < len(self._text)

    def _pragmas(self) -> None:
        """Leaves out definitions and settings, which stand at the beginning."""
        while self._skip_blank() and (found := _PRAGMA.match(self._text, self._at)):
            self._at = found.end()
            name = found["name"]
            if name in ("define", "procedure", "function", "widget"):
                self._remarks.left_out(f"definition \\{name}: left out", found[0])
                if _HEAD_ALONE.match(found["rest"]):
                    end = _END_OF_PRAGMA.search(self._text, self._at)
                    self._at = end.end() if end else len(self._text)
            elif name == "import":
                self._remarks.left_out("\\import: left out", found[0])

    def _by_rule(self, rule: re.Match[str]) -> bool:
        """Reads the block that *rule* found; whether it is one."""
        kind = str(rule.lastgroup)
        if kind == "tag":
            return self._tag()
        if kind == "comment" and self._last_comment < rule.end():
            return False
        if kind == "language":
            self._code(rule, "```", rule["language"])
        elif kind == "type":
            self._code(rule, "$$$", rule["type"].lstrip("."), is_typed=True)
        elif kind == "item":
            self._frames.add(*lists(self._lines(ITEM), self._inlines.read))
        elif kind == "row":
            self._frames.add(table(self._lines(ROW), self._inlines.read))
        else:
            self._at = rule.end()
            self._small(kind, rule)
        return True

    def _small(self, kind: str, rule: re.Match[str]) -> None:
        if kind == "heading":
            children = self._inlines.read(rule["heading"])
            self._frames.add(*([Heading(len(rule["level"]), children)] if children else []))
        elif kind == "rule":
            self._frames.add(Rule())
        elif kind == "cite":
            self._quote(rule["quote"], rule["cite"].strip())
        elif kind == "look":
            if not self._frames.close(_LOOK):
                self._frames.open(Frame(_LOOK))
                self._remarks.changed("look of @@: left out, its words stay", rule[0])
        elif kind == "comment":
            self._at = self._text.find("-->", self._at) + 3
        else:
            self._frames.add(*self._blocks(rule["alone"]))

    def _quote(self, mark: str, cite: str) -> None:
        words = self._inlines.read(re.sub(r"\A(?:\.[^\s.]+)+", "", cite).strip())
        if not self._frames.close(mark, words):
            self._frames.open(Frame(mark, words=words))

    def _code(
        self, rule: re.Match[str], mark: str, language: str, *, is_typed: bool = False
    ) -> None:
        start = rule.end()
        end = -1 if self._text.startswith(mark, start) else self._text.find(f"\n{mark}", start)
        if self._text.startswith(mark, start):
            end = start
        text = self._text[start : end if end >= 0 else None]
        after = len(self._text) if end < 0 else self._text.find(mark, end) + len(mark)
        self._at = after
        if is_typed and language in WIKITEXT - {""}:
            self._frames.add(*Blocks(text, self._page, self._fields).read())
            return
        language = language.rpartition("/")[2].removeprefix("x-").removeprefix("vnd.")
        self._frames.add(CodeBlock(text.rstrip(), language if language != "plain" else ""))

    def _lines(self, form: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """The lines from here on that *form* finds."""
        while found := form.match(self._text, self._at):
            self._at = found.end()
            yield found

    def _tag(self) -> bool:
        tag = tag_at(self._text, self._at)
        if not tag or not (tag.name in BLOCKS or tag.name.startswith("$")):
            return False
        is_alone = _END_OF_LINE.match(self._text, tag.end)
        if tag.name in _IN_LINES or (tag.name.startswith("$") and not is_alone):
            return False
        typed = self._text[self._at : tag.end]
        self._at = tag.end
        if tag.name in ("pre", "script", "style"):
            self._as_typed(tag, typed)
        elif tag.name == "hr":
            self._frames.add(Rule())
        elif tag.name not in KNOWN:
            children = self._inlines.widget(tag, typed)
            self._frames.add(*([Paragraph(children)] if children else []))
        elif tag.is_end:
            self._frames.close(tag.name)
        elif not tag.is_empty:
            spans = (_number(tag.attributes.get(name, "")) for name in ("colspan", "rowspan"))
            self._frames.open(Frame(tag.name, columns=next(spans), lines=next(spans)))
        return True

    def _as_typed(self, tag: Tag, typed: str) -> None:
        if tag.is_end or tag.is_empty:
            return
        end = self._text.find(f"</{tag.name}>", self._at)
        if end < 0:
            end = len(self._text) if tag.name == "pre" else self._at
        text, self._at = self._text[self._at : end], end
        if tag.name == "pre":
            self._frames.add(CodeBlock(unescape(re.sub(r"</?code>", "", text)).strip("\n")))
        else:
            self._remarks.left_out(f"<{tag.name}>: left out", typed + text)

    def _paragraph(self) -> None:
        """Reads a paragraph, up to a blank line or a tag that stands around blocks."""
        start, at = self._at, self._at
        end = len(self._text)
        while stop := _STOP.search(self._text, at):
            at = max(stop.end(), at + 1)
            kind = stop.lastgroup
            if (
                kind == "end"
                or (kind == "tag" and stop.start() > start)
                or (kind == "quote" and any(map(self._frames.has, ("<<<", "<<<<", "<<<<<"))))
                or (kind == "look" and self._frames.has(_LOOK))
            ):
                end = stop.start()
                break
        self._at = max(end, start + 1)
        self._frames.add(*self._blocks(self._text[start : self._at]))

    def _blocks(self, text: str) -> tuple[Block, ...]:
        children = self._inlines.read(text)
        if len(children) == 1 and isinstance(children[0], Picture):
            return (children[0],)
        return (Paragraph(children),) if children else ()


def _number(value: str) -> int:
    return int(value) if value.isascii() and value.isdigit() and 0 < len(value) < 4 else 1
