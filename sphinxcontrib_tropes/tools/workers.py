"""Processes many items, in this process or in several."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import AbstractContextManager, ExitStack, contextmanager
from multiprocessing.util import Finalize
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["workers"]

T = TypeVar("T")
R = TypeVar("R")


@contextmanager
def workers(
    start: Callable[[], AbstractContextManager[Callable[[T], R]]], jobs: int, chunk_size: int
) -> Iterator[Callable[[Iterable[T]], Iterator[R]]]:
    """Yields a function that maps items to results, in their order.

    :param start: returns the function for one item; entered once in each process, and left at its
        end.
    :param jobs: number of processes; with 1, everything is done in this process.
    :param chunk_size: number of items that a process takes at a time.
    """
    if jobs == 1:
        with start() as work:
            yield lambda items: map(work, items)
        return
    with ProcessPoolExecutor(jobs, initializer=_start, initargs=(start,)) as pool:
        yield lambda items: pool.map(_work, items, chunksize=chunk_size)


def _start(start: Callable[[], AbstractContextManager[Callable[[Any], Any]]]) -> None:
    if os.name == "posix":
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that writes decides when to stop
    stack = ExitStack()
    Finalize(None, stack.close, exitpriority=1)
    _WORK.append(stack.enter_context(start()))


_WORK: list[Callable[[Any], Any]] = []


def _work(item: Any) -> Any:
    return _WORK[-1](item)
