"""Builds of Sphinx with trope markup against builds of the same content in reStructuredText."""

from __future__ import annotations

import statistics
from functools import partial
from typing import TYPE_CHECKING

from .measure import Cost, interleaved, median_ratio
from .results import Result
from .sites import Site, is_same, make_sites

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

__all__ = ["measure_backlinks", "measure_builds", "measure_growth", "measure_parallel"]


_WITH = {True: "panels, index and backlinks pages", False: "everything"}


def _compared(
    what: str, costs: dict[str, list[Cost]], goal: float, size: int, *, is_each: bool = False
) -> Result:
    trope, rst = costs["trope"], costs["rst"]
    unit = 1000 / size if is_each else 1
    shown = [
        statistics.median(kind(cost) for cost in cost_of) * unit
        for kind in (_cpu, _wall)
        for cost_of in (trope, rst)
    ]
    per = "ms a page" if is_each else "s"
    return Result(
        f"{what}, {size} pages",
        median_ratio(trope, rst),
        "of rST",
        goal,
        detail=f"CPU {shown[0]:.3g} against {shown[1]:.3g} {per}; "
        f"wall {shown[2]:.3g} against {shown[3]:.3g}; rounds: {len(trope)}",
        samples=dict(costs),
    )


def _cpu(cost: Cost) -> float:
    return cost.cpu


def _wall(cost: Cost) -> float:
    return cost.wall


def measure_builds(
    folder: Path, size: int, rounds: int, stemmer: str, parts: Sequence[str], *, is_lean: bool
) -> Iterator[Result]:
    """Full builds, builds of nothing new, and builds after one edit."""
    sites = make_sites(folder, size, ["trope", "rst"], stemmer, is_lean=is_lean)
    full = _all_of(sites)
    if "full" in parts or "memory" in parts:
        costs = interleaved(full, rounds)
        yield from _full(costs, size, stemmer, parts, is_lean=is_lean)
    else:
        for build in full.values():
            build()
    yield from _after(sites, size, rounds, parts)


def _full(
    costs: dict[str, list[Cost]], size: int, stemmer: str, parts: Sequence[str], *, is_lean: bool
) -> Iterator[Result]:
    if "full" in parts:
        goal = 0.5 if stemmer == "fast" else 0.6
        kind = "PyStemmer on both sides" if stemmer == "fast" else "no PyStemmer"
        what = f"full build with {_WITH[is_lean]}, {kind}"
        yield _compared(what, costs, goal, size, is_each=True)
    if "memory" in parts:
        memory = {
            name: statistics.median(cost.memory for cost in cost_of) / 1e6
            for name, cost_of in costs.items()
        }
        yield Result(
            f"peak memory, {size} pages",
            median_ratio(costs["trope"], costs["rst"], lambda cost: cost.memory),
            "of rST",
            0.6,
            detail=f"{memory['trope']:.0f} against {memory['rst']:.0f} MB",
        )


def _after(
    sites: dict[str, Site], size: int, rounds: int, parts: Sequence[str]
) -> Iterator[Result]:
    """Builds of what is built already."""
    if not {"no-op", "edit"} & set(parts):
        return
    for site in sites.values():
        site.build()  # what the first build after a full one does once more
    if "no-op" in parts:
        costs = interleaved({name: site.build for name, site in sites.items()}, rounds)
        yield _compared("no-op build", costs, 1.1, size)
    if "edit" in parts:
        costs = interleaved(
            {name: partial(_edit_and_build, site) for name, site in sites.items()}, rounds
        )
        yield _compared("build after one edit", costs, 1.2, size)


def _edit_and_build(site: Site) -> Cost:
    site.edit()
    return site.build()


def measure_growth(
    folder: Path, small: int, large: int, rounds: int, large_rounds: int, *, is_lean: bool
) -> Iterator[Result]:
    """How much more a page costs in a large wiki than in a small one; and, since they are there,
    what else the large ones cost.

    :param large_rounds: how often the large ones are built.
    """
    sites = {
        size: make_sites(folder / str(size), size, ["trope", "rst"], is_lean=is_lean)
        for size in (small, large)
    }
    before = interleaved(_all_of(sites[small]), (rounds + 1) // 2)
    many = interleaved(_all_of(sites[large]), large_rounds)
    after = interleaved(_all_of(sites[small]), rounds // 2)
    few = {form: before[form] + after[form] for form in before}
    each = {form: (_each(few[form], small), _each(many[form], large)) for form in few}
    growth = {form: more / less for form, (less, more) in each.items()}
    shown = {form: f"CPU {less:.3g} to {more:.3g} ms" for form, (less, more) in each.items()}
    yield Result(
        f"growth for each page from {small} to {large}",
        growth["trope"],
        "times",
        1.05,
        detail=f"{shown['trope']}; rST {growth['rst']:.3f} times, {shown['rst']}; "
        f"rounds: {rounds} and {large_rounds}",
        samples={
            f"{form} {n}": costs[form]
            for n, costs in ((small, few), (large, many))
            for form in costs
        },
    )
    parts = ("full", "memory", "no-op", "edit")
    yield from _full(many, large, "slow", parts, is_lean=is_lean)
    yield from _after(sites[large], large, rounds, parts)


def _all_of(sites: dict[str, Site]) -> dict[str, Callable[[], Cost]]:
    return {form: site.build_all for form, site in sites.items()}


def _each(costs: Sequence[Cost], size: int) -> float:
    """Milliseconds for a page."""
    return statistics.median(cost.cpu for cost in costs) * 1000 / size


def measure_backlinks(folder: Path, size: int, rounds: int, *, is_lean: bool) -> Iterator[Result]:
    """What a backlinks page costs: the difference to a build without any."""
    with_them = make_sites(folder / "with", size, ["trope"], is_lean=is_lean)["trope"]
    without = make_sites(folder / "without", size, ["trope"], is_lean=is_lean)["trope"]
    option = "-Dtropes_backlinks_pages=0"
    costs = interleaved(
        {"with": with_them.build_all, "without": partial(without.build_all, option)}, rounds
    )
    count = sum(1 for _ in with_them.output.glob("tropes/backlinks/*/*.html"))
    yield _difference("a backlinks page, full build", costs, count, 6)
    with_them.build()
    without.build(option)
    costs = interleaved(
        {"with": with_them.build, "without": partial(without.build, option)}, rounds
    )
    yield _difference("a backlinks page, no-op build", costs, count, 0.05)


def _difference(what: str, costs: dict[str, list[Cost]], count: int, goal: float) -> Result:
    each = statistics.median(
        (this.cpu - that.cpu) * 1000 / count
        for this, that in zip(costs["with"], costs["without"], strict=True)
    )
    return Result(what, each, "ms", goal, detail=f"{count} of them", samples=dict(costs))


def measure_parallel(folder: Path, size: int, rounds: int, *, is_lean: bool) -> Iterator[Result]:
    """What a second process gives, and whether it gives the same."""
    sites = {
        n: make_sites(folder / n, size, ["trope", "rst"], is_lean=is_lean) for n in ("one", "two")
    }
    contenders: dict[str, Callable[[], Cost]] = {}
    for form in ("trope", "rst"):
        contenders[f"{form} -j1"] = sites["one"][form].build_all
        contenders[f"{form} -j2"] = partial(sites["two"][form].build_all, "-j2")
    costs = interleaved(contenders, rounds)
    gain = {
        form: median_ratio(costs[f"{form} -j2"], costs[f"{form} -j1"], _wall)
        for form in ("trope", "rst")
    }
    same = is_same(sites["one"]["trope"].output, sites["two"]["trope"].output)
    yield Result(
        f"-j2, wall time, {size} pages",
        gain["trope"],
        "of -j1",
        1,
        detail=f"rST {gain['rst']:.2f}; the same bytes: {'yes' if same else 'NO'}",
        samples=dict(costs),
    )
