"""PmWiki: its page files, and their text in trope markup."""

from .attachments import place_of_upload
from .bookkeeping import FOR_ITS_OWN_USE, is_bookkeeping
from .intermap import prefixes_in
from .leftovers import not_understood
from .links import linked_groups
from .page_files import PmWikiPage, is_pmwiki, read_pmwiki
from .remark_kinds import remark_on
from .rewriting import rewritten
from .side_files import SideFiles, side_files
from .trails import trails_in
from .wiki_facts import WikiFacts, WikiPage, facts_of, wiki_page

__all__ = [
    "FOR_ITS_OWN_USE",
    "PmWikiPage",
    "SideFiles",
    "WikiFacts",
    "WikiPage",
    "facts_of",
    "is_bookkeeping",
    "is_pmwiki",
    "linked_groups",
    "not_understood",
    "place_of_upload",
    "prefixes_in",
    "read_pmwiki",
    "remark_on",
    "rewritten",
    "side_files",
    "trails_in",
    "wiki_page",
]
