"""What ``conf.py`` and the command line assign."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest

    from ...conftest import Site


def test_a_misspelled_option_is_warned_of(site: Site) -> None:
    conf = (site.source / "conf.py").read_text("utf-8")
    site.write({"conf.py": f"{conf}tropes_wnted = 2\n"}).build("dummy", tropes_wanted_2="x")
    assert "tropes_wnted is not an option" in site.warnings
    assert "tropes_wanted_2 is not an option" in site.warnings


def test_without_it_nobody_is_warned(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    conf = (site.source / "conf.py").read_text("utf-8")
    monkeypatch.setattr("sphinxcontrib_tropes.config.assigned_values", lambda config: {})
    site.write({"conf.py": f"{conf}tropes_wnted = 2\n"}).build("dummy")
    assert "tropes_wnted" not in site.warnings
