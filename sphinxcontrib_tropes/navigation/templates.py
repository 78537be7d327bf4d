"""The templates of the extension, for the sidebars of themes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ..builders import abilities

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

__all__ = ["is_used", "setup"]

_TEMPLATES = Path(__file__).parents[1] / "templates"


def is_used(app: Sphinx, template: str) -> bool:
    """Whether the settings of the project name one of our templates, without its suffix."""
    if not abilities(app.builder).has_generated_pages:
        return False
    config = app.config
    return template in repr((config.html_sidebars, config.html_theme_options))


def _add_path(app: Sphinx, config: Config) -> None:
    # last: a project may have a template of the same name
    config.templates_path = [*config.templates_path, str(_TEMPLATES)]


def setup(app: Sphinx) -> None:
    """Makes themes find the templates."""
    app.connect("config-inited", _add_path)
