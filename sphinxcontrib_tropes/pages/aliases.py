"""The addresses of aliases: each alias has a small page that leads to its own, where a page of that name
would be.
"""

from __future__ import annotations

import os
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from ..builders import abilities
from ..internals.sphinx.output_files import output_path
from ..names import key_of, normalized
from .creation import file_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.builders import Builder

    from ..wiki import Wiki

__all__ = ["AliasPage", "LeftOut", "alias_pages", "as_file", "sentence", "told_apart"]

_LONGEST_NAME = 255
"""Maximum bytes of a file name."""


class AliasPage(NamedTuple):
    """The page of an alias."""

    docname: str
    """Where it is: the name that a document would have there."""
    name: str
    """Canonical name of the alias."""
    source: str
    """The document that gives the alias."""
    line: int
    to: str
    """The document that it leads to."""
    anchor: str
    title: str
    """Title of the page that it leads to."""


class LeftOut(NamedTuple):
    """An alias that has no page, and why."""

    page: AliasPage
    sentence: str


def alias_pages(wiki: Wiki) -> list[AliasPage]:
    """The pages of all aliases but those that are claimed twice; by document and line."""
    found = []
    for page in wiki.pages.values():
        for alias in page.facts.aliases:
            if key_of(alias) in wiki.pages:
                continue  # a page, or a redirect
            to = wiki.resolve(alias)
            if to.kind != "page" or to.key != wiki.resolve(page.name).key:
                continue
            docname = _docname(page.docname, page.name, alias)
            line, anchor = page.facts.line_of(alias), wiki.anchor(to, alias)
            found.append(
                AliasPage(docname, alias, page.docname, line, to.docname, anchor, to.title)
            )
    return sorted(found, key=lambda page: (page.source, page.line, page.name))


def _docname(docname: str, name: str, alias: str) -> str:
    """Where *alias* would be if it were a page beside the page *name*."""
    namespace, _, _bare = name.partition("/")
    folders = docname.split("/")[:-1]
    if folders and folders[-1].casefold() == namespace.casefold():
        folders.pop()
    return "/".join([*folders, file_of(alias).removesuffix(".trope")])


def told_apart(
    builder: Builder, wiki: Wiki, generated: Iterable[str]
) -> tuple[list[AliasPage], list[LeftOut]]:
    """The pages of aliases that every disk can tell from all other pages, and those left out.

    :param generated: docnames of generated pages.
    """
    documents = builder.env.found_docs
    taken = {as_file(builder, name): f"the document {name!r} is" for name in documents}
    # at the end of a build they are documents, too
    taken |= {as_file(builder, name): f"the generated page {name!r} is" for name in generated}
    kept: dict[str, list[AliasPage]] = defaultdict(list)
    left_out = []
    for page in alias_pages(wiki):
        if _is_too_long(builder, page.docname):
            continue  # nobody has such an address in a bookmark
        file = as_file(builder, page.docname)
        why = taken.get(file, "")
        for other in () if why else kept[file][:1]:
            if (other.to, other.anchor) != (page.to, page.anchor):
                why = f"that of {other.name} in {other.source!r}, line {other.line}, is"
        if why:
            left_out.append(LeftOut(page, sentence(page.name, why)))
        else:
            kept[file].append(page)
    return [page for pages in kept.values() for page in pages], left_out


def sentence(name: str, why: str) -> str:
    """What to tell of an alias that has no page."""
    return f"the alias {name} has no address of its own: {why} there (links to it work)"


def _is_too_long(builder: Builder, docname: str) -> bool:
    """Whether no file can have the name."""
    path = output_path(builder, docname)
    parts = path.relative_to(builder.outdir).parts if path else ()
    return any(len(os.fsencode(part)) > _LONGEST_NAME for part in parts)


def as_file(builder: Builder, docname: str) -> str:
    """The same for two documents that would be one file for a disk that ignores case, or keeps names
    in another normal form.
    """
    if abilities(builder).has_folders and docname.endswith("/index"):
        docname = docname.removesuffix("/index")
    return normalized(normalized(docname, "NFD").casefold())
