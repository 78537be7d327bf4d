"""Programs that read what we write. Without them a test is skipped; with ``make readers`` it fails."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ..conftest import ROOT, Site
from ..rendering.test_book_labels import FILES

DEMO = ROOT / "demo_docs"
# pages that no toctree leads to
UNLISTED: dict[str, str | bytes | None] = {
    "index.rst": "Wiki\n====\n\nOf :trope:`Human Zoo`.\n",
    "HumanZoo.trope": "(:title Zoo <b> & 2:)\n[[index]]\n* {{Humans}}\n* Film/{{12 O Clock}}\n[[/index]]\n",
    "Humans.trope": "Of {{Human Zoo}}.\n\n!!Section 2\nOf {{Éclair}}.\n",
    "Film/12 O'Clock.trope": "Of {{Humans}} and [[Humans#Section 2 its part]].\n",
    "Éclair.trope": "(:alias Eclair 2:)\nNear {{Humans}}.\n",
    "Moved.trope": "(:redirect Humans:)\n",
}


def need(*programs: str) -> None:
    """Skips the test where one of *programs* is not installed."""
    missing = [program for program in programs if not shutil.which(program)]
    if missing and "TROPES_READERS" in os.environ:
        pytest.fail(f"not installed: {', '.join(missing)}")
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)}")


def run(command: list[str | Path], folder: Path, **environment: str) -> str:
    """What *command* prints; it must succeed."""
    done = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
        timeout=600,
    )
    printed = done.stdout + done.stderr
    assert done.returncode == 0, printed[-6000:]
    return printed


def build(source: Path, builder: str, out: Path, *options: str, seed: int = 0) -> Path:
    """Builds a project in a process of its own, as a user does."""
    doctrees = out.with_name(f"{out.name}-doctrees")
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-b", builder]
    run([*command, "-d", doctrees, *options, source, out], source, PYTHONHASHSEED=str(seed))
    return out


def compiled(folder: Path, name: str, engine: str = "-pdf") -> tuple[str, str]:
    """The log of TeX, with its lines put together, and the text of the pages."""
    run(["latexmk", engine, "-interaction=nonstopmode", "-halt-on-error", f"{name}.tex"], folder)
    text = run(["pdftotext", "-layout", f"{name}.pdf", "-"], folder)
    log = (folder / f"{name}.log").read_text("utf-8", "replace")
    return re.sub(r"(?<=.{79})\n", "", log), text


@pytest.fixture(scope="session")
def every_place(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A wiki with links in every place that a link can stand in."""
    # pdfLaTeX knows Latin letters alone; and of files with names in others Sphinx makes no valid EPUB
    files = {name: text for name, text in FILES.items() if name.isascii()}
    return Site(tmp_path_factory.mktemp("every-place")).write(files)
