"""Documents that change when somebody looks into them."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

import pytest
from docutils import nodes
from docutils.utils import new_document

from sphinxcontrib_tropes.internals.docutils import fast_walk
from sphinxcontrib_tropes.internals.docutils.lazy_change import change_when_read

if TYPE_CHECKING:
    from collections.abc import Callable

    from ...conftest import Site


def shorten(document: nodes.document) -> None:
    document.children = document.children[:1]


def pending(kind: type[nodes.document] = nodes.document) -> nodes.document:
    document = new_document("a.txt")
    document.__class__ = kind
    document += [nodes.paragraph("", word) for word in ("one", "two")]
    change_when_read(document, shorten)
    return document


@pytest.mark.parametrize("kind", [nodes.document, fast_walk.document])
@pytest.mark.parametrize(
    "look",
    [
        nodes.document.astext,
        lambda document: document.deepcopy().astext(),
        lambda document: next(iter(document.findall(nodes.paragraph))).astext(),
        lambda document: "\n\n".join(node.astext() for node in document),
    ],
    ids=["text", "copy", "find", "iterate"],
)
def test_whoever_looks_sees_it_changed(
    look: Callable[[nodes.document], str], kind: type[nodes.document]
) -> None:
    document = pending(kind)
    assert look(document) == "one"
    assert type(document) is kind


def test_a_pickle_of_it_changes_too() -> None:
    document = pending()
    document.reporter = document.transformer = document.settings = None  # type: ignore[assignment]
    assert pickle.loads(pickle.dumps(document)).astext() == "one"


def test_without_it_others_read_what_is_in_spoilers(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.write({"A.trope": "Seen. [[spoiler:Secret.]]\n"})
    texts: list[str] = []

    def read(app, pagename, templatename, context, doctree) -> None:
        if pagename == "A":
            texts.append(" ".join(doctree.findall(nodes.Text)))

    def connect(app) -> None:
        app.connect("html-page-context", read)

    site.build(on_app=connect)
    monkeypatch.setattr(
        "sphinxcontrib_tropes.rendering.other_extensions.change_when_read", lambda *_given: None
    )
    site.build(on_app=connect, out="uncovered", force=True)
    assert ["Secret" in text for text in texts] == [False, True]
