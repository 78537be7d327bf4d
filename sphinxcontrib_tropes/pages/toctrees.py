"""Generated pages in toctrees: ``tropes/index`` and its like may stand among the entries.

They are no documents while sources are read, so Sphinx would warn of them. They are taken out there,
noted with their places, and shown while pages are written.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any
from weakref import ref

from docutils.statemachine import StringList
from sphinx import addnodes
from sphinx.directives.other import TocTree
from sphinx.util import docname_join
from sphinx.util.nodes import explicit_title_re

from ..domain import trope_domain
from ..internals.sphinx.generated_entries import ENTRIES
from .kinds import page_kinds
from .site_map import NOT_FOUND

if TYPE_CHECKING:
    from collections.abc import Callable

    from docutils import nodes
    from sphinx.application import Sphinx

__all__ = ["setup"]

_MARK = "trope-page://"
"""Stands before the docname: to Sphinx it is an address, which it takes as it is."""


def _docnames(of_app: Callable[[], Sphinx | None]) -> set[str]:
    """The generated pages that can stand in a toctree, whether this build has them or not."""
    app = of_app()
    if app is None:
        return set()
    prefix = app.config.tropes_pages_prefix
    return {f"{prefix}/{kind}" for kind in page_kinds(app)} - {f"{prefix}/missing", NOT_FOUND}


class _TocTree(TocTree):
    """The directive of Sphinx, which takes generated pages as well."""

    docnames: Callable[[], set[str]]

    def run(self) -> list[nodes.Node]:
        generated = self.docnames() - self.env.found_docs
        lines = [self._marked(line, generated) for line in self.content]
        if lines == list(self.content):
            return super().run()
        # a list of its own: the lines of the source stay as they are
        self.content = StringList(lines, items=list(self.content.items))
        found: list[nodes.Node] = super().run()
        noted = trope_domain(self.env).generated_entries.setdefault(self.env.docname, [])
        for node in found:
            for toctree in node.findall(addnodes.toctree):
                _take_out(toctree)
                noted += [(title or "", name) for _at, title, name in toctree[ENTRIES]]
        return found

    def _marked(self, line: str, generated: set[str]) -> str:
        """A line of the directive; if it names a generated page, with a mark."""
        explicit = explicit_title_re.match(line)
        name = explicit.group(2) if explicit else line
        docname = docname_join(self.env.docname, name.strip())
        if docname not in generated:
            return line
        return f"{explicit.group(1)} <{_MARK}{docname}>" if explicit else f"{_MARK}{docname}"


def _take_out(toctree: addnodes.toctree) -> None:
    """Takes the marked entries out, and notes their places."""
    entries: list[tuple[str | None, str]] = toctree["entries"]
    toctree[ENTRIES] = [
        (position, title, name.removeprefix(_MARK))
        for position, (title, name) in enumerate(entries)
        if name.startswith(_MARK)
    ]
    toctree["entries"] = [entry for entry in entries if not entry[1].startswith(_MARK)]


def setup(app: Sphinx) -> None:
    """Replaces the directive."""
    attributes: dict[str, Any] = {"docnames": staticmethod(partial(_docnames, ref(app)))}
    app.add_directive("toctree", type("TocTree", (_TocTree,), attributes), override=True)
