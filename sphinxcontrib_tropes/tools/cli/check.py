"""``sphinx-tropes check``: the problems of a wiki, without a build."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..files import write_atomic
from ..refusal import Refusal
from .options import conf_dir_option, format_option, jobs_option, quiet_option
from .terminal import FINDINGS, print_json, print_message, print_text, read_project

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from ...wiki.views.audit import Finding

__all__ = ["check"]


def _kinds(
    ctx: click.Context, parameter: click.Parameter, values: tuple[str, ...]
) -> frozenset[str]:
    """The kinds of findings named by an option; empty if it is not given."""
    from ...wiki.views.audit import kinds_chosen

    names = [name.strip() for value in values for name in value.split(",") if name.strip()]
    try:
        return kinds_chosen(names) if names else frozenset()
    except ValueError as error:
        raise click.BadParameter(str(error)) from None


@click.command(
    epilog="Exit codes: 0 no more new findings than allowed, 1 more, 2 the project can't be read."
)
@click.argument(
    "source", metavar="[SRC]", default=".", type=click.Path(file_okay=False, path_type=Path)
)
@conf_dir_option
@format_option("text", "json", "sarif", "github")
@click.option(
    "--threshold",
    type=click.IntRange(min=-1),
    help="How many new findings are allowed; -1: any number.  [default: tropes_health_threshold]",
)
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    metavar="KIND",
    callback=_kinds,
    help="Report and count only this kind of finding; repeat it or separate kinds by commas.  "
    "[default: report all, count tropes_health_kinds]",
)
@click.option(
    "--ignore",
    multiple=True,
    metavar="KIND",
    callback=_kinds,
    help="Neither report nor count this kind of finding; several as for --kind.",
)
@click.option(
    "--baseline",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A JSON report of this command or of the health builder: the findings in it do not "
    "count.  [default: tropes_health_baseline]",
)
@click.option(
    "--write-baseline",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the findings to this file, for --baseline.",
)
@jobs_option
@quiet_option
def check(
    source: Path,
    conf_dir: Path | None,
    form: str,
    threshold: int | None,
    kinds: frozenset[str],
    ignore: frozenset[str],
    baseline: Path | None,
    write_baseline: Path | None,
    jobs: int,
    *,
    quiet: bool,
) -> None:
    """List the problems of the wiki in the folder SRC (default: the current folder).

    The findings are those of sphinx-build -b tropes-health. The sources are read in parallel;
    nothing is written to the folders of the project.

    \b
    Examples:
      sphinx-tropes check docs
      sphinx-tropes check docs --write-baseline docs/health.json
      sphinx-tropes check docs --baseline docs/health.json --threshold 0
      sphinx-tropes check docs --threshold 0 --ignore wanted,orphan
      sphinx-tropes check docs --format sarif > tropes.sarif
    """
    from ...build.health_builder import counted_kinds, found_in

    with read_project(source, conf_dir=conf_dir, jobs=jobs, quiet=quiet) as app:
        findings = tuple(
            f for f in found_in(app) if f.kind not in ignore and (not kinds or f.kind in kinds)
        )
        known = _report(app, findings, form, baseline, write_baseline)
        counted = kinds or counted_kinds(app.config)
        new = sum(f.identity not in known and f.kind in counted for f in findings)
        allowed: int = app.config.tropes_health_threshold if threshold is None else threshold
    if 0 <= allowed < new:
        count = "1 new finding" if new == 1 else f"{new} new findings"
        print_message(f"{count} ({allowed} allowed)")
        raise click.exceptions.Exit(FINDINGS)


def _report(
    app: Sphinx,
    findings: tuple[Finding, ...],
    form: str,
    baseline: Path | None,
    write_baseline: Path | None,
) -> frozenset[str]:
    """Writes the findings, and returns the identities of those that are not new."""
    from ...build.health_builder import as_data, as_text, identities, known_findings
    from ...data.json_lines import as_json
    from ..diagnostics import as_github, as_sarif, diagnostics

    try:
        known = identities(baseline) if baseline else known_findings(app.env)
    except ValueError as error:
        raise Refusal(f"--baseline: {error}") from None
    if form == "json":
        print_json(as_data(app.env, findings, known))
    elif form == "text":
        print_text(as_text(app.env, findings, known).rstrip())
    elif form == "sarif":
        print_json(as_sarif(diagnostics(app.env, findings, known)))
    elif text := as_github(diagnostics(app.env, findings, known)):
        print_text(text)
    if write_baseline:
        write_atomic(write_baseline, as_json(as_data(app.env, findings, known)).encode())
    return known
