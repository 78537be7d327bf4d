"""The words that readers are shown: in the template, and translated in both languages."""

from __future__ import annotations

import ast
import io
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po

from ..conftest import ROOT, Site, text_of

PACKAGE = ROOT / "sphinxcontrib_tropes"
LOCALE = PACKAGE / "locale"
DOMAIN = "sphinxcontrib_tropes"
KEYWORDS = {"_": None, "ngettext": (1, 2)}


def identity(message: object) -> str:
    return message[0] if isinstance(message, tuple | list) else str(message)


@cache
def words() -> frozenset[str]:
    found = extract_from_dir(PACKAGE, [("**.py", "python")], keywords=KEYWORDS)
    return frozenset(identity(message) for _file, _line, message, _comments, _context in found)


def catalogue(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file)


def of_language(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def test_no_word_is_asked_for_inside_an_f_string() -> None:
    # Babel finds none there up to Python 3.11, and all of them from 3.12 on
    hidden = [
        f"{path.name}:{call.lineno}"
        for path in sorted(PACKAGE.rglob("*.py"))
        for string in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(string, ast.JoinedStr)
        for call in ast.walk(string)
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") in KEYWORDS
    ]
    assert hidden == []


def test_the_template_has_every_word() -> None:
    template = {identity(m.id) for m in catalogue(LOCALE / f"{DOMAIN}.pot") if m.id}
    assert template == words(), "run: make messages"


@pytest.mark.parametrize("language", ["de", "fr"])
def test_a_language_is_complete(language: str) -> None:
    found = catalogue(of_language(language))
    translated = {
        identity(m.id)
        for m in found
        if m.id and not m.fuzzy and all(m.string if isinstance(m.string, tuple) else [m.string])
    }
    assert words() - translated == set(), "run: make messages; then translate"
    assert [error for _message, errors in found.check() for error in errors] == []


@pytest.mark.parametrize("language", ["de", "fr"])
def test_what_is_compiled_is_what_is_translated(language: str) -> None:
    path = of_language(language)
    expected = io.BytesIO()
    write_mo(expected, catalogue(path))
    expected.seek(0)
    with path.with_suffix(".mo").open("rb") as file:
        compiled = {identity(m.id): m.string for m in read_mo(file) if m.id}
    translated = {identity(m.id): m.string for m in read_mo(expected) if m.id}
    assert compiled == translated, "run: make messages"


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("de", ["Erwähnt von", "2 Seiten wünschen sie"]),
        ("fr", ["Cité par", "2 pages la demandent"]),
    ],
)
def test_pages_speak_the_language_of_the_project(
    tmp_path: Path, language: str, expected: list[str]
) -> None:
    site = Site(tmp_path).write(
        {"Ape.trope": "An ape and a {{Ghost}}.", "Bee.trope": "To {{Ape}} and {{Ghost}}."}
    )
    out = site.build(language=language)
    assert expected[0] in text_of(site.page("Ape"))
    assert expected[1] in "".join(p.read_text("utf-8") for p in out.glob("tropes/data/*.js"))
