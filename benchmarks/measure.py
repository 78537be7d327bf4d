"""What a command costs: the processor time of its whole tree of processes, and its memory."""

from __future__ import annotations

import os
import signal
import statistics
import subprocess
import time
from contextlib import suppress
from threading import Timer
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

__all__ = ["Cost", "FailedError", "TooLongError", "interleaved", "median_ratio", "run"]


class FailedError(Exception):
    """A command that was to be measured failed."""


class TooLongError(Exception):
    """A command that was to be measured took longer than it may."""


class Cost(NamedTuple):
    """What one run cost."""

    cpu: float
    """Seconds, of the process and all that it started."""
    wall: float
    """Seconds."""
    memory: int = 0
    """Bytes: the most that one process of it held at a time."""


def run(command: Sequence[str], folder: Path, limit: float | None = None, **variables: str) -> Cost:
    """Runs *command* in *folder*.

    :param limit: seconds after which it is ended.
    :raises FailedError: if it does not end well.
    :raises TooLongError: if it was ended.
    """
    environment = {**os.environ, "PYTHONHASHSEED": "0", **variables}
    # what pip installs is compiled: so must be a checkout, or it is compiled in every run
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    begun = time.perf_counter()
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,  # so that it can be ended with all that it starts
    )
    assert process.stderr is not None
    timer = Timer(limit, _end, [process]) if limit is not None else None
    if timer is not None:
        timer.start()
    try:
        errors = process.stderr.read()
    except KeyboardInterrupt:  # which a session of its own is not told of
        _end(process)
        raise
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - begun
    if timer is not None:
        timer.cancel()
    process.stderr.close()
    process.returncode = os.waitstatus_to_exitcode(status)
    if limit is not None and wall >= limit:
        msg = f"{' '.join(command)}: over {limit:g} s"
        raise TooLongError(msg)
    if process.returncode:
        msg = f"{' '.join(command)}: {process.returncode}\n{errors[-2000:]}"
        raise FailedError(msg)
    return Cost(used.ru_utime + used.ru_stime, wall, used.ru_maxrss * 1024)


def _end(process: subprocess.Popen[str]) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def interleaved(contenders: Mapping[str, Callable[[], Cost]], rounds: int) -> dict[str, list[Cost]]:
    """The costs of all *contenders*, in turns: so what disturbs one disturbs all. Every other
    round goes backwards.
    """
    costs: dict[str, list[Cost]] = {name: [] for name in contenders}
    for number in range(rounds):
        order = list(contenders)
        for name in order if number % 2 == 0 else reversed(order):
            costs[name].append(contenders[name]())
    return costs


def median_ratio(
    these: Sequence[Cost], those: Sequence[Cost], what: Callable[[Cost], float] = lambda c: c.cpu
) -> float:
    """The median of the ratios of each round."""
    return statistics.median(
        what(this) / what(that) for this, that in zip(these, those, strict=True)
    )
