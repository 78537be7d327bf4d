"""Everything that touches the insides of Sphinx, docutils, Jinja or Python."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["setup"]


def setup(app: Sphinx, suffix: str) -> None:
    """Makes builds faster; without it the same pages come out.

    :param suffix: of sources of trope markup.
    """
    # imported here so that the insides of docutils can be used without Sphinx
    from . import gc_policy
    from .sphinx import (
        asset_tag_cache,
        doctree_cache,
        smartquotes,
        stem_cache,
        template_cache,
    )

    smartquotes.setup(app, suffix)
    for part in (asset_tag_cache, doctree_cache, stem_cache, template_cache, gc_policy):
        part.setup(app)
