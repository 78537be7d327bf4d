"""Options that several commands take."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "build_jobs_option",
    "conf_dir_option",
    "format_option",
    "jobs_option",
    "quiet_option",
    "source_option",
]

F = TypeVar("F", bound="Callable[..., object]")


def _jobs(ctx: click.Context, parameter: click.Parameter, value: str) -> int:
    if value == "auto":
        return os.cpu_count() or 1
    if value.isdecimal() and int(value) > 0:
        return int(value)
    raise click.BadParameter("must be auto or a number from 1")


def jobs_option(command: F) -> F:
    """``--jobs``: how many processes; by default one for each processor."""
    return _jobs_option("auto")(command)


def build_jobs_option(command: F) -> F:
    """``--jobs`` of a build: one process by default, as for sphinx-build."""
    return _jobs_option("1")(command)


def _jobs_option(default: str) -> Callable[[F], F]:
    return click.option(
        "-j",
        "--jobs",
        default=default,
        show_default=True,
        metavar="N",
        callback=_jobs,
        help="The number of processes; auto: one for each processor.",
    )


def quiet_option(command: F) -> F:
    """``--quiet``."""
    text = "Show no progress and no warnings from Sphinx."
    return click.option("-q", "--quiet", is_flag=True, help=text)(command)


def conf_dir_option(command: F) -> F:
    """``--conf-dir``: the folder with conf.py."""
    option = click.option(
        "-c",
        "--conf-dir",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        help="The folder with conf.py, if it is not the folder of the sources.",
    )
    return option(command)


def source_option(text: str) -> Callable[[F], F]:
    """``--source``: the folder of the project, for commands whose arguments are something else."""
    return click.option(
        "-s",
        "--source",
        default=".",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        help=f"{text}  [default: the current folder]",
    )


def format_option(*formats: str) -> Callable[[F], F]:
    """``--format``, passed on as *form*: the first of *formats* is the default."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(formats),
        default=formats[0],
        show_default=True,
        help="The format of the output.",
    )
