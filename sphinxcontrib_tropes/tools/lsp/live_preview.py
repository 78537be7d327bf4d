"""Shows unsaved text in the live preview of the same project, if one runs. Either may start first."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from .. import previews

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["LivePreview"]

_WAIT = 0.1
"""Seconds without a change before a text is shown."""


class LivePreview:
    """The live preview of one project, and what it was shown.

    :param source: the source folder.
    """

    def __init__(self, source: Path) -> None:
        self._source = source
        self._preview: previews.Preview | None = None
        self._unsaved: dict[Path, str] = {}
        self._shown: dict[Path, str] = {}
        self._task: asyncio.Task[None] | None = None
        self._is_changed = False

    def put(self, path: Path, text: str | None) -> None:
        """Shows unsaved *text* soon; None: what is on the disk counts again."""
        if text is None:
            self._unsaved.pop(path, None)
        else:
            self._unsaved[path] = text
        self._is_changed = True
        if self._task is None or self._task.done():
            self._task = asyncio.ensure_future(self._show_soon())

    async def _show_soon(self) -> None:
        while self._is_changed:
            await asyncio.sleep(_WAIT)
            self._is_changed = False
            await asyncio.to_thread(self._show, dict(self._unsaved))

    def _show(self, unsaved: dict[Path, str]) -> None:
        """Tells the preview what differs from what it was shown; a new preview, all."""
        for _ in range(2):
            if self._preview is None:
                self._preview, self._shown = previews.find(self._source), {}
            if self._preview is None or self._tell(self._preview, unsaved):
                return
            self._preview = None  # it may have been started again

    def _tell(self, preview: previews.Preview, unsaved: dict[Path, str]) -> bool:
        for path in [*self._shown]:
            if path not in unsaved:
                if not preview.show(path, None):
                    return False
                del self._shown[path]
        for path, text in unsaved.items():
            if self._shown.get(path) != text:
                if not preview.show(path, text):
                    return False
                self._shown[path] = text
        return True
