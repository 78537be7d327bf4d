"""Where the live preview of a project listens: a file that is checked before it is believed."""

from __future__ import annotations

import json
import os
import socket

import pytest

from sphinxcontrib_tropes.tools.previews import announce, find, is_running


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    return tmp_path / "sphinx-tropes"


@pytest.fixture
def port():
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening.getsockname()[1]


@pytest.fixture
def source(tmp_path):
    (tmp_path / "wiki é").mkdir()
    return tmp_path / "wiki é"


def test_a_process_runs_or_not_whatever_its_number_is():
    assert is_running(os.getpid())
    assert not is_running(2**70)


def test_a_preview_is_found_while_it_runs(source, port, folder):
    assert find(source) is None
    with announce(source, port, "secret"):
        found = find(source)
        assert found is not None
        assert (found.port, found.token) == (port, "secret")
        assert find(source / ".." / source.name) == found
    assert find(source) is None
    assert not list(folder.iterdir())


def test_that_of_another_project_is_not(source, port, tmp_path):
    with announce(source, port, "secret"):
        assert find(tmp_path) is None


def test_the_file_of_a_dead_process_is_removed(source, port, folder):
    with announce(source, port, "secret"):
        (path,) = folder.iterdir()
        said = json.loads(path.read_text())
        path.write_text(json.dumps(said | {"process": 2**22 + 1}))
        assert find(source) is None
        assert not path.exists()


def test_the_file_of_one_that_listens_no_more_is_removed(source, folder):
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    with announce(source, port, "secret"):
        assert find(source) is None
        assert not list(folder.iterdir())


@pytest.mark.parametrize(
    "text", ["", "[]", "{", "null", '{"port": "x"}', "[" * 50_000, '{"process": 1}', "\0"]
)
def test_a_file_that_makes_no_sense_is_passed_over(source, port, folder, text):
    with announce(source, port, "secret"):
        (path,) = folder.iterdir()
        path.write_text(text)
        assert find(source) is None


def test_a_file_that_others_may_write_is_not_believed(source, port, folder):
    with announce(source, port, "secret"):
        (path,) = folder.iterdir()
        path.chmod(0o644)
        assert find(source) is None


def test_a_link_is_not_followed(source, port, folder, tmp_path):
    with announce(source, port, "secret"):
        (path,) = folder.iterdir()
        path.rename(tmp_path / "elsewhere")
        path.symlink_to(tmp_path / "elsewhere")
        assert find(source) is None


def test_a_folder_that_is_open_to_others_is_not_used(source, port, folder):
    folder.mkdir()
    folder.chmod(0o777)
    with announce(source, port, "secret"):
        assert find(source) is None
        assert not list(folder.iterdir())


def test_without_a_runtime_folder_there_is_one_of_the_user(source, port, monkeypatch, tmp_path):
    monkeypatch.delenv("XDG_RUNTIME_DIR")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with announce(source, port, "secret"):
        assert (tmp_path / f"sphinx-tropes-{os.getuid()}").stat().st_mode & 0o777 == 0o700
        assert find(source) is not None


def test_of_two_the_newest_counts(source, port, folder):
    with announce(source, port, "old"):
        (path,) = folder.iterdir()
        path.rename(path.with_name(path.name.replace(str(os.getpid()), "1")))
        os.utime(next(folder.iterdir()), (1, 1))
        with announce(source, port, "new"):
            found = find(source)
            assert found is not None
            assert found.token == "new"
