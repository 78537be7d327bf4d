"""A wiki of tropes, or of any terms that refer to each other, inside Sphinx documentation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ._version import __version__

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

    from .wiki import Wiki

__all__ = ["__version__", "get_wiki", "setup"]

_ENV_VERSION = 17
"""Raise this when facts or doctrees of an older version are unusable or would look different."""


def get_wiki(env: BuildEnvironment) -> Wiki:
    """The wiki of a project, to be read; complete once ``tropes-wiki-updated`` is emitted. A later
    build of the same application may edit it: ask again then.
    """
    from .domain import get_wiki

    return get_wiki(env)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Registers everything, in the order of a build."""
    # imported here so that the markup and the wiki can be used without Sphinx
    from . import config, domain, internals, messages, navigation, recent_changes, tropes_map
    from .build import epub, health_builder, search_names, session
    from .data import alias_pages, assets, previews, switcher, tropes_json
    from .reading import directives, roles, source_parser, toc_titles, transforms
    from .rendering import book_labels, html, latex, other_extensions, pages, post_transform

    for part in (
        messages,
        config,
        # reading: sources, roles, directives -> doctrees -> facts, kept in the domain
        source_parser,
        roles,
        directives,
        transforms,
        domain,
        toc_titles,
        other_extensions,
        # facts -> wiki -> views -> which pages to write
        session,
        # writing: views -> nodes -> pages
        pages,
        tropes_map,
        navigation,
        recent_changes,
        post_transform,
        html,
        latex,
        book_labels,
        epub,
        health_builder,
        # data files beside the pages
        assets,
        search_names,
        alias_pages,
        tropes_json,
        previews,
        switcher,
    ):
        part.setup(app)
    internals.setup(app, source_parser.SUFFIX)
    return {
        "version": __version__,
        "env_version": _ENV_VERSION,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
