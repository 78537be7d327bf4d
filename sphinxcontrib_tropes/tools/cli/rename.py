"""``sphinx-tropes rename``: renames a page, and changes all links to it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..refusal import Refusal
from .options import source_option
from .terminal import print_data, print_message, print_text

if TYPE_CHECKING:
    from ..editing.renaming import Renamed

__all__ = ["rename"]


@click.command(epilog="Exit codes: 0 done, 2 not done.")
@click.argument("old")
@click.argument("new")
@source_option("The folder of the sources.")
@click.option("--alias", is_flag=True, help="Keep the old name as an alias of the page.")
@click.option("--write", is_flag=True, help="Write the changes; without this, only show them.")
@click.option(
    "--one-way", is_flag=True, help="Rename even if a rename back would not restore every byte."
)
def rename(old: str, new: str, source: Path, *, alias: bool, write: bool, one_way: bool) -> None:
    """Rename the page OLD to NEW, and rewrite every link to it.

    The page's file is moved. Links in .trope, reStructuredText and Markdown sources keep their
    labels, suffixes, sections and style: {{old name}} becomes {{new name}}. Escaped text,
    preformatted text and comments stay.

    Shows the changes as a diff, unless --write is given. If any source refers to the page in a way
    that can't be rewritten, nothing is changed.

    \b
    Examples:
      sphinx-tropes rename GreenSkinnedSpaceBabe GreenSpaceBabe
      sphinx-tropes rename "green space babe" Film/TheBabe --alias --write
    """
    from ..editing.rename_project import rename_in_project
    from ..project import open_project

    # other wikis are not renamed, so they need not be fetched
    with open_project(source, overrides={"tropes_federation": {}}) as app:
        change = rename_in_project(app, old, new, is_alias=alias)
    if change.unrestored and not one_way:
        raise Refusal(
            f"a rename back would not restore everything: {change.unrestored}; use --one-way to "
            "rename all the same"
        )
    if not write:
        for diff in change.diffs():
            print_data(diff.rstrip("\n").encode("utf-8", "replace").decode())
        print_message(f"{_summary(change.renamed)}; nothing was written, use --write")
        return
    change.write()
    print_text(_summary(change.renamed))
    for place in change.refused_mentions:
        print_message(f"{place} names {change.old}, and was not changed: it is not a source")
    if alias:
        print_message(
            f"To undo this, rename {str(change.new)!r} back to {str(change.old)!r} with --one-way: "
            "that also removes the alias"
        )


def _summary(renamed: Renamed) -> str:
    moved = " -> ".join(renamed.moved) if renamed.moved else "renamed in its directive"
    return f"{moved}; links: {renamed.links}, files: {len(renamed.texts)}"
