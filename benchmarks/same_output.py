"""Shows that a change of the code changes no page: ``python -m benchmarks.same_output REVISION``.

Builds the demo and a synthetic wiki, once with the package as it was in REVISION and once as it
is here, and compares what is written byte for byte. The sources are those of REVISION, so a page
that was edited since does not count.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from .measure import run
from .sites import make_sites

if TYPE_CHECKING:
    from collections.abc import Iterator

_ROOT = Path(__file__).parent.parent
_BUILDERS = ("html", "latex", "text", "pseudoxml")
# How what is there was made, not what a reader sees.
_LEFT_OUT = frozenset([".buildinfo", ".tropes-state.json", "environment.pickle"])
_ENV_VERSION = re.compile(rb'"sphinxcontrib_tropes":\d+')
_PAGES = 12
_MOST_LINES = 30


def _build(package: Path, source: Path, output: Path, builders: tuple[str, ...]) -> None:
    for builder in builders:
        command = [sys.executable, "-m", "sphinx", "-q", "-b", builder, "-d", str(output) + ".d"]
        run([*command, str(source), str(output / builder)], package, PYTHONPATH=str(package))


def _differences(before: Path, after: Path) -> Iterator[str]:
    def files(root: Path) -> set[Path]:
        return {
            path.relative_to(root)
            for path in root.rglob("*")
            if path.is_file() and path.name not in _LEFT_OUT
        }

    these, those = files(before), files(after)
    for path in sorted(these ^ those):
        yield f"{'only before' if path in these else 'only now'}: {path}"
    for path in sorted(these & those):
        if _content(before / path) != _content(after / path):
            yield f"differs: {path}"


def _content(path: Path) -> bytes:
    """What the file holds, but for the number of the environment that the index of words names."""
    content = path.read_bytes()
    is_index = path.name == "searchindex.js"
    return _ENV_VERSION.sub(b"", content) if is_index else content


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("revision", help="of git, to compare with")
    parser.add_argument("--pages", type=int, default=_PAGES, help="of the synthetic wiki")
    parser.add_argument("--keep", type=Path, help="a folder for what is built, to look at")
    arguments = parser.parse_args()
    found: list[str] = []
    with tempfile.TemporaryDirectory(prefix="trope-same-") as temporary:
        old = Path(temporary, "old")
        folder = arguments.keep or Path(temporary)
        worktree = ["git", "-C", str(_ROOT), "worktree"]
        subprocess.run(
            [*worktree, "add", "-q", "--detach", str(old), arguments.revision], check=True
        )
        try:
            # it imports modules of the package, which may have moved since: as it is now, and before
            # that as it was
            extensions = old / "demo_docs" / "_ext"
            before = shutil.copytree(extensions, folder / "_ext")
            synthetic = make_sites(folder / "wiki", arguments.pages, ["trope"])["trope"].source
            for name, source in (("demo", old / "demo_docs"), ("synthetic", synthetic)):
                for package, output in ((old, "before"), (_ROOT, "now")):
                    ours = before if package is old else _ROOT / "demo_docs" / "_ext"
                    shutil.copytree(ours, extensions, dirs_exist_ok=True)
                    _build(package, source, folder / name / output, _BUILDERS)
                found += (
                    f"{name}: {line}"
                    for line in _differences(folder / name / "before", folder / name / "now")
                )
        finally:
            subprocess.run([*worktree, "remove", "--force", str(old)], check=True)
    print("\n".join(found[:_MOST_LINES]) or "every file is the same, byte for byte")
    if len(found) > _MOST_LINES:
        print(f"... and {len(found) - _MOST_LINES} more")
    raise SystemExit(bool(found))


if __name__ == "__main__":
    main()
