"""Keeps no doctree in memory.

Touches: ``_write_doc_doctree_cache`` and ``_pickled_doctree_cache`` of the environment.
Why: Sphinx keeps the doctree of every document from reading to writing. That is most of the memory
of a build, gigabytes with 10,000 pages. Doctrees are also stored on disk, and loading one takes a
millisecond or two. Keeping it takes longer, because Python's garbage collector goes through it
again and again.
Seen in: Sphinx 8.2 to 9.2.
Remove when: Sphinx limits or drops these caches.
Upstream: https://github.com/sphinx-doc/sphinx/issues/11124
Without it: the same pages, with more memory and time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

__all__ = ["setup"]


def _drop_last(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """Drops the doctree of the document read last, before another one is read."""
    kept: dict[str, Any] = getattr(env, "_write_doc_doctree_cache", {})
    kept.clear()


def _drop_pickled(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Drops the pickle of a document about to be written: it is not needed again."""
    getattr(app.env, "_pickled_doctree_cache", {}).pop(docname, None)


def setup(app: Sphinx) -> None:
    """Connects both handlers to the events of a build."""
    app.connect("env-purge-doc", _drop_last)
    app.connect("doctree-resolved", _drop_pickled)
