"""Reads the history of a project's sources once in each build."""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from sphinx.util import logging
from sphinx.util.matching import Matcher

from ..builders import abilities
from ..config import counts_all
from ..domain import trope_domain
from ..repository.found_hosts import host_of
from ..repository.git_log import LateError, Log, LogError, is_in_repository, parsed, read_log
from ..repository.head import head_of
from ..repository.history import History, history_of
from ..stored_files import replaced

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from ..repository.hosts import Host

__all__ = ["edits_digest", "feed_site", "foot_documents", "history", "host", "load"]

_logger = logging.getLogger(__name__)


class _Loaded:
    """What is known of one application."""

    def __init__(self) -> None:
        self.head: tuple[str, ...] | None = None
        self.log: Log | None = None
        """The log at that head."""
        self.history: History | None = None
        self.host: Host | None = None
        self.documents: frozenset[str] = frozenset()
        self.digest = ""
        """Of the history."""
        self.told: set[str] = set()
        """What was told already."""


_loaded: WeakKeyDictionary[Sphinx, _Loaded] = WeakKeyDictionary()


def history(app: Sphinx) -> History | None:
    """The history of the sources in this build; None if none is known, or none is wanted."""
    loaded = _loaded.get(app)
    return loaded.history if loaded is not None else None


def host(app: Sphinx) -> Host | None:
    """Where the sources are on the web; None if that is not known."""
    loaded = _loaded.get(app)
    return loaded.host if loaded is not None else None


def foot_documents(app: Sphinx) -> frozenset[str]:
    """The documents that tell when they were edited: those with pages of the wiki, or all."""
    loaded = _loaded.get(app)
    return loaded.documents if loaded is not None else frozenset()


def edits_digest(app: Sphinx) -> str:
    """A digest of the history; empty if there is none."""
    loaded = _loaded.get(app)
    return loaded.digest if loaded is not None else ""


def feed_site(app: Sphinx) -> str:
    """The address of the site, for feeds, without a slash at its end; empty if there are none."""
    if history(app) is None:
        return ""
    site: str = app.config.html_baseurl or os.environ.get("READTHEDOCS_CANONICAL_URL") or ""
    return site.rstrip("/") if site.startswith(("http://", "https://")) else ""


def load(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Reads the history, once all sources are known."""
    loaded = _loaded.setdefault(app, _Loaded())
    loaded.history, loaded.host, loaded.digest = None, None, ""
    able = abilities(app.builder)
    if not able.has_generated_pages or able.is_book:
        return []
    loaded.host = host_of(app.config)
    is_all = counts_all(app.config)
    loaded.documents = frozenset(
        env.found_docs if is_all else trope_domain(env).documents_with_pages()
    )
    if app.config.tropes_recent:
        _load_history(app, env, loaded)
    return []


def _load_history(app: Sphinx, env: BuildEnvironment, loaded: _Loaded) -> None:
    log = _log(loaded, Path(app.srcdir), Path(app.doctreedir, _STORED))
    if log is None:
        return
    documents = {
        Path(env.doc2path(docname, base=False)).as_posix(): docname for docname in env.found_docs
    }
    found = history_of(log, documents, _Docnames(app))
    if not found.edits:
        return  # the sources are in no commit: a program makes them, or they are new
    loaded.history = found
    told = repr((found.edits, found.is_whole)).encode("utf-8", "backslashreplace")
    loaded.digest = hashlib.blake2b(told, digest_size=8).hexdigest()
    if not found.is_whole:
        _tell(
            loaded, "the oldest commits are not known (a shallow clone?): some pages have no date"
        )
    if not feed_site(app):
        _tell(loaded, "feeds of recent changes are left out: they need html_baseurl")


def _log(loaded: _Loaded, folder: Path, stored: Path) -> Log | None:
    """The log of a folder, from this process, from the build before, or from git."""
    if not is_in_repository(folder):
        return None
    head = head_of(folder)
    if head is not None and head == loaded.head:
        return loaded.log
    loaded.head = loaded.log = None
    key = f"{_FORM} {json.dumps([str(folder), head])}\n".encode()
    loaded.log = _stored_log(stored, key) if head is not None else None
    if loaded.log is None:
        try:
            output = read_log(folder)
            loaded.log = parsed(output)
        except LogError as error:
            _tell(loaded, f"recent changes are left out: {error}")
            if not isinstance(error, LateError):
                return None
            output, loaded.log = _LATE, Log(())
        if head is not None and len(output) < _MOST_STORED:
            with suppress(OSError), replaced(stored) as temporary:
                temporary.write_bytes(key + output)
    loaded.head = head
    return loaded.log


_STORED = "tropes-history"
"""The file, beside the doctrees, with what git said last."""
_FORM = 1
"""Version of that file."""
_MOST_STORED = 8 * 1024 * 1024
_LATE = b"late"
"""Stands for the log where git took too long: it is not asked again before the next commit."""


def _stored_log(path: Path, key: bytes) -> Log | None:
    """What git said in an earlier build; None if it would say something else now."""
    try:
        with path.open("rb") as file:
            text = file.read(len(key) + _MOST_STORED)
        if not text.startswith(key):
            return None
        output = text.removeprefix(key)
        return Log(()) if output == _LATE else parsed(output)
    except (OSError, LogError):
        return None


def _tell(loaded: _Loaded, sentence: str) -> None:
    if sentence not in loaded.told:
        loaded.told.add(sentence)
        _logger.info("%s", sentence)


class _Docnames:
    """Gives the docname of a file that once was in the source folder; None for other files."""

    def __init__(self, app: Sphinx) -> None:
        config: Any = app.config
        patterns = [*config.exclude_patterns, *config.templates_path, "**/_sources", ".#*"]
        self._is_excluded = Matcher([*patterns, *app.builder.get_asset_paths()])
        self._is_included = Matcher(config.include_patterns)
        self._path2doc = app.project.path2doc
        self._found: dict[str, str | None] = {}

    def __call__(self, path: str) -> str | None:
        if path not in self._found:
            self._found[path] = self._docname(path)
        return self._found[path]

    def _docname(self, path: str) -> str | None:
        parts = path.split("/")
        above = ("/".join(parts[: count + 1]) for count in range(len(parts)))
        if any(map(self._is_excluded, above)) or not self._is_included(path):
            return None
        return self._path2doc(path)
