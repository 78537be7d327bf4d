"""``sphinx-tropes suggest``: suggests links for unlinked mentions."""

from __future__ import annotations

import os
from itertools import groupby
from operator import attrgetter
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import click

from ..refusal import Refusal
from .options import format_option, jobs_option, quiet_option
from .terminal import print_data, print_json, print_message, print_text, read_project, track

if TYPE_CHECKING:
    from ..editing.suggestions import Suggestion

__all__ = ["suggest"]


@click.command(epilog="Exit codes: 0 done, 2 not done.")
@click.argument(
    "source", metavar="[SRC]", default=".", type=click.Path(file_okay=False, path_type=Path)
)
@click.option("--patch", "as_patch", is_flag=True, help="Write a diff to review, for git apply.")
@format_option("text", "json")
@click.option("--page", help="Only mentions of this page.")
@jobs_option
@quiet_option
def suggest(
    source: Path, form: str, page: str | None, jobs: int, *, as_patch: bool, quiet: bool
) -> None:
    """Find titles of pages in the text that are not linked.

    A phrase counts if it is linked elsewhere and names one page only. The links show the words that
    are there already. Needs pyahocorasick: pip install 'sphinxcontrib-tropes[mentions]'

    \b
    Examples:
      sphinx-tropes suggest docs
      sphinx-tropes suggest docs --patch > links.patch && git apply links.patch
    """
    from ...domain import get_wiki
    from ...wiki.text.unlinked_mentions import has_automaton
    from ..editing.source_files import sources_of
    from ..editing.suggestions import mentions_in, suggest_links
    from ..editing.unified_diff import unified_diff

    if not has_automaton():
        raise Refusal("suggest needs pyahocorasick: pip install 'sphinxcontrib-tropes[mentions]'")
    overrides = {"tropes_unlinked_mentions": True, "tropes_federation": {}}
    with read_project(
        source, jobs=jobs, quiet=quiet, has_warnings=False, overrides=overrides
    ) as app:
        sources = sources_of(app)
        wanted = sources.settings.namespaces.page_name(page) if page else None
        if page and (wanted is None or wanted.key not in get_wiki(app.env).pages):
            raise Refusal(f"there is no page {page}")
        mentions = [m for m in mentions_in(app) if not page or m.page == wanted]
        by_path = [(path, list(own)) for path, own in groupby(mentions, attrgetter("path"))]
        found, texts = [], {}
        for path, own in by_path if quiet else track(by_path, "Trying"):
            suggestions, texts[path] = suggest_links(sources, path, own)
            found += suggestions
        folder = PurePosixPath(Path(os.path.relpath(app.srcdir)).as_posix())
    if as_patch:
        for path, text in sorted(texts.items()):
            shown = unified_diff(sources.texts[path], text, str(folder / path))
            print_data(shown.rstrip("\n").encode("utf-8", "replace").decode())
    elif form == "json":
        print_json([_as_data(suggestion, folder) for suggestion in found])
    else:
        for suggestion in found:
            print_text(_as_text(suggestion, folder))
    linked = sum(bool(suggestion.link) for suggestion in found)
    print_message(f"mentions: {len(found)}, with a link: {linked}")


def _as_text(suggestion: Suggestion, folder: PurePosixPath) -> str:
    mention = suggestion.mention
    link = suggestion.link or "(not found in its source)"
    words = " ".join(mention.phrase.split())
    return f"{folder / mention.path}:{suggestion.line}: {words} -> {mention.page}: {link}"


def _as_data(suggestion: Suggestion, folder: PurePosixPath) -> dict[str, object]:
    mention = suggestion.mention
    return {
        "file": str(folder / mention.path),
        "line": suggestion.line,
        "phrase": mention.phrase,
        "page": str(mention.page),
        "link": suggestion.link,
    }
