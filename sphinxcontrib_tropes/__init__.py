"""A wiki of tropes, or of any terms that refer to each other, inside Sphinx documentation."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ._version import __version__

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

    from .wiki import Wiki

__all__ = ["__version__", "get_wiki", "setup"]

_ENV_VERSION = 13
"""To be raised when facts or doctrees of an older version can't be used."""


def get_wiki(env: BuildEnvironment) -> Wiki:
    """The wiki of a project: read-only, complete once ``tropes-wiki-updated`` is emitted."""
    from .domain import get_wiki

    return get_wiki(env)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Registers everything, in the order of a build."""
    # imported here so that the markup and the wiki can be used without Sphinx
    from . import config, messages
    from .build import epub, health_builder, remote_wikis, search_names, session
    from .data import assets
    from .domain import TropeDomain
    from .internals import gc_policy
    from .internals.sphinx import (
        asset_tag_cache,
        doctree_cache,
        smartquotes,
        stem_cache,
        template_cache,
    )
    from .markup.nodes import trope_link
    from .messages import CATALOG
    from .reading import directives, only_conditions, source_parser, toc_titles
    from .reading.roles import TropeRole
    from .rendering import book_labels, html, latex, other_extensions
    from .rendering.post_transform import RenderForeign

    messages.setup(app)
    app.add_message_catalog(CATALOG, str(Path(__file__).parent / "locale"))
    config.setup(app)
    remote_wikis.setup(app)
    # reading: sources, roles, directives -> doctrees -> facts
    source_parser.setup(app)
    only_conditions.setup(app)
    app.add_role("trope", TropeRole())
    app.add_directive("trope", directives.TropeDirective)
    app.add_transform(directives.DocumentPages)
    app.add_transform(directives.IdsApart)
    app.add_directive("trope-markup", directives.TropeMarkup)
    app.add_directive("trope-index", directives.TropeIndex)
    app.add_directive("trope-backlinks", directives.TropeBacklinks)
    app.add_directive("trope-examples", directives.TropeExamples)
    app.add_directive("trope-graph", directives.TropeGraph)
    app.add_directive("trope-wanted", directives.TropeWanted)
    app.add_node(trope_link)
    app.add_domain(TropeDomain)
    smartquotes.setup(app, source_parser.SUFFIX)
    toc_titles.setup(app)
    other_extensions.setup(app)
    # facts -> the wiki -> views -> which pages to write
    session.setup(app)
    # writing: views -> nodes -> pages
    app.add_post_transform(RenderForeign)
    html.setup(app)
    assets.setup(app)
    stem_cache.setup(app)
    search_names.setup(app)
    asset_tag_cache.setup(app)
    template_cache.setup(app)
    doctree_cache.setup(app)
    gc_policy.setup(app)
    epub.setup(app)
    book_labels.setup(app)
    latex.setup(app)
    health_builder.setup(app)
    return {
        "version": __version__,
        "env_version": _ENV_VERSION,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
