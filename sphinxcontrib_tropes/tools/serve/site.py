"""A Sphinx application that builds a project again and again, as its files change."""

from __future__ import annotations

import os
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.application import Sphinx
from sphinx.util.console import nocolor

from ...build.live import LiveBuild
from ...internals.sphinx.environment import dependencies
from .orders import Order, Project, Reply
from .problems import Problems
from .unsaved import Unsaved

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from sphinx.environment import BuildEnvironment

__all__ = ["Site"]

_MOST_FIRST = 10
"""Maximum documents whose pages are written first: nobody waits for more of them at once."""


class Site:
    """The pages of a project, and the application that writes them. One per process.

    To be used within Sphinx's ``patch_docutils`` and ``docutils_namespace``.
    """

    def __init__(self, project: Project) -> None:
        self._app = self._opened(project)
        self._problems = Problems(self._app)
        # a project without the extension is built as sphinx-build does it
        self._live = LiveBuild(self._app) if "trope" in self._app.registry.domains else None
        self._unsaved = Unsaved(self._app)
        self._told_problems: object = None
        self._code = _Code(self._app)
        self._changed: set[Path] = set()
        """The files that changed since the last build."""
        self._must_look = True
        """Whether the next build must look for changes: those that were told are not all."""

    def _opened(self, project: Project) -> Sphinx:
        status = None if project.quiet or not sys.stderr.isatty() else sys.stderr
        if not sys.stderr.isatty():
            nocolor()  # otherwise Sphinx writes colours into files and pipes
        settings = dict(setting.split("=", 1) for setting in project.settings)
        return Sphinx(
            project.source,
            project.conf_dir,
            project.out,
            project.doctrees,
            project.builder,
            settings,
            status=status,
            warning=None if project.quiet else sys.stderr,
            tags=project.tags,
            parallel=project.jobs,
        )

    # -- orders

    def obey(self, order: Order) -> Reply:
        """Does what an order says.

        :raises Exception: whatever Sphinx or an extension raises.
        """
        if order.do == "store":
            if self._live is not None:
                self._live.store()
            return Reply("stored")
        retyped = self._unsaved.take(order.buffers)
        if order.do == "first":
            return self._first(order, retyped)
        began = time.time_ns()
        if order.do == "all":
            _outdate_pages(Path(self._app.outdir))
        if self._live is None:
            self._app.build()
        elif order.do == "rest" and not self._must_look:
            self._live.build_rest(self._changed)
        else:
            self._live.build_rest()
        self._changed.clear()
        self._problems.note_built(began)
        self._unsaved.mark()
        # unsaved text is stored as what it is, and so is what comes after it
        self._must_look = self._unsaved.is_open
        self._code.look()
        return self._told(Reply("done", watched=tuple(self._watched())))

    def _first(self, order: Order, retyped: Collection[str]) -> Reply:
        self._changed.update(map(Path, order.paths))
        changes = _Changes(self._app, self._code.files)
        for path in order.paths:
            changes.add(Path(path))
        if changes.needs_new_builder:
            return Reply("restart", write_all=changes.needs_every_page)
        changes.documents.update(retyped)
        if not changes.documents and not changes.needs_look:
            return Reply("ignored")
        self._must_look = self._must_look or changes.needs_look or bool(retyped)
        written: list[str] = []
        if self._live is not None and len(changes.documents) <= _MOST_FIRST:
            to_read = sorted(changes.documents)
            written = self._live.write_first(to_read)
            self._problems.note_written(written)
            self._unsaved.mark()
        return self._told(Reply("written", len(written)))

    def _told(self, reply: Reply) -> Reply:
        """*reply* with the problems, if they are others than the last that were told."""
        problems = self._problems.of_pages()
        if problems == self._told_problems:
            return reply
        self._told_problems = problems
        return reply._replace(problems=problems)

    def _watched(self) -> Iterator[str]:
        """Folders that pages depend on, outside of the source folder."""
        app = self._app
        folders = {Path(app.confdir), *_asset_folders(app)}
        folders.update(path.parent for path in self._code.files)
        for _docname, files in dependencies(app.env):
            folders.update(file.parent for file in files)
        for folder in sorted({Path(os.path.realpath(folder)) for folder in folders}):
            if not folder.is_dir() or folder.is_relative_to(app.srcdir):
                continue
            if _HOME.is_relative_to(folder):
                continue  # too much to watch, for the one file that a page includes
            if not any(folder.is_relative_to(place) for place in _OF_ENVIRONMENT):
                yield str(folder)


def _outdate_pages(out: Path) -> None:
    """Makes all pages older than their sources. Asked to write everything, Sphinx would leave out
    pages without a source; and what is interrupted goes on with the next build.
    """
    for page in out.rglob("*.html"):
        with suppress(OSError):
            os.utime(page, (0, 0))


class _Changes:
    """What changed files mean to a project."""

    def __init__(self, app: Sphinx, code: set[Path]) -> None:
        self._app = app
        self._code = code
        self._assets = [folder.resolve() for folder in _asset_folders(app)]
        self.documents: set[str] = set()
        """Documents to read again."""
        self.needs_look = False
        """Whether Sphinx must look for files that are new or gone."""
        self.needs_new_builder = False
        self.needs_every_page = False

    def add(self, path: Path) -> None:
        """Notes a file that changed, appeared or is gone."""
        app = self._app
        if path == Path(app.confdir, "conf.py") or path in self._code:
            self.needs_new_builder = True
            return
        docname = app.env.path2doc(path)
        if docname in app.env.found_docs:
            if path.is_file():
                self.documents.add(docname)
            else:
                self.needs_look = True
            return
        if any(path.is_relative_to(folder) for folder in self._assets):
            # Sphinx writes the checksums of static files into every page
            self.needs_new_builder = self.needs_every_page = True
            return
        depending = documents_depending(app.env, path)
        if depending:
            self.documents.update(depending)
        elif path.exists():
            self._add_unknown(path)
        elif any(Path(app.env.doc2path(d)).is_relative_to(path) for d in app.env.found_docs):
            self.needs_look = True

    def _add_unknown(self, path: Path) -> None:
        """Notes a file that no page is known to depend on: a new document, or a file that an
        extension reads when it starts.
        """
        if path.is_dir() or path.name.endswith(tuple(self._app.config.source_suffix)):
            self.needs_look = True
        elif path.is_relative_to(self._app.confdir):
            self.needs_new_builder = True


def documents_depending(env: BuildEnvironment, path: Path) -> list[str]:
    """The documents that include or show the file *path*."""
    found = []
    for docname, files in dependencies(env):
        if any(os.path.realpath(file) == str(path) for file in files if file.name == path.name):
            found.append(docname)
    return found


def _asset_folders(app: Sphinx) -> Iterator[Path]:
    """Folders with templates, static files, themes and translations of the project."""
    config: Any = app.config
    names = [config.templates_path, config.html_static_path, config.html_extra_path]
    names += [config.html_theme_path, config.locale_dirs]
    for name in (name for group in names for name in group or ()):
        folder = Path(app.confdir, name)
        # a folder that holds the sources is none of assets alone
        if folder.is_dir() and not Path(app.srcdir).is_relative_to(folder.resolve()):
            yield folder


class _Code:
    """The Python modules that are loaded and belong to the project, not to the environment."""

    def __init__(self, app: Sphinx) -> None:
        roots = [str(app.confdir), str(app.srcdir)]
        roots += [entry for entry in sys.path if entry and entry not in _PATH_AT_START]
        self._roots = [Path(os.path.realpath(root)) for root in roots]
        self._known: set[str] = set()
        self.files: set[Path] = set()

    def look(self) -> None:
        """Notes the modules that were loaded since the last look."""
        new = sys.modules.keys() - self._known
        self._known |= new
        for name in new:
            file = getattr(sys.modules.get(name), "__file__", None)
            if not isinstance(file, str):
                continue
            path = Path(os.path.realpath(file))
            if any(path.is_relative_to(place) for place in _OF_ENVIRONMENT):
                continue
            if any(path.is_relative_to(root) for root in self._roots):
                self.files.add(path)


_PATH_AT_START = frozenset(sys.path)

_HOME = Path(os.path.realpath(os.path.expanduser("~")))  # noqa: PTH111 - not every user has one

_OF_ENVIRONMENT = tuple(
    Path(os.path.realpath(place))
    for place in (sys.prefix, sys.base_prefix, Path(__file__).parents[2])
)
"""Where packages are, this one among them: nobody edits them while a preview runs."""
