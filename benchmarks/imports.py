"""Imports of a synthetic wiki, stopped half-way and gone on with: ``python -m benchmarks.imports``.

The same pages as a ``wiki.d`` folder of PmWiki, a zip file of that, a folder of texts and JSON
lines. Each is imported at one go; then once more into another folder, killed when half of the pages
are there, and started again: the two must hold the same bytes.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from .forms import Trope
from .measure import run
from .wiki import Wiki

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .wiki import Link, Page

__all__ = ["PmWiki", "page_file"]

_ROOT = Path(__file__).parent.parent
_COMMAND = [sys.executable, "-m", "sphinxcontrib_tropes.tools.cli", "import"]


class PmWiki(Trope):
    """The markup of PmWiki, in which ``[[A few words]]`` is one page."""

    suffix = ""

    @staticmethod
    def _link(link: Link) -> str:
        target = f"{link.to.namespace or 'Main'}/{link.to.wikiword}"
        if link.label:
            return f"[[{target} | {link.label}]]"
        if link.to.namespace or link.is_bare:
            return target
        return f"[[{link.to.title}]]{link.suffix}"


def page_file(name: str, text: str) -> bytes:
    """The file in which PmWiki keeps the page *name*: two revisions, the last one whole."""
    encoded = text.replace("%", "%25").replace("\n", "%0a").replace("<", "%3c")
    lines = [
        "version=pmwiki-2.3.20 ordered=1 urlencoded=1",
        "agent=w3m",
        "author=somebody",
        "charset=UTF-8",
        "csum=",
        f"name={name}",
        "rev=2",
        f"text={encoded}",
        "time=1700000000",
        "author:1700000000=somebody",
        "diff:1700000000:1600000000:=1c1%0a%3c An earlier text.%0a---%0a> This one.%0a",
        "author:1600000000=somebody",
        "diff:1600000000:1600000000:=1d0%0a%3c The first.%0a",
    ]
    return ("\n".join(lines) + "\n").encode()


def _files(wiki: Wiki) -> Iterator[tuple[str, bytes]]:
    markup = PmWiki()
    for page in wiki:
        name = f"{page.name.namespace or 'Main'}.{page.name.wikiword}"
        yield name, page_file(name, markup.page(page))


def _write_wiki_d(wiki: Wiki, folder: Path) -> Path:
    path = folder / "wiki.d"
    path.mkdir(parents=True)
    for name, data in _files(wiki):
        (path / name).write_bytes(data)
    return path


def _write_zip(wiki: Wiki, folder: Path) -> Path:
    path = folder / "pages.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in _files(wiki):
            archive.writestr(f"wiki.d/{name}", data)
    return path


def _write_texts(wiki: Wiki, folder: Path) -> Path:
    root, markup = folder / "texts", Trope()
    for page in wiki:
        path = root / f"{page.name.path}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(markup.page(page), "utf-8")
    return root


def _write_lines(wiki: Wiki, folder: Path) -> Path:
    path, markup = folder / "pages.jsonl", Trope()

    def line(page: Page) -> str:
        name = f"{page.name.namespace or 'Main'}/{page.name.title}"
        return json.dumps({"name": name, "text": markup.page(page)}) + "\n"

    with path.open("w", encoding="utf-8") as file:
        file.writelines(map(line, wiki))
    return path


_SOURCES: dict[str, Callable[[Wiki, Path], Path]] = {
    "wiki.d": _write_wiki_d,
    "zip": _write_zip,
    "texts": _write_texts,
    "JSON lines": _write_lines,
}


def _kill_half_way(command: list[str], target: Path, pages: int) -> int:
    """Runs the command until half of the pages are there; how many there are then."""
    process = subprocess.Popen(
        command, cwd=_ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip
    while process.poll() is None:
        if _pages_in(target) >= pages // 2:
            os.killpg(process.pid, signal.SIGKILL)  # its own processes, and nobody else's
            process.wait()
            return _pages_in(target)
        time.sleep(0.05)
    raise SystemExit(f"{' '.join(command)} ended before it could be killed")


def _pages_in(target: Path) -> int:
    return sum(1 for _ in target.glob("wiki/*/*.trope"))


def _holds(target: Path) -> dict[str, bytes]:
    return {
        path.relative_to(target).as_posix(): path.read_bytes()
        for path in target.rglob("*")
        if path.is_file()
    }


def _measure(kind: str, wiki: Wiki, folder: Path) -> None:
    source = _SOURCES[kind](wiki, folder)
    at_one_go, stopped = folder / "at-one-go", folder / "stopped"
    cost = run([*_COMMAND, str(source), str(at_one_go)], _ROOT)
    told = f"{cost.wall:6.1f} s  {cost.cpu:6.1f} s of processors  {cost.memory / 2**20:5.0f} MiB"
    command = [*_COMMAND, str(source), str(stopped)]
    there = _kill_half_way(command, stopped, len(wiki.names))
    run(command, _ROOT)
    is_same = _holds(stopped) == _holds(at_one_go)
    found = f"killed at {there} pages and started again: {'same' if is_same else 'OTHER'} bytes"
    print(f"{kind:12} {_pages_in(at_one_go):6} pages  {told}; {found}", flush=True)
    if not is_same:
        raise SystemExit(1)


def main() -> None:
    """Imports from each kind of source, measures, and says so."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.imports", description=__doc__)
    parser.add_argument("--pages", type=int, default=10000)
    parser.add_argument("--sources", default=",".join(_SOURCES))
    arguments = parser.parse_args()
    for kind in arguments.sources.split(","):
        with tempfile.TemporaryDirectory(prefix="trope-imports-") as folder:
            _measure(kind, Wiki(arguments.pages), Path(folder))


if __name__ == "__main__":
    main()
