"""The version of the schema of ``tropes.json``, for code that writes or reads such files."""

from __future__ import annotations

__all__ = ["VERSION"]

VERSION = 1
"""Readers refuse a file with another version."""
