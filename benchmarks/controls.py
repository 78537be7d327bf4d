"""Where the gain over reStructuredText comes from: the same content in it, given the same helpers, and
with the links that cost Sphinx least.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .measure import interleaved, median_ratio
from .results import Result
from .sites import make_sites

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["measure_controls"]

_FORMS = {
    "rst-doc": "rST with :doc: in place of :ref:",
    "rst-helped": "rST with the helpers of the extension",
    "rst-doc-helped": "rST with :doc: and the helpers",
}


def measure_controls(folder: Path, size: int, rounds: int) -> Iterator[Result]:
    """Full builds with panels, index and backlinks pages alone, of each of the controls."""
    for stemmer, kind in (("slow", "no PyStemmer"), ("fast", "PyStemmer on all sides")):
        sites = make_sites(folder / stemmer, size, ["trope", "rst", *_FORMS], stemmer, is_lean=True)
        costs = interleaved({form: site.build_all for form, site in sites.items()}, rounds)
        for form, what in _FORMS.items():
            yield Result(
                f"control, {what}, {kind}, {size} pages",
                median_ratio(costs[form], costs["rst"]),
                "of rST",
                detail=f"trope markup: {median_ratio(costs['trope'], costs[form]):.3g} of this, "
                f"{median_ratio(costs['trope'], costs['rst']):.3g} of rST",
                samples=dict(costs),
            )
