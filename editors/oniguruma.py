r"""Regular expressions of the declarations -> those of Oniguruma, which TextMate grammars use.

The two differ in little, and most of it is silent:

* ``{1,5}+`` repeats the repetition, and may take exponential time: it becomes an atomic group.
* ``\w`` contains combining marks, and lacks numbers such as ``²``. Only WikiWords are exact in that.
* In a set, ``[`` opens another set, and ``&&`` intersects.
* A lookbehind contains no lookahead.

And the texts differ. The parser replaces escapes, ``[=...=]``, by noncharacters before it looks for
other markup: wherever those match, the escape itself must. A grammar sees one line at a time, with
its line end, so no set may require a line end.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from sphinxcontrib_tropes.markup.characters import LETTERS, NOT_BEFORE, UPPER_CASE
from sphinxcontrib_tropes.names import UNSPACED

__all__ = ["CAPTURED", "ESCAPE", "Part", "parts", "translate"]

CAPTURED = ("style_text", "style_first", "style_plain")
"""Groups with the text of a style, which is inline markup."""

_LONGEST_ESCAPE = 500  # inside a match: keeps a line of a thousand openings linear
ESCAPE = "".join([
    r"\[(?:",
    "|".join(rf"{mark}(?>(?:(?!{mark}\]).){{0,{_LONGEST_ESCAPE}}}){mark}\]" for mark in "=@"),
    ")",
])  # fmt: skip
"""An escape that ends on its line."""

_OPENS_ESCAPE = r"\[[=@]"
# Python's versions have other letters, so the grammar names them by their category; \\w by itself
# compiles many times as fast as sets that contain it.
_NUMBERS = r"\p{No}\p{Nl}"
_MARKS = rf"(?:(?![{UNSPACED}])[\p{{M}}&&[\x{{300}}-\x{{10FF}}]])"
_LETTERS = rf"(?:(?![\d_\p{{M}}{UNSPACED}])\w|(?![{UNSPACED}])[{_NUMBERS}]|{_MARKS})*+"
_PLACE = "\ue000"  # stands for LETTERS while a pattern is read
_EXACT_LETTER = r"\p{L}\p{N}"
_EXACT_WORD = rf"{_EXACT_LETTER}_"
_WHOLE = {
    r"[^\W_]": f"[{_EXACT_LETTER}]",
    r"\w": f"[{_EXACT_WORD}]",
    r"[\w@]": f"[{_EXACT_WORD}@]",
    NOT_BEFORE: rf"[{_EXACT_WORD}@#&&[^{UNSPACED}]]",
}
"""Patterns of what must not come before markup."""
_LITERAL = {
    r"(?<!(?s:..))": "(?<=^.)",  # only the first character of a text comes before it
}
_IN_SET = {"[": r"\[", "&": r"\&", r"\ufdd0": "", "\ufdd0": "", r"\n": ""}
_ALONE = {r"\Z": "$", _PLACE: _LETTERS}
_MEMBER = re.compile(r"\\p\{\w+\}|\\ufdd0|\\.|.", re.DOTALL)
_GROUP = re.compile(r"\((?:\?(?:P<(?P<name>\w+)>|(?P<kind>[a-z]*:|<?[=!]|>)))?")
_QUANTIFIER = re.compile(r"[*+?][+?]?|(?P<interval>\{\d*,?\d*\})(?P<possessive>\+?)")


class Part(NamedTuple):
    """A part of a pattern that is not inside a group."""

    text: str
    group: str
    """The name of the group that it is; empty if it is none."""


def translate(pattern: str) -> str:
    """*pattern* for Oniguruma. Of its groups, only those of :data:`CAPTURED` capture."""
    return "".join(map(_whole, parts(pattern)))


def _whole(part: Part) -> str:
    if part.group in CAPTURED:
        return f"({part.text})"
    return f"(?:{part.text})" if part.group else part.text


def parts(pattern: str) -> list[Part]:
    """*pattern* for Oniguruma, cut at its outermost named groups."""
    if pattern in _WHOLE:
        return [Part(_WHOLE[pattern], "")]
    raw = pattern.replace(LETTERS, _PLACE).replace(UPPER_CASE, r"\p{Lu}")
    reader = _Reader(raw)
    found = reader.sequence()
    assert reader.position == len(raw), raw[reader.position :]
    # [[= is a bracket before an escape, which the parser has found first
    if found[0].text.startswith(r"\[\["):
        found[0] = Part(r"\[\[(?![=@])" + found[0].text.removeprefix(r"\[\["), found[0].group)
    return found


class _Reader:
    """Reads a pattern from left to right, and translates it."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._ignores_case = False
        self.position = 0

    def sequence(self) -> list[Part]:
        """The parts up to the end of a group, or of the pattern. Outside groups, text is joined."""
        found: list[Part] = []
        while self.position < len(self._pattern) and self._pattern[self.position] != ")":
            part = self._item()
            if found and not part.group and not found[-1].group:
                found[-1] = Part(found[-1].text + part.text, "")
            else:
                found.append(part)
        return found

    def _item(self) -> Part:
        """The next atom, with what says how often it comes."""
        start = self.position
        for whole, translated in _LITERAL.items():
            if self._pattern.startswith(whole, start):
                self.position += len(whole)
                return Part(translated, "")
        name = ""
        if self._pattern[start] == "(":
            text, name = self._group()
        elif self._pattern[start] == "[":
            text = self._set()
        else:
            text = self._character()
        quantifier = _QUANTIFIER.match(self._pattern, self.position)
        if quantifier is None:
            return Part(text, name) if text != "." else Part(f"(?:{ESCAPE}|.)", "")
        assert not name, "the group of a text is there once"
        self.position = quantifier.end()
        if quantifier["possessive"]:
            return Part(f"(?>{text}{quantifier['interval']})", "")
        return Part(text + quantifier[0], "")

    def _group(self) -> tuple[str, str]:
        """The group that begins here, and its name. A group that is repeated is of no use to a
        grammar: it loses its name.
        """
        match = _GROUP.match(self._pattern, self.position)
        assert match, self._pattern[self.position :]
        self.position = match.end()
        outside, self._ignores_case = self._ignores_case, match["kind"] == "i:"
        content = "".join(map(_whole, self.sequence()))
        self._ignores_case = outside
        self.position += 1
        is_repeated = _QUANTIFIER.match(self._pattern, self.position) is not None
        if match["name"] and not is_repeated:
            return content, match["name"]
        kind = (match["kind"] or ":").replace("s:", "m:").replace("i:", ":")
        return f"(?{kind}{content})", ""

    def _character(self) -> str:
        match = _MEMBER.match(self._pattern, self.position)
        assert match
        self.position = match.end()
        if self._ignores_case and match[0].isalpha():
            # as fast to compile as other sets: (?i: takes ten times as long
            return f"[{match[0].upper()}{match[0].lower()}]"
        return _ALONE.get(match[0], match[0])

    def _set(self) -> str:
        self.position += 1
        is_negated = self._pattern[self.position] == "^"
        self.position += is_negated
        members: list[str] = []
        while not members or self._pattern[self.position] != "]":
            match = _MEMBER.match(self._pattern, self.position)
            assert match
            self.position = match.end()
            members.append(match[0])
        self.position += 1
        has_mark = "\ufdd0" in members or r"\ufdd0" in members
        if not is_negated:
            others = "".join(_IN_SET.get(m, m) for m in members if m != r"\w")
            text = f"[{others}]"
            if r"\w" in members:
                text = rf"(?:\w|{text})"
            return f"(?:{text}|{_OPENS_ESCAPE})" if has_mark else text
        if r"\W" in members:
            others = "".join(_IN_SET.get(m, m) for m in members if m != r"\W")
            return rf"(?:(?![{others}\p{{M}}])(?:\w|[{_NUMBERS}]))"
        kept = "".join(m if m == r"\n" else _IN_SET.get(m, m) for m in members)
        if has_mark or members == [r"\n"]:
            return f"[^{kept}]"
        if r"\[" in members:
            return f"(?:[^{kept}]|{ESCAPE})"
        return f"(?:{ESCAPE}|[^{kept}])"
