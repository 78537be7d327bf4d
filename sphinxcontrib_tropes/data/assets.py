"""Stylesheets and scripts."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .._version import __version__
from ..builders import abilities
from ..messages import _
from ..pages.site_map import DATA_FILE, PREVIEWS_FOLDER, STATE_FILE, SWITCHER_FOLDER

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config


__all__ = ["BOOK_STYLES", "setup"]


BOOK_STYLES = "tropes-book.css"
_STATIC = Path(__file__).parents[1] / "static"
# EPUB 3.3, 6.3.1.3: in a book, only the markup sets the text direction
_NOT_IN_BOOKS = re.compile(r"^ *(?:direction|unicode-bidi):.*\n", re.MULTILINE)


def _add_paths(app: Sphinx, config: Config) -> None:
    # add_static_dir exists only from Sphinx 9.1 on. Set any later, the configuration would differ
    # from what Sphinx pickled in the build before.
    config.html_static_path = [*config.html_static_path, str(_STATIC)]
    # these files are beside the pages, but not part of the book
    scripts = [
        f"_static/{path.relative_to(_STATIC).as_posix()}"
        for path in sorted((_STATIC / "tropes").rglob("*"))
        if path.is_file()
    ]
    config.epub_exclude_files = [
        *config.epub_exclude_files,
        DATA_FILE,
        STATE_FILE,
        "_static/tropes.css",
        *scripts,
    ]


def _add_assets(app: Sphinx) -> None:
    able = abilities(app.builder)
    if not able.is_for_browsers:
        return
    if able.is_book:
        _write_book_styles(app)
    app.add_css_file(BOOK_STYLES if able.is_book else "tropes.css")
    if not able.has_scripts:
        return
    words = {
        "allFolders": str(_("Open or close all folders")),
        "showSpoilers": str(_("Show all spoilers")),
        "spoilerEnd": str(_("end of spoiler")),
        "findPage": str(_("Find a page")),
        "copyLink": str(_("Copy link to this sentence")),
        "copied": str(_("Copied")),
    }
    attributes: dict[str, Any] = {
        "data-tropes-pages": app.config.tropes_pages_prefix,
        "data-tropes-version": __version__,
        "data-tropes-words": json.dumps(words, ensure_ascii=False),
    }
    if app.config.tropes_preview and able.has_generated_pages:
        attributes["data-tropes-data"] = f"{app.config.tropes_pages_prefix}/{PREVIEWS_FOLDER}"
        if "sphinx_tippy" in app.extensions and able.is_served and not able.has_folders:
            # sphinx-tippy has its own previews for the same links
            attributes["data-tropes-no-previews"] = ""
    if app.config.tropes_switcher_key is not False and able.has_generated_pages:
        attributes["data-tropes-names"] = f"{app.config.tropes_pages_prefix}/{SWITCHER_FOLDER}"
        attributes["data-tropes-key"] = app.config.tropes_switcher_key
    app.add_js_file("tropes.js", loading_method="defer", **attributes)


def _write_book_styles(app: Sphinx) -> None:
    """Writes a stylesheet for books: some readers and checkers reject parts of the site's."""
    path = Path(app.outdir, "_static", BOOK_STYLES)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_NOT_IN_BOOKS.sub("", (_STATIC / "tropes.css").read_text("utf-8")), "utf-8")


def setup(app: Sphinx) -> None:
    """Adds the stylesheets and scripts to pages."""
    app.connect("config-inited", _add_paths)
    app.connect("builder-inited", _add_assets)
