"""Texts tokenised by the engine of TextMate grammars that editors use; it needs npm."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from editors.grammar import SCOPES, STYLED

from .line_lexer import LineLexer

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pygments.token import _TokenType

__all__ = ["HAS_NPM", "Seen", "kinds", "tokenise"]

HAS_NPM = shutil.which("npm") is not None
PACKAGES = ["vscode-textmate@9.3.2", "vscode-oniguruma@2.0.1"]
SCRIPT = Path(__file__).with_name("agreement.mjs")

# a letter for each kind of token; those without a scope are text
_LETTERS = {kind: chr(ord("a") + at) for at, kind in enumerate(SCOPES) if SCOPES[kind]}


class Seen(NamedTuple):
    """What the engine made of some texts."""

    refused: list[str]
    """Patterns that it does not accept, with the reason."""
    slow: list[tuple[str, str, float, float]]
    """Patterns whose search takes more than linear time: the pattern, how the text begins, and the
    seconds for it and for a longer one.
    """
    characters: int
    """How many were compared."""
    kinds: list[str]
    """The kinds of each text, as :func:`kinds` gives them, with line ends."""
    differences: list[dict[str, Any]]
    """A character each that has another kind, line by line."""
    times: list[float]
    """Seconds for each text."""


def _letter(kind: _TokenType) -> str:
    return _LETTERS.get(kind, "T")


def kinds(text: str) -> str:
    """The kind of each UTF-16 unit of *text*, line by line: a letter."""
    return "".join(
        _letter(kind) * (len(part.encode("utf-16-le")) // 2)
        for kind, part in LineLexer().tokens(text)
    )


def tokenise(
    texts: Mapping[str, str],
    grammars: Iterable[Mapping[str, Any]],
    *,
    compared: bool = True,
    hostile: Iterable[tuple[str, str]] = (),
) -> Seen:
    """What the engine makes of *texts* by the first of *grammars*. The others are included or
    injected.

    :param compared: whether with the kinds line by line; else the time is measured.
    :param hostile: texts, and longer ones of the same kind, to measure each pattern with.
    """
    loaded = {grammar["scopeName"]: grammar for grammar in grammars}
    given = {
        "root": next(iter(loaded)),
        "grammars": loaded,
        "hostile": list(hostile),
        "scopes": {SCOPES[kind]: letter for kind, letter in _LETTERS.items()}
        | {STYLED.removesuffix(".trope"): "T"},
        "texts": [
            {"name": name, "text": text, "kinds": kinds(text) if compared else None}
            for name, text in texts.items()
        ],
    }
    packages = [f"--package={package}" for package in PACKAGES]
    done = subprocess.run(
        ["npm", "exec", "--yes", *packages, "--", "node", str(SCRIPT)],
        input=json.dumps(given),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return Seen(**json.loads(done.stdout))
