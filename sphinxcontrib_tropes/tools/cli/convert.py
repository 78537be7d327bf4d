"""``sphinx-tropes convert``: a document in another markup."""

from __future__ import annotations

import os
import signal
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from functools import partial
from multiprocessing.util import Finalize
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from ..files import write_whole
from ..refusal import Refusal
from .check import jobs_of
from .terminal import say, say_data, tell, track

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from ...markup import MarkupSettings
    from ..editing.conversion import Converted
    from ..editing.document_comparison import Reader

__all__ = ["convert", "reading"]

_SUFFIXES = {"trope": ".trope", "rst": ".rst", "myst": ".md"}
_FEWEST = 8
"""How many files are worth a process."""
_KINDS = {".trope": "trope", ".rst": "rst", ".md": "markdown"}


@click.command(epilog="Exit codes: 0 done, 2 not done: what could be converted is.")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--to", "markup", type=click.Choice(list(_SUFFIXES)), required=True)
@click.option(
    "-s",
    "--source",
    default=".",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder of the project, for its namespaces and its language.  [default: this one]",
)
@click.option("--write", is_flag=True, help="Replace each file by the converted one.")
@click.option("-j", "--jobs", default="auto", show_default=True, callback=jobs_of)
def convert(files: tuple[Path, ...], markup: str, source: Path, jobs: int, *, write: bool) -> None:
    """Convert FILES to trope markup, reStructuredText or MyST's Markdown.

    Links become the role trope, and the role becomes links. What has no equivalent stays trope markup,
    in the directive trope-markup. Each document is read before and after, and must say the same, to
    readers and to the wiki: a page that would lose a relation or its place in an index is refused.

    Writes to the screen, unless --write is given.

    \b
    Examples:
      sphinx-tropes convert wiki/FunnyAnimal.trope --to rst
      sphinx-tropes convert docs/*.rst --to trope -s docs --write
    """
    settings, language = _settings(source, markup if write else "")
    failed = 0
    with _working(settings, language, markup, min(jobs, len(files) // _FEWEST or 1)) as work:
        for file, result in zip(files, track(work(files), "Converting", len(files)), strict=True):
            try:
                if isinstance(result, Refusal):
                    raise result
                if write:
                    _replace(file, file.with_suffix(_SUFFIXES[markup]), result)
                else:
                    say_data(result.text.rstrip("\n"))
            except Refusal as refusal:
                named = _with_place(refusal, file)
                if len(files) == 1:
                    raise Refusal(named) from None
                failed += 1
                tell(named)
    if failed:
        raise Refusal(f"{failed} of {len(files)} files are not converted")


def _with_place(refusal: Refusal, file: Path) -> str:
    named = str(refusal)
    if named.startswith(str(file)):
        return named
    return f"{file}:{refusal.line}: {named}" if refusal.line else f"{file}: {named}"


def _settings(source: Path, markup: str) -> tuple[MarkupSettings, str]:
    """Those of the project, which must read files of *markup* if one is given; and its language."""
    from ...reading.settings import markup_settings
    from ..project import opened

    # what other wikis say is converted there
    with opened(source, overrides={"tropes_federation": {}}) as app:
        kind = app.config.source_suffix.get(_SUFFIXES[markup]) if markup else ""
        # Sphinx's table of suffixes may name one that no extension reads
        if markup and kind not in app.registry.source_parsers:
            what = "add 'myst_parser' to extensions" if markup == "myst" else "see source_suffix"
            raise Refusal(
                f"{source / 'conf.py'} has no {_SUFFIXES[markup]} files read, so that converted pages "
                f"would vanish: {what}"
            )
        return markup_settings(app.config), app.config.language


# -- one file after another, or several at a time


@contextmanager
def _working(
    settings: MarkupSettings, language: str, markup: str, jobs: int
) -> Iterator[Callable[[Iterable[Path]], Iterator[Converted | Refusal]]]:
    """A function that converts files, in their order."""
    if jobs == 1:
        with reading(settings, language) as read:
            yield lambda files: (_tried(file, markup, settings, read) for file in files)
        return
    begin = partial(_begin, settings, language, markup)
    with ProcessPoolExecutor(jobs, initializer=begin) as pool:
        yield lambda files: pool.map(_in_worker, files, chunksize=_FEWEST)


def _begin(settings: MarkupSettings, language: str, markup: str) -> None:
    """What a worker does first; at its end its folder is removed."""
    if os.name == "posix":
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one that writes decides when to stop
    stack = ExitStack()
    Finalize(None, stack.close, exitpriority=1)
    read = stack.enter_context(reading(settings, language))
    _WORKER.append(lambda file: _tried(file, markup, settings, read))


_WORKER: list[Callable[[Path], Converted | Refusal]] = []


def _in_worker(file: Path) -> Converted | Refusal:
    return _WORKER[-1](file)


def _tried(file: Path, markup: str, settings: MarkupSettings, read: Reader) -> Converted | Refusal:
    try:
        return _converted(file, markup, settings, read)
    except Refusal as refusal:
        return refusal


@contextmanager
def reading(settings: MarkupSettings, language: str = "en") -> Iterator[Reader]:
    """What reads a text as Sphinx does, in a project of its own."""
    from ..editing.document_comparison import Reader
    from ..editing.source_files import sources_of
    from ..project import opened

    extensions = ["sphinxcontrib_tropes"]
    try:
        import myst_parser  # noqa: F401 - whether it is there
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
            "language": language,
            "smartquotes": False,
            "tropes_namespaces": dict(settings.namespaces.labels),
            "tropes_wikiwords": settings.wikiwords,
        }
        with opened(folder, overrides=overrides) as app:
            sources = sources_of(app)

            def read(kind: str, text: str):  # type: ignore[no-untyped-def] # noqa: ANN202
                path = {"rst": "x.rst", "markdown": "y.md"}[kind]
                if path not in sources.texts:
                    raise Refusal("Markdown needs MyST: pip install myst-parser")
                return sources.read(path, text)

            yield Reader(read, language)


def _converted(file: Path, markup: str, settings: MarkupSettings, read: Reader) -> Converted:
    from ...markup.parser import page_name_of_file
    from ..editing.conversion import between, from_trope, to_trope

    kind = _KINDS.get(file.suffix)
    if kind is None:
        raise Refusal(f"{file} is neither .trope nor .rst nor .md")
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refusal(f"{file} is not UTF-8") from None
    to = "markdown" if markup == "myst" else markup
    name = page_name_of_file(f"{file.resolve().with_suffix('.trope')}", settings.namespaces)
    if kind == to:
        raise Refusal(f"{file} is {markup} already")
    if kind == "trope":
        return from_trope(text, name, settings, to, read)
    if to == "trope":
        return to_trope(text, name, settings, kind, read)
    return between(text, name, settings, kind, to, read)


def _replace(file: Path, new: Path, converted: Converted) -> None:
    if new.exists():
        raise Refusal(f"{new} is there already")
    try:
        write_whole(new, converted.text.encode())
        file.unlink()
    except OSError as error:
        raise Refusal(f"{error.filename} can't be written: {error.strerror}") from None
    kept = f"; blocks that stay trope markup: {converted.kept}" if converted.kept else ""
    say(f"{file} -> {new}{kept}")
