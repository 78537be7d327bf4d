"""Importing a wiki: nothing is lost, and the project builds."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile

from .shared import PMWIKI, files_in


def test_a_folder_of_texts_becomes_pages(source, imported):
    pages, report = imported(
        source({"FunnyAnimal.txt": "One.\n", "film/TheMatrix.trope": "Two.\n", "Plain": "3\n"})
    )
    assert pages == {
        "Main/FunnyAnimal.trope": b"One.\n",
        "Film/TheMatrix.trope": b"Two.\n",
        "Main/Plain.trope": b"3\n",
    }
    assert report["left_out"] == []


def test_lines_of_json_become_pages(tmp_path, imported):
    dump = tmp_path / "dump.jsonl"
    names = ["Film/TheMatrix", "film.Alien", "Recipes/Cup cake", "Recipes/HomePage", "Recipes/Pie"]
    dump.write_text("".join(json.dumps({"name": name, "text": name}) + "\n" for name in names))
    pages, report = imported(dump)
    assert set(pages) == {
        "Film/TheMatrix.trope", "Film/Alien.trope", "Main/RecipesCupCake.trope",
        "Main/RecipesHomePage.trope", "Main/RecipesPie.trope",
    }  # fmt: skip
    assert report["namespaces"] == {}
    assert report["namespaces_undeclared"] == {"Recipes": 3}


def test_a_namespace_is_declared_by_an_option_or_by_a_page(tmp_path, imported):
    dump = tmp_path / "dump.jsonl"
    lines = [
        {"name": "Recipes/Cup cake", "text": "x"},
        {"name": "AC/DC", "text": "x"},
        {"name": "T.N.T.", "namespace": "Songs by AC/DC", "text": "x"},
        {"name": "SongsByACDC.Back in Black", "text": "x"},
        {"name": "C#", "namespace": 1, "text": "x"},
    ]
    dump.write_text("".join(json.dumps(line) + "\n" for line in lines))
    pages, report = imported(dump, "--namespace", "Recipes")
    assert set(pages) == {
        "Recipes/CupCake.trope", "Main/ACDC.trope", "SongsByACDC/TNT.trope",
        "SongsByACDC/BackInBlack.trope",
    }  # fmt: skip
    assert report["left_out"] == [{"place": "line 5", "reason": "its 'namespace' is not a string"}]


def test_a_zip_becomes_pages_whatever_folder_holds_them(tmp_path, imported):
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr("export-main/FunnyAnimal.txt", "One.\n")
        archive.writestr("export-main/Film/TheMatrix.txt", "Two.\n")
    pages, _ = imported(tmp_path / "x.zip")
    assert pages == {"Main/FunnyAnimal.trope": b"One.\n", "Film/TheMatrix.trope": b"Two.\n"}


def test_a_wiki_d_becomes_pages_with_their_last_revision(source, imported):
    data = (
        PMWIKI + b"name=Film.TheMatrix\nrev=2\n"
        b"text=100%25 [[A few words]]%0a%0a* C++ a=b\n"
        b"time=1\nauthor:1=x\ndiff:1:0:=1c1%0a%3c old text\n"
    )
    pages, _ = imported(source({"Film.TheMatrix": data, ".pageindex": "x"}))
    credits_ = pages.pop("Administrivia/ImportedPages.trope").decode()
    assert credits_.endswith("\n* '''Film/TheMatrix''': x; last changed 1970-01-01\n")
    assert pages == {
        "Film/TheMatrix.trope": b"(:comment Imported by x; last changed 1970-01-01:)\n"
        b"100% Film/{{A few words}}\n\n* C++ a=b\n"
    }


def test_a_group_that_is_not_known_becomes_a_namespace(run, source, imported, tmp_path):
    data = PMWIKI + b"text=See [[Recipes/Cup cake]].\n"
    pages, report = imported(
        source({"wiki.d/Recipes.HomePage": data, "wiki.d/Recipes.CupCake": PMWIKI + b"text=x\n"})
    )
    assert report["namespaces"] == {"Recipes": "Recipes"}
    assert pages["Recipes/HomePage.trope"] == b"See Recipes/{{Cup cake}}.\n"
    findings = run("check", "-q", tmp_path / "wiki").output
    assert "wanted" not in findings
    assert "orphan: Recipes/HomePage" in findings


def test_what_was_imported_builds_without_a_warning(source, imported, tmp_path):
    imported(
        source({"Über uns.txt": "See {{A}}.\n", "Rezepte/A.txt": "b\n", "A.txt": "c\n"}),
        "--title",
        "*Wiki*",
        "--no-wikiwords",
    )
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", "-q", "-n", "-W", tmp_path / "wiki", tmp_path / "out"],
        check=False,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "out" / "wiki" / "Main" / "ÜberUns.html").exists()


def test_several_processes_import_the_same(run, source, tmp_path):
    folder = source({f"Page {n}.txt": f"See {{{{Page {n + 1}}}}}. [[spoiler:\n" for n in range(50)})
    for jobs in (1, 2):
        run("import", folder, tmp_path / f"by{jobs}", "-j", jobs, "--title", "x")
    assert files_in(tmp_path / "by1") == files_in(tmp_path / "by2")


def test_a_source_without_pages_writes_nothing(run, source, tmp_path):
    said = run("import", source({"a.css": "x", "b.css": "x"}), tmp_path / "wiki")
    assert said.exit_code == 2
    assert "no pages in" in said.stderr
    assert "Pages are text files (.trope, .txt, " in said.stderr
    assert "2 left out: not a page, by its suffix .css" in said.stderr
    assert not (tmp_path / "wiki").exists()


def test_the_front_page_leads_to_the_page_that_the_wiki_began_with(source, imported, tmp_path):
    imported(source({"A.mediawiki": "x", "Main Page.mediawiki": "x", "Zo\u00eb.mediawiki": "x"}))
    assert "Begin with :trope:`Main/MainPage`.\n" in (tmp_path / "wiki" / "index.rst").read_text()
