"""``sphinx-tropes facts``: writes the facts of a project to a file, and merges such files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ...printable import one_line
from ..refusal import Refusal
from .options import conf_dir_option, jobs_option, quiet_option
from .terminal import print_data, print_text, read_project

if TYPE_CHECKING:
    from ...wiki.exchange.fact_files import Collection

__all__ = ["facts"]


@click.command(epilog="Exit codes: 0 done, 2 a source can't be read, or two sources conflict.")
@click.argument(
    "sources",
    metavar="SOURCE...",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, path_type=Path),
)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the facts to this file; compressed, if its name ends in .gz.",
)
@click.option(
    "--root",
    default="",
    metavar="PATH",
    help="A prefix for the names of a folder's documents, such as films/. Give each project its "
    "own before you merge them.",
)
@click.option(
    "--data",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the merged wiki as tropes.json to this file, for tropes_federation.",
)
@click.option("--dirhtml", is_flag=True, help="With --data: addresses of the builder dirhtml.")
@click.option("--health", is_flag=True, help="List the problems of the merged wiki.")
@conf_dir_option
@jobs_option
@quiet_option
def facts(
    sources: tuple[Path, ...],
    output: Path | None,
    root: str,
    data: Path | None,
    conf_dir: Path | None,
    jobs: int,
    *,
    dirhtml: bool,
    health: bool,
    quiet: bool,
) -> None:
    """Write the facts of SOURCE to a file: pages, links and the text around them.

    A SOURCE is the folder of a project, whose sources are read in parallel, or a file that this
    command wrote. Several are merged, in any order; at most one may be a folder.

    \b
    Examples:
      sphinx-tropes facts docs -o docs.facts
      sphinx-tropes facts films --root films/ -o films.facts.gz
      sphinx-tropes facts films.facts.gz books.facts.gz -o all.facts.gz --health
      sphinx-tropes facts films.facts.gz --data films.json
    """
    from ...wiki.exchange.fact_files import ConflictError, merged, written
    from ..fact_files import project_facts, read_facts, tropes_json, write_text

    if sum(source.is_dir() for source in sources) > 1:
        raise Refusal(
            "only one of the sources can be a folder: write the facts of each to a file, then "
            "merge the files"
        )
    root = f"{root.strip('/')}/" if root.strip("/") else ""

    def collect(source: Path) -> Collection:
        if not source.is_dir():
            return read_facts(source)
        with read_project(
            source,
            conf_dir=conf_dir,
            jobs=jobs,
            quiet=quiet,
            overrides={"tropes_federation": {}},  # other wikis have their own facts
        ) as app:
            return project_facts(app, root)

    try:
        whole = merged(map(collect, sources))
    except ConflictError as error:
        raise Refusal(f"{error} (--root keeps projects apart)") from None
    if output:
        write_text(output, "".join(written(whole)))
    if data:
        write_text(data, tropes_json(whole, dirhtml=dirhtml))
    if health:
        print_text(_problems(whole))
    if not (output or data or health):
        print_data("".join(written(whole)).rstrip("\n"))


def _problems(whole: Collection) -> str:
    from ...wiki.views.audit import audit

    findings = audit(whole.wiki())
    lines = [
        f"{finding.file or whole.file(finding.docname)}:{finding.line}: {finding.kind}: "
        + (finding.sentence or finding.name)
        + (f" -> {finding.other}" if finding.other else "")
        for finding in findings
    ]
    return "\n".join([*map(one_line, lines), f"findings: {len(findings)}"])
