"""The link graph: facts of documents -> the wiki -> views. Needs neither docutils nor Sphinx."""

from .answers import Backlink, Mention, Problem, Resolution, Wanted, WikiPage
from .facts import (
    COVER,
    Destination,
    DocumentFacts,
    Link,
    Listing,
    PackedFacts,
    Page,
    Passage,
    Place,
    Reference,
)
from .federation import External, Federation
from .graph import Wiki
from .related import Related
from .standing import Relation

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
