"""Rules for templates: the user says what becomes of each."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from .shared import pages_in

PAGE = (
    "A {{Spoiler|he '''did''' it}} and {{External|x}}; {{O'Neill & \"Co\"|1}}.\n\n"
    "{{Box\n|a=1\n|b=[[Two]]\n|c=3}}\n{{Spoiler|more}}\n"
)


@pytest.fixture
def wiki(source):
    return source({"P.mediawiki": PAGE, "Q.mediawiki": "{{External|y}}"})


def test_every_template_is_in_the_file_of_rules_with_its_uses_and_what_is_made_of_it(
    run, wiki, tmp_path
):
    run("import", wiki, tmp_path / "wiki", "-j", 1)
    lines = (tmp_path / "wiki" / "import-rules.toml").read_text().splitlines()
    assert '#"Spoiler" = "[[spoiler:$1]]"  # 2 uses on 1 pages' in lines
    assert any(line.startswith('#"External" = ') and "2 uses on 2 pages" in line for line in lines)
    assert any(line.startswith('#"O\'Neill & \\"Co\\"" = ') for line in lines)


def test_an_edited_rule_counts_when_the_import_runs_again_and_stays_in_the_file(
    run, wiki, tmp_path
):
    run("import", wiki, tmp_path / "wiki", "-j", 1)
    file = tmp_path / "wiki" / "import-rules.toml"
    mine = '"spoiler" = "(covered: [[spoiler:$1]])"\n"External" = ""\n"Box" = "a is $a, b is $b"\n'
    file.write_text(file.read_text() + mine)
    assert run("import", wiki, tmp_path / "wiki", "-j", 1).exit_code == 0
    page = pages_in(tmp_path / "wiki")["Main/P.trope"].decode()
    assert "A (covered: [[spoiler:he '''did''' it]]) and ;" in page
    assert "a is 1, b is {{Two}}" in page
    assert file.read_text().endswith(mine)
    (wiki / "R.mediawiki").write_text("{{New one}}")
    run("import", wiki, tmp_path / "wiki", "-j", 1)
    assert mine in file.read_text()
    assert '#"New one" = ""  # 1 uses on 1 pages' in file.read_text()


@pytest.mark.parametrize("text", ["a = [", "a = 1", '"a" = "b"\n"a" = "c"', "\udcff", "= x"])
def test_a_file_of_rules_that_is_wrong_is_a_refusal_with_its_place(run, wiki, tmp_path, text):
    rules = tmp_path / "rules.toml"
    rules.write_bytes(text.encode("utf-8", "surrogateescape"))
    said = run("import", wiki, tmp_path / "wiki", "-j", 1, "--rules", rules)
    assert said.exit_code == 2
    assert f"cannot read {rules}" in said.stderr
    assert not (tmp_path / "wiki").exists()


def test_a_file_of_rules_elsewhere_may_be_a_link(run, wiki, tmp_path):
    (tmp_path / "real.toml").write_text('"Box" = ""\n')
    (tmp_path / "link.toml").symlink_to("real.toml")
    rules = tmp_path / "link.toml"
    assert run("import", wiki, tmp_path / "wiki", "-j", 1, "--rules", rules).exit_code == 0
    assert rules.is_symlink()
    assert '#"Spoiler" = ' in (tmp_path / "real.toml").read_text()


def test_a_file_of_rules_may_be_on_another_disk(run, wiki, tmp_path, monkeypatch):
    rename = Path.replace

    def replace(path, target):
        if Path(path).parent != Path(target).parent and Path(target).suffix == ".toml":
            raise OSError(errno.EXDEV, "Invalid cross-device link")
        return rename(path, target)

    monkeypatch.setattr(Path, "replace", replace)
    rules = tmp_path / "rules.toml"
    rules.write_text("")
    said = run("import", wiki, tmp_path / "wiki", "-j", 1, "--rules", rules)
    assert said.exit_code == 0, said.stderr
    assert '#"Spoiler" = ' in rules.read_text()
