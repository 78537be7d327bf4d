"""Unsaved text of editors, read instead of the files on disk."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx

__all__ = ["Unsaved"]


class Unsaved:
    """The buffers that Sphinx reads instead of files.

    The output holds what they say. So that no later build takes that for the saved text, whatever
    happens to this process, the stored doctree of such a document is removed: Sphinx reads a
    document again if it has none.
    """

    def __init__(self, app: Sphinx) -> None:
        self._app = app
        self._texts: dict[str, str] = {}
        app.connect("source-read", self._replace, priority=0)

    def take(self, buffers: Iterable[tuple[str, str | None]]) -> list[str]:
        """Notes buffers, by path; returns the documents that have to be read again."""
        changed = []
        for path, text in buffers:
            docname = self._app.env.path2doc(path)
            if docname is None:
                continue
            before = self._texts.pop(docname, None)
            if text is not None:
                self._texts[docname] = text.removeprefix("\ufeff").replace("\r\n", "\n")
            if before != self._texts.get(docname):
                changed.append(docname)
        self.mark()
        return changed

    def mark(self) -> None:
        """Makes later builds read the documents again. To be called before and after each build."""
        for docname in self._texts:
            Path(self._app.doctreedir, f"{docname}.doctree").unlink(missing_ok=True)

    def _replace(self, app: Sphinx, docname: str, content: list[str]) -> None:
        text = self._texts.get(docname)
        if text is not None:
            content[0] = text
