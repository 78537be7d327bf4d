"""The tags of stylesheets and scripts, made once for all pages of a folder.

For each of them on each page Sphinx looks up in the file system where the file really is, before it
takes the checksum that it remembers. Of a backlinks page that is a third of what the whole template
takes.
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
    """The tags of one build. Addresses in them are relative: so they are another page's of the same
    folder, too.
    """

    def __init__(self) -> None:
        self._made: dict[tuple[str, str], dict[Any, str]] = {}

    def forget(self, app: Sphinx, builder: Builder) -> None:
        """A build begins to write: files may be others than in the one before."""
        self._made.clear()

    def remember(
        self,
        app: Sphinx,
        pagename: str,
        templatename: str,
        context: dict[str, Any],
        doctree: nodes.document | None,
    ) -> None:
        """A page is about to be rendered: its template is to take the tags that are made."""
        uri = app.builder.get_target_uri(pagename).partition("#")[0]
        folder = uri.rpartition("/")[0]
        for name in ("css_tag", "js_tag"):
            make = context.get(name)
            # one that a project has put in its place may look at the page
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
    """Connects it with the events of a build."""
    tags = _Tags()
    app.connect("write-started", tags.forget)
    # before all that may put theirs around it
    app.connect("html-page-context", tags.remember, priority=1)
