"""Internals of docutils; can be imported without Sphinx."""
