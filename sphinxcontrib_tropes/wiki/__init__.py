"""The link graph: facts of documents -> the wiki -> views. Needs neither docutils nor Sphinx."""

from .facts import COVER, DocumentFacts, Link, Listing, PackedFacts, Page, Passage, Place
from .graph import Backlink, Mention, Problem, Resolution, Wanted, Wiki, WikiPage

__all__ = [
    "COVER",
    "Backlink",
    "DocumentFacts",
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
