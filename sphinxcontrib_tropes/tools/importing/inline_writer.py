"""Writes the inline parts of a tree as trope markup."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ...addresses import is_safe
from ...markup.dialect import DIALECT
from ...markup.escapes import Escapes
from ...names import slug
from .escaping import BLANK, BLANKS, CONTROLS, EMPTY, are_mark, escaped, within
from .link_index import spelled
from .tree import (
    Break,
    Code,
    Link,
    Markup,
    Math,
    Note,
    Paragraph,
    Picture,
    Spoiler,
    Styled,
    Text,
    WebLink,
    joined,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from ...names import PageName
    from .link_index import LinkIndex
    from .remarks import Remarks
    from .tree import Block, Inline

__all__ = ["InlineWriter", "Origin", "only_paragraph", "plain"]

_STYLES = {
    "emphasis": ("''", "''"),
    "strong": ("'''", "'''"),
    "strike": ("{-", "-}"),
    "insert": ("{+", "+}"),
    "superscript": ("'^", "^'"),
    "subscript": ("'_", "_'"),
    "small": ("[-", "-]"),
    "big": ("[+", "+]"),
}
_OTHER_WIKIS = re.compile(r"[\-|>=] ?|\d[.)] |\{\||\.\. ")
_IN_LABEL = re.compile(r"\||->|\]\]")
_IN_TERM = re.compile(":")
_IN_CELL = re.compile(r"\|\|+")
_IN_ADDRESS = re.compile(r"[\s\[\]{}|'\"<>\\^`\ufdd0\ufdd1]")
_BARE = re.compile(r"https?://[\w.\-/~?=&#%+:]*[\w/]\Z", re.ASCII)


class Origin(NamedTuple):
    """The page being written, and where its links and pictures are looked up."""

    form: str
    """The name of its reader."""
    key: str
    links: LinkIndex
    find_media: Callable[[str], str]
    """A picture or file as the source spells it -> its path in the project, from the root; empty if
    the source does not have it.
    """
    remarks: Remarks


def plain(children: Iterable[Inline]) -> str:
    """The text of *children*, without markup."""
    pieces: list[str] = []
    for child in children:
        match child:
            case Text(text) | Code(text) | Math(text):
                pieces.append(text)
            case Styled(_, inner) | Spoiler(inner):
                pieces.append(plain(inner))
            case Link(target, inner):
                pieces.append(plain(inner) or target)
            case WebLink(url, inner):
                pieces.append(plain(inner) or url)
            case Break():
                pieces.append(" ")
            case Picture(_, alt):
                pieces.append(alt)
    return "".join(pieces)


class InlineWriter:
    """Writes inline markup of one page."""

    def __init__(self, origin: Origin) -> None:
        self._origin = origin
        self._remarks = origin.remarks
        self._open: set[str] = set()  # styles around the text, and "label", "cell"
        self.flat: Callable[[Sequence[Block]], str] = lambda blocks: ""
        """Writes blocks as one line: set by the writer of blocks."""

    def paragraph(self, children: Sequence[Inline], *, is_within: bool = False) -> str:
        """The lines of a paragraph: none is the start of another block.

        :param is_within: whether something stands before it on its line.
        """
        first, *more = self.write(children).strip().split("\n")
        if not (is_within or (children and isinstance(children[0], Picture | Markup))):
            first = self._no_block(first)
        text = "\n".join([first, *map(self._no_block, more)])
        while text.endswith("\\\\"):
            text = text[:-2].rstrip()
        return text

    def line(self, children: Sequence[Inline]) -> str:
        """*children* in a single line: in a heading, a title."""
        return " ".join(self.write(children).replace("\\\\\n", " ").split())

    def term(self, children: Sequence[Inline]) -> str:
        """*children* as the term of a definition; empty if their markup has a colon."""
        self._open.add("term")
        text = self.line(children) or EMPTY
        self._open.discard("term")
        return "" if ":" in Escapes(text).text else text

    def cell(self, children: Sequence[Inline]) -> str:
        """*children* in a cell of a table."""
        self._open.add("cell")
        text = self.write(children).replace("\\\\\n", "[[softreturn]]").strip()
        self._open.discard("cell")
        return f"{EMPTY}{text}" if text[:1] in ("!", "~") else text

    @staticmethod
    def _no_block(line: str) -> str:
        line = line.lstrip()
        if not line:
            return EMPTY
        begins = DIALECT.block_of(Escapes(line).text)[1] is not None
        return f"{EMPTY}{line}" if begins or _OTHER_WIKIS.match(line) else line

    def write(self, children: Iterable[Inline]) -> str:
        """The markup of *children*."""
        out = ""
        for child in joined(children):  # markup may begin in one text and end in the next
            piece = self._piece(child)
            if out and piece and are_mark(out[-1], piece[0]):
                out += EMPTY
            out += piece
        return out

    def _piece(self, child: Inline) -> str:
        match child:
            case Text(text):
                return self.escaped(text)
            case Styled(style, inner):
                return self._styled(style, inner)
            case Code(text):
                return self._code(text)
            case Math(tex):
                return self._math(tex)
            case Break():
                return "\\\\\n"
            case Link():
                return self._link(child)
            case WebLink(url, inner):
                return self._web_link(url, inner)
            case Picture():
                return self.picture(child)
            case Note(blocks):
                text = self.flat(blocks)
                return within("[[note]]", text, "[[/note]]") if text.strip() else ""
            case Spoiler(inner):
                text = self.write(inner)
                return within("[[spoiler:", text, "]]") if text.strip() else text
            case Markup(text):
                return text
        raise TypeError(child)

    def escaped(self, text: str) -> str:
        """*text*, with escapes around what would be markup."""
        return escaped(text, *self._also())

    def _also(self) -> Iterable[re.Pattern[str]]:
        if "label" in self._open:
            yield _IN_LABEL
        if "cell" in self._open:
            yield _IN_CELL
        if "term" in self._open:
            yield _IN_TERM

    def _styled(self, style: str, children: Sequence[Inline]) -> str:
        if style in self._open:
            return self.write(children)
        self._open.add(style)
        inner = self.write(children)
        self._open.discard(style)
        if not inner.strip():
            return inner
        opens, closes = _STYLES[style]
        return within(opens, inner, closes)

    def _code(self, text: str) -> str:
        text = CONTROLS.sub("\ufffd", BLANK.sub(" ", text))
        if not text.strip():
            return text
        if "@]" not in text and not text.endswith("@"):
            return f"[@{text}@]"
        return within("@@", self.escaped(text), "@@")

    def _math(self, tex: str) -> str:
        tex = BLANKS.sub(" ", tex).strip()
        if not tex:
            return ""
        if "[[" in tex or "]]" in tex:
            self._remarks.changed("a formula with double brackets: shown as typed", tex)
            return self._code(tex)
        return f"[[math:{tex}]]"

    # -- links

    def _label(self, children: Sequence[Inline]) -> tuple[str, str]:
        """The label of a link, and the pictures in it, which stand before the link."""
        pictures = "".join(self.picture(child) for child in children if isinstance(child, Picture))
        if "label" in self._open:
            return self.write(children), ""
        self._open.add("label")
        label = self.write(child for child in children if not isinstance(child, Picture))
        self._open.discard("label")
        return label.strip(), pictures

    def embedding(self, link: Link) -> str:
        """The line that shows a page, or its section; empty if only a link to it is possible."""
        name, _is_wanted = self._name_of(link)
        if not link.target or name is None:
            return ""
        target, _braced = spelled(name, name.title, self._origin.links.namespaces)
        return f"(:include {target}{_section_of(link)}:)"

    def _link(self, link: Link) -> str:
        if link.embeds:
            self._remarks.changed(
                "a page shown inside a line, an item or a cell: a link to it", link.target
            )
        label, pictures = self._label(link.children)
        if "label" in self._open:
            return label or self.escaped(link.target)  # no link within a link
        return pictures + self._to_page(link, label)

    def _to_page(self, link: Link, label: str) -> str:
        section = _section_of(link)
        if not link.target:
            words = label or self.escaped(link.section)
            return within(f"[[{section} ", words, "]]") if section and words else words
        origin = self._origin
        words = plain(link.children) or link.target.rpartition("/")[2]
        name, is_wanted = self._name_of(link)
        if name is None:
            self._remarks.changed("a link that names no page: its words", link.target)
            return label or self.escaped(words)
        # without a label, a link shows the title of a page that is written
        is_shown = is_wanted or words == origin.links.titles[name]
        target, braced = spelled(name, words if is_shown else "", origin.links.namespaces)
        # a wanted page has no title: its WikiWord would be shown with blanks
        is_parted = is_wanted and words.isalnum() and words != name.title
        if braced and not (section or is_parted) and (not label or label == self.escaped(words)):
            return braced
        if not label:
            label = self.escaped(words)
        return within(f"[[{target}{section} ", label, "]]") if label else f"[[{target}{section}]]"

    def _name_of(self, link: Link) -> tuple[PageName | None, bool]:
        """The name of the page, if it has one, and whether nobody has written it."""
        origin = self._origin
        name = origin.links.find(origin.form, link.target, origin.key)
        if name is not None:
            return name, False
        return origin.links.wanted(origin.form, link.target, origin.key), True

    def _web_link(self, url: str, children: Sequence[Inline]) -> str:
        label, pictures = self._label(children)
        if "label" in self._open:
            return label or self.escaped(url)
        address = _IN_ADDRESS.sub(lambda match: _percent(match[0]), url.strip())
        if not (address and is_safe(address)):
            self._remarks.changed("a link to an address that no page may link to: its words", url)
            return pictures + (label or self.escaped(url))
        if not label or label == address:
            return pictures + (address if _BARE.match(address) else f"[[{address} {address}]]")
        return pictures + within(f"[[{address} ", label, "]]")

    # -- pictures

    def picture(self, picture: Picture) -> str:
        """A picture in a line."""
        path = self.path_of(picture)
        if not path:
            return self.escaped(picture.alt)
        width = f"{picture.width}:" if picture.width > 0 else ""
        alt = " ".join(_NO_ALT.sub(" ", picture.alt).split())
        return f"[[image:{width}{path}{f' {alt}' if alt else ''}]]"

    def path_of(self, picture: Picture) -> str:
        """The path or address of a picture, as markup has it; empty, with a remark, if it has none."""
        target = picture.target.strip()
        if re.match(r"[A-Za-z][\w+.\-]*:", target):
            address = _IN_ADDRESS.sub(lambda match: _percent(match[0]), target)
            if is_safe(address):
                return address
            self._remarks.left_out("a picture from an address that no page may use", target)
            return ""
        return self._origin.find_media(target)


_NO_ALT = re.compile(r"[\[\]{}|\x00-\x1f\ufdd0\ufdd1]+")


def _section_of(link: Link) -> str:
    name = slug(link.section)
    return f"#{name}" if name else ""


def _percent(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode("utf-8", "replace"))


def only_paragraph(blocks: Sequence[Block]) -> Sequence[Inline] | None:
    """The content of the only paragraph in *blocks*; None if there is more than that."""
    if not blocks:
        return ()
    first = blocks[0]
    return first.children if len(blocks) == 1 and isinstance(first, Paragraph) else None
