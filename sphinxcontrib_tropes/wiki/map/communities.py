"""Communities: groups of pages that are tied more to one another than to the rest.

The Louvain method, made deterministic: nodes move in their order, and if two are equal, the smaller
number wins. Each round takes time proportional to the number of ties.
"""

from __future__ import annotations

from collections import defaultdict, deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["communities"]

_LEAST_GAIN = 1e-9


def communities(ties: Sequence[dict[int, float]]) -> list[int]:
    """The number of each node's community.

    :param ties: for each node: neighbour -> strength of their tie; symmetric.
    """
    found = list(range(len(ties)))
    level = [dict(own) for own in ties]
    while True:
        moved = _move(level)
        numbers = {label: number for number, label in enumerate(dict.fromkeys(moved))}
        if len(numbers) == len(level):
            return found
        joined = [numbers[label] for label in moved]
        found = [joined[community] for community in found]
        level = _join(level, joined, len(numbers))


def _move(level: list[dict[int, float]]) -> list[int]:
    """A label for each node: nodes move to the community with the most gain, until none gains."""
    labels = list(range(len(level)))
    degrees = [sum(own.values()) + own.get(node, 0.0) for node, own in enumerate(level)]
    totals = degrees[:]
    whole = sum(degrees) or 1.0
    waiting = deque(labels)
    is_waiting = [True] * len(level)
    while waiting:
        node = waiting.popleft()
        is_waiting[node] = False
        here, degree = labels[node], degrees[node]
        towards: dict[int, float] = {here: 0.0}
        for other, weight in level[node].items():
            if other != node:
                label = labels[other]
                towards[label] = towards.get(label, 0.0) + weight
        totals[here] -= degree
        share = degree / whole
        best, most = here, towards[here] - share * totals[here] + _LEAST_GAIN
        for label, weight in towards.items():
            gain = weight - share * totals[label]
            if gain > most or (gain == most and label < best):
                best, most = label, gain
        totals[best] += degree
        if best == here:
            continue
        labels[node] = best
        for other in level[node]:
            if labels[other] != best and not is_waiting[other]:
                is_waiting[other] = True
                waiting.append(other)
    return labels


def _join(level: list[dict[int, float]], joined: list[int], count: int) -> list[dict[int, float]]:
    """The ties between communities; ties inside one count as a tie to itself."""
    ties: list[dict[int, float]] = [defaultdict(float) for _ in range(count)]
    for node, own in enumerate(level):
        community = joined[node]
        for other, weight in own.items():
            if other == node:
                ties[community][community] += weight
            elif joined[other] != community:
                ties[community][joined[other]] += weight
            elif other > node:  # each tie is stored twice
                ties[community][community] += weight
    return [dict(own) for own in ties]
