"""The exit status of ``sphinx-build``.

Touches: ``Sphinx.statuscode``, written as Sphinx's own ``doctest`` and ``linkcheck`` do.
Why: a build with too many findings fails without an exception, after everything is written.
Seen in: Sphinx 8.2 to 9.2.
Remove when: a builder can fail in a documented way.
Upstream: none known.
Without it: ``sphinx-build -b tropes-health`` never fails.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["fail"]


def fail(app: Sphinx) -> None:
    """Makes ``sphinx-build`` exit with 1."""
    app.statuscode = 1
