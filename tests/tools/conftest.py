"""Running the command as a shell does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from sphinxcontrib_tropes.tools.cli.command import sphinx_tropes

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result


@pytest.fixture(autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where commands keep what other wikis say; nothing of a person's who runs the tests."""
    folder = tmp_path_factory.mktemp("cache")
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder))
    return folder


@pytest.fixture
def run() -> Callable[..., Result]:
    """Runs ``sphinx-tropes`` with arguments; what it says and its exit code."""

    def run(*arguments: object) -> Result:
        result = CliRunner().invoke(sphinx_tropes, [str(argument) for argument in arguments])
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run
