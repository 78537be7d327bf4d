"""Reads documents and writes their pages outside of a build, between two builds of one application.

Touches: ``clear_doc``, ``check_dependents`` and ``ref_context`` of the environment; ``phase``,
``indexer``, ``images``, ``_write_serial`` and ``copy_image_files`` of the HTML builder. It does what
a build does for these documents alone.
Why: a build looks at every document and writes a dozen files, whatever was edited. Somebody who
waits for a page waits for all that.
Seen in: Sphinx 8.2 to 9.2.
Remove when: Sphinx offers to write one page before the rest.
Upstream: none known.
Without it: an edited page is written with the rest of its build.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from sphinx.util.build_phase import BuildPhase

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx.application import Sphinx

__all__ = ["read_again", "renumber", "write_at_once"]


def read_again(app: Sphinx, docname: str) -> None:
    """Reads a document of an earlier build. If that fails, the next build reads it again."""
    env: Any = app.env
    begun = time.time_ns() // 1000
    # before Sphinx 9.0 it is the application's
    keeper: Any = app.builder if hasattr(app.builder, "phase") else app
    keeper.phase = BuildPhase.READING
    app.events.emit("env-purge-doc", env, docname)
    env.clear_doc(docname)
    try:
        app.builder.read_doc(docname)
    except BaseException:
        env.ref_context.clear()
        env.all_docs[docname] = 0  # to Sphinx, it has changed since, or is gone
        raise
    env.all_docs[docname] = begun  # it may have been saved again while it was read


def renumber(app: Sphinx, read: Sequence[str]) -> set[str]:
    """Numbers sections and figures after some documents were read again.

    :returns: other documents whose pages must be written again.
    """
    env: Any = app.env
    return set(env.check_dependents(app, set(read)))


def write_at_once(app: Sphinx, docnames: Sequence[str]) -> None:
    """Writes the pages of documents, and copies their images. Search does not hear of it."""
    builder: Any = app.builder
    indexer, images = builder.indexer, builder.images
    builder.indexer, builder.images = None, {}
    try:
        builder._write_serial(sorted(docnames))  # noqa: SLF001
        builder.copy_image_files()
    finally:
        images.update(builder.images)
        builder.indexer, builder.images = indexer, images
