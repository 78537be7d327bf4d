"""Page files of PmWiki."""

from __future__ import annotations

import pytest

from sphinxcontrib_tropes.tools.importing.pmwiki import is_bookkeeping, read_pmwiki

from ..shared import PMWIKI


def test_authors_are_named_once_in_the_order_of_their_first_edit():
    page = read_pmwiki(
        PMWIKI + b"author=Ada  %0aLovelace\ntime=1000\nctime=10\ncsum=small things\ntext=x\n"
        b"author:300=Bob\nauthor:20=Zo%c3%ab\nauthor:100=Bob\nauthor:x=No\nauthor:40=\n"
    )
    assert page.authors == ("Zoë", "Bob", "Ada Lovelace")
    assert (page.author, page.modified, page.created, page.summary) == (
        "Ada Lovelace",
        1000,
        10,
        "small things",
    )


def test_what_a_file_does_not_say_is_empty():
    page = read_pmwiki(PMWIKI + b"text=x\ntime=-5\nctime=99999999999999\n")
    assert (page.authors, page.author, page.modified, page.created) == ((), "", 0, 0)


def test_authors_are_in_the_encoding_of_the_file():
    assert read_pmwiki(PMWIKI + b"charset=ISO-8859-1\nauthor=Zo%eb\n").author == "Zoë"
    page = read_pmwiki(PMWIKI + b"charset=iso-8859-1\nauthor=Z%93o%94\n")
    assert (page.author, page.charset) == ("Z“o”", "cp1252")
    assert read_pmwiki(PMWIKI + b"charset=none-such\nauthor=Zo%eb\n").author == "Zo�"


@pytest.mark.parametrize(
    ("name", "is_its_own"),
    [
        ("Site.Anything", True),
        ("SiteAdmin.Status", True),
        ("Film.RecentChanges", True),
        ("Site.AllRecentChanges", True),
        ("Main.AllRecentChanges", True),
        ("Film.GroupHeader", True),
        ("Category.GroupFooter", True),
        ("Film.SideBar", True),
        ("Main.SearchWiki", True),
        ("PmWiki.Search", False),
        ("Film.RecentChangesInFilm", False),
        ("Film.Templates", False),
        ("Sites.Page", False),
    ],
)
def test_pages_for_pmwikis_own_use(name, is_its_own):
    assert is_bookkeeping(name) is is_its_own
