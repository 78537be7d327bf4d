"""Feeds of recent changes: Atom, RFC 4287. One of the whole wiki, of each namespace and each index.

A feed needs absolute addresses, so there are none without the site's own.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote, unquote
from uuid import NAMESPACE_URL, uuid5
from weakref import ref
from xml.sax.saxutils import escape, quoteattr

from ..messages import _
from ..names import key_of, path_of
from ..printable import printable
from ..repository.history import Change, Edit, History
from ..stored_files import begins_with, delete, is_docname, write_whole
from .dates import stamp
from .documents import Documents
from .loading import edits_digest, feed_site, history, host

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx.application import Sphinx
    from sphinx.builders import Builder

    from ..data.emitters import Emission
    from ..wiki import Wiki

__all__ = ["FEEDS_FOLDER", "Feed", "FeedFiles", "all_feed", "feeds_of", "feeds_of_document"]

FEEDS_FOLDER = "feeds"
"""Folder of the feeds, below the generated pages."""
_ALL = "all.atom"
_MOST = 30
"""Maximum entries of a feed."""
_MARK = '<?xml version="1.0" encoding="utf-8"?>\n<!-- sphinxcontrib-tropes -->\n'


class Feed(NamedTuple):
    """One feed."""

    name: str
    """Its file, from the folder of the feeds."""
    title: str
    address: str


class _Source(NamedTuple):
    """What a feed tells of."""

    feed: Feed
    page: str
    """The document that shows the same to readers."""
    docnames: frozenset[str] | None
    """The documents that it tells of; None for all."""


def all_feed(app: Sphinx) -> Feed:
    """The feed of the whole wiki."""
    return _feed(app, _ALL, _("Recent changes"))


def _feed(app: Sphinx, name: str, title: str) -> Feed:
    folder = f"{app.config.tropes_pages_prefix}/{FEEDS_FOLDER}"
    whole = f"{app.config.project}: {title}" if app.config.project else title
    return Feed(name, printable(whole), f"{feed_site(app)}/{quote(f'{folder}/{name}')}")


def feeds_of(app: Sphinx, wiki: Wiki) -> Iterator[Feed]:
    """All feeds of a wiki."""
    return (source.feed for source in _sources(app, wiki))


def feeds_of_document(app: Sphinx, wiki: Wiki, docname: str) -> list[Feed]:
    """The feeds that the pages of a document are about: of their namespace, and of an index."""
    facts = wiki.documents.get(docname)
    found = {}
    for page in facts.pages if facts is not None else ():
        if not page.redirect:
            namespace = page.name.partition("/")[0]
            feed = _of_namespace(app, wiki, namespace)
            found[feed.name] = feed
    for page in facts.pages if facts is not None else ():
        written = wiki.pages.get(key_of(page.name))
        if written is not None and written.key in wiki.indexes and written.docname == docname:
            feed = _of_index(app, page.name, written.title)
            found[feed.name] = feed
    return list(found.values())


def _of_namespace(app: Sphinx, wiki: Wiki, namespace: str) -> Feed:
    stem = path_of(f"{namespace}/x").partition("/")[0]
    return _feed(app, f"namespace/{stem}.atom", wiki.namespaces.label(namespace))


def _of_index(app: Sphinx, name: str, title: str) -> Feed:
    return _feed(app, f"index/{path_of(name)}.atom", title)


def _sources(app: Sphinx, wiki: Wiki) -> Iterator[_Source]:
    prefix = app.config.tropes_pages_prefix
    yield _Source(all_feed(app), f"{prefix}/recent", None)
    by_namespace: dict[str, set[str]] = {}
    for page in wiki.pages.values():
        by_namespace.setdefault(page.namespace, set()).add(page.docname)
    for namespace, docnames in sorted(by_namespace.items()):
        feed = _of_namespace(app, wiki, namespace)
        yield _Source(feed, f"{prefix}/recent", frozenset(docnames))
    for key, members in sorted(wiki.indexes.items()):
        if index := wiki.pages.get(key):
            of_members = {wiki.pages[member].docname for member in members if member in wiki.pages}
            feed = _of_index(app, index.name, index.title)
            yield _Source(feed, index.docname, frozenset({index.docname, *of_members}))


class _Writer:
    """Writes feeds as XML."""

    def __init__(self, app: Sphinx, wiki: Wiki, of_sources: History) -> None:
        self._app = app
        self._documents = Documents(app, wiki)
        self._history = of_sources
        self._host = host(app)
        self._entries: dict[tuple[str, Change], str] = {}
        """Entries are in several feeds."""

    def text(self, source: _Source) -> str:
        config = self._app.config
        found = list(self._changes(source))
        times = [edit.time for edit, _change in found] or [self._history.edits[0].time]
        author = config.author if config.author not in ("", _NO_AUTHOR) else config.project
        feed = source.feed
        lines = [
            f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={_attribute(config.language or "en")}>',
            f"<title>{_text(feed.title)}</title>",
            f"<id>{_text(feed.address)}</id>",
            f"<updated>{stamp(max(times))}</updated>",
            f"<author><name>{_text(author or 'Sphinx')}</name></author>",
            f'<link rel="self" type="application/atom+xml" href={_attribute(feed.address)}/>',
            f'<link rel="alternate" type="text/html" href={_attribute(self._address(source.page))}/>',
            *(self._entry(edit, change) for edit, change in found),
            "</feed>\n",
        ]
        return _MARK + "\n".join(lines)

    def _changes(self, source: _Source) -> Iterable[tuple[Edit, Change]]:
        told = self._documents.is_told
        if source.docnames is not None:
            return self._history.changes_of(source.docnames, _MOST)
        every = ((edit, change) for edit in self._history.edits for change in edit.changes)
        found = ((edit, change) for edit, change in every if told(change))
        return (pair for pair, _number in zip(found, range(_MOST), strict=False))

    def _entry(self, edit: Edit, change: Change) -> str:
        key = edit.id, change
        if key not in self._entries:
            self._entries[key] = self._new_entry(edit, change)
        return self._entries[key]

    def _new_entry(self, edit: Edit, change: Change) -> str:
        title = str(_TITLES[change.kind]) % self._documents.title(change.docname)
        prefix = self._app.config.tropes_pages_prefix
        page = self._address(f"{prefix}/recent" if change.is_gone else change.docname)
        commit = self._host.commit(edit.id) if self._host is not None else ""
        name = f"{edit.id}/{change.docname}".encode("utf-8", "backslashreplace").decode()
        lines = [
            "<entry>",
            f"<title>{_text(title)}</title>",
            f"<id>urn:uuid:{uuid5(NAMESPACE_URL, name)}</id>",
            f"<updated>{stamp(edit.time)}</updated>",
            f'<link rel="alternate" type="text/html" href={_attribute(page)}/>',
        ]
        if commit:
            lines.append(f'<link rel="related" type="text/html" href={_attribute(commit)}/>')
        lines += [f"<summary>{_text(edit.subject)}</summary>", "</entry>"]
        return "\n".join(lines)

    def _address(self, docname: str) -> str:
        uri = self._app.builder.get_target_uri(docname)
        return f"{feed_site(self._app)}/{quote(unquote(uri))}"


_NO_AUTHOR = "Author name not set"
_TITLES = {
    "new": _("New: %s"),
    "edited": _("Edited: %s"),
    "renamed": _("Renamed: %s"),
    "gone": _("Gone: %s"),
}


def _text(text: str) -> str:
    """*text* as XML; what XML can't hold is written as an escape."""
    return escape(printable(text).replace("\ufffe", "").replace("\uffff", ""))


def _attribute(text: str) -> str:
    return quoteattr(printable(text))


class FeedFiles:
    """Emits the feeds."""

    name = "feeds"

    def __init__(self, app: Sphinx) -> None:
        self._app = ref(app)  # weak: the application keeps its emitters

    @property
    def _sphinx(self) -> Sphinx:
        app = self._app()
        assert app is not None
        return app

    def place(self, emission: Emission) -> str:
        prefix = emission.builder.config.tropes_pages_prefix
        return self.usual_place(prefix) if feed_site(self._sphinx) else ""

    def usual_place(self, prefix: str) -> str:
        return f"{prefix}/{FEEDS_FOLDER}"

    def is_complete(self, builder: Builder, place: str, stored: Any) -> bool:
        names = _names(stored)
        return (
            bool(names)
            and stored.get("of") == edits_digest(self._sphinx)
            and all(Path(builder.outdir, place, name).is_file() for name in names)
        )

    def write(self, emission: Emission, place: str, stored: Any) -> dict[str, Any]:
        app, out = self._sphinx, Path(emission.builder.outdir)
        writer = _Writer(app, emission.wiki, history(app) or History())
        texts = {source.feed.name: writer.text(source) for source in _sources(app, emission.wiki)}
        for name, text in texts.items():
            write_whole(out / place / name, text)
        _remove(out, place, _files(out, place) - texts.keys())
        return {"of": edits_digest(app), "files": sorted(texts)}

    def remove(self, builder: Builder, place: str) -> None:
        out = Path(builder.outdir)
        _remove(out, place, _files(out, place))


def _names(stored: Any) -> list[str]:
    names = stored.get("files") if isinstance(stored, dict) else None
    return names if isinstance(names, list) and all(map(is_docname, names)) else []


def _files(out: Path, place: str) -> set[str]:
    root = out / place
    return {path.relative_to(root).as_posix() for path in root.rglob("*.atom")}


def _remove(out: Path, place: str, names: Iterable[str]) -> None:
    for path in (out / place / name for name in sorted(names)):
        if begins_with(path, _MARK):
            delete(path, out)
