"""From an edit to the page, and to the backlinks that it changes: against other generators of sites.

A site is built; then a sentence with a link is put into a page and the command is run again, with
what the generator has to be quick, until every page is right. The gate is processor time or wall
time, whichever is worse for us: Hugo uses all processors, the others use one.
"""

from __future__ import annotations

import shutil
import statistics
from pathlib import Path
from typing import TYPE_CHECKING

from .forms import write
from .measure import Cost, FailedError, TooLongError, median_ratio, run
from .results import Result
from .sites import Sources
from .tools import TOOLS
from .wiki import Wiki

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .tools import Tool

__all__ = ["Peer", "measure_peers"]

_ROOT = Path(__file__).parent.parent
_SLOW = 30.0  # seconds: what takes longer is built once more, not in every round
_LARGE = 5000  # pages, from which on we are to be ahead of Hugo without backlinks, too


class Peer(Sources):
    """The wiki as the site of a generator, in *folder*.

    :param limit: seconds that a build may take; None for as long as it takes.
    """

    def __init__(self, folder: Path, tool: Tool, wiki: Wiki, limit: float | None) -> None:
        super().__init__(folder, tool.form, wiki)
        self.tool = tool
        self.costs: list[Cost] = []
        """Of the builds after an edit."""
        self.is_cut_off = False
        self.limit = limit
        self._folder = folder

    def make(self) -> None:
        """Writes the sources and the configuration."""
        shutil.rmtree(self._folder, ignore_errors=True)
        write(self._wiki, [self.form], self._folder)
        self.source = self.source.rename(self._folder / "content")
        self.tool.prepare(self._folder)

    def build(self) -> Cost | None:
        """Builds what is out of date, or all; None if that takes longer than it may."""
        try:
            return run(self.tool.command(self._folder), _ROOT, self.limit)
        except TooLongError:
            self.is_cut_off = True
            return None

    def edit_and_build(self) -> None:
        """Edits, builds, and looks whether the output is right.

        :raises FailedError: if it is not.
        """
        edit = self.edit()
        cost = self.build()
        if cost is None:
            return
        for path, text in self.tool.evidence(edit):
            if text not in (self._folder / "html" / path).read_text("utf-8"):
                msg = f"{self.tool.name}: {path} does not have {text!r} after an edit"
                raise FailedError(msg)
        self.costs.append(cost)

    @property
    def is_slow(self) -> bool:
        return self.is_cut_off or bool(self.costs and self.costs[-1].wall > _SLOW)


def measure_peers(
    folder: Path, sizes: Sequence[int], rounds: int, limit: float, tools: Sequence[Tool] = TOOLS
) -> Iterator[Result]:
    """How many times as long others take as the first of the *tools*, at each of the *sizes*."""
    for size in sizes:
        peers = []
        for tool in tools:
            if missing := tool.missing():
                detail = f"not installed: {missing}"
                yield Result(_what(tool, size), None, "times", _goal(tool, size), detail=detail)
                continue
            # what the others are compared with must be there, also on a busy machine
            of_tool = None if tool.is_ours else limit
            peer = Peer(folder / str(size) / tool.key, tool, Wiki(size), of_tool)
            peer.make()
            peer.build()
            peers.append(peer)
        _edit_in_turns(peers, rounds)
        for peer in peers:
            yield _result(peer, peers[0], size)


def _edit_in_turns(peers: Sequence[Peer], rounds: int) -> None:
    for number in range(rounds):
        for peer in peers if number % 2 == 0 else reversed(peers):
            if not (peer.is_cut_off or (number and peer.is_slow)):
                peer.edit_and_build()


def _what(tool: Tool, size: int) -> str:
    return f"edit to page, {size} pages: {tool.name}"


def _goal(tool: Tool, size: int) -> float | None:
    is_hugo = tool.form == "hugo" and size >= _LARGE
    return 1 if not tool.is_ours and (tool.has_backlinks or is_hugo) else None


def _result(peer: Peer, ours: Peer, size: int) -> Result:
    what, goal = _what(peer.tool, size), _goal(peer.tool, size)
    if peer.is_cut_off:
        assert peer.limit is not None
        bound = peer.limit / _median(ours.costs, "wall")
        detail = f"over {peer.limit:g} s"
        return Result(what, bound, "times", goal, is_least=True, is_bound=True, detail=detail)
    detail = f"CPU {_median(peer.costs, 'cpu'):.3g} s; wall {_median(peer.costs, 'wall'):.3g} s"
    if len(peer.costs) < len(ours.costs):
        detail += f"; {len(peer.costs)} of {len(ours.costs)} rounds"
    if peer.tool.is_ours:
        seconds = _median(peer.costs, "cpu")
        return Result(what, seconds, "s", detail=detail, samples={"peer": peer.costs})
    of_ours = ours.costs[: len(peer.costs)]
    ratio = min(
        median_ratio(peer.costs, of_ours),
        median_ratio(peer.costs, of_ours, lambda cost: cost.wall),
    )
    samples = {"peer": peer.costs, "ours": of_ours}
    return Result(what, ratio, "times", goal, is_least=True, detail=detail, samples=samples)


def _median(costs: Sequence[Cost], kind: str) -> float:
    return statistics.median(getattr(cost, kind) for cost in costs)
