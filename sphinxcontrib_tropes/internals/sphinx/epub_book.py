"""What a book needs of the EPUB builder.

Touches: ``html_tag``, ``build_content`` and ``refnodes`` of the builder, and ``epub_exclude_files`` of the
configuration during the build.
Why: only the markup may say the direction of the text, and Sphinx has no setting for it. A page
that nothing links to must be left out, and these are known only when all pages are written. Sphinx
takes addresses from tables of contents for names of files, which differ for names such as ``12 O'Clock``.
Seen in: Sphinx 8.2 to 9.2.
Remove when: Sphinx writes ``dir`` for the language, lets extensions choose the files of the
book, and finds the files of quoted addresses.
Upstream: none known.
Without it: a right-to-left book is laid out from left to right; checkers reject a book with
redirects, or with a space or an accent in the name of a file in a toctree.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx
    from sphinx.builders import Builder

__all__ = ["leave_out", "name_files", "write_right_to_left"]


def name_files(builder: Builder) -> None:
    """Makes the reading order name the files that tables of contents lead to."""
    epub: Any = builder
    usual = getattr(epub, "build_content", None)
    if usual is None:
        return

    def build_content() -> None:
        contents = epub.refnodes
        epub.refnodes = [{**entry, "refuri": unquote(entry["refuri"])} for entry in contents]
        try:
            usual()
        finally:
            epub.refnodes = contents

    epub.build_content = build_content


def write_right_to_left(builder: Builder) -> None:
    """Declares in each page that its text runs from right to left, if the builder is EPUB's. For
    other books, a theme does so.
    """
    epub: Any = builder
    if hasattr(epub, "html_tag"):
        epub.html_tag = epub.html_tag.replace("<html", '<html dir="rtl"')


def leave_out(app: Sphinx, files: Iterable[str]) -> None:
    """Leaves *files* out of the book in this build."""
    before = app.config.epub_exclude_files

    def restore(app: Sphinx, _error: Exception | None) -> None:
        # the next build may have other files, and the configuration is pickled
        app.config.epub_exclude_files = before
        app.disconnect(listener)

    listener = app.connect("build-finished", restore, priority=0)
    app.config.epub_exclude_files = [*before, *sorted(set(files) - set(before))]
