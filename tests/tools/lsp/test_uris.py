"""Addresses of files."""

from __future__ import annotations

from pathlib import PurePosixPath, PureWindowsPath

import pytest

from sphinxcontrib_tropes.tools.lsp.uris import path_of, uri_of

WINDOWS = {
    "file:///c%3A/wiki/A%20b.trope": "C:/wiki/A b.trope",
    "file:///C:/wiki/../other/x.trope": "C:/other/x.trope",
    "file://server/share/x.trope": "//server/share/x.trope",
    "file:///c:": "C:/",
    "file:///C:/../../x": "C:/x",
}
OTHERS = [
    "untitled:Untitled-1", "http://example.org/a.trope", "file:relative", "", "file:///a%00b",
    "file://host/x.trope", "git:/a.trope?x", "file://[broken",
]  # fmt: skip


@pytest.mark.parametrize(("uri", "path"), WINDOWS.items())
def test_addresses_of_windows_are_paths_with_drives_or_shares(uri, path):
    assert path_of(uri, is_windows=True) == PureWindowsPath(path)


@pytest.mark.parametrize("uri", OTHERS)
def test_what_is_no_file_has_no_path(uri):
    assert path_of(uri, is_windows=False) is None


def test_dots_that_lead_outside_are_resolved_first():
    assert path_of("file:///wiki/%2e%2e/etc/passwd", is_windows=False) == PurePosixPath(
        "/etc/passwd"
    )


@pytest.mark.parametrize("path", ["/wiki/Ein Übel #1?.trope", "/w/щи.trope", "/w/a%20b.trope"])
def test_a_path_comes_back(path):
    assert path_of(uri_of(PurePosixPath(path)), is_windows=False) == PurePosixPath(path)


@pytest.mark.parametrize("path", ["C:\\wiki\\a b.trope", "\\\\server\\share\\x.trope"])
def test_a_path_of_windows_comes_back(path):
    assert path_of(uri_of(PureWindowsPath(path)), is_windows=True) == PureWindowsPath(path)


def test_bytes_that_are_not_utf_8_come_back():
    path = PurePosixPath("/wiki/\udcff.trope")
    assert path_of(uri_of(path), is_windows=False) == path
