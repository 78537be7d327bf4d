"""The shape of the house: no circle of imports, few floors, nothing long, no name of a builder outside its table."""

from __future__ import annotations

import ast
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from .test_layers import MODULES, ROOT, ids, module_name, modules_of_package

MOST_FLOORS = 9
MOST_LINES = 400
MOST_LINES_OF_A_FUNCTION = 60
MOST_PUBLIC_METHODS = 25
DOORS = {"Wiki"}
"""Classes that only hand out what others find: they may have more methods."""

Graph = dict[str, set[str]]


@cache
def imports_of_modules() -> Graph:
    """All imports count: at the top, for types alone, in functions."""
    return {module_name(path): modules_of_package(path) - {module_name(path)} for path in MODULES}


def room(module: str) -> str:
    """A file or folder of the package; the package itself for its ``__init__``."""
    return module.split(".")[1] if "." in module else module


def imports_of_rooms() -> Graph:
    rooms: Graph = {}
    for module, imported in imports_of_modules().items():
        rooms.setdefault(room(module), set()).update(map(room, imported))
    return {name: imported - {name} for name, imported in rooms.items()}


def floors(graph: Graph) -> dict[str, int]:
    """Each stands above all that it imports."""
    found: dict[str, int] = {}
    for name in TopologicalSorter(graph).static_order():
        found[name] = 1 + max((found[below] for below in graph.get(name, ())), default=0)
    return found


@pytest.mark.parametrize("graph", [imports_of_modules, imports_of_rooms], ids=["modules", "rooms"])
def test_nothing_is_imported_in_a_circle(graph) -> None:
    try:
        floors(graph())
    except CycleError as error:
        pytest.fail(" <- ".join(error.args[1]))


def test_the_circle_of_this_test_is_seen() -> None:
    with pytest.raises(CycleError):
        floors({"a": {"b"}, "b": {"c"}, "c": {"a"}})


def test_the_house_has_few_floors() -> None:
    assert max(floors(imports_of_rooms()).values()) <= MOST_FLOORS


def test_only_the_setup_of_the_package_imports_the_map() -> None:
    importers = {
        module
        for module, imported in imports_of_modules().items()
        if room(module) != "tropes_map"
        and any(f"{name}.".startswith(f"{ROOT}.tropes_map.") for name in imported)
    }
    assert importers == {ROOT}


@pytest.mark.parametrize("path", MODULES, ids=ids)
def test_no_module_is_long(path: Path) -> None:
    text = path.read_text("utf-8")
    assert len(text.splitlines()) <= MOST_LINES
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno - node.lineno + 1 <= MOST_LINES_OF_A_FUNCTION, node.name
        elif isinstance(node, ast.ClassDef) and node.name not in DOORS:
            methods = [f for f in node.body if isinstance(f, ast.FunctionDef)]
            public = [method for method in methods if not method.name.startswith("_")]
            assert len(public) <= MOST_PUBLIC_METHODS, node.name


@pytest.mark.parametrize("path", [p for p in MODULES if p.name != "builders.py"], ids=ids)
def test_the_names_of_builders_are_compared_in_their_table_alone(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Compare):
            compared = [ast.unparse(side) for side in (node.left, *node.comparators)]
            assert not [side for side in compared if side.endswith("builder.name")], node.lineno
