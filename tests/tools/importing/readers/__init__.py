"""Tests of the readers of other wikis."""
