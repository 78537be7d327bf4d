"""No page of another site can read or steer the preview."""

from __future__ import annotations

import pytest

from sphinxcontrib_tropes.tools.serve.guard import is_allowed

OURS = {"host": "127.0.0.1:8000"}
FETCH = {"sec-fetch-mode": "no-cors", "sec-fetch-dest": "script"}
VISIT = {"sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}


def allowed(*headers: tuple[str, str], port: int = 8000, **more: str) -> bool:
    told = [*headers, *more.items()]
    return is_allowed([(name.encode(), value.encode()) for name, value in told], port)


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost:8000", "LOCALHOST:8000"])
def test_names_of_loopback_with_our_port_are_ours(host):
    assert allowed(("host", host))


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8000",
        "localhost.evil.example:8000",
        "localhost:8001",
        "127.0.0.1",
        "127.0.0.1:80000",
        "0.0.0.0:8000",
        "127.0.0.2:8000",
        "[::1]:8000",
        "localhost:8000@evil.example",
        "127.0.0.1:8000, evil.example",
        "",
    ],
)
def test_a_name_that_was_made_to_lead_here_is_refused(host):
    assert not allowed(("host", host))


def test_without_a_host_nothing_is_answered():
    assert not allowed()


def test_of_two_hosts_neither_counts():
    assert not allowed(("host", "127.0.0.1:8000"), ("host", "evil.example"))


def test_on_port_80_browsers_leave_it_out():
    assert allowed(("host", "localhost"), port=80)


@pytest.mark.parametrize("origin", ["http://127.0.0.1:8000", "http://localhost:8000"])
def test_our_own_origin_is_allowed(origin):
    assert allowed(**OURS, origin=origin)


@pytest.mark.parametrize(
    "origin",
    ["https://evil.example", "null", "http://localhost:3000", "https://localhost:8000", "file://"],
)
def test_another_origin_is_refused(origin):
    assert not allowed(**OURS, origin=origin)


@pytest.mark.parametrize("site", ["cross-site", "same-site", "something new"])
def test_another_site_gets_no_script_or_picture(site):
    assert not allowed(**OURS, **{"sec-fetch-site": site}, **FETCH)
    assert not allowed(**OURS, **{"sec-fetch-site": site})


def test_a_link_from_another_site_is_followed():
    assert allowed(**OURS, **{"sec-fetch-site": "cross-site"}, **VISIT)
    assert not allowed(**OURS, **{"sec-fetch-site": "cross-site"}, **VISIT, origin="null")


@pytest.mark.parametrize("site", ["same-origin", "none"])
def test_our_pages_and_what_somebody_types_are_answered(site):
    assert allowed(**OURS, **{"sec-fetch-site": site}, **FETCH)
