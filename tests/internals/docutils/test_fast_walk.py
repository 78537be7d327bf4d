"""Walking a document gives what docutils' own walk gives, node for node and step for step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from docutils import nodes
from docutils.core import publish_doctree
from docutils.frontend import get_default_settings
from docutils.utils import new_document
from hypothesis import given
from hypothesis import strategies as st

from sphinxcontrib_tropes.internals.docutils import fast_walk
from sphinxcontrib_tropes.markup import Parser

if TYPE_CHECKING:
    from collections.abc import Callable

SETTINGS = get_default_settings()
KINDS = [nodes.section, nodes.paragraph, nodes.emphasis, nodes.reference]
PRUNINGS = [
    nodes.SkipChildren,
    nodes.SkipSiblings,
    nodes.SkipNode,
    nodes.SkipDeparture,
    nodes.StopTraversal,
]

trees: st.SearchStrategy[Any] = st.recursive(
    st.just("text"), lambda below: st.tuples(st.sampled_from(KINDS), st.lists(below, max_size=4))
)
rules = st.dictionaries(
    st.tuples(st.booleans(), st.integers(0, 12)), st.sampled_from(PRUNINGS), max_size=4
)


def make(tree: Any) -> nodes.Node:
    if tree == "text":
        return nodes.Text("text")
    kind, children = tree
    node: nodes.Element = kind()
    node += [make(child) for child in children]
    return node


def documents(tree: Any) -> tuple[nodes.document, fast_walk.document]:
    """The same document twice: as docutils has it, and ours."""
    plain, fast = (new_document("<test>", SETTINGS) for _ in range(2))
    plain += make((nodes.section, [tree, "text"]))
    fast += make((nodes.section, [tree, "text"]))
    fast.__class__ = fast_walk.document
    assert isinstance(fast, fast_walk.document)
    return plain, fast


def names(found: Any) -> list[tuple[str, int]]:
    """What nodes are, and where."""
    return [(node.tagname, len(node.children)) for node in found]


class Recorder(nodes.NodeVisitor):
    """Notes each step, and raises exceptions by *rules*."""

    def __init__(
        self,
        document: nodes.document,
        rules: dict[tuple[bool, int], type[Exception]] | None = None,
        change: Callable[[nodes.Node], None] = lambda node: None,
    ) -> None:
        super().__init__(document)
        self.steps: list[tuple[str, str]] = []
        self._rules = rules or {}
        self._change = change

    def _note(self, step: str, node: nodes.Node) -> None:
        self.steps.append((step, node.tagname))
        self._change(node)
        rule = self._rules.get((step != "leave", len(self.steps)))
        if rule:
            raise rule

    def unknown_visit(self, node: nodes.Node) -> None:
        self._note("visit", node)

    def unknown_departure(self, node: nodes.Node) -> None:
        self._note("leave", node)

    def visit_emphasis(self, node: nodes.Node) -> None:
        self._note("visit emphasis", node)

    def depart_document(self, node: nodes.Node) -> None:
        self._note("leave document", node)


class Dispatching(Recorder):
    """One that finds its methods by itself, as Sphinx's translators do."""

    def dispatch_visit(self, node: nodes.Node) -> None:
        self._note("visit", node)

    def dispatch_departure(self, node: nodes.Node) -> None:
        self._note("leave", node)


class Choosy(Recorder):
    """One that does nothing with some nodes, as nearly all do."""

    def visit_Text(self, node: nodes.Node) -> None:  # noqa: N802 - a class of docutils
        pass

    def depart_Text(self, node: nodes.Node) -> None:  # noqa: N802
        pass

    def visit_paragraph(self, node: nodes.Node) -> None:
        pass

    def depart_emphasis(self, node: nodes.Node) -> None:
        pass


def outcome(walk: Callable[[nodes.NodeVisitor], bool], recorder: Recorder) -> tuple[Any, ...]:
    try:
        result: Any = walk(recorder)
    except nodes.TreePruningException as error:
        result = type(error)
    return result, recorder.steps


@given(trees)
@pytest.mark.parametrize(
    "condition",
    [None, nodes.Text, nodes.Element, nodes.paragraph, nodes.citation, lambda node: node.children],
)
def test_the_same_nodes_are_found_in_the_same_order(condition: Any, tree: Any) -> None:
    plain, fast = documents(tree)
    assert names(fast.findall(condition)) == names(plain.findall(condition))


@pytest.mark.parametrize(
    "options",
    [{"include_self": False}, {"descend": False}, {"siblings": True}, {"ascend": True}],
)
def test_every_option_of_findall_is_kept(options: dict[str, bool]) -> None:
    plain, fast = documents((nodes.paragraph, ["text"]))
    assert names(fast.findall(**options)) == names(plain.findall(**options))
    assert names([fast.next_node(nodes.Text)]) == names([plain.next_node(nodes.Text)])


@given(trees)
@pytest.mark.parametrize("kind", [nodes.paragraph, nodes.Text])
def test_the_tree_may_change_while_it_is_walked(kind: type[nodes.Node], tree: Any) -> None:
    for change in (
        lambda node: node.parent.replace(node, nodes.emphasis("", "", nodes.Text("new"))),
        lambda node: node.parent.remove(node),
        lambda node: node.parent.insert(0, nodes.comment()),
    ):
        found = []
        for document in documents(tree):
            seen = []
            for number, node in enumerate(document.findall(kind)):
                seen.append(node.astext())
                if number < 5:
                    change(node)
            found.append((seen, document.pformat()))
        assert found[0] == found[1]


@given(trees, rules)
@pytest.mark.parametrize("recorder", [Recorder, Dispatching, Choosy])
def test_a_visitor_may_break_off_anywhere(
    recorder: type[Recorder], tree: Any, rules: dict[tuple[bool, int], type[Exception]]
) -> None:
    plain, fast = documents(tree)
    assert outcome(fast.walkabout, recorder(fast, rules)) == outcome(
        plain.walkabout, recorder(plain, rules)
    )
    assert outcome(fast.walk, recorder(fast, rules)) == outcome(plain.walk, recorder(plain, rules))


@given(trees)
def test_a_visitor_may_change_the_tree(tree: Any) -> None:
    def change(node: nodes.Node) -> None:
        siblings = node.parent.children if node.parent else []
        if isinstance(node, nodes.paragraph) and any(node is child for child in siblings):
            node.parent.replace(node, [nodes.emphasis(), nodes.comment()])

    plain, fast = documents(tree)
    steps = [
        outcome(document.walkabout, Recorder(document, change=change)) for document in (plain, fast)
    ]
    assert steps[0] == steps[1]
    assert plain.pformat() == fast.pformat()


def test_steps_are_logged_where_docutils_logs_them() -> None:
    logged = []
    for document in documents((nodes.paragraph, ["text"])):
        document.reporter.debug_flag = True
        document.reporter.stream = None
        messages: list[str] = []
        document.reporter.attach_observer(lambda message, to=messages: to.append(message.astext()))
        document.walk(Recorder(document))
        document.walkabout(Recorder(document))
        logged.append(messages)
    assert logged[0]
    assert logged[0] == logged[1]


def test_a_page_is_such_a_document() -> None:
    page = publish_doctree("Text.", parser=Parser())
    assert type(page) is fast_walk.document
    assert page.tagname == "document"


def test_a_method_that_does_nothing_is_not_called() -> None:
    _plain, fast = documents("text")
    visitor = Choosy(fast)
    visits = fast_walk._Methods(visitor, "visit_", Choosy.dispatch_visit)
    assert visits[nodes.Text] is None
    assert visits[nodes.emphasis] == visitor.visit_emphasis
    assert visits[nodes.literal] == visitor.unknown_visit


def test_methods_of_a_visitor_that_tries_base_classes_are_found_without_asking_it() -> None:
    class ByBases(Recorder):
        def dispatch_visit(self, node: nodes.Node) -> None:
            raise AssertionError

        def dispatch_departure(self, node: nodes.Node) -> None:
            raise AssertionError

        def visit_Inline(self, node: nodes.Node) -> None:  # noqa: N802 - a class of docutils
            self._note("visit inline", node)

    fast_walk.dispatches_by_bases(ByBases)
    _plain, fast = documents((nodes.paragraph, [(nodes.reference, [])]))
    visitor = ByBases(fast)
    fast.walkabout(visitor)
    assert ("visit inline", "reference") in visitor.steps
    assert ("visit", "paragraph") in visitor.steps
    assert visitor.steps[-1] == ("leave document", "document")


def test_without_it_the_same_pages_come_out(
    monkeypatch: pytest.MonkeyPatch, assert_same_pages: Callable[..., None]
) -> None:
    for name in ("findall", "walk", "walkabout"):
        monkeypatch.setattr(fast_walk.document, name, getattr(nodes.document, name))
    assert_same_pages()
