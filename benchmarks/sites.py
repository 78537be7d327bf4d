"""The synthetic wiki as sources that are edited, and as sites of Sphinx: built, built again."""

from __future__ import annotations

import filecmp
import shutil
import sys
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from .forms import FORMS, source_of, write
from .measure import Cost, run
from .wiki import Block, Link, Wiki

if TYPE_CHECKING:
    from .wiki import Name, Page

__all__ = ["ROOT", "Edit", "Site", "Sources", "is_same", "make_sites"]

ROOT = Path(__file__).parent.parent
_EXTENSIONS = {
    "trope": "'sphinxcontrib_tropes'",
    "myst": "'myst_parser'",
    "rst-helped": "'benchmarks.helped'",
    "rst-doc-helped": "'benchmarks.helped'",
}
_CONFIGURATION = """\
project = "Benchmark"
extensions = [{extensions}]
html_theme = "alabaster"
"""
_LEAN = """\
tropes_graph = False
tropes_preview = False
"""
_INDEX = "index.rst", "Benchmark\n=========\n\nA wiki.\n"
_INDICES = {"myst": ("index.md", "# Benchmark\n\nA wiki.\n")}


class Edit(NamedTuple):
    """What was changed."""

    page: Name
    to: Name
    """Where the new link leads."""
    words: str
    """That stand in the new sentence alone."""


class Sources:
    """The sources of the wiki in one form, below *folder*."""

    def __init__(self, folder: Path, form: str, wiki: Wiki) -> None:
        self.form = form
        self.source = folder / form
        self._wiki = wiki
        self._edits = count(1)
        self._edited: Page | None = None

    def edit(self) -> Edit:
        """Changes a sentence and a link of a page that is neither popular nor unknown."""
        wanted = self._wiki.names[len(self._wiki.names) // 2]
        if self._edited is None:
            self._edited = next(page for page in self._wiki if page.name == wanted)
        page, number = self._edited, next(self._edits)
        to = self._wiki.names[len(self._wiki.names) // 3 + number]
        at = next(n for n, block in enumerate(page.blocks) if block.kind == "paragraph")
        words = f"For edit number {number} see "
        sentence = (words, Link(to, "", "", False, True), ". ")
        changed = Block("paragraph", sentence + page.blocks[at].pieces)
        page = page._replace(blocks=(*page.blocks[:at], changed, *page.blocks[at + 1 :]))
        path = self.source / f"{page.name.path}{FORMS[self.form].suffix}"
        path.write_text(source_of(self.form, page), "utf-8")
        return Edit(page.name, to, words.strip())


class Site(Sources):
    """The wiki as a site of Sphinx.

    :param stemmer: ``slow``, in Python; or ``fast``, PyStemmer.
    """

    def __init__(self, folder: Path, form: str, wiki: Wiki, stemmer: str = "slow") -> None:
        super().__init__(folder, form, wiki)
        self.output = folder / f"{form}-html"
        self.doctrees = folder / f"{form}-doctrees"
        self._stemmer = stemmer

    def build(self, *options: str) -> Cost:
        """Builds what is out of date."""
        return run(self.command(*options), ROOT)

    def command(self, *options: str) -> list[str]:
        """Builds what is out of date; to be run in the root of the checkout."""
        command = [sys.executable, "-m", "benchmarks.sphinx_build", self._stemmer, "-q"]
        command += ["-b", "html", "-d", str(self.doctrees), *options]
        return [*command, str(self.source), str(self.output)]

    def build_all(self, *options: str) -> Cost:
        """Builds everything."""
        self.remove()
        return self.build(*options)

    def remove(self) -> None:
        """Removes what was built."""
        for folder in (self.output, self.doctrees):
            shutil.rmtree(folder, ignore_errors=True)


def make_sites(
    folder: Path, size: int, forms: list[str], stemmer: str = "slow", *, is_lean: bool = False
) -> dict[str, Site]:
    """Writes the sources of a wiki of *size* pages in each of the *forms*.

    :param is_lean: without drawings, map and previews: with panel, index and backlinks pages alone.
    """
    wiki = Wiki(size)
    shutil.rmtree(folder, ignore_errors=True)
    write(wiki, forms, folder)
    for form in forms:
        name, text = _INDICES.get(form, _INDEX)
        (folder / form / name).write_text(text)
        configuration = _CONFIGURATION.format(extensions=_EXTENSIONS.get(form, ""))
        if is_lean and form == "trope":
            configuration += _LEAN
        (folder / form / "conf.py").write_text(configuration)
    return {form: Site(folder, form, wiki, stemmer) for form in forms}


def is_same(one: Path, other: Path) -> bool:
    """Whether two output folders hold the same, but for the state that is kept in them."""

    def files(root: Path) -> dict[str, Path]:
        return {
            str(path.relative_to(root)): path
            for path in root.rglob("*")
            if path.is_file() and path.name != ".tropes-state.json"
        }

    these, those = files(one), files(other)
    return these.keys() == those.keys() and all(
        filecmp.cmp(path, those[name], shallow=False) for name, path in these.items()
    )
