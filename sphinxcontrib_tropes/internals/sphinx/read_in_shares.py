"""Each process reads one share of the sources.

Touches: ``sphinx.builders.make_chunks``, replaced while sources are read.
Why: Sphinx forks each process with everything read so far, and the process sends all of it back
with its own data. With 10,000 pages in 45 shares, this takes half of the time. Shares handed out
all at once contain nothing of each other.
Seen in: Sphinx 8.2 to 9.2.
Remove when: the number of shares is a setting.
Upstream: https://github.com/sphinx-doc/sphinx/issues/10967
Without it: the same data, more slowly.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import sphinx.builders

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

__all__ = ["read_in_shares"]


@contextmanager
def read_in_shares(on_shares: Callable[[list[Sequence[str]]], None]) -> Iterator[None]:
    """Splits the documents read inside the context into one share for each process.

    :param on_shares: called with the docnames of each share before they are read.
    """

    def shares(docnames: Sequence[str], processes: int, maxbatch: int = 10) -> list[Sequence[str]]:
        found = [docnames[at::processes] for at in range(min(processes, len(docnames)))]
        on_shares(found)
        return found

    builders: Any = sphinx.builders
    usual = builders.make_chunks
    builders.make_chunks = shares
    try:
        yield
    finally:
        builders.make_chunks = usual
