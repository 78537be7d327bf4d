"""Builds with the extensions of others, each in a process of its own, as a user does."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING, NamedTuple

import pytest

from .project import CONTROL, NEIGHBOURS, OURS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = ["Built"]

# `make neighbours` installs them; the other targets can do without.
collect_ignore_glob = [] if find_spec("sphinx_needs") else ["test_*.py"]

_DATE = "2021-03-04T05:06:07+00:00"
_PREFIX = re.compile(r"^(.*?(?:source|html)/)|\x1b\[[\d;]*m")


class Built(NamedTuple):
    """A project as it was built."""

    source: Path
    html: Path
    warnings: list[str]
    status: int
    log: str


def _without_spoilers(text: str | bytes) -> str | bytes:
    """What the control has of a file: no line of ours."""
    if isinstance(text, bytes):
        return text
    text = re.sub(r"\n( *)\.\. trope-markup::\n\n.*\n", "\n", text)
    return re.sub(r"TROPES.*\n", "Text.\n", text)


def _write(source: Path, names: list[str], settings: dict[str, object], *, is_ours: bool) -> None:
    files: dict[str, str | bytes] = dict(OURS if is_ours else CONTROL)
    extensions = ["sphinxcontrib_tropes"] if is_ours else []
    conf: dict[str, object] = {"project": "Apes", "html_theme": "alabaster", "copyright": "Ann"}
    extensions += settings.pop("extensions_of_theme", [])
    for name in names:
        neighbour = NEIGHBOURS[name]
        extensions += [e for e in neighbour.extensions if e not in extensions]
        conf |= neighbour.settings
        for path, text in neighbour.files.items():
            files[path] = text if is_ours else _without_spoilers(text)
    lines = [
        "import sys",
        "from pathlib import Path",
        "sys.path.insert(0, str(Path(__file__).parent))",
    ]
    lines += [f"{key} = {value!r}" for key, value in (conf | settings).items()]
    files["conf.py"] = "\n".join([*lines, f"extensions = {extensions!r}"]) + "\n"
    for path, text in files.items():
        (source / path).parent.mkdir(parents=True, exist_ok=True)
        data = text if isinstance(text, bytes) else text.replace("TROPES", "").encode()
        (source / path).write_bytes(data)


def _commit(source: Path) -> None:
    environment = os.environ | {"GIT_AUTHOR_DATE": _DATE, "GIT_COMMITTER_DATE": _DATE}
    who = ["-c", "user.name=Ann", "-c", "user.email=ann@apes.example"]
    for command in (["init", "-q"], ["add", "-A"], [*who, "commit", "-q", "-m", "Apes"]):
        subprocess.run(["git", *command], cwd=source, env=environment, check=True)


def _build(root: Path, builder: str, jobs: int) -> Built:
    command = [
        sys.executable,
        "-m",
        "sphinx",
        "-q",
        f"-j{jobs}",
        "-b",
        builder,
        "-d",
        "doctrees",
        "source",
        "html",
    ]
    environment = os.environ | {"TZ": "UTC", "NO_COLOR": "1"}
    done = subprocess.run(
        command, cwd=root, env=environment, capture_output=True, text=True, check=False
    )
    lines = [_PREFIX.sub("", line) for line in done.stderr.splitlines()]
    found = [line for line in lines if "WARNING" in line or "ERROR" in line]
    return Built(root / "source", root / "html", found, done.returncode, done.stderr)


@pytest.fixture(scope="session")
def build(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Built]:
    """Builds the project with some neighbours; each once."""
    known: dict[object, Built] = {}

    def build(
        *names: str, is_ours: bool = True, builder: str = "html", **settings: object
    ) -> Built:
        key = names, is_ours, builder, repr(settings)
        if key not in known:
            root = tmp_path_factory.mktemp("ours" if is_ours else "control")
            _write(root / "source", list(names), dict(settings), is_ours=is_ours)
            _commit(root / "source")
            jobs = NEIGHBOURS[names[0]].jobs if len(names) == 1 else 2
            known[key] = _build(root, builder, jobs)
        return known[key]

    return build
