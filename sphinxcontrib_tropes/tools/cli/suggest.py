"""``sphinx-tropes suggest``: links that could be made."""

from __future__ import annotations

import os
import sys
from itertools import groupby
from operator import attrgetter
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import click

from ...names import PageName
from ..editing.unified_diff import patch
from ..refusal import Refusal
from .check import jobs_of
from .terminal import say, say_data, say_json, tell, track

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx

    from ..editing.suggestions import Mention, Suggestion

__all__ = ["suggest"]


@click.command(epilog="Exit codes: 0 done, 2 not done.")
@click.argument(
    "source", metavar="[SRC]", default=".", type=click.Path(file_okay=False, path_type=Path)
)
@click.option("--patch", "as_patch", is_flag=True, help="A diff to review, for git apply.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.option("--page", help="Only mentions of this page.")
@click.option("-j", "--jobs", default="auto", show_default=True, callback=jobs_of)
@click.option("-q", "--quiet", is_flag=True, help="No progress.")
def suggest(
    source: Path, form: str, page: str | None, jobs: int, *, as_patch: bool, quiet: bool
) -> None:
    """Find titles of pages that stand in the text without a link.

    A phrase counts if writers link by it elsewhere and if it means one page only. The links show
    the words that are there already. Needs pyahocorasick: pip install 'sphinxcontrib-tropes[mentions]'

    \b
    Examples:
      sphinx-tropes suggest docs
      sphinx-tropes suggest docs --patch > links.patch && git apply links.patch
    """
    from ...domain import get_wiki
    from ...wiki.text.unlinked_mentions import has_automaton
    from ..editing.source_files import sources_of
    from ..editing.suggestions import suggested
    from ..project import opened
    from .reading import read

    if not has_automaton():
        raise Refusal("suggest needs pyahocorasick: pip install 'sphinxcontrib-tropes[mentions]'")
    status = sys.stderr if sys.stderr.isatty() and not quiet else None
    more = {"tropes_unlinked_mentions": True, "tropes_federation": {}}
    with opened(source, jobs=jobs, status=status, warnings=None, overrides=more) as app:
        read(app, quiet=quiet)
        sources = sources_of(app)
        wanted = sources.settings.namespaces.page_name(page) if page else None
        if page and (wanted is None or wanted.key not in get_wiki(app.env).pages):
            raise Refusal(f"no page is called {page}")
        mentions = [m for m in _mentions(app) if not page or m.page == wanted]
        by_path = [(path, list(own)) for path, own in groupby(mentions, attrgetter("path"))]
        found, texts = [], {}
        for path, own in by_path if quiet else track(by_path, "Trying"):
            suggestions, texts[path] = suggested(sources, path, own)
            found += suggestions
        folder = PurePosixPath(Path(os.path.relpath(app.srcdir)).as_posix())
        if as_patch:
            for path, text in sorted(texts.items()):
                shown = patch(sources.texts[path], text, str(folder / path))
                say_data(shown.rstrip("\n").encode("utf-8", "replace").decode())
        elif form == "json":
            say_json([_as_data(suggestion, folder) for suggestion in found])
        else:
            for suggestion in found:
                say(_as_text(suggestion, folder))
    linked = sum(bool(suggestion.link) for suggestion in found)
    tell(f"mentions: {len(found)}, of which links can be made: {linked}")


def _mentions(app: Sphinx) -> Iterator[Mention]:
    """What the wiki found, by file and line."""
    from ...domain import get_wiki
    from ..editing.suggestions import Mention

    wiki = get_wiki(app.env)
    found = []
    for phrase in wiki.unlinked_phrases:
        text = wiki.documents[phrase.docname].texts[phrase.passage.block]
        path = Path(app.env.doc2path(phrase.docname)).relative_to(app.srcdir).as_posix()
        name = PageName(*wiki.pages[phrase.key].name.split("/", 1))
        words = text[phrase.start : phrase.end]
        found.append(Mention(path, max(phrase.passage.line, 1), words, name))
    return iter(sorted(found))


def _as_text(suggestion: Suggestion, folder: PurePosixPath) -> str:
    mention = suggestion.mention
    how = suggestion.link or "(not found in its source)"
    words = " ".join(mention.phrase.split())
    return f"{folder / mention.path}:{suggestion.line}: {words} -> {mention.page}: {how}"


def _as_data(suggestion: Suggestion, folder: PurePosixPath) -> dict[str, object]:
    mention = suggestion.mention
    return {
        "file": str(folder / mention.path),
        "line": suggestion.line,
        "phrase": mention.phrase,
        "page": str(mention.page),
        "link": suggestion.link,
    }
