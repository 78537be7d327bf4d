"""The link graph: facts of documents -> the wiki -> views. Needs neither docutils nor Sphinx."""

from .facts import COVER, DocumentFacts, Link, Listing, PackedFacts, Page, Passage, Place
from .federation import External, Federation
from .graph import Backlink, Mention, Problem, Resolution, Wanted, Wiki, WikiPage

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
    "Resolution",
    "Wanted",
    "Wiki",
    "WikiPage",
]
