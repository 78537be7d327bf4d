"""Documents without a source: the index, backlinks and wanted pages.

Their doctrees are built by hand and stored where Sphinx keeps those of any document. For the write
phase alone they are registered as documents, in memory: so theme, search, ``:doc:`` links, the
inventory and parallel writing work on them as on any page, and no glob toctree, no list of changed
files, no pickled environment ever sees them (:mod:`.internals.sphinx.virtual_documents`). Backlinks
pages go another way where HTML is written (:mod:`.backlink_pages`): of them only names, titles and
digests are kept.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypedDict, cast

import docutils
from docutils import nodes
from docutils.utils import new_document

from ..builders import abilities
from ..findings import health_of
from ..internals.sphinx.virtual_documents import (
    VirtualDocument,
    document_settings,
    register,
    unregister,
)
from ..messages import _, warn
from ..reading.slots import trope_generated
from ..stored_files import delete, is_docname, read_json, reported, write_whole
from ..wiki.views.document import (
    atlas_view,
    backlinks_parts,
    backlinks_view,
    digest,
    index_view,
    wanted_view,
)
from .not_found import address_of_missing, is_missing_page_free
from .site_map import INDEX_LABEL, NOT_FOUND, Pages, backlinks_docname, backlinks_title

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from ..wiki import Wiki
    from ..wiki.views.invalidation import Affected

__all__ = ["Generated", "Kept", "collisions", "generate", "stored"]

_STATE = "tropes-generated.json"
_FORM = 2
"""Of what is in it."""


@dataclass
class Generated:
    """The documents without a source of one build."""

    pages: Pages = field(default_factory=Pages)
    digests: dict[str, str] = field(default_factory=dict)
    """Docname -> digest of its view; empty where it is told when that is written. None of what was
    stored."""
    titles: dict[str, str] = field(default_factory=dict)
    names: dict[str, tuple[str, int]] = field(default_factory=dict)
    """Docname of each backlinks page -> key of the name, and which of its pages this is."""
    is_direct: bool = False
    """Whether backlinks pages are no documents: :class:`.Abilities`."""
    taken: tuple[str, ...] = ()
    """Those that are left out, for a document of the user's is there: nothing links to them."""

    @property
    def docnames(self) -> Iterable[str]:
        return self.titles.keys()

    def digest(self, view: tuple[Any, ...]) -> str:
        """The digest of a document with this view."""
        return digest((view, *self.pages.of_the_wiki, self.taken))

    def register(self, env: BuildEnvironment) -> None:
        """Makes the documents known to Sphinx, for the write phase."""
        documents = {
            docname: VirtualDocument(title, self._is_searched(docname))
            for docname, title in self._documents()
        }
        register(env, documents, self._labels())

    def _is_searched(self, docname: str) -> bool:
        """Whether search finds it: most repeat what the pages say."""
        pages = self.pages
        is_backlinks = docname.startswith(f"{pages._prefix}/backlinks/")
        return not is_backlinks and docname not in (pages.graph, pages.missing)

    def _labels(self) -> dict[str, str]:
        return {INDEX_LABEL: self.pages.index} if self.pages.index else {}

    def _documents(self) -> Iterator[tuple[str, str]]:
        """Docname and title of those that are written as documents are."""
        is_direct = self.is_direct
        return (item for item in self.titles.items() if not (is_direct and item[0] in self.names))

    def unregister(self, env: BuildEnvironment) -> None:
        """Takes the documents away again: the next build in this process is to find none."""
        unregister(env, [docname for docname, _title in self._documents()], self._labels())


class Kept(NamedTuple):
    """What a build needs not look at again."""

    before: Generated
    """The documents as they were stored."""
    digests: Mapping[str, str]
    """Docname -> digest of its view, as it was written."""
    affected: Affected
    """What may be another since."""

    def gone(self) -> Iterator[str]:
        """The backlinks pages that there may be none of any more."""
        names = self.before.names.items()
        return (docname for docname, (key, _part) in names if key in self.affected.keys)


def stored(app: Sphinx, made_from: str) -> Generated | None:
    """The documents as an earlier build noted and stored them, if they were made from the same.

    :param made_from: fingerprint of the wiki and of every setting that they depend on.
    """
    if not abilities(app.builder).has_generated_pages:
        return None
    state = _read_state(app)
    if state["made_from"] != made_from or state["taken"]:
        return None
    documents = state["documents"]
    is_direct = abilities(app.builder).writes_directly
    folder = Path(app.doctreedir)
    if not all(
        (folder / f"{docname}.doctree").exists()
        for docname, (_title, key, _part) in documents.items()
        if not (is_direct and key)
    ):
        return None
    prefix = app.config.tropes_pages_prefix
    if _taken(app, documents.keys() - {NOT_FOUND}):
        return None
    names = {docname: (key, part) for docname, (_title, key, part) in documents.items() if key}
    return Generated(
        Pages(
            f"{prefix}/index",
            f"{prefix}/wanted",
            f"{prefix}/health",
            f"{prefix}/graph" if f"{prefix}/graph" in documents else "",
            NOT_FOUND if NOT_FOUND in documents else "",
            frozenset(names),
            prefix,
        ),
        titles={docname: title for docname, (title, *_) in documents.items()},
        names=names,
        is_direct=is_direct,
    )


def generate(
    app: Sphinx,
    wiki: Wiki,
    made_from: str,
    kept: Kept | None = None,
    *,
    is_told_later: bool = False,
) -> Generated:
    """The documents for the *wiki* as it is now; their doctrees are stored where they changed.

    :param made_from: as for :func:`stored`.
    :param kept: what needs no look; without it all documents are looked at.
    :param is_told_later: whether no look is taken at backlinks pages, for they are written in any
        case.
    """
    if not abilities(app.builder).has_generated_pages:
        return Generated()
    prefix = app.config.tropes_pages_prefix
    names: dict[str, tuple[str, int]] = {}
    if app.config.tropes_backlinks_pages:
        if kept is None:
            names = _names_with_backlinks(prefix, wiki, wiki.targets)
        else:
            names = {
                docname: (key, part)
                for docname, (key, part) in kept.before.names.items()
                if key not in kept.affected.keys
            } | _names_with_backlinks(prefix, wiki, kept.affected.keys)
    index, wanted, health = f"{prefix}/index", f"{prefix}/wanted", f"{prefix}/health"
    graph = f"{prefix}/graph" if app.config.tropes_graph else ""
    taken = _taken(app, [index, wanted, health, *filter(None, [graph]), *names])
    if kept is not None and taken:
        return generate(app, wiki, made_from)  # what is left out is told to every page
    _report(taken)
    pages = Pages(
        "" if index in taken else index,
        "" if wanted in taken else wanted,
        "" if health in taken else health,
        "" if graph in taken else graph,
        NOT_FOUND if wiki.pages and is_missing_page_free(app) else "",
        frozenset(names.keys() - taken.keys()),
        prefix,
    )
    generated = Generated(
        pages, is_direct=abilities(app.builder).writes_directly, taken=tuple(sorted(taken))
    )
    stubs: dict[str, trope_generated] = {}

    def add(docname: str, title: str, of_view: str, stub: trope_generated) -> None:
        generated.titles[docname] = title
        generated.digests[docname] = of_view
        stubs[docname] = stub

    def keep(docname: str, kept: Kept) -> None:
        generated.titles[docname] = kept.before.titles[docname]
        generated.digests[docname] = kept.digests[docname]

    whole: dict[str, tuple[str, str, Callable[[Wiki], tuple[Any, ...]]]] = {
        "index": (pages.index, _("Trope index"), index_view),
        "wanted": (pages.wanted, _("Wanted pages"), wanted_view),
        "health": (pages.health, _("Wiki health"), health_of(app)),
        "graph": (pages.graph, _("Graph of the wiki"), atlas_view),
    }
    for kind, (docname, title, make) in whole.items():
        if docname and kept is not None and kind not in kept.affected.whole:
            keep(docname, kept)
        elif docname:
            stub = trope_generated(kind=kind, key="", part=1)
            add(docname, title, generated.digest(make(wiki)), stub)
    if pages.missing:
        missing = trope_generated(kind="missing", key="", part=1)
        address = address_of_missing(app.builder)
        add(pages.missing, _("Page not found"), generated.digest((address,)), missing)
    parts = Counter(key for key, _part in names.values())
    for docname in sorted(pages._backlinks):
        key, part = generated.names[docname] = names[docname]
        if kept is not None and key not in kept.affected.keys:
            keep(docname, kept)
            continue
        of_view = "" if is_told_later else generated.digest(backlinks_view(wiki, key, part))
        stub = trope_generated(kind="backlinks", key=key, part=part)
        add(docname, backlinks_title(wiki, key, part, parts[key]), of_view, stub)
    with reported(Path(app.doctreedir)):
        _store(app, generated, stubs, made_from, taken)
    return generated


def _names_with_backlinks(
    prefix: str, wiki: Wiki, keys: Iterable[str]
) -> dict[str, tuple[str, int]]:
    """Docname -> which of *keys* has a backlinks page, and which of its pages this is."""
    found = {}
    for key in keys:
        if not wiki.is_target(key):
            continue
        page = wiki.pages.get(key)
        name = page.name if page else wiki.wanted_name(key)
        if not name:
            continue  # in another project
        docname = backlinks_docname(prefix, name)
        found[docname] = key, 1
        for part in range(2, backlinks_parts(wiki, key) + 1):
            found[f"{docname}/{part}"] = key, part
    return found


def _taken(app: Sphinx, docnames: Iterable[str]) -> dict[str, str]:
    """Which of *docnames* a document of the user's has, and that."""
    documents = {_as_written(docname, app): docname for docname in app.env.found_docs}
    found = ((docname, documents.get(_as_written(docname, app))) for docname in docnames)
    return {docname: document for docname, document in found if document is not None}


def _report(taken: Mapping[str, str]) -> None:
    for docname, document in taken.items():
        warn("collision", _collision(docname, document), (document, None), is_error=True)


def _collision(docname: str, document: str) -> str:
    return (
        f"the document {document!r} is where the generated page {docname!r} would be; "
        f"that page is left out (rename the document, or set tropes_pages_prefix)"
    )


def collisions(app: Sphinx, wiki: Wiki) -> Iterator[tuple[str, str]]:
    """Each document that stands where a build of HTML generates a page, and what is said of it."""
    prefix = app.config.tropes_pages_prefix
    below = f"{prefix}/".casefold()
    if not any(docname.casefold().startswith(below) for docname in app.env.found_docs):
        return  # what backlinks pages there are takes a look at every link
    names = [f"{prefix}/index", f"{prefix}/wanted", f"{prefix}/health"]
    if app.config.tropes_graph:
        names.append(f"{prefix}/graph")
    if app.config.tropes_backlinks_pages:
        names += _names_with_backlinks(prefix, wiki, wiki.targets)
    for docname, document in _taken(app, names).items():
        yield document, _collision(docname, document)


def _as_written(docname: str, app: Sphinx) -> str:
    """The same for two documents that would be one file, also where case is ignored."""
    if abilities(app.builder).has_folders and docname.endswith("/index"):
        docname = docname.removesuffix("/index")
    return docname.casefold()


def _read_state(app: Sphinx) -> _State:
    """What is noted beside the doctrees; nothing, if another version noted it, or anything in it
    can't be.
    """
    state = read_json(Path(app.doctreedir, _STATE))
    if (
        isinstance(state, dict)
        and state.get("version") == _version(app)
        and isinstance(state.get("made_from"), str)
        and isinstance(state.get("taken"), list)
        and isinstance(documents := state.get("documents"), dict)
        and all(map(is_docname, documents))
        and all(map(_is_document, documents.values()))
    ):
        return cast("_State", state)
    return {"version": "", "made_from": "", "taken": [], "documents": {}}


class _State(TypedDict):
    """What is noted beside the doctrees."""

    version: str
    made_from: str
    """What the documents were made from as a whole."""
    taken: list[str]
    """Which names were taken."""
    documents: dict[str, list[Any]]
    """Of each document its title, and of a backlinks page the key and which it is."""


def _is_document(value: object) -> bool:
    return (
        isinstance(value, list)
        and len(value) == len(_DOCUMENT)
        and all(map(isinstance, value, _DOCUMENT))
    )


_DOCUMENT = str, str, int


def _version(app: Sphinx) -> str:
    """Of whatever a pickled doctree depends on."""
    return f"{_FORM} {docutils.__version__} {sorted(app.env.version.items())}"


def _write_state(
    app: Sphinx, made_from: str, taken: Iterable[str], documents: dict[str, list[Any]]
) -> None:
    state: _State = {
        "version": _version(app),
        "made_from": made_from,
        "taken": sorted(taken),
        "documents": documents,
    }
    write_whole(Path(app.doctreedir, _STATE), json.dumps(state, sort_keys=True))


def _store(
    app: Sphinx,
    generated: Generated,
    stubs: dict[str, trope_generated],
    made_from: str,
    taken: Iterable[str],
) -> None:
    """Writes the doctrees that are new or have another title, and deletes those of documents that
    are gone.

    What a document shows is put in when it is written; its doctree says but what that is. Doctrees
    may be shared by builders. So what they are is noted beside them, and nothing is noted of what
    a build that was cut short may have left half done.
    """
    folder, is_direct = Path(app.doctreedir), abilities(app.builder).writes_directly
    before = _read_state(app)["documents"]
    documents = {
        docname: [title, *generated.names.get(docname, ("", 1))]
        for docname, title in generated.titles.items()
    }
    changed = {
        docname
        for docname in stubs
        if before.get(docname) != documents[docname]
        or (
            not (is_direct and docname in generated.names)
            and not (folder / f"{docname}.doctree").exists()
        )
    }
    gone = before.keys() - documents.keys()
    if changed or gone:
        unchanged = {d: noted for d, noted in before.items() if d in documents.keys() - changed}
        _write_state(app, "", taken, unchanged)
        for docname in gone:
            if docname not in app.env.found_docs:
                delete(folder / f"{docname}.doctree", folder)
        settings = document_settings(app.env) if changed else None
        for docname in sorted(changed):
            if is_direct and docname in generated.names:
                # of another builder, and what it was made from is another now
                delete(folder / f"{docname}.doctree", folder)
                continue
            document = new_document(str(app.env.doc2path(docname)), settings)
            title = nodes.title(generated.titles[docname], generated.titles[docname])
            stub = stubs[docname]
            document += nodes.section("", title, stub, ids=[f"trope-{stub['kind']}"])
            app.builder.write_doctree(docname, document)
    _write_state(app, made_from, taken, documents)
