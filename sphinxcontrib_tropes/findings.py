"""Warnings of a build, outside the text of documents, as findings with file and line."""

from __future__ import annotations

import ast
import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.util.logging import is_suppressed_warning

from .messages import warned_of
from .wiki.views.audit import KINDS, Finding
from .wiki.views.site_pages import health_view

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sphinx.application import Sphinx
    from sphinx.config import Config

    from .wiki import Wiki
    from .wiki.views.site_pages import HealthView

__all__ = ["findings_of", "health_of", "is_lasting", "is_suppressed", "suppressed_kinds"]

_OPTION = re.compile(r"tropes_\w+")
_SUBTYPES = {"redirect-loop": "redirect", "parted-title": "markup"}
"""Kind of finding -> subtype of its warning, if the two differ."""


def is_suppressed(config: Config, kind: str) -> bool:
    """Whether the project suppresses findings of a *kind*."""
    return is_suppressed_warning("trope", _SUBTYPES.get(kind, kind), config.suppress_warnings)


def findings_of(app: Sphinx) -> tuple[Finding, ...]:
    """The warnings of this build so far, besides those in the facts of the wiki."""
    return tuple(_findings(app))


def is_lasting(kind: str) -> bool:
    """Whether warnings of a *kind* recur in the next build. Those about other wikis may not, and no
    page is written again for them.
    """
    return kind != "federation"


def suppressed_kinds(config: Config) -> frozenset[str]:
    """The kinds of findings that the project suppresses."""
    return frozenset(kind for kind in KINDS if is_suppressed(config, kind))


def health_of(app: Sphinx) -> Callable[[Wiki], HealthView]:
    """Returns a function that makes the health page's view, with all warnings so far."""
    left_out = suppressed_kinds(app.config).union(kind for kind in KINDS if not is_lasting(kind))
    return partial(health_view, of_build=findings_of(app), left_out=left_out)


def _findings(app: Sphinx) -> Iterator[Finding]:
    conf = Path(app.confdir, "conf.py")
    lines: dict[str, int] | None = None
    for warned in warned_of():
        kind = warned.subtype
        if kind not in KINDS or is_suppressed(app.config, kind):
            continue
        place = warned.docname, max(warned.line, 1), (), warned.sentence, warned.file
        if not warned.docname and not warned.file:
            lines = _lines(conf) if lines is None else lines
            option = _OPTION.search(warned.sentence)
            line = lines.get(option[0], 1) if option else 1
            place = "", line, (), warned.sentence, str(conf)
        yield Finding(kind, warned.docname or Path(place[-1]).name, "", *place)


def _lines(conf: Path) -> dict[str, int]:
    """Name -> line of its last assignment, for all names that a conf.py assigns."""
    try:
        tree = ast.parse(conf.read_bytes())
    except (OSError, SyntaxError, ValueError):
        return {}
    return {
        node.id: node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }
