"""Everything that uses undocumented parts of Sphinx, docutils, Jinja or Python."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["setup"]


def setup(app: Sphinx, suffix: str) -> None:
    """Makes builds faster. The pages are the same without it.

    :param suffix: suffix of trope markup sources.
    """
    # imported here so that the docutils part can be used without Sphinx
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
