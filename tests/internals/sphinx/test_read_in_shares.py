"""Each process reads one share of the sources."""

from __future__ import annotations

import os

import pytest
import sphinx.builders

from sphinxcontrib_tropes.internals.sphinx.read_in_shares import read_in_shares
from sphinxcontrib_tropes.tools.project import open_project

from ...conftest import AWKWARD, Site


def test_there_are_as_many_shares_as_processes() -> None:
    usual, noted = sphinx.builders.make_chunks, []
    with read_in_shares(noted.append):
        shares = sphinx.builders.make_chunks(["a", "b 2", "Ёлка", "d", "e"], 2)
    assert sorted(map(sorted, shares)) == [["a", "e", "Ёлка"], ["b 2", "d"]]
    assert noted == [shares]
    assert sphinx.builders.make_chunks is usual


def facts_of(site: Site, *, in_shares: bool) -> object:
    with open_project(site.source, jobs=2) as app:
        if in_shares:
            with read_in_shares(lambda shares: None):
                app.builder.read()
        else:
            app.builder.read()
        domain = app.env.domains["trope"]
        return domain.wiki.pages.keys(), domain.wiki.problems, domain.digests()


@pytest.mark.skipif(os.name != "posix", reason="Sphinx forks its processes")
def test_without_it_the_same_is_read(site: Site) -> None:
    site.write(AWKWARD)
    with_it, without = (facts_of(site, in_shares=in_shares) for in_shares in (True, False))
    assert with_it == without
