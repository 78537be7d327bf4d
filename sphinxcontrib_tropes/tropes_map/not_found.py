"""The page that a server shows for an address without a page: ``404.html``."""

from __future__ import annotations

import os
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from docutils import nodes

from ..builders import abilities
from ..internals.sphinx.page_at_root import write_at_root
from ..messages import _
from ..pages.kinds import PageKind, add_page_kind
from ..pages.site_map import NOT_FOUND
from ..reading.slots import trope_page_link
from ..rendering.nodes import trope_tool

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

    from ..pages.site_map import Pages
    from ..wiki import Wiki

__all__ = ["setup"]

_FILE = "404.html"


class _NotFoundView(NamedTuple):
    """The view of the page: the address that its links are relative to."""

    address: str


def _is_free(app: Sphinx) -> bool:
    """Whether we may make this page: a user's own page always comes first."""
    config = app.config
    if not abilities(app.builder).is_served or "notfound.extension" in app.extensions:
        return False
    if any(docname.casefold() == NOT_FOUND for docname in app.env.found_docs):
        return False
    extra = (Path(app.confdir, path) for path in config.html_extra_path)
    has_own = any(path.name == _FILE or (path / _FILE).exists() for path in extra)
    return not has_own and NOT_FOUND not in config.html_additional_pages


def _put_at_root(app: Sphinx, _env: BuildEnvironment) -> list[str]:
    """Makes ``dirhtml`` write ``404.html``, where servers look for it, not ``404/index.html``."""
    if abilities(app.builder).has_folders:
        is_free = _is_free(app)
        if not is_free:
            _remove_own(Path(app.builder.outdir, _FILE))
        write_at_root(app.builder, NOT_FOUND, is_wanted=is_free)
    return []


def _remove_own(path: Path) -> None:
    """Deletes our page of an earlier build if the user's own page is now in a folder."""
    if path.is_file() and 'data-trope-tool="missing"' in path.read_text("utf-8", errors="replace"):
        path.unlink()


def _address(builder: Builder) -> str:
    """The address that the page's links are relative to, because servers show it at any depth.

    This is the site's own address, from ``html_baseurl`` or Read the Docs; else the root of its
    host.
    """
    site = builder.config.html_baseurl or os.environ.get("READTHEDOCS_CANONICAL_URL") or "/"
    return f"{site.rstrip('/')}/{builder.get_target_uri(NOT_FOUND)}"


def _base(app: Sphinx) -> str:
    """Makes the links of the page work at any address."""
    return f'<base href="{escape(_address(app.builder))}" />\n'


def _docname(app: Sphinx, wiki: Wiki) -> str:
    return NOT_FOUND if wiki.pages and _is_free(app) else ""


def _settings(app: Sphinx) -> tuple[bool, str]:
    is_free = _is_free(app)
    return is_free, _address(app.builder) if is_free else ""


def _to_nodes(_view: _NotFoundView, pages: Pages) -> list[nodes.Node]:
    line = nodes.paragraph("", _("There is nothing at this address."))
    found: list[nodes.Node] = [line]
    found.append(trope_tool(tool="missing", words={"near": _("Did you mean one of these?")}))
    if pages.index:
        label = _("Trope index")
        link = trope_page_link(label, label, docname=pages.index, anchor="")
        found.append(nodes.paragraph("", _("All pages are in the index: "), link))
    return found


def _view_of(app: Sphinx) -> Callable[[Wiki], _NotFoundView]:
    return lambda _wiki: _NotFoundView(_address(app.builder))


def setup(app: Sphinx) -> None:
    """Adds the page."""
    kind = PageKind(
        "missing",
        lambda: _("Page not found"),
        _docname,
        _view_of,
        _to_nodes,
        is_searched=False,
        metatags=_base,
        settings=_settings,
    )
    add_page_kind(app, kind)
    app.connect("env-updated", _put_at_root, priority=899)  # before the pages are planned
