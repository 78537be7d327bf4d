"""The texts of the extension: on pages, and in warnings of type ``trope``."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple
from weakref import WeakKeyDictionary

from docutils import nodes
from sphinx.locale import get_translation, get_translator
from sphinx.util import logging
from sphinx.util.logging import get_node_location

from .printable import printable

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

__all__ = [
    "CATALOG",
    "Warned",
    "_",
    "is_right_to_left",
    "keep_warned",
    "ngettext",
    "setup",
    "take_warned",
    "warn",
    "warned_of",
]

CATALOG = "sphinxcontrib_tropes"
_ = get_translation(CATALOG)
_logger = logging.getLogger(__name__)
_RIGHT_TO_LEFT = frozenset(
    ["ar", "arc", "ckb", "dv", "fa", "he", "iw", "ps", "sd", "syr", "ug", "ur", "yi"]
)


def is_right_to_left(language: str) -> bool:
    """Whether *language* is written from right to left."""
    return re.split("[_-]", language.lower())[0] in _RIGHT_TO_LEFT


Subtype = Literal[
    "markup",
    "wanted",
    "ambiguous",
    "redirect",
    "duplicate",
    "config",
    "collision",
    "encoding",
    "health",
    "federation",
    "output",
]


class Warned(NamedTuple):
    """A warning, as the health gate counts it."""

    subtype: str
    sentence: str
    docname: str
    """Empty if the warning is about no document, or about another file."""
    file: str
    """The path, if the location has one."""
    line: int
    """0 if no line is known."""


class _OfApp:
    """The warnings of one Sphinx application, except those of documents while they are read."""

    def __init__(self) -> None:
        self.at_start: list[Warned] = []
        """Warnings of its configuration, which is read once."""
        self.of_build: list[Warned] | None = None
        """Warnings of this build; None before the first build."""


class _Kept:
    """Where warnings are kept."""

    def __init__(self) -> None:
        self.of_apps: WeakKeyDictionary[Sphinx, _OfApp] = WeakKeyDictionary()
        self.now = _OfApp()
        self.of_document: list[Warned] | None = None
        """Warnings of the document being read; None if there is none."""


_kept = _Kept()


def ngettext(singular: str, plural: str, number: int) -> str:
    """The message for *number* of something: languages differ in their plurals."""
    return get_translator(CATALOG).ngettext(singular, plural, number)


def warn(
    subtype: Subtype,
    sentence: str,
    location: str | tuple[str | None, int | None] | nodes.Node | None = None,
    *,
    is_error: bool = False,
    is_found: bool = False,
) -> None:
    """Logs a warning; ``suppress_warnings`` knows it as ``trope.<subtype>``.

    :param location: docname and line, or a path with line, or a node.
    :param is_found: whether the audit of the wiki finds the same problem, so that it need not be
        kept.
    """
    sentence = printable(_shortened(sentence))
    log: Any = _logger.error if is_error else _logger.warning
    log("%s", sentence, type="trope", subtype=subtype, location=location)
    if is_found:
        return
    warned = Warned(subtype, sentence, *_located(location))
    if _kept.of_document is not None:
        _kept.of_document.append(warned)
    elif _kept.now.of_build is not None:
        _kept.now.of_build.append(warned)
    else:
        _kept.now.at_start.append(warned)


_LONGEST = 1000
"""Maximum characters of a warning: a name in it may have a million."""


def _shortened(sentence: str) -> str:
    if len(sentence) <= _LONGEST:
        return sentence
    return f"{sentence[: _LONGEST * 2 // 3]} … {sentence[-_LONGEST // 3 :]}"


# ``file:12``, ``file:``, ``module.py:docstring of module.name:3``, ``file:<translated>:1``
_LOCATION = re.compile(r"(?P<file>.*?):(?P<inside>docstring of .*:|<translated>:)?(?P<line>\d*)")


def _located(
    location: str | tuple[str | None, int | None] | nodes.Node | None,
) -> tuple[str, str, int]:
    if isinstance(location, tuple):
        docname, line = location
        return docname or "", "", line or 0
    if isinstance(location, nodes.Node):
        location = get_node_location(location)
    found = _LOCATION.fullmatch(location or "")
    if found is None:
        return "", location or "", 0
    # line numbers in a docstring are not those of the file
    is_of_file = found["line"] and not (found["inside"] or "").startswith("docstring")
    return "", found["file"], int(found["line"]) if is_of_file else 0


def keep_warned() -> None:
    """Begins to record warnings for :func:`take_warned`."""
    _kept.of_document = []


def take_warned() -> list[Warned]:
    """The warnings of the document that was just read. Stops recording them."""
    taken, _kept.of_document = _kept.of_document or [], None
    return taken


def warned_of() -> list[Warned]:
    """The warnings of the configuration and of this build so far, each once."""
    return list(dict.fromkeys([*_kept.now.at_start, *(_kept.now.of_build or ())]))


def _begin_app(app: Sphinx, _config: object) -> None:
    _kept.now = _kept.of_apps[app] = _OfApp()
    _kept.of_document = None


def _begin_build(app: Sphinx, _env: BuildEnvironment, *_changes: object) -> list[str]:
    _kept.now = _kept.of_apps.setdefault(app, _OfApp())
    _kept.now.of_build = []
    _kept.of_document = None
    return []


def _begin_document(_app: Sphinx, _docname: str, _content: list[str]) -> None:
    keep_warned()


def setup(app: Sphinx) -> ExtensionMetadata:
    app.add_message_catalog(CATALOG, str(Path(__file__).parent / "locale"))
    app.connect("config-inited", _begin_app, priority=0)
    app.connect("env-get-outdated", _begin_build, priority=0)
    app.connect("source-read", _begin_document, priority=0)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
