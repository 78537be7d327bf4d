"""``sphinx-tropes check``: the health of a wiki, without a build."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .files import write_whole
from .refusal import Refusal
from .terminal import FINDINGS, say, say_json, tell

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from ..wiki.audit import Finding

__all__ = ["check", "jobs_of"]

_FORMS = ["text", "json", "sarif", "github"]


def jobs_of(ctx: click.Context, parameter: click.Parameter, value: str) -> int:
    """How many processes the option ``--jobs`` asks for."""
    if value == "auto":
        return os.cpu_count() or 1
    if value.isdecimal() and int(value) > 0:
        return int(value)
    raise click.BadParameter("a number from 1, or auto")


@click.command(
    epilog="Exit codes: 0 all is well, 1 more findings than the threshold, 2 the project can't be "
    "read."
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
    help="How many new findings are borne; -1: any number.  [default: tropes_health_threshold]",
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
    baseline: Path | None,
    write_baseline: Path | None,
    jobs: int,
    *,
    quiet: bool,
) -> None:
    """Say what may want mending in the wiki in the folder SRC (by default this one).

    The findings are those of sphinx-build -b tropes-health. The sources are read, in parallel, and
    nothing is written into the project's folders.

    \b
    Examples:
      sphinx-tropes check docs
      sphinx-tropes check docs --write-baseline docs/health.json
      sphinx-tropes check docs --baseline docs/health.json --threshold 0
      sphinx-tropes check docs --format sarif > tropes.sarif
    """
    from ..domain import get_wiki
    from ..wiki.audit import audit
    from .project import opened
    from .reading import read

    status = sys.stderr if sys.stderr.isatty() and not quiet else None
    warnings = None if quiet else sys.stderr
    with opened(source, configuration=conf_dir, jobs=jobs, status=status, warnings=warnings) as app:
        read(app, quiet=quiet)
        findings = audit(get_wiki(app.env))
        new = _report(app, findings, form, baseline, write_baseline)
        bearable: int = app.config.tropes_health_threshold if threshold is None else threshold
    if 0 <= bearable < new:
        count = "1 new finding" if new == 1 else f"{new} new findings"
        tell(f"{count}, and no more than {bearable} are borne")
        raise click.exceptions.Exit(FINDINGS)


def _report(
    app: Sphinx,
    findings: tuple[Finding, ...],
    form: str,
    baseline: Path | None,
    write_baseline: Path | None,
) -> int:
    """Says what was found, in the form asked for; how much of it is new."""
    from ..data import as_json
    from ..health import as_data, as_text, borne, identities
    from .reports import as_github, as_sarif, located

    try:
        known = identities(baseline) if baseline else borne(app.env)
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
    return sum(finding.identity not in known for finding in findings)
