"""New pages: where their files go, and how they begin."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from ...markup.parser import page_name_of_file
from ...names import MAIN

if TYPE_CHECKING:
    from ...names import PageName
    from .open_wiki import OpenWiki

__all__ = ["path_for", "text_of_new_page"]

_LONGEST = 200


def path_for(wiki: OpenWiki, name: PageName, beside: str) -> str:
    """The path of a new page: where most pages of its namespace are, else beside *beside*, in a folder
    of its namespace. Empty if no file can be that page, or there is one already.
    """
    folders: Counter[str] = Counter()
    for page in wiki.wiki.pages.values():
        if page.namespace == name.namespace and not page.facts.anchor:
            folders[page.docname.rpartition("/")[0]] += 1
    if folders:
        folder = min(folders, key=lambda found: (-folders[found], found))
    else:
        folder = beside.rpartition("/")[0]
        find = wiki.configuration.settings.namespaces.find
        if find(folder.rpartition("/")[2]) is not None:
            folder = folder.rpartition("/")[0]
        if name.namespace != MAIN:
            folder = f"{folder}/{name.namespace}".lstrip("/")
    path = f"{folder}/{name.name}.trope".lstrip("/")
    found = page_name_of_file(path, wiki.configuration.settings.namespaces)
    taken = {existing.casefold() for existing in wiki.paths}
    is_long = len(f"{name.name}.trope".encode()) > _LONGEST
    return "" if found.key != name.key or path.casefold() in taken or is_long else path


def text_of_new_page(name: PageName) -> str:
    """The first text of a new page."""
    return f"{name.title} is\n"
