"""Nothing outside ``internals/`` names what Sphinx, docutils, Jinja or Python keep to themselves."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import sphinxcontrib_tropes

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(sphinxcontrib_tropes.__file__).parent
INTERNALS = PACKAGE / "internals"
MODULES = sorted(PACKAGE.rglob("*.py"))
OUTSIDE = [path for path in MODULES if not path.is_relative_to(INTERNALS)]

UNDOCUMENTED = {
    # the application and its events
    "listeners": "Sphinx.events: who listens",
    "statuscode": "Sphinx: exit status",
    # the environment
    "_write_doc_doctree_cache": "BuildEnvironment",
    "_pickled_doctree_cache": "BuildEnvironment",
    "longtitles": "BuildEnvironment",
    "tocs": "BuildEnvironment",
    "toc_num_entries": "BuildEnvironment",
    "toc_secnumbers": "BuildEnvironment",
    "toc_fignumbers": "BuildEnvironment",
    "toctree_includes": "BuildEnvironment",
    "files_to_rebuild": "BuildEnvironment",
    "glob_toctrees": "BuildEnvironment",
    "numbered_toctrees": "BuildEnvironment",
    "dependencies": "BuildEnvironment: note_dependency is public",
    "temp_data": "BuildEnvironment: replaced by current_document",
    "env.settings": "BuildEnvironment",
    "env.version": "BuildEnvironment",
    "project.docnames": "Project: to read is public, but the environment's found_docs does",
    "standard_domain": "domains of the environment",
    "anonlabels": "StandardDomain",
    "intersphinx_inventory": "BuildEnvironment, set by sphinx.ext.intersphinx",
    # builders
    "make_chunks": "sphinx.builders, replaced",
    "build_info": "StandaloneHTMLBuilder",
    "config_hash": "BuildInfo",
    "tags_hash": "BuildInfo",
    "docsettings": "StandaloneHTMLBuilder",
    "dlpath": "StandaloneHTMLBuilder",
    "fignumbers": "StandaloneHTMLBuilder",
    "get_outfilename": "StandaloneHTMLBuilder",
    "get_output_path": "StandaloneHTMLBuilder",
    "globalcontext": "StandaloneHTMLBuilder",
    "handle_page": "StandaloneHTMLBuilder",
    "html_tag": "EpubBuilder",
    "imagedir": "Builder",
    "imgpath": "StandaloneHTMLBuilder",
    "indexer": "StandaloneHTMLBuilder",
    "out_suffix": "StandaloneHTMLBuilder, TextBuilder",
    "secnumbers": "StandaloneHTMLBuilder",
    "templates": "StandaloneHTMLBuilder: its template bridge",
    "newest_template_mtime": "template bridge, by way of the builder",
    # Jinja
    "auto_reload": "jinja2.Environment, changed while it is used",
    # translators
    "add_anchor": "TexinfoTranslator",
    "hypertarget": "LaTeXTranslator",
    "idescape": "LaTeXTranslator",
    "in_caption": "LaTeXTranslator",
    "special_characters": "HTMLTranslator",
    "visit_reference": "HTMLTranslator, compared",
    "fragment": "HTMLTranslator",
    "dispatch_visit": "NodeVisitor, replaced by a table",
    "dispatch_departure": "NodeVisitor, replaced by a table",
    # other extensions
    "sitemap_excludes": "sphinx-sitemap",
    "sitemap_links": "sphinx-immaterial",
}
"""Attributes without an underscore that no documentation offers -> where they are. With a name before
the dot: only of an object that is called so.
"""

CUSTOMARY = {
    "all_docs", "current_docname", "domaindata", "domains", "events", "extensions", "found_docs",
    "parallel", "registry", "verbosity",
}  # fmt: skip
"""Attributes that no documentation offers either, but that most extensions read: ours may read them,
and must not assign to them.
"""

FOREIGN = {
    "app", "builder", "builders", "code", "codec", "codecs", "config", "conf", "doctree",
    "document", "domain", "env", "environment", "events", "frame", "gc", "indexer", "jinja2", "logging",
    "node", "nodes", "parser", "pickle", "project", "reader", "registry", "settings", "sphinx",
    "state", "state_machine", "sys", "templates", "theme", "translator", "visitor", "writer",
}  # fmt: skip
"""What objects of others are called: a private attribute of one is never ours."""

NOT_ASSIGNED = {"app", "builder", "builders", "env", "events", "indexer", "project", "registry",
                "sphinx", "templates", "translator"}  # fmt: skip
"""Those that take no attribute from us. A node and the configuration do: that is what they are for."""

OF_TUPLES = {"_asdict", "_field_defaults", "_fields", "_make", "_replace"}
"""What every NamedTuple has; their underscore keeps them apart from fields."""

ALLOWED = {"setattr(config)"}
"""The configuration's validation gives options their defaults."""


NAMES_OF_TYPES = {"_typeshed", "pygments"}
"""What gives types no other name."""


def private_uses(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and words of each use of what is private to others.

    Ours are names that the module defines or assigns to ``self``, and :data:`OURS`.
    """
    own = set(_defined(tree))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield from _imported(node)
        elif isinstance(node, ast.Attribute):
            yield from _attribute(node, own)
        elif isinstance(node, ast.Call):
            yield from _called(node)


def _defined(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield from [node.attr] if _name(node.value) in ("self", "cls") else []


def _imported(node: ast.Import | ast.ImportFrom) -> Iterator[tuple[int, str]]:
    module = "" if isinstance(node, ast.Import) else node.module or ""
    if isinstance(node, ast.ImportFrom) and node.level:
        return
    for alias in node.names:
        parts = [*module.split("."), *alias.name.split(".")]
        if any(map(_is_private, parts)) and parts[0] not in NAMES_OF_TYPES:
            yield node.lineno, f"import {module}.{alias.name}"


def _attribute(node: ast.Attribute, own: set[str]) -> Iterator[tuple[int, str]]:
    base, name = _name(node.value), node.attr
    words = ast.unparse(node)
    is_ours = base in ("self", "cls") or (
        isinstance(node.value, ast.Call) and _is_super(node.value)
    )
    is_stored = isinstance(node.ctx, ast.Store | ast.Del)
    if is_ours and name not in UNDOCUMENTED:
        return
    if name == "__dict__" or (name == "__class__" and is_stored):
        yield node.lineno, words
    elif _is_private(name):
        if name not in OF_TUPLES and (base in FOREIGN or name not in own | OURS):
            yield node.lineno, words
    elif (not is_ours and (name in UNDOCUMENTED or f"{base}.{name}" in UNDOCUMENTED)) or (
        is_stored and (base in NOT_ASSIGNED or name in CUSTOMARY) and not is_ours
    ):
        yield node.lineno, words


def _called(node: ast.Call) -> Iterator[tuple[int, str]]:
    function = _name(node.func)
    first = _name(node.args[0]) if node.args else ""
    if function in ("setattr", "delattr", "vars", "__setattr__") and not _is_ours(first):
        yield node.lineno, f"{function}({first})"
    elif function in ("getattr", "hasattr") and len(node.args) > 1 and not _is_ours(first):
        asked = node.args[1]
        if isinstance(asked, ast.Constant) and isinstance(asked.value, str):
            name = asked.value
            if _is_private(name) or name in UNDOCUMENTED or f"{first}.{name}" in UNDOCUMENTED:
                yield node.lineno, ast.unparse(node)


def _name(node: ast.expr) -> str:
    """The last name of an expression: ``env`` for ``self.env``."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _is_super(call: ast.Call) -> bool:
    return _name(call.func) == "super"


def _is_private(name: str) -> bool:
    return name.startswith("_") and not (name.startswith("__") and name.endswith("__"))


def _is_ours(name: str) -> bool:
    return name in ("self", "cls") or name.startswith("_")


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


OURS = {name for path in OUTSIDE for name in _defined(_tree(path)) if _is_private(name)}
"""Private names of any module of the package: friends may use them."""


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


@pytest.mark.parametrize("path", OUTSIDE, ids=name_of)
def test_no_module_outside_of_internals_names_what_is_private_to_others(path: Path) -> None:
    found = [
        f"line {line}: {words}" for line, words in private_uses(_tree(path)) if words not in ALLOWED
    ]
    assert not found, "put it in a module of internals/"


@pytest.mark.parametrize(
    "line",
    [
        "env._anything",
        "self.env._anything",
        "app.env._search_index_titles",
        "x = foreign._never_defined_here",
        "getattr(env, '_anything', None)",
        "builder.globalcontext['rellinks']",
        "getattr(app.builder, 'indexer', None)",
        "self.env.settings['input_encoding']",
        "env.toctree_includes.values()",
        "env.all_docs = {}",
        "app.builder.current_docname = 'a'",
        "translator.body = []",
        "node.__class__ = kind",
        "document.__dict__['children'] = []",
        "vars(node)",
        "setattr(builder, name, replacement)",
        "object.__setattr__(config, 'values', {})",
        "from sphinx.util._pathlib import _StrPath",
        "from sphinx.search import _feed_visit_nodes",
        "sphinx.builders.make_chunks = shares",
        "translator.visit_reference.__func__",
    ],
)
def test_such_a_line_is_found(line: str) -> None:
    assert list(private_uses(ast.parse(line)))


@pytest.mark.parametrize(
    "line",
    [
        "self._names",
        "class A:\n    _x = 1\nother._x",
        "facts._replace(title='x')",
        "env.found_docs | env.titles.keys()",
        "docname in env.all_docs",
        "node['classes'].append('x')",
        "node.children = []",
        "translator.body.append('<br>')",
        "type(node).__name__",
        "getattr(builder, 'name', '')",
        "from ..wiki import _x",
    ],
)
def test_such_a_line_is_not(line: str) -> None:
    assert not list(private_uses(ast.parse(line)))


def test_what_is_allowed_is_still_done() -> None:
    done = {words for path in OUTSIDE for _line, words in private_uses(_tree(path))}
    assert done >= ALLOWED
