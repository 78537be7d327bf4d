"""No doctree is kept in memory.

Sphinx keeps the doctree of every document that it reads until it writes it: that is most of the
memory of a build, and of ten thousand pages it is gigabytes. They are stored beside, too; so none is
kept, and each is loaded when it is written.

To load one takes a millisecond or two. To keep it takes longer: Python's garbage collector looks
through all that is kept, again and again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

__all__ = ["setup"]


def _drop_last(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """A document is about to be read: lets go of the one that was read before it."""
    # no public way: without the attribute, nothing is dropped
    kept: dict[str, Any] = getattr(env, "_write_doc_doctree_cache", {})
    kept.clear()


def _drop_pickled(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """A document is about to be written: what it was loaded from is not needed again."""
    getattr(app.env, "_pickled_doctree_cache", {}).pop(docname, None)


def setup(app: Sphinx) -> None:
    """Connects both with the events of a build."""
    app.connect("env-purge-doc", _drop_last)
    app.connect("doctree-resolved", _drop_pickled)
