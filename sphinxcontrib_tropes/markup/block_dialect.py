"""What the reader of blocks needs of a dialect."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from .inline import InlineDialect

if TYPE_CHECKING:
    import re

__all__ = ["BlockDialect"]


class _Block(Protocol):
    """A block construct: :class:`~.declaration.Block`."""

    @property
    def is_shown(self) -> bool: ...

    # the reader imports this module
    def parse(self, match: re.Match[str], reader: Any, /) -> None: ...


class BlockDialect(InlineDialect, Protocol):
    """The constructs: :class:`~.dialect.Dialect`."""

    def block_of(self, line: str) -> tuple[re.Match[str], _Block] | tuple[None, None]:
        """The match and the construct that begins at the start of *line*."""
