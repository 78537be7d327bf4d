"""Leaves pages out of the sitemaps of other extensions.

Touches: ``sitemap_excludes`` of the configuration, which sphinx-sitemap reads before each page;
``sitemap_links`` of the application, which sphinx-immaterial fills.
Why: redirects and lists have no content of their own. A pattern for each would be matched against
every other page.
Seen in: sphinx-sitemap 2.9, sphinx-immaterial 0.13.
Remove when: a page can declare that it is in no sitemap.
Upstream: none known.
Without it: sitemaps list redirects and backlinks pages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx

__all__ = ["Sitemap"]


class Sitemap:
    """Keeps pages without content of their own out of other extensions' sitemaps."""

    def __init__(self, app: Sphinx) -> None:
        self._app = app
        self._config: Any = app.config
        self._excluded: Any = getattr(app.config, "sitemap_excludes", None)

    def list(self, *, is_listed: bool) -> None:
        """Sets whether sphinx-sitemap lists the page that is written next."""
        if self._excluded is not None:
            self._config.sitemap_excludes = self._excluded if is_listed else ["*"]

    @property
    def is_of_theme(self) -> bool:
        """Whether sphinx-immaterial lists pages: it has no such setting."""
        return self._config.html_theme == "sphinx_immaterial" and bool(self._site)

    @property
    def _site(self) -> str:
        return str(self._config.html_theme_options.get("site_url", "")).rstrip("/")

    def prune(self, unlisted: Iterable[str]) -> None:
        """Removes documents from the list of that theme."""
        links: Any = getattr(self._app, "sitemap_links", None)
        uri = self._app.builder.get_target_uri
        out = {f"{self._site}/{uri(docname)}" for docname in unlisted}
        if links:
            links[:] = [link for link in links if link not in out]
