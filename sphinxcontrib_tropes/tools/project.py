"""A Sphinx project, opened and read without writing into its folders."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, TYPE_CHECKING, Any

from sphinx.application import Sphinx
from sphinx.errors import SphinxError
from sphinx.util.console import nocolor
from sphinx.util.docutils import docutils_namespace, patch_docutils

from ..build.remote_wikis import FOLDER
from ..domain import trope_domain
from ..internals import gc_policy
from ..internals.sphinx.listeners import modules_listening
from ..internals.sphinx.read_in_shares import read_in_shares
from ..internals.sphinx.unstored_doctrees import unstored_doctrees
from .refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["open_project", "read_sources"]

_Progress = Callable[[Iterable[int], str], Iterator[int]]


@contextmanager
def open_project(
    source: Path,
    *,
    conf_dir: Path | None = None,
    jobs: int = 1,
    status: IO[str] | None = None,
    warnings: IO[str] | None = None,
    builder: str = "dummy",
    overrides: Mapping[str, Any] | None = None,
) -> Iterator[Sphinx]:
    """Opens the project in the folder *source*. Sphinx keeps its files in a temporary folder.

    :param conf_dir: the folder with conf.py; by default *source*.
    :param jobs: number of processes for reading.
    :param status: where Sphinx writes its progress.
    :param warnings: where Sphinx writes its warnings.
    :param builder: the builder that decides the addresses of documents.
    :param overrides: values of the configuration.
    :raises Refusal: if the project can't be opened, or does not use the extension.
    """
    source = source.resolve()
    conf_dir = (conf_dir or source).resolve()
    if not (conf_dir / "conf.py").is_file():
        raise Refusal(f"no conf.py in {conf_dir}")
    if warnings is None or not warnings.isatty():
        nocolor()  # otherwise Sphinx writes colours into files and pipes
    # otherwise Sphinx compiles message catalogs beside the sources
    overrides = {"gettext_auto_build": False} | dict(overrides or {})
    no_bytecode, path = sys.dont_write_bytecode, list(sys.path)
    sys.dont_write_bytecode = True  # for modules beside conf.py that it imports
    try:
        with (
            TemporaryDirectory(prefix="sphinx-tropes-") as name,
            patch_docutils(conf_dir),
            docutils_namespace(),
        ):
            out, doctrees = Path(name, "out"), Path(name, "doctrees")
            _share_remote_wikis(doctrees)
            app = Sphinx(
                source,
                conf_dir,
                out,
                doctrees,
                builder,
                overrides,
                status=status,
                warning=warnings,
                parallel=jobs,
            )
            if "trope" not in app.registry.domains:
                raise Refusal(f"{conf_dir / 'conf.py'} does not list 'sphinxcontrib_tropes'")
            yield app
    except SphinxError as error:
        raise Refusal(f"{error.category}: {error}") from error
    finally:
        sys.dont_write_bytecode, sys.path[:] = no_bytecode, path


def _share_remote_wikis(doctrees: Path) -> None:
    """Keeps the data of other wikis in the user's cache. Without a cache, every command fetches all
    of it again.
    """
    name = "LOCALAPPDATA" if sys.platform == "win32" else "XDG_CACHE_HOME"
    with suppress(OSError, RuntimeError):
        kept = Path(os.environ.get(name) or Path("~/.cache").expanduser(), "sphinx-tropes", FOLDER)
        kept.mkdir(parents=True, exist_ok=True)
        doctrees.mkdir(exist_ok=True)
        (doctrees / FOLDER).symlink_to(kept.resolve(), target_is_directory=True)


# -- reading


def read_sources(app: Sphinx, progress: _Progress | None = None) -> None:
    """Reads every source of the project, as a build does before it writes.

    :param progress: passes numbers on while showing a progress bar with a label.
    """
    trope_domain(app.env).is_only_read = True
    with ExitStack() as stack:
        if app.parallel > 1:
            stack.enter_context(_one_share_per_process(app, progress))
        if not _needs_doctrees(app):
            stack.enter_context(unstored_doctrees(app.builder, partial(_is_trope_markup, app)))
        stack.callback(gc_policy.end, app)  # Sphinx does so only at the end of a build
        app.builder.read()


@contextmanager
def _one_share_per_process(app: Sphinx, progress: _Progress | None) -> Iterator[None]:
    """Makes each process read a single share of the sources."""
    watched: frozenset[str] = frozenset()
    bar: Iterator[int] = iter(())

    def begin(shares: list[Sequence[str]]) -> None:
        nonlocal bar, watched
        watched = frozenset(shares[0]) if shares else watched
        if progress:
            bar = progress(range(len(watched) - 1), f"Reading, {len(shares)} at a time")

    def advance(app: Sphinx, docname: str, content: list[str]) -> None:
        # in one of the processes only: all shares have the same length
        if docname in watched:
            next(bar, None)

    listener = app.connect("source-read", advance)
    try:
        with read_in_shares(begin):
            yield
    finally:
        app.disconnect(listener)


def _needs_doctrees(app: Sphinx) -> bool:
    """Whether anything loads a page's doctree again after all sources are read."""
    known = ("sphinx.", f"{__name__.partition('.')[0]}.")
    modules = modules_listening(app, "env-updated")
    return app.config.numfig or not all(module.startswith(known) for module in modules)


def _is_trope_markup(app: Sphinx, docname: str) -> bool:
    """Whether a document is a file of trope markup: their doctrees take 600 MB for 10,000 pages.

    Sphinx itself loads only doctrees of documents with a numbered toctree, which trope markup can't
    have.
    """
    suffix = app.env.doc2path(docname).suffix
    return bool(app.config.source_suffix.get(suffix) == "trope")
