"""Escapes, ``[=as typed=]`` and ``[@preformatted@]``: found before all other markup.

They may span lines and contain any other markup. So each is replaced by a mark before the text is
cut into blocks.
"""

from __future__ import annotations

import re

__all__ = ["MARK", "Escapes"]

_OPENS, _CLOSES = "\ufdd0", "\ufdd1"  # noncharacters: not for text that is exchanged
MARK = re.compile(f"{_OPENS}([0-9]+){_CLOSES}")
_SPECIAL = re.compile(rf"\[[=@]|[{_OPENS}{_CLOSES}]")


class Escapes:
    """The escapes of one text.

    :attr:`text` is the text with a mark instead of each escape.
    """

    def __init__(self, text: str) -> None:
        self._sources: list[str] = []
        self.text = text
        # searching for one character, which most texts lack, is many times faster than for two
        if (
            ("=" in text and "[=" in text)
            or ("@" in text and "[@" in text)
            or _OPENS in text
            or _CLOSES in text
        ):
            self.text = self._take_out(text)

    def __bool__(self) -> bool:
        return bool(self._sources)

    def _take_out(self, text: str) -> str:
        pieces: list[str] = []
        position = copied = 0
        # position after which no closing mark follows: keeps a text of a thousand openings linear
        hopeless = {"=]": len(text) + 1, "@]": len(text) + 1}
        while match := _SPECIAL.search(text, position):
            start, end = match.span()
            if match[0][0] == "[":
                closing = f"{match[0][1]}]"
                found = text.find(closing, end) if end < hopeless[closing] else -1
                if found < 0:
                    hopeless[closing] = min(hopeless[closing], end)
                    position = end
                    continue
                end = found + 2
            pieces += text[copied:start], f"{_OPENS}{len(self._sources)}{_CLOSES}"
            self._sources.append(text[start:end])
            position = copied = end
        return "".join([*pieces, text[copied:]])

    def add(self, escape: str) -> str:
        """A mark for *escape*, which the text did not contain: for who puts it there."""
        self._sources.append(escape)
        return f"{_OPENS}{len(self._sources) - 1}{_CLOSES}"

    def source(self, mark: re.Match[str]) -> str:
        """The escape as typed, with its delimiters."""
        return self._sources[int(mark[1])]

    def content(self, mark: re.Match[str]) -> str:
        """The content of the escape."""
        source = self.source(mark)
        return source[2:-2] if source[0] == "[" else source

    def is_preformatted(self, mark: re.Match[str]) -> bool:
        """Whether it is ``[@ @]``."""
        return self.source(mark).startswith("[@")

    def restore(self, text: str) -> str:
        """*text* as typed."""
        return MARK.sub(self.source, text) if self._sources else text

    def plain(self, text: str) -> str:
        """*text* with the contents of its escapes."""
        return MARK.sub(self.content, text) if self._sources else text

    def lines_in(self, text: str) -> int:
        """The number of line ends inside the escapes of *text*."""
        return sum(self.source(mark).count("\n") for mark in MARK.finditer(text))
