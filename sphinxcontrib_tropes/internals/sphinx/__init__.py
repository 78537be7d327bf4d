"""Insides of Sphinx and Jinja."""
