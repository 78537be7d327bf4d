"""Reads the theme's templates only once in a build.

Touches: ``templates.environment.auto_reload`` of the HTML builder.
Why: a page is made from a dozen templates, and before each use Jinja checks whether the file has
changed. That is tens of thousands of checks in a build of 1,000 pages and as many backlinks pages.
Seen in: Sphinx 8.2 to 9.2, Jinja 3.1.
Remove when: Sphinx turns ``auto_reload`` off.
Upstream: none known; MkDocs did so in https://github.com/mkdocs/mkdocs/pull/2261
Without it: the same pages, more slowly.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2 import Environment

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder

__all__ = ["setup"]


def _keep_templates(app: Sphinx, builder: Builder) -> None:
    """Turns reloading off when writing starts. Each build makes a new environment."""
    # a project's own template bridge may have none
    environment = getattr(getattr(builder, "templates", None), "environment", None)
    if isinstance(environment, Environment):
        environment.auto_reload = False


def setup(app: Sphinx) -> None:
    """Connects this to the events of a build."""
    app.connect("write-started", _keep_templates)
