"""The links in the text of a preview."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..text.excerpts import fold_blanks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..facts.document import Link
    from ..index.records import WikiPage
    from ..wiki import Wiki

__all__ = ["LeadLink", "LeadLinks"]

_CUT = " …"


class LeadLink(NamedTuple):
    """A link to a written page in the text of a preview."""

    start: int
    """Where its words begin in that text."""
    end: int
    docname: str
    anchor: str


class LeadLinks:
    """Finds the links in texts with which a page or a section begins: facts have them with the
    blocks of text that they come from.
    """

    def __init__(self, wiki: Wiki, page: WikiPage) -> None:
        self._wiki = wiki
        facts = wiki.documents[page.docname]
        number = next(at for at, own in enumerate(facts.pages) if own.name == page.name)
        self._texts = facts.texts
        self._links: dict[int, list[Link]] = {}
        for link in facts.links:
            if link.page == number and not link.in_spoiler:
                self._links.setdefault(link.block, []).append(link)
        self._blocks: dict[str, int] = {}
        """A text, as previews show it -> its number, for those with links."""
        for block in self._links:
            self._blocks.setdefault(fold_blanks(self._texts[block]).strip(), block)

    def within(self, lead: str) -> Iterator[LeadLink]:
        """The links in a text, in order.

        :param lead: as :attr:`.facts.Page.lead`.
        """
        at = 0
        for line in lead.split("\n"):
            block = self._block(line)
            if block is not None:
                yield from self._in_line(line, block, at)
            at += len(line) + 1

    def _block(self, line: str) -> int | None:
        block = self._blocks.get(line)
        if block is None and line.endswith(_CUT):
            begin = line.removesuffix(_CUT)
            whole = (block for text, block in self._blocks.items() if text.startswith(begin))
            block = next(whole, None)
        return block

    def _in_line(self, line: str, block: int, at: int) -> Iterator[LeadLink]:
        text = self._texts[block]
        shown = len(line.removesuffix(_CUT))
        for link in self._links[block]:
            to = self._wiki.resolve(link.target)
            start = len(fold_blanks(text[: link.start]).lstrip())
            end = start + len(fold_blanks(text[link.start : link.end]))
            if to.kind == "page" and start < end <= shown:
                anchor = self._wiki.anchor(to, link.target, link.section)
                yield LeadLink(at + start, at + end, to.docname, anchor)
