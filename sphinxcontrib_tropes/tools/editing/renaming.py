"""Renames a page, and rewrites every link to it.

Each changed source is read before and after: only the name may differ. If anything can't be
rewritten safely, the rename is refused. Renaming back can be tried before anything is written.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ...names import MAIN, PageName
from ..refusal import Refusal
from .document_references import lines_with_document, with_document_moved
from .page_references import Snapshots
from .rename_file import check_pictures, find_definition, new_path
from .rename_links import is_wikiword, not_understood, with_links_renamed
from .spellings import Spellings

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    from .source_files import Sources

    _RenameLinks: TypeAlias = Callable[
        [Sources, str, PageName, Spellings, Snapshots], tuple[str, int, list[tuple[int, str]]]
    ]

__all__ = ["Renamed", "rename", "unrestored"]

_INCLUDES = re.compile(r"(?:\.\.[ \t]+|\{)(?:[\w:-]*include|auto\w+|\w+-table)(?:::|\})|:file:")


class Renamed(NamedTuple):
    """What a rename changes in the sources."""

    texts: dict[str, str]
    """Old path -> new text of each file that changes."""
    moved: tuple[str, str] | None
    """Old and new path of the page's own file; None if a directive defines the page."""
    links: int
    """The number of links changed."""
    irregular: tuple[tuple[str, int, str], ...]
    """Path, line and spelling of each link whose style the new name can't keep."""
    snapshots: Snapshots
    """Snapshots of the texts that were read; renaming back needs them again."""


def rename(
    sources: Sources,
    old: PageName,
    new: PageName,
    *,
    is_alias: bool = False,
    snapshots: Snapshots | None = None,
    rename_links: _RenameLinks = with_links_renamed,
) -> Renamed:
    """Gives the page *old* the name *new*.

    :param is_alias: whether to keep the old name as an alias.
    :param snapshots: the snapshots of an earlier rename between the two names.
    :param rename_links: renames the links in one file, for who knows where they are.
    :raises Refusal: if the rename is not safe.
    """
    if old.key == new.key:
        raise Refusal(f"{old} and {new} are the same name")
    definition = find_definition(sources, old, new)
    spellings = Spellings(old, new, is_wikiword(sources.settings))
    if snapshots is None:
        snapshots = Snapshots(sources, old, new)
    edited: dict[str, str] = {}
    irregular: list[tuple[str, int, str]] = []
    links = 0
    moved = None
    if definition.is_file:
        moved = (definition.path, new_path(sources, definition.path, old, new))
    for path in sources.naming(old):
        if not sources.kind(path):
            continue
        text, count, places = rename_links(sources, path, old, spellings, snapshots)
        links += count
        irregular += ((path, *place) for place in places)
        if moved and sources.kind(path) != "trope":
            text, count = with_document_moved(text, path, *map(_docname, moved))
            links += count
            _check_document_references(sources, path, text, _docname(moved[0]))
        if moved and path == moved[0]:
            text = _with_alias(text, old, new, is_alias=is_alias)
        if text != sources.texts[path]:
            edited[path] = text
    _check_includes(sources, old, snapshots)
    if moved:
        check_pictures(sources, *moved)
    if is_alias and not moved:
        raise Refusal(f"{old} is defined by a directive: add the alias in {definition.path}")
    return Renamed(edited, moved, links, tuple(irregular), snapshots)


def _docname(path: str) -> str:
    return path.rpartition(".")[0]


def _check_includes(sources: Sources, old: PageName, snapshots: Snapshots) -> None:
    """Reads the documents that may include text from elsewhere.

    :raises Refusal: if such text refers to *old*.
    """
    naming = set(sources.naming(old))
    for path in sources.texts:
        if sources.kind(path) in ("", "trope") or path in naming:
            continue
        text = sources.texts[path]
        if not _INCLUDES.search(text):
            continue
        snapshot = snapshots.of(path, text)
        if snapshot.counts[old.key]:
            raise Refusal(not_understood(path, old, snapshot))


def _check_document_references(sources: Sources, path: str, text: str, docname: str) -> None:
    """Looks for references to *docname*, a document that has moved, in the new *text* of *path*.

    :raises Refusal: if any is left.
    """
    found = lines_with_document(sources.doctree(path, text), docname, path)
    if (line := next(found, None)) is not None:
        raise Refusal(
            f"{path}:{line} refers to the document {docname} in a way that can't be rewritten; "
            "nothing was changed"
        )


def unrestored(sources: Sources, renamed: Renamed, old: PageName, new: PageName) -> str:
    """What renaming back to *old* would not restore, as a sentence; empty if everything is
    restored.

    :raises Refusal: if renaming back is not possible.
    """
    texts = dict(sources.texts) | renamed.texts
    if renamed.moved:
        texts[renamed.moved[1]] = texts.pop(renamed.moved[0])
    back = rename(sources._replace(texts=texts), new, old, snapshots=renamed.snapshots)
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
    if changed:
        return f"{changed[0]} already refers to {new}"
    return f"{renamed.moved[0] if renamed.moved else ''} would get another name"


# -- the old name as an alias


def _with_alias(text: str, old: PageName, new: PageName, *, is_alias: bool) -> str:
    """The text of the page itself, without a first line that makes *new* an alias.

    :param is_alias: whether to add such a line for *old*.
    """
    bom = "\ufeff" if text.startswith("\ufeff") else ""
    rest = text.removeprefix(bom)
    newline = "\r\n" if "\r\n" in text else "\n"
    for end in ("\r\n", "\n"):
        rest = rest.removeprefix(_alias(new) + end)
    return f"{bom}{_alias(old)}{newline}{rest}" if is_alias else bom + rest


def _alias(name: PageName) -> str:
    return f"(:alias {str(name).removeprefix(f'{MAIN}/')}:)"
