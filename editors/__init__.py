"""Trope markup in editors: what is generated for them, and from what."""

from __future__ import annotations

import json
from pathlib import Path

__all__ = ["SUBLIME", "SYNTAXES", "generated"]

SYNTAXES = Path(__file__).with_name("vscode") / "syntaxes"
"""The folder of the grammars."""

SUBLIME = Path(__file__).with_name("sublime") / "Trope.sublime-syntax"
"""The syntax of Sublime Text and ``bat``."""


def generated() -> dict[Path, str]:
    """File -> the text that it has."""
    from .code_blocks import IN_MARKDOWN, IN_RST, in_markdown, in_rst
    from .grammar import grammar
    from .sublime import sublime_syntax

    made = {"trope.tmLanguage.json": grammar(), IN_MARKDOWN: in_markdown(), IN_RST: in_rst()}
    files = {
        SYNTAXES / name: json.dumps(content, indent=1, ensure_ascii=False) + "\n"
        for name, content in made.items()
    }
    return files | {SUBLIME: sublime_syntax()}
