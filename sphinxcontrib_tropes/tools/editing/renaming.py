"""A page gets another name, and every link to it with it.

What is edited is read before and after, and must say the same but for the name; what can't be read
so is refused. And the way back is tried before the way there is gone.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from docutils import nodes

from ...markup.dialect import DIALECT
from ...markup.nodes import trope_page
from ...markup.parser import page_name_of_file
from ...names import MAIN, PageName, key_of
from ..refusal import Refusal
from .document_references import lines_with_document, with_document_moved
from .occurrences import (
    Place,
    places_by_letters,
    places_in_markdown,
    places_in_rst,
    places_in_trope,
)
from .page_references import Reading, Readings
from .source_files import Sources
from .spellings import Spellings

if TYPE_CHECKING:
    from collections.abc import Callable

    from ...markup import MarkupSettings

__all__ = ["Renamed", "rename", "rest_of_the_way_back"]

_FINDERS = {"trope": places_in_trope, "rst": places_in_rst, "markdown": places_in_markdown}
_MOST_TRIED = 200
"""How often a file is read for the sake of what is no link after all."""
_LONGEST = 200
"""Bytes of a file's name: file systems allow 255, and Sphinx adds suffixes."""
_MOST_TOLD = 5
"""How many more places are named that are not understood."""


class Renamed(NamedTuple):
    """What a rename makes of the sources."""

    texts: dict[str, str]
    """Path -> new text of each file that changes, under its old path."""
    moved: tuple[str, str] | None
    """Old and new path of the page's own file."""
    links: int
    """How many places name the page."""
    irregular: tuple[tuple[str, int, str], ...]
    """Path, line and spelling of each that has no like in the new name."""
    readings: Readings
    """What was read on the way, and is met again on the way back."""


class _Definition(NamedTuple):
    path: str
    name: str
    is_file: bool


def rename(
    sources: Sources,
    old: PageName,
    new: PageName,
    *,
    is_alias: bool = False,
    readings: Readings | None = None,
) -> Renamed:
    """The page *old* gets the name *new*.

    :param is_alias: whether the old name stays as an alias.
    :param readings: of the two names, by an earlier rename.
    :raises Refusal: if that can't be done safely.
    """
    if old.key == new.key:
        raise Refusal(f"{old} and {new} are the same name")
    definition = _definition(sources, old, new)
    spellings = Spellings(old, new, _is_wikiword(sources.settings))
    if readings is None:
        readings = Readings(sources, old, new)
    edited: dict[str, str] = {}
    irregular: list[tuple[str, int, str]] = []
    links = 0
    moved = None
    if definition.is_file:
        moved = (definition.path, _new_path(sources, definition.path, old, new))
    for path in sources.naming(old):
        if not sources.kind(path):
            continue
        text, count, odd = _edited(sources, path, old, spellings, readings)
        links += count
        irregular += ((path, *place) for place in odd)
        if moved and sources.kind(path) != "trope":
            text, count = with_document_moved(text, path, *map(_docname, moved))
            links += count
            _check_document(sources, path, text, _docname(moved[0]))
        if moved and path == moved[0]:
            text = _with_aliases(text, old, new, is_alias=is_alias)
        if text != sources.texts[path]:
            edited[path] = text
    _check_brought_in(sources, old, readings)
    if moved:
        _check_pictures(sources, *moved)
    if is_alias and not moved:
        raise Refusal(f"{old} is defined by a directive: give it the alias in {definition.path}")
    return Renamed(edited, moved, links, tuple(irregular), readings)


_BRINGS_IN = re.compile(r"(?:\.\.[ \t]+|\{)(?:[\w:-]*include|auto\w+|\w+-table)(?:::|\})|:file:")


def _check_brought_in(sources: Sources, old: PageName, readings: Readings) -> None:
    """Looks into documents that may show what is written elsewhere.

    :raises Refusal: if one names *old* by that.
    """
    naming = set(sources.naming(old))
    for path, text in sources.texts.items():
        kind = sources.kind(path)
        if kind in ("", "trope") or path in naming or not _BRINGS_IN.search(text):
            continue
        reading = readings.of(path, text)
        if reading.names[old.key]:
            raise Refusal(_not_understood(path, sources, old, reading))


def _check_document(sources: Sources, path: str, text: str, docname: str) -> None:
    """Looks for *docname*, which has moved, in *text*.

    :raises Refusal: if a list of contents or a role still means it.
    """
    found = lines_with_document(sources.doctree(path, text), docname, path)
    if (line := next(found, None)) is not None:
        raise Refusal(
            f"{path}:{line} names the document {docname} in a way that is not understood; nothing is "
            "changed"
        )


def _check_pictures(sources: Sources, path: str, moved: str) -> None:
    """Looks at the pictures of a page that goes to another folder.

    :raises Refusal: if it shows one by a path from the folder that it leaves.
    """
    if PurePosixPath(path).parent == PurePosixPath(moved).parent:
        return
    for image in sources.doctree(path, sources.texts[path]).findall(nodes.image):
        if not _FROM_ANYWHERE.match(image["uri"]):
            raise Refusal(
                f"{path}:{image.line or 1} shows {image['uri']} by its path from the page's folder, "
                "which changes: write that path from the folder of the sources, after a slash"
            )


_FROM_ANYWHERE = re.compile(r"/|[A-Za-z][A-Za-z0-9+.\-]*:")


def _docname(path: str) -> str:
    return path.rpartition(".")[0]


def _is_wikiword(settings: MarkupSettings) -> Callable[[str], bool]:
    tokens = DIALECT.scanner(wikiwords=settings.wikiwords).tokens

    def is_wikiword(text: str) -> bool:
        return [(0, len(text))] == [
            (start, end) for start, end, name, _ in tokens(text) if name.startswith("wikiword")
        ]

    return is_wikiword


# -- where the page is


def _definition(sources: Sources, old: PageName, new: PageName) -> _Definition:
    """Where *old* is defined.

    :raises Refusal: if it is not, or twice, or if there is a *new* already.
    """
    found: list[_Definition] = []
    for name in (old, new):
        for path in sources.naming(name):
            if not sources.kind(path) or not sources.may_define(path, name):
                continue
            for page in sources.doctree(path, sources.texts[path]).findall(trope_page):
                _check_page(page, path, old, new)
                if key_of(page["name"]) == old.key and name is old:
                    is_file = sources.kind(path) == "trope"
                    found.append(_Definition(path, page["name"], is_file))
    if not found:
        raise Refusal(f"no page is called {old}")
    if len(found) > 1:
        places = ", ".join(sorted(definition.path for definition in found))
        raise Refusal(f"{old} is claimed twice: in {places}")
    return found[0]


def _check_page(page: trope_page, path: str, old: PageName, new: PageName) -> None:
    own, aliases = key_of(page["name"]), set(map(key_of, page["aliases"]))
    if own == new.key:
        raise Refusal(f"there is a page {new} already: {path}")
    if old.key in aliases and own != old.key:
        raise Refusal(f"{old} is an alias of {page['name']}: change the property in {path}")
    if new.key in aliases and own != old.key:
        raise Refusal(f"{new} is an alias of {page['name']} already: {path}")


def _new_path(sources: Sources, path: str, old: PageName, new: PageName) -> str:
    """Where the page's own file goes."""
    file = PurePosixPath(path)
    suffix = next(end for end in sources.kinds if path.endswith(end))
    stem = file.name.removesuffix(suffix)
    named = Spellings(PageName(MAIN, old.name), PageName(MAIN, new.name), lambda text: True)
    folder = file.parent
    if old.namespace != new.namespace:
        is_named = sources.settings.namespaces.find(folder.name) == old.namespace
        if old.namespace != MAIN and not is_named:
            raise Refusal(f"{path} says its namespace itself, not by its folder: change it there")
        above = folder.parent if is_named else folder
        folder = above / _folder_name(sources, above, new.namespace)
        if new.namespace == MAIN and not any(
            PurePosixPath(other).is_relative_to(folder) for other in sources.texts
        ):
            folder = above
    spelled = named.table("words").get(stem, new.name)
    moved = (folder / f"{spelled}{suffix}").as_posix()
    if page_name_of_file(moved, sources.settings.namespaces).key != new.key:
        moved = (folder / f"{new.name}{suffix}").as_posix()
    if page_name_of_file(moved, sources.settings.namespaces).key != new.key:
        raise Refusal(f"no file can have the name {new}")
    if len(moved.rpartition("/")[2].encode()) > _LONGEST:
        raise Refusal(f"{new.name[:40]}... is too long for the name of a file")
    if moved.casefold() in {other.casefold() for other in sources.texts}:
        raise Refusal(f"{moved} is there already")
    return moved


def _folder_name(sources: Sources, above: PurePosixPath, namespace: str) -> str:
    """What the folder of *namespace* in *above* is called: as it is there, in whatever case."""
    there = {
        path.relative_to(above).parts[0]
        for path in map(PurePosixPath, sources.texts)
        if path.is_relative_to(above) and path.parent != above
    }
    find = sources.settings.namespaces.find
    like = sorted(name for name in there if find(name) == namespace)
    return like[0] if like and namespace not in like else namespace


# -- links


def _edited(
    sources: Sources, path: str, old: PageName, spellings: Spellings, readings: Readings
) -> tuple[str, int, list[tuple[int, str]]]:
    """The new text of *path*; how many places it changes; line and spelling of the irregular.

    :raises Refusal: if the page is named in a way that is not understood.
    """
    text = sources.texts[path]
    if not text.isascii() and any("\udc80" <= character <= "\udcff" for character in text):
        raise Refusal(f"{path} is not UTF-8, and may name {old}; nothing is changed")
    if not readings.of(path, text).names[old.key]:
        return text, 0, []
    chosen, after = _chosen(sources, path, old, spellings, readings)
    if after.names[old.key]:
        raise Refusal(_not_understood(path, sources, old, after))
    odd = [
        (text.count("\n", 0, place.start) + 1, text[place.start : place.end])
        for place in chosen
        if text[place.start : place.end] not in spellings.table(place.context)
    ]
    return _applied(text, chosen, spellings), len(chosen), odd


def _not_understood(path: str, sources: Sources, old: PageName, reading: Reading) -> str:
    """What to say of a text that names *old* where no place can be changed."""
    told = []
    for source, line in reading.places[old.key]:
        file = path if not source or source.endswith(PurePosixPath(path).name) else source
        told.append(f"{file}:{line}" if line else file)
    first, *others = dict.fromkeys(told)
    more = f" (and so do {', '.join(others[:_MOST_TOLD])})" if others else ""
    return f"{first} names {old} in a way that is not understood{more}; nothing is changed"


def _chosen(
    sources: Sources, path: str, old: PageName, spellings: Spellings, readings: Readings
) -> tuple[list[Place], Reading]:
    """The places in *path* that name *old* and say nothing else when they are changed; and how the
    text reads then. It is right if the page is not named any more.

    Those that the markup tells are tried at once, and in halves where that is wrong; then those that
    overlap them; then all that has the letters of the name.
    """
    text = sources.texts[path]
    before = after = readings.of(path, text)
    chosen: list[Place] = []
    tries = _MOST_TRIED
    comments = _comments(text) if sources.kind(path) == "trope" else []
    for guesses in (_guesses(sources, path, text), places_by_letters(text, old)):
        rest = [guess for guess in guesses if _names(sources, text, guess, old)]
        rest = _outside(rest, comments) if comments else rest
        while rest and after.names[old.key]:
            batch, rest = _apart(rest, chosen)
            waiting = [batch] if batch else []
            while waiting and after.names[old.key] and tries:
                batch = waiting.pop()
                tries -= 1
                wanted = sorted([*chosen, *batch])
                reading = readings.of(path, _applied(text, wanted, spellings))
                fewer = after.names[old.key] - reading.names[old.key]
                all_names = sum(reading.names.values())
                if (
                    reading.says == before.says
                    and fewer >= len(batch)
                    and all_names == sum(before.names.values())
                ):
                    chosen, after = wanted, reading
                elif len(batch) > 1:
                    half = len(batch) // 2
                    waiting += [batch[half:], batch[:half]]
    return chosen, after


_COMMENT = re.compile(r"\(:comment\b(?:[^:\n]|:(?!\)))*+(?P<end>:\))?", re.IGNORECASE)


def _comments(text: str) -> list[tuple[int, int]]:
    """Where comments of trope markup stand."""
    return [match.span() for match in _COMMENT.finditer(text) if match["end"]]


def _outside(places: list[Place], spans: list[tuple[int, int]]) -> list[Place]:
    """Those of *places* that begin in none of *spans*, which are in their order."""
    starts = [start for start, _ in spans]
    return [
        place
        for place in places
        if not (at := bisect_right(starts, place.start)) or place.start >= spans[at - 1][1]
    ]


def _apart(places: list[Place], taken: list[Place]) -> tuple[list[Place], list[Place]]:
    """Those of *places* that overlap neither one another nor *taken*; and the others that do not
    overlap *taken*.
    """
    busy = sorted((place.start, place.end) for place in taken)
    batch: list[Place] = []
    rest: list[Place] = []
    end = at = 0
    for place in sorted(set(places), key=lambda place: (place[:2], place.context == "target")):
        while at < len(busy) and busy[at][1] <= place.start:
            at += 1
        if at < len(busy) and busy[at][0] < place.end:
            continue
        if place.start >= end:
            batch.append(place)
            end = place.end
        else:
            rest.append(place)
    return batch, rest


def _guesses(sources: Sources, path: str, text: str) -> list[Place]:
    find = _FINDERS.get(sources.kind(path))
    return find(text, sources.settings) if find else []


def _names(sources: Sources, text: str, place: Place, name: PageName) -> bool:
    spelling = text[place.start : place.end]
    if place.context == "link" and spelling.startswith("[["):
        spelling = spelling[2:-2]
    found = sources.settings.namespaces.page_name(spelling)
    return found is not None and found.key == name.key


def _applied(text: str, places: list[Place], spellings: Spellings) -> str:
    pieces: list[str] = []
    position = 0
    for place in places:
        spelling = text[place.start : place.end]
        like = spellings.table(place.context).get(spelling) or _default(spelling, place, spellings)
        if place.context == "target" and " " in like and "{{" not in like:
            like = f"{{{{{like}}}}}"
        pieces += text[position : place.start], like
        position = place.end
    return "".join([*pieces, text[position:]])


def _default(spelling: str, place: Place, spellings: Spellings) -> str:
    """The new name in place of a *spelling* that has no like."""
    hidden = _HIDDEN.search(spelling)
    if place.context == "link" and hidden and hidden["shown"].strip():
        # {{Godzilla|2014}} shows a part of the name: it still does
        return f"[[{spellings.default('words')} {hidden['shown'].strip()}]]"
    return spellings.default(place.context)


_HIDDEN = re.compile(r"\{\{(?P<shown>[^{}|]*)\|")


def rest_of_the_way_back(sources: Sources, renamed: Renamed, old: PageName, new: PageName) -> str:
    """What another rename, back to *old*, would not restore: a sentence, or nothing."""
    texts = dict(sources.texts) | renamed.texts
    if renamed.moved:
        texts[renamed.moved[1]] = texts.pop(renamed.moved[0])
    there = sources._replace(texts=texts)
    back = rename(there, new, old, readings=renamed.readings)
    restored = texts | back.texts
    if back.moved:
        restored[back.moved[1]] = restored.pop(back.moved[0])
    if restored == dict(sources.texts):
        return ""
    if renamed.irregular:
        path, line, spelling = renamed.irregular[0]
        others = len(renamed.irregular) - 1
        more = f", and {others} more" if others else ""
        return f"{path}:{line} spells it {spelling!r}{more}"
    changed = sorted(path for path in sources.texts if restored.get(path) != sources.texts[path])
    place = changed[0] if changed else renamed.moved[0] if renamed.moved else ""
    return f"{new} is named in {place} already" if changed else f"{place} would be called otherwise"


# -- the old name as an alias


def _with_aliases(text: str, old: PageName, new: PageName, *, is_alias: bool) -> str:
    """The text of the page itself: a property at its head that makes its new name an alias goes,
    and one for the old name comes.
    """
    bom = "\ufeff" if text.startswith("\ufeff") else ""
    rest = text.removeprefix(bom)
    newline = "\r\n" if "\r\n" in text else "\n"
    for end in ("\r\n", "\n"):
        rest = rest.removeprefix(_alias(new) + end)
    return f"{bom}{_alias(old)}{newline}{rest}" if is_alias else bom + rest


def _alias(name: PageName) -> str:
    return f"(:alias {str(name).removeprefix(f'{MAIN}/')}:)"
