"""Undocumented contents of the environment.

Touches: ``longtitles``, ``tocs``, ``toctree_includes``, ``dependencies``, ``version`` and
``settings`` of the environment, ``publishers`` of the registry, ``labels`` and ``anonlabels`` of the
standard domain, ``intersphinx_inventory``.
Why: Sphinx documents no way to get at them.
Seen in: Sphinx 8.2 to 9.2.
Remove when: Sphinx documents them.
Upstream: none known.
Without it: titles in tables of contents contain nodes of the extension; links to Markdown labels,
redirects in books, pages of other projects and files in other encodings are not found or read.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

__all__ = [
    "dependencies",
    "environment_version",
    "in_toctrees",
    "labels",
    "other_projects_objects",
    "set_source_encoding",
    "source_encoding",
    "stored_titles",
]


def stored_titles(env: BuildEnvironment, docname: str) -> Iterator[nodes.Element]:
    """The titles of a document as Sphinx keeps them: short, long, and its table of contents."""
    for table in (env.titles, env.longtitles, env.tocs):
        kept = table.get(docname)
        if kept is not None:
            yield kept


def labels(env: BuildEnvironment) -> tuple[dict[str, Any], dict[str, Any]]:
    """Label -> docname, id and title for ``:ref:``; label -> docname and id, without a title."""
    standard: Any = env.domains.standard_domain
    return standard.labels, standard.anonlabels


def in_toctrees(env: BuildEnvironment) -> set[str]:
    """The documents that tables of contents include."""
    return {docname for included in env.toctree_includes.values() for docname in included}


def dependencies(env: BuildEnvironment) -> Iterator[tuple[str, Iterable[Path]]]:
    """Docname and included files of each document that includes any."""
    for docname, paths in env.dependencies.items():
        yield docname, [Path(env.srcdir, path) for path in paths]


def environment_version(env: BuildEnvironment) -> list[tuple[str, int]]:
    """Name and version of everything that stores data in the environment."""
    return sorted(env.version.items())


def source_encoding(env: BuildEnvironment) -> str:
    """The encoding that Sphinx reads sources in."""
    name: str = env.settings["input_encoding"]
    return name


def set_source_encoding(app: Sphinx, name: str) -> None:
    """Makes Sphinx read the sources of this build in another encoding."""
    app.env.settings["input_encoding"] = name
    # Sphinx 8.2 keeps what reads sources from build to build, each with settings of its own
    for publisher in getattr(app.registry, "publishers", {}).values():
        publisher.settings.input_encoding = name


def other_projects_objects(env: BuildEnvironment, kind: str) -> dict[str, tuple[str, ...]]:
    """Name -> project, its version, address and title of each object that intersphinx knows.

    :param kind: domain and type of the objects, such as ``trope:page``.
    """
    inventory: dict[str, dict[str, Any]] = getattr(env, "intersphinx_inventory", {})
    return {
        name: tuple(str(getattr(item, value, "")) for value in _VALUES)
        for name, item in inventory.get(kind, {}).items()
    }


_VALUES = "project_name", "project_version", "uri", "display_name"
