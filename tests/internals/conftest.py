"""A small wiki, and its pages: built once as usual, and again by each test without something."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ..conftest import AWKWARD, Site
from ..sphinx.test_incremental import snapshot

if TYPE_CHECKING:
    from collections.abc import Callable

FILES: dict[str, str | bytes | None] = AWKWARD | {
    "Zoo/index.rst": (
        ':orphan:\n\nThe Human Zoo\n=============\n\nIt\'s "rST": :trope:`Humans`, :doc:`/abE`.\n'
    ),
    "guide.rst": (
        ":orphan:\n\nGuide 10\n========\n\n.. trope:: In Guide 9\n\n   To {{Éclair}}, {{No Such 2}}.\n\n"
        ".. trope-index::\n\n.. trope-wanted::\n"
    ),
    "Ёлка 2.trope": (
        "!! \"Heading\" -- of 'it'\n[[folder:A {{Humans}}]]\n* It's {{HumanZoo}} & {{Zz}}.\n"
        "[[/folder]]\n\n[[spoiler:Hidden\n\n{{abE}}, {{Never Written}}.]]\n[[note]]{{Humans}}[[/note]]\n"
    ),
    "Ёлка.trope": "#REDIRECT Ёлка 2\n{{Ёлка 2}}, {{12 O’Clock}}\n",
}


@pytest.fixture
def wiki(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Mixed case, digits, other scripts, spoilers, equal titles."""
    return Site(tmp_path_factory.mktemp("wiki")).write(FILES)


@pytest.fixture(scope="session")
def usual_pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Path -> content of everything that a usual build of that wiki writes."""
    return snapshot(Site(tmp_path_factory.mktemp("usual")).write(FILES).build())


@pytest.fixture
def assert_same_pages(wiki: Site, usual_pages: dict[str, bytes]) -> Callable[..., None]:
    """Builds the wiki as things are now, and compares all files with those of a usual build."""

    def check(**options: object) -> None:
        pages = snapshot(wiki.build(**options))
        assert pages.keys() == usual_pages.keys()
        assert [name for name in pages if pages[name] != usual_pages[name]] == []

    return check
