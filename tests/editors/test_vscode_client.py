"""The packed extension for VS Code, run with the real server and a stand-in for the editor: VS Code
itself is not here. It needs npm.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import threading
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from sphinxcontrib_tropes.tools.previews import announce

from ..conftest import ROOT

NODE = shutil.which("node")
pytestmark = pytest.mark.skipif(
    NODE is None or shutil.which("npm") is None or os.name != "posix", reason="needs npm"
)
CLIENT = ROOT / "editors" / "vscode" / "client"
RUNS = Path(__file__).parent / "vscode_runs.cjs"
FILES = {
    "conf.py": "extensions = ['sphinxcontrib_tropes']\nopen('was-run', 'w').close()\n",
    "index.rst": "X\n=\n\nSee :trope:`Red Herring`.\n",
    "RedHerring.trope": "(:laconic A clue.:)\nIt leads astray.\n",
    "A.trope": "é🎭 {{Red Herring}} and {{Red Hering}}.\n",
    "Film/Été Noir.trope": "{{A}} is in it.\n",
}
PROBLEMS = ["Red Hering does not exist; did you mean Red Herring?"]


@pytest.fixture(scope="module")
def vsix(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("vsix")
    command = ["make", "vsix", f"VSIX={folder}/"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (file,) = folder.glob("*.vsix")
    return file


@pytest.fixture(scope="module")
def bundle(vsix) -> Path:
    with zipfile.ZipFile(vsix) as package:
        package.extractall(vsix.parent)
    return vsix.parent / "extension" / "dist" / "extension.js"


class Window:
    """A window of the editor with a wiki."""

    def __init__(self, folder: Path, bundle: Path) -> None:
        self.bundle = bundle
        self.wiki = folder / "wiki"
        for name, text in FILES.items():
            file = self.wiki / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf-8")
        self.runtime = folder / "runtime"
        self.runtime.mkdir()
        self.installed = folder / "bin"
        self.add_program(self.installed / "sphinx-tropes")
        self.path = f"{self.installed}:{os.defpath}"

    def add_program(self, file: Path, script: str = "") -> Path:
        command = [sys.executable, "-m", "sphinxcontrib_tropes.tools.cli"]
        file.parent.mkdir(parents=True, exist_ok=True)
        exports = f"export PYTHONPATH={shlex.quote(str(ROOT))}\n"
        file.write_text(f'#!/bin/sh\n{script or exports + "exec " + shlex.join(command)} "$@"\n')
        file.chmod(0o755)
        return file

    def run(
        self,
        name: str,
        *,
        trusted: bool = True,
        settings: dict[str, object] | None = None,
        commands: tuple[str, ...] = ("simpleBrowser.api.open",),
        **env: str,
    ) -> dict[str, Any]:
        """What comes of a run of ``vscode_runs.cjs``."""
        given = {
            "folder": str(self.wiki),
            "isTrusted": trusted,
            "settings": settings or {},
            "commands": commands,
        }
        env = {
            **os.environ,
            "PATH": self.path,
            "XDG_RUNTIME_DIR": str(self.runtime),
            "XDG_CACHE_HOME": str(self.runtime / "cache"),
            "STAND_IN": json.dumps(given),
            **env,
        }
        assert NODE is not None
        done = subprocess.run(
            [NODE, str(RUNS), str(self.bundle), name],
            env=env,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def told(self, **options: Any) -> str:
        (message,) = self.run("messages", **options)["messages"]
        return message["sentence"]


@pytest.fixture
def window(tmp_path, bundle) -> Window:
    return Window(tmp_path, bundle)


# -- the package


def test_the_package_contains_what_is_used_and_nothing_else(vsix) -> None:
    with zipfile.ZipFile(vsix) as package:
        names = {name.lower() for name in package.namelist()}
    packed = {re.sub(r"license(\.\w+)?$", "license", name) for name in names}
    files = ["license", "readme.md", "package.json", "language-configuration.json"]
    files += ["dist/extension.js", "dist/notice.txt", "snippets/trope.json"]
    files += [f"syntaxes/trope{where}.tmlanguage.json" for where in ("", "-in-markdown", "-in-rst")]
    assert packed == {f"extension/{file}" for file in files} | {
        "[content_types].xml",
        "extension.vsixmanifest",
    }
    assert vsix.stat().st_size < 120_000


def test_what_is_bundled_is_named_with_its_licence(bundle) -> None:
    line = re.compile(r"^[@\w/-]+ \d+\.\d+\.\d+ \([\w.-]+\)$", re.MULTILINE)
    bundled = line.findall((bundle.parent / "NOTICE.txt").read_text("utf-8"))
    assert "vscode-languageclient 9.0.1 (MIT)" in bundled
    assert sorted(bundled) == line.findall((ROOT / "NOTICE").read_text("utf-8"))


# -- the server


def test_the_server_answers_in_the_editor(window) -> None:
    came = window.run("features")
    assert came["diagnostics"] == PROBLEMS
    assert "Red Herring" in came["labels"]
    # the lens above a page shows who refers to it
    assert came["title"] == "referenced by 2"
    assert came["isConverted"]
    assert came["places"] == [
        ["A.trope", {"line": 0, "character": 4}],
        ["index.rst", {"line": 3, "character": 12}],
    ]


def test_conf_py_is_run_once_the_folder_is_trusted(window) -> None:
    came = window.run("trust", trusted=False)
    assert "conf.py was not run" in came["before"]
    assert came["wasRunBefore"] is False
    assert (window.wiki / "was-run").exists()
    assert came["diagnostics"] == PROBLEMS
    assert came["after"] == []


def test_restarts_at_the_same_time_leave_one_server(window) -> None:
    assert window.run("restart") == {"isOne": True, "messages": []}


def test_a_server_that_crashes_is_started_again(window) -> None:
    assert window.run("crash") == {"diagnostics": PROBLEMS, "messages": []}


def test_in_a_folder_without_a_wiki_nothing_is_started_or_said(window) -> None:
    for name in FILES:
        (window.wiki / name).unlink()
    (window.wiki / "conf.py").write_text("extensions = []\n")
    window.path = os.defpath
    assert window.run("nothing") == {"messages": [], "log": ""}


# -- which program


def test_that_of_the_folder_comes_before_that_of_path(window) -> None:
    window.add_program(window.installed / "sphinx-tropes", "exit 3 #")
    window.add_program(window.wiki / ".venv" / "bin" / "sphinx-tropes")
    assert window.run("features")["diagnostics"] == PROBLEMS


def test_nothing_in_a_folder_that_is_not_trusted_is_run(window) -> None:
    marker = window.wiki / "was-run"
    own = window.add_program(window.wiki / ".venv" / "bin" / "sphinx-tropes", f"touch {marker} #")
    window.add_program(window.wiki / "sphinx-tropes", f"touch {marker} #")
    window.path = f".:{os.defpath}"
    assert "only if you trust this folder" in window.told(trusted=False)
    command = ["${workspaceFolder}/" + own.relative_to(window.wiki).as_posix()]
    settings = {"tropes.command": command}
    assert "is not trusted" in window.told(trusted=False, settings=settings)
    assert not marker.exists()


def test_the_setting_says_which_program(window) -> None:
    window.add_program(window.wiki / "tools" / "run it")
    window.path = os.defpath
    assert "it is not on PATH. To install it: pip install 'sphinxcontrib-tropes[lsp,serve]'" in (
        window.told()
    )
    chosen = json.dumps(["${workspaceFolder}/tools/run it"])
    assert window.run("configure", NEXT=chosen)["diagnostics"] == PROBLEMS


def test_a_program_that_never_answers_does_not_keep_the_next_from_starting(window) -> None:
    silent = window.add_program(window.installed / "silent", "exec sleep 600 #")
    settings = {"tropes.command": [str(silent)]}
    chosen = json.dumps([str(window.installed / "sphinx-tropes")])
    came = window.run("silent", settings=settings, NEXT=chosen)
    assert came == {"diagnostics": PROBLEMS, "messages": []}


def test_the_pip_command_can_be_copied(window) -> None:
    window.path = os.defpath
    copied = "pip install 'sphinxcontrib-tropes[lsp,serve]'"
    assert window.told(CHOSEN="Copy pip command", COPIED=copied).endswith(copied)


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("echo 'Error: lsp needs pygls: pip install x' >&2; exit 2 #", "lsp needs pygls"),
        ("echo not a server; exit 0 #", ""),
    ],
)
def test_a_server_that_does_not_start_is_told_once_with_its_reason(window, script, reason) -> None:
    program = window.add_program(window.installed / "other", script)
    told = window.told(settings={"tropes.command": [str(program)]})
    assert told.startswith(f"sphinx-tropes can't be started: {reason}")
    assert told.count("pip install") == 1


def test_a_program_that_is_missing_is_told(window) -> None:
    told = window.told(settings={"tropes.command": ["/nowhere/sphinx-tropes"]})
    assert "ENOENT" in told
    assert "no-such is not on PATH" in window.told(
        settings={"tropes.command": ["no-such"]}
    ).replace(", of the setting tropes.command,", "")


# -- the preview


def test_the_preview_is_started_and_shows_the_page_that_is_edited(window) -> None:
    pytest.importorskip("starlette")
    pytest.importorskip("watchfiles")
    came = window.run("preview", OPENED="Film/Été Noir.trope")
    (opened,) = came["first"]
    assert re.fullmatch(
        r"http://127\.0\.0\.1:\d+/Film/%C3%89t%C3%A9%20Noir\.html", opened["address"]
    )
    assert opened["rest"] == [{"viewColumn": -2, "preserveFocus": True}]
    assert "is in it" in came["page"]
    assert came["again"] == came["first"]
    assert came["messages"] == []


class _Pages(BaseHTTPRequestHandler):
    """A preview that has one page."""

    def do_GET(self) -> None:
        self.send_response(200 if self.path in ("/", "/A/") else 404)
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(b"<html></html>")

    def do_HEAD(self) -> None:
        self.do_GET()

    def log_message(self, *_args: object) -> None:
        pass


@pytest.fixture
def running(window, monkeypatch):
    """The port of a preview of the window's wiki that runs already; no program is on PATH."""
    window.path = os.defpath
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(window.runtime))
    with ThreadingHTTPServer(("127.0.0.1", 0), _Pages) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with announce(window.wiki, server.server_port, "secret"):
            yield server.server_port
        server.shutdown()


@pytest.mark.parametrize(
    ("commands", "used"),
    [
        (("simpleBrowser.api.open", "simpleBrowser.show"), "simpleBrowser.api.open"),
        (("simpleBrowser.show",), "simpleBrowser.show"),
        ((), "openExternal"),
    ],
)
def test_a_preview_that_runs_is_shown_by_what_the_editor_has(
    window, running, commands, used
) -> None:
    came = window.run("preview", commands=commands)
    assert [opened["name"] for opened in came["first"]] == [used]
    assert came["first"][0]["address"] == f"http://127.0.0.1:{running}/A/"


def test_a_source_without_a_page_leads_to_the_front_page(window, running) -> None:
    came = window.run("preview", OPENED="conf.py")
    assert came["first"][0]["address"] == f"http://127.0.0.1:{running}/"


def test_a_preview_that_cannot_start_tells_why(window) -> None:
    window.add_program(
        window.installed / "sphinx-tropes",
        "echo 'Error: serve needs starlette: pip install x' >&2; exit 2 #",
    )
    came = window.run("preview")
    assert came["first"] == []
    told = {message["sentence"] for message in came["messages"]}
    assert told == {"sphinx-tropes can't be started: serve needs starlette: pip install x"}


def test_a_folder_that_is_not_trusted_has_no_preview(window) -> None:
    came = window.run("preview", trusted=False)
    assert came["first"] == []
    told = [message["sentence"] for message in came["messages"]]
    assert "The preview runs conf.py, which is code: trust this folder first." in told


# -- previews that run


def port_of(source: Path) -> int | None:
    script = "require(process.argv[1]).findPort(process.argv[2]).then((p) => console.log(p ?? ''))"
    module = str(CLIENT / "running_previews.js")
    command = [str(NODE), "-e", script, module, str(source)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return int(done.stdout) if done.stdout.strip() else None


@pytest.mark.parametrize("variable", ["XDG_RUNTIME_DIR", "TMPDIR"])
def test_the_file_of_a_preview_is_found_where_python_leaves_it(
    running, window, tmp_path, monkeypatch, variable
) -> None:
    assert port_of(window.wiki) == running
    monkeypatch.delenv("XDG_RUNTIME_DIR")
    monkeypatch.setenv(variable, str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    assert port_of(window.wiki) is None
    with announce(window.wiki, running, "secret"):
        assert port_of(window.wiki) == running
        assert port_of(window.wiki / "Film") is None


def test_a_file_that_cannot_be_trusted_is_ignored(running, window) -> None:
    (file,) = (window.runtime / "sphinx-tropes").glob("*.json")
    said = json.loads(file.read_text())
    for wrong in (
        {**said, "process": 2**22 + 7},
        {**said, "port": "8000"},
        {**said, "port": 0},
        {**said, "source": 5},
        [],
        None,
    ):
        file.write_text(json.dumps(wrong))
        assert port_of(window.wiki) is None, wrong
    file.write_text("{")
    assert port_of(window.wiki) is None
    file.write_text(json.dumps(said))
    assert port_of(window.wiki) == running
    file.chmod(0o640)
    assert port_of(window.wiki) is None
    file.chmod(0o600)
    file.parent.chmod(0o755)
    assert port_of(window.wiki) is None
    file.parent.chmod(0o700)
    file.rename(window.runtime / "elsewhere.json")
    file.symlink_to(window.runtime / "elsewhere.json")
    assert port_of(window.wiki) is None
