"""Tags of stylesheets and scripts, made once for all pages of a folder.

Touches: ``css_tag`` and ``js_tag`` of the page context, if they are Sphinx's own.
Why: for each tag on each page, Sphinx resolves the path of the file on disk before it uses its
cached checksum. On a backlinks page, this is a third of the time of the whole template.
Seen in: Sphinx 8.2 to 9.2.
Remove when: Sphinx caches the checksum by the name of the file.
Upstream: https://github.com/sphinx-doc/sphinx/pull/11415, which added the checksums.
Without it: the same pages, more slowly.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx.builders.html import StandaloneHTMLBuilder

if TYPE_CHECKING:
    from collections.abc import Callable

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.builders import Builder

    _Maker = Callable[[Any], str]

__all__ = ["setup"]


class _Tags:
    """The tags of one build. Their addresses are relative, so all pages of a folder share them."""

    def __init__(self) -> None:
        self._made: dict[tuple[str, str], dict[Any, str]] = {}

    def forget(self, app: Sphinx, builder: Builder) -> None:
        """Clears the cache when writing starts: files may have changed since the last build."""
        self._made.clear()

    def remember(
        self,
        app: Sphinx,
        pagename: str,
        templatename: str,
        context: dict[str, Any],
        doctree: nodes.document | None,
    ) -> None:
        """Gives the template of a page the cached tags."""
        uri = app.builder.get_target_uri(pagename).partition("#")[0]
        folder = uri.rpartition("/")[0]
        for name in ("css_tag", "js_tag"):
            make = context.get(name)
            # a project's own function may depend on the page
            if (
                make is not None
                and getattr(make, "__module__", "") == StandaloneHTMLBuilder.__module__
            ):
                context[name] = _remembering(make, self._made.setdefault((name, folder), {}))


def _remembering(make: _Maker, made: dict[Any, str]) -> _Maker:
    def tag(asset: Any) -> str:
        found = made.get(asset)
        if found is None:
            found = made[asset] = make(asset)
        return found

    return tag


def setup(app: Sphinx) -> None:
    """Connects the cache to the events of a build."""
    tags = _Tags()
    app.connect("write-started", tags.forget)
    # before other extensions, which may wrap it
    app.connect("html-page-context", tags.remember, priority=1)
