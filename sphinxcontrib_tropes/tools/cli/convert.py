"""``sphinx-tropes convert``: converts documents to another markup."""

from __future__ import annotations

from pathlib import Path

import click

from ..refusal import Refusal
from .options import jobs_option, source_option
from .terminal import print_data, print_message, print_text, track

__all__ = ["convert"]


@click.command(epilog="Exit codes: 0 done, 2 some files were not converted.")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option(
    "--to",
    "markup",
    type=click.Choice(["trope", "rst", "myst"]),
    required=True,
    help="The markup to convert to.",
)
@source_option("The folder of the project, for its namespaces and language.")
@click.option("--write", is_flag=True, help="Replace each file with the converted one.")
@jobs_option
def convert(files: tuple[Path, ...], markup: str, source: Path, jobs: int, *, write: bool) -> None:
    """Convert FILES to trope markup, reStructuredText or MyST Markdown.

    Links become the role trope, and the role becomes links. A block without an equivalent stays
    trope markup, in the directive trope-markup. Each document is read before and after, and must be
    the same to readers and to the wiki: a page that would lose a relation or its place in an index
    is refused.

    The result goes to standard output, unless --write is given.

    \b
    Examples:
      sphinx-tropes convert wiki/FunnyAnimal.trope --to rst
      sphinx-tropes convert docs/*.rst --to trope -s docs --write
    """
    from ..editing.convert_files import converting, project_settings, replace_file

    settings = project_settings(source, markup if write else "")
    failed = 0
    with converting(settings, markup, jobs, len(files)) as work:
        for file, result in zip(files, track(work(files), "Converting", len(files)), strict=True):
            try:
                if isinstance(result, Refusal):
                    raise result
                if not write:
                    print_data(result.text.rstrip("\n"))
                    continue
                new = replace_file(file, markup, result)
                kept = f"; blocks kept as trope markup: {result.kept}" if result.kept else ""
                print_text(f"{file} -> {new}{kept}")
            except Refusal as refusal:
                sentence = _with_file(refusal, file)
                if len(files) == 1:
                    raise Refusal(sentence) from None
                failed += 1
                print_message(sentence)
    if failed:
        raise Refusal(f"{failed} of {len(files)} files were not converted")


def _with_file(refusal: Refusal, file: Path) -> str:
    sentence = str(refusal)
    if sentence.startswith(str(file)):
        return sentence
    return f"{file}:{refusal.line}: {sentence}" if refusal.line else f"{file}: {sentence}"
