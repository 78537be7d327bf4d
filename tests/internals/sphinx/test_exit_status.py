"""The exit status of a build."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest

    from ...conftest import Site


def status(site: Site) -> int:
    apps = []
    site.build("tropes-health", on_app=apps.append, tropes_health_threshold=0)
    found: int = apps[0].statuscode
    return found


def test_without_it_no_build_of_the_report_fails(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.write({"A.trope": "To {{No Such}}.\n"})
    assert status(site) == 1
    monkeypatch.setattr("sphinxcontrib_tropes.build.health_builder.fail", lambda app: None)
    assert status(site) == 0
