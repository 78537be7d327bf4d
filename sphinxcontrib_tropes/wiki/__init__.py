"""The link graph: facts of documents -> the wiki -> views. Needs neither docutils nor Sphinx."""

from .facts import COVER, DocumentFacts, Link, Listing, PackedFacts, Page, Passage, Place
from .federation import External, Federation
from .graph import Backlink, Mention, Problem, Resolution, Wanted, Wiki, WikiPage
from .related import Related
from .standing import Relation

__all__ = [
    "COVER",
    "Backlink",
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
    "Related",
    "Relation",
    "Resolution",
    "Wanted",
    "Wiki",
    "WikiPage",
]
