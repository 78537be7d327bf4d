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

_ENV_VERSION = 12
"""To be raised when facts or doctrees of an older version can't be used."""


def get_wiki(env: BuildEnvironment) -> Wiki:
    """The wiki of a project: read-only, complete once ``tropes-wiki-updated`` is emitted."""
    from .domain import get_wiki

    return get_wiki(env)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Registers everything, in the order of a build."""
    # imported here so that the markup and the wiki can be used without Sphinx
    from . import (
        books,
        build,
        conditions,
        config,
        directives,
        federation,
        garbage,
        health,
        labels,
        look,
        messages,
        neighbours,
        paper,
        quotes,
        searched,
        source,
        stems,
        tags,
        templates,
        titles,
        trees,
    )
    from .domain import TropeDomain
    from .markup.nodes import trope_link
    from .messages import CATALOG
    from .resolve import RenderForeign
    from .roles import TropeRole

    messages.setup(app)
    app.add_message_catalog(CATALOG, str(Path(__file__).parent / "locale"))
    config.setup(app)
    federation.setup(app)
    # reading: sources, roles, directives -> doctrees -> facts
    source.setup(app)
    conditions.setup(app)
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
    quotes.setup(app)
    titles.setup(app)
    neighbours.setup(app)
    # facts -> the wiki -> views -> which pages to write
    build.setup(app)
    # writing: views -> nodes -> pages
    app.add_post_transform(RenderForeign)
    look.setup(app)
    stems.setup(app)
    searched.setup(app)
    tags.setup(app)
    templates.setup(app)
    trees.setup(app)
    garbage.setup(app)
    books.setup(app)
    labels.setup(app)
    paper.setup(app)
    health.setup(app)
    return {
        "version": __version__,
        "env_version": _ENV_VERSION,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
