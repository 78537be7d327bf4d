"""How often Python collects garbage during a build.

Touches: the thresholds of ``gc`` and what it has frozen, for the whole process.
Why: an object made in a build is either dropped with its page or kept to the end. Young objects are
collected as usual, while still in cache; those that outlive a page less often, and the oldest
seldom. In a large project, the environment, the facts and the views are frozen, so that neither the
collector nor the end of the process goes through them. With 10,000 pages, this is a third of a
build without changes.
Seen in: Python 3.11 to 3.14.
Remove when: with 10,000 pages a build takes no longer without it.
Upstream: none known.
Without it: the same pages, more slowly.
"""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

__all__ = ["end", "setup"]

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
    has_frozen = False


def _begin(
    app: Sphinx,
    env: BuildEnvironment,
    added: AbstractSet[str],
    changed: AbstractSet[str],
    removed: AbstractSet[str],
) -> list[str]:
    """Starts a build, which may be one of several in this process or application."""
    if _Process.has_frozen:  # objects of an earlier build, now perhaps garbage
        gc.unfreeze()
        gc.collect()
        _Process.has_frozen = False
    if _Process.threshold is None:  # otherwise the last build was interrupted
        _Process.threshold = gc.get_threshold()
    gc.set_threshold(*_THRESHOLD)
    _freeze(app, env)
    return []


def _freeze(app: Sphinx, env: BuildEnvironment) -> None:
    if len(env.all_docs) > _LARGE:
        if not _Process.has_frozen:
            gc.collect()  # reading leaves much garbage
        gc.freeze()
        _Process.has_frozen = True


def end(app: Sphinx, exception: Exception | None = None) -> None:
    """Ends a build, or a run that only reads.

    What is frozen stays frozen. The rest is frozen too: otherwise the end of the process would go
    through all of it.
    """
    if _Process.has_frozen:
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
