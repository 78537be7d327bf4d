"""``sphinx-tropes serve``: shows the pages in a browser while they are written."""

from __future__ import annotations

from pathlib import Path

import click

from ..refusal import Refusal
from .options import build_jobs_option, conf_dir_option, quiet_option
from .terminal import print_message

__all__ = ["serve"]


@click.command(epilog="Exit codes: 0 ended by Ctrl-C, 2 not started.")
@click.argument(
    "source", metavar="SRC", default=".", type=click.Path(file_okay=False, path_type=Path)
)
@click.argument(
    "out", metavar="[OUT]", required=False, type=click.Path(file_okay=False, path_type=Path)
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    help="The port to listen on; 0: any.  [default: the first that is free from 8000]",
)
@click.option("--open-browser", is_flag=True, help="Open the front page in a browser.")
@click.option(
    "-b",
    "--builder",
    type=click.Choice(("html", "dirhtml")),
    default="html",
    show_default=True,
    help="What Sphinx builds.",
)
@build_jobs_option
@conf_dir_option
@click.option(
    "-d",
    "--doctree-dir",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder of stored doctrees.  [default: OUT/.doctrees]",
)
@click.option(
    "-D",
    "--define",
    "settings",
    multiple=True,
    metavar="NAME=VALUE",
    help="A setting that overrides conf.py; can be repeated.",
)
@click.option(
    "-t", "--tag", "tags", multiple=True, help='A tag for "only" sections; can be repeated.'
)
@quiet_option
def serve(
    source: Path,
    out: Path | None,
    port: int | None,
    builder: str,
    jobs: int,
    conf_dir: Path | None,
    doctree_dir: Path | None,
    settings: tuple[str, ...],
    tags: tuple[str, ...],
    *,
    open_browser: bool,
    quiet: bool,
) -> None:
    """Show the pages of the folder SRC in a browser while you write (default: the current folder).

    Builds the pages into the folder OUT (default: SRC/_build/html), serves them to this machine
    alone, and builds them again when a file is saved: the page that you edit first. Warnings are
    shown in the page that they are about.

    \b
    Examples:
      sphinx-tropes serve docs
      sphinx-tropes serve docs --port 8080 --open-browser
    """
    from ..serve.orders import Project
    from ..serve.server import serve as run

    source = source.resolve()
    conf_dir = (conf_dir or source).resolve()
    out = (out or source / "_build" / "html").resolve()
    doctrees = (doctree_dir or out / ".doctrees").resolve()
    if not (conf_dir / "conf.py").is_file():
        raise Refusal(f"no conf.py in {conf_dir}")
    if source == out or source.is_relative_to(out):
        raise Refusal(f"the pages can't be built into {out}: it holds the sources")
    for setting in settings:
        if "=" not in setting:
            raise click.BadParameter(f"{setting} is not NAME=VALUE", param_hint="-D")
    project = Project(
        source=str(source),
        conf_dir=str(conf_dir),
        out=str(out),
        doctrees=str(doctrees),
        builder=builder,
        jobs=jobs,
        settings=settings,
        tags=tags,
        quiet=quiet,
    )
    run(project, port=port, open_browser=open_browser, tell=print_message)
