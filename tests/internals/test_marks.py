"""Each module of ``internals/`` says what it touches, why and when it can go; and a test holds it."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import sphinxcontrib_tropes

INTERNALS = Path(sphinxcontrib_tropes.__file__).parent / "internals"
MODULES = sorted(path for path in INTERNALS.rglob("*.py") if path.name != "__init__.py")
TESTS = Path(__file__).parent
MARKS = ["Touches", "Why", "Seen in", "Remove when", "Upstream", "Without it"]


def name_of(path: Path) -> str:
    return path.relative_to(INTERNALS).with_suffix("").as_posix()


modules = pytest.mark.parametrize("path", MODULES, ids=name_of)


@modules
def test_its_docstring_has_all_marks_in_their_order(path: Path) -> None:
    docstring = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
    found = re.findall(r"^([A-Z][a-z]+(?: [a-z]+)?): \S", docstring, re.MULTILINE)
    assert found == MARKS
    assert re.search(r"^Seen in: .*\d", docstring, re.MULTILINE), "no version"
    upstream = docstring.partition("Upstream: ")[2].partition("\nWithout it: ")[0]
    assert "none known" in upstream or "https://" in upstream


@modules
def test_a_test_shows_what_comes_out_without_it(path: Path) -> None:
    test = TESTS / Path(name_of(path)).parent / f"test_{path.stem}.py"
    names = [
        node.name
        for node in ast.walk(ast.parse(test.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef)
    ]
    assert any(name.startswith("test_without_it_") for name in names)


@modules
def test_it_imports_nothing_of_the_package_but_internals(path: Path) -> None:
    depth = len(path.relative_to(INTERNALS).parts)
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level <= depth
            assert not (node.module or "").startswith("sphinxcontrib_tropes")


def test_insides_of_docutils_import_no_sphinx() -> None:
    for path in (INTERNALS / "docutils").glob("*.py"):
        text = path.read_text("utf-8")
        assert not re.search(r"^\s*(from|import) (\.\.)?sphinx\b", text, re.MULTILINE), path
