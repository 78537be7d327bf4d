"""A small wiki of PmWiki, and its pages in trope markup."""

from __future__ import annotations

from typing import NamedTuple

from sphinxcontrib_tropes.markup import MarkupSettings
from sphinxcontrib_tropes.names import DEFAULT_NAMESPACES, Namespaces
from sphinxcontrib_tropes.tools.importing.pmwiki import (
    WikiPage,
    facts_of,
    rewritten,
    wiki_page,
)

WIKI = (
    WikiPage("Film", "Alien3", title="Alien³", modified=3, created=1),
    WikiPage("Film", "Blade-Runner", modified=1, created=3),
    WikiPage("Film", "ÉtéMort", modified=2, created=2),
    WikiPage("Film", "RecentChanges"),
    WikiPage("Main", "HomePage", title="A [[b]] ''home''", description="Where it begins"),
    WikiPage(
        "Books", "Ocean11", title="Ocean's 11", variables=(("Colour", "red"), ("Bad", "{$:Bad}"))
    ),
)


class Made(NamedTuple):
    """A page after the import."""

    text: str
    told: list[tuple[int, str]]
    """Line and sentence of each remark."""

    @property
    def remarks(self):
        return [sentence for _, sentence in self.told]


def page_of(text, name="Film.Page", *, wikiwords=False, pages=WIKI, **facts):
    """*text* as the page *name* of a small wiki, rewritten."""
    group, _, own = name.partition(".")
    page = wiki_page(group, own, text)._replace(author="Ada", modified=1_000_000_000)
    known = facts_of([page, *pages], **facts)
    groups = {found.group: "" for found in known.pages.values()} | {"Category": "", "Profiles": ""}
    settings = MarkupSettings(Namespaces(DEFAULT_NAMESPACES | groups), wikiwords)
    return Made(*rewritten(text, page, group, known, settings, lambda name: True))
