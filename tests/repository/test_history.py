"""The names of documents, followed back in time."""

from __future__ import annotations

import pytest

from sphinxcontrib_tropes.repository.git_log import Commit, FileChange, Log
from sphinxcontrib_tropes.repository.history import Change, History, history_of


def docname_of(path: str) -> str | None:
    for suffix in (".trope", ".rst"):
        if path.endswith(suffix):
            return path.removesuffix(suffix)
    return None


def told(now: list[str], *commits: list[tuple[str, ...]]) -> History:
    """The history of these commits, newest first, of which each is a list of changes."""
    made = (
        Commit(f"{number:040x}", 1000 - number, f"{number}", tuple(FileChange(*c) for c in changes))
        for number, changes in enumerate(commits)
    )
    documents = {path: docname_of(path) or "" for path in now}
    return history_of(Log(tuple(made)), documents, docname_of)


def kinds(history: History) -> list[list[tuple[str, str]]]:
    return [[(change.kind, change.docname) for change in edit.changes] for edit in history.edits]


def test_what_was_done_before_a_renaming_is_told_of_the_new_name() -> None:
    history = told(
        ["C.trope"],
        [("edited", "C.trope")],
        [("renamed", "C.trope", "B.trope")],
        [("edited", "B.trope")],
        [("renamed", "B.trope", "A.trope")],
        [("new", "A.trope")],
    )
    assert kinds(history) == [
        [("edited", "C")],
        [("renamed", "C")],
        [("edited", "C")],
        [("renamed", "C")],
        [("new", "C")],
    ]
    assert [edit.changes[0].before for edit in history.edits] == ["", "B", "", "A", ""]


def test_a_new_page_with_the_name_of_a_renamed_one_has_its_own_history() -> None:
    history = told(
        ["A.trope", "B.trope"],
        [("edited", "A.trope")],
        [("new", "A.trope")],
        [("renamed", "B.trope", "A.trope")],
        [("new", "A.trope")],
    )
    assert kinds(history) == [[("edited", "A")], [("new", "A")], [("renamed", "B")], [("new", "B")]]


def test_two_pages_that_swap_their_names_keep_their_histories() -> None:
    history = told(
        ["A.trope", "B.trope"],
        [("renamed", "A.trope", "B.trope"), ("renamed", "B.trope", "A.trope")],
        [("edited", "A.trope")],
    )
    assert kinds(history) == [[("renamed", "A"), ("renamed", "B")], [("edited", "B")]]


def test_a_page_that_has_gone_is_told_as_it_was_called_last() -> None:
    history = told([], [("gone", "B.trope")], [("renamed", "B.trope", "A.trope")])
    assert history.edits[0].changes == (Change("B", "gone", True, "", ".trope"),)
    assert history.edits[1].changes == (Change("B", "renamed", True, "A", ".trope"),)
    assert history.last_edit("B") is not None  # of the name; nobody asks for what is not there


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (("renamed", "A.trope", "A.rst"), ("edited", "A")),
        (("renamed", "A.trope", "notes.txt"), ("new", "A")),
        (("renamed", "notes.txt", "Gone.trope"), ("gone", "Gone")),
        (("edited", "picture.png"), None),
        (("renamed", "b.png", "a.png"), None),
    ],
)
def test_files_that_are_no_documents_are_no_pages(
    change: tuple[str, ...], expected: tuple[str, str] | None
) -> None:
    assert kinds(told(["A.trope"], [change])) == ([[expected]] if expected else [])


def test_a_page_that_was_gone_for_a_while_was_last_edited_when_it_came_back() -> None:
    history = told(["A.trope"], [("new", "A.trope")], [("gone", "A.trope")], [("new", "A.trope")])
    last = history.last_edit("A")
    assert last is not None
    assert last.subject == "0"
    assert history.last_edit("B") is None


def test_the_newest_changes_of_some_documents_are_in_order() -> None:
    history = told(
        ["A.trope", "B.trope", "C.trope"],
        [("edited", "B.trope"), ("edited", "C.trope")],
        [("edited", "A.trope")],
        [("new", "A.trope"), ("new", "B.trope"), ("new", "C.trope")],
    )
    found = history.changes_of(["A", "B", "B", "none"], 3)
    assert [(edit.subject, change.docname) for edit, change in found] == [
        ("0", "B"),
        ("1", "A"),
        ("2", "A"),
    ]


def test_a_history_with_an_edge_is_not_whole() -> None:
    edge = Commit("0" * 40, 1, "x", (), is_edge=True)
    assert not history_of(Log((edge,)), {}, docname_of).is_whole
    assert not history_of(Log((), is_whole=False), {}, docname_of).is_whole
