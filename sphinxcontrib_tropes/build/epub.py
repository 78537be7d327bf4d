"""What an EPUB needs beyond HTML pages."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from ..builders import abilities
from ..internals.sphinx.environment import in_toctrees
from ..internals.sphinx.epub_book import leave_out, name_files, write_right_to_left
from ..messages import is_right_to_left

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx.application import Sphinx
    from sphinx.builders import Builder

__all__ = ["leave_out_redirects", "setup"]

_ADDRESS = re.compile(r'\bhref="([^"#]+)')


def _prepare(app: Sphinx) -> None:
    if abilities(app.builder).is_book:
        name_files(app.builder)
    if abilities(app.builder).is_book and is_right_to_left(app.config.language):
        write_right_to_left(app.builder)


def leave_out_redirects(app: Sphinx, redirects: Iterable[str]) -> None:
    """Leaves *redirects* that no page links to out of the book. Called when all pages are written.

    Every page of a book must be in the reading order or be linked to.
    """
    listed = in_toctrees(app.env)
    uris = {
        unquote(app.builder.get_target_uri(docname))
        for docname in redirects
        if docname not in listed
    }
    leave_out(app, uris.difference(_led_to(app.builder) if uris else ()))


def _led_to(builder: Builder) -> Iterator[str]:
    """The address of each page that another page links to."""
    out = Path(builder.outdir)
    for path in out.rglob("*.xhtml"):
        here = path.relative_to(out).as_posix()
        for address in set(_ADDRESS.findall(path.read_text("utf-8", "replace"))):
            led = posixpath.normpath(posixpath.join(posixpath.dirname(here), unquote(address)))
            if led != here:
                yield led


def setup(app: Sphinx) -> None:
    """Connects a handler to the start of the build."""
    app.connect("builder-inited", _prepare)
