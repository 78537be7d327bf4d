"""Builds in processes of their own: new ones at little cost, or one that goes on building.

A server that has imported Sphinx and built nothing forks each of them. So a new process costs no
import, and knows nothing of other builds.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import re
import sys
import traceback
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.application import Sphinx, builtin_extensions
from sphinx.environment import CONFIG_OK
from sphinx.locale import translators
from sphinx.util.docutils import docutils_namespace, patch_docutils

from sphinxcontrib_tropes.build.live import LiveBuild

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

__all__ = ["Order", "Worker"]

# Of a wiki of ten pages: what is split up where it is large is split up too.
SMALL = {
    "_ENTRIES": 4,  # in a file of previews
    "_MOST_ROWS": 5,  # in a file of names
    "_SOURCES": 2,  # in a file of the map's sentences
    "PANEL_LENGTH": 4,
    "PART_LENGTH": 5,
    "_MOST_ABOVE": 4,
    "MOST_OF_KIND": 3,
    "_SMALLEST_HUB": 4,
    "_MOST_VIEWS": 5,
    "_LARGE": 3,  # documents that have Python's collector put things aside
}


@dataclass(frozen=True)
class Order:
    """A build that is to be made."""

    source: Path
    out: Path
    doctrees: Path
    builder: str = "html"
    parallel: int = 0
    tags: tuple[str, ...] = ()
    config: dict[str, Any] = field(default_factory=dict)
    again: bool = False
    """Whether the application of the build before may build again."""
    cut_after: int = -1
    """After how many pages somebody stops it; a negative number: never."""
    changed: tuple[Path, ...] = ()
    """All files that changed since the application was built last, for builds that are told."""
    is_told: bool = False
    """Whether the pages of these are to be written first; and nothing else is to be looked at."""


class _Stopped(BaseException):
    """Somebody pressed Ctrl-C."""


class _Builds:
    """The builds of one process."""

    def __init__(self) -> None:
        self._app: Sphinx | None = None
        self._live: LiveBuild | None = None
        self._order: Order | None = None
        self._around = contextlib.ExitStack()
        self._warnings = StringIO()
        self._written, self._cut_after = 0, -1

    def build(self, order: Order) -> str:
        """Builds once; what was warned of."""
        app = self._app
        if app is None or not order.again or not self._is_same(order):
            app = self._new(order)
        self._order, self._written, self._cut_after = order, 0, order.cut_after
        self._warnings.seek(0)
        self._warnings.truncate()
        live = self._live
        assert live is not None
        with contextlib.suppress(_Stopped):
            if order.is_told:
                live.write_first(live.documents_of(order.changed))
            live.build_rest(order.changed if order.is_told else None)
        return self._warnings.getvalue()

    def _is_same(self, order: Order) -> bool:
        before, app = self._order, self._app
        assert before is not None
        assert app is not None
        is_same = (before.config, before.tags, before.parallel) == (
            order.config,
            order.tags,
            order.parallel,
        )
        # one that began with other settings would read everything in each of its builds
        return is_same and app.env.config_status == CONFIG_OK

    def _new(self, order: Order) -> Sphinx:
        self._around.close()
        translators.clear()  # those of another language stay in the process
        self._around.enter_context(patch_docutils(order.source))
        self._around.enter_context(docutils_namespace())
        app = self._app = Sphinx(
            order.source,
            order.source,
            order.out,
            order.doctrees,
            order.builder,
            confoverrides=order.config,
            status=None,
            warning=self._warnings,
            tags=order.tags,
            parallel=order.parallel,
        )
        app.connect("html-page-context", self._count)
        self._live = LiveBuild(app)
        return app

    def _count(self, *_context: object) -> None:
        self._written += 1
        if 0 <= self._cut_after < self._written:
            raise _Stopped


def _shrink() -> None:
    for name, module in list(sys.modules.items()):
        if name.startswith("sphinxcontrib_tropes"):
            for constant in SMALL.keys() & vars(module).keys():
                setattr(module, constant, SMALL[constant])


def _serve(orders: Connection) -> None:
    """The life of a worker."""
    builds = _Builds()
    while True:
        try:
            order = orders.recv()
        except EOFError:
            return
        try:
            _shrink()
            orders.send((builds.build(order), ""))
        except Exception:  # noqa: BLE001 - whatever it is, the test is to tell it
            orders.send(("", traceback.format_exc()))


# What a build imports beside its application.
_IMPORTED = [
    "sphinx.application",
    "sphinx.builders.html",
    "sphinx.builders.dirhtml",
    "sphinx.environment.collectors.toctree",
    "sphinx.search.en",
    "sphinx.search.de",
    "docutils.parsers.rst.directives.misc",
    "docutils.writers.html5_polyglot",
    "pygments.lexers.python",
    "alabaster",
    "pytest",
    "requests",
    "tests.sphinx.processes",
    # all that has a number in it that is made small
    "sphinxcontrib_tropes.build.session",
    "sphinxcontrib_tropes.data.previews",
    "sphinxcontrib_tropes.wiki.exchange.name_blocks",
    "sphinxcontrib_tropes.rendering.html",
    "sphinxcontrib_tropes.tropes_map",
    *builtin_extensions,
]


class Worker:
    """A process that builds what it is ordered to, one build after another."""

    def __init__(self) -> None:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(_IMPORTED)
        self._orders, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs,))
        self._process.start()
        theirs.close()

    def begin(self, order: Order) -> None:
        """Has it begin a build."""
        self._orders.send(order)

    def end(self) -> str:
        """Waits for the build; what was warned of.

        :raises AssertionError: if it failed.
        """
        warnings, error = self._orders.recv()
        assert not error, error
        return re.sub(r"\x1b\[[0-9;]*m", "", warnings)

    def dismiss(self) -> None:
        """Ends the process."""
        self._orders.close()
        self._process.join()
