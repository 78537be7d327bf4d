"""The page that a server shows for an address where nothing is: ``404.html``."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..builders import abilities
from .site_map import NOT_FOUND

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx.application import Sphinx
    from sphinx.builders import Builder

__all__ = ["address_of_missing", "is_missing_page_free", "missing_page", "put_missing_page_at_root"]

_FILE = "404.html"
_AT_ROOT = "tropes_missing_at_root"


def is_missing_page_free(app: Sphinx) -> bool:
    """Whether the page is ours to make: a user's own, however it is made, comes first."""
    config = app.config
    if not abilities(app.builder).is_served or "notfound.extension" in app.extensions:
        return False
    if any(docname.casefold() == NOT_FOUND for docname in app.env.found_docs):
        return False
    extra = (Path(app.confdir, path) for path in config.html_extra_path)
    has_own = any(path.name == _FILE or (path / _FILE).exists() for path in extra)
    return not has_own and NOT_FOUND not in config.html_additional_pages


def put_missing_page_at_root(app: Sphinx) -> None:
    """Makes ``dirhtml`` write ``404.html``, where servers look for it, and not ``404/index.html``."""
    builder: Any = app.builder
    if not abilities(builder).has_folders:
        return
    is_wrapped, is_free = hasattr(builder, _AT_ROOT), is_missing_page_free(app)
    setattr(
        builder, _AT_ROOT, is_free
    )  # for this build: the next one of the process may have another
    if not is_free:
        _remove_own(Path(builder.outdir, _FILE))
    if is_wrapped:
        return

    def to_root(name: str, at_root: Callable[[Any], Any]) -> None:
        otherwise = getattr(builder, name)

        def of(docname: str, *others: Any) -> Any:
            found = otherwise(docname, *others)
            return at_root(found) if docname == NOT_FOUND and getattr(builder, _AT_ROOT) else found

        setattr(builder, name, of)

    to_root("get_target_uri", lambda uri: _FILE)
    to_root("get_output_path", lambda path: Path(builder.outdir, _FILE))


def _remove_own(path: Path) -> None:
    """Deletes the page of an earlier build, now that the user's own is in a folder."""
    if path.is_file() and 'data-trope-tool="missing"' in path.read_text("utf-8", errors="replace"):
        path.unlink()


def address_of_missing(builder: Builder) -> str:
    """The address that its links are relative to: it is shown at any depth.

    The site's own, as ``html_baseurl`` or Read the Docs says; else the root of its host.
    """
    site = builder.config.html_baseurl or os.environ.get("READTHEDOCS_CANONICAL_URL") or "/"
    return f"{site.rstrip('/')}/{builder.get_target_uri(NOT_FOUND)}"


def missing_page(app: Sphinx) -> tuple[bool, str]:
    """What the page depends on that is neither in the wiki nor in the configuration."""
    is_free = is_missing_page_free(app)
    return is_free, address_of_missing(app.builder) if is_free else ""
