"""What goes wrong while a project is served, and that it ends well."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sphinxcontrib_tropes.tools import previews

from ...conftest import Site
from .conftest import GOOD
from .live import PATIENCE, Serve, Socket, clean_build, differences, serving


def builder_of(serve: Serve) -> int:
    """The process that builds."""
    children = Path(f"/proc/{serve.process.pid}/task/{serve.process.pid}/children")
    serve.wait(lambda: bool(children.read_text().split()), "the builder")
    return int(children.read_text().split()[0])


# -- builds that fail


@pytest.mark.parametrize(
    ("conf", "said"),
    [
        ("x = 1 +\n", r"invalid syntax"),
        ("raise ValueError('no such thing')\n", r"no such thing"),
        ('extensions = ["no_such_extension"]\n', r"Could not import extension no_such_extension"),
        ("import sys; sys.exit(3)\n", r"sys\.exit|exit code 3"),
    ],
)
def test_a_build_that_fails_leaves_the_last_good_pages_and_says_so(served, tmp_path, conf, said):
    socket = Socket(served, "/Humans.html")
    page = served.ask("/Humans.html").text
    before = len(served.said)
    (served.source / "conf.py").write_text(conf)
    told = socket.wait(lambda told: told.get("failure"))
    assert re.search(said, told["failure"]["text"])
    assert re.search(said, served.said[before:])
    assert "the pages of the last build stay" in served.said
    assert served.ask("/Humans.html").text == page
    # the next good edit mends it
    served.settle(lambda: (served.source / "conf.py").write_text(GOOD))
    assert socket.wait(lambda told: "failure" in told)["failure"] is None
    assert not differences(served.out, clean_build(served.source, tmp_path / "clean"))


def test_what_failed_has_its_file_and_line(served):
    before = len(served.said)
    (served.source / "conf.py").write_text(f"{GOOD}\n\ndef setup(app):\n    1 / 0\n")
    served.wait_said(r"conf\.py:8: .*division by zero", before)


def test_a_project_that_is_wrong_from_the_start_is_served_once_it_is_mended(project):
    (project / "conf.py").write_text("x = (\n")
    with serving(project) as serve:
        serve.wait_said("never closed")
        assert serve.ask("/").status == 503
        serve.settle(lambda: (project / "conf.py").write_text(GOOD))
        assert "<title>Wiki" in serve.ask("/").text


FRAGILE = """
def setup(app):
    def look(app, docname, text):
        if "fragile" in text[0]:
            raise RuntimeError("it broke")
    app.connect("source-read", look)
"""


def test_an_extension_that_fails_on_a_page_is_told_and_mended(project, tmp_path):
    (project / "conf.py").write_text(GOOD + FRAGILE)
    with serving(project) as serve:
        serve.wait_said("built in")
        before = len(serve.said)
        (project / "Humans.trope").write_text("This is fragile.\n")
        serve.wait_said("it broke", before)
        serve.settle(lambda: (project / "Humans.trope").write_text("This is not.\n"))
        assert not differences(serve.out, clean_build(project, tmp_path / "clean"))


# -- the configuration and its code


def test_a_new_configuration_changes_every_page(served, tmp_path):
    served.settle(
        lambda: (served.source / "conf.py").write_text(f'{GOOD}html_title = "New words"\n')
    )
    assert "New words" in served.ask("/Humans.html").text
    assert not differences(served.out, clean_build(served.source, tmp_path / "clean"))


def test_a_module_beside_conf_py_is_loaded_again(project, tmp_path):
    (project / "mine.py").write_text("WORDS = 'Old words'\n")
    more = "import sys; sys.path.insert(0, '.')\nimport mine\nhtml_title = mine.WORDS\n"
    (project / "conf.py").write_text(GOOD + more.replace("'.'", repr(str(project))))
    with serving(project) as serve:
        serve.wait_said("built in")
        serve.settle(lambda: (project / "mine.py").write_text("WORDS = 'New words'\n"))
        assert "New words" in serve.ask("/Humans.html").text
        assert not differences(serve.out, clean_build(project, tmp_path / "clean"))


def test_templates_static_files_and_pictures_are_followed(project, tmp_path):
    files = {
        "_templates/layout.html": '{% extends "!layout.html" %}{% block footer %}One{% endblock %}',
        "_static/mine.css": "p { color: red }",
        "pictures/one two.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
        "part.txt": "Included.\n",
        "more.rst": "More\n====\n\n.. image:: pictures/one\\ two.svg\n\n.. include:: part.txt\n",
    }
    for name, text in files.items():
        (project / name).parent.mkdir(exist_ok=True)
        (project / name).write_text(text)
    conf = GOOD + 'templates_path = ["_templates"]\nhtml_static_path = ["_static"]\n'
    (project / "conf.py").write_text(conf + 'html_css_files = ["mine.css"]\n')
    edits = {
        "_templates/layout.html": files["_templates/layout.html"].replace("One", "Two"),
        "_static/mine.css": "p { color: blue }",
        "pictures/one two.svg": "<svg xmlns='http://www.w3.org/2000/svg'><g/></svg>",
        "part.txt": "Included anew.\n",
    }
    with serving(project) as serve:
        serve.wait_said("built in")
        for name, text in edits.items():
            socket = Socket(serve, "/more.html")
            serve.settle(lambda name=name, text=text: (project / name).write_text(text))
            socket.wait(lambda told: "reload" in told)
            socket.close()
            assert not differences(serve.out, clean_build(project, tmp_path / "clean")), name


LOOP = """
import time
from pathlib import Path
def setup(app):
    def write(app):
        Path(app.srcdir, "made.trope").write_text(f"Made at {time.time()}.\\n")
    app.connect("env-before-read-docs", lambda app, env, names: write(app))
    write(app)
"""


def test_an_extension_that_writes_sources_does_not_build_without_end(project):
    (project / "conf.py").write_text(GOOD + LOOP)
    with serving(project) as serve:
        serve.wait_said(r"made\.trope is written by every build")
        time.sleep(2)
        builds = serve.said.count("built in")
        time.sleep(3)
        assert serve.said.count("built in") == builds
        assert serve.said.count("is written by every build") == 1
        serve.settle(lambda: (project / "Humans.trope").write_text("By hand.\n"))
        assert "By hand" in serve.ask("/Humans.html").text


# -- the machine


def test_a_builder_that_is_killed_is_replaced(served, tmp_path):
    os.kill(builder_of(served), signal.SIGKILL)
    served.settle(lambda: (served.source / "Humans.trope").write_text("After that.\n"))
    assert "After that" in served.ask("/Humans.html").text
    assert not differences(served.out, clean_build(served.source, tmp_path / "clean"))


def test_the_source_folder_may_vanish_and_come_back(own, tmp_path):
    away = tmp_path / "away"
    page = Socket(own, "/Humans.html")
    own.source.rename(away)
    own.wait_said(r"is gone; waiting for it to come back\n")
    time.sleep(1.5)
    assert own.said.count("is gone") == 1
    (away / "Humans.trope").write_text("Changed meanwhile.\n")
    before = len(own.said)
    away.rename(own.source)
    own.wait_said(r"is back\n", before)
    own.wait_said(r"built in", before)
    page.wait(lambda told: "reload" in told)
    assert "Changed meanwhile" in own.ask("/Humans.html").text
    assert not differences(own.out, clean_build(own.source, tmp_path / "clean"))
    # and it is watched again
    own.settle(lambda: (own.source / "Humans.trope").write_text("And again.\n"))


FULL = """
import errno, pathlib
def setup(app):
    real = pathlib.Path.write_text
    def write_text(self, *args, **named):
        if pathlib.Path({flag!r}).exists() and self.suffix == ".html":
            raise OSError(errno.ENOSPC, "No space left on device", str(self))
        return real(self, *args, **named)
    pathlib.Path.write_text = write_text
"""


def test_a_full_disk_is_told_and_mended(project, tmp_path):
    flag = tmp_path / "full"
    (project / "conf.py").write_text(GOOD + FULL.format(flag=str(flag)))
    with serving(project) as serve:
        serve.wait_said("built in")
        flag.touch()
        page = project / "Humans.trope"
        before = len(serve.said)
        page.write_text("Words of {{Never Written}} while the disk is full.\n")
        serve.wait_said("No space left on device", before)
        flag.unlink()
        before = len(serve.said)
        (project / "abE.trope").write_text("There is space again.\n")
        serve.wait_said(r"built in [\d.]+ s\n", before)
        assert not differences(serve.out, clean_build(project, tmp_path / "clean"))


# -- the start and the end


def test_a_port_that_is_in_use_is_one_sentence(project):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        command = [sys.executable, "-m", "sphinxcontrib_tropes.tools.cli", "serve", str(project)]
        done = subprocess.run(
            [*command, "--port", str(port)], check=False, capture_output=True, text=True
        )
    assert done.returncode == 2
    assert re.fullmatch(
        rf"Error: cannot listen on port {port}: .*; leave out --port to take a free one\n",
        done.stderr,
    )


def test_without_a_port_the_next_free_one_is_taken(project):
    with serving(project) as one, serving(project, project.parent / "out") as other:
        assert one.port != other.port


@pytest.mark.parametrize("is_built", [False, True])
def test_ctrl_c_ends_at_once_and_the_next_build_goes_on(project, tmp_path, is_built):
    serve = Serve(project)
    if is_built:
        serve.wait_said("built in")
        serve.settle(lambda: (project / "abE.trope").write_text("Of {{Never Written}}.\n"))
    builder = builder_of(serve)
    since = time.monotonic()
    assert serve.end() == 0
    assert time.monotonic() - since < 2
    assert "Traceback" not in serve.said
    with pytest.raises(ProcessLookupError):
        os.kill(builder, 0)
    (project / "Humans.trope").write_text("After the end.\n")
    subprocess.run(
        [sys.executable, "-m", "sphinx", "-q", "-b", "html", project, serve.out], check=True
    )
    assert not differences(serve.out, clean_build(project, tmp_path / "clean"))


def test_a_server_that_is_killed_leaves_no_builder(own):
    builder = builder_of(own)
    own.process.kill()
    own.process.wait()
    end = time.monotonic() + PATIENCE
    while Path(f"/proc/{builder}").exists():
        assert time.monotonic() < end
        time.sleep(0.05)
    assert previews.find(own.source) is None


def test_what_is_missing_is_one_sentence(tmp_path):
    code = (
        "import sys; sys.modules['watchfiles'] = None\n"
        "from sphinxcontrib_tropes.tools.cli import main; main()"
    )
    Site(tmp_path)
    done = subprocess.run(
        [sys.executable, "-c", code, "serve", tmp_path / "source"],
        check=False, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr == (
        "Error: serve needs watchfiles: pip install 'sphinxcontrib-tropes[serve]'\n"
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere"], "no conf.py in"),
        ([".", "."], "it holds the sources"),
        ([".", "-D", "x"], "x is not NAME=VALUE"),
        ([".", "--port", "70000"], "70000"),
    ],
)
def test_what_cannot_be_served_is_one_sentence(project, arguments, said):
    done = subprocess.run(
        [sys.executable, "-m", "sphinxcontrib_tropes.tools.cli", "serve", *arguments],
        check=False, capture_output=True, text=True, cwd=project,
    )  # fmt: skip
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
