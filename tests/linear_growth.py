"""What takes time and memory in proportion to its text, also where the text means to take longer.

One measurement says little on a busy machine: a short text and a long one are measured in turn, a
few times, while the collector of garbage waits.
"""

from __future__ import annotations

import gc
import tracemalloc
from time import process_time
from typing import TYPE_CHECKING

from sphinxcontrib_tropes.names import page_names, words

if TYPE_CHECKING:
    from collections.abc import Callable

LONGER = 4
BOUND = 9  # times what the short text takes: LONGER if linear, LONGER**2 if quadratic
ATTEMPTS = 4
ENOUGH = 0.01  # seconds: less is noise
LITTLE = 2**20  # bytes: whatever the growth


def seconds(act: Callable[[], object]) -> float:
    """What *act* takes of the processor's time, if nothing is known from before."""
    forget()
    gc.disable()
    try:
        start = process_time()
        act()
        return process_time() - start
    finally:
        gc.enable()


def peak(act: Callable[[], object]) -> int:
    """Bytes that *act* needs at most."""
    forget()
    tracemalloc.start()
    try:
        act()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def forget() -> None:
    for memory in memories():
        memory.clear()


def memories() -> list[dict[str, object]]:
    """The caches of the functions of names."""
    functions = (*vars(words).values(), *vars(page_names).values())
    found = (getattr(function, "__self__", None) for function in functions)
    return [memory for memory in found if isinstance(memory, dict)]


def assert_linear(act: Callable[[int], object], size: int) -> None:
    """Time and memory of *act* grow as *size* does."""
    short, long = (lambda: act(size)), (lambda: act(LONGER * size))
    short()  # what is loaded at the first use is no growth
    assert peak(long) <= max(LITTLE, BOUND * peak(short))
    for attempt in range(ATTEMPTS):
        taken = seconds(long)
        if taken < ENOUGH or taken <= BOUND * seconds(short):
            return
        assert attempt < ATTEMPTS - 1, "its time grows faster than the text"
