"""The server's side of the process that builds."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .orders import Problem, Reply, as_line, reply_of

if TYPE_CHECKING:
    from .orders import Order, Project

__all__ = ["Builder"]

_LONGEST_LINE = 2**26
_PATIENCE = 2.0
"""Seconds that a builder has to end before it is killed."""

_PACKAGE = str(Path(__file__).parents[3])
# -P: a file of the current folder is no module of the standard library
_COMMAND = (
    "import sys; sys.path[:] += [path for path in sys.argv[1:2] if path not in sys.path]; "
    "from sphinxcontrib_tropes.tools.serve.builder import main; main()"
)


class Builder:
    """A process that builds. It has a group of its own, which Ctrl-C does not reach."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    @classmethod
    async def start(cls, project: Project) -> Builder:
        """Starts a process for a project."""
        own_group: dict[str, Any] = {"start_new_session": True}
        if sys.platform == "win32":
            import subprocess

            own_group = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-P",
            "-c",
            _COMMAND,
            _PACKAGE,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            limit=_LONGEST_LINE,
            **own_group,
        )
        assert process.stdin is not None
        process.stdin.write(as_line(project))
        return cls(process)

    async def ask(self, order: Order) -> Reply:
        """The reply to an order; if the process ends without one, a failure that says so."""
        process = self._process
        assert process.stdin is not None
        assert process.stdout is not None
        line = b""
        with suppress(ConnectionError, ValueError):
            process.stdin.write(as_line(order))
            await process.stdin.drain()
            line = await process.stdout.readline()
        if line.endswith(b"\n"):
            return reply_of(line)
        await self.end()
        return Reply("failed", failure=Problem(_ended(process.returncode or 0), "error"))

    async def end(self) -> None:
        """Ends the process and those that it started, whatever they are doing."""
        process = self._process
        self._signal(signal.SIGTERM)
        with suppress(TimeoutError):
            await asyncio.wait_for(process.wait(), _PATIENCE)
        if sys.platform != "win32":
            self._signal(signal.SIGKILL)  # also what it has started
        elif process.returncode is None:
            process.kill()
        await process.wait()

    def _signal(self, number: signal.Signals) -> None:
        with suppress(ProcessLookupError, PermissionError):
            if sys.platform == "win32":
                self._process.terminate()
            else:
                os.killpg(self._process.pid, number)


def _ended(code: int) -> str:
    if code >= 0:
        return f"the building process ended with exit code {code}"
    with suppress(ValueError):
        return f"the building process was killed ({signal.Signals(-code).name})"
    return f"the building process was killed by signal {-code}"
