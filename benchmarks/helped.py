"""The control: what makes Sphinx itself faster, for documents in reStructuredText, and no wiki.

An extension of Sphinx with the parts of sphinxcontrib-tropes that have nothing to do with a wiki: how
documents are walked, how tags, templates and stems are kept, how memory is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx.transforms import SphinxTransform
from sphinx.util.docutils import SphinxTranslator

from sphinxcontrib_tropes.internals import gc_policy as garbage
from sphinxcontrib_tropes.internals.docutils import fast_walk as walking
from sphinxcontrib_tropes.internals.sphinx import asset_tag_cache as tags
from sphinxcontrib_tropes.internals.sphinx import doctree_cache as trees
from sphinxcontrib_tropes.internals.sphinx import smartquotes as quotes
from sphinxcontrib_tropes.internals.sphinx import stem_cache as stems
from sphinxcontrib_tropes.internals.sphinx import template_cache as templates

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class WalkFast(SphinxTransform):
    """The first of all: what comes after it finds a document that is walked fast."""

    default_priority = 0

    def apply(self, **kwargs: Any) -> None:
        self.document.__class__ = walking.document


def setup(app: Sphinx) -> dict[str, bool]:
    walking.dispatches_by_bases(SphinxTranslator)
    app.add_transform(WalkFast)
    quotes.setup(app, ".rst")
    for part in (stems, tags, templates, trees, garbage):
        part.setup(app)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
