"""What an import made of each entry of its source."""

from __future__ import annotations

from typing import Any, NamedTuple

from .remarks import Loss, Remark
from .sources import Credit

__all__ = ["Record"]


class Record(NamedTuple):
    """The result of one entry."""

    place: str
    name: str
    file: str
    """The file of the page; empty if the page was left out."""
    digest: str
    """Of what an import wrote last, if it wrote the file."""
    remarks: tuple[Remark, ...]
    template_uses: tuple[tuple[str, int, str], ...] = ()
    """Name, uses, and what is made of each template, as in :class:`.remarks.Remarks`."""
    media: tuple[str, ...] = ()
    words: tuple[int, int] = (0, 0)
    credit: Credit = Credit()

    @classmethod
    def of(cls, values: list[Any]) -> Record:
        """The record that JSON gives as *values*.

        :raises ValueError: or :exc:`TypeError`, if it is none.
        """
        place, name, file, digest, remarks, templates, media, words, credit = values
        return cls(
            place,
            name,
            file,
            digest,
            tuple(Remark(Loss(loss), *rest) for loss, *rest in remarks),
            tuple((name, uses, guess) for name, uses, guess in templates),
            tuple(media),
            (words[0], words[1]),
            Credit(tuple(credit[0]), *credit[1:]),
        )
