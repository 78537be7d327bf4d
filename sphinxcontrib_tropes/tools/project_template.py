"""The files of a new project: conf.py, Makefile, first pages."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from docutils.utils import column_width

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["configuration", "index", "new_project", "project_files"]

_SPECIAL = re.compile(r"[*`_|\\<>:\[\]+=~^\"'#.,;!$%&()/@{}?-]")

_CONF = """\
# For all options, see "Configuration" in the guide of the extension.
project = {title}
extensions = ["sphinxcontrib_tropes"]
exclude_patterns = ["_build", "Thumbs.db", ".DS_Store"]
html_theme = "alabaster"
{more}"""

_NAMESPACES = """
from sphinxcontrib_tropes.names import DEFAULT_NAMESPACES

# namespace -> the label that readers see
tropes_namespaces = dict(DEFAULT_NAMESPACES) | {labels}
"""

_INDEX = """\
{heading}

{welcome}:doc:`All pages from A to Z <tropes/index>` · :doc:`Wanted pages <tropes/wanted>` ·
:doc:`Health <tropes/health>`
"""

_WELCOME = """\
A wiki of tropes. Begin with :trope:`StarCrossedLovers`, or with a page of your own: a file
``MyPage.trope`` in this folder.

"""

_PAGES = {
    "wiki/StarCrossedLovers.trope": """\
(:laconic Two who love each other, and a world that won't have it.:)
(:alias Doomed Romance:)

They met at the wrong time, or in the wrong family. Everybody knows from the first scene that it
will not end well, except the two of them. [[spoiler:And sometimes the writer.]]

!!Examples
* ''Film/{{The Balcony}}'': she on it, he under it, and {{Feuding Families}} around them.

See also: ForbiddenFriendship.
""",
    "wiki/FeudingFamilies.trope": """\
(:laconic Two houses, one quarrel, and nobody remembers its reason.:)

The quarrel is older than anyone who keeps it up. A marriage could end it, which is why there are
StarCrossedLovers in every second generation.

!!Examples
* ''Film/{{The Balcony}}'': the red ones and the blue ones.
""",
    "wiki/ForbiddenFriendship.trope": """\
(:laconic They must not be friends, and they are.:)

As with StarCrossedLovers, but nobody has to die of it. Common where FeudingFamilies have children
of an age.
""",
    "wiki/film/TheBalcony.trope": """\
A film that nobody has made. It has:

* StarCrossedLovers: they have one night, and a balcony.
* FeudingFamilies: the red ones and the blue ones.
""",
}

_MAKEFILE = """\
SPHINXBUILD ?= sphinx-build
SOURCEDIR = .
BUILDDIR = _build

.PHONY: html preview check clean

html: ## build the pages
\t$(SPHINXBUILD) -b html "$(SOURCEDIR)" "$(BUILDDIR)/html" $(SPHINXOPTS)

preview: ## show the pages in a browser while you write
\tsphinx-tropes serve "$(SOURCEDIR)" "$(BUILDDIR)/html" $(SERVEOPTS)

check: ## list the problems of the wiki
\tsphinx-tropes check "$(SOURCEDIR)"

clean: ## remove what was built
\trm -rf "$(BUILDDIR)"
"""

_MAKE_BAT = """\
@ECHO OFF
pushd %~dp0
if "%SPHINXBUILD%" == "" set SPHINXBUILD=sphinx-build
if "%1" == "preview" goto preview
if "%1" == "check" goto check
if "%1" == "clean" goto clean
%SPHINXBUILD% -b html . _build\\html %SPHINXOPTS%
goto end
:preview
sphinx-tropes serve . _build\\html %SERVEOPTS%
goto end
:check
sphinx-tropes check .
goto end
:clean
if exist _build rmdir /s /q _build
:end
popd
"""


def configuration(
    title: str, namespaces: Mapping[str, str] | None = None, *, wikiwords: bool = True
) -> str:
    """The text of conf.py.

    :param namespaces: new namespaces, with their labels.
    :param wikiwords: whether bare WikiWords are links.
    """
    more = "" if wikiwords else "tropes_wikiwords = False\n"
    if namespaces:
        more += _NAMESPACES.format(labels=_literal(namespaces))
    return _CONF.format(title=_text_literal(title), more=more)


def _text_literal(text: str) -> str:
    # a JSON literal is also a Python literal; a lone surrogate can't be encoded
    return json.dumps(text.encode("utf-8", "replace").decode(), ensure_ascii=False)


def _literal(labels: Mapping[str, str]) -> str:
    lines = [f"    {_text_literal(name)}: {_text_literal(labels[name])},\n" for name in labels]
    return f"{{\n{''.join(lines)}}}"


def index(title: str, welcome: str = "") -> str:
    """The text of index.rst.

    :param welcome: the first paragraphs.
    """
    title = " ".join(title.split())
    escaped = _SPECIAL.sub(r"\\\g<0>", title)
    if not title.strip("\\"):
        escaped = f"\\ {escaped}"  # docutils takes a line of backslashes for an adornment
    line = "=" * max(column_width(escaped), 4)
    return _INDEX.format(heading=f"{line}\n{escaped}\n{line}", welcome=welcome)


def new_project(title: str) -> dict[str, str]:
    """Path -> text of each file of a new project, with some pages."""
    files = project_files(title, {})
    return files | {"index.rst": index(title, _WELCOME), **_PAGES}


def project_files(
    title: str, namespaces: Mapping[str, str], *, wikiwords: bool = True, home: str = ""
) -> dict[str, str]:
    """Path -> text of each file of a project, except its pages.

    :param namespaces: new namespaces, with their labels.
    :param wikiwords: whether bare WikiWords are links.
    :param home: the canonical name of the page to begin with; empty if there is none.
    """
    welcome = f"Begin with :trope:`{home}`.\n\n" if home else ""
    return {
        "conf.py": configuration(title, namespaces, wikiwords=wikiwords),
        "index.rst": index(title, welcome),
        ".gitignore": "_build/\n",
        "Makefile": _MAKEFILE,
        "make.bat": _MAKE_BAT.replace("\n", "\r\n"),
    }
