"""Which modules listen to an event.

Touches: ``Sphinx.events.listeners``; reads it.
Why: what only other extensions need is made only if one of them listens. Otherwise facts need not
be unpacked, spoilers need not be covered, and doctrees need not be stored.
Seen in: Sphinx 8.2 to 9.2.
Remove when: Sphinx documents how to find the listeners.
Upstream: none known.
Without it: all of that is done in every build; the pages are the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["modules_listening"]


def modules_listening(app: Sphinx, event: str) -> list[str]:
    """The module of each handler of *event*: ``functools`` for a partial, empty if it has none."""
    listeners = app.events.listeners.get(event, ())
    return [getattr(listener.handler, "__module__", None) or "" for listener in listeners]
