"""The version of the schema of ``tropes.json``, for those who write and read such files."""

from __future__ import annotations

__all__ = ["VERSION"]

VERSION = 1
"""A reader refuses a file with another version."""
