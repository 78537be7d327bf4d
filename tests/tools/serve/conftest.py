"""What tests of the live preview share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ...conftest import AWKWARD, Site
from .live import serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from .live import Serve


@pytest.fixture(autouse=True, scope="session")
def _runtime_folder(tmp_path_factory: pytest.TempPathFactory) -> object:
    """Where previews announce themselves; nothing of a person's who runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("runtime")))
        yield


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small project with awkward names."""
    site = Site(tmp_path_factory.mktemp("served"))
    site.write({**AWKWARD, "conf.py": GOOD})
    return site.source


CONF = 'extensions = ["sphinxcontrib_tropes"]\nhtml_theme = "alabaster"\nproject = "Wiki"\n'

GOOD = f'{CONF}exclude_patterns = ["_build"]\n'
"""The same, whose output may be in the folder of the sources."""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The same project, for one test."""
    return Site(tmp_path).write({**AWKWARD, "conf.py": GOOD}).source


@pytest.fixture
def own(project: Path) -> Iterator[Serve]:
    """A preview that the test ends."""
    with serving(project) as serve:
        serve.wait_said("built in")
        yield serve


@pytest.fixture(scope="module")
def served(source: Path) -> Iterator[Serve]:
    """A preview for tests that leave it as they found it."""
    with serving(source) as serve:
        serve.wait_said("built in")
        yield serve
