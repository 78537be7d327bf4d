"""Completion: names of pages, sections, properties and directives, where they may stand."""

from __future__ import annotations

import re
from heapq import nsmallest
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from lsprotocol.types import (
    CompletionItem,
    CompletionItemKind,
    CompletionList,
    InsertTextFormat,
    MarkupContent,
    MarkupKind,
    TextEdit,
)

from ...markup.constructs.properties import PROPERTIES
from ...names import MAIN, PageName, is_canonical
from ...names.exclusions import EXCLUDABLE
from ...wiki.text.relation_cues import KINDS
from ..editing.occurrences import directives_in
from ..editing.rename_links import is_wikiword
from .hover import describe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lsprotocol.types import Position, Range

    from .open_wiki import Document, OpenWiki

__all__ = ["MOST", "TRIGGERS", "complete", "explain"]

TRIGGERS = ["{", "[", "`", ":", "/", "<", "#", "!", "."]
"""Characters after which the client asks by itself."""
MOST = 100
"""Maximum items: a client asks again as more is typed."""
_REACH = 300
"""Characters before the cursor that count."""

_NAME = r"(?P<typed>[^{}\[\]|#`<>\n]*)\Z"
_EXCLUDE = r"^(?:\(:exclude|:exclude:)(?:[ \t:,]+[\w-]+)*[ \t:,]+(?P<typed>[\w-]*)\Z"
_IN_TROPE = (
    ("kinds", re.compile(r"^\(:relation[ \t]+(?P<typed>[\w-]*)\Z", re.IGNORECASE)),
    ("exclusions", re.compile(_EXCLUDE, re.IGNORECASE)),
    ("properties", re.compile(r"^\(:(?P<typed>[\w-]*)\Z")),
    (
        "words",
        re.compile(
            r"^\(:(?:redirect|relation[ \t]+[\w-]+)[ \t]+(?:[^,:]*,[ \t]*)*(?P<typed>[^{}\[\],:]*)\Z",
            re.IGNORECASE,
        ),
    ),
    ("words", re.compile(r"\[\[(?:redirect:|!)(?P<typed>[^\[\]{}|]*)\Z")),
    (
        "sections",
        re.compile(r"\[\[(?P<target>(?:[^\[\]{}|#]|\{\{[^{}]*\}\})*)#(?P<typed>[\w-]*)\Z"),
    ),
    ("braces", re.compile(rf"(?:(?<![\w@])(?P<space>[^\W\d_]\w*)[/.])?\{{\{{{_NAME}")),
    ("brackets", re.compile(r"\[\[(?P<typed>[^\s\[\]{}|#!]*)\Z")),
    ("wikiwords", re.compile(r"(?<![\w@{\[/.`\]])(?P<typed>[^\W\d_a-z]\w+(?:[/.]\w*)?)\Z")),
)
_IN_RST = (
    ("role", re.compile(rf":trope(?::ref)?:`(?:[^`<]*<)?{_NAME}")),
    ("argument", re.compile(rf"\.\.[ \t]+trope-(?:backlinks|examples|graph)::[ \t]+{_NAME}")),
    ("argument", re.compile(rf"^[ \t]+:(?:index|indexes):[ \t]+(?:[^,]*,[ \t]*)*{_NAME}")),
    ("rst_directives", re.compile(r"^[ \t]*\.\.[ \t]+(?P<typed>t[a-z-]*)\Z")),
    ("rst_roles", re.compile(r"(?:^|[\s(])(?P<typed>:t[a-z:]*)\Z")),
)
_IN_MARKDOWN = (
    ("role", re.compile(rf"\{{trope(?::ref)?\}}`(?:[^`<]*<)?{_NAME}")),
    (
        "argument",
        re.compile(rf"(?:```+|:::+)\{{trope-(?:backlinks|examples|graph)\}}[ \t]+{_NAME}"),
    ),
    ("argument", re.compile(rf"^[ \t]*:(?:index|indexes):[ \t]+(?:[^,]*,[ \t]*)*{_NAME}")),
    ("md_directives", re.compile(r"^[ \t]*(?:```+|:::+)\{(?P<typed>t[a-z-]*)\Z")),
    ("md_roles", re.compile(r"(?P<typed>\{t[a-z:]*)\Z")),
)
_CONTEXTS = {"trope": _IN_TROPE, "rst": _IN_RST, "markdown": _IN_MARKDOWN}
_DIRECTIVES = (
    "trope", "trope-markup", "trope-index", "trope-backlinks", "trope-examples", "trope-graph",
    "trope-wanted",
)  # fmt: skip
_MARKS = {
    "folder:": "folder:${1:title}]]\n$0\n[[/folder]]",
    "foldercontrol": "foldercontrol]]",
    "index": "index]]\n$0\n[[/index]]",
    "note": "note]]$0[[/note]]",
    "labelnote:": "labelnote:${1:label}]]$0[[/labelnote]]",
    "spoiler:": "spoiler:$0]]",
    "strike:": "strike:$0]]",
    "quoteright:": "quoteright:${1:width}:${2:address}]]",
    "caption-width-right:": "caption-width-right:${1:width}:$0]]",
    "image:": "image:$0]]",
    "box:": "box:${1:kind}]]\n$0\n[[/box]]",
    "WMG:": "WMG:${1:title}]]\n$0\n[[/WMG]]",
    "AC:": "AC:$0]]",
    "center:": "center:$0]]",
    "redirect:": "redirect:$0]]",
    "softreturn": "softreturn]]",
}
_SNIPPET = re.compile(r"\$\{\d:(\w+)\}|\$0")


class _Context(NamedTuple):
    """What is being typed."""

    kind: str
    typed: str
    space: str
    """The namespace in front of the braces, or empty."""
    target: str
    """The page whose section is typed, or empty."""
    range: Range
    """What an item replaces."""
    after: str
    """The rest of the line."""


class _Offer(NamedTuple):
    """A name to offer."""

    name: PageName
    title: str
    kind: CompletionItemKind
    detail: str


def complete(
    document: Document, position: Position, *, has_snippets: bool = False
) -> CompletionList | None:
    """What may be typed at *position*; None where nothing of ours may."""
    context = _context_at(document, position)
    if context is None:
        return None
    makers = {
        "properties": _properties, "kinds": _kinds, "exclusions": _exclusions, "sections": _sections,
        "rst_directives": _directives, "md_directives": _directives, "rst_roles": _roles,
        "md_roles": _roles,
    }  # fmt: skip
    make = makers.get(context.kind)
    if make is not None:
        return CompletionList(False, list(make(document, context)))
    is_open = context.kind == "brackets"
    items = _marks(context, has_snippets=has_snippets) if is_open else []
    found = list(islice(_names(document.wiki, context), MOST - len(items)))
    items = [_item(document, context, offer, at) for at, offer in enumerate(found)] + items
    return CompletionList(True, items)


def explain(wiki: OpenWiki, item: CompletionItem, *, is_markdown: bool = True) -> CompletionItem:
    """An item with what there is to say of its page: asked for when it is looked at."""
    name = item.data.get("name") if isinstance(item.data, dict) else None
    if isinstance(name, str) and is_canonical(name):
        kind = MarkupKind.Markdown if is_markdown else MarkupKind.PlainText
        item.documentation = MarkupContent(kind, describe(wiki, name, is_markdown=is_markdown))
    return item


def _context_at(document: Document, position: Position) -> _Context | None:
    offset = document.positions.offset(position)
    start, end = document.positions.span_of_line(document.positions.line_of(offset))
    start = max(start, offset - _REACH)
    before, after = document.text[start:offset], document.text[offset : min(end, offset + _REACH)]
    kind = document.kind
    if kind in ("rst", "markdown") and _is_in_body(document, offset):
        kind, before = "trope", before.lstrip()
    for name, pattern in _CONTEXTS.get(kind, ()):
        if name == "wikiwords" and not document.wiki.configuration.settings.wikiwords:
            continue
        if match := pattern.search(before):
            groups = match.groupdict()
            typed = groups["typed"].lstrip()
            place = document.positions.range(offset - len(typed), offset)
            space, target = groups.get("space") or "", groups.get("target") or ""
            if space and document.wiki.configuration.settings.namespaces.find(space) is None:
                space = ""
            return _Context(name, typed, space, target, place, after)
    return None


def _is_in_body(document: Document, offset: int) -> bool:
    """Whether *offset* is in a directive that contains trope markup."""
    spans = directives_in(document.text, document.kind)
    return any(
        d.body_start < offset <= d.end and d.name in ("trope", "trope-markup") for d in spans
    )


def _properties(document: Document, context: _Context) -> Iterator[CompletionItem]:
    closing = "" if ":)" in context.after else ":)"
    for name in sorted(PROPERTIES):
        edit = TextEdit(context.range, f"{name} {closing}")
        yield CompletionItem(name, kind=CompletionItemKind.Property, text_edit=edit)


def _kinds(document: Document, context: _Context) -> Iterator[CompletionItem]:
    for kind in KINDS:
        edit = TextEdit(context.range, f"{kind} ")
        yield CompletionItem(kind, kind=CompletionItemKind.EnumMember, text_edit=edit)


def _exclusions(document: Document, context: _Context) -> Iterator[CompletionItem]:
    for word in EXCLUDABLE:
        edit = TextEdit(context.range, word)
        yield CompletionItem(word, kind=CompletionItemKind.EnumMember, text_edit=edit)


def _sections(document: Document, context: _Context) -> Iterator[CompletionItem]:
    wiki = document.wiki
    if context.target:
        name = wiki.page_name(context.target)
        page = wiki.wiki.pages.get(wiki.resolve(str(name)).key) if name else None
        pages = [page.facts] if page else []
    else:
        pages = [*document.reading.facts.pages[:1]]
    slugs = [slug for page in pages for slug, _id in page.sections if not slug.startswith("trope-")]
    for at, slug in enumerate(dict.fromkeys(slugs)):
        edit = TextEdit(context.range, slug)
        yield CompletionItem(
            slug, kind=CompletionItemKind.Reference, text_edit=edit, sort_text=f"{at:05}"
        )


def _directives(document: Document, context: _Context) -> Iterator[CompletionItem]:
    closing = "::" if context.kind.startswith("rst") else "}"
    closing = "" if context.after.startswith(closing) else closing
    for name in _DIRECTIVES:
        edit = TextEdit(context.range, f"{name}{closing}")
        yield CompletionItem(name, kind=CompletionItemKind.Function, text_edit=edit)


def _roles(document: Document, context: _Context) -> Iterator[CompletionItem]:
    role = ":trope:" if context.kind.startswith("rst") else "{trope}"
    edit = TextEdit(context.range, f"{role}`")
    yield CompletionItem(role, kind=CompletionItemKind.Function, text_edit=edit)


def _marks(context: _Context, *, has_snippets: bool) -> list[CompletionItem]:
    """What may follow two brackets besides a page."""
    found = []
    is_closed = context.after.startswith("]]")
    for mark, snippet in _MARKS.items():
        if not mark.lower().startswith(context.typed.lower()):
            continue
        new = mark if is_closed or not has_snippets else snippet
        form = InsertTextFormat.PlainText if new == mark else InsertTextFormat.Snippet
        edit = TextEdit(context.range, new)
        found.append(
            CompletionItem(
                f"[[{mark}", kind=CompletionItemKind.Keyword, text_edit=edit, sort_text=f"9{mark}",
                filter_text=mark, insert_text_format=form,
            )
        )  # fmt: skip
    return found


def _names(wiki: OpenWiki, context: _Context) -> Iterator[_Offer]:
    """Names that may be meant: pages that begin so first, then those that contain it, aliases, and
    wanted names.
    """
    typed = f"{context.space}/{context.typed}" if context.space else context.typed
    name = wiki.page_name(typed)
    space, letters = "", ""
    if name is not None:
        letters = name.key.partition("/")[2]
        space = name.key.partition("/")[0] if name.namespace != MAIN else ""
    known = wiki.configuration.settings.namespaces.find(typed.rstrip(" /."))
    if known and typed.rstrip(" ")[-1:] in ("/", "."):
        space, letters = known.casefold(), ""  # the namespace alone
    pages, others = wiki.wiki.pages, []
    first, then = [], []
    for key in pages:
        namespace, _, bare = key.partition("/")
        if space and namespace != space:
            continue
        if bare.startswith(letters) or (not space and f"{namespace}{bare}".startswith(letters)):
            first.append(key)
        elif letters in bare:
            then.append(key)
    taken = 0
    for key in (*nsmallest(MOST, first, _short), *nsmallest(MOST, then, _short)):
        page = pages[key]
        kind = CompletionItemKind.Reference if page.facts.redirect else CompletionItemKind.File
        yield _Offer(PageName(*page.name.split("/", 1)), page.title, kind, page.namespace)
        taken += 1
    if taken >= MOST:
        return
    for key, aliases in wiki.wiki.aliases.items():
        for alias in aliases:
            own = PageName(*alias.split("/", 1))
            if own.key in pages or (space and not own.key.startswith(f"{space}/")):
                continue
            if letters in own.key.partition("/")[2]:
                of = f"{own.namespace}, for {pages[key].title}"
                others.append(_Offer(own, own.title, CompletionItemKind.Reference, of))
    yield from nsmallest(MOST, others, key=lambda offer: _short(str(offer.name)))
    if letters:
        yield from _wanted(wiki, space, letters)


def _short(key: str) -> tuple[int, str]:
    return len(key), key


def _wanted(wiki: OpenWiki, space: str, letters: str) -> Iterator[_Offer]:
    for wanted in wiki.wiki.wanted:
        namespace, _, bare = wanted.key.partition("/")
        if bare.startswith(letters) and (not space or namespace == space):
            name = PageName(*wanted.name.split("/", 1))
            detail = f"{name.namespace}, not written yet"
            yield _Offer(name, name.title, CompletionItemKind.Event, detail)


def _item(document: Document, context: _Context, offer: _Offer, at: int) -> CompletionItem:
    wiki, name = document.wiki, offer.name
    prefix = "" if name.namespace == MAIN or context.space else f"{name.namespace}/"
    words = _words(wiki, context, offer, prefix)
    after = context.after
    if context.kind == "braces":
        new = words + ("" if after.startswith("}}") else "}}")
    elif context.kind == "role":
        new = words + ("" if after.startswith(("`", ">`")) else "`")
    elif context.kind in ("words", "argument"):
        new = words
    elif context.kind == "brackets":
        new = prefix + name.name + ("" if after[:2] == "]]" or after[:1] in ("#", "|") else "]]")
    else:
        word = prefix + name.name
        is_link = is_wikiword(wiki.configuration.settings)(word)
        new = word if is_link else f"{prefix}{{{{{name.title}}}}}"
    filter_text = f"{prefix}{name.name}" if context.kind in ("brackets", "wikiwords") else words
    if not _is_inside(context.typed, filter_text):
        filter_text = context.typed
    return CompletionItem(
        offer.title,
        kind=offer.kind,
        detail=offer.detail,
        sort_text=f"{at:05}",
        filter_text=filter_text,
        text_edit=TextEdit(context.range, new),
        data={"uri": document.uri, "name": str(name)},
    )


def _words(wiki: OpenWiki, context: _Context, offer: _Offer, prefix: str) -> str:
    """The name in words: the title of the page, where it spells the name."""
    space = f"{context.space}/" if context.space else prefix
    means = wiki.page_name(f"{space}{offer.title}")
    is_plain = not any(mark in offer.title for mark in "{}[]|#`<>,\n")
    title = offer.title if means == offer.name and is_plain else offer.name.title
    return f"{prefix}{title}"


def _is_inside(typed: str, text: str) -> bool:
    """Whether the letters of *typed* are in *text*, in order: else a client would drop the item."""
    letters = iter(text.casefold())
    return all(letter in letters for letter in typed.casefold())
