"""Unsaved text of editors, read instead of the files on disk."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

__all__ = ["Unsaved"]


class Unsaved:
    """The buffers that Sphinx reads instead of files.

    The output holds what they say. So that no later build takes that for the saved text, whatever
    happens to this process, two marks make Sphinx read such a document again: it has no stored
    doctree, and the stored environment knows of no time when it was read.
    """

    def __init__(self, app: Sphinx) -> None:
        self._app = app
        self._texts: dict[str, str] = {}
        app.connect("source-read", self._replace, priority=0)
        app.connect("env-updated", self._mark_environment)  # before it is stored

    @property
    def is_open(self) -> bool:
        """Whether there are buffers."""
        return bool(self._texts)

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

    def _mark_environment(self, app: Sphinx, env: BuildEnvironment) -> list[str]:
        for docname in self._texts.keys() & env.all_docs.keys():
            env.all_docs[docname] = 0
        return []

    def _replace(self, app: Sphinx, docname: str, content: list[str]) -> None:
        text = self._texts.get(docname)
        if text is not None:
            content[0] = text
