"""``sphinx-tropes check``: the health of a wiki, without a build."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..files import write_whole
from ..refusal import Refusal
from .terminal import FINDINGS, say, say_json, tell

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from ...wiki.views.audit import Finding

__all__ = ["check", "jobs_of"]

_FORMS = ["text", "json", "sarif", "github"]


def jobs_of(ctx: click.Context, parameter: click.Parameter, value: str) -> int:
    """How many processes the option ``--jobs`` asks for."""
    if value == "auto":
        return os.cpu_count() or 1
    if value.isdecimal() and int(value) > 0:
        return int(value)
    raise click.BadParameter("a number from 1, or auto")


def _kinds(
    ctx: click.Context, parameter: click.Parameter, values: tuple[str, ...]
) -> frozenset[str]:
    """The kinds of findings that an option names, none if it is not given."""
    from ...wiki.views.audit import kinds_chosen

    names = [name.strip() for value in values for name in value.split(",") if name.strip()]
    try:
        return kinds_chosen(names) if names else frozenset()
    except ValueError as error:
        raise click.BadParameter(str(error)) from None


@click.command(
    epilog="Exit codes: 0 no more findings than allowed, 1 more, 2 the project can't be read."
)
@click.argument(
    "source", metavar="[SRC]", default=".", type=click.Path(file_okay=False, path_type=Path)
)
@click.option(
    "-c",
    "--conf-dir",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder that holds conf.py, if it is not SRC.",
)
@click.option("--format", "form", type=click.Choice(_FORMS), default="text", show_default=True)
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
    help="Report and count only findings of this kind; several: repeat it, or put commas between "
    "them.  [default: all; tropes_health_kinds says which count]",
)
@click.option(
    "--ignore",
    multiple=True,
    metavar="KIND",
    callback=_kinds,
    help="Neither report nor count findings of this kind; several likewise.",
)
@click.option(
    "--baseline",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A report of this command or of the health builder, as JSON: what is in it does not "
    "count.  [default: tropes_health_baseline]",
)
@click.option(
    "--write-baseline",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write today's findings to this file, for --baseline.",
)
@click.option("-j", "--jobs", default="auto", show_default=True, callback=jobs_of)
@click.option("-q", "--quiet", is_flag=True, help="No progress, and no warnings of Sphinx.")
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
    """List the problems of the wiki in the folder SRC (by default this one).

    The findings are those of sphinx-build -b tropes-health. The sources are read, in parallel, and
    nothing is written into the project's folders.

    \b
    Examples:
      sphinx-tropes check docs
      sphinx-tropes check docs --write-baseline docs/health.json
      sphinx-tropes check docs --baseline docs/health.json --threshold 0
      sphinx-tropes check docs --threshold 0 --ignore wanted,orphan
      sphinx-tropes check docs --format sarif > tropes.sarif
    """
    from ...build.health_builder import counted_kinds, found_in
    from ..project import opened
    from .reading import read

    status = sys.stderr if sys.stderr.isatty() and not quiet else None
    warnings = None if quiet else sys.stderr
    with opened(source, configuration=conf_dir, jobs=jobs, status=status, warnings=warnings) as app:
        read(app, quiet=quiet)
        findings = tuple(
            f for f in found_in(app) if f.kind not in ignore and (not kinds or f.kind in kinds)
        )
        known = _report(app, findings, form, baseline, write_baseline)
        counted = kinds or counted_kinds(app.config)
        new = sum(f.identity not in known and f.kind in counted for f in findings)
        allowed: int = app.config.tropes_health_threshold if threshold is None else threshold
    if 0 <= allowed < new:
        count = "1 new finding" if new == 1 else f"{new} new findings"
        tell(f"{count} ({allowed} allowed)")
        raise click.exceptions.Exit(FINDINGS)


def _report(
    app: Sphinx,
    findings: tuple[Finding, ...],
    form: str,
    baseline: Path | None,
    write_baseline: Path | None,
) -> frozenset[str]:
    """Says what was found, in the form asked for; the identities of what is not new."""
    from ...build.health_builder import as_data, as_text, identities, known_findings
    from ...data.json_lines import as_json
    from ..diagnostics import as_github, as_sarif, located

    try:
        known = identities(baseline) if baseline else known_findings(app.env)
    except ValueError as error:
        raise Refusal(f"--baseline: {error}") from None
    if form == "json":
        say_json(as_data(app.env, findings, known))
    elif form == "text":
        say(as_text(app.env, findings, known).rstrip())
    else:
        places = located(app.env, findings, known)
        if form == "sarif":
            say_json(as_sarif(places))
        elif text := as_github(places):
            say(text)
    if write_baseline:
        write_whole(write_baseline, as_json(as_data(app.env, findings, known)).encode())
    return known
