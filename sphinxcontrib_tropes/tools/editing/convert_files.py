"""Converts files to another markup, several at a time."""

from __future__ import annotations

from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from ...markup.parser import page_name_of_file
from ...reading.settings import markup_settings
from ..files import write_atomic
from ..project import open_project
from ..refusal import Refusal
from ..workers import workers
from .convert_from_trope import convert_from_trope
from .convert_rst_markdown import convert_rst_markdown
from .convert_to_trope import convert_to_trope
from .document_comparison import SphinxReader
from .source_files import sources_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from docutils import nodes

    from ...markup import MarkupSettings
    from .conversion import Converted

__all__ = ["ProjectSettings", "converting", "project_settings", "replace_file", "sphinx_reader"]

_SUFFIXES = {"trope": ".trope", "rst": ".rst", "myst": ".md"}
_KINDS = {".trope": "trope", ".rst": "rst", ".md": "markdown"}
_FILES_PER_PROCESS = 8
"""Minimum files for which a process is worth starting."""


class ProjectSettings(NamedTuple):
    """What conversions need to know of a project."""

    markup: MarkupSettings
    language: str


def project_settings(source: Path, markup: str) -> ProjectSettings:
    """The settings of the project in the folder *source*.

    :param markup: a markup that the project must be able to read; empty: any.
    :raises Refusal: if the project can't read it, or can't be opened.
    """
    # other wikis are not converted, so they need not be fetched
    with open_project(source, overrides={"tropes_federation": {}}) as app:
        suffix = _SUFFIXES[markup] if markup else ""
        # a suffix may be configured though no extension reads its files
        if markup and app.config.source_suffix.get(suffix) not in app.registry.source_parsers:
            hint = "add 'myst_parser' to extensions" if markup == "myst" else "see source_suffix"
            raise Refusal(
                f"{source / 'conf.py'} does not read {suffix} files, so the converted pages would "
                f"vanish: {hint}"
            )
        return ProjectSettings(markup_settings(app.config), app.config.language)


@contextmanager
def converting(
    settings: ProjectSettings, markup: str, jobs: int, count: int
) -> Iterator[Callable[[Iterable[Path]], Iterator[Converted | Refusal]]]:
    """Yields a function that converts files, in their order.

    :param markup: ``trope``, ``rst`` or ``myst``.
    :param jobs: maximum number of processes.
    :param count: how many files there are.
    """
    jobs = min(jobs, count // _FILES_PER_PROCESS or 1)
    with workers(partial(_converter, settings, markup), jobs, _FILES_PER_PROCESS) as work:
        yield work


@contextmanager
def _converter(
    settings: ProjectSettings, markup: str
) -> Iterator[Callable[[Path], Converted | Refusal]]:
    with sphinx_reader(settings) as read:

        def convert(file: Path) -> Converted | Refusal:
            try:
                return _converted(file, markup, settings.markup, read)
            except Refusal as refusal:
                return refusal

        yield convert


@contextmanager
def sphinx_reader(settings: ProjectSettings) -> Iterator[SphinxReader]:
    """Reads texts as Sphinx does, in a temporary project."""
    extensions = ["sphinxcontrib_tropes"]
    try:
        import myst_parser  # noqa: F401 - checks that it is installed
    except ImportError:
        pass
    else:
        extensions.append("myst_parser")
    with TemporaryDirectory(prefix="sphinx-tropes-") as name:
        folder = Path(name)
        (folder / "conf.py").write_text(f"extensions = {extensions!r}\n", "utf-8")
        for file in ("index.rst", "x.rst", "y.md"):
            (folder / file).write_text("x\n=\n", "utf-8")
        overrides = {
            "language": settings.language,
            "smartquotes": False,
            "tropes_namespaces": dict(settings.markup.namespaces.labels),
            "tropes_wikiwords": settings.markup.wikiwords,
        }
        with open_project(folder, overrides=overrides) as app:
            sources = sources_of(app)

            def read(kind: str, text: str) -> nodes.document:
                path = {"rst": "x.rst", "markdown": "y.md"}[kind]
                if path not in sources.texts:
                    raise Refusal("Markdown needs MyST: pip install myst-parser")
                return sources.read(path, text)

            yield SphinxReader(read, settings.language)


def _converted(file: Path, markup: str, settings: MarkupSettings, read: SphinxReader) -> Converted:
    kind = _KINDS.get(file.suffix)
    if kind is None:
        raise Refusal(f"{file} is not a .trope, .rst or .md file")
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refusal(f"{file} is not UTF-8") from None
    to = "markdown" if markup == "myst" else markup
    name = page_name_of_file(f"{file.resolve().with_suffix('.trope')}", settings.namespaces)
    if kind == to:
        raise Refusal(f"{file} is {markup} already")
    if kind == "trope":
        return convert_from_trope(text, name, settings, to, read)
    if to == "trope":
        return convert_to_trope(text, name, settings, kind, read)
    return convert_rst_markdown(text, name, settings, kind, to, read)


def replace_file(file: Path, markup: str, converted: Converted) -> Path:
    """Writes *converted* beside *file*, then deletes *file*, and returns the new path.

    :raises Refusal: if the new file exists already, or a file can't be written.
    """
    new = file.with_suffix(_SUFFIXES[markup])
    if new.exists():
        raise Refusal(f"{new} already exists")
    try:
        write_atomic(new, converted.text.encode())
        file.unlink()
    except OSError as error:
        raise Refusal(f"cannot write {error.filename}: {error.strerror}") from None
    return new
