"""The wiki: facts of documents -> indexes, behind :class:`Wiki` -> views of pages.

Needs neither docutils nor Sphinx.
"""

from .analysis.co_citation import Related
from .analysis.trope_relations import Relation
from .facts.document import (
    COVER,
    Destination,
    DocumentFacts,
    Link,
    Listing,
    Passage,
    Place,
    Reference,
)
from .facts.packed import PackedFacts
from .facts.page import Page
from .index.foreign import Federation
from .index.records import Backlink, External, Mention, Problem, Resolution, Wanted, WikiPage
from .wiki import Wiki

__all__ = [
    "COVER",
    "Backlink",
    "Destination",
    "DocumentFacts",
    "External",
    "Federation",
    "Link",
    "Listing",
    "Mention",
    "PackedFacts",
    "Page",
    "Passage",
    "Place",
    "Problem",
    "Reference",
    "Related",
    "Relation",
    "Resolution",
    "Wanted",
    "Wiki",
    "WikiPage",
]
