"""What is made without the constructors of docutils is what they would make."""

from __future__ import annotations

import pickle
from collections.abc import Callable

import pytest
from docutils import nodes
from sphinx.util.nodes import _copy_except__document  # what Sphinx puts in place of a node's copy

from sphinxcontrib_tropes.internals.docutils.fast_nodes import make, make_text
from sphinxcontrib_tropes.markup.lower import elements
from sphinxcontrib_tropes.markup.nodes import trope_folder, trope_link

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
