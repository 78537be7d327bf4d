"""How often Python looks for garbage during a build.

What a build makes is either thrown away with the page that it is made for or stays to the end. Young
objects are collected as usual, while still in cache; those that stay longer than a page less often, and
those that stay longer than that seldom. What a large project loads (the environment), has read (the
facts) and shows (the views) is put aside, so that neither the collector nor the end of the process goes
through it: with ten thousand pages, that is a third of a build that has nothing to do.
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
"""How many new objects there may be before they are looked at, how many looks at these before those
that stayed are looked at again, and how many of those looks before all are (Python: 700, 10, 10).

A page makes some three thousand objects. To look at them by tens of thousands takes half as long
again, since by then they are no longer in the processor's cache.
"""

_LARGE = 1000
"""How many documents make a large project."""


class _Process:
    """What was done in this process, to be undone: the collector is the same for all builds."""

    threshold: tuple[int, int, int] | None = None
    """What was set before the build, while it runs."""
    has_put_aside = False


def _begin(
    app: Sphinx,
    env: BuildEnvironment,
    added: AbstractSet[str],
    changed: AbstractSet[str],
    removed: AbstractSet[str],
) -> list[str]:
    """A build begins: one of several, it may be, of this process and of one application."""
    if _Process.has_put_aside:  # of an earlier build, and may be garbage now
        gc.unfreeze()
        gc.collect()
        _Process.has_put_aside = False
    if _Process.threshold is None:  # else that build broke off
        _Process.threshold = gc.get_threshold()
    gc.set_threshold(*_THRESHOLD)
    _put_aside(app, env)
    return []


def _put_aside(app: Sphinx, env: BuildEnvironment) -> None:
    if len(env.all_docs) > _LARGE:
        if not _Process.has_put_aside:
            gc.collect()  # all of it was read now, and left much that is garbage
        gc.freeze()
        _Process.has_put_aside = True


def end(app: Sphinx, exception: Exception | None = None) -> None:
    """A build is over, or all is read and nothing is written.

    What is put aside stays there and the rest joins it, or the end of the process would go
    through all of it.
    """
    if _Process.has_put_aside:
        gc.freeze()
    if _Process.threshold is not None:
        gc.set_threshold(*_Process.threshold)
        _Process.threshold = None


def setup(app: Sphinx) -> None:
    """Connects all this with the events of a build."""
    # the first event of each build: another begins with the same application, and its builder
    app.connect("env-get-outdated", _begin, priority=0)
    app.connect("env-updated", _put_aside, priority=999)
    app.connect("build-finished", end, priority=999)
