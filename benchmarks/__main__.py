"""Measures speed and size against others, and shows beside each number what is aimed at.

With the defaults, on small sites, that takes about half an hour on a machine that does nothing else. The
aims are those of larger sites: ``--pages 1000 --large 10000 --peers 1000,5000`` takes many hours.
"""

from __future__ import annotations

import argparse
import platform
import sys
import tempfile
import time
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .results import Result, table, write_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

_PARTS = (
    "parser", "full", "fast", "control", "floor", "no-op", "edit", "memory", "sizes", "backlinks",
    "growth", "parallel", "live", "peers",
)  # fmt: skip
_DISTRIBUTIONS = (
    "sphinx", "docutils", "sphinxcontrib-tropes", "myst-parser", "mistune", "markdown-it-py",
    "PyStemmer", "mkdocs", "mkdocs-material", "mkdocs-backlinks", "mkdocs-roamlinks-plugin", "hugo",
    "py-spy",
)  # fmt: skip


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--pages", type=int, default=300, help="size of the wiki (300)")
    parser.add_argument(
        "--large", type=int, default=1000, help="the larger size, of the part growth (1000)"
    )
    parser.add_argument(
        "--peers", type=_numbers, default=[300], help="sizes for the part peers, by commas (300)"
    )
    parser.add_argument("--rounds", type=int, default=5, help="medians of how many (5)")
    parser.add_argument(
        "--large-rounds", type=int, default=1, help="how often the larger site is built (1)"
    )
    parser.add_argument(
        "--live", type=_numbers, default=[300], help="sizes for the part live, by commas (300)"
    )
    parser.add_argument("--edits", type=int, default=60, help="edits for the part live (60)")
    parser.add_argument(
        "--limit", type=float, default=300, help="seconds that a build of a peer may take (300)"
    )
    parser.add_argument("--parts", default="all", help=f"any of {', '.join(_PARTS)}; or all (all)")
    parser.add_argument(
        "--everything",
        action="store_true",
        help="with drawings, map and previews too; the aims are those of panels, index and "
        "backlinks pages alone",
    )
    parser.add_argument("--json", type=Path, default=Path("benchmarks/_results/results.json"))
    parser.add_argument("--folder", type=Path, help="where the sites are built (temporary)")
    return parser.parse_args()


def _numbers(text: str) -> list[int]:
    return [int(number) for number in text.split(",")]


def _parts(arguments: argparse.Namespace, folder: Path) -> Iterator[Callable[[], Iterable[Result]]]:
    chosen = _PARTS if arguments.parts == "all" else arguments.parts.split(",")
    if unknown := set(chosen) - set(_PARTS):
        raise SystemExit(f"no such part: {', '.join(sorted(unknown))}")
    size, rounds = arguments.pages, arguments.rounds
    if "parser" in chosen:
        from .parsers import measure_parsers

        yield partial(measure_parsers, rounds)
    yield from _builds(arguments, chosen, folder)
    if "live" in chosen:
        from .live import measure_live

        yield partial(measure_live, folder / "live", arguments.live, arguments.edits)
    if "sizes" in chosen:
        from .sizes import measure_sizes

        yield partial(measure_sizes, folder / "sizes", min(size, 300))
    if "peers" in chosen:
        from .peers import measure_peers

        yield partial(measure_peers, folder / "peers", arguments.peers, rounds, arguments.limit)


def _builds(
    arguments: argparse.Namespace, chosen: Sequence[str], folder: Path
) -> Iterator[Callable[[], Iterable[Result]]]:
    from . import builds

    size, rounds, is_lean = arguments.pages, arguments.rounds, not arguments.everything
    of_site = partial(builds.measure_builds, is_lean=is_lean)
    if parts := [part for part in ("full", "no-op", "edit", "memory") if part in chosen]:
        yield partial(of_site, folder / "slow", size, rounds, "slow", parts)
    if "fast" in chosen:
        yield partial(of_site, folder / "fast", size, rounds, "fast", ["full"])
    if "control" in chosen:
        from .controls import measure_controls

        yield partial(measure_controls, folder / "controls", size, rounds)
    if "floor" in chosen:
        from .floor import measure_floor

        yield partial(measure_floor, folder / "floor", size, rounds)
    if "backlinks" in chosen:
        yield partial(builds.measure_backlinks, folder / "backlinks", size, rounds, is_lean=is_lean)
    if "growth" in chosen:
        sizes = (size, arguments.large, rounds, arguments.large_rounds)
        yield partial(builds.measure_growth, folder / "growth", *sizes, is_lean=is_lean)
    if "parallel" in chosen:
        yield partial(builds.measure_parallel, folder / "parallel", size, rounds, is_lean=is_lean)


def _about(arguments: argparse.Namespace) -> dict[str, Any]:
    versions = {}
    for name in _DISTRIBUTIONS:
        try:
            versions[name] = version(name)
        except PackageNotFoundError:
            continue
    return {
        "pages": arguments.pages,
        "large": arguments.large,
        "peers": arguments.peers,
        "everything": arguments.everything,
        "rounds": arguments.rounds,
        "python": platform.python_version(),
        "machine": f"{platform.system()} {platform.machine()}",
        "versions": versions,
    }


def main() -> None:
    arguments = _arguments()
    results: list[Result] = []
    with tempfile.TemporaryDirectory(prefix="trope-bench-") as temporary:
        for part in _parts(arguments, arguments.folder or Path(temporary)):
            begun = time.monotonic()
            for result in part():
                results.append(result)
                seconds = time.monotonic() - begun
                print(f"{seconds:6.0f} s  {result.what}: {result.shown}", file=sys.stderr)
                write_json(arguments.json, _about(arguments), results)
    print(table(results))
    print(f"\nWith every sample: {arguments.json}")


if __name__ == "__main__":
    main()
