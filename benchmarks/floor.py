"""What of a full build is Sphinx's own: the floor that no extension gets below.

py-spy looks at a build a hundred times a second. What it sees with nothing of the extension on the
stack is Sphinx, docutils and Python, at work for pages that come from anywhere. Where Sphinx writes
pages of backlinks at the extension's wish, that is a part of its own: of these pages plain
reStructuredText has none. What is left is the extension, by what it is called for.
"""

from __future__ import annotations

import re
import shutil
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from .measure import FailedError, interleaved, median_ratio, run
from .results import Result
from .sites import ROOT, make_sites

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .sites import Site

__all__ = ["FLOOR", "measure_floor", "shares"]

FLOOR = "Sphinx and docutils alone"
_PAGES = "pages of backlinks: what Sphinx does for each page, and the theme"
_REST = "data, index and the rest"
_PARTS = {
    "build/backlink_pages": "pages of backlinks: what is in them",
    "rendering/links": "what pages show of others, and where links lead",
    "domain": "facts",
    "reading/source_parser": "parsing",
    "internals/sphinx/smartquotes": "typographic quotes",
    "rendering/html": "HTML of nodes of its own",
    "markup/html": "HTML of nodes of its own",
    "internals/docutils/fast_nodes": "nodes stored and loaded",
    "markup/nodes": "nodes stored and loaded",
}
"""Module of the extension -> what it is called for."""
_OURS = re.compile(r"\((?:[^()]*/)?sphinxcontrib_tropes/([\w/]+)\.py:\d+\)$")
_THROUGH = {
    "build/session",  # calls the others
    "internals/docutils/fast_walk",  # stands for what docutils does, in less time
}
_GOAL = 0.5  # of a full build with PyStemmer


def measure_floor(folder: Path, size: int, rounds: int) -> Iterator[Result]:
    """What the parts of a full build take, relative to the same content in reStructuredText:
    panels, index and backlinks pages alone, PyStemmer on both sides.
    """
    sites = make_sites(folder, size, ["trope", "rst"], "fast", is_lean=True)
    what = f"of the full build with PyStemmer, {size} pages: "
    try:
        profile = _profile(sites["trope"], folder / "profile.txt")
    except FailedError as error:
        reason = str(error).splitlines()[-1]
        yield Result(what + FLOOR, None, "of rST", detail=f"no profile: {reason}")
        return
    costs = interleaved({form: site.build_all for form, site in sites.items()}, rounds)
    ratio = median_ratio(costs["trope"], costs["rst"])
    parts = shares(profile)
    floor = parts.pop(FLOOR) * ratio
    yield Result(
        what + FLOOR,
        floor,
        "of rST",
        detail=f"{ratio:.3g} in all: {ratio - floor:.2g} above the floor, "
        f"where the goal of {_GOAL:g} leaves {_GOAL - floor:.2g}",
        samples={**costs, "shares": {FLOOR: floor / ratio, **parts}},
    )
    for part, share in sorted(parts.items(), key=lambda item: -item[1]):
        yield Result(what + part, share * ratio, "of rST")


def _profile(site: Site, path: Path) -> list[str]:
    program = shutil.which("py-spy", path=str(Path(sys.executable).parent))
    program = program or shutil.which("py-spy")
    if program is None:
        msg = "py-spy is not installed"
        raise FailedError(msg)
    site.remove()
    record = [program, "record", "--rate", "100", "--format", "raw", "--output", str(path), "--"]
    run([*record, *site.command()], ROOT)
    return path.read_text("utf-8").splitlines()


def shares(profile: Iterable[str]) -> dict[str, float]:
    """Which share of a build each of its parts has.

    :param profile: stacks as py-spy writes them: frames from the outermost on, by semicolons, and
        how often that was seen.
    """
    seen: Counter[str] = Counter({FLOOR: 0})
    for line in profile:
        stack, _space, times = line.rpartition(" ")
        seen[_part(stack.split(";"))] += int(times)
    total = sum(seen.values()) or 1
    return {part: times / total for part, times in seen.items()}


def _part(stack: list[str]) -> str:
    ours = [found[1] for frame in stack if (found := _OURS.search(frame))]
    called = next((module for module in ours if module not in _THROUGH), None)
    if called is None:
        return _REST if "build/session" in ours else FLOOR
    if called == "build/backlink_pages" and any(frame.startswith(_HANDLE_PAGE) for frame in stack):
        return _PAGES
    return _PARTS.get(called, _REST)


_HANDLE_PAGE = "StandaloneHTMLBuilder.handle_page ", "handle_page "
