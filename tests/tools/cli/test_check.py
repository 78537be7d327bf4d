"""``sphinx-tropes check``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

SICK = {
    "Alpha.trope": "Links to {{Nobody}} and to {{Beta#nowhere}}.\n",
    "Beta.trope": "[[redirect:Gamma]]\n",
    "Gamma.trope": "[[redirect:Delta]]\n",
    "Delta.trope": "A dead end. See [[Epsilon]].\n",
    "Circle.trope": "[[redirect:Round]]\n",
    "Round.trope": "[[redirect:Circle]]\n",
    "film/Alpha.trope": "* {{Delta}}: as told here.\n",
    "film/Epsilon.trope": "x\n",
    "series/Epsilon.trope": "x\n",
    "RomanceTropes.trope": "[[index]]\n* {{Alpha}}\n[[/index]]\n",
    "double.rst": "Double\n======\n\n.. trope:: Alpha\n\n   Again. {{Wanted Twice}}\n",
    "included.rst": "Included\n========\n\n.. trope-markup::\n\n   {{Wanted Twice}} [[spoiler:x\n",
}


@pytest.fixture
def sick(site):
    """A wiki in which everything is wrong."""
    return site.write(SICK)


def everything(folder):
    """Each file, with what it holds and when it was written."""
    return {
        path: (path.stat().st_mtime_ns, path.read_bytes() if path.is_file() else b"")
        for path in folder.rglob("*")
    }


def test_the_findings_are_those_of_the_health_builder(run, sick):
    report = json.loads((sick.build("tropes-health") / "health.json").read_text("utf-8"))
    said = run("check", "-q", "--format", "json", sick.source)
    assert said.exit_code == 0
    assert json.loads(said.output) == report
    assert len({finding["kind"] for finding in report["findings"]}) >= 9


def test_the_text_is_that_of_the_health_builder(run, sick):
    report = (sick.build("tropes-health") / "health.txt").read_text("utf-8")
    assert run("check", "-q", sick.source).output == report


def test_several_processes_find_the_same(run, sick):
    sick.write({f"P{number}.trope": "{{Nobody}}\n" for number in range(30)})
    one = run("check", "-q", "-j", 1, "--format", "json", sick.source)
    two = run("check", "-q", "-j", 2, "--format", "json", sick.source)
    assert one.output == two.output


def test_nothing_is_written_into_the_project(run, sick):
    sick.write(
        {
            "local.py": "def setup(app): pass\n",
            "conf.py": "import os, sys\nsys.path.insert(0, os.path.dirname(__file__))\n"
            'extensions = ["sphinxcontrib_tropes", "local"]\nlanguage = "de"\n'
            'locale_dirs = ["locale"]\n',
            "locale/de/LC_MESSAGES/Alpha.po": 'msgid "x"\nmsgstr "y"\n',
        }
    )
    before = everything(sick.root)
    assert run("check", "-q", sick.source).exit_code == 0
    assert everything(sick.root) == before


def test_warnings_of_sphinx_are_shown_unless_quiet(run, sick):
    assert "[[spoiler: is not closed" in run("check", sick.source).stderr
    assert run("check", "-q", sick.source).stderr == ""


def test_more_findings_than_the_threshold_fail(run, sick):
    count = len(json.loads(run("check", "-q", "--format", "json", sick.source).output)["findings"])
    said = run("check", "-q", "--threshold", count - 1, sick.source)
    assert said.exit_code == 1
    assert said.stderr == f"{count} new findings ({count - 1} allowed)\n"
    assert run("check", "-q", "--threshold", count, sick.source).exit_code == 0


def test_the_threshold_of_the_configuration_holds(run, sick):
    sick.write({"conf.py": 'extensions = ["sphinxcontrib_tropes"]\ntropes_health_threshold = 0\n'})
    assert run("check", "-q", sick.source).exit_code == 1
    assert run("check", "-q", "--threshold", -1, sick.source).exit_code == 0


def test_what_is_in_the_baseline_does_not_count(run, sick, tmp_path):
    baseline = tmp_path / "baseline.json"
    run("check", "-q", sick.source, "--write-baseline", baseline)
    gate = ("check", "-q", "--threshold", 0, "--baseline", baseline, sick.source)
    assert run(*gate).exit_code == 0
    sick.write({"Zeta.trope": "{{Yet Another}}\n"})
    said = run(*gate)
    assert said.exit_code == 1
    assert "Zeta.trope:1: wanted: Main/YetAnother\n" in said.output


def test_the_health_builder_reads_the_baseline(run, sick):
    run("check", "-q", sick.source, "--write-baseline", sick.source / "health.json")
    sick.build("tropes-health", tropes_health_threshold=0, tropes_health_baseline="health.json")
    assert "new findings" not in sick.warnings


def test_a_baseline_that_is_none_ends_the_command(run, sick):
    said = run("check", "-q", "--baseline", sick.source / "conf.py", sick.source)
    assert said.exit_code == 2
    assert said.stderr.startswith("Error: --baseline: 'conf.py' can't be read as a report")


def test_sarif_names_file_line_and_identity(run, sick, monkeypatch):
    monkeypatch.chdir(sick.root)
    log = json.loads(run("check", "-q", "--format", "sarif", "source").output)
    (ran,) = log["runs"]
    rules = [rule["id"] for rule in ran["tool"]["driver"]["rules"]]
    wanted = [result for result in ran["results"] if result["ruleId"] == "wanted"]
    places = [
        (
            result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"],
            result["locations"][0]["physicalLocation"]["region"]["startLine"],
            result["partialFingerprints"]["identity/v1"],
        )
        for result in wanted
    ]
    assert ("source/Alpha.trope", 1, "wanted Main/Nobody") in places
    assert all(rules[result["ruleIndex"]] == result["ruleId"] for result in ran["results"])
    assert {result["level"] for result in ran["results"]} <= {"error", "warning", "note"}
    assert all(Path(path).exists() for path, _, _ in places)


def test_sarif_has_what_its_schema_asks_for(run, sick, monkeypatch):
    monkeypatch.chdir(sick.root)
    log = json.loads(run("check", "-q", "--format", "sarif", "source").output)
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("sarif-2.1.0.json")
    (ran,) = log["runs"]
    assert ran["columnKind"] in ("utf16CodeUnits", "unicodeCodePoints")
    driver = ran["tool"]["driver"]
    assert driver["name"]
    assert len({rule["id"] for rule in driver["rules"]}) == len(driver["rules"])
    for result in ran["results"]:
        assert set(result) == {
            "ruleId", "ruleIndex", "level", "message", "locations", "partialFingerprints",
            "baselineState",
        }  # fmt: skip
        assert result["message"]["text"]
        assert result["baselineState"] in ("new", "unchanged", "updated", "absent")
        (location,) = result["locations"]
        place = location["physicalLocation"]
        assert place["region"]["startLine"] >= 1
        assert not place["artifactLocation"]["uri"].startswith(("/", ".."))


PLACES = {
    "markup": "\ufeffé\r\nx 🎭 [[{{+}} ''y'']] z\r\n",
    "wanted": "Seen. e\u0301\n* joined \\\n  to {{Nobody [=at=] all}}\n",
    "missing-section": "See [[Here#no part x]], [[Here # no-where|y]].\n",
    "duplicate": "x\n(:aliases {{Or This}}, here, z:)\n",
    "broken-redirect": "(:redirect [[{{Not There}}]]:)\n",
    "ambiguous": "[[Epsilon a ''label'']]\n",
}
ABOUT = {
    "markup": "[[{{+}}",
    "wanted": "{{Nobody [=at=] all}}",
    "missing-section": "no",
    "duplicate": "here",
    "broken-redirect": "{{Not There}}",
    "ambiguous": "Epsilon",
}


@pytest.mark.parametrize("kind", PLACES)
def test_sarif_has_the_columns_of_what_a_finding_is_about(run, site, kind):
    text = PLACES[kind]
    epsilons = {f"{space}/Epsilon.trope": "x\n" for space in ("film", "series")}
    site.write({"Page.trope": text, "Here.trope": "x\n", **epsilons})
    log = json.loads(run("check", "-q", "--format", "sarif", site.source).output)
    (ran,) = log["runs"]
    place = next(
        result["locations"][0]["physicalLocation"]["region"]
        for result in ran["results"]
        if result["ruleId"] == kind and "Page.trope" in str(result["locations"])
    )
    lines = text.removeprefix("\ufeff").split("\n")
    assert place["startLine"] == place["endLine"]
    line = lines[place["startLine"] - 1]
    assert line[place["startColumn"] - 1 : place["endColumn"] - 1] == ABOUT[kind]


def test_github_shows_findings_beside_their_lines(run, sick, monkeypatch):
    monkeypatch.chdir(sick.root)
    sick.write({"100%,a:b.trope": "{{Nobody Else}}\n"})
    said = run("check", "-q", "--format", "github", "source").output
    assert (
        "::warning file=source/Alpha.trope,line=1,col=10,endColumn=19,title=wanted::"
        "Main/Nobody is linked to but does not exist\n"
    ) in said
    assert "file=source/100%25%2Ca%3Ab.trope,line=1,col=1," in said


@pytest.mark.parametrize(
    ("conf", "sentence"),
    [
        (None, "no conf.py in"),
        ("extensions = []\n", "does not list 'sphinxcontrib_tropes'"),
        ("syntax error\n", "Configuration error"),
        ("raise SystemExit(3)\n", "Configuration error"),
        ('extensions = ["no_such_extension"]\n', "Could not import extension no_such_extension"),
    ],
)
def test_what_is_no_wiki_is_one_sentence(run, site, conf, sentence):
    site.write({"conf.py": conf})
    said = run("check", "-q", site.source)
    assert said.exit_code == 2
    assert sentence in said.stderr
    assert "Traceback" not in said.stderr


def test_the_hook_for_pre_commit_runs_the_command(run, sick):
    import yaml

    from tests.conftest import ROOT

    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    command, *arguments = hook["entry"].split()
    assert command == "sphinx-tropes"
    assert run(*arguments, "-q", "--threshold", "0", sick.source).exit_code == 1


def kinds_in(said):
    return {finding["kind"] for finding in json.loads(said.output)["findings"]}


def test_kinds_are_chosen_by_repeated_options_and_commas(run, sick):
    told = ("check", "-q", "--format", "json", sick.source)
    chosen = run(*told, "--kind", "duplicate, wanted", "--kind", "orphan")
    assert kinds_in(chosen) == {"duplicate", "wanted", "orphan"}
    ignored = run(*told, "--ignore", "duplicate,wanted", "--ignore", "markup")
    assert kinds_in(ignored) == kinds_in(run(*told)) - {"duplicate", "wanted", "markup"}


def test_an_unknown_kind_ends_the_command_with_what_may_be_meant(run, sick):
    said = run("check", "-q", "--ignore", "orphans", sick.source)
    assert said.exit_code == 2
    assert "'orphans' is not a kind of finding; did you mean 'orphan'?" in said.stderr


def test_only_kinds_that_count_fail_the_gate(run, sick):
    conf = 'extensions = ["sphinxcontrib_tropes"]\ntropes_health_kinds = ["collision"]\n'
    sick.write({"conf.py": conf})
    gate = ("check", "-q", "--threshold", 0, sick.source)
    assert run(*gate).exit_code == 0
    assert run(*gate, "--kind", "wanted").exit_code == 1


def test_an_unclosed_spoiler_fails_the_gate(run, site):
    site.write({"Alpha.trope": "On {{Beta}}. [[spoiler:He did it.\n", "Beta.trope": "{{Alpha}}\n"})
    said = run("check", "--threshold", 0, "-q", site.source)
    assert said.exit_code == 1
    assert "Alpha.trope:1: markup: [[spoiler: is not closed" in said.output


def test_a_fresh_project_passes_the_gate(run, tmp_path):
    assert run("new", tmp_path / "fresh").exit_code == 0
    said = run("check", "-q", "--threshold", 0, tmp_path / "fresh")
    assert (said.exit_code, said.output) == (0, "findings: 0\n")
