"""Builds again and again in one process: the page that was edited first, then the rest."""

from __future__ import annotations

from contextlib import nullcontext
from errno import ENOENT
from pathlib import Path
from typing import TYPE_CHECKING

from ..internals.gc_policy import paused, settle, tidy
from ..internals.sphinx.environment import dependencies
from ..internals.sphinx.kept_search_index import KeptSearchIndex
from ..internals.sphinx.pages_at_once import read_again, renumber
from ..internals.sphinx.told_changes import store_environment, told_changes
from .session import session_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

__all__ = ["LiveBuild"]


class LiveBuild:
    """The builds of one application, for whoever watches its sources. To be used by one thread.

    What Sphinx raises passes through. Everything can be used again after that. Paths of files are
    below ``app.srcdir``, with that as their beginning.

    :param app: an application that has not been built yet.
    """

    def __init__(self, app: Sphinx) -> None:
        self._app = app
        self._session = session_of(app)
        self._search_index = KeptSearchIndex(app)
        self._read_first: set[str] = set()
        """Documents that were read since the last build that ended well."""
        self._outdated: set[str] = set()
        """Documents whose pages the next build has to write, though it need not read them."""
        self._is_whole = False
        """Whether the last build ended well."""
        self._is_stored = True
        """Whether the environment is stored as it is, or not at all."""
        app.connect("env-updated", self._write_again)
        app.connect("build-finished", self._end)

    def documents_of(self, paths: Iterable[Path]) -> list[str]:
        """The documents of the last build that are made from any of these files: sources, and what
        they include, with pictures.
        """
        by_path = self._documents_by_path(paths)
        return sorted({docname for found in by_path.values() for docname in found})

    def _documents_by_path(self, paths: Iterable[Path]) -> dict[Path, set[str]]:
        env = self._app.env
        found: dict[Path, set[str]] = {path.absolute(): set() for path in paths}
        for path, docnames in found.items():
            docname = env.path2doc(path)
            # another file may have the same docname, with another suffix
            if docname in env.all_docs and Path(env.doc2path(docname)) == path:
                docnames.add(docname)
        for docname, included in dependencies(env):
            for path in included:
                if path in found:
                    found[path].add(docname)
        return found

    # -- building

    def write_first(self, changed: Sequence[str]) -> list[str]:
        """Reads documents again, and writes exactly their pages at once. :meth:`build_rest` then
        writes all other pages that this changes. Warnings of these documents come now, not then.

        :param changed: docnames.
        :returns: the documents whose pages are written: none before the first build, and none that
            are new or have gone.
        """
        if not self._session.can_write_first:
            return []
        with paused():
            known = [name for name in dict.fromkeys(changed) if self._is_there(name)]
            # some extensions look at the files before they are read; ours finds their encoding
            self._app.events.emit("env-before-read-docs", self._app.env, known)
            read = [name for name in known if self._read(name)]
            if read:
                self._outdated |= {*read, *renumber(self._app, read)}
                self._session.write_first(read)
        return read

    def _is_there(self, docname: str) -> bool:
        """Whether a document was there in the last build, and is now."""
        env = self._app.env
        return docname in env.all_docs and Path(env.doc2path(docname)).is_file()

    def _read(self, docname: str) -> bool:
        """Reads a document, unless it has gone just now."""
        self._is_stored = False
        self._read_first.discard(docname)
        try:
            read_again(self._app, docname)
        except OSError as error:  # docutils before 0.22 raises one of its own
            if error.errno != ENOENT:
                raise
            return False  # it has gone, or a file that it includes has
        self._read_first.add(docname)
        return True

    def build_rest(self, changed: Collection[Path] | None = None) -> None:
        """Builds what is out of date: the output is then that of a build from nothing.

        :param changed: all files that have changed, come or gone since the last build, if known,
            those of :meth:`write_first` too. Then nothing else is looked at, and :meth:`store` is
            left to you.
        """
        told = self._told(changed) if changed is not None and self._is_whole else None
        self._is_whole = False
        self._is_stored = told is None
        around = nullcontext() if told is None else told_changes(self._app, told)
        with around, self._search_index.used():
            self._app.build()
        self._is_whole = True
        settle()

    def _told(self, changed: Iterable[Path]) -> set[str] | None:
        """The documents to read because of these files; None if Sphinx must look itself: files may
        be new, or gone, or be for all documents.
        """
        app, found = self._app, set()
        assets = [Path(app.confdir, path) for path in _assets(app)]
        for path, docnames in self._documents_by_path(changed).items():
            is_of_all = path.suffix == ".py" or any(map(path.is_relative_to, assets))
            if is_of_all or not docnames or not path.is_file():
                return None
            modified = path.stat().st_mtime_ns // 1000
            found |= {
                name
                for name in docnames
                if name not in self._read_first or app.env.all_docs[name] < modified
            }
        return found

    def store(self) -> None:
        """Does what can wait until nobody types, or until the end: stores what the next process
        begins with, if :meth:`build_rest` did not. Without it, the next process reads again what was
        edited.

        :raises OSError: if it can't be written.
        """
        tidy()
        if not self._is_stored and self._is_whole and not self._read_first:
            store_environment(self._app)
            self._is_stored = True

    def _write_again(self, _app: Sphinx, env: BuildEnvironment) -> list[str]:
        return sorted(self._outdated & env.found_docs)

    def _end(self, _app: Sphinx, exception: Exception | None) -> None:
        if exception is None:
            self._outdated.clear()
            self._read_first.clear()


def _assets(app: Sphinx) -> list[str]:
    """Files and folders that are for all pages."""
    config = app.config
    pictures = filter(None, (config.html_logo, config.html_favicon))
    return [*config.templates_path, *map(str, app.builder.get_asset_paths()), *pictures]
