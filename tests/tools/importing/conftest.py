"""Fixtures that write sources and import them."""

from __future__ import annotations

import json

import pytest

from .shared import pages_in


@pytest.fixture
def source(tmp_path):
    """A folder to import from, written from a dictionary."""

    def source(files):
        folder = tmp_path / "source"
        for name, data in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return folder

    return source


@pytest.fixture
def imported(run, tmp_path):
    """Imports with one process; the pages, and the report."""

    def imported(path, *options, expect=0):
        said = run("import", path, tmp_path / "wiki", "--format", "json", "-j", 1, *options)
        assert said.exit_code == expect, said.output
        return pages_in(tmp_path / "wiki"), json.loads(said.stdout)

    return imported
