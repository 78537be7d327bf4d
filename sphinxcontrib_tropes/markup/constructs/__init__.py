"""The constructs of trope markup: one module for each family.

Each module lists its declarations in ``CONSTRUCTS``. If two match at one place, the first in this
list counts, as in PmWiki: escapes, then blocks, then links, then paired markup, WikiWords last.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from . import (
    boxes,
    braces,
    breaks,
    callouts,
    comments,
    definitions,
    embeddings,
    emphasis,
    entities,
    escaped,
    folders,
    headings,
    indexes,
    links,
    lists,
    mathematics,
    notes,
    pictures,
    played,
    programs,
    properties,
    quotes,
    rules,
    spoilers,
    styles,
    table_directives,
    tables,
    typography,
    urls,
    wikiwords,
)

if TYPE_CHECKING:
    from ..declaration import Construct

__all__ = ["CONSTRUCTS"]

CONSTRUCTS: tuple[Construct, ...] = tuple(
    chain.from_iterable(
        module.CONSTRUCTS
        for module in (
            escaped,
            programs,
            table_directives,
            embeddings,
            properties,
            headings,
            lists,
            definitions,
            rules,
            quotes,
            tables,
            folders,
            indexes,
            boxes,
            callouts,
            pictures,
            mathematics,
            played,
            spoilers,
            notes,
            breaks,
            styles,
            comments,
            entities,
            typography,
            urls,
            links,
            braces,
            emphasis,
            wikiwords,
        )
    )
)
"""All constructs, in order of preference."""
