"""Whatever is typed, and wherever the cursor is, there is an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lsprotocol.types import Position, Range

from sphinxcontrib_tropes.tools.lsp import (
    call_hierarchy,
    code_actions,
    completion,
    hover,
    navigation,
    page_parts,
    problems,
    renames,
    semantic_tokens,
)
from sphinxcontrib_tropes.tools.lsp.configuration import default_configuration
from sphinxcontrib_tropes.tools.lsp.edits import Abilities
from sphinxcontrib_tropes.tools.lsp.open_wiki import OpenWiki
from sphinxcontrib_tropes.tools.refusal import Refusal

from .conftest import applied, write

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "RedHerring.trope": "(:alias False Clue:)\n!! A part\nx {{Blue Herring}} [[#a-part]]\n",
    "Film/Nosferatu.trope": "{{Red Herring}} [[RedHerring#a-part x]]\n",
    "x.rst": "X\n=\n\n:trope:`Red Herring`\n",
}
PIECES = [
    "{{", "}}", "[[", "]]", "Red Herring", "RedHerring", "Nosferatu", "Film/", "False Clue", "#a-part", "|",
    "->", "[[folder:", "[[/folder]]", "\n", "\r\n", "\r", "\n\n", "!! A part", "(:alias ", "(:redirect ", ":)",
    "(:relation subtrope-of ", "(:title ", "''", "[[spoiler:", "[=", "=]", "[@", "@]", "%comment%", "%%", "* ",
    "é🎭", "\u2028", "\x0c", "\ufeff", "щ", " ", "(:source:)", "[[math]]", "\\\n", "`", ":trope:`", "``", "::",
    "```", "{trope}`", ".. trope:: ", "   ", "```{trope} ", "\ud800", "\0", "&amp;", "[[!", "[[note]]",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)


@pytest.fixture(scope="module")
def wiki(tmp_path_factory: pytest.TempPathFactory) -> OpenWiki:
    root: Path = write(tmp_path_factory.mktemp("wiki"), FILES)
    opened = OpenWiki(default_configuration(root))
    for _ in opened.scan():
        pass
    return opened


class _Paths:
    """What applies changes to texts needs of an editor."""

    def __init__(self, wiki: OpenWiki) -> None:
        self.wiki = wiki

    def path(self, uri: str) -> str:
        return uri.removeprefix(self.wiki.root.as_uri()).lstrip("/")


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150
)
@given(
    text=TEXTS,
    at=st.integers(0, 200),
    path=st.sampled_from(["New.trope", "RedHerring.trope", "y.rst", "z.md"]),
)
def test_every_answer_is_one(wiki, text, at, path):
    document = wiki.put(path, text, 1)
    wiki.settle()
    position = document.positions.position(min(at, len(text)))
    completion.complete(document, position)
    hover.hover(document, position)
    navigation.definition(document, position)
    navigation.references(document, position, with_definition=True)
    page_parts.code_lenses(document, ())
    page_parts.document_symbols(document)
    page_parts.folding_ranges(document)
    page_parts.document_links(document, with_tooltips=True)
    tokens = semantic_tokens.semantic_tokens(document).data
    assert all(number >= 0 for number in tokens)
    for found in problems.diagnostics(document):
        start, end = document.positions.offsets(found.range)
        assert 0 <= start <= end <= len(text)
    for item in call_hierarchy.item_at(document, position):
        call_hierarchy.incoming(wiki, item)
        call_hierarchy.outgoing(wiki, item)
    for action in code_actions.code_actions(document, Range(Position(0, 0), position), Abilities()):
        applied(_Paths(wiki), action.edit)
    try:
        applied(_Paths(wiki), renames.rename(document, position, "Quite Another", Abilities()))
    except Refusal as refusal:
        assert str(refusal)  # noqa: PT017 - either a change or a reason
    for other in ("New.trope", "RedHerring.trope", "y.rst", "z.md"):
        wiki.close(other)
    wiki.settle()


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60
)
@given(text=TEXTS, at=st.integers(0, 200))
def test_a_rename_changes_nothing_but_names(wiki, text, at):
    document = wiki.put("New.trope", text, 1)
    wiki.settle()
    try:
        position = document.positions.position(min(at, len(text)))
        edit = renames.rename(document, position, "Quite Another", Abilities())
        changed = applied(_Paths(wiki), edit).get("New.trope")
    except Refusal:
        changed = None
    if changed is not None:
        before, after = document.reading.facts, wiki.read("New.trope", changed).facts
        assert [link.line for link in before.links] == [link.line for link in after.links]
        assert len(before.notices) >= len(after.notices)  # the title of a section may have had some
        assert [page.aliases for page in before.pages].count(()) == [
            page.aliases for page in after.pages
        ].count(())
    wiki.close("New.trope")
    wiki.settle()
