"""Content under ``.. only::``: what the tags at hand drop contributes nothing to the wiki.

Facts are taken before Sphinx drops it, and are shared by builders, whose tags differ. So it is noted
what each condition came to, and a document is read again where that is no longer so.
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
"""An expression of tags, and what it came to."""


@contextmanager
def without_dropped(document: nodes.document, tags: Tags | None) -> Iterator[tuple[Condition, ...]]:
    """Takes out of *document*, for a while, what *tags* drop; gives the conditions in it."""
    came_to: dict[str, bool] = {}
    emptied = []
    for node in document.findall(addnodes.only):
        expression = node["expr"]
        came_to[expression] = _holds(expression, tags)
        if not came_to[expression]:
            emptied.append((node, node.children))
    for node, _children in emptied:
        node.children = []
    try:
        yield tuple(sorted(came_to.items()))
    finally:
        for node, children in emptied:
            node.children = children


def _holds(expression: str, tags: Tags | None) -> bool:
    """What Sphinx comes to: it keeps the content where it can't tell, with a warning."""
    if tags is None:
        return True
    try:
        return bool(tags.eval_condition(expression))
    except Exception:  # noqa: BLE001 - the parser of templates raises what it likes
        return True


def changed_conditions(env: BuildEnvironment, tags: Tags) -> list[str]:
    """The documents with a condition that now comes to something else than when they were read."""
    conditions: dict[str, tuple[Condition, ...]] = env.domaindata["trope"]["conditions"]
    return sorted(
        docname
        for docname, known in conditions.items()
        if docname in env.found_docs
        and any(_holds(expression, tags) != held for expression, held in known)
    )
