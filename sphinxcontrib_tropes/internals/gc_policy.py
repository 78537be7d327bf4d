"""How often Python collects garbage during a build.

Touches: the thresholds of ``gc`` and what it has frozen, for the whole process.
Why: an object made in a build is either dropped with its page or kept to the end. Young objects are
collected as usual, while still in cache; those that outlive a page less often, and the oldest
seldom. In a large project, the environment, the facts and the views are frozen, so that neither the
collector nor the end of the process goes through them. With 10,000 pages, this is a third of a
build without changes. If an application builds again, what its first build left is collected once:
looking for garbage in each build would take longer than the rest of a small edit.
Seen in: Python 3.11 to 3.14.
Remove when: with 10,000 pages a build takes no longer without it.
Upstream: none known.
Without it: the same pages, more slowly.
"""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING
from weakref import ref

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

__all__ = ["end", "keep", "paused", "settle", "setup", "tidy"]

_THRESHOLD = 700, 20, 300
"""Thresholds of the three generations (Python: 700, 10, 10).

A page makes some 3,000 objects. Collecting tens of thousands at once takes half as long again,
since by then they are no longer in the processor's cache.
"""

_LARGE = 1000
"""Minimum number of documents in a large project."""


class _Process:
    """What to restore in this process: all its builds share the collector."""

    threshold: tuple[int, int, int] | None = None
    """The thresholds from before the build, while a build runs."""
    frozen_by: ref[Sphinx] | None = None
    """The application that has frozen its objects."""
    is_settled = False
    """Whether the garbage of its first build is collected, and nothing more is frozen."""


def _begin(
    app: Sphinx,
    env: BuildEnvironment,
    added: AbstractSet[str],
    changed: AbstractSet[str],
    removed: AbstractSet[str],
) -> list[str]:
    """Starts a build, which may be one of several in this process or application."""
    frozen_by = _Process.frozen_by
    if frozen_by is not None and frozen_by() is not app:  # objects that are now perhaps garbage
        gc.unfreeze()
        gc.collect()
        _Process.frozen_by, _Process.is_settled = None, False
    settle()
    if _Process.threshold is None:  # otherwise the last build was interrupted
        _Process.threshold = gc.get_threshold()
    gc.set_threshold(*_THRESHOLD)
    _freeze(app, env)
    return []


def _freeze(app: Sphinx, env: BuildEnvironment) -> None:
    if len(env.all_docs) > _LARGE and not _Process.is_settled:
        if _Process.frozen_by is None:
            gc.collect()  # reading leaves much garbage
        gc.freeze()
        _Process.frozen_by = ref(app)


def settle() -> None:
    """Collects the garbage of an application's first build, and freezes the rest for its later ones.

    Without effect if nothing is frozen. The second build of an application does so at its
    beginning; who has time before may call it earlier.
    """
    if _Process.frozen_by is not None and not _Process.is_settled:
        keep()
        _Process.is_settled = True


def keep() -> None:
    """Collects garbage, and freezes all else: for a process that keeps it and then answers quickly."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()


@contextmanager
def paused() -> Iterator[None]:
    """Inside the context nothing is collected: for what somebody waits for, and is soon done."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.collect(0)  # of new objects alone: with so many, all would be looked at at once
        if was_enabled:
            gc.enable()


def tidy() -> None:
    """Collects what builds since :func:`settle` left, when nobody waits."""
    gc.collect()


def end(app: Sphinx, exception: Exception | None = None) -> None:
    """Ends a build, or a run that only reads.

    What is frozen stays frozen. After the first build, the rest is frozen too: otherwise the end of
    the process would go through all of it.
    """
    if _Process.frozen_by is not None and not _Process.is_settled:
        gc.freeze()
    if _Process.threshold is not None:
        gc.set_threshold(*_Process.threshold)
        _Process.threshold = None


def setup(app: Sphinx) -> None:
    """Connects the policy to the events of a build."""
    # the first event of each build; an application may have several
    app.connect("env-get-outdated", _begin, priority=0)
    app.connect("env-updated", _freeze, priority=999)
    app.connect("build-finished", end, priority=999)
