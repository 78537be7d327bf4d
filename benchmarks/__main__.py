"""Measures everything: ``python -m benchmarks`` (``--help`` tells of parts and sizes)."""

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
    from collections.abc import Callable, Iterable, Iterator

_PARTS = (
    "parser", "full", "fast", "no-op", "edit", "memory", "sizes", "backlinks", "growth",
    "parallel",
)  # fmt: skip
_DEFAULT = ("parser", "full", "fast", "no-op", "edit", "sizes", "backlinks", "parallel")
_DISTRIBUTIONS = (
    "sphinx", "docutils", "sphinxcontrib-tropes", "myst-parser", "mistune", "markdown-it-py",
    "PyStemmer", "mkdocs", "mkdocs-material", "mkdocs-backlinks",
)  # fmt: skip


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--pages", type=int, default=1000, help="size of the wiki (1000)")
    parser.add_argument(
        "--large", type=int, default=10000, help="the larger size, for growth (10000)"
    )
    parser.add_argument("--rounds", type=int, default=5, help="medians of how many (5)")
    parser.add_argument(
        "--parts", default=",".join(_DEFAULT), help=f"any of {', '.join(_PARTS)}, or all"
    )
    parser.add_argument(
        "--lean",
        action="store_true",
        help="with panel, index and backlinks pages alone: without drawings, map and previews",
    )
    parser.add_argument("--json", type=Path, default=Path("benchmarks/_results/results.json"))
    parser.add_argument("--folder", type=Path, help="where the sites are built (temporary)")
    return parser.parse_args()


def _parts(arguments: argparse.Namespace, folder: Path) -> Iterator[Callable[[], Iterable[Result]]]:
    chosen = _PARTS if arguments.parts == "all" else arguments.parts.split(",")
    if unknown := set(chosen) - set(_PARTS):
        raise SystemExit(f"no such part: {', '.join(sorted(unknown))}")
    size, rounds = arguments.pages, arguments.rounds
    if "parser" in chosen:
        from .parsers import measure_parsers

        yield partial(measure_parsers, rounds)
    from . import builds

    of_site = partial(builds.measure_builds, is_lean=arguments.lean)

    of_builds = [part for part in ("full", "no-op", "edit", "memory") if part in chosen]
    if of_builds:
        yield partial(of_site, folder / "slow", size, rounds, "slow", of_builds)
    if "fast" in chosen:
        yield partial(of_site, folder / "fast", size, rounds, "fast", ["full"])
    if "sizes" in chosen:
        from .sizes import measure_sizes

        yield partial(measure_sizes, folder / "sizes", min(size, 300))
    if "backlinks" in chosen:
        yield partial(builds.measure_backlinks, folder / "backlinks", size, rounds)
    if "growth" in chosen:
        yield partial(builds.measure_growth, folder / "growth", size, arguments.large, 1)
    if "parallel" in chosen:
        yield partial(builds.measure_parallel, folder / "parallel", size, min(rounds, 3))


def _about(arguments: argparse.Namespace) -> dict[str, Any]:
    versions = {}
    for name in _DISTRIBUTIONS:
        try:
            versions[name] = version(name)
        except PackageNotFoundError:
            continue
    return {
        "pages": arguments.pages,
        "lean": arguments.lean,
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
                print(f"{seconds:6.0f} s  {result.what}: {result.measured:.3g}", file=sys.stderr)
                write_json(arguments.json, _about(arguments), results)
    print(table(results))
    print(f"\nWith every sample: {arguments.json}")


if __name__ == "__main__":
    main()
