"""The errors and warnings of each page, as they stand after the builds so far."""

from __future__ import annotations

import logging
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util.build_phase import BuildPhase
from sphinx.util.logging import NAMESPACE, get_node_location, is_suppressed_warning

from ...internals.sphinx.environment import dependencies
from ...internals.sphinx.output_files import modified, output_path
from ...printable import printable
from .orders import Problem
from .stored_problems import load, store

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

__all__ = ["Problems", "shown_path"]

_LONGEST = 2000
"""Maximum characters of a message."""

_MOST = 50
"""Maximum problems of a page: nobody reads more at once."""

_MOST_OF_ALL = 2000

# ``file:12``, ``file:``, ``module.py:docstring of module.name:3``, ``file:<translated>:1``
_LOCATION = re.compile(r"(?P<file>.+?)(?::(?:docstring of .*?|<translated>))?(?::(?P<line>\d*))?")

_ByDocument = dict[str, list[Problem]]


class Problems(logging.Handler):
    """Collects what Sphinx warns of.

    A document keeps the warnings of its reading until it is read again, and those of its writing
    until it is written again. Warnings about the whole wiki are repeated in every build.
    """

    def __init__(self, app: Sphinx) -> None:
        super().__init__(logging.WARNING)
        self._app = app
        self._of_reading: _ByDocument = {}
        self._of_writing: _ByDocument = {}
        self._of_wiki: _ByDocument = {}
        self._of_consistency: _ByDocument = {}
        self._now_written: _ByDocument = {}
        self._now_consistency: _ByDocument = {}
        self._is_loaded = False
        self._is_updating = False
        """Whether all documents are read, and it is found out what else that changes."""
        logging.getLogger(NAMESPACE).addHandler(self)
        app.connect("env-get-outdated", self._begin_build, priority=0)
        app.connect("env-purge-doc", self._begin_document, priority=0)
        app.connect("env-updated", self._end_reading, priority=0)
        app.connect("env-check-consistency", self._end_consistency, priority=999)
        app.connect("write-started", self._begin_writing, priority=0)

    # -- when

    def _begin_build(self, app: Sphinx, env: BuildEnvironment, *_changes: object) -> list[str]:
        if not self._is_loaded:
            self._of_reading, self._of_writing = load(app)
            self._is_loaded = True
        self._of_wiki = {}
        self._now_written = {}
        self._is_updating = False
        return []

    def _begin_document(self, app: Sphinx, env: BuildEnvironment, docname: str) -> None:
        self._of_reading.pop(docname, None)

    def _end_reading(self, app: Sphinx, env: BuildEnvironment) -> list[str]:
        self._is_updating = True
        return []

    def _end_consistency(self, app: Sphinx, env: BuildEnvironment) -> None:
        self._of_consistency, self._now_consistency = self._now_consistency, {}

    def _begin_writing(self, app: Sphinx, builder: object) -> None:
        self._is_updating = False

    def note_written(self, docnames: Iterable[str]) -> None:
        """To be called when these documents have been written: their warnings are complete."""
        for docname in docnames:
            self._of_writing.pop(docname, None)
            if docname in self._now_written:
                self._of_writing[docname] = self._now_written.pop(docname)

    def note_built(self, began: int) -> None:
        """To be called when a build has ended.

        :param began: the time when it began, in nanoseconds.
        """
        self._is_updating = False
        noted = self._of_writing.keys() - self._now_written.keys()
        self.note_written({*self._now_written, *(d for d in noted if self._is_since(d, began))})
        store(self._app, self._of_reading, self._of_writing)

    def _is_since(self, docname: str, began: int) -> bool:
        """Whether a page was written after a time: parallel builds don't tell which they write."""
        written = modified(self._app.builder, docname)
        return written is None or written >= began

    # -- what

    def emit(self, record: logging.LogRecord) -> None:
        # Sphinx hands on what it held back while it read
        if getattr(record, "is_noted_by_preview", False):
            return
        record.is_noted_by_preview = True
        kind, subtype = getattr(record, "type", "") or "", getattr(record, "subtype", "") or ""
        if kind and is_suppressed_warning(kind, subtype, self._app.config.suppress_warnings):
            return
        path, line = _place(self._app, getattr(record, "location", None))
        level = "error" if record.levelno >= logging.ERROR else "warning"
        text = printable(record.getMessage())
        if len(text) > _LONGEST:
            text = f"{text[:_LONGEST]} …"
        name = f"{kind}.{subtype}" if subtype else kind
        problem = Problem(text, level, shown_path(self._app, path), line, name)
        found = self._kept_now()
        for docname in self._documents(path):
            found.setdefault(docname, []).append(problem)

    def _kept_now(self) -> _ByDocument:
        phase = self._app.phase
        if self._is_updating:
            is_checking = phase == BuildPhase.CONSISTENCY_CHECK
            return self._now_consistency if is_checking else self._of_wiki
        return self._of_reading if phase == BuildPhase.READING else self._now_written

    def _documents(self, path: str) -> Collection[str]:
        """The documents that show a problem at *path*; "" if it is of no document."""
        env = self._app.env
        if env.current_document.docname in env.found_docs:
            return [env.current_document.docname]  # even if it is about a file that it includes
        if not path:
            return [""]
        docname = env.path2doc(path)
        if docname and docname in env.found_docs:
            return [docname]
        including = [name for name, files in dependencies(env) if Path(path) in files]
        return including or [""]

    def of_pages(self) -> tuple[tuple[str, tuple[Problem, ...]], ...]:
        """The problems of each page, by the path of its file in the output folder."""
        found: dict[str, dict[Problem, None]] = {}
        kept = (self._of_reading, self._of_writing, self._of_wiki, self._of_consistency)
        for documents in kept:
            for docname, problems in documents.items():
                if docname and docname not in self._app.env.found_docs:
                    continue
                found.setdefault(self._page(docname), {}).update(dict.fromkeys(problems))
        total = 0
        pages = []
        for page, of_page in sorted(found.items()):
            problems = sorted(of_page, key=lambda p: (p.level, p.file, p.line, p.text))[:_MOST]
            total += len(problems)
            if total > _MOST_OF_ALL:
                break
            pages.append((page, tuple(problems)))
        return tuple(pages)

    def _page(self, docname: str) -> str:
        if not docname:
            return ""
        path = output_path(self._app.builder, docname)
        return path.relative_to(self._app.outdir).as_posix() if path else ""


def _place(app: Sphinx, location: object) -> tuple[str, int]:
    """Path and line of a warning; "" and 0 if unknown."""
    if isinstance(location, tuple):
        docname, line = location
        return (str(app.env.doc2path(docname)) if docname else ""), int(line or 0)
    if isinstance(location, nodes.Node):
        location = get_node_location(location)
    if not isinstance(location, str) or not location:
        return "", 0
    if ":" not in location:
        return str(app.env.doc2path(location)), 0
    found = _LOCATION.fullmatch(location)
    path, line = (found["file"], int(found["line"] or 0)) if found else (location, 0)
    # docutils tells included files relative to the current folder
    absolute = Path.cwd() / path
    return (os.path.normpath(absolute) if absolute.exists() else path), line


def shown_path(app: Sphinx, path: str) -> str:
    """*path* as a reader is told it: relative to the source folder if it is in there."""
    if not path:
        return ""
    absolute = Path(app.srcdir, path)
    if absolute.is_relative_to(app.srcdir):
        return printable(absolute.relative_to(app.srcdir).as_posix())
    return printable(path)
