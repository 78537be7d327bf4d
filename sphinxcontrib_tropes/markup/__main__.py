"""``python -m sphinxcontrib_tropes.markup PAGE.trope [PAGE.html]``: HTML without Sphinx."""

from __future__ import annotations

from docutils.core import publish_cmdline

from .parser import Parser
from .writer import Writer

if __name__ == "__main__":
    publish_cmdline(
        parser=Parser(),
        writer=Writer(),
        settings_overrides={"stylesheet_path": "", "embed_stylesheet": False},
        description="Writes a page of trope markup as HTML.",
    )
