"""What tests of the live preview share."""

from __future__ import annotations

from pathlib import Path

import pytest

from ...conftest import AWKWARD, Site


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
    site.write({**AWKWARD, "conf.py": f'{CONF}exclude_patterns = ["_build"]\n'})
    return site.source


CONF = 'extensions = ["sphinxcontrib_tropes"]\nhtml_theme = "alabaster"\nproject = "Wiki"\n'
