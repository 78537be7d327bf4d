"""What all commands promise."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from sphinxcontrib_tropes.tools.cli.command import sphinx_tropes

WITHOUT = """
import sys
sys.modules[{name!r}] = None
from sphinxcontrib_tropes.tools.cli import main
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
        [sys.executable, "-m", "sphinxcontrib_tropes.tools.cli", "--version"],
        check=False,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout.split()[0]) == (0, "sphinx-tropes")


LOADED = """
import contextlib, io, sys
from sphinxcontrib_tropes.tools.cli import main
with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):
    main()
print(*{"sphinx", "docutils", "regex"} & sys.modules.keys())
"""


@pytest.mark.parametrize(
    ("arguments", "loaded"),
    [
        (["--help"], ""),
        (["--version"], ""),
        (["check", "--help"], ""),
        (["serve", "--help"], ""),
        (["diff", "a.json", "a.json"], "regex"),
        (["new", "wiki"], "docutils"),
    ],
)
def test_what_needs_no_sphinx_does_not_load_it(tmp_path, arguments, loaded):
    (tmp_path / "a.json").write_text('{"version": 1, "pages": [], "wanted": [], "links": []}')
    said = subprocess.run(
        [sys.executable, "-c", LOADED, *arguments],
        check=True,
        capture_output=True,
        text=True,
        cwd=tmp_path,
    )
    assert said.stdout.strip() == loaded


@pytest.mark.parametrize("name", sorted(sphinx_tropes.commands))
def test_help_shows_an_example_and_the_exit_codes(run, name):
    said = run(name, "--help").output
    assert "Example" in said
    assert f"sphinx-tropes {name}" in said.partition("Example")[2]
    assert "Exit codes:" in said


def test_what_no_command_takes_is_exit_code_2(run):
    assert run("no-such-command").exit_code == 2


HOSTILE = {
    "conf.py": b'extensions = ["sphinxcontrib_tropes", "myst_parser"]\n',
    "OldName.trope": b"x\n",
    "Utf16.trope": "OldName".encode("utf-16"),
    "Bytes.trope": bytes(range(256)) * 8,
    "Controls.trope": b"Old\0Name \x1b[31m {{Old\x07Name}}\x85\xe2\x80\xa8OldName\r\rOldName\r\n",
    "Deep.trope": b"[[spoiler:" * 2000 + b"OldName" + b"]]" * 2000,
    "Many.trope": b"{{Old Name" * 2000 + b"|| OldName ||" * 500 + b"[[folder:" * 500,
    "Empty.trope": b"",
    "\u202eOld\u2066 .trope": b"{{\xe2\x80\xae}} [[Old [=Name=]]]\n",
    "G.md": b"# G\n\n{trope}`OldName`" + b"```{trope}\n" * 200,
    "H.rst": b"H\n=\n\n:trope:`OldName`"
    + b":trope:`" * 300
    + b"\n\n.. trope:: {{{\n   :aliases: ,,\n",
    "Bytes.rst": bytes(range(128, 256)),
}
BROKEN_CONF = {
    "syntax": b"extensions = [\n",
    "raises": b"raise ValueError('\\x1b[31m')\n",
    "nul": b"x = 1\0",
    "missing": b"extensions = ['no_such_extension']\n",
    "exits": b"import sys; sys.exit(7)\n",
    "not_ours": b"extensions = []\n",
}


def commands(folder, out):
    source = folder / "source"
    pages = sorted(path for path in source.iterdir() if path.suffix in (".trope", ".rst", ".md"))
    return {
        "check": ("check", source, "-q", "-j", 1),
        "baseline": ("check", source, "-q", "--write-baseline", out / "health.json"),
        "rename": ("rename", "OldName", "NewName", "-s", source),
        "rename others": ("rename", "OldName", "Film/Ł'Ω 9", "-s", source, "--one-way"),
        "suggest": ("suggest", source, "-q"),
        "to rst": ("convert", *pages, "--to", "rst", "-s", source),
        "to myst": ("convert", *pages, "--to", "myst", "-s", source),
        "to trope": ("convert", *pages, "--to", "trope", "-s", source),
        "export": ("export", source, "-o", out / "tropes.json"),
        "facts": ("facts", source, "-q", "-o", out / "x.facts", "--data", out / "y.json"),
        "diff": ("diff", source / "conf.py", source),
        "import": ("import", source, out / "wiki", "-j", 1),
    }


COMMANDS = ["check", "baseline", "rename", "rename others", "suggest", "to rst", "to myst", "to trope",
            "export", "facts", "diff", "import"]  # fmt: skip


@pytest.mark.parametrize("name", COMMANDS)
def test_hostile_sources_get_a_result_or_one_sentence(run, site, tmp_path_factory, name):
    site.write(HOSTILE)
    said = run(*commands(site.root, tmp_path_factory.mktemp("out"))[name])
    assert said.exit_code in (0, 1, 2)
    assert "Traceback" not in said.output


@pytest.mark.parametrize("name", [name for name in COMMANDS if name not in ("diff", "import")])
def test_a_file_whose_name_is_no_text_gets_a_result_or_one_sentence(
    run, site, tmp_path_factory, name
):
    site.write({"OldName.trope": "x\n"})
    (site.source / os.fsdecode(b"na\xefve.trope")).write_text("OldName\n")
    said = run(*commands(site.root, tmp_path_factory.mktemp("out"))[name])
    assert said.exit_code in (0, 1, 2)
    if said.exit_code == 2 and "already" not in said.stderr:  # in the markup it is to become
        assert "is not UTF-8" in said.stderr


@pytest.mark.parametrize("conf", BROKEN_CONF)
@pytest.mark.parametrize("name", ["check", "rename", "suggest", "to rst", "export", "facts"])
def test_a_broken_configuration_is_a_refusal(run, site, tmp_path_factory, conf, name):
    site.write({"conf.py": BROKEN_CONF[conf], "OldName.trope": "x\n"})
    said = run(*commands(site.root, tmp_path_factory.mktemp("out"))[name])
    assert said.exit_code == 2
    assert "conf" in said.stderr or "no_such_extension" in said.stderr


def test_a_disk_that_fails_is_one_sentence(run, site, monkeypatch):
    site.write({"OldName.trope": "x\n"})

    def full(*given, **more):
        raise OSError(28, "No space left on device", "/there/x.json")

    monkeypatch.setattr("sphinxcontrib_tropes.tools.cli.check.write_atomic", full)
    said = run("check", site.source, "-q", "--write-baseline", site.root / "x.json")
    assert said.exit_code == 2
    assert "No space left on device" in said.stderr
