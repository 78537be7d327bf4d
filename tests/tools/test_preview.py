"""sphinx-autobuild shows pages while they are written: as it is, without a setting."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from http.client import IncompleteRead
from urllib.error import URLError
from urllib.request import urlopen

import pytest

COUNT = "import sys; open(sys.argv[1], 'a').write('.')"
PATIENCE = 120
"""Seconds: far more than a build of five pages takes."""


class Preview:
    """A running preview of a project."""

    def __init__(self, source, log, output, port):
        self.source = source
        self._log = log
        self.output = output
        self._url = f"http://127.0.0.1:{port}"

    @property
    def builds(self):
        """How many builds there were."""
        return len(self._log.read_text()) if self._log.exists() else 0

    def page(self, name):
        with urlopen(f"{self._url}/{name}.html", timeout=10) as answer:
            return answer.read().decode()

    def wait_for(self, name, text):
        """Waits until the page that is served holds *text*."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                if text in self.page(name):
                    return
            except (URLError, ConnectionError, TimeoutError, IncompleteRead):
                pass  # the page is being written
            time.sleep(0.2)
        raise AssertionError(f"{text!r} did not appear: {self.output.read_text()}")

    def settle(self):
        """Waits until nothing has been built for a while; how many builds there were."""
        end = time.monotonic() + PATIENCE
        builds, since = self.builds, time.monotonic()
        while time.monotonic() - since < 4:
            assert time.monotonic() < end, "it builds again and again"
            time.sleep(0.2)
            if self.builds != builds:
                builds, since = self.builds, time.monotonic()
        return builds


@pytest.fixture
def preview(run, tmp_path):
    source = tmp_path / "wiki"
    run("new", source)
    (tmp_path / "count.py").write_text(COUNT)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log, output = tmp_path / "builds", tmp_path / "output"
    command = [sys.executable, "-m", "sphinx_autobuild", source, source / "_build" / "html"]
    command += ["--port", str(port), "--delay", "0"]
    command += ["--pre-build", f"{sys.executable} {tmp_path / 'count.py'} {log}"]
    with output.open("wb") as file, subprocess.Popen(command, stdout=file, stderr=file) as process:
        try:
            yield Preview(source, log, output, port)
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()


def test_an_edit_is_shown_in_its_page_and_in_those_that_it_changes(preview):
    preview.wait_for("wiki/FeudingFamilies", "Referenced by")
    first = preview.settle()
    page = preview.source / "wiki" / "ForbiddenFriendship.trope"
    page.write_text(page.read_text("utf-8") + "\nThe newest of words, FeudingFamilies.\n", "utf-8")
    preview.wait_for("wiki/ForbiddenFriendship", "The newest of words")
    preview.wait_for("wiki/FeudingFamilies", "The newest of words")
    # what a build writes starts no other, and an edit starts one
    assert preview.settle() - first in (1, 2)
    assert first <= 2
