"""The synthetic wiki that speed is measured on, and what is made of the measurements."""

from __future__ import annotations

import sys
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import sphinxcontrib_tropes
from benchmarks import builds, floor
from benchmarks.forms import FORMS, source_of, write
from benchmarks.live import measure_live
from benchmarks.measure import Cost, FailedError, TooLongError, run
from benchmarks.peers import measure_peers
from benchmarks.results import Result, table
from benchmarks.sites import Sources, make_sites
from benchmarks.tools import TOOLS, Evidence, Tool
from benchmarks.wiki import Wiki
from sphinxcontrib_tropes.markup import MarkupSettings, page_section
from sphinxcontrib_tropes.markup.nodes import trope_link
from sphinxcontrib_tropes.names import MAIN, PageName

if TYPE_CHECKING:
    from benchmarks.sites import Edit


def test_the_same_wiki_is_written_every_time() -> None:
    def sources() -> list[str]:
        return [source_of(form, page) for page in islice(Wiki(30), 5) for form in FORMS]

    assert sources() == sources()


def test_its_pages_are_as_long_as_those_of_a_real_wiki() -> None:
    pages = list(islice(Wiki(1000), 100))
    words = sum(len(source_of("markdown", page).split()) for page in pages)
    sections = [
        page_section(
            source_of("trope", page), PageName(MAIN, "Page"), MarkupSettings(), _is_no_fault
        )
        for page in pages
    ]
    links = sum(len(list(section.findall(trope_link))) for section in sections)
    assert 370 <= words / len(pages) <= 410
    assert 38 <= links / len(pages) <= 41


def _is_no_fault(line: int, sentence: str) -> None:
    raise AssertionError(f"{line}: {sentence}")


@pytest.mark.parametrize("form", FORMS)
def test_an_edit_puts_a_sentence_with_a_link_into_one_page(tmp_path: Path, form: str) -> None:
    wiki = Wiki(30)
    write(wiki, [form], tmp_path)

    def sources() -> dict[str, str]:
        paths = (path for path in tmp_path.rglob("*") if path.is_file())
        return {str(path.relative_to(tmp_path / form)): path.read_text("utf-8") for path in paths}

    before = sources()
    edit = Sources(tmp_path, form, wiki).edit()
    after = sources()
    edited = f"{edit.page.path}{FORMS[form].suffix}"
    assert [name for name in after if after[name] != before[name]] == [edited]
    assert edit.words in after[edited]
    assert edit.words not in before[edited]


def test_a_command_that_takes_longer_than_it_may_is_ended(tmp_path: Path) -> None:
    with pytest.raises(TooLongError, match=r"over 0\.2 s"):
        run([sys.executable, "-c", "import time; time.sleep(60)"], tmp_path, 0.2)


def test_growth_compares_what_a_page_costs_in_each_size(monkeypatch: pytest.MonkeyPatch) -> None:
    seconds = {"trope": {100: 1.0, 1000: 12.0}, "rst": {100: 2.0, 1000: 30.0}}

    class Built:
        def __init__(self, form: str, size: int) -> None:
            self._cost = Cost(seconds[form][size], 1, 1000)

        def build_all(self) -> Cost:
            return self._cost

        def build(self) -> Cost:
            return self._cost

        def edit(self) -> None:
            pass

    def make_sites(folder: Path, size: int, forms: list[str], **_options: bool) -> dict[str, Built]:
        return {form: Built(form, size) for form in forms}

    monkeypatch.setattr(builds, "make_sites", make_sites)
    found = list(builds.measure_growth(Path(), 100, 1000, 5, 1, is_lean=True))
    growth, *of_large = found
    assert growth.measured == pytest.approx(1.2)
    assert not growth.is_met
    assert "rST 1.500 times" in growth.detail
    assert [result.measured for result in of_large] == pytest.approx([0.4, 1, 0.4, 0.4])
    assert all("1000 pages" in result.what for result in of_large)


_COPY = """
import pathlib, shutil, sys
folder = pathlib.Path(sys.argv[1])
shutil.copytree(folder / "content", folder / "html", dirs_exist_ok=True)
"""


def _tool(key: str, program: str, missing: str = "") -> Tool:
    """A generator whose pages are its sources."""

    def command(folder: Path) -> list[str]:
        return [sys.executable, "-c", program, str(folder)]

    def evidence(edit: Edit) -> list[Evidence]:
        return [Evidence(f"{edit.page.path}.md", edit.words)]

    is_ours = key == "ours"
    return Tool(key, key, "markdown", True, is_ours, _nothing, command, lambda: missing, evidence)


def _nothing(folder: Path) -> None:
    pass


def test_peers_are_compared_in_each_size(tmp_path: Path) -> None:
    slow = _COPY + "\nfor _ in range(3 * 10**6): pass"
    tools = [_tool("ours", _COPY), _tool("slow", slow)]
    found = {result.what: result for result in measure_peers(tmp_path, [30, 40], 1, 60, tools)}
    assert list(found) == [
        f"edit to page, {size} pages: {name}" for size in (30, 40) for name in ("ours", "slow")
    ]
    for size in (30, 40):
        assert found[f"edit to page, {size} pages: ours"].goal is None
        assert found[f"edit to page, {size} pages: slow"].is_met


def test_a_peer_that_is_not_installed_is_named_and_skipped(tmp_path: Path) -> None:
    tools = [_tool("ours", _COPY), _tool("other", "raise SystemExit(1)", missing="a package")]
    absent = next(r for r in measure_peers(tmp_path, [30], 1, 60, tools) if "other" in r.what)
    assert absent.measured is None
    assert absent.is_met is None
    assert "not measured" in table([absent])
    assert "a package" in table([absent])


def test_a_peer_that_takes_too_long_is_cut_off_and_shown_as_over(tmp_path: Path) -> None:
    tools = [_tool("ours", _COPY), _tool("other", "import time; time.sleep(60)")]
    cut = next(r for r in measure_peers(tmp_path, [30], 1, 2, tools) if "other" in r.what)
    assert cut.is_met
    assert cut.shown.startswith("over ")
    assert cut.detail == "over 2 s"


def test_this_extension_is_not_cut_off_however_busy_the_machine_is(tmp_path: Path) -> None:
    tools = [_tool("ours", _COPY + "\nimport time; time.sleep(0.3)")]
    [result] = measure_peers(tmp_path, [30], 1, 0.2, tools)
    assert not result.is_bound


def test_a_peer_whose_pages_are_stale_after_an_edit_is_not_measured(tmp_path: Path) -> None:
    once = _COPY.replace("shutil.copytree", "(folder / 'html').exists() or shutil.copytree")
    with pytest.raises(FailedError, match="after an edit"):
        list(measure_peers(tmp_path, [30], 1, 60, [_tool("ours", once)]))


def test_this_extension_is_measured_until_its_backlinks_are_right(tmp_path: Path) -> None:
    lean = next(tool for tool in TOOLS if tool.key == "lean")
    [result] = measure_peers(tmp_path, [20], 1, 120, [lean])
    assert result.samples is not None
    assert [result.measured] == [cost.cpu for cost in result.samples["peer"]]


def test_what_is_cut_off_meets_its_goal_by_what_it_took_at_least() -> None:
    result = Result("slow", 12.0, "times", 1, is_least=True, is_bound=True)
    assert result.shown == "over 12 times"
    assert result.is_met


def test_the_floor_is_what_runs_with_nothing_of_the_extension_around_it() -> None:
    build = "main (sphinx/cmd/build.py:1)"
    ours = "{0} (/src/sphinxcontrib_tropes/{1}.py:7)".format
    walk = ours("walkabout", "internals/docutils/fast_walk")
    written = ours("write_backlink_pages", "build/backlink_pages")
    profile = [
        f"{build};read_doc (sphinx/builders/__init__.py:5) 30",
        f"{build};{walk};visit_Text (docutils/writers/_html_base.py:9) 10",
        f"{build};{ours('parse', 'reading/source_parser')};{ours('scan', 'markup/scanner')} 20",
        f"{build};{ours('_finish', 'build/session')};{ours('write_data', 'data/tropes_json')} 5",
        f"{build};{ours('_begin', 'build/session')} 5",
        f"{build};{ours('_write', 'build/session')};{written};page (docutils/nodes.py:2) 10",
        f"{build};{ours('_write', 'build/session')};{written};handle_page (sphinx/html.py:3);{walk} 20",
    ]
    assert floor.shares(profile) == {
        floor.FLOOR: 0.4,
        "parsing": 0.2,
        "data, index and the rest": 0.1,
        "pages of backlinks: what is in them": 0.1,
        "pages of backlinks: what Sphinx does for each page, and the theme": 0.2,
    }


def test_every_module_that_the_floor_names_is_one_of_the_package() -> None:
    package = Path(sphinxcontrib_tropes.__file__).parent
    assert not [
        name for name in [*floor._PARTS, *floor._THROUGH] if not (package / f"{name}.py").exists()
    ]


def test_without_a_profiler_the_floor_is_not_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(floor.shutil, "which", lambda *_arguments, **_options: None)
    (result,) = floor.measure_floor(tmp_path, 3, rounds=1)
    assert result.measured is None
    assert "py-spy is not installed" in result.detail


def test_rst_with_the_helpers_is_the_same_as_without(tmp_path: Path) -> None:
    sites = make_sites(tmp_path, 12, ["rst", "rst-helped", "rst-doc"])
    for site in sites.values():
        site.build_all()
    pages = {form: page_bodies(site.output) for form, site in sites.items()}
    assert len(pages["rst"]) > 12
    assert pages["rst-helped"] == pages["rst"]
    assert pages["rst-doc"].keys() == pages["rst"].keys()


def page_bodies(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8").partition("<body")[2]
        for path in folder.rglob("*.html")
    }


def test_edits_of_a_live_wiki_end_in_the_site_of_a_clean_build(tmp_path: Path) -> None:
    results = list(measure_live(tmp_path, [20], 8))
    assert len(results) == 5
    assert all(result.measured is not None for result in results)
    whole = [result.detail for result in results if "whole site" in result.what]
    assert all(detail.endswith("the same as from nothing: yes") for detail in whole)
