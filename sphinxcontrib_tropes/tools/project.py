"""A Sphinx project, opened to be read: nothing is written into its folders."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, TYPE_CHECKING, Any

from sphinx.application import Sphinx
from sphinx.errors import SphinxError
from sphinx.util.console import nocolor
from sphinx.util.docutils import docutils_namespace, patch_docutils

from ..build.remote_wikis import FOLDER
from .refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["opened"]


@contextmanager
def opened(
    source: Path,
    *,
    configuration: Path | None = None,
    jobs: int = 1,
    status: IO[str] | None = None,
    warnings: IO[str] | None = None,
    builder: str = "dummy",
    overrides: Mapping[str, Any] | None = None,
) -> Iterator[Sphinx]:
    """The project in the folder *source*; what Sphinx keeps of it is in a temporary folder.

    :param configuration: the folder that holds conf.py, if it is another.
    :param jobs: how many processes read.
    :param status: takes what Sphinx says about its progress.
    :param warnings: takes its warnings.
    :param builder: whose addresses documents have.
    :param overrides: values of the configuration.
    :raises Refusal: if it can't be opened, or is no wiki.
    """
    source = source.resolve()
    configuration = (configuration or source).resolve()
    if not (configuration / "conf.py").is_file():
        raise Refusal(f"{configuration} holds no conf.py")
    if warnings is None or not warnings.isatty():
        nocolor()  # else Sphinx colours what goes into files and pipes
    written, path = sys.dont_write_bytecode, list(sys.path)
    # what conf.py imports may lie beside it
    sys.dont_write_bytecode = True
    try:
        with (
            TemporaryDirectory(prefix="sphinx-tropes-") as folder,
            patch_docutils(configuration),
            docutils_namespace(),
        ):
            yield _application(
                source,
                configuration,
                Path(folder),
                jobs,
                status,
                warnings,
                builder,
                overrides or {},
            )
    except SphinxError as error:
        raise Refusal(f"{error.category}: {error}") from error
    finally:
        sys.dont_write_bytecode, sys.path[:] = written, path


def _application(
    source: Path,
    configuration: Path,
    folder: Path,
    jobs: int,
    status: IO[str] | None,
    warnings: IO[str] | None,
    builder: str,
    overrides: Mapping[str, Any],
) -> Sphinx:
    # it writes beside the sources
    overrides = {"gettext_auto_build": False} | dict(overrides)
    _keep_copies_of_others(folder / "doctrees")
    app = Sphinx(
        source,
        configuration,
        folder / "out",
        folder / "doctrees",
        builder,
        overrides,
        status=status,
        warning=warnings,
        parallel=jobs,
    )
    if "trope" not in app.registry.domains:
        raise Refusal(f"{configuration / 'conf.py'} does not list 'sphinxcontrib_tropes'")
    return app


def _keep_copies_of_others(doctrees: Path) -> None:
    """Has what other wikis say kept where the next command finds it: else each would fetch all of
    it anew. Where there is no such place, it does.
    """
    name = "LOCALAPPDATA" if sys.platform == "win32" else "XDG_CACHE_HOME"
    with suppress(OSError, RuntimeError):
        kept = Path(os.environ.get(name) or Path("~/.cache").expanduser(), "sphinx-tropes", FOLDER)
        kept.mkdir(parents=True, exist_ok=True)
        doctrees.mkdir(exist_ok=True)
        (doctrees / FOLDER).symlink_to(kept.resolve(), target_is_directory=True)
