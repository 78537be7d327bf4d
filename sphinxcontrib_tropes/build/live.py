"""Builds again and again in one process: the page that was edited first, then the rest."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ..internals.gc_policy import settle
from ..internals.sphinx.environment import dependencies
from ..internals.sphinx.pages_at_once import read_again, renumber
from .session import session_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

__all__ = ["LiveBuild"]


class LiveBuild:
    """The builds of one application, for whoever watches its sources. To be used by one thread.

    What Sphinx raises passes through. Both ways to build can be used again after that.

    :param app: an application that has not been built yet.
    """

    def __init__(self, app: Sphinx) -> None:
        self._app = app
        self._session = session_of(app)
        self._written: set[str] = set()
        """Documents whose pages the next build has to write, though it need not read them."""
        app.connect("env-updated", self._write_again)
        app.connect("build-finished", self._end)

    def documents_of(self, paths: Iterable[Path]) -> list[str]:
        """The documents of the last build that are made from any of these files: sources, and what
        they include.
        """
        env, changed = self._app.env, {path.absolute() for path in paths}
        found = {env.path2doc(path) for path in changed} & env.all_docs.keys()
        for docname, of_document in dependencies(env):
            if not changed.isdisjoint(map(Path.absolute, of_document)):
                found.add(docname)
        return sorted(name for name in found if name)

    def write_first(self, changed: Sequence[str]) -> list[str]:
        """Reads documents again, and writes exactly their pages at once. :meth:`build_rest` then
        writes all other pages that this changes. Warnings of these documents come now, not then.

        :param changed: docnames.
        :returns: the documents whose pages are written: none before the first build, and none that
            are new or have gone.
        """
        app = self._app
        if not self._session.can_write_first:
            return []
        read = [name for name in dict.fromkeys(changed) if self._read(name)]
        if read:
            self._written |= {*read, *renumber(app, read)}
            self._session.write_first(read)
        return read

    def _read(self, docname: str) -> bool:
        """Reads a document, unless it is new or has gone."""
        env = self._app.env
        if docname not in env.all_docs or not Path(env.doc2path(docname)).is_file():
            return False
        try:
            read_again(self._app, docname)
        except FileNotFoundError:  # just now, or a file that it includes
            return False
        return True

    def build_rest(self) -> None:
        """Builds what is out of date: the output is then that of a build from nothing."""
        self._app.build()
        settle()

    def _write_again(self, _app: Sphinx, env: BuildEnvironment) -> list[str]:
        return sorted(self._written & env.found_docs)

    def _end(self, _app: Sphinx, exception: Exception | None) -> None:
        if exception is None:
            self._written.clear()
