"""Each process reads one share of the sources.

Touches: ``sphinx.builders.make_chunks``, replaced while sources are read.
Why: a process of Sphinx is forked with all that was read before it, and sends all of that back
with its own. With 10,000 pages in 45 shares half of the time goes into that. Shares that are
handed out at once hold nothing of one another.
Seen in: Sphinx 8.2 to 9.2.
Remove when: the number of shares is a setting.
Upstream: https://github.com/sphinx-doc/sphinx/issues/10967
Without it: the same is read.
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
    """Splits the documents that are read inside of it into as many shares as there are processes.

    :param on_shares: is called with the docnames of each share before they are read.
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
