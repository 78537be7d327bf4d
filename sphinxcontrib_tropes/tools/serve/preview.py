"""What is built when: the watcher, the editor and the builder on one side, browsers on the other."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..previews import is_running
from .orders import Order, Problem, Project, Reply
from .process import Builder

if TYPE_CHECKING:
    from collections.abc import Callable

    from .browsers import Browsers
    from .watching import Watcher

__all__ = ["LivePreview"]

_QUIET = 0.1
"""Seconds without a change after which everything else is built."""

_QUIET_UNSAVED = 0.6
"""The same while somebody types."""

_IDLE = 3.0
"""Seconds without a change after which the builder stores what the next one begins with."""

_LOOPS = 3
"""So many builds in a row that write the same source make a loop."""

_CHECKED = 2.0
"""Seconds after which it is looked at whether editors still run."""


class _Buffer(NamedTuple):
    """Unsaved text in an editor."""

    text: str
    owner: int
    """The process that told of it."""


class LivePreview:
    """Builds a project as its files and buffers change, and tells browsers and the terminal."""

    def __init__(
        self, project: Project, watcher: Watcher, browsers: Browsers, tell: Callable[[str], None]
    ) -> None:
        self._project = project
        self._watcher = watcher
        self._browsers = browsers
        self._tell = tell
        self._builder: Builder | None = None
        self._is_new = True
        """Whether the builder has built nothing yet."""
        self._changed: set[str] = set()
        self._since = 0.0
        """When the first of the changes was noticed."""
        self._shown = 0.0
        """After how many seconds the changed pages were written."""
        self._new_buffers: dict[str, str | None] = {}
        self._buffers: dict[str, _Buffer] = {}
        self._rest = "look"
        """The order that makes everything else; empty if everything is made."""
        self._woken = asyncio.Event()
        self._is_gone = False
        """Whether there is no source folder."""
        self._needs_new = False
        """Whether another builder has to do what comes next."""
        self._has_missed = False
        """Whether there are changes that the builder was not told of."""
        self._is_stored = True
        """Whether there is nothing that the builder has to store."""
        self._loops = _Loops(tell)
        self.is_busy = True
        """Whether files may be being written."""
        self.is_built = False
        """Whether a build ended well."""

    # -- what happens

    async def watch(self) -> None:
        """Notes changes of files, without end."""
        async for told in self._watcher.changes():
            if told is None:
                self._is_gone = True
                sentence = f"{self._project.source} is gone; waiting for it to come back"
                await self._fail(Problem(sentence, "error"))
                continue
            changes = self._loops.without(told)
            if told and not changes:
                self._has_missed = True
                continue
            self._has_missed = self._has_missed or told != changes
            if not told and self._is_gone:
                self._is_gone, self._needs_new = False, True
                self._tell(f"{self._project.source} is back")
            elif not told:
                self._look()
            if not self._changed:
                self._since = time.monotonic()
            self._changed |= changes
            self._woken.set()

    def show(self, path: str, text: str | None, owner: int) -> None:
        """Notes unsaved text; None: the buffer was closed.

        :param owner: the process id of the editor's server.
        """
        if text is None:
            self._buffers.pop(path, None)
        else:
            self._buffers[path] = _Buffer(text, owner)
        self._new_buffers[path] = text
        self._since = self._since or time.monotonic()
        self._woken.set()

    async def look_after_editors(self) -> None:
        """Closes the buffers of editors that ended without closing them, without end."""
        while True:
            await asyncio.sleep(_CHECKED)
            for path, buffer in list(self._buffers.items()):
                if not is_running(buffer.owner):
                    self.show(path, None, 0)

    # -- what is done about it

    async def build(self) -> None:
        """Builds, without end."""
        try:
            while True:
                self._woken.clear()
                if self._is_gone:
                    await self._woken.wait()
                elif self._builder is None or self._needs_new:
                    await self._build_anew()
                elif self._changed or self._new_buffers:
                    await self._build_first()
                elif self._rest and await self._is_quiet(self._time_of_quiet):
                    await self._ask(Order(self._rest))
                elif not self._rest:
                    self.is_busy = False
                    if self._is_stored or not await self._is_quiet(_IDLE):
                        await self._woken.wait()
                    else:
                        self._is_stored = True
                        await self._ask(Order("store"))
                    self.is_busy = True
        finally:
            await self._dismiss()

    @property
    def _time_of_quiet(self) -> float:
        return _QUIET_UNSAVED if self._buffers else _QUIET

    async def _is_quiet(self, seconds: float) -> bool:
        """Waits for a change; whether there was none for so long."""
        try:
            await asyncio.wait_for(self._woken.wait(), seconds)
        except TimeoutError:
            return True
        return False

    def _look(self) -> None:
        """Has the next build look for changes."""
        self._rest = "all" if self._rest == "all" else "look"

    async def _build_anew(self) -> None:
        """Has a new builder build everything."""
        await self._dismiss()
        self.is_busy, self._needs_new = True, False
        self._changed.clear()
        self._new_buffers.clear()
        self._builder, self._is_new = await Builder.start(self._project), True
        buffers = tuple((path, buffer.text) for path, buffer in self._buffers.items())
        self._look()
        await self._ask(Order(self._rest, buffers=buffers))

    async def _build_first(self) -> None:
        """Has the pages written that changed."""
        order = Order("first", tuple(sorted(self._changed)), tuple(self._new_buffers.items()))
        self._changed.clear()
        self._new_buffers.clear()
        reply = await self._ask(order)
        if reply.told == "written":
            self._rest = self._rest or "rest"
            if self._has_missed:
                self._look()
            if reply.pages:
                self._shown = time.monotonic() - self._since
        elif reply.told == "ignored":
            self._since = 0.0
        elif reply.told == "restart":
            self._needs_new = True
            self._rest = "all" if reply.write_all else self._rest

    async def _ask(self, order: Order) -> Reply:
        """Has an order done, and tells everybody what became of it."""
        assert self._builder is not None
        began = time.monotonic()
        with self._loops:  # while a build runs
            reply = await self._builder.ask(order)
        if reply.problems is not None:
            self._browsers.set_problems(dict(reply.problems))
        if reply.told == "failed":
            await self._dismiss()
            self._look()
            if not self._is_new or not self._has_source():
                return reply  # a new builder tries it, once there are sources
            await self._fail(reply.failure or Problem("the build failed", "error"))
            self._since = 0.0
            if not self._changed:
                await self._woken.wait()
            return reply
        if reply.told == "done":
            self._is_stored = self._rest != "rest"
            self._rest, self._has_missed = "", False
            self.is_built, self._is_new = True, False
            self._browsers.note_built()
            self._watcher.watch_also(reply.watched)
            self._tell_built(order, time.monotonic() - began)
        if reply.told in ("done", "written"):
            await self._browsers.tell()
        return reply

    def _has_source(self) -> bool:
        return Path(self._project.source).is_dir()

    def _tell_built(self, order: Order, seconds: float) -> None:
        since, self._since = self._since, 0.0
        shown, self._shown = self._shown, 0.0
        if not since:
            self._tell(f"built in {seconds:.1f} s")
        elif shown:
            self._tell(f"shown in {shown:.2f} s, all built in {time.monotonic() - since:.2f} s")
        else:
            self._tell(f"all built in {time.monotonic() - since:.2f} s")

    async def _fail(self, failure: Problem) -> None:
        place = f"{failure.file}:{failure.line}: " if failure.file else ""
        self._tell(f"{place}{failure.text}")
        if self.is_built:
            self._tell("the pages of the last build stay; the next change is built again")
        self._browsers.set_failure(failure)
        await self._browsers.tell()

    async def _dismiss(self) -> None:
        """Ends the builder, and makes later builds read documents whose unsaved text it read."""
        builder, self._builder = self._builder, None
        if builder is not None:
            await builder.end()
            for path in self._buffers:
                forget_doctree(self._project, Path(path))


def forget_doctree(project: Project, path: Path) -> None:
    """Removes the stored doctree of a source file."""
    name = path.relative_to(project.source).as_posix()
    while "." in name.rpartition("/")[2]:  # suffixes may have several dots
        name = name.rpartition(".")[0]
        with suppress(OSError):
            Path(project.doctrees, f"{name}.doctree").unlink()


class _Loops:
    """Notices sources that builds write themselves: each would start the next build."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        self._tell = tell
        self._began = self._ended = 0.0
        self._is_building = False
        self._times: Counter[str] = Counter()

    def __enter__(self) -> None:
        self._began, self._is_building = time.time(), True

    def __exit__(self, *_error: object) -> None:
        self._ended, self._is_building = time.time(), False

    def without(self, changes: set[str]) -> set[str]:
        """*changes* without those that are part of a loop."""
        left = set()
        for path in changes:
            if not self._is_of_build(path):
                self._times.pop(path, None)
                left.add(path)
                continue
            self._times[path] += 1
            if self._times[path] < _LOOPS:
                left.add(path)
            elif self._times[path] == _LOOPS:
                self._tell(
                    f"{path} is written by every build: an extension does it. That alone starts "
                    "no other build from now on."
                )
        return left

    def _is_of_build(self, path: str) -> bool:
        try:
            written = Path(path).stat().st_mtime
        except OSError:
            return False
        return self._began <= written and (self._is_building or written <= self._ended)
