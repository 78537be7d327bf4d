"""``sphinx-tropes facts``: the facts of source trees in files, and such files merged."""

from __future__ import annotations

import gzip
import sys
import zlib
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import click

from ...data.json_lines import as_json
from ...printable import one_line
from ...wiki.exchange.fact_files import (
    Collection,
    ConflictError,
    NotFactsError,
    Origin,
    collected,
    merged,
    read,
    written,
)
from ...wiki.exchange.tropes_json import as_data
from ...wiki.views.audit import audit
from ..files import write_whole
from ..refusal import Refusal
from .check import jobs_of
from .terminal import say, say_data

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from sphinx.application import Sphinx

__all__ = ["facts"]

_GZIP = b"\x1f\x8b"
_LARGEST = 2**30
"""Bytes of facts in a file, unpacked: those of some 100,000 pages."""
_LONGEST_LINE = 2**24
"""Bytes of the facts of one document."""


@click.command(epilog="Exit codes: 0 done, 2 a source can't be read, or two don't agree.")
@click.argument(
    "sources",
    metavar="SOURCE...",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, path_type=Path),
)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the facts to this file; compressed, if it ends in .gz.",
)
@click.option(
    "--root",
    default="",
    metavar="PATH",
    help="What the documents of a folder are called by, before their own names: films/. Two "
    "projects in one file need one each.",
)
@click.option(
    "--data",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the whole as tropes.json to this file: a source for tropes_federation.",
)
@click.option("--dirhtml", is_flag=True, help="With --data: addresses as the builder dirhtml's.")
@click.option("--health", is_flag=True, help="List the problems of the merged wiki.")
@click.option(
    "-c",
    "--conf-dir",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder that holds conf.py, if it is not SOURCE.",
)
@click.option("-j", "--jobs", default="auto", show_default=True, callback=jobs_of)
@click.option("-q", "--quiet", is_flag=True, help="No progress, and no warnings of Sphinx.")
def facts(
    sources: tuple[Path, ...],
    output: Path | None,
    root: str,
    data: Path | None,
    conf_dir: Path | None,
    jobs: int,
    *,
    dirhtml: bool,
    health: bool,
    quiet: bool,
) -> None:
    """Write the facts of SOURCE to a file: pages, links and the text around them.

    A SOURCE is the folder of a project, whose sources are read, in parallel, or a file that this
    command wrote. Several are merged, one of which may be a folder; the order does not matter.

    \b
    Examples:
      sphinx-tropes facts docs -o docs.facts
      sphinx-tropes facts films --root films/ -o films.facts.gz
      sphinx-tropes facts films.facts.gz books.facts.gz -o all.facts.gz --health
      sphinx-tropes facts films.facts.gz --data films.json
    """
    folders = [source for source in sources if source.is_dir()]
    if len(folders) > 1:
        raise Refusal(
            "only one of the sources can be a folder: write the facts of each to a file, and merge "
            "the files"
        )
    status = sys.stderr if sys.stderr.isatty() and not quiet else None
    warnings = None if quiet else sys.stderr
    root = f"{root.strip('/')}/" if root.strip("/") else ""

    def collect(source: Path) -> Collection:
        if not source.is_dir():
            return _of_file(source)
        from ..project import opened
        from .reading import read as read_project

        with opened(
            source,
            configuration=conf_dir,
            jobs=jobs,
            status=status,
            warnings=warnings,
            overrides={"tropes_federation": {}},  # what others say is no fact of this one
        ) as app:
            read_project(app, quiet=quiet)
            return _of_project(app, root)

    try:
        whole = merged(map(collect, sources))
    except ConflictError as error:
        raise Refusal(f"{error} (--root tells projects apart)") from None
    if output:
        _write(output, "".join(written(whole)))
    if data:
        _write(data, _as_json(whole, dirhtml=dirhtml))
    if health:
        say(_health(whole))
    if not (output or data or health):
        say_data("".join(written(whole)).rstrip("\n"))


def _of_project(app: Sphinx, root: str) -> Collection:
    from ...domain import get_wiki

    config = app.config
    origin = Origin(
        root,
        str(config.project),
        tuple(config.tropes_namespaces.items()),
        config.tropes_context_length,
    )
    env = app.env
    return collected(
        origin,
        get_wiki(env).documents,
        lambda docname: Path(env.doc2path(docname, base=False)).as_posix(),
    )


def _of_file(path: Path) -> Collection:
    try:
        with path.open("rb") as file:
            if not file.peek(len(_GZIP)).startswith(_GZIP):
                return read(_lines(file))
            with gzip.GzipFile(fileobj=file) as unpacked:
                return read(_lines(unpacked))
    except (NotFactsError, ConflictError) as error:
        raise Refusal(f"{path} is no file of facts: {error}") from None
    except (OSError, EOFError, zlib.error, UnicodeError) as error:
        raise Refusal(f"{path} can't be read: {error}") from None


def _lines(file: BinaryIO | gzip.GzipFile) -> Iterator[str]:
    """The lines of *file*, one at a time: what is packed may be a thousand times as large.

    :raises NotFactsError: if it is larger than facts are.
    """
    size = 0
    while line := file.readline(_LONGEST_LINE + 1):
        size += len(line)
        if len(line) > _LONGEST_LINE:
            raise NotFactsError(f"a line of it is longer than {_LONGEST_LINE // 2**20} MiB")
        if size > _LARGEST:
            raise NotFactsError(f"it is larger than {_LARGEST // 2**30} GiB, unpacked")
        yield line.decode("utf-8", "surrogatepass")


def _write(path: Path, text: str) -> None:
    raw = text.encode("utf-8", "surrogatepass")
    if path.suffix == ".gz":
        raw = gzip.compress(raw, mtime=0)  # the same facts are the same bytes
    try:
        write_whole(path, raw)
    except OSError as error:
        raise Refusal(f"{path} can't be written: {error.strerror}") from None


def _as_json(whole: Collection, *, dirhtml: bool) -> str:
    """As a build writes it."""
    address = _address_of_folder if dirhtml else _address
    return as_json(as_data(whole.wiki(), address, whole.project))


def _address(docname: str, anchor: str) -> str:
    """The address of a place, from the root of the site, as the builder html has it."""
    return _with_anchor(f"{quote(docname)}.html", anchor)


def _address_of_folder(docname: str, anchor: str) -> str:
    """The same as dirhtml has it."""
    is_index = docname == "index" or docname.endswith("/index")
    return _with_anchor(docname.removesuffix("index") if is_index else f"{docname}/", anchor)


def _with_anchor(uri: str, anchor: str) -> str:
    return f"{uri}#{anchor}" if anchor else uri


def _health(whole: Collection) -> str:
    findings = audit(whole.wiki())
    lines = [
        f"{finding.file or whole.file(finding.docname)}:{finding.line}: {finding.kind}: "
        + (finding.sentence or finding.name)
        + (f" -> {finding.other}" if finding.other else "")
        for finding in findings
    ]
    lines = [one_line(line) for line in lines]
    return "\n".join([*lines, f"findings: {len(findings)}"])
