"""Equations of trope markup: what Sphinx's own directive says of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from ..markup.lower import elements

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

__all__ = ["complete_equations"]


def complete_equations(root: nodes.Element, env: BuildEnvironment) -> None:
    """Tells the equations below *root* their document, and numbers them if ``math_number_all`` says
    so. Sphinx's directive does the same; writers read it.
    """
    for block in elements(root):
        if not isinstance(block, nodes.math_block) or "docname" in block:
            continue
        block["docname"], block["number"], block["label"] = env.docname, None, None
        block["no-wrap"] = block["nowrap"] = False
        if env.config.math_number_all:
            _number(block, env)


def _number(block: nodes.math_block, env: BuildEnvironment) -> None:
    label = f"{env.docname}:{env.new_serialno('sphinx.ext.math#equations')}"
    domain = env.domains.math_domain
    domain.note_equation(env.docname, label, location=block)
    block["label"], block["number"] = label, domain.get_equation_number_for(label)
    block.replace_self([nodes.target("", "", ids=[nodes.make_id(f"equation-{label}")]), block])
