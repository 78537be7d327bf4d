"""Makes Sphinx read source files that are not UTF-8.

Sphinx 9 would stop the whole build: it reads without an error handler. The only way to intervene
between its check and the reading is the name of the encoding, so this is a codec.
"""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

from ..internals.sphinx.environment import set_source_encoding, source_encoding
from ..messages import warn
from .encoding import decoded, is_plain

if TYPE_CHECKING:
    from pathlib import Path

    from _typeshed import ReadableBuffer as Buffer
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

__all__ = ["setup"]

_ANY = "tropes_any"
"""Name of the codec that reads any bytes as :func:`.encoding.decoded` does."""


class _Decoder(codecs.IncrementalDecoder):
    """Collects the bytes of a file, and decodes them all at once."""

    def __init__(self, errors: str = "strict") -> None:
        super().__init__(errors)
        self._bytes = b""

    def decode(self, data: Buffer, final: bool = False) -> str:  # noqa: FBT002
        self._bytes += bytes(data)
        if not final:
            return ""
        raw, self._bytes = self._bytes, b""
        return decoded(raw).text

    def reset(self) -> None:
        self._bytes = b""


def _find_codec(name: str) -> codecs.CodecInfo | None:
    """The codec named :data:`_ANY`; None for any other name."""
    if name != _ANY:
        return None
    utf8 = codecs.lookup("utf-8")

    def decode(data: Buffer, errors: str = "strict", /) -> tuple[str, int]:
        raw = bytes(data)
        return decoded(raw).text, len(raw)

    return codecs.CodecInfo(
        utf8.encode, decode, incrementalencoder=utf8.incrementalencoder,
        incrementaldecoder=_Decoder, name=_ANY,
    )  # fmt: skip


def _choose_encoding(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Makes Sphinx read all documents with the codec if any of them is not UTF-8."""
    if not _is_utf8(source_encoding(env)):
        return  # the project sets another encoding for all documents
    if not all(_is_plain(env.doc2path(docname)) for docname in docnames):
        set_source_encoding(app, _ANY)


def _is_plain(path: Path) -> bool:
    """Whether a file is UTF-8, or cannot be read: Sphinx says so itself."""
    try:
        return is_plain(path.read_bytes())
    except OSError:
        return True


def _is_utf8(name: str) -> bool:
    return name.lower().replace("_", "-") in ("utf-8", "utf-8-sig", "utf8")


def _report_encoding(app: Sphinx, docname: str, _content: list[str]) -> None:
    """Warns of a document that is not UTF-8, when it is read."""
    if source_encoding(app.env) == _ANY:
        found = decoded(app.env.doc2path(docname).read_bytes())
        if found.sentence:
            warn("encoding", f"{found.sentence}; save it as UTF-8", (docname, found.line))


def setup(app: Sphinx) -> None:
    """Registers the codec and the events that use it."""
    codecs.register(_find_codec)
    app.connect("env-before-read-docs", _choose_encoding)
    app.connect("source-read", _report_encoding, priority=1)
