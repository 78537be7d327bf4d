"""The synthetic wiki in the markup of each contender: the same content.

What only trope markup can say (folders, spoilers, notes, indexes, links to pages that nobody has
written) is plain text and plain lists elsewhere: so the others have a little less to do.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from .wiki import Block, Emphasis, Link, Note, Page, Spoiler, Strong, Wiki

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from .wiki import Piece

__all__ = ["FORMS", "Form", "source_of", "write"]


class Form(Protocol):
    """A markup."""

    suffix: str

    def page(self, page: Page) -> str:
        """The source of a page."""


def _inline(pieces: Sequence[Piece], shown: Callable[[Piece], str]) -> str:
    return "".join(piece if isinstance(piece, str) else shown(piece) for piece in pieces)


def _words(link: Link) -> str:
    return link.label or link.to.title + link.suffix


class Trope:
    """Trope markup."""

    suffix = ".trope"

    def page(self, page: Page) -> str:
        lines = [f"(:laconic {page.laconic}:)", ""]
        kind = ""
        for block in page.blocks:
            if kind == "index" and block.kind != "index":
                lines += ["[[/index]]"]
            if block.kind == "index" and kind != "index":
                lines += ["[[index]]"]
            kind = block.kind
            lines += self._block(block)
        return "\n".join(lines) + "\n"

    def _block(self, block: Block) -> list[str]:
        text = self.inline(block.pieces)
        if block.kind == "paragraph":
            return [text, ""]
        if block.kind == "end":
            return ["[[/folder]]", ""]
        marks = {
            "heading": "!!{}",
            "quote": "-> {}",
            "item": "* {}",
            "deeper": "** {}",
            "folder": "[[folder:{}]]",
            "index": "* {}",
        }
        return [marks[block.kind].format(text)]

    def inline(self, pieces: Sequence[Piece]) -> str:
        return _inline(pieces, self._piece)

    def _piece(self, piece: Piece) -> str:
        if isinstance(piece, Link):
            return self._link(piece)
        if isinstance(piece, Emphasis):
            return f"''{piece.text}''"
        if isinstance(piece, Strong):
            return f"'''{piece.text}'''"
        if isinstance(piece, Spoiler):
            return f" [[spoiler:{self.inline(piece.pieces)}]]"
        assert isinstance(piece, Note)
        return f"[[note]]{self.inline(piece.pieces)}[[/note]]"

    @staticmethod
    def _link(link: Link) -> str:
        namespace = f"{link.to.namespace}/" if link.to.namespace else ""
        if link.label:
            return f"[[{namespace}{link.to.wikiword} {link.label}]]"
        if namespace:
            return f"''{namespace}{link.to.wikiword}''"
        if link.suffix or not link.is_bare:
            return f"{{{{{link.to.title}}}}}{link.suffix}"
        return link.to.wikiword


class _Plain:
    """What the others have in common."""

    def inline(self, pieces: Sequence[Piece]) -> str:
        return _inline(pieces, self._piece)

    def _piece(self, piece: Piece) -> str:
        if isinstance(piece, Link):
            if piece.is_wanted:
                return _words(piece)
            return self.link(piece)
        if isinstance(piece, Emphasis):
            return f"*{piece.text}*"
        if isinstance(piece, Strong):
            return f"**{piece.text}**"
        assert isinstance(piece, Spoiler | Note)
        return f" ({self.inline(piece.pieces)})"

    def link(self, link: Link) -> str:
        """A link in this form: for each form to say."""
        raise NotImplementedError


class ReStructuredText(_Plain):
    """reStructuredText, with ``:ref:``."""

    suffix = ".rst"

    def page(self, page: Page) -> str:
        title = page.name.title
        lines = [":orphan:", "", f".. _{self._label(page.name.path)}:", ""]
        lines += [title, "=" * len(title), ""]
        kind = ""
        for block in page.blocks:
            if kind in ("item", "deeper", "index") and block.kind != kind:
                lines.append("")
            kind = block.kind
            lines += self._block(block)
        return "\n".join(lines) + "\n"

    def _block(self, block: Block) -> list[str]:
        text = self.inline(block.pieces)
        if block.kind == "heading":
            return [text, "-" * len(text), ""]
        if block.kind == "folder":
            return [f"**{text}**", ""]
        marks = {"quote": "   {}", "item": "* {}", "deeper": "  * {}", "index": "* {}"}
        if block.kind in ("paragraph", "end"):
            return [text, ""] if text else []
        return [marks[block.kind].format(text), *([""] if block.kind == "quote" else [])]

    @staticmethod
    def _label(path: str) -> str:
        return path.lower().replace("/", "-")

    def link(self, link: Link) -> str:
        label = self._label(link.to.path)
        if link.label or link.suffix:
            return f":ref:`{_words(link)} <{label}>`"
        return f":ref:`{label}`"


class ReStructuredTextByDoc(ReStructuredText):
    """The same with ``:doc:``, which costs Sphinx less: it looks up no label."""

    def link(self, link: Link) -> str:
        if link.label or link.suffix:
            return f":doc:`{_words(link)} </{link.to.path}>`"
        return f":doc:`/{link.to.path}`"


class Markdown(_Plain):
    """Markdown.

    :param link: makes a link.
    :param head: what stands before the title.
    """

    suffix = ".md"

    def __init__(self, link: Callable[[Link], str], head: str = "") -> None:
        # the forms of Markdown differ in their links alone: a class for each would say no more
        self.link = link  # type: ignore[method-assign]
        self._head = head

    def page(self, page: Page) -> str:
        lines = [self._head + f"# {page.name.title}", ""]
        kind = ""
        for block in page.blocks:
            if kind in ("item", "deeper", "index") and block.kind != kind:
                lines.append("")
            kind = block.kind
            lines += self._block(block)
        return "\n".join(lines) + "\n"

    def _block(self, block: Block) -> list[str]:
        text = self.inline(block.pieces)
        if block.kind in ("paragraph", "end"):
            return [text, ""] if text else []
        marks = {
            "heading": "## {}\n",
            "quote": "> {}\n",
            "item": "* {}",
            "deeper": "  * {}",
            "folder": "**{}**\n",
            "index": "* {}",
        }
        return [marks[block.kind].format(text)]


def _to_file(link: Link) -> str:
    """A link to a file, from the root of the sources; MyST puts in titles by itself."""
    words = _words(link) if link.label or link.suffix else ""
    return f"[{words}](/{link.to.path}.md)"


def _to_file_with_words(link: Link, root: str = "/") -> str:
    return f"[{_words(link)}]({root}{link.to.path}.md)"


def _by_wikilink(link: Link) -> str:
    return f"[[{link.to.path}|{_words(link)}]]"


def _by_relref(link: Link) -> str:
    return f'[{_words(link)}]({{{{< relref "/{link.to.path}.md" >}}}})'


FORMS: dict[str, Form] = {
    "trope": Trope(),
    "rst": ReStructuredText(),
    "rst-doc": ReStructuredTextByDoc(),
    "rst-helped": ReStructuredText(),
    "rst-doc-helped": ReStructuredTextByDoc(),
    "myst": Markdown(_to_file, "---\norphan: true\n---\n\n"),
    "markdown": Markdown(_to_file_with_words),
    "wikilinks": Markdown(_by_wikilink),
    "hugo": Markdown(_by_relref),
}


def source_of(form: str, page: Page) -> str:
    """The source of *page* in a *form*."""
    return FORMS[form].page(page)


def write(wiki: Wiki, forms: Sequence[str], folder: Path) -> dict[str, int]:
    """Writes the pages of *wiki* into ``folder/FORM``; gives the number of links of each form."""
    counts = dict.fromkeys(forms, 0)
    for page in wiki:
        for form in forms:
            path = folder / form / f"{page.name.path}{FORMS[form].suffix}"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(source_of(form, page), "utf-8")
            is_all = form == "trope"
            counts[form] += sum(map(partial(_links, is_all=is_all), page.blocks))
    return counts


def _links(block: Block, *, is_all: bool) -> int:
    pieces = list(block.pieces)
    count = 0
    while pieces:
        piece = pieces.pop()
        if isinstance(piece, Spoiler | Note):
            pieces += piece.pieces
        count += isinstance(piece, Link) and (is_all or not piece.is_wanted)
    return count
