"""What all commands promise."""

from __future__ import annotations

import subprocess
import sys

import pytest

from sphinxcontrib_tropes.cli.command import sphinx_tropes

WITHOUT = """
import sys
sys.modules[{name!r}] = None
from sphinxcontrib_tropes.cli import main
main()
"""


@pytest.mark.parametrize("name", ["click", "rich"])
def test_without_the_extra_one_sentence_says_what_to_install(name):
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT.format(name=name)],
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 2
    assert done.stderr == (f"sphinx-tropes needs {name}: pip install 'sphinxcontrib-tropes[cli]'\n")


def test_the_module_is_the_command():
    done = subprocess.run(
        [sys.executable, "-m", "sphinxcontrib_tropes.cli", "--version"],
        check=False,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout.split()[0]) == (0, "sphinx-tropes")


@pytest.mark.parametrize("name", sorted(sphinx_tropes.commands))
def test_help_shows_an_example_and_the_exit_codes(run, name):
    said = run(name, "--help").output
    assert "Example" in said
    assert f"sphinx-tropes {name}" in said.partition("Example")[2]
    assert "Exit codes:" in said


def test_what_no_command_takes_is_exit_code_2(run):
    assert run("no-such-command").exit_code == 2
