"""A wiki in one project, and cut into projects that federate: ``python -m benchmarks.shards``.

Each shard has the pages of one namespace. First the facts of all are read and become their data
(``sphinx-tropes facts``), then each is built once; in either step, two at a time.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from .forms import FORMS, source_of
from .measure import Cost, run
from .wiki import Block, Link, Wiki

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from .wiki import Page

_ROOT = Path(__file__).parent.parent
_NAMESPACES = ("", "Film", "Literature", "Series", "VideoGame", "Anime", "Manga", "Music")
_CONFIGURATION = """\
project = "{name}"
extensions = ["sphinxcontrib_tropes"]
html_theme = "alabaster"
tropes_federation = {others!r}
"""


class Shard(NamedTuple):
    """One of the projects, in the folder of all."""

    name: str
    folder: Path

    @property
    def source(self) -> Path:
        return self.folder / "source" / self.name

    @property
    def output(self) -> Path:
        return self.folder / "site" / self.name

    @property
    def facts(self) -> Path:
        return self.folder / "facts" / f"{self.name}.facts.gz"

    @property
    def data(self) -> Path:
        return self.folder / "facts" / f"{self.name}.json"

    def read(self) -> list[str]:
        """The command that reads it."""
        command = [sys.executable, "-m", "sphinxcontrib_tropes.tools.cli", "facts", "-q", "-j1"]
        files = ["-o", str(self.facts), "--data", str(self.data)]
        return [*command, "--root", self.name, str(self.source), *files]

    def build(self, jobs: int = 1) -> list[str]:
        """The command that builds it."""
        command = [sys.executable, "-m", "sphinx", "-q", "-b", "html", f"-j{jobs}"]
        doctrees = self.folder / "doctrees" / self.name
        return [*command, "-d", str(doctrees), str(self.source), str(self.output)]


def _cut(size: int, shards: int) -> Wiki:
    """The synthetic wiki, its pages spread evenly over as many namespaces as there are shards."""
    wiki = Wiki(size)
    taken: set[str] = set()
    for rank, name in enumerate(wiki.names):
        for step in range(shards):
            moved = name._replace(namespace=_NAMESPACES[(rank + step) % shards])
            if moved.path not in taken:
                taken.add(moved.path)
                wiki.names[rank] = moved
                break
    return wiki


def _write(shard: Shard, pages: Iterable[Page], others: Sequence[str]) -> None:
    shard.source.mkdir(parents=True)
    federated = {name: (f"../{name}/", f"../../facts/{name}.json") for name in others}
    text = _CONFIGURATION.format(name=shard.name, others=federated)
    (shard.source / "conf.py").write_text(text, "utf-8")
    (shard.source / "index.rst").write_text(f"{shard.name}\n{'=' * len(shard.name)}\n", "utf-8")
    for page in pages:
        _write_page(shard, page)
    shard.facts.parent.mkdir(exist_ok=True)


def _write_page(shard: Shard, page: Page) -> None:
    path = shard.source / f"{page.name.path}{FORMS['trope'].suffix}"
    path.parent.mkdir(exist_ok=True)
    path.write_text(source_of("trope", page), "utf-8")


def _edited(page: Page, wiki: Wiki) -> Page:
    """The page with a link more."""
    pieces = (
        "For the edit see ",
        Link(wiki.names[len(wiki.names) // 3], "", "", False, True),
        ". ",
    )
    at = next(n for n, block in enumerate(page.blocks) if block.kind == "paragraph")
    changed = Block("paragraph", pieces + page.blocks[at].pieces)
    return page._replace(blocks=(*page.blocks[:at], changed, *page.blocks[at + 1 :]))


def _measured(what: str, commands: Sequence[Sequence[str]]) -> None:
    """Runs the commands, two at a time, and tells what they cost."""
    begun = time.perf_counter()
    with ThreadPoolExecutor(2) as pool:
        costs: list[Cost] = list(pool.map(lambda command: run(command, _ROOT), commands))
    wall = time.perf_counter() - begun
    cpu = sum(cost.cpu for cost in costs)
    memory = max(cost.memory for cost in costs) / 2**20
    print(f"{what:42} {wall:7.1f} s  {cpu:7.1f} s of processors  {memory:6.0f} MiB", flush=True)


def main() -> None:
    """Builds both, measures, and says so."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.shards", description=__doc__)
    parser.add_argument("--pages", type=int, default=2000)
    parser.add_argument("--shards", type=int, default=4, choices=range(2, len(_NAMESPACES) + 1))
    parser.add_argument("--folder", type=Path, help="where it is built (temporary)")
    arguments = parser.parse_args()
    print(f"{arguments.pages} pages, {arguments.shards} shards, {os.cpu_count()} processors")
    with tempfile.TemporaryDirectory(prefix="trope-shards-") as temporary:
        folder = arguments.folder or Path(temporary)
        shutil.rmtree(folder / "source", ignore_errors=True)
        _measure(folder, _cut(arguments.pages, arguments.shards), arguments.shards)


def _measure(folder: Path, wiki: Wiki, count: int) -> None:
    names = [namespace.lower() or "main" for namespace in _NAMESPACES[:count]]
    whole = Shard("whole", folder)
    shards = [Shard(name, folder) for name in names]
    pages = list(wiki)
    _write(whole, pages, [])
    for shard in shards:
        own = (page for page in pages if (page.name.namespace.lower() or "main") == shard.name)
        _write(shard, own, [name for name in names if name != shard.name])

    _measured("one project, two processes", [whole.build(jobs=2)])
    _measured("shards: the facts of all", [shard.read() for shard in shards])
    _measured("shards: all builds", [shard.build() for shard in shards])
    merge = [sys.executable, "-m", "sphinxcontrib_tropes.tools.cli", "facts", "--health"]
    all_facts = [str(shard.facts) for shard in shards]
    _measured("shards: facts merged, health of the whole", [[*merge, *all_facts]])

    page = next(page for page in pages[len(pages) // 2 :] if page.name.namespace == "Film")
    page = _edited(page, wiki)
    film = shards[names.index("film")]
    for shard in (whole, film):
        _write_page(shard, page)
    _measured("one project: after an edit", [whole.build(jobs=2)])
    _measured("shards: facts of the edited one", [film.read()])
    _measured("shards: all builds after that", [shard.build() for shard in shards])
    for shard in (whole, *shards):
        size = sum(path.stat().st_size for path in shard.output.rglob("*") if path.is_file())
        print(f"output of {shard.name}: {size / 2**20:.1f} MiB")
    for shard in shards:
        facts, data = shard.facts.stat().st_size, shard.data.stat().st_size
        print(f"{shard.name}: facts {facts / 2**20:.2f} MiB, data {data / 2**20:.1f} MiB")


if __name__ == "__main__":
    main()
