"""The TextMate grammars: made from the declarations, and right in all that a line alone shows."""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from editors import SUBLIME, generated
from editors.code_blocks import in_markdown, in_rst
from editors.grammar import grammar
from editors.oniguruma import translate
from sphinxcontrib_tropes.markup.dialect import DIALECT
from sphinxcontrib_tropes.markup.escapes import Escapes

from ..conftest import ROOT
from ..markup.linear_time import REPEATED
from ..markup.spec_reader import read_spec
from .textmate import HAS_NPM, kinds, tokenise

if TYPE_CHECKING:
    from pathlib import Path

    from .textmate import Seen

BAT = shutil.which("bat") or shutil.which("batcat")
needs_npm = pytest.mark.skipif(not HAS_NPM, reason="needs npm")

WIKI = sorted((ROOT / "demo_docs" / "wiki").rglob("*.trope"))
SHORT, LONG = 2_000, 8_000
SECONDS = 3.0
"""For a line of LONG characters. Measured: 0.3 for the worst, which opens 1,600 marks."""


def has_unclosed(text: str) -> bool:
    """Whether *text* opens an escape, a program or an equation and does not close it. To the parser
    that is text; a grammar does not see the end of the text, so it takes all of it for more.
    """
    taken = Escapes(text).text
    return re.search(r"\[[=@]", taken) is not None or any(
        block is not None and block.takes_to and block.takes_to not in taken[match.start() :]
        for match in re.finditer("(?m)^.+$", taken)
        for block in [DIALECT.block_of(match[0])[1]]
    )


def without_unclosed(texts: dict[str, str]) -> dict[str, str]:
    return {name: text for name, text in texts.items() if not has_unclosed(text)}


def random_pages(number: int) -> dict[str, str]:
    """Pages of lines that are made from the examples of all constructs and from what opens, closes
    and separates.
    """
    chance = random.Random(17)
    lines = [line for c in DIALECT.constructs for line in c.example.split("\n")]
    pieces = [*REPEATED, *lines, "\n", "\n", " ", "a ", "Éloi", "e\u0301", "²", "🎭", "鋼", "Ǆan"]
    alone = [piece for piece in pieces if not re.search(r"\[[=@]|[=@]\]|\ufdd0|\f", piece)]
    pages = {}
    for page in range(number):
        few = chance.sample(alone, 12)
        words = [chance.choice(few) for _ in range(60)]
        pages[f"random page {page}"] = "".join(words)
    return pages


def tell(seen: Seen) -> str:
    by_line = {(d["name"], d["line"]): d for d in reversed(seen.differences)}
    return "\n".join(
        f"{d['name']}:{d['line']}:{d['at']}: {d['was']} is {d['is']} {d['scopes'][1:]} {d['text'][:200]!r}"
        for d in list(by_line.values())[:20]
    )


@pytest.mark.parametrize("file", generated(), ids=lambda file: file.name)
def test_the_file_is_what_the_declarations_give(file: Path) -> None:
    assert file.read_text("utf-8") == generated()[file], "run `make grammar`"


def test_a_repeated_interval_is_no_nested_repetition() -> None:
    assert translate("[ab]{0,64}+@") == "(?>[ab]{0,64})@"


def test_an_escape_is_where_its_mark_may_be() -> None:
    assert re.fullmatch(translate(r"\{\{[^{}]++\}\}"), "{{a [={=] b}}")
    assert not re.fullmatch(translate(r"\{\{[^{}\ufdd0]++\}\}"), "{{a [={=] b}}")


@pytest.fixture(scope="module")
def examples() -> dict[str, str]:
    return {f"{e.file.name}:{e.line}": e.input for e in read_spec()}


@needs_npm
def test_every_character_of_the_wiki_is_coloured_as_its_line_shows() -> None:
    seen = tokenise({str(file): file.read_text("utf-8") for file in WIKI}, [grammar()])
    assert seen.characters > 80_000
    assert seen.differences == [], tell(seen)


@needs_npm
def test_every_example_is_coloured_as_its_line_shows(examples) -> None:
    compared = without_unclosed(examples)
    assert len(examples) - len(compared) <= 8
    seen = tokenise(compared, [grammar()])
    assert seen.differences == [], tell(seen)


@needs_npm
def test_random_pages_are_coloured_as_their_lines_show() -> None:
    seen = tokenise(without_unclosed(random_pages(200)), [grammar()])
    assert seen.differences == [], tell(seen)


@needs_npm
def test_the_engine_accepts_every_pattern_and_none_is_quadratic() -> None:
    hostile = [
        (piece * (SHORT // len(piece)), piece * (LONG // len(piece)))
        for piece in REPEATED
        if "\n" not in piece
    ]
    seen = tokenise({}, [grammar(), in_markdown(), in_rst()], hostile=hostile)
    assert not seen.refused
    assert seen.slow == []


@needs_npm
def test_a_hostile_line_takes_no_time_that_a_writer_would_notice_for_long() -> None:
    lines = {piece: piece * (LONG // len(piece)) for piece in REPEATED if "\n" not in piece}
    seen = tokenise(lines, [grammar()], compared=False)
    assert max(seen.times) < SECONDS, sorted(zip(seen.times, lines, strict=True))[-5:]


# -- code blocks of others

HOSTS = {
    "fence": ("text.html.markdown", "```trope\n{}\n```\n", "", in_markdown),
    "directive of MyST": ("text.html.markdown", "```{trope} Name\n{}\n```\n", "", in_markdown),
    "fence in a list": ("text.html.markdown", "- a\n  ~~~trope\n{}\n  ~~~\n", "  ", in_markdown),
    "code block": ("source.rst", ".. code-block:: trope\n\n{}\n\ntext\n", "   ", in_rst),
    "page in a document": ("source.rst", ".. trope:: A Name\n\n{}\n\ntext\n", "   ", in_rst),
}
LIST = {"begin": "^- ", "while": "^  |^$"}
CODE = "!A heading\n* AnItem, {{Braced}}\n\n-> ''quoted [[spoiler:words]]''\n||a||[[B c]]||\n[[folder:FooBar]]"


@needs_npm
@pytest.mark.parametrize("kind", HOSTS)
def test_a_code_block_of_another_language_is_coloured(kind) -> None:
    host, frame, indent, injected = HOSTS[kind]
    language = {"scopeName": host, "patterns": [LIST]}
    code = "\n".join(f"{indent}{line}" if line else "" for line in CODE.split("\n"))
    text = frame.replace("{}", code)
    others = [grammar(), *(made() for made in (in_markdown, in_rst) if made is not injected)]
    seen = tokenise({host: text}, [language, injected(), *others])
    shown = seen.kinds[0].split("\n")
    begin = next(at for at, line in enumerate(frame.split("\n")) if line == "{}")
    found = [line[len(indent) :] for line in shown[begin : begin + len(CODE.split("\n"))]]
    assert found == [kinds(line) for line in CODE.split("\n")]
    assert set(shown[-2]) <= {"T"}, "the text below it"


@pytest.mark.skipif(BAT is None, reason="needs bat")
def test_bat_colours_by_the_syntax_of_sublime_text(tmp_path) -> None:
    (tmp_path / "syntaxes").mkdir()
    (tmp_path / "syntaxes" / SUBLIME.name).write_bytes(SUBLIME.read_bytes())
    folders = {"BAT_CONFIG_DIR": str(tmp_path), "BAT_CACHE_PATH": str(tmp_path / "cache")}
    environment = os.environ | folders

    def bat(*arguments: str, text: str = "") -> str:
        command = [BAT, *arguments]
        return subprocess.run(
            command, input=text, env=environment, capture_output=True, text=True, check=True
        ).stdout

    bat("cache", "--build", "--source", str(tmp_path), "--target", str(tmp_path / "cache"))
    shown = bat(
        "--color=always", "--style=plain", "--language=trope", text="* AnItem, {{Two Words}}\n"
    )
    pieces = re.split(r"\x1b\[[0-9;]*m", shown)
    assert [piece for piece in pieces if piece.strip()] == ["* ", "AnItem", ", ", "{{Two Words}}"]
