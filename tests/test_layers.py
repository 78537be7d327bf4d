"""The direction of imports: Sphinx side -> wiki -> names, Sphinx side -> markup -> names."""

from __future__ import annotations

import ast
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import sphinxcontrib_tropes

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(sphinxcontrib_tropes.__file__).parent
ROOT = PACKAGE.name
MODULES = sorted(PACKAGE.rglob("*.py"))


def module_name(path: Path) -> str:
    """``sphinxcontrib_tropes.wiki.wiki``; the package itself for an ``__init__``."""
    parts = [ROOT, *path.relative_to(PACKAGE).with_suffix("").parts]
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


NAMES = {module_name(path) for path in MODULES}


def imported(path: Path) -> Iterator[str]:
    """The full name of everything that a module imports: modules, or names in modules."""
    package = module_name(path).split(".")
    if path.name != "__init__.py":
        package.pop()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            start = ".".join([*base, *([node.module] if node.module else [])])
            yield from (f"{start}.{alias.name}" for alias in node.names)


def modules_of_package(path: Path) -> set[str]:
    """The modules of the package that a module imports, or imports from."""
    found = set()
    for name in imported(path):
        if name.partition(".")[0] == ROOT:
            found.add(name if name in NAMES else name.rpartition(".")[0])
    return found


def in_room(room: str) -> list[Path]:
    return [path for path in MODULES if path.is_relative_to(PACKAGE / room)]


def ids(path: Path) -> str:
    return module_name(path)


def test_every_module_is_looked_at() -> None:
    assert {f"{ROOT}.names", f"{ROOT}.wiki.wiki", f"{ROOT}.markup.blocks"} <= NAMES


@pytest.mark.parametrize("path", in_room("wiki"), ids=ids)
def test_the_wiki_imports_neither_docutils_nor_sphinx(path: Path) -> None:
    assert not {name.partition(".")[0] for name in imported(path)} & {"docutils", "sphinx"}


@pytest.mark.parametrize("path", in_room("wiki"), ids=ids)
def test_the_wiki_imports_itself_and_names_only(path: Path) -> None:
    allowed = (f"{ROOT}.wiki", f"{ROOT}.names")
    assert all(name.startswith(allowed) for name in modules_of_package(path))


@pytest.mark.parametrize("path", in_room("markup"), ids=ids)
def test_the_markup_never_imports_sphinx(path: Path) -> None:
    assert "sphinx" not in {name.partition(".")[0] for name in imported(path)}


@pytest.mark.parametrize("path", in_room("markup"), ids=ids)
def test_the_markup_imports_itself_and_what_is_below_it_only(path: Path) -> None:
    allowed = tuple(
        f"{ROOT}.{room}" for room in ("markup", "names", "addresses", "internals.docutils")
    )
    assert all(name.startswith(allowed) for name in modules_of_package(path))


@pytest.mark.parametrize("path", in_room("names"), ids=ids)
def test_names_import_themselves_and_the_standard_library_only(path: Path) -> None:
    assert all(name.startswith(f"{ROOT}.names") for name in modules_of_package(path))
    roots = {name.partition(".")[0] for name in imported(path)}
    assert roots <= {*sys.stdlib_module_names, ROOT}


@pytest.mark.parametrize("path", MODULES, ids=ids)
def test_nothing_imports_the_package_itself_except_for_its_version(path: Path) -> None:
    from_package = {
        name
        for name in imported(path)
        if name == ROOT or (name.rpartition(".")[0] == ROOT and name not in NAMES)
    }
    assert from_package <= {f"{ROOT}.__version__"}


@pytest.mark.parametrize("path", MODULES, ids=ids)
def test_modules_of_the_package_are_imported_relatively(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    absolute = [
        node.module or ""
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and not node.level
    ]
    assert not [name for name in absolute if name.partition(".")[0] == ROOT]


@pytest.mark.parametrize("path", sorted(set(MODULES) - set(in_room("tools"))), ids=ids)
def test_nothing_imports_the_wing_of_tools(path: Path) -> None:
    assert not {name for name in modules_of_package(path) if name.startswith(f"{ROOT}.tools")}


@pytest.mark.parametrize("path", sorted(set(in_room("tools")) - set(in_room("tools/cli"))), ids=ids)
def test_editing_and_importing_know_no_command_line(path: Path) -> None:
    assert not {name.partition(".")[0] for name in imported(path)} & {"click", "rich"}
    assert not {name for name in modules_of_package(path) if name.startswith(f"{ROOT}.tools.cli")}
