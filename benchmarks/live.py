"""What passes between saving a page and seeing it: builds of a process that stays.

The process is one of its own: ``python -m benchmarks.live FOLDER PAGES EDITS``. It builds the wiki,
then edits pages one after another; at the end the site is compared with one built from nothing.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any, NamedTuple

from .forms import FORMS, source_of
from .results import Result
from .sites import ROOT, Site, is_same, make_sites
from .wiki import Block, Link, Page, Piece, Wiki

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["measure_live"]

_SMALL = {"first": 0.10, "words": 0.8, "link": 1.2}
_LARGE = {"first": 0.25, "words": 4.0, "link": 4.0}
"""Goals, in seconds, up to 1,000 pages and above."""
_KINDS = "words", "link"


class _Sample(NamedTuple):
    """What one edit cost, in seconds."""

    kind: str
    first: float
    """Until its page was written."""
    whole: float
    """Until the whole site was."""
    first_cpu: float
    whole_cpu: float
    memory: float
    """Megabytes, afterwards."""


def measure_live(folder: Path, sizes: Sequence[int], edits: int) -> Iterator[Result]:
    """Edits of wikis of these *sizes*, with everything on."""
    for size in sizes:
        command = [sys.executable, "-m", "benchmarks.live", str(folder / str(size)), str(size)]
        done = subprocess.run(
            [*command, str(edits)], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True
        )
        found = json.loads(done.stdout.splitlines()[-1])
        samples = [_Sample(*sample) for sample in found["samples"]]
        yield from _results(size, samples, found)


def _results(size: int, samples: list[_Sample], found: dict[str, Any]) -> Iterator[Result]:
    goals = _SMALL if size <= 1000 else _LARGE
    same = "the same as from nothing: " + ("yes" if found["is_same"] else "NO")
    for kind in _KINDS:
        of_kind = [sample for sample in samples if sample.kind == kind]
        if not of_kind:
            continue
        yield _result(
            f"live: saved -> page on disk, {kind} edit, {size} pages",
            [(sample.first, sample.first_cpu) for sample in of_kind],
            goals["first"] if kind == "words" else None,
        )
        yield _result(
            f"live: saved -> whole site, {kind} edit, {size} pages",
            [(sample.whole, sample.whole_cpu) for sample in of_kind],
            goals[kind],
            same,
        )
    # by then, everything that is kept has been made once
    begin, end = samples[len(samples) // 2].memory, samples[-1].memory
    yield Result(
        f"live: memory gained by an edit, {size} pages",
        (end - begin) / max(1, len(samples) - len(samples) // 2 - 1),
        "MB",
        0.02,
        detail=f"{begin:.0f} to {end:.0f} MB in the later half of {len(samples)} edits",
    )


def _result(
    what: str, seconds: list[tuple[float, float]], goal: float | None, more: str = ""
) -> Result:
    wall, cpu = ([each[of] for each in seconds] for of in (0, 1))
    detail = (
        f"at most {max(wall):.2f}; CPU {median(cpu):.3f}, at most {max(cpu):.2f}; {len(wall)} edits"
    )
    return Result(
        what,
        median(wall),
        "s",
        goal,
        detail="; ".join(filter(None, [detail, more])),
        samples={"wall": wall, "cpu": cpu},
    )


# -- the process that stays


class _Editor:
    """Saves pages with other words, or with a link more or less."""

    def __init__(self, site: Site, wiki: Wiki) -> None:
        self._site = site
        self._pages: dict[str, Page] = {page.name.path: page for page in wiki}
        self._names = sorted(self._pages)
        self._random = random.Random(1)
        self._number = 0
        self._linked: list[str] = []
        """Pages with a link more than at first."""

    def edit(self, kind: str) -> Path:
        """Edits some page; its file."""
        self._number += 1
        choose = self._random.choice
        if kind == "link" and self._linked and self._number % 4 == 1:
            return self._save(self._pages[self._linked.pop()])
        page = self._pages[choose(self._names)]
        said: tuple[Piece, ...] = (f"Words of edit number {self._number} stand here. ",)
        if kind == "link":
            to = self._pages[choose(self._names)].name
            said = (f"In edit number {self._number} see ", Link(to, "", "", False, True), ". ")
            self._linked.append(page.name.path)
        at = next(n for n, block in enumerate(page.blocks) if block.kind == "paragraph")
        changed = Block("paragraph", said + page.blocks[at].pieces)
        return self._save(
            page._replace(blocks=(*page.blocks[:at], changed, *page.blocks[at + 1 :]))
        )

    def _save(self, page: Page) -> Path:
        path = self._site.source / f"{page.name.path}{FORMS['trope'].suffix}"
        path.write_text(source_of("trope", page), "utf-8")
        return path


def _memory() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 1e6


def _edit(folder: Path, size: int, edits: int) -> dict[str, Any]:
    from sphinx.application import Sphinx

    from sphinxcontrib_tropes.build.live import LiveBuild

    site = make_sites(folder, size, ["trope"])["trope"]
    app = Sphinx(
        site.source,
        site.source,
        site.output,
        site.doctrees,
        "html",
        status=None,
        warning=sys.stderr,
    )
    live, editor = LiveBuild(app), _Editor(site, Wiki(size))
    live.build_rest()
    for kind in _KINDS:  # what the first build after a full one does once more
        live.build_rest([editor.edit(kind)])
    samples = []
    for number in range(edits):
        kind = _KINDS[number // 2 % 2]
        path = editor.edit(kind)
        wall, cpu = time.perf_counter(), time.process_time()
        live.write_first(live.documents_of([path]))
        first = time.perf_counter() - wall, time.process_time() - cpu
        live.build_rest([path])
        whole = time.perf_counter() - wall, time.process_time() - cpu
        samples.append(_Sample(kind, first[0], whole[0], first[1], whole[1], _memory()))
        live.store()
    clean = Site(folder, "trope", Wiki(size))
    clean.output, clean.doctrees = folder / "clean-html", folder / "clean-doctrees"
    clean.build_all()
    return {"samples": samples, "is_same": is_same(site.output, clean.output)}


if __name__ == "__main__":
    _folder, _size, _edits = sys.argv[1:]
    print(json.dumps(_edit(Path(_folder), int(_size), int(_edits))))
