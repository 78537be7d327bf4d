"""The theme's templates are read once in a build.

A page is made from a dozen of them, and before each use Jinja asks the file system whether that file
has changed since: tens of thousands of times in a build of a thousand pages, which are twice as many
with their backlinks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2 import Environment

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder

__all__ = ["setup"]


def _keep_templates(app: Sphinx, builder: Builder) -> None:
    """A build begins to write. The next one, in this process too, makes its templates anew."""
    # another template bridge than Sphinx's may have none
    environment = getattr(getattr(builder, "templates", None), "environment", None)
    if isinstance(environment, Environment):
        environment.auto_reload = False


def setup(app: Sphinx) -> None:
    """Connects it with the events of a build."""
    app.connect("write-started", _keep_templates)
