"""What git tells of the commits of a folder."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from sphinxcontrib_tropes.repository import git_log
from sphinxcontrib_tropes.repository.git_log import (
    FileChange,
    LogError,
    commits_of,
    is_in_repository,
)

from .repositories import START, Repository

if TYPE_CHECKING:
    from pathlib import Path

LONG = "one\ntwo\nthree\nfour\nfive\n"


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "a repository")


def told(folder: Path) -> list[tuple[str, list[FileChange]]]:
    return [(commit.subject, list(commit.changes)) for commit in commits_of(folder).commits]


def test_a_commit_tells_what_is_new_edited_renamed_and_gone(repository: Repository) -> None:
    repository.commit("Begin", {"A.trope": LONG, "B.trope": "b\n", "C.trope": "c\n"})
    id_ = repository.commit(
        "Go on",
        {"A.trope": None, "Éclair.trope": f"{LONG}six\n", "B.trope": "bb\n", "C.trope": None},
    )
    newest = commits_of(repository.root).commits[0]
    assert (newest.id, newest.time, newest.is_edge) == (id_, START + 2 * 86_400, False)
    assert set(newest.changes) == {
        FileChange("renamed", "Éclair.trope", "A.trope"),
        FileChange("edited", "B.trope"),
        FileChange("gone", "C.trope"),
    }


def test_paths_are_those_from_the_folder_and_what_is_outside_is_left_out(
    repository: Repository,
) -> None:
    repository.commit("In", {"docs/wiki/A.trope": "a"})
    repository.commit("Out", {"code.py": "1"})
    repository.commit("Into it", {"docs/B.trope": LONG})
    repository.git("mv", "docs/B.trope", "docs/wiki/B.trope")
    repository.commit("Moved")
    assert told(repository.root / "docs" / "wiki") == [
        ("Moved", [FileChange("new", "B.trope")]),
        ("In", [FileChange("new", "A.trope")]),
    ]


HOSTILE_NAMES = [
    "-n1.trope",
    ":(exclude)A.trope",
    'quote".trope',
    "tab\there.trope",
    "new\nline.trope",
    "M",
    "\x01" + "a" * 40 + "\x021\x02\x02x",
    "鋼の錬金術師 it’s.trope",
    " .trope",
]


@pytest.mark.skipif(os.name == "nt", reason="names that this system does not allow")
@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_any_name_of_a_file_is_read_as_it_is(repository: Repository, name: str) -> None:
    repository.commit("x", {f"docs/{name}": LONG})
    repository.commit("y", {f"docs/{name}": f"{LONG}more\n", "docs/other": "M"})
    assert told(repository.root / "docs") == [
        ("y", sorted([FileChange("edited", name), FileChange("new", "other")], key=lambda c: c[1])),
        ("x", [FileChange("new", name)]),
    ]


@pytest.mark.skipif(sys.platform != "linux", reason="names that are no text")
def test_a_name_that_is_no_utf_8_is_the_one_that_python_gives_the_file(
    repository: Repository,
) -> None:
    (repository.root / os.fsdecode(b"caf\xe9.trope")).write_text("x")
    repository.commit("x")
    assert told(repository.root) == [("x", [FileChange("new", os.fsdecode(b"caf\xe9.trope"))])]


@pytest.mark.parametrize(
    "subject",
    [
        "",
        " ",
        "<script>",
        "\x02grafted\x02",
        "\x01" + "0" * 40,
        "A\x02B\x1b[31m",
        "%H %x00",
        "x" * 9000,
    ],
)
def test_any_subject_is_read_as_text(repository: Repository, subject: str) -> None:
    repository.commit(
        f"{subject}\n\nbody", {"A.trope": "a"}
    ) if subject.strip() else repository.git(
        "commit", "-q", "--allow-empty", "--allow-empty-message", "-m", ""
    )
    repository.commit("next", {"B.trope": "a"})
    commits = commits_of(repository.root).commits
    assert commits[0].subject == "next"
    if subject.strip():
        assert commits[1].subject == subject[:500]
        assert not commits[1].is_edge
        assert commits[1].changes == (FileChange("new", "A.trope"),)


def test_branches_and_tags_named_like_marks_change_nothing(repository: Repository) -> None:
    repository.commit("x", {"A.trope": "a"})
    repository.git("branch", "grafted")
    repository.git("tag", "grafted")
    assert not commits_of(repository.root).commits[0].is_edge


def test_the_edge_of_a_shallow_clone_tells_no_changes(
    repository: Repository, tmp_path: Path
) -> None:
    for number in range(3):
        repository.commit(f"{number}", {"A.trope": str(number), "B.trope": "b"})
    clone = tmp_path / "clone"
    repository.git("clone", "-q", "--depth", "2", repository.root.as_uri(), str(clone))
    commits = commits_of(clone).commits
    assert [(commit.subject, commit.is_edge) for commit in commits] == [("2", False), ("1", True)]
    assert commits[1].changes == ()


def test_a_partial_clone_fetches_nothing(repository: Repository, tmp_path: Path) -> None:
    repository.git("config", "uploadpack.allowFilter", "true")
    repository.commit("x", {"A.trope": LONG})
    repository.commit("y", {"A.trope": None, "B.trope": f"{LONG}more\n"})
    clone = tmp_path / "clone"
    url = repository.root.as_uri()
    repository.git("clone", "-q", "--filter=blob:none", "--no-checkout", url, str(clone))
    before = sorted((clone / ".git" / "objects").rglob("*"))
    changes = [change for commit in commits_of(clone).commits for change in commit.changes]
    assert {change.kind for change in changes} <= {"new", "gone", "renamed"}
    assert FileChange("new", "A.trope") in changes
    assert sorted((clone / ".git" / "objects").rglob("*")) == before


@pytest.mark.skipif(os.name == "nt", reason="shell scripts")
def test_no_setting_hook_or_variable_runs_a_program(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = tmp_path / "ran"
    script = tmp_path / "script"
    script.write_text(f"#!/bin/sh\ntouch '{ran}'\ncat\n")
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    repository.commit("x", {"A.trope": LONG, ".gitattributes": "* diff=odd filter=odd\n"})
    repository.commit("y", {"A.trope": None, "B.trope": f"{LONG}more\n"})
    for name in (
        "core.pager", "core.fsmonitor", "diff.external", "diff.odd.command", "diff.odd.textconv",
        "filter.odd.clean", "filter.odd.smudge", "gpg.program", "core.sshCommand",
        "core.alternateRefsCommand", "core.editor", "pager.log",
    ):  # fmt: skip
        repository.git("config", name, str(script))
    repository.git("config", "log.showSignature", "true")
    repository.git("config", "diff.orderFile", str(tmp_path / "none"))
    for hook in ("post-index-change", "reference-transaction", "post-checkout"):
        (repository.root / ".git" / "hooks" / hook).write_bytes(script.read_bytes())
        (repository.root / ".git" / "hooks" / hook).chmod(0o755)
    for name in ("GIT_PAGER", "GIT_EXTERNAL_DIFF", "GIT_SSH_COMMAND", "GIT_EDITOR", "GIT_ASKPASS"):
        monkeypatch.setenv(name, str(script))
    trace = tmp_path / "trace"
    monkeypatch.setenv("GIT_TRACE", str(trace))
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "log.showRoot")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", "false")
    assert [subject for subject, _changes in told(repository.root)] == ["y", "x"]
    assert not ran.exists()
    assert not trace.exists()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("log.showRoot", "false"),
        ("log.follow", "true"),
        ("log.date", "relative"),
        ("log.decorate", "short"),
        ("color.ui", "always"),
        ("format.pretty", "oneline"),
        ("core.quotePath", "true"),
        ("diff.renames", "false"),
        ("diff.noprefix", "true"),
        ("diff.relative", "false"),
        ("log.diffMerges", "first-parent"),
        ("i18n.logOutputEncoding", "UTF-16"),
        ("notes.displayRef", "refs/notes/*"),
    ],
)
def test_no_setting_of_a_user_changes_what_is_told(
    repository: Repository, name: str, value: str
) -> None:
    repository.commit("x", {"Ä.trope": LONG})
    repository.commit("ÿ", {"Ä.trope": None, "B.trope": LONG})
    repository.git("notes", "add", "-m", "a note")
    expected = commits_of(repository.root)
    repository.git("config", name, value)
    assert commits_of(repository.root) == expected
    assert expected.commits[1].changes == (FileChange("new", "Ä.trope"),)


def test_the_edits_of_a_branch_are_told_and_its_merge_is_not(repository: Repository) -> None:
    repository.commit("x", {"A.trope": "a"})
    repository.git("switch", "-q", "-c", "side")
    repository.commit("side", {"B.trope": "b"})
    repository.git("switch", "-q", "main")
    repository.commit("main", {"A.trope": "aa"})
    repository.git("merge", "-q", "--no-edit", "--no-ff", "side")
    commits = commits_of(repository.root).commits
    assert {commit.subject for commit in commits if commit.changes} == {"x", "side", "main"}


def test_a_folder_in_a_submodule_has_the_commits_of_the_submodule(
    repository: Repository, tmp_path: Path
) -> None:
    inner = Repository(tmp_path / "inner")
    inner.commit("inside", {"A.trope": "a"})
    repository.git(
        "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(inner.root), "docs"
    )
    repository.commit("outside")
    assert told(repository.root / "docs") == [("inside", [FileChange("new", "A.trope")])]
    assert is_in_repository(repository.root / "docs")


def test_a_worktree_has_its_own_commits(repository: Repository, tmp_path: Path) -> None:
    repository.commit("x", {"A.trope": "a"})
    repository.git("worktree", "add", "-q", "-b", "side", str(tmp_path / "side"))
    repository.commit("y", {"A.trope": "b"})
    assert [subject for subject, _changes in told(tmp_path / "side")] == ["x"]


def test_a_repository_without_commits_and_a_folder_outside_are_told_as_such(
    repository: Repository, tmp_path: Path
) -> None:
    with pytest.raises(LogError):
        commits_of(repository.root)
    assert is_in_repository(repository.root)
    outside = tmp_path / "outside"
    outside.mkdir()
    assert not is_in_repository(outside)
    with pytest.raises(LogError):
        commits_of(outside)


def test_git_that_is_missing_is_told(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(git_log, "which", lambda _name: None)
    with pytest.raises(LogError, match="not installed"):
        commits_of(repository.root)


@pytest.mark.skipif(os.name == "nt", reason="shell scripts")
def test_git_that_takes_too_long_is_stopped(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = tmp_path / "slow"
    slow.write_text("#!/bin/sh\nexec sleep 60\n")
    slow.chmod(0o755)
    monkeypatch.setattr(git_log, "which", lambda _name: str(slow))
    with pytest.raises(LogError, match="took over"):
        commits_of(repository.root, seconds=0.2)


def test_a_log_that_is_too_long_keeps_its_newest_commits(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(20):
        repository.commit(f"{number}", {f"{name}.trope": str(number) for name in "ABC"})
    whole = commits_of(repository.root).commits
    for size in range(300, 420):
        monkeypatch.setattr(git_log, "MOST_BYTES", size)
        cut = commits_of(repository.root)
        assert not cut.is_whole
        assert cut.commits == whole[: len(cut.commits)]
        assert cut.commits


def test_what_is_no_log_is_told(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(git_log, "_command", lambda *_: [sys.executable, "-c", "print('no\\0')"])
    with pytest.raises(LogError, match="can't be read"):
        commits_of(repository.root)


def test_only_one_process_is_started(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.commit("x", {f"{number}.trope": "x" for number in range(50)})
    started = []

    class Counted(subprocess.Popen):
        def __init__(self, *args: object, **kwargs: object) -> None:
            started.append(args)
            super().__init__(*args, **kwargs)

    monkeypatch.setattr(git_log.subprocess, "Popen", Counted)
    commits_of(repository.root)
    assert len(started) == 1
