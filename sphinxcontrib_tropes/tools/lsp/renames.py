"""Renames: of pages, aliases, wanted names and sections, with all links to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lsprotocol.types import PrepareRenamePlaceholder

from ...markup.parser import page_name_of_file
from ...names import MAIN, PageName, key_of, slug
from ..editing.page_references import Snapshots
from ..editing.rename_links import is_wikiword
from ..editing.rename_project import name_typed
from ..editing.renaming import rename as rename_page
from ..editing.spellings import Spellings
from ..refusal import Refusal
from .edits import workspace_edit
from .navigation import section_at
from .outline import outline_of
from .section_renames import rename_section
from .texts import open_sources, rename_links_of
from .uris import inside_of, real_path

if TYPE_CHECKING:
    from lsprotocol.types import Position, WorkspaceEdit

    from .edits import Abilities
    from .open_wiki import Document, OpenWiki
    from .texts import OpenSources

__all__ = ["prepare", "rename", "rename_for_move"]


class _Subject(NamedTuple):
    """What is renamed."""

    kind: str
    """``page``, ``alias``, ``wanted`` or ``section``."""
    name: str
    """Canonical name; of a section, that of its page."""
    section: str
    start: int
    end: int


def prepare(document: Document, position: Position) -> PrepareRenamePlaceholder:
    """What would be renamed at *position*, and its name now.

    :raises Refusal: if nothing can be renamed there.
    """
    subject = _subject_at(document, position)
    shown = PageName(*subject.name.split("/", 1))
    prefix = "" if shown.namespace == MAIN else f"{shown.namespace}/"
    text = subject.section or f"{prefix}{shown.title}"
    if subject.section:
        text = document.text[subject.start : subject.end]
    return PrepareRenamePlaceholder(document.positions.range(subject.start, subject.end), text)


def rename(
    document: Document, position: Position, new_name: str, abilities: Abilities
) -> WorkspaceEdit:
    """The changes that give what is named at *position* another name.

    :raises Refusal: if that can't be done right.
    """
    wiki, subject = document.wiki, _subject_at(document, position)
    if subject.kind == "section":
        texts = rename_section(wiki, subject.name, subject.section, new_name)
        return workspace_edit(wiki, texts, None, abilities)
    old = PageName(*subject.name.split("/", 1))
    new = name_typed(new_name, wiki.configuration.settings.namespaces)
    if subject.kind == "page":
        texts, moved = _with_page_renamed(wiki, old, new)
        return workspace_edit(wiki, texts, moved, abilities)
    texts = _with_name_renamed(wiki, old, new)
    return workspace_edit(wiki, texts, None, abilities)


_Texts = dict[str, tuple[str, str]]
"""Path -> text before and after."""


def _with_page_renamed(
    wiki: OpenWiki, old: PageName, new: PageName
) -> tuple[_Texts, tuple[str, str] | None]:
    """The texts that change when a page gets another name, and where its file moves.

    :raises Refusal: if that can't be done right.
    """
    with open_sources(wiki) as sources:
        renamed = rename_page(sources, old, new, rename_links=rename_links_of(wiki))
        now = dict(renamed.texts)
        for name in _bare_names(wiki, old):
            _check_bare_name(wiki, name, old, new)
            named = name._replace(name=new.name)
            changed = sources.with_changed(now)
            now |= _with_links_renamed(wiki, changed, name, named)
        texts = {path: (sources.texts[path], text) for path, text in now.items()}
    return texts, renamed.moved


def _bare_names(wiki: OpenWiki, old: PageName) -> list[PageName]:
    """The other names by which links lead to a page, because no other namespace has a page of that
    name: ``{{Nosferatu}}`` for ``Film/Nosferatu``. Not its aliases.
    """
    found: dict[str, None] = {}
    for docname in wiki.wiki.sources(old.key):
        for target in wiki.wiki.documents[docname].pointers.targets:
            key = key_of(target)
            is_bare = key != old.key and key.partition("/")[2] == old.key.partition("/")[2]
            if is_bare and key not in wiki.wiki.pages and not wiki.resolve(target).via:
                found[target] = None
    names = {key_of(name): name for name in found if wiki.resolve(name).key == old.key}
    return [PageName(*name.split("/", 1)) for _key, name in sorted(names.items())]


def _check_bare_name(wiki: OpenWiki, name: PageName, old: PageName, new: PageName) -> None:
    """Looks whether the new page can be found without its namespace, too.

    :raises Refusal: if another page has that name.
    """
    letters = new.key.partition("/")[2]
    others = [
        page
        for key, page in wiki.wiki.pages.items()
        if key.partition("/")[2] == letters and key != old.key
    ]
    if others:
        docname, line, _file = next(
            (docname, link.line, link.file)
            for docname in wiki.wiki.sources(old.key)
            for link in wiki.wiki.documents[docname].links
            if key_of(link.target) == name.key
        )
        raise Refusal(
            f"{wiki.path(docname)}:{line} names the page {name}, without its namespace; {others[0].name} "
            "would be meant then"
        )


def rename_for_move(document: Document, new_uri: str, abilities: Abilities) -> WorkspaceEdit:
    """The changes of sources when the editor is about to move the file of a page, which gives it
    another name.

    :raises Refusal: if that can't be done right.
    """
    wiki, path = document.wiki, document.path
    target = real_path(new_uri)
    inside = inside_of(target, wiki.root) if target else ""
    own = wiki.page_of(path)
    namespaces = wiki.configuration.settings.namespaces
    old, new = (page_name_of_file(p, namespaces) for p in (path, inside or path))
    if own is None or own.key != old.key or old.key == new.key or not inside.endswith(".trope"):
        return workspace_edit(wiki, {}, None, abilities)
    texts, _moved = _with_page_renamed(wiki, old, new)
    return workspace_edit(wiki, texts, None, abilities)


def _subject_at(document: Document, position: Position) -> _Subject:
    wiki, offset = document.wiki, document.positions.offset(position)
    if section := section_at(document, offset):
        key, word, start, end = section
        page = wiki.wiki.pages.get(key)
        if page is None:
            raise Refusal("this section is of a page that nobody has written")
        return _Subject("section", page.name, word, start, end)
    if place := document.at(offset):
        if place.role == "alias" and key_of(place.name) not in wiki.wiki.pages:
            return _Subject("alias", place.name, "", place.start, place.end)
        return _named(wiki, place.name, place.start, place.end)
    line = document.positions.line_of(offset)
    own = wiki.page_of(document.path)
    if document.kind == "trope" and own is not None:
        for part in outline_of(document.text):
            if part.start == line and part.kind in ("heading", "folder") and part.title:
                begin = document.positions.span_of_line(line)[0]
                start = document.text.find(part.title, begin + part.title_start - 1)
                end = start + len(part.title)
                return _Subject("section", own.name, slug(part.title), start, end)
    raise Refusal("no page and no section is named here")


def _named(wiki: OpenWiki, name: str, start: int, end: int) -> _Subject:
    key = key_of(name)
    to = wiki.resolve(name)
    if key in wiki.wiki.pages:
        return _Subject("page", wiki.wiki.pages[key].name, "", start, end)
    if to.kind == "page" and not to.via:  # without its namespace
        return _Subject("page", to.name, "", start, end)
    if to.kind == "external":
        raise Refusal(f"{to.name} is a page of {to.project or 'another project'}")
    return _Subject("alias" if to.kind == "page" else "wanted", name, "", start, end)


def _with_name_renamed(wiki: OpenWiki, old: PageName, new: PageName) -> _Texts:
    """The texts that change where a name that is no page becomes another one.

    :raises Refusal: if the new name is taken, or a text names the old one in a way that can't be
        rewritten.
    """
    if old.key == new.key:
        raise Refusal(f"{old} and {new} are the same name")
    taken = wiki.resolve(str(new))
    if taken.kind in ("page", "external"):
        raise Refusal(f"{new} is already a name of {taken.name}")
    with open_sources(wiki) as sources:
        now = _with_links_renamed(wiki, sources, old, new)
        return {path: (sources.texts[path], text) for path, text in now.items()}


def _with_links_renamed(
    wiki: OpenWiki, sources: OpenSources, old: PageName, new: PageName
) -> dict[str, str]:
    """Path -> new text, where links to *old*, which is no page, become links to *new*."""
    spellings = Spellings(old, new, is_wikiword(sources.settings))
    snapshots = Snapshots(sources, old, new)
    rename_links = rename_links_of(wiki)
    now = {}
    for path in sources.naming(old):
        if not sources.kind(path):
            continue
        text, _count, _irregular = rename_links(sources, path, old, spellings, snapshots)
        text = _with_alias_renamed(wiki, path, text, old, new)
        if text != sources.texts[path]:
            now[path] = text
    return now


def _with_alias_renamed(wiki: OpenWiki, path: str, text: str, old: PageName, new: PageName) -> str:
    """The text of a page that has *old* as an alias."""
    facts = wiki.wiki.documents.get(wiki.configuration.docname(path))
    pages = facts.pages if facts else ()
    holders = [p for p in pages if any(key_of(alias) == old.key for alias in p.aliases)]
    if not holders:
        return text
    places = wiki.read(path, text).places
    spans = [p for p in places if p.role == "alias" and key_of(p.name) == old.key]
    if not spans:
        raise Refusal(f"{path}:{holders[0].line} has {old} as an alias: change it there")
    spelling = f"{new.namespace}/{new.title}" if new.namespace != MAIN else new.title
    for place in reversed(spans):
        text = f"{text[: place.start]}{spelling}{text[place.end :]}"
    now = wiki.read(path, text).facts.pages
    if not any(key_of(alias) == new.key for page in now for alias in page.aliases):
        raise Refusal(f"{path}:{holders[0].line} has {old} as an alias: change it there")
    return text
