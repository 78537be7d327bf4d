"""Internals of Sphinx and Jinja."""
