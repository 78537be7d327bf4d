"""What a wiki's configuration says, read without an application of Sphinx: that would take half a
second, and run every extension.

``conf.py`` is code. It is run only if the client says that the folder is trusted. Values that an
extension sets when it is loaded are not seen.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ...config import valid_values
from ...internals.sphinx.config_file import assigned_values
from ...markup import MarkupSettings
from ...names import Namespaces
from ...wiki.text.unlinked_mentions import (
    NOTHING_REFUSED,
    Refused,
    has_automaton,
    refused_in,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Configuration", "default_configuration", "read_configuration"]

_KINDS = {
    None: "rst",
    "": "rst",
    "restructuredtext": "rst",
    "markdown": "markdown",
    "trope": "trope",
}
_OURS = "sphinxcontrib_tropes"
_LEFT_OUT = ("_build", "**/_build", "**/.*", "**/node_modules", "**/__pycache__", "**/_sources")


class Configuration(NamedTuple):
    """What reading and answers depend on besides the sources."""

    root: Path
    """The source folder."""
    settings: MarkupSettings
    language: str = "en"
    kinds: Mapping[str, str] = {".trope": "trope", ".rst": "rst", ".md": "markdown"}
    """Suffix -> ``trope``, ``rst`` or ``markdown``."""
    include: tuple[str, ...] = ("**",)
    exclude: tuple[str, ...] = _LEFT_OUT
    suppressed: tuple[str, ...] = ()
    """The warnings that the project does not want, as ``suppress_warnings``."""
    context_length: int = 200
    has_unlinked: bool = False
    """Whether titles without a link are findings."""
    refused: Refused = NOTHING_REFUSED
    has_others: bool = False
    """Whether links may lead to pages of other projects, which are not asked."""
    is_project: bool = False
    """Whether there is a ``conf.py``, read or not."""
    is_deep: bool = True
    """Whether folders inside the root belong to the wiki."""

    def kind(self, path: str) -> str:
        """The markup of the file *path*; empty if it is none of ours."""
        return next((kind for end, kind in self.kinds.items() if path.endswith(end)), "")

    def docname(self, path: str) -> str:
        """The document that the file *path* is."""
        return next((path.removesuffix(end) for end in self.kinds if path.endswith(end)), path)


def default_configuration(root: Path, *, is_deep: bool = True) -> Configuration:
    """That of a folder without ``conf.py``, or whose ``conf.py`` must not be run."""
    return Configuration(
        root, MarkupSettings(), is_project=(root / "conf.py").is_file(), is_deep=is_deep
    )


def read_configuration(root: Path) -> Configuration:
    """That of a project. Runs its ``conf.py``.

    :raises ValueError: if that fails, with a sentence for the writer.
    """
    from sphinx.config import Config
    from sphinx.errors import SphinxError
    from sphinx.util.tags import Tags

    try:
        raw = assigned_values(Config.read(root, overrides={}, tags=Tags()))
    except (SphinxError, OSError, UnicodeError) as error:
        lines = str(error).strip().splitlines()
        raise ValueError(f"{root / 'conf.py'}: {lines[-1].strip() if lines else error}") from None
    own = valid_values(raw)
    namespaces = Namespaces(own["tropes_namespaces"])
    refused = NOTHING_REFUSED
    if own["tropes_mentions_refused"]:
        try:
            text = (root / own["tropes_mentions_refused"]).read_text("utf-8")
        except (OSError, ValueError):
            text = ""
        refused = refused_in(text, namespaces)
    language = raw.get("language")
    return Configuration(
        root,
        MarkupSettings(namespaces, own["tropes_wikiwords"], _languages()),
        language if isinstance(language, str) and language else "en",
        _kinds(raw),
        _patterns(raw.get("include_patterns")) or ("**",),
        (*_patterns(raw.get("exclude_patterns")), *_LEFT_OUT),
        _patterns(raw.get("suppress_warnings")),
        own["tropes_context_length"],
        own["tropes_unlinked_mentions"] and has_automaton(),
        refused,
        bool(own["tropes_federation"] or raw.get("intersphinx_mapping")),
        is_project=True,
    )


def _languages() -> frozenset[str]:
    from sphinx.highlighting import lexer_classes, lexers

    return frozenset((*lexers, *lexer_classes))


def _patterns(value: object) -> tuple[str, ...]:
    found: Iterable[object] = value if isinstance(value, list | tuple) else ()
    return tuple(pattern for pattern in found if isinstance(pattern, str))


def _kinds(raw: Mapping[str, Any]) -> dict[str, str]:
    """Suffix -> markup, as Sphinx and MyST would have them; trope markup alone where the project does
    not load the extension.
    """
    extensions = _patterns(raw.get("extensions"))
    if not any(name.startswith(_OURS) for name in extensions):
        return {".trope": "trope"}
    suffixes = raw.get("source_suffix", {".rst": "restructuredtext"})
    if isinstance(suffixes, str):
        suffixes = [suffixes]
    if not isinstance(suffixes, Mapping):
        suffixes = dict.fromkeys(_patterns(suffixes), "restructuredtext")
    found = {
        str(end): _KINDS[kind]
        for end, kind in suffixes.items()
        if (kind is None or isinstance(kind, str)) and kind in _KINDS
    }
    if not {"myst_parser", "myst_nb"}.isdisjoint(extensions):
        found.setdefault(".md", "markdown")
    return found | {".trope": "trope"}
