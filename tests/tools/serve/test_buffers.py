"""Unsaved text of editors, shown as if it were saved."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sphinxcontrib_tropes.tools import previews

from .conftest import GOOD
from .live import Serve, Socket, assert_clean, serving


def sphinx_build(serve: Serve) -> None:
    subprocess.run(
        [sys.executable, "-m", "sphinx", "-q", "-b", "html", serve.source, serve.out], check=True
    )


def test_unsaved_text_is_shown_and_goes_when_the_buffer_is_closed(served, tmp_path):
    page = Socket(served, "/Humans.html")
    path = served.source / "Humans.trope"
    text = "Typed, of {{Never Written}} & \r\n[[folder:Open\r\n"
    served.settle(lambda: served.preview().show(path, text))
    page.wait(lambda told: "reload" in told)
    assert "Typed, of" in served.ask("/Humans.html").text
    # as if it were saved: its warnings, and what other pages show of it
    page = Socket(served, "/Humans.html")
    assert page.wait(lambda told: told.get("problems"))["problems"][0]["line"] == 2
    assert "Typed, of" in served.ask("/tropes/backlinks/main/neverwritten.html").text
    assert "Typed" not in path.read_text()
    served.settle(lambda: served.preview().show(path, None))
    assert "Typed, of" not in served.ask("/Humans.html").text
    assert_clean(served, tmp_path)


def test_unsaved_text_stays_while_other_files_are_saved(served, tmp_path):
    path = served.source / "Humans.trope"
    served.settle(lambda: served.preview().show(path, "Typed.\n"))
    served.settle(lambda: (served.source / "abE.trope").write_text("Saved.\n"))
    conf = served.source / "conf.py"
    served.settle(lambda: conf.write_text(f"{GOOD}html_title = 'New {time.time()}'\n"))
    assert "Typed" in served.ask("/Humans.html").text
    # it is saved, with other words
    path.write_text("Saved as well.\n")
    served.settle(lambda: served.preview().show(path, None))
    assert "Saved as well" in served.ask("/Humans.html").text
    assert_clean(served, tmp_path)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
@pytest.mark.parametrize("is_settled", [True, False])
def test_no_later_build_takes_it_for_the_saved_text(own, tmp_path, number, is_settled):
    path = own.source / "Humans.trope"
    if is_settled:
        own.settle(lambda: own.preview().show(path, "Typed, of {{Never Written}}.\n"))
    else:
        own.preview().show(path, "Typed, of {{Never Written}}.\n")
        own.wait_page("/Humans.html", "Typed, of")
    own.process.send_signal(number)
    own.process.wait(10)
    time.sleep(0.5 if number == signal.SIGKILL else 0)  # the builder ends by itself
    sphinx_build(own)
    assert_clean(own, tmp_path)


def test_the_buffer_of_an_editor_that_ended_is_closed(served, tmp_path):
    path = served.source / "Humans.trope"
    code = (
        "import sys; from pathlib import Path; from sphinxcontrib_tropes.tools import previews\n"
        "print(previews.find(Path(sys.argv[1])).show(Path(sys.argv[2]), 'Typed, and left.'))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, served.source, path],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    assert done.stdout == "True\n"
    served.wait_page("/Humans.html", "Typed, and left")
    served.wait(lambda: "Typed, and left" not in served.ask("/Humans.html").text, "closing it")
    served.wait_said("built in")
    time.sleep(1.5)
    assert_clean(served, tmp_path)


def test_text_of_a_file_that_is_no_page_is_ignored(served, tmp_path):
    for name in ("conf.py", "New Page.trope", "nowhere/x.trope"):
        served.preview().show(served.source / name, "x = (")
    served.settle(lambda: (served.source / "abE.trope").write_text("Saved again.\n"))
    for name in ("conf.py", "New Page.trope", "nowhere/x.trope"):
        served.preview().show(served.source / name, None)
    assert_clean(served, tmp_path)


def test_many_keystrokes_end_in_the_last(served, tmp_path):
    path = served.source / "Humans.trope"
    preview = served.preview()
    for number in range(60):
        assert preview.show(path, f"Typed {number}.\n")
    served.wait_page("/Humans.html", "Typed 59.")
    served.settle(lambda: preview.show(path, None))
    assert_clean(served, tmp_path)


def test_a_huge_text_is_shown(served):
    path = served.source / "Humans.trope"
    assert served.preview().show(path, "Many words. " * 200_000 + "The end.\n")
    served.wait_page("/Humans.html", "The end.")
    served.settle(lambda: served.preview().show(path, None))


def test_either_may_start_first_and_a_new_preview_is_found(project):
    assert previews.find(project) is None
    with serving(project) as serve:
        old = serve.preview()
        serve.end()
    assert previews.find(project) is None
    assert not old.show(project / "Humans.trope", "x")
    with serving(project) as serve:
        serve.wait_said("built in")
        assert serve.preview().show(project / "Humans.trope", "Typed anew.")
        serve.wait_page("/Humans.html", "Typed anew")


def test_only_the_user_can_read_where_it_listens(served):
    folder = Path(os.environ["XDG_RUNTIME_DIR"], "sphinx-tropes")
    assert folder.stat().st_mode & 0o777 == 0o700
    (path,) = folder.glob(f"*-{served.process.pid}.json")
    assert path.stat().st_mode & 0o777 == 0o600
