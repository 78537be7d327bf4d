"""``sphinx-tropes rename``: a page gets another name, and its links with it."""

from __future__ import annotations

import contextlib
import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..editing.unified_diff import patch
from ..files import write_whole
from ..refusal import Refusal
from .terminal import say, say_data, tell

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from ...names import Namespaces, PageName
    from ..editing.renaming import Renamed
    from ..editing.source_files import Sources

__all__ = ["rename"]


@click.command(epilog="Exit codes: 0 done, 2 not done.")
@click.argument("old")
@click.argument("new")
@click.option(
    "-s",
    "--source",
    default=".",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder of the sources.  [default: this one]",
)
@click.option("--alias", is_flag=True, help="The old name stays, as an alias of the page.")
@click.option("--write", is_flag=True, help="Do it; without this, only show it.")
@click.option(
    "--one-way", is_flag=True, help="Do it even if a rename back would not restore every byte."
)
def rename(old: str, new: str, source: Path, *, alias: bool, write: bool, one_way: bool) -> None:
    """Give the page OLD the name NEW, and rewrite every link to it.

    The page's file is moved; links in .trope, reStructuredText and Markdown sources keep their
    labels, suffixes and sections, and are spelled as they were: {{old name}} becomes {{new name}}.
    Text that is escaped, preformatted or a comment stays.

    Shows what would change, as a diff, until --write is given. Nothing is written if any source
    names the page in a way that is not understood.

    \b
    Examples:
      sphinx-tropes rename GreenSkinnedSpaceBabe GreenSpaceBabe
      sphinx-tropes rename "green space babe" Film/TheBabe --alias --write
    """
    from ..editing import renaming
    from ..editing.source_files import sources_of
    from ..project import opened

    # what other wikis say is renamed there
    with opened(source, overrides={"tropes_federation": {}}) as app:
        sources = sources_of(app)
        names = sources.settings.namespaces
        before, after = names.page_name(old), names.page_name(new)
        for spelling, name in ((old, before), (new, after)):
            _check_namespace(spelling, names)
            if name is None:
                raise Refusal(f"{spelling!r} names no page: it has no letter or digit")
        assert before is not None
        assert after is not None
        _check_configuration(app, sources, before)
        renamed = renaming.rename(sources, before, after, is_alias=alias)
        rest = renaming.rest_of_the_way_back(sources, renamed, before, after)
        root = Path(app.srcdir)
        refused = _lines_refusing(app, before)
    if rest and not one_way:
        raise Refusal(
            f"a rename back would not restore all: {rest}; --one-way does it all the same"
        )
    if not write:
        _show(sources, renamed)
        tell(f"{_told(renamed)}; nothing is written without --write")
        return
    _write(root, sources, renamed)
    say(_told(renamed))
    for place in refused:
        tell(f"{place} names {before}, and is not changed: no source")
    if alias:
        tell(
            f"To undo it, rename {str(after)!r} back to {str(before)!r} by --one-way: that takes the "
            "alias out again"
        )


def _check_configuration(app: Sphinx, sources: Sources, name: PageName) -> None:
    """Looks at what conf.py adds to documents.

    :raises Refusal: if that may name the page.
    """
    added = {value: app.config[value] or "" for value in ("rst_prolog", "rst_epilog")}
    for value in sources._replace(texts=added).naming(name):
        raise Refusal(f"{value} in conf.py may name {name}: change it there first")


def _lines_refusing(app: Sphinx, name: PageName) -> list[str]:
    """The lines of the file of mentions that are refused that are about the page."""
    from ...config import namespaces

    path = Path(app.srcdir, app.config.tropes_mentions_refused or "")
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, ValueError):
        return []
    find = namespaces(app.config).page_name
    return [
        f"{app.config.tropes_mentions_refused}:{number}"
        for number, line in enumerate(lines, 1)
        for part in _ARROW.split(line.partition("#")[0])
        if (found := find(part)) and found.key == name.key
    ]


_ARROW = re.compile("->|\u2192")


def _check_namespace(spelling: str, names: Namespaces) -> None:
    namespace, slash, rest = spelling.partition("/")
    if slash and names.find(namespace.strip("{} ")) is None:
        raise Refusal(
            f"{namespace!r} is no namespace of this wiki (known: {', '.join(sorted(names.labels))}; "
            f"tropes_namespaces in conf.py lists them); a page of Main is spelled without a slash: "
            f"{namespace}{rest}"
        )


def _told(renamed: Renamed) -> str:
    moved = " -> ".join(renamed.moved) if renamed.moved else "in its place"
    return f"{moved}; places: {renamed.links}, files: {len(renamed.texts)}"


def _show(sources: Sources, renamed: Renamed) -> None:
    for path, text in renamed.texts.items():
        to = renamed.moved[1] if renamed.moved and path == renamed.moved[0] else path
        shown = patch(sources.texts[path], text, path, to)
        say_data(shown.rstrip("\n").encode("utf-8", "replace").decode())


def _write(root: Path, sources: Sources, renamed: Renamed) -> None:
    """Writes all of it, or puts back what was there."""
    done: list[str] = []
    if renamed.moved:
        before, after = (root / path for path in renamed.moved)
        if after.exists() and not after.samefile(before):
            raise Refusal(f"{after} is there already; nothing is changed")
    try:
        for path, text in renamed.texts.items():
            done.append(path)
            write_whole(root / path, text.encode("utf-8", "surrogateescape"))
        if renamed.moved:
            after.parent.mkdir(parents=True, exist_ok=True)
            before.rename(after)
    except BaseException as error:
        for path in done:
            with contextlib.suppress(OSError):
                data = sources.texts[path].encode("utf-8", "surrogateescape")
                write_whole(root / path, data)
        if isinstance(error, OSError):
            raise Refusal(f"{error.filename} can't be written: nothing is changed") from None
        raise
