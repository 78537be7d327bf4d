"""Adds documents to tables of contents while a book is written.

Touches: ``get_doctree`` of the environment, replaced while a book is written; ``tocs``,
``toctree_includes``, ``master_doctree`` and ``_write_doc_doctree_cache`` of it.
Why: a book holds the documents that its tables of contents lead to. Sphinx finds these in stored
doctrees, which builders share, and which are read before the pages of the wiki are known.
Seen in: Sphinx 8.2 to 9.2.
Remove when: an extension can give a builder the documents of a book.
Upstream: none known.
Without it: pages that are in no toctree are in no book.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from sphinx.environment import BuildEnvironment

__all__ = ["AddedContents"]


class AddedContents:
    """Documents that are added to the tables of contents of others, from :meth:`start` to :meth:`stop`.

    :param added: docname -> the documents that are added below it.
    :param shown_by: of these, the documents whose own text has them as well.
    """

    def __init__(
        self,
        env: BuildEnvironment,
        added: Mapping[str, Sequence[str]],
        shown_by: AbstractSet[str],
    ) -> None:
        self._env: Any = env
        self._added = added
        self._shown_by = shown_by
        self._before: dict[str, tuple[list[str] | None, nodes.bullet_list]] = {}

    def start(self) -> None:
        """Adds the documents."""
        env = self._env
        for docname, others in self._added.items():
            included, toc = env.toctree_includes.get(docname), env.tocs[docname]
            self._before[docname] = included, toc
            env.toctree_includes[docname] = [*(included or ()), *others]
            env.tocs[docname] = self._with_entries(docname, toc)
            getattr(env, "_write_doc_doctree_cache", {}).pop(docname, None)
        usual = env.get_doctree

        def get_doctree(docname: str) -> nodes.document:
            document: nodes.document = usual(docname)
            if docname in self._shown_by and docname in self._added:
                section = next(iter(document.findall(nodes.section)), document)
                wrapper = nodes.compound("", self._toctree(docname), classes=["toctree-wrapper"])
                section.append(wrapper)
            return document

        env.get_doctree = get_doctree
        env.__dict__.pop("master_doctree", None)

    def stop(self) -> None:
        """Takes them out again."""
        env = self._env
        for docname, (included, toc) in self._before.items():
            env.tocs[docname] = toc
            if included is None:
                env.toctree_includes.pop(docname, None)
            else:
                env.toctree_includes[docname] = included
        self._before = {}
        env.__dict__.pop("get_doctree", None)
        env.__dict__.pop("master_doctree", None)

    def _toctree(self, docname: str) -> addnodes.toctree:
        others = list(self._added[docname])
        return addnodes.toctree(
            "",
            parent=docname,
            entries=[(None, other) for other in others],
            includefiles=others,
            maxdepth=1,
            caption=None,
            glob=False,
            hidden=False,
            includehidden=False,
            numbered=0,
            titlesonly=False,
        )

    def _with_entries(self, docname: str, toc: nodes.bullet_list) -> nodes.bullet_list:
        """A copy of a document's own entries, with those of the added documents below."""
        found = toc.deepcopy()
        item = next(iter(found.findall(nodes.list_item)), None)
        if item is None:
            return found
        below = next(
            (child for child in item.children if isinstance(child, nodes.bullet_list)), None
        )
        if below is None:
            below = nodes.bullet_list()
            item.append(below)
        below.append(self._toctree(docname))
        return found
