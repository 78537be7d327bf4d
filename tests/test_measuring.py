"""How speed is measured, and what is told of it."""

from __future__ import annotations

import json
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from benchmarks.forms import FORMS, write
from benchmarks.measure import Cost, FailedError, TooLongError, interleaved, median_ratio, run
from benchmarks.results import Result, table, write_json
from benchmarks.sites import make_sites
from benchmarks.wiki import Wiki

_SPIN = "import time\nwhile time.process_time() < 0.2: pass\n"


def _python(code: str, folder: Path) -> Cost:
    return run([sys.executable, "-c", code], folder)


def test_the_time_of_a_command_is_that_of_all_that_it_starts(tmp_path: Path) -> None:
    started = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {_SPIN!r}])"
    assert _python(started, tmp_path).cpu >= 0.2


def test_waiting_takes_wall_time_alone(tmp_path: Path) -> None:
    cost = _python("import time; time.sleep(0.3)", tmp_path)
    assert cost.wall >= 0.3
    assert cost.cpu < cost.wall


def test_memory_is_the_most_that_was_held(tmp_path: Path) -> None:
    assert _python("bytearray(b'x' * 150_000_000)", tmp_path).memory > 150_000_000


def test_a_command_that_fails_is_no_measurement(tmp_path: Path) -> None:
    with pytest.raises(FailedError, match="no such page"):
        _python("raise SystemExit('no such page')", tmp_path)


def test_with_a_command_that_takes_too_long_all_that_it_started_is_ended(tmp_path: Path) -> None:
    begun = time.monotonic()
    with pytest.raises(TooLongError):
        run(["sh", "-c", "sleep 30; true"], tmp_path, 0.5)
    assert time.monotonic() - begun < 20


def test_contenders_take_turns_and_every_other_round_goes_backwards() -> None:
    ran: list[str] = []

    def contender(name: str) -> Cost:
        ran.append(name)
        return Cost(len(ran), 0)

    costs = interleaved({name: partial(contender, name) for name in "abc"}, 3)
    assert "".join(ran) == "abccbaabc"
    assert [cost.cpu for cost in costs["c"]] == [3, 4, 9]


def test_a_ratio_is_that_of_rounds_so_that_a_slow_spell_of_the_machine_is_none() -> None:
    these = [Cost(1, 0), Cost(1, 0), Cost(10, 0)]
    those = [Cost(2, 0), Cost(20, 0), Cost(20, 0)]
    assert median_ratio(these, those) == 0.5


@pytest.mark.parametrize(
    ("measured", "is_least", "is_met"),
    [(1.0, False, True), (1.1, False, False), (1.0, True, True), (0.9, True, False)],
)
def test_a_goal_is_the_most_or_the_least(measured: float, is_least: bool, is_met: bool) -> None:
    assert Result("what", measured, "times", 1, is_least=is_least).is_met is is_met


def test_the_table_has_each_goal_beside_what_was_measured() -> None:
    results = [
        Result("full build", 0.7, "of rST", 0.6, detail="CPU 54 against 77 ms"),
        Result("parser", 8.5, "times", 8, is_least=True),
        Result("for information", 3, "s"),
    ]
    _, _, *lines = table(results).splitlines()
    columns = [[part.strip() for part in line.split("  ") if part.strip()] for line in lines]
    assert columns == [
        ["full build", "0.7 of rST", "at most 0.6 of rST", "NO", "CPU 54 against 77 ms"],
        ["parser", "8.5 times", "at least 8 times", "yes"],
        ["for information", "3 s"],
    ]


def test_programs_get_every_sample(tmp_path: Path) -> None:
    path = tmp_path / "results" / "results.json"
    result = Result("full build", 0.7, "of rST", 0.6, samples={"trope": [Cost(7, 8, 9)]})
    write_json(path, {"pages": 10}, [result])
    data = json.loads(path.read_text("utf-8"))
    assert data["about"] == {"pages": 10}
    assert data["results"][0]["is_met"] is False
    assert data["results"][0]["samples"] == {"trope": [[7, 8, 9]]}


def test_every_other_form_has_the_same_links(tmp_path: Path) -> None:
    counts = write(Wiki(30), list(FORMS), tmp_path)
    wanted_too = counts.pop("trope")
    assert len(set(counts.values())) == 1
    assert max(counts.values()) < wanted_too


@pytest.mark.parametrize("form", ["trope", "rst", "myst"])
def test_an_edit_changes_one_page_and_the_next_edit_changes_it_again(
    form: str, tmp_path: Path
) -> None:
    site = make_sites(tmp_path, 30, [form])[form]

    def sources() -> dict[Path, str]:
        return {path: path.read_text("utf-8") for path in sorted(site.source.rglob("*.*"))}

    before = sources()
    seen = []
    for number in (1, 2):
        site.edit()
        after = sources()
        changed = [path for path in after if after[path] != before[path]]
        assert len(changed) == 1
        assert f"For edit number {number} see" in after[changed[0]]
        seen.append(after[changed[0]])
    assert "For edit number 1 see" not in seen[1]
