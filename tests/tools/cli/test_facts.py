"""``sphinx-tropes facts``."""

from __future__ import annotations

import gzip
import json
import tracemalloc

import pytest

from ...conftest import CONF, Site
from ...sphinx.test_incremental import snapshot

WIKI = {
    "Alpha.trope": "(:alias First:)\n\nTo {{Beta}}, [[spoiler:secretword {{Gamma}}]] and {{Nobody}}.\n",
    "Beta.trope": "(:redirect Alpha:)\n",
    "film/Gamma.trope": "* {{Alpha}}: an Übung in “quotes”.\n",
    "my folder/index.rst": "Other\n=====\n\n:trope:`Alpha`\n",
}
FILMS = {"film/Delta.trope": "Has an {{Alpha}} and a {{Nobody}}.\n"}


@pytest.fixture
def wiki(site):
    return site.write(WIKI)


@pytest.fixture
def films(tmp_path):
    return Site(tmp_path / "films").write(FILMS)


def written(run, site, name="a.facts", *options):
    path = site.root / name
    assert run("facts", "-q", site.source, "-o", path, *options).exit_code == 0
    return path


def test_the_facts_of_a_folder_are_written(run, wiki):
    lines = written(run, wiki).read_text("utf-8").split("\n")
    assert json.loads(lines[0])["tropes-facts"] == 1
    assert [json.loads(line)[0] for line in lines[2:-1]] == [
        "Alpha", "Beta", "film/Gamma", "my folder/index"
    ]  # fmt: skip


def test_several_processes_write_the_same(run, wiki):
    wiki.write({f"P{number}.trope": "{{Nobody}}\n" for number in range(30)})
    one, two = written(run, wiki, "1.facts", "-j", 1), written(run, wiki, "2.facts", "-j", 2)
    assert one.read_bytes() == two.read_bytes()


def test_a_file_can_be_compressed(run, wiki):
    packed = written(run, wiki, "a.facts.gz")
    assert gzip.decompress(packed.read_bytes()) == written(run, wiki).read_bytes()


def test_without_a_file_the_facts_are_said(run, wiki):
    assert run("facts", "-q", wiki.source).output == written(run, wiki).read_text("utf-8")


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_the_data_are_those_of_a_build(run, wiki, builder):
    # only a build knows which aliases have an address
    built = (wiki.build(builder, tropes_alias_pages=False) / "tropes.json").read_bytes()
    path = wiki.root / "data.json"
    options = ["--dirhtml"] if builder == "dirhtml" else []
    assert run("facts", "-q", wiki.source, "--data", path, *options).exit_code == 0
    assert path.read_bytes() == built


def test_a_root_is_no_part_of_the_addresses_of_one_project(run, wiki):
    facts = written(run, wiki, "a.facts", "--root", "/wiki")
    path = wiki.root / "data.json"
    run("facts", facts, "--data", path)
    assert path.read_bytes() == (wiki.build(tropes_alias_pages=False) / "tropes.json").read_bytes()


def test_merged_files_are_one_wiki(run, wiki, films):
    one = written(run, wiki, "a.facts", "--root", "wiki")
    two = written(run, films, "b.facts.gz", "--root", "films/")
    merged = wiki.root / "all.facts"
    said = run("facts", one, two, "-o", merged, "--health", "--data", wiki.root / "all.json")
    assert said.exit_code == 0
    assert "films/film/Delta.trope:1: wanted: Main/Nobody" in said.output
    assert "broken" not in said.output
    data = json.loads((wiki.root / "all.json").read_text("utf-8"))
    assert {"name": "Main/Nobody", "wants": 2} in data["wanted"]
    assert "films/film/Delta.html" in [page["url"] for page in data["pages"]]
    backwards = wiki.root / "backwards.facts"
    run("facts", two, merged, one, "-o", backwards)
    assert backwards.read_bytes() == merged.read_bytes()


def test_a_name_in_two_projects_is_found_in_the_whole(run, wiki, films):
    films.write({"Alpha.trope": "Theirs.\n"})
    one = written(run, wiki, "a.facts", "--root", "wiki")
    two = written(run, films, "b.facts", "--root", "films")
    assert "duplicate: Main/Alpha" in run("facts", one, two, "--health").output


def test_projects_without_a_root_do_not_mix(run, wiki, films):
    films.write({"conf.py": 'extensions = ["sphinxcontrib_tropes"]\nproject = "Films"\n'})
    one, two = written(run, wiki, "a.facts"), written(run, films, "b.facts")
    said = run("facts", one, two)
    assert said.exit_code == 2
    assert "--root keeps projects apart" in said.stderr


def test_a_folder_and_a_file_are_merged(run, wiki, films):
    two = written(run, films, "b.facts", "--root", "films")
    said = run("facts", "-q", wiki.source, two, "--health")
    assert "findings:" in said.output


def test_several_folders_are_refused(run, wiki, films):
    said = run("facts", wiki.source, films.source)
    assert said.exit_code == 2
    assert "merge the files" in said.stderr


@pytest.mark.parametrize("raw", [b"", b"nonsense\n", b"\xff\xfe", b"\x1f\x8bnonsense", b"{}\n"])
def test_what_is_no_file_of_facts_is_refused_in_one_sentence(run, tmp_path, raw):
    path = tmp_path / "bad.facts"
    path.write_bytes(raw)
    said = run("facts", path, "-o", tmp_path / "out.facts")
    assert said.exit_code == 2
    assert str(path) in said.stderr
    assert len(said.stderr.strip().splitlines()) == 1
    assert not (tmp_path / "out.facts").exists()


def test_a_file_that_is_cut_short_is_refused(run, wiki):
    path = written(run, wiki)
    path.write_bytes(b"\n".join(path.read_bytes().split(b"\n")[:-2]) + b"\n")
    assert "it is cut short" in run("facts", path).stderr


@pytest.mark.parametrize("first", [b"", b"x" * 100 + b"\n"], ids=["alone", "after a line"])
def test_a_packed_file_that_unpacks_to_a_thousand_times_its_size_takes_no_memory(
    run, tmp_path, first
):
    path = tmp_path / "bomb.facts.gz"
    with gzip.open(path, "wb", compresslevel=1) as file:
        file.write(first)
        for _ in range(128):
            file.write(b" " * 2**20)
    tracemalloc.start()
    try:
        refused = run("facts", path)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert refused.exit_code == 2
    assert "is not a file of facts: " in refused.output
    assert peak < 2**26


def test_a_packed_file_with_more_lines_than_facts_have_is_refused(run, wiki, tmp_path, monkeypatch):
    whole = written(run, wiki).read_bytes()
    path = tmp_path / "long.facts.gz"
    path.write_bytes(gzip.compress(whole + whole.splitlines(keepends=True)[-1] * 1000))
    monkeypatch.setattr("sphinxcontrib_tropes.tools.fact_files._MOST_BYTES", 2 * len(whole))
    refused = run("facts", path)
    assert refused.exit_code == 2
    assert "larger than" in refused.output


def test_a_line_that_is_longer_than_the_facts_of_any_document_is_refused(run, wiki, monkeypatch):
    monkeypatch.setattr("sphinxcontrib_tropes.tools.fact_files._MOST_BYTES_OF_LINE", 50)
    refused = run("facts", written(run, wiki))
    assert refused.exit_code == 2
    assert "a line is longer than" in refused.output


def test_no_text_of_a_spoiler_is_in_the_facts(run, wiki):
    facts = written(run, wiki)
    data = wiki.root / "data.json"
    run("facts", facts, "--data", data)
    assert "secretword" not in facts.read_text("utf-8")
    assert "secretword" not in data.read_text("utf-8")


def test_data_made_from_facts_are_a_source_for_a_federated_wiki(run, wiki, films):
    run("facts", "-q", films.source, "--data", wiki.root / "films.json")
    config = {"films": ("https://films.example/", str(wiki.root / "films.json"))}
    wiki.build(tropes_federation=config)
    page = (wiki.root / "html/Alpha.html").read_text("utf-8")
    assert "https://films.example/film/Delta.html#link-main-alpha" in page


def test_the_facts_of_a_project_do_not_need_the_wikis_it_is_federated_with(run, wiki):
    conf = (wiki.source / "conf.py").read_text("utf-8")
    wiki.write({"conf.py": f'{conf}tropes_federation = {{"films": "http://127.0.0.1:9/"}}\n'})
    said = run("facts", wiki.source, "-o", wiki.root / "a.facts")
    assert said.exit_code == 0
    assert "federation" not in said.stderr


def test_projects_built_once_from_facts_are_as_those_built_in_turns(run, tmp_path):
    def sites(name, place):
        root = tmp_path / name
        for project, other, files in (("wiki", "films", WIKI), ("films", "wiki", FILMS)):
            federated = {other: (f"../../{other}/html/", place.format(other))}
            conf = f'{CONF}project = "{project}"\ntropes_federation = {federated!r}\n'
            yield Site(root / project).write({"conf.py": conf, **files})

    wiki, films = sites("facts", "../../{}.json")
    for site in (wiki, films):
        run("facts", "-q", site.source, "--data", tmp_path / f"facts/{site.root.name}.json")
    once = [snapshot(site.build()) for site in (wiki, films)]
    wiki, films = sites("turns", "../../{}/html")
    for site in (films, wiki, films):
        site.build()
    assert b"From another wiki" in once[0]["Alpha.html"]
    assert [snapshot(site.root / "html") for site in (wiki, films)] == once


def test_the_health_names_files_and_lines_of_a_folder_and_of_files_merged(run, wiki, films):
    wiki.write({"my folder/index.rst": "Other\n=====\n\nx\n\n:trope:`Not There`\n"})
    one = written(run, wiki, "1.facts", "--root", "wiki")
    two = written(run, films, "2.facts", "--root", "films")
    of_folder = run("facts", "-q", wiki.source, "--health").output.splitlines()
    assert "Alpha.trope:3: wanted: Main/Nobody" in of_folder
    assert "my folder/index.rst:6: wanted: Main/NotThere" in of_folder
    rooted = run("facts", "-q", wiki.source, "--health", "--root", "wiki").output.splitlines()
    assert "wiki/my folder/index.rst:6: wanted: Main/NotThere" in rooted
    merged = run("facts", one, two, "--health").output.splitlines()
    assert "wiki/my folder/index.rst:6: wanted: Main/NotThere" in merged
    assert "films/film/Delta.trope:1: orphan: Film/Delta" in merged
