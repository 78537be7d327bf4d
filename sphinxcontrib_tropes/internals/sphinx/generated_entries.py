"""Entries of generated pages in toctrees, shown while pages are written.

Touches: ``tocs``, ``toctree_includes``, ``master_doctree`` and ``_write_doc_doctree_cache`` of the
environment; replaces its ``get_doctree`` on the object; ``entries`` and ``includefiles`` of toctree
nodes.
Why: Sphinx takes only documents with a source into a toctree. What it stores must not name the
others: they are not there for every builder, nor while sources are read.
Seen in: Sphinx 8.2 to 9.2.
Remove when: Sphinx lets an extension add documents whose doctrees it makes itself.
Upstream: https://github.com/sphinx-doc/sphinx/issues/1139
Without it: navigation does not show these entries, and their pages have no place in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx import addnodes

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable

    from docutils import nodes
    from sphinx.environment import BuildEnvironment

__all__ = ["ENTRIES", "show_entries"]

ENTRIES = "trope-entries"
"""Attribute of a toctree node: position among all entries, title or None, and docname of each entry
that Sphinx does not know.
"""


def show_entries(
    env: BuildEnvironment, parents: Iterable[str], written: Container[str]
) -> Callable[[], None]:
    """Shows the entries in the toctrees of the documents *parents*.

    :param written: the generated pages of this build: other entries are left out.
    :returns: a function that takes all back.
    """
    of_documents = frozenset(parents) & env.tocs.keys()
    changed: list[tuple[addnodes.toctree, object, object]] = []
    includes_before = {docname: env.toctree_includes.get(docname) for docname in of_documents}
    for docname in of_documents:
        found = list(env.tocs[docname].findall(addnodes.toctree))
        changed += [(node, node["entries"], node["includefiles"]) for node in found]
        for node in found:
            _add(node, written)
        env.toctree_includes[docname] = [name for node in found for name in node["includefiles"]]
    usual = env.get_doctree

    def get_doctree(docname: str) -> nodes.document:
        document = usual(docname)
        if docname in of_documents:
            for node in document.findall(addnodes.toctree):
                _add(node, written)
        return document

    def take_back() -> None:
        for node, entries, includes in changed:
            node["entries"], node["includefiles"] = entries, includes
        for docname, included in includes_before.items():
            env.toctree_includes.pop(docname, None)
            if included is not None:
                env.toctree_includes[docname] = included
        _forget(env, of_documents)
        vars(env).pop("get_doctree", None)

    _forget(env, of_documents)
    env.get_doctree = get_doctree  # type: ignore[method-assign]
    return take_back


def _forget(env: BuildEnvironment, docnames: Iterable[str]) -> None:
    """Drops what was loaded of some documents."""
    vars(env).pop("master_doctree", None)
    for docname in docnames:
        getattr(env, "_write_doc_doctree_cache", {}).pop(docname, None)


def _add(node: addnodes.toctree, written: Container[str]) -> None:
    """Adds the entries of a toctree whose pages are *written*."""
    entries, included, left_out = list(node["entries"]), set(node["includefiles"]), 0
    added: list[tuple[int, str | None, str]] = node.get(ENTRIES, [])
    for position, title, docname in added:
        if docname not in written:
            left_out += 1
            continue
        entries.insert(position - left_out, (title, docname))
        included.add(docname)
    node["entries"] = entries
    node["includefiles"] = [ref for _title, ref in entries if ref in included]
