"""Headings in items of lists, as Logseq has them: raised out of the list, or bold inside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...tree import Heading, List, Markup, Paragraph, Styled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ...tree import Block

    Item = tuple[Block, ...]

__all__ = ["outlined"]


def outlined(blocks: Iterable[Block]) -> Iterator[Block]:
    """*blocks*, with what stands below a heading in an item below the heading itself."""
    for block in blocks:
        if not isinstance(block, List):
            yield block
            continue
        run: list[Item] = []
        for item in block.items:
            if not _is_headed(item):
                run.append(tuple(map(_lowered, item)))
                continue
            if run:
                yield List(tuple(run), block.is_ordered)
                run = []
            at = 1 if isinstance(item[0], Heading) else 2
            yield from item[:at]
            yield from outlined(item[at:])
        if run:
            yield List(tuple(run), block.is_ordered)


def _is_headed(item: Item) -> bool:
    """Whether *item* begins with a heading, maybe with the place of a block before it."""
    first = item[1:2] if item and isinstance(item[0], Markup) else item[:1]
    return bool(first) and isinstance(first[0], Heading)


def _lowered(block: Block) -> Block:
    if isinstance(block, Heading):
        return Paragraph((Styled("strong", block.children),))
    if isinstance(block, List):
        return List(tuple(tuple(map(_lowered, item)) for item in block.items), block.is_ordered)
    return block
