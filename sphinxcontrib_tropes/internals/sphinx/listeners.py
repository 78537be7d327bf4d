"""Which modules listen to an event.

Touches: ``Sphinx.events.listeners``; reads it.
Why: what only other extensions need is made only where one of them listens. The facts of a wiki
need not be unpacked, spoilers not covered, doctrees not stored where nobody looks.
Seen in: Sphinx 8.2 to 9.2.
Remove when: Sphinx says who listens.
Upstream: none known.
Without it: all of that is done in each build, and the same pages come out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["modules_listening"]


def modules_listening(app: Sphinx, event: str) -> list[str]:
    """The module of each handler of *event*; ``functools`` for a partial, empty where there is none."""
    listeners = app.events.listeners.get(event, ())
    return [getattr(listener.handler, "__module__", None) or "" for listener in listeners]
