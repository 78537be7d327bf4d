"""Insides of docutils; importable without Sphinx."""
