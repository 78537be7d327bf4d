"""Trope markup -> docutils nodes. Needs docutils, but never Sphinx."""

from .page import page_section
from .parser import Parser
from .settings import MarkupSettings

__all__ = ["MarkupSettings", "Parser", "page_section"]
