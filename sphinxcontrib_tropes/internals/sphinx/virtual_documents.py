"""Documents without a source, registered with Sphinx while it writes.

Touches: ``titles``, ``longtitles``, ``tocs``, ``toc_num_entries``, ``metadata``, ``all_docs``,
``project.docnames`` and ``settings`` of the environment, ``labels`` and ``anonlabels`` of the
standard domain: all read or written to, though not documented for that.
Why: themes, search, ``:doc:`` and ``:ref:`` links, the inventory and parallel writing work on such
a page as on any other. It is registered in memory only for the write phase, so it is never pickled,
and no glob toctree or list of changed files includes it.
Seen in: Sphinx 8.2 to 9.2.
Remove when: Sphinx lets an extension add documents whose doctrees it makes itself.
Upstream: https://github.com/sphinx-doc/sphinx/issues/1139
Without it: the pages are not written.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, NamedTuple

from docutils import nodes
from docutils.frontend import get_default_settings
from docutils.parsers.rst import Parser as RstParser
from sphinx import addnodes

from .environment import labels as labels_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from docutils.frontend import Values
    from sphinx.environment import BuildEnvironment

__all__ = ["VirtualDocument", "document_settings", "register", "unregister"]


class VirtualDocument(NamedTuple):
    """What Sphinx needs to know of a document without a source."""

    title: str
    is_searched: bool = True
    """Whether the document is in the search index."""


def register(
    env: BuildEnvironment, documents: Mapping[str, VirtualDocument], labels: Mapping[str, str]
) -> None:
    """Registers documents with Sphinx. Their doctrees must be stored already.

    :param documents: docname -> document.
    :param labels: label for ``:ref:`` -> docname.
    """
    for docname, (title, is_searched) in documents.items():
        env.titles[docname] = env.longtitles[docname] = nodes.title(title, title)
        reference = nodes.reference(
            "", "", nodes.Text(title), internal=True, refuri=docname, anchorname=""
        )
        entry = addnodes.compact_paragraph("", "", reference)
        env.tocs[docname] = nodes.bullet_list("", nodes.list_item("", entry))
        env.toc_num_entries[docname] = 1
        env.metadata[docname] = {"orphan": True}
        if not is_searched:
            env.metadata[docname]["nosearch"] = True
        env.all_docs[docname] = time.time_ns() // 1000
        env.project.docnames.add(docname)
    named, anonymous = labels_of(env)
    for label, docname in labels.items():
        named[label] = (docname, "", documents[docname].title)
        anonymous[label] = (docname, "")


def unregister(env: BuildEnvironment, docnames: Iterable[str], labels: Iterable[str]) -> None:
    """Removes documents and labels again: the next build in this process must not find them."""
    for docname in docnames:
        for table in (env.titles, env.longtitles, env.tocs, env.toc_num_entries, env.all_docs):
            table.pop(docname, None)
        env.metadata.pop(docname, None)
        env.project.docnames.discard(docname)
    for label in labels:
        for table in labels_of(env):
            table.pop(label, None)


def document_settings(env: BuildEnvironment) -> Values:
    """Docutils' settings for a document of this project. Takes milliseconds: keep the result."""
    settings = get_default_settings(RstParser)
    for name, value in env.settings.items():
        setattr(settings, name, value)
    return settings
