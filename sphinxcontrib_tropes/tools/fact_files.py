"""Files of facts on disk, compressed or not, and the facts of a project."""

from __future__ import annotations

import gzip
import zlib
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from ..data.json_lines import as_json
from ..domain import get_wiki
from ..wiki.exchange.fact_files import (
    Collection,
    ConflictError,
    NotFactsError,
    Origin,
    collected,
    read,
)
from ..wiki.exchange.tropes_json import as_data
from .files import refusing_unwritable, write_atomic
from .refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from sphinx.application import Sphinx

__all__ = ["project_facts", "read_facts", "tropes_json", "write_text"]

_GZIP = b"\x1f\x8b"
_MOST_BYTES = 2**30
"""Maximum bytes of a file, uncompressed: the facts of some 100,000 pages."""
_MOST_BYTES_OF_LINE = 2**24
"""Maximum bytes of a line: the facts of one document."""


def project_facts(app: Sphinx, root: str) -> Collection:
    """The facts of a project whose sources are read.

    :param root: prefix of the names of its documents.
    """
    config, env = app.config, app.env
    namespaces = tuple(config.tropes_namespaces.items())
    return collected(
        Origin(root, str(config.project), namespaces, config.tropes_context_length),
        get_wiki(env).documents,
        lambda docname: Path(env.doc2path(docname, base=False)).as_posix(),
    )


def read_facts(path: Path) -> Collection:
    """The facts in a file.

    :raises Refusal: if it can't be read, or contains something else.
    """
    try:
        with path.open("rb") as file:
            if not file.peek(len(_GZIP)).startswith(_GZIP):
                return read(_lines(file))
            with gzip.GzipFile(fileobj=file) as unpacked:
                return read(_lines(unpacked))
    except (NotFactsError, ConflictError) as error:
        raise Refusal(f"{path} is not a file of facts: {error}") from None
    except (OSError, EOFError, zlib.error, UnicodeError) as error:
        raise Refusal(f"cannot read {path}: {error}") from None


def _lines(file: BinaryIO | gzip.GzipFile) -> Iterator[str]:
    """The lines of *file*, one at a time: it may unpack to a thousand times its size.

    :raises NotFactsError: if it is larger than facts can be.
    """
    size = 0
    while line := file.readline(_MOST_BYTES_OF_LINE + 1):
        size += len(line)
        if len(line) > _MOST_BYTES_OF_LINE:
            raise NotFactsError(f"a line is longer than {_MOST_BYTES_OF_LINE // 2**20} MiB")
        if size > _MOST_BYTES:
            raise NotFactsError(f"larger than {_MOST_BYTES // 2**30} GiB, uncompressed")
        yield line.decode("utf-8", "surrogatepass")


def write_text(path: Path, text: str) -> None:
    """Writes *text* to a file, compressed if the name ends in ``.gz``.

    :raises Refusal: if it can't be written.
    """
    raw = text.encode("utf-8", "surrogatepass")
    if path.suffix == ".gz":
        raw = gzip.compress(raw, mtime=0)  # the same facts must give the same bytes
    with refusing_unwritable(path):
        write_atomic(path, raw)


def tropes_json(facts: Collection, *, dirhtml: bool) -> str:
    """``tropes.json`` as a build writes it.

    :param dirhtml: whether addresses are those of the builder ``dirhtml``.
    """
    return as_json(as_data(facts.wiki(), _dirhtml_uri if dirhtml else _html_uri, facts.project))


def _html_uri(docname: str, anchor: str) -> str:
    return _with_anchor(f"{quote(docname)}.html", anchor)


def _dirhtml_uri(docname: str, anchor: str) -> str:
    is_index = docname == "index" or docname.endswith("/index")
    return _with_anchor(docname.removesuffix("index") if is_index else f"{docname}/", anchor)


def _with_anchor(uri: str, anchor: str) -> str:
    return f"{uri}#{anchor}" if anchor else uri
