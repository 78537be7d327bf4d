"""A page as a whole: symbols, folding, links, lenses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol.types import (
    CodeLens,
    Command,
    DocumentLink,
    DocumentSymbol,
    FoldingRange,
    FoldingRangeKind,
    Location,
    Position,
    Range,
    SymbolKind,
    WorkspaceSymbol,
)

from ...names import key_of
from .outline import outline_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .open_wiki import Document, OpenWiki

__all__ = [
    "code_lenses",
    "document_links",
    "document_symbols",
    "folding_ranges",
    "workspace_symbols",
]

_MOST = 100
_LONGEST = 200
_SYMBOLS = {"heading": SymbolKind.String, "folder": SymbolKind.Package}


def document_symbols(document: Document) -> list[DocumentSymbol]:
    """The page, with its headings, folders and other parts."""
    if document.kind != "trope":
        return list(_pages_of(document))
    positions = document.positions
    own = document.wiki.page_of(document.path)
    facts = document.reading.facts
    title = own.title if own else facts.title
    last = positions.span_of_line(positions.lines - 1)[1]
    first = positions.range(*positions.span_of_line(0))
    root = DocumentSymbol(
        title or document.docname, SymbolKind.File, positions.range(0, last), first, children=[]
    )
    stack: list[tuple[int, DocumentSymbol]] = [(positions.lines, root)]
    for part in outline_of(document.text):
        start, line_end = positions.span_of_line(part.start)
        end = positions.span_of_line(part.end)[1]
        symbol = DocumentSymbol(
            part.title or part.kind,
            _SYMBOLS.get(part.kind, SymbolKind.Namespace),
            positions.range(start, end),
            positions.range(start, line_end),
            children=[],
        )
        while len(stack) > 1 and stack[-1][0] < part.start:
            stack.pop()
        children = stack[-1][1].children
        assert isinstance(children, list)
        children.append(symbol)
        stack.append((part.end, symbol))
    return [root]


def _pages_of(document: Document) -> Iterator[DocumentSymbol]:
    """The pages that the directives of another markup define."""
    for page in document.reading.facts.pages:
        place = document.positions.range(*document.positions.words_of_line(page.line - 1))
        yield DocumentSymbol(page.title or page.name, SymbolKind.File, place, place)


def folding_ranges(document: Document) -> list[FoldingRange]:
    """What can be folded."""
    if document.kind != "trope":
        return []
    return [
        FoldingRange(part.start, part.end, kind=FoldingRangeKind.Region)
        for part in outline_of(document.text)
        if part.end > part.start
    ]


def document_links(document: Document, *, with_tooltips: bool) -> list[DocumentLink]:
    """The links to pages that are written, each to the file of its page."""
    wiki = document.wiki
    found = []
    for place in document.reading.places:
        to = wiki.resolve(place.name)
        if to.kind == "page" and to.docname != document.docname:
            target = wiki.uri(wiki.path(to.docname))
            range_ = document.positions.range(place.start, place.end)
            tooltip = to.title if with_tooltips else None
            found.append(DocumentLink(range_, target=target, tooltip=tooltip))
    return found


def code_lenses(document: Document, commands: Iterable[str]) -> list[CodeLens]:
    """Above each page, how many refer to it.

    :param commands: those that the client has: without one, the lens only says it.
    """
    wiki, positions = document.wiki, document.positions
    command = "tropes.showReferences" if "tropes.showReferences" in commands else ""
    found = []
    for own in document.reading.facts.pages:
        key = key_of(own.name)
        count = len(wiki.wiki.sources(key))
        line = own.line - 1 if own.anchor else 0
        place = positions.range(*positions.words_of_line(line))
        title = f"referenced by {count}" if count else "referenced by nobody"
        arguments = [document.uri, {"line": line, "character": 0}, key]
        lens = Command(title=title, command=command, arguments=arguments if command else None)
        found.append(CodeLens(Range(place.start, place.start), command=lens))
    return found


def workspace_symbols(wikis: Iterable[OpenWiki], query: str) -> list[WorkspaceSymbol]:
    """The pages of all wikis whose name contains the letters of *query*, in order."""
    letters = [c for c in query[:_LONGEST].casefold() if c.isalnum()]
    found: list[tuple[int, int, str, OpenWiki, str]] = []
    for number, wiki in enumerate(wikis):
        for key in wiki.wiki.pages:
            rank = _rank(key.partition("/")[2], "".join(letters))
            if rank < _NO_MATCH:
                found.append((rank, len(key), f"{key} {number}", wiki, key))
    return [
        _symbol(wiki, key) for _rank_, _length, _key, wiki, key in sorted(found, key=_order)[:_MOST]
    ]


_NO_MATCH = 3


def _order(entry: tuple[int, int, str, OpenWiki, str]) -> tuple[int, int, str]:
    return entry[:3]


def _rank(name: str, letters: str) -> int:
    """0: begins with the letters; 1: contains them; 2: has them in order; 3: none of it."""
    if name.startswith(letters):
        return 0
    if letters in name:
        return 1
    rest = iter(name)
    return 2 if all(letter in rest for letter in letters) else _NO_MATCH


def _symbol(wiki: OpenWiki, key: str) -> WorkspaceSymbol:
    page = wiki.wiki.pages[key]
    line = Position(max(page.facts.line - 1, 0) if page.facts.anchor else 0, 0)
    location = Location(wiki.uri(wiki.path(page.docname)), Range(line, line))
    return WorkspaceSymbol(location, page.title, SymbolKind.File, container_name=page.namespace)
