"""Handles content under ``.. only::``: what Sphinx drops contributes nothing to the wiki.

Facts are collected before Sphinx drops content, and builders with different tags share the facts.
So the result of each condition is stored, and a document is read again when a result changes.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from sphinx import addnodes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docutils import nodes
    from sphinx.environment import BuildEnvironment
    from sphinx.util.tags import Tags

__all__ = ["Condition", "changed_conditions", "without_dropped"]

Condition = tuple[str, bool]
"""An expression of tags, and its result."""


@contextmanager
def without_dropped(document: nodes.document, tags: Tags | None) -> Iterator[tuple[Condition, ...]]:
    """In the ``with`` block, empties what *tags* drop from *document*. Yields the conditions."""
    results: dict[str, bool] = {}
    emptied = []
    for node in document.findall(addnodes.only):
        expression = node["expr"]
        results[expression] = _holds(expression, tags)
        if not results[expression]:
            emptied.append((node, node.children))
    for node, _children in emptied:
        node.children = []
    try:
        yield tuple(sorted(results.items()))
    finally:
        for node, children in emptied:
            node.children = children


def _holds(expression: str, tags: Tags | None) -> bool:
    """The result as for Sphinx, which warns and keeps the content if it can't evaluate it."""
    if tags is None:
        return True
    try:
        return bool(tags.eval_condition(expression))
    except Exception:  # noqa: BLE001 - the parser of templates may raise anything
        return True


def changed_conditions(env: BuildEnvironment, tags: Tags) -> list[str]:
    """The documents whose conditions now have other results than when they were read."""
    conditions: dict[str, tuple[Condition, ...]] = env.domaindata["trope"]["conditions"]
    return sorted(
        docname
        for docname, stored in conditions.items()
        if docname in env.found_docs
        and any(_holds(expression, tags) != held for expression, held in stored)
    )
