"""Nodes made without docutils' constructors are those that the constructors make."""

from __future__ import annotations

import pickle
import sys
from collections.abc import Callable

import pytest
from docutils import nodes
from sphinx.util.nodes import _copy_except__document  # what Sphinx puts in place of a node's copy

from sphinxcontrib_tropes.internals.docutils import fast_nodes
from sphinxcontrib_tropes.internals.docutils.fast_nodes import make, make_text
from sphinxcontrib_tropes.markup import MarkupSettings, page_section
from sphinxcontrib_tropes.markup.lower import elements
from sphinxcontrib_tropes.markup.nodes import make_link, trope_folder, trope_link
from sphinxcontrib_tropes.names import MAIN, PageName

from ...markup.spec_reader import read_spec

KINDS = [nodes.paragraph, nodes.list_item, nodes.emphasis, nodes.section, trope_folder, trope_link]
LISTS = nodes.Element.list_attributes

Make = Callable[..., nodes.Element]


def by_constructor(kind: type[nodes.Element], **attributes: object) -> nodes.Element:
    node = kind("typed", **attributes)
    node += nodes.Text("shown")
    return node


def without(kind: type[nodes.Element], **attributes: object) -> nodes.Element:
    return make(kind, "typed", [make_text("shown")], attributes or None)


def looks(node: nodes.Element) -> object:
    return node.tagname, node.rawsource, node.pformat(), dict(node.attributes.items())


@pytest.fixture(params=KINDS, ids=lambda kind: kind.__name__)
def kind(request: pytest.FixtureRequest) -> type[nodes.Element]:
    found: type[nodes.Element] = request.param
    return found


@pytest.mark.parametrize("given", [{}, {"ids": ["here"], "label": "note"}], ids=str)
def test_it_looks_the_same(kind: type[nodes.Element], given: dict[str, object]) -> None:
    assert looks(without(kind, **given)) == looks(by_constructor(kind, **given))


@pytest.mark.parametrize("name", [*LISTS, "label", "none"])
def test_an_attribute_is_asked_for_with_the_same_answer(
    kind: type[nodes.Element], name: str
) -> None:
    def answers(node: nodes.Element) -> object:
        known = name in node, node.hasattr(name), node.get(name), node.get(name, 1)
        try:
            return *known, node[name]
        except KeyError:
            return *known, "KeyError"

    assert answers(without(kind, label="x")) == answers(by_constructor(kind, label="x"))


@pytest.mark.parametrize("name", LISTS)
def test_a_list_that_was_asked_for_is_kept(kind: type[nodes.Element], name: str) -> None:
    node = without(kind)
    node.get(name, []).append("one")
    node[name].append("two")
    node.setdefault(name, []).append("three")
    assert node[name] == ["one", "two", "three"]


def test_no_two_nodes_have_a_list_in_common(kind: type[nodes.Element]) -> None:
    one, other = without(kind), without(kind)
    one["classes"].append("only-here")
    assert other["classes"] == []


@pytest.mark.parametrize(
    "copy",
    [
        nodes.Element.copy,
        _copy_except__document,
        nodes.Element.deepcopy,
        lambda node: pickle.loads(pickle.dumps(node)),
        lambda node: type(node)(node.rawsource, *node.children, **node.attributes),
    ],
    ids=["copy", "Sphinx's copy", "deepcopy", "pickle", "constructor"],
)
def test_a_copy_is_the_same(
    kind: type[nodes.Element], copy: Callable[[nodes.Element], nodes.Element]
) -> None:
    attributes = {"target": "Main/X", "section": "", "explicit": False, "suffix": ""}
    mine, theirs = (
        copy(how(kind, classes=["red"], **attributes)) for how in (without, by_constructor)
    )
    assert looks(mine) == looks(theirs)
    assert mine["ids"] == []
    mine["classes"].append("blue")
    assert without(kind)["classes"] == []


def test_a_pickle_holds_no_list_that_is_empty() -> None:
    slim, whole = ([how(nodes.paragraph) for _ in range(50)] for how in (without, by_constructor))
    assert len(pickle.dumps(slim)) < len(pickle.dumps(whole))
    assert b"dupnames" not in pickle.dumps(slim)


def test_elements_come_in_the_order_in_which_docutils_finds_them() -> None:
    tree = nodes.section()
    for number in range(3):
        quote = nodes.block_quote("", nodes.paragraph("", "a"), nodes.paragraph("", "b"))
        tree += [nodes.paragraph("", "", nodes.emphasis("", str(number))), quote]
    assert elements(tree) == list(tree.findall(nodes.Element))


def _make(
    kind: type[nodes.Element],
    rawsource: str,
    children: list[nodes.Node],
    attributes: dict[str, object] | None = None,
) -> nodes.Element:
    node = kind(rawsource, **(attributes or {}))
    node.extend(children)
    return node


def _fill(parent: nodes.Element, children: list[nodes.Node]) -> None:
    parent[:] = children


def _make_link(
    children: list[nodes.Node], rawsource: str, line: int, *values: object
) -> trope_link:
    names = "target", "section", "explicit", "suffix"
    link = _make(trope_link, rawsource, children, dict(zip(names, values, strict=True)))
    link.line = line
    assert isinstance(link, trope_link)
    return link


def test_without_it_the_same_pages_come_out(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [example.input for example in read_spec()]

    def pages() -> list[str]:
        settings, name = MarkupSettings(), PageName(MAIN, "ThisPage")
        sections = [page_section(t, name, settings, lambda line, sentence: None) for t in texts]
        return [section.pformat() for section in sections]

    fast = pages()
    plain = {make: _make, make_text: nodes.Text, fast_nodes.fill: _fill, make_link: _make_link}
    plain[fast_nodes.adopt] = nodes.Element.append
    for module in [m for name, m in sys.modules.items() if name.startswith("sphinxcontrib_tropes")]:
        for name, value in list(vars(module).items()):
            if callable(value) and value in plain:
                monkeypatch.setattr(module, name, plain[value])
    assert page_section.__globals__["make"] is _make
    assert pages() == fast
