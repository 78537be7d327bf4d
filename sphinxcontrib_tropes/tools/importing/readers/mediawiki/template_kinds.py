"""What well-known templates become, and the rule that says the same."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...tree import (
    Break,
    Callout,
    Code,
    Note,
    Paragraph,
    Quotation,
    Spoiler,
    Styled,
    Text,
    WebLink,
    joined,
)
from .interwiki import elsewhere
from .nodes import stripped
from .pieces import Blocks, in_line, trimmed
from .tags import flow
from .template_fields import citation, first_of, links_to, unnamed

if TYPE_CHECKING:
    from collections.abc import Callable

    from ...tree import Inline, Style
    from .pieces import Piece
    from .template_use import Use

__all__ = ["MAKERS"]

_STYLES: dict[str, Style] = {
    "superscript": "superscript",
    "subscript": "subscript",
    "strike": "strike",
    "insert": "insert",
}

Made = tuple[list["Piece"], str] | None


def _spoiler(use: Use) -> Made:
    value = first_of(use.template, "1", "text", "content")
    # an equals sign in its text makes a name of what is before it: then all of it is covered
    values = [value] if value is not None else [part.value for part in use.arguments]
    inner: list[Inline] = []
    for part in values:
        inner += [Break()] if inner else []
        inner += _inline(flow(part, use.context))
    covered = trimmed(tuple(inner))
    return [Spoiler(covered)] if covered else [], "[[spoiler:$1]]"


def _inline(pieces: list[Piece]) -> list[Inline]:
    found: list[Inline] = []
    for piece in pieces:
        found.extend(in_line(piece.blocks) if isinstance(piece, Blocks) else (piece,))
    return found


def _quotation(use: Use) -> Made:
    value = first_of(use.template, "text", "quote", "content", "zitat", "1")
    if value is None:
        return None
    positional = unnamed(use.template)
    is_first = bool(positional) and value is positional[0].value
    who = first_of(
        use.template, "author", "by", "sign", "speaker", "autor", "auteur", *("2",) * is_first
    )
    where = first_of(use.template, "source", "title", "quelle", *("3",) * is_first)
    attribution: list[Inline] = []
    for part in (who, where):
        words = use.context.inlines(part) if part is not None else ()
        if words:
            attribution += [Text(", "), *words] if attribution else words
    blocks = use.context.blocks(value)
    return [Blocks((Quotation(blocks, joined(attribution)),))], "-> $1"


def _see(use: Use) -> Made:
    links = links_to(use.template, use.context)
    if not links:
        return None
    pieces: list[Piece] = [Styled("emphasis", (Text("See "), *links))]
    if use.is_alone:
        pieces = [Blocks((Paragraph((Styled("emphasis", (Text("See "), *links)),)),))]
    return pieces, "''See $links''"


def _wrapper(use: Use) -> Made:
    parts = unnamed(use.template)
    if not parts:
        return None
    lowered = use.name.lower()
    if (
        lowered in ("color", "colour", "font", "text color", "rtl-lang", "script", "resize")
        and len(parts) > 1
    ):
        parts = parts[1:]
    if lowered in (
        "ubl",
        "unbulleted list",
        "hlist",
        "flatlist",
        "plainlist",
        "plain list",
        "nihongo",
    ):
        pieces: list[Piece] = []
        for part in parts:
            pieces += [Text(" · " if lowered != "nihongo" else " ")] if pieces else []
            pieces += flow(stripped(part.value), use.context)
        return pieces, "$*"
    return flow(stripped(parts[0].value), use.context), f"${parts[0].name}"


def _language(use: Use) -> Made:
    parts = unnamed(use.template)
    if not parts:
        return None
    is_language_given = use.name.lower() in ("lang", "langue", "langx", "transl", "transliteration")
    chosen = parts[-1] if is_language_given and len(parts) > 1 else parts[0]
    return flow(stripped(chosen.value), use.context), f"${chosen.name}"


def _code(use: Use) -> Made:
    value = first_of(use.template, "1", "text", "code")
    words = use.context.words(value).strip() if value else ""
    return ([Code(words)], "[@$1@]") if words else None


def _template_link(use: Use) -> Made:
    words = [use.context.words(part.value).strip() for part in use.arguments]
    return [Code("{{" + "|".join(words) + "}}")], ""


def _styled(kind: Style) -> Callable[[Use], Made]:
    def make(use: Use) -> Made:
        value = first_of(use.template, "1")
        words = use.context.inlines(value) if value else ()
        return ([Styled(kind, words)], "$1") if words else None

    return make


def _citation(use: Use) -> Made:
    words = citation(use.template, use.context)
    return (list(words), "$citation") if words else None


def _note(use: Use) -> Made:
    value = first_of(use.template, "1", "content", "text")
    if value is None:
        return None
    if use.name.lower().startswith(("sfn", "harv")):
        parts = [use.context.words(part.value).strip() for part in unnamed(use.template)]
        page = first_of(use.template, "p", "pp", "loc")
        parts += [use.context.words(page).strip()] if page else []
        return [Note((Paragraph((Text(", ".join(parts)),)),))], "[[note]]$*[[/note]]"
    blocks = use.context.blocks(value)
    return ([Note(blocks)] if blocks else []), "[[note]]$1[[/note]]"


def _wikipedia(use: Use) -> Made:
    words = [use.context.words(part.value).strip() for part in unnamed(use.template)]
    page = words[0] if words else use.context.here
    there = elsewhere(f"w:{page}")
    if there is None:
        return None
    label = words[-1] if words else there.words
    if use.is_alone:
        blocks = Paragraph((WebLink(there.url, (Text(f"Wikipedia: {there.words}"),)),))
        return [Blocks((blocks,))], ""
    return [WebLink(there.url, (Text(label),))], ""


def _website(use: Use) -> Made:
    value = first_of(use.template, "1", "url")
    if value is None:
        return None
    url = use.context.words(value).strip()
    if "://" not in url:
        url = f"https://{url}"
    if len(url.split()) != 1 or not url.startswith(("http://", "https://")):
        return None
    second = first_of(use.template, "2", "name", "title")
    return [WebLink(url, use.context.inlines(second) if second else ())], "[[$1 $2]]"


def _youtube(use: Use) -> Made:
    value = first_of(use.template, "1", "id")
    words = use.context.words(value).strip() if value else ""
    if not re.fullmatch(r"[\w-]{5,20}", words):
        return None
    return [
        WebLink(f"https://www.youtube.com/watch?v={words}")
    ], "https://www.youtube.com/watch?v=$1"


def _description(use: Use) -> Made:
    value = first_of(use.template, "1")
    if value and (words := " ".join(use.context.words(value).split())):
        use.context.description = words
    return [], ""


def _anchor(use: Use) -> Made:
    return [], ""


def _callout(use: Use) -> Made:
    value = first_of(use.template, "text", "content", "message", "1", "2")
    if value is None:
        return None
    lowered = use.name.lower()
    if lowered in ("hatnote", "rellink", "dablink"):
        words = use.context.inlines(value)
        return [Blocks((Paragraph((Styled("emphasis", words),)),))], "''$1''"
    if not use.is_alone:
        return None
    kind = (
        lowered
        if lowered
        in ("note", "warning", "caution", "tip", "hint", "important", "danger", "attention")
        else "note"
    )
    title = first_of(use.template, "title", "header")
    blocks = use.context.blocks(value)
    callout = Callout(kind, use.context.inlines(title) if title else (), blocks)
    return [Blocks((callout,))], f"[[box:{kind}]]\n$1\n[[/box]]"


MAKERS: dict[str, Callable[[Use], Made]] = {
    "spoiler": _spoiler,
    "quotation": _quotation,
    "see": _see,
    "wrapper": _wrapper,
    "language": _language,
    "code": _code,
    "template link": _template_link,
    "citation": _citation,
    "note": _note,
    "wikipedia": _wikipedia,
    "website": _website,
    "youtube": _youtube,
    "description": _description,
    "anchor": _anchor,
    "callout": _callout,
    **{kind: _styled(style) for kind, style in _STYLES.items()},
}
