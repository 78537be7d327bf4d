"""The control: what makes Sphinx itself faster, for documents in reStructuredText, and no wiki.

An extension of Sphinx with the parts of sphinxcontrib-tropes that have nothing to do with a wiki: how
documents are walked; caches of tags, templates and stems; memory.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx.transforms import SphinxTransform
from sphinx.util.docutils import SphinxTranslator

from sphinxcontrib_tropes.internals import gc_policy
from sphinxcontrib_tropes.internals.docutils import fast_walk
from sphinxcontrib_tropes.internals.docutils.node_class import change_class
from sphinxcontrib_tropes.internals.sphinx import (
    asset_tag_cache,
    doctree_cache,
    smartquotes,
    stem_cache,
    template_cache,
)

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class WalkFast(SphinxTransform):
    """The first of all: what comes after it finds a document that is walked fast."""

    default_priority = 0

    def apply(self, **kwargs: Any) -> None:
        change_class(self.document, fast_walk.document)


def setup(app: Sphinx) -> dict[str, bool]:
    fast_walk.dispatches_by_bases(SphinxTranslator)
    app.add_transform(WalkFast)
    smartquotes.setup(app, ".rst")
    for part in (stem_cache, asset_tag_cache, template_cache, doctree_cache, gc_policy):
        part.setup(app)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
