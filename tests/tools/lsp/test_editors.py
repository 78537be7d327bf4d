"""Editors of Debian, without a screen, with the clients that they bring."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ...readers.conftest import need
from .conftest import write

SERVER = [sys.executable, "-m", "sphinxcontrib_tropes.tools.cli", "lsp"]
FILES = {
    "conf.py": "extensions = ['sphinxcontrib_tropes']\n",
    "A.trope": "é🎭 {{Chekhov's Gun}} and {{Red Hering}}.\n!! Part\nx\n",
    "ChekhovsGun.trope": "(:laconic It goes off.:)\nSee {{Red Herring}}.\n",
    "RedHerring.trope": "It is no {{Chekhovs Gun}} at all.\n",
}


def run(command: list[str], folder: Path, **environment: str) -> str:
    done = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, "SERVER": "\n".join(SERVER), **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
        timeout=300,
    )
    return done.stdout + done.stderr


def test_neovim_does_all_of_it(tmp_path):
    need("nvim")
    folder, result = write(tmp_path / "wiki", FILES), tmp_path / "result.json"
    script = Path(__file__).with_name("neovim.lua")
    command = ["nvim", "--headless", "-u", "NONE", "-i", "NONE", "-n", "-S", str(script), "A.trope"]
    printed = run(command, folder, RESULT=str(result), HOME=str(tmp_path))
    assert result.exists(), printed
    found = json.loads(result.read_text("utf-8"))
    assert found.pop("failure", None) is None, printed
    assert found["lens"] == "referenced by nobody"
    assert found["red"] == [0, 29, 43, "Red Hering does not exist; did you mean Red Herring?"]
    assert found["completed"] == "é🎭 {{Chekhovs Gun}}"
    assert "It goes off" in found["hover"]
    assert found["definition"] == "ChekhovsGun.trope"
    assert [place[:2] for place in found["references"]] == [
        ["A.trope", 1], ["A.trope", 4], ["RedHerring.trope", 1],
    ]  # fmt: skip
    assert found["references"][2][3] == "It is no {{Chekhovs Gun}} at all."
    assert found["actions"][:2] == ["Did you mean Red Herring?", "Create the page Red Hering"]
    assert found["mended"] == "é🎭 {{Chekhov's Gun}} and {{Red Herring}}."
    assert found["created"][0] == "Brand New is"
    assert found["folds"] == 1
    assert found["symbols"] == "Chekhovs Gun"
    assert found["renamed"] == "é🎭 {{Loaded Gun}}"
    assert found["moved"] == 1
    assert "already a" in found["refused"]


def has_eglot() -> bool:
    if not shutil.which("emacs"):
        return False
    return not subprocess.run(
        ["emacs", "-q", "--batch", "--eval", "(progn (require 'package) (package-initialize) (require 'eglot))"],
        capture_output=True,
        check=False,
    ).returncode  # fmt: skip


def test_emacs_does_what_eglot_can(tmp_path):
    need("emacs")
    if not has_eglot():
        pytest.skip("this Emacs has no eglot: install elpa-eglot, or Emacs 29")
    folder, result = write(tmp_path / "wiki", FILES), tmp_path / "result.json"
    script = Path(__file__).with_name("eglot.el")
    command = ["emacs", "-q", "--batch", "-l", str(script)]
    printed = run(command, folder, RESULT=str(result), HOME=str(tmp_path))
    assert result.exists(), printed
    found = json.loads(result.read_text("utf-8"))
    assert found["diagnostics"][0].endswith("Red Hering does not exist; did you mean Red Herring?")
    assert found["definition"] == "ChekhovsGun.trope"
    assert found["references"] == 2
    assert "It goes off" in found["hover"]
    assert "can't move ChekhovsGun.trope" in found["refused"]
    assert found["renamed"].startswith("é🎭 {{Chekhov's Gun}} and {{Loaded Gun}}.")
