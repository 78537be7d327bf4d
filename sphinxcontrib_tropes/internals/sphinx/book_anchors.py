"""Places in a book that links can point to.

Touches: ``hypertarget``, ``idescape`` and ``in_caption`` of the LaTeX translator, ``add_anchor`` of
the Texinfo translator.
Why: both set labels for few kinds of nodes, but a link in a wiki may point to any node.
Seen in: Sphinx 8.2 to 9.2.
Remove when: the writers set a label for each node with an id.
Upstream: https://github.com/sphinx-doc/sphinx/issues/13609 (LaTeX, admonitions).
Without it: links in a book point to labels that do not exist.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docutils import nodes

__all__ = ["escaped_label", "write_latex_label", "write_texinfo_anchor"]


def write_latex_label(translator: Any, label: str) -> None:
    """Sets *label*, ``docname:id``, at this place."""
    # LaTeX allows no anchor in a caption
    anchor = not translator.in_caption
    translator.body.append(translator.hypertarget(label, withdoc=False, anchor=anchor))


def escaped_label(translator: Any, label: str) -> str:
    """The *label* as an argument of LaTeX commands."""
    escaped: str = translator.idescape(label)
    return escaped


def write_texinfo_anchor(translator: Any, id_: str, node: nodes.Element) -> None:
    """Sets the anchor *id_* of the current document at *node*."""
    translator.add_anchor(id_, node)
