"""``sphinx-tropes import``: nothing is lost, and nothing is written outside the folder."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import time
import warnings
import zipfile
from encodings.aliases import aliases

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sphinxcontrib_tropes.markup import MarkupSettings, page_section
from sphinxcontrib_tropes.markup.parser import page_name_of_file
from sphinxcontrib_tropes.names import DEFAULT_NAMESPACES, Namespaces, PageName
from sphinxcontrib_tropes.tools.importing import journal
from sphinxcontrib_tropes.tools.importing import pages as pages_module
from sphinxcontrib_tropes.tools.importing.archives import Entry, Unreadable, open_source
from sphinxcontrib_tropes.tools.importing.planning import plan
from sphinxcontrib_tropes.tools.importing.pmwiki import (
    linked_groups,
    not_understood,
    read_pmwiki,
    rewritten,
)
from sphinxcontrib_tropes.tools.refusal import Refusal

PMWIKI = b"version=pmwiki-2.3.20 ordered=1 urlencoded=1\n"


def files_in(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def pages_in(folder):
    return {
        name.removeprefix("wiki/"): data
        for name, data in files_in(folder).items()
        if name.startswith("wiki/")
    }


@pytest.fixture
def source(tmp_path):
    """A folder to import from, written from a dictionary."""

    def source(files):
        folder = tmp_path / "source"
        for name, data in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return folder

    return source


@pytest.fixture
def imported(run, tmp_path):
    """Imports with one process; the pages, and the report."""

    def imported(path, *options, expect=0):
        said = run("import", path, tmp_path / "wiki", "--format", "json", "-j", 1, *options)
        assert said.exit_code == expect, said.output
        return pages_in(tmp_path / "wiki"), json.loads(said.stdout)

    return imported


def remarks(report):
    return [remark for page in report["pages"] for remark in page["remarks"]]


# -- where pages come from


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
    names = ["Film/TheMatrix", "film.Alien", "Recipes/Cup cake", "Recipes/HomePage"]
    dump.write_text("".join(json.dumps({"name": name, "text": name}) + "\n" for name in names))
    pages, report = imported(dump)
    assert set(pages) == {
        "Film/TheMatrix.trope", "Film/Alien.trope", "Recipes/CupCake.trope", "Recipes/HomePage.trope"
    }  # fmt: skip
    assert report["namespaces"] == {"Recipes": "Recipes"}


def test_a_separator_in_a_title_makes_no_namespace(tmp_path, imported):
    names = [
        "Node.js", "AC/DC", "AC/DC Live", "Mr. Robot", "Mr.Robot", "Face/Off II", "1.5", "x86.asm",
        "vue.js", "Vue.JS 2", "Either/Or", "Film/", "/etc/passwd", "A.I.",
    ]  # fmt: skip
    dump = tmp_path / "dump.jsonl"
    dump.write_text("".join(json.dumps({"name": name, "text": name}) + "\n" for name in names))
    pages, report = imported(dump)
    assert report["namespaces"] == {}
    assert {name.partition("/")[0] for name in pages} == {"Main"}
    assert len(pages) == len(names)
    assert pages["Main/NodeJs.trope"] == b"(:title Node.js:)\nNode.js\n"


def test_a_separator_in_a_files_name_makes_no_namespace_either(source, imported):
    pages, report = imported(
        source(
            {"Node.js.txt": "x", "Recipes/Cake.txt": "x", "Recipes.Pie.txt": "x", "Film.Up": "x"}
        )
    )
    assert set(pages) == {"Main/NodeJs.trope", "Recipes/Cake.trope", "Recipes/Pie.trope"}
    assert [entry["place"] for entry in report["left_out"]] == ["Film.Up"]


def test_links_follow_a_page_that_is_called_otherwise(tmp_path, imported):
    texts = {
        "C++": "x",
        "C#": "Not {{C++}}.",
        "Film/C#": "x",
        "A": "{{C#}}s, [[C#]], [[C# | it]], [[it -> C#]], [[{{C#}} it]], [[C#part]], [={{C#}}=], "
        "[[Film/{{C#}} film]], {{C++}}, [[C++ it]]",
        "FunnyAnimal": "x",
        "FUNNYANIMAL": "FUNNYANIMAL {{FunnyAnimal}} [[FUNNYANIMAL it]] [[spoiler:Film/{{FUNNYANIMAL}}]]",
    }
    dump = tmp_path / "dump.jsonl"
    dump.write_text(
        "".join(json.dumps({"name": name, "text": text}) + "\n" for name, text in texts.items())
    )
    pages, report = imported(dump)
    assert pages["Main/C2.trope"] == b"(:title C#:)\nNot {{C++}}.\n"
    assert pages["Main/A.trope"].decode() == (
        "[[C2 C#]]s, [[C2 C#]], [[C2 | it]], [[it -> C2]], [[C2 it]], [[C#part]], [={{C#}}=], "
        "[[Film/{{C#}} film]], {{C++}}, [[C++ it]]\n"
    )
    funny = pages["Main/FUNNYANIMAL2.trope"]
    assert b"{{FunnyAnimal}} [[FUNNYANIMAL2 it]] [[spoiler:Film/{{FUNNYANIMAL}}]]\n" in funny
    assert "line 1: {{C#}} is now [[C2 C#]], the page's name here" in remarks(report)


def test_links_to_a_page_that_keeps_its_name_stay_beside_one_that_does_not(tmp_path, imported):
    links = "[[C# a]], [[C# | b]], [[b -> C#]], [[C#]], {{C#}}s, [[C#part c]]"
    names = {
        "C#": "x",
        "Film/C#": "x",
        "C": "y",
        "Film/C": "y",
        "A": f"{links}, [[C it]], Film/{{{{C#}}}}",
    }
    dump = tmp_path / "dump.jsonl"
    dump.write_text(
        "".join(json.dumps({"name": name, "text": text}) + "\n" for name, text in names.items())
    )
    pages, _ = imported(dump)
    assert pages["Main/C2.trope"] == b"y\n" or pages["Main/C2.trope"] == b"(:title C:)\ny\n"
    assert pages["Main/A.trope"].decode() == (
        "[[C# a]], [[C# | b]], [[b -> C#]], [[C#]], {{C#}}s, [[C2#part c]], [[C2 it]], Film/{{C#}}\n"
    )


def test_a_name_behind_a_namespace_is_no_link_by_itself(tmp_path, imported):
    names = {
        "FUNNYANIMAL": "x",
        "FunnyAnimal": "y",
        "Film/FunnyAnimal": "z",
        "A": "FunnyAnimal, Film/FunnyAnimal, Film.FunnyAnimal, Here/FunnyAnimal",
    }
    dump = tmp_path / "dump.jsonl"
    dump.write_text(
        "".join(json.dumps({"name": name, "text": text}) + "\n" for name, text in names.items())
    )
    pages, _ = imported(dump, "--wikiwords")
    link = "[[FunnyAnimal2 FunnyAnimal]]"
    assert pages["Main/A.trope"].decode() == (
        f"{link}, Film/FunnyAnimal, Film.FunnyAnimal, Here/{link}\n"
    )


@pytest.mark.parametrize(
    "text",
    ["Use [=(:title X:)=].", "(:titled:)", "a (:title X:)", "[@\n(:title X:)\n@]", "(:title:)"],
)
def test_a_title_is_kept_unless_the_text_gives_one(tmp_path, imported, text):
    (tmp_path / "dump.jsonl").write_text(json.dumps({"name": "O'C++", "text": text}) + "\n")
    pages, report = imported(tmp_path / "dump.jsonl")
    assert list(pages.values()) == [f"(:title O'C++:)\n{text}\n".encode()]
    assert "is kept as a property" in str(remarks(report))


@pytest.mark.parametrize("given", ["(:title ''X'' 2:)", "(:keywords a:)(:Title ''X'' 2:)"])
def test_a_title_that_the_text_gives_is_not_said_to_be_another(tmp_path, imported, given):
    (tmp_path / "dump.jsonl").write_text(json.dumps({"name": "O'C++", "text": given}) + "\n")
    pages, report = imported(tmp_path / "dump.jsonl")
    assert list(pages.values()) == [f"{given}\n".encode()]
    told = str(remarks(report))
    assert "is kept as a property" not in told
    assert "sets its own title" in told


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
    assert pages == {"Film/TheMatrix.trope": b"100% Film/{{A few words}}\n\n* C++ a=b\n"}


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


# -- PmWiki


def test_old_files_of_pmwiki_have_a_character_for_line_ends():
    page = read_pmwiki(b"version=pmwiki-0.6.1\nnewline=\xb2\ntext=a%0ab\xb2c\n")
    assert page.text == b"a%0ab\nc"


def test_a_plus_is_no_blank():
    assert read_pmwiki(PMWIKI + b"text=a+b%2bc%20d\n").text == b"a+b+c d"


@given(st.text())
def test_any_text_survives_a_file_of_pmwiki(text):
    encoded = text.encode("utf-8", "surrogatepass").replace(b"%", b"%25").replace(b"\n", b"%0a")
    encoded = encoded.replace(b"\r", b"%0d")
    data = PMWIKI + b"name=Main.X\ntext=" + encoded + b"\ntargets=\n"
    assert read_pmwiki(data).text == text.encode("utf-8", "surrogatepass")


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("[[A few words]]", "{{A few words}}"),
        ("[[A few words]]s", "{{A few words}}s"),
        ("[[A few\nwords]]", "{{A few words}}"),
        ("[[Film/A few words]]", "Film/{{A few words}}"),
        ("[[Film.A few words]]", "Film/{{A few words}}"),
        ("[[A few words#there]]", "[[{{A few words}}#there]]"),
        ("[[A few words | label]]", "[[A few words | label]]"),
        ("[[label -> A few words]]", "[[label -> A few words]]"),
        ("[[One]]s", "[[One]]s"),
        ("[[http://example.org words]]", "[[http://example.org words]]"),
        ("[[#anchor words]]", "[[#anchor words]]"),
        ("[[!Dogs & cats]]", "[[!Category/Dogs & cats]]"),
        ("[[!Film/Dogs]]", "[[!Film/Dogs]]"),
        (
            "(:title A PmWiki guide to [[A few words]]:)",
            "(:title A PmWiki guide to [[A few words]]:)",
        ),
        (
            "(:if exists A few words:)\n{$FullName} {Main.Old$:Prop}",
            "(:if exists A few words:)\n{$FullName} {Main.Old$:Prop}",
        ),
        (
            "$[[[A few words]]] $ScriptUrl/[[A few words]]",
            "$[[[A few words]]] $ScriptUrl/{{A few words}}",
        ),
        (
            "[[Long#det|+]] [[A few words | +]]s [[A few words#x|+]]",
            "[[Long#det]] {{A few words}}s [[{{A few words}}#x]]",
        ),
        ('[[Long"a tip"|x]] [[A few words "tip"]]', "[[Long |x]] {{A few words}}"),
        ('[[http://example.org"a tip"|x]]', '[[http://example.org"a tip"|x]]'),
        ("[[Long?action=edit|x]] [[Long?a=b#c | x]]", "[[Long |x]] [[Long#c | x]]"),
        (
            "[[{$Group}.Long|x]]s [[{$FullName}?action=edit]] [[x -> {$Name}]]",
            "xs [[{$FullName}?action=edit]] x",
        ),
        ("[[~Ada Author]] [[~Ada|A]]", "Profiles/{{Ada Author}} [[Profiles/Ada |A]]"),
        ("(:redirect Long status=301 from=x:)", "(:redirect Long:)"),
        ("(:redirect Film.Long#det quiet=1:)", "(:redirect Film.Long#det:)"),
        ('(:redirect to="A few words":)', "(:redirect A few words:)"),
        ("(:redirect http://example.org/:)", "→ http://example.org/"),
        ("(:redirect {$Group}/X:)", "(:redirect {$Group}/X:)"),
        ("[[Film/]] [[Series.]]", "[[Film/]] [[Series.]]"),
        ("[=[[A few words]]=]", "[=[[A few words]]=]"),
        ("[@\n[[A few words]]\n@]", "[@\n[[A few words]]\n@]"),
        ("`WikiWord", "`WikiWord"),
    ],
)
def test_links_of_main_mean_what_they_did(typed, written):
    settings = MarkupSettings(Namespaces(DEFAULT_NAMESPACES | {"Profiles": "", "Category": ""}))
    assert rewritten(typed, "Main", settings, lambda name: False)[0] == written


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("[[One]]", "[[Film/One]]"),
        ("[[Two]]", "[[Film/Two]]"),
        (
            "[[Series]] [[Series/]] [[Manga]]",
            "[[Series/HomePage]] [[Series/HomePage]] [[Manga/Manga]]",
        ),
        ("(:redirect One:)", "(:redirect Film/One:)"),
        ("[[(wiki )word]]s", "[[Film/wiki word | word]]s"),
        ("[[One | ''a'' [[One]] b]]", "[[Film/One | ''a'' [[Film/One]] b]]"),
        ("(:nolinkwikiwords:)\nWikiWord", "(:nolinkwikiwords:)\nWikiWord"),
        ("[[Three]]", "[[Film/Three]]"),
        ("[[Series/One]]", "[[Series/One]]"),
        ("[[One | label]]s", "[[Film/One | label]]s"),
        ("[[label -> One]]", "[[label -> Film/One]]"),
        ("[[A few words]]", "Film/{{A few words}}"),
        ("WikiWord", "Film/WikiWord"),
        ("Series/WikiWord", "Series/WikiWord"),
        ("[[#anchor | label]]", "[[#anchor | label]]"),
        ("[[http://example.org | label]]", "[[http://example.org | label]]"),
    ],
)
def test_links_of_a_group_stay_in_it(typed, written):
    there = {"Film/One", "Main/One", "Main/Two", "Series/HomePage", "Manga/Manga", "Manga/HomePage"}
    assert rewritten(typed, "Film", MarkupSettings(), there.__contains__)[0] == written


TEXT_OF_PMWIKI = st.lists(
    st.sampled_from(
        ["PmWiki", "$ScriptUrl", "{$Full", "Name}", "(:title ", ":)", "(:if ", "$[", "]", "%", "[=", "=]",
         "[@", "@]", "`Wiki", "''", "|", "#a", "->", "(", "~", "!", "\n", " ", "a", "Books.Other", "+"]
    ) | st.text(max_size=4),
    max_size=20,
).map("".join)  # fmt: skip


@given(TEXT_OF_PMWIKI)
def test_what_holds_no_link_stays_as_it_is(text):
    text = text.replace("[[", "[").replace("\ufdd0", "").replace("\ufdd1", "")
    settings = MarkupSettings(wikiwords=False)
    made = rewritten(text.replace("[[", ""), "Film", settings, lambda name: True)
    assert made == (text.replace("[[", ""), [])


@given(st.lists(TEXT_OF_PMWIKI | st.sampled_from(["[[", "]]", "[[~", "(:redirect "]), max_size=8))
def test_any_text_of_pmwiki_is_rewritten_line_by_line(pieces):
    text = "".join(pieces)
    made, told = rewritten(text, "Film", MarkupSettings(), lambda name: len(name) % 2 == 0)
    assert all(1 <= line <= text.count("\n") + 1 for line, _ in told)
    assert bool(told) or made == text


@pytest.mark.parametrize(
    "piece",
    ["[[", "(:a ", "{$a", "$[", "%a ", "[[a->", "[[a|", "(:redirect a ", "[[~", "]]", "$a"],
)
def test_a_long_text_of_pmwiki_takes_no_longer_for_each_of_its_letters(piece):
    def took(count):
        text = piece * count
        began = time.process_time()
        rewritten(text, "Film", MarkupSettings(), lambda name: False)
        linked_groups(text)
        return time.process_time() - began

    few = max(min(took(2000) for _ in range(3)), 0.005)
    assert took(16_000) < few * 40


def test_what_only_pmwiki_does_is_reported_with_its_line():
    text = "x\n\n(:include Main.Side:)\n[=\n(:if x:)=]\n{$Name} Attach:x.jpg [[~Me]]\n"
    said = not_understood(text)
    assert [(line, remark.partition(" is PmWiki's")[0]) for line, remark in said] == [
        (3, "(:include Main.Side:)"),
        (6, "{$Name}"),
        (6, "Attach:x.jpg"),
        (6, "[[~Me]]"),
    ]


def test_lines_are_those_of_the_file_that_is_written(source, imported):
    text = "[[A few words]]\n(:colour:)\n{$Name} (:include x:)\n[[spoiler:\n"
    data = PMWIKI + b"text=" + text.replace("\n", "%0a").encode()
    pages, report = imported(source({"Main.Ocean's11": data}))
    assert pages["Main/Oceans11.trope"].startswith(
        b"(:title Ocean's11:)\n{{A few words}}\n(:colour:)"
    )
    said = [remark.split(" ")[:3] for remark in remarks(report) if remark.startswith("line ")]
    assert said == [
        ["line", "2:", "[[A"],
        ["line", "3:", "(:colour:)"],
        ["line", "4:", "{$Name}"],
        ["line", "4:", "(:include"],
        ["line", "5:", "[[spoiler:"],
    ]


def test_no_link_of_pmwiki_leads_to_a_page_of_another_group(source, imported):
    text = b"text=[[Other.Page]] [[Other/Page | that]] [[x->Other.Page]] [[~Page]] [[!Page]]\n"
    pages, report = imported(
        source({"Main.Use": PMWIKI + text, "Main.OtherPage": PMWIKI + b"text=x\n"})
    )
    assert pages["Main/Use.trope"] == (
        b"[[Other.Page]] [[Other/Page | that]] [[x->Other.Page]] [[Profiles/Page]] "
        b"[[!Category/Page]]\n"
    )
    assert set(report["namespaces"]) == {"Other", "Profiles", "Category"}
    assert report["namespaces_without_pages"] == ["Category", "Other", "Profiles"]


def test_words_of_pmwiki_are_no_links_unless_it_says_so(source, imported, tmp_path):
    text = b"text=JavaScript and ``FullName, [[Java Script]]\n"
    folder = source(
        {"Main.A": PMWIKI + text, "Film.B": PMWIKI + b"text=(:linkwikiwords:)%0aWikiWord\n"}
    )
    pages, report = imported(folder)
    assert pages["Main/A.trope"] == b"JavaScript and ``FullName, {{Java Script}}\n"
    assert pages["Film/B.trope"] == b"(:linkwikiwords:)\nFilm/WikiWord\n"
    assert report["wikiwords"] is False
    assert "tropes_wikiwords = False\n" in (tmp_path / "wiki" / "conf.py").read_text()


def test_wikiwords_of_pmwiki_can_be_links(source, imported, tmp_path):
    folder = source({"Film.A": PMWIKI + b"text=JavaScript\n"})
    pages, _ = imported(folder, "--wikiwords")
    assert pages["Film/A.trope"] == b"Film/JavaScript\n"
    assert "tropes_wikiwords" not in (tmp_path / "wiki" / "conf.py").read_text()


def test_pages_for_pmwikis_own_use_are_named(source, imported):
    names = ["Main.A", "Main.RecentChanges", "Site.AllRecentChanges", "SiteAdmin.X", "Film.SideBar",
             "Film.GroupHeader", "Main.Recent changes of mine"]  # fmt: skip
    _, report = imported(source(dict.fromkeys(names, PMWIKI + b"text=x\n")))
    assert len(report["pages"]) == len(names)
    assert [file.removeprefix("wiki/") for file in report["bookkeeping"]] == [
        "Film/GroupHeader.trope", "Film/SideBar.trope", "Main/RecentChanges.trope",
        "Site/AllRecentChanges.trope", "SiteAdmin/X.trope",
    ]  # fmt: skip


def test_what_a_build_has_written_is_no_page(source, imported, tmp_path):
    made = ["_build/html/A.txt", "docs/_static/B.txt", "_sources/C.txt", "node_modules/x/D.txt"]
    _, report = imported(source({"Good.txt": "x", **dict.fromkeys(made, "x")}))
    assert [page["place"] for page in report["pages"]] == ["Good.txt"]
    assert {entry["place"]: entry["reason"] for entry in report["left_out"]} == dict.fromkeys(
        ("_build", "docs/_static", "_sources", "node_modules"),
        "a generated folder",
    )


def test_what_a_build_has_written_is_no_page_of_a_zip(tmp_path, imported):
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        for name in ("w/Good.txt", "w/_build/A.txt", "w/x/node_modules/B.txt", "w/.git/config"):
            archive.writestr(name, "x")
    pages, report = imported(tmp_path / "x.zip")
    assert set(pages) == {"Main/Good.trope"}
    assert len(report["left_out"]) == 3


def test_the_report_begins_with_how_much_there_is_of_each_kind(run, source, tmp_path):
    bell = PMWIKI + b"text=[[A few words]] (:include X:)%0a[[B c]]\n"
    folder = source({"Main.A": bell, "Main.Be\x07ll": bell, "Main.B,del-1": PMWIKI, "x.png": "x"})
    run("import", folder, tmp_path / "wiki", "-j", 1)
    report = (tmp_path / "wiki" / "import-report.txt").read_text()
    assert report.startswith(
        "pages: 2, with remarks: 2, left out: 2\n"
        "\n"
        "By kind:\n"
        "       4 links rewritten in the spelling used here\n"
        "       2 PmWiki's own markup, not understood and left unchanged\n"
        "       1 titles that a name can't express, kept as a property\n"
        "       1 left out: a deleted page, or a backup\n"
        "       1 left out: not a page, by its suffix .png\n"
        "\n"
        "Bare WikiWords are not links"
    )
    assert "\x07" not in report


def test_changes_deleted_pages_and_passwords_are_reported(source, imported):
    _, report = imported(
        source(
            {
                "Main.A": PMWIKI + b"passwdread=x\ntext=[[A b]]\n",
                "Main.B,del-1234": PMWIKI + b"text=x\n",
                ".flock": "",
            }
        )
    )
    assert remarks(report) == [
        "was protected by passwdread, and no longer is",
        "line 1: [[A b]] is now {{A b}}",
    ]
    assert report["left_out"] == [
        {"place": ".flock", "reason": "a hidden file"},
        {"place": "Main.B,del-1234", "reason": "a deleted page, or a backup"},
    ]


def test_markup_that_a_build_would_warn_of_is_reported(source, imported):
    _, report = imported(source({"A.txt": "x\n\n(:colour red:)\n"}))
    assert remarks(report)[0].startswith("line 3: (:colour:) is no page property; shown as text")


# -- names


def planned(*names):
    return [
        page.name for page in plan([Entry(name, "", name, is_pmwiki=False) for name in names]).pages
    ]


def test_names_that_are_one_page_are_kept_apart(source, tmp_path, imported):
    dump = tmp_path / "dump.jsonl"
    names = ["FunnyAnimal", "FUNNYANIMAL", "Funny animal", "FunnyAnimal2"]
    dump.write_text("".join(json.dumps({"name": n, "text": n}) + "\n" for n in names))
    pages, report = imported(dump)
    assert sorted(name.casefold() for name in pages) == [
        "main/funnyanimal.trope",
        "main/funnyanimal2.trope",
        "main/funnyanimal3.trope",
        "main/funnyanimal4.trope",
    ]
    assert sorted(data.splitlines()[-1].decode() for data in pages.values()) == sorted(names)
    assert pages["Main/FunnyAnimal2.trope"] == b"FunnyAnimal2\n"
    assert (
        len([remark for remark in remarks(report) if "another page is already named" in remark])
        == 2
    )


def test_a_name_without_letters_gets_one_and_keeps_its_title(source, imported):
    pages, report = imported(source({"???.txt": "x\n", "!!.txt": "y\n"}))
    assert pages == {
        "Main/Unnamed.trope": b"(:title !!:)\ny\n",
        "Main/Unnamed2.trope": b"(:title ???:)\nx\n",
    }
    assert remarks(report)[0] == "'!!' has no letter or digit: the page is named Main/Unnamed"


def test_a_title_that_its_name_cannot_say_is_kept(source, imported):
    pages, _ = imported(
        source({"Ocean's 11.txt": "x\n", "Furry Confusion.txt": "x\n", "T.txt": "(:title Own:)\n"})
    )
    assert pages["Main/Oceans11.trope"] == b"(:title Ocean's 11:)\nx\n"
    assert pages["Main/FurryConfusion.trope"] == b"x\n"
    assert pages["Main/T.trope"] == b"(:title Own:)\n"


def test_a_title_may_hold_what_ends_a_property(source, imported):
    pages, _ = imported(source({"O'Zork (:alias X:) 2.txt": "x\n"}))
    (text,) = pages.values()
    section = page_section(
        text.decode(), PageName("Main", "X"), MarkupSettings(), lambda line, sentence: None
    )
    assert section.children[0].astext() == "O'Zork (:alias X:) 2"


def test_a_name_that_is_too_long_for_a_file_stays_an_alias(tmp_path, imported):
    dump = tmp_path / "dump.jsonl"
    dump.write_text(json.dumps({"name": "Ä" * 300, "text": "x"}))
    pages, _ = imported(dump)
    ((file, data),) = pages.items()
    assert len(file.encode()) < 255
    assert data.startswith(f"(:alias {'Ä' * 300}:)\n".encode())


@given(st.lists(st.tuples(st.text(max_size=12), st.text(max_size=300)), max_size=8))
def test_any_names_get_files_of_their_own_inside_the_folder(names):
    entries = [Entry(str(at), *spelled, is_pmwiki=False) for at, spelled in enumerate(names)]
    made = plan(entries)
    files = [page.file for page in made.pages]
    assert len({file.casefold() for file in files}) == len(names)
    namespaces = Namespaces(made.labels)
    for page in made.pages:
        folder, namespace, file = page.file.split("/")
        assert folder == "wiki"
        assert not {namespace, file} & {"", ".", ".."}
        assert "\\" not in page.file
        assert len(file.encode("utf-8", "surrogatepass")) < 255
        assert file.partition(".")[0].casefold() not in {"con", "nul", "aux", "prn", "com1"}
        # the file says the name
        assert page_name_of_file(page.file, namespaces).key == page.name.key
    assert all(name.isalnum() for name in made.namespaces)


HOSTILE = [
    {"name": "half \ud800", "text": "half \udfff of a character\n"},
    {"name": "with\0nul", "text": "nul \0 here\n"},
    {"name": "bell\x07", "text": "\x07\n"},
    {"name": "../../../etc/passwd", "text": "x\n"},
    {"name": "/abs/olute", "text": "x\n"},
    {"name": "C:\\Windows\\System32", "text": "x\n"},
    {"name": "", "text": "x\n"},
    {"name": " ", "text": "x\n"},
    {"name": "con", "text": "x\n"},
    {"name": "x" * 300, "text": "x\n"},
    {"name": "Film/" + "\u00c4" * 300, "text": "x\n"},
    {"name": "same name", "text": "x\n"},
    {"name": "SAME NAME", "text": "x\n"},
    {"name": "Same-Name!", "text": "x\n"},
]


def test_any_hostile_name_becomes_a_page_that_builds(tmp_path, imported):
    lines = [json.dumps(line) for line in HOSTILE]
    (tmp_path / "dump.jsonl").write_text("\n".join([*lines, '{"name": "broken', "[" * 99999]))
    pages, report = imported(tmp_path / "dump.jsonl")
    assert len(pages) == len({name.casefold() for name in pages}) == len(HOSTILE)
    assert len(report["left_out"]) == 2
    assert set(files_in(tmp_path)) - {f"wiki/wiki/{name}" for name in pages} == {
        "dump.jsonl", "wiki/.gitignore", "wiki/Makefile", "wiki/conf.py", "wiki/import-report.txt",
        "wiki/index.rst", "wiki/make.bat",
    }  # fmt: skip
    built = [sys.executable, "-m", "sphinx", "-q", "-W", "-b", "html", tmp_path / "wiki"]
    done = subprocess.run([*built, tmp_path / "html"], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_a_file_whose_name_is_no_text_is_imported(run, tmp_path):
    folder = tmp_path / "source"
    folder.mkdir()
    (folder / os.fsdecode(b"na\xefve.txt")).write_text("x\n")
    said = run("import", folder, tmp_path / "wiki", "-j", 1, "--format", "json")
    assert said.exit_code == 0
    (page,) = json.loads(said.stdout)["pages"]
    assert page["place"] == "na\udcefve.txt"
    assert (tmp_path / "wiki" / page["file"]).exists()


def test_thousands_of_one_name_are_numbered_in_their_order_in_no_time():
    made = plan(Entry(str(at), "", "One name", is_pmwiki=False) for at in range(20_000))
    assert made.pages[0].name.name == "OneName"
    assert made.pages[-1].name.name == "OneName20000"


# -- what is not what it claims to be


def test_what_is_not_utf_8_is_read_all_the_same_and_reported(source, imported):
    pages, report = imported(source({"A.txt": "x\nna\xefve \x80".encode("latin-1")}))
    assert pages["Main/A.trope"] == "x\nnaïve €\n".encode()
    assert remarks(report) == ["not UTF-8: byte 0xEF; read as Windows-1252 (line 2)"]


def test_a_file_that_only_claims_to_be_utf_8_is_reported(source, imported):
    data = PMWIKI + b"charset=UTF-8\ntext=na%efve\n"
    pages, report = imported(source({"Main.A": data}))
    assert pages["Main/A.trope"] == "naïve\n".encode()
    assert remarks(report) == ["not UTF-8: byte 0xEF; read as Windows-1252 (line 1)"]


@pytest.mark.parametrize(
    "charset",
    [
        b"ISO-8859-1",
        b"hex",
        b"rot13",
        b"\xff",
        b"no-such",
        b"unicode_escape",
        b"zlib",
        b"utf-7",
        b"raw_unicode_escape",
        b"idna",
        b"punycode",
        b"undefined",
        b"base64",
        b"utf-32",
        b"a%00b",
        b"x" * 9999,
        b"../../x",
        b"uu",
        b"mbcs",
        b"cp65001",
    ],
)
def test_any_charset_that_a_file_claims_is_borne(source, imported, charset):
    data = PMWIKI + b"charset=" + charset + b"\ntext=na%efve\n"
    pages, _ = imported(source({"Main.A": data}))
    assert pages["Main/A.trope"] == "naïve\n".encode()


@given(
    st.text(max_size=12) | st.sampled_from(sorted(set(aliases.values()))), st.binary(max_size=30)
)
def test_whatever_charset_is_claimed_a_text_is_read_and_a_sentence_says_how(charset, raw):
    text, remark = pages_module._decoded(raw, charset)
    assert isinstance(text, str)
    assert remark.isprintable() or not remark


def test_a_charset_that_is_none_is_told(source, imported):
    data = PMWIKI + b"charset=unicode_escape\ntext=C:\\new\n"
    pages, report = imported(source({"Main.A": data}))
    assert pages["Main/A.trope"] == b"C:\\new\n"
    assert remarks(report) == [
        "it says that it is unicode_escape, which is no encoding of text; read as UTF-8"
    ]


def test_no_byte_is_lost_whatever_it_is(source, imported):
    pages, _ = imported(source({"A.txt": bytes(range(1, 256)), "B.txt": "x".encode("utf-16")}))
    assert len(pages["Main/A.trope"].decode()) >= 255
    assert pages["Main/B.trope"] == b"x\n"


def test_a_text_that_the_program_fails_at_is_imported_as_it_is_and_told(
    source, imported, monkeypatch
):
    usual = pages_module.page_section

    def failing(text, *given):
        if "Art/Art" in text:
            raise RecursionError
        return usual(text, *given)

    monkeypatch.setattr(pages_module, "page_section", failing)
    pages, report = imported(source({"A's.txt": "x [[Art/Art/X y]]\n", "B.txt": "x\n"}))
    assert pages == {
        "Main/As.trope": b"(:title A's:)\nx [[Art/Art/X y]]\n", "Main/B.trope": b"x\n"
    }  # fmt: skip
    assert "cannot be parsed, and is unchanged: RecursionError" in remarks(report)


def test_pictures_and_what_is_hidden_are_left_out_and_named(source, imported):
    _, report = imported(
        source({"A.txt": "x", "b.png": b"\x89PNG\0", "C": b"\0", ".git/config": "x", ".x": "x"})
    )
    assert [(entry["place"], entry["reason"]) for entry in report["left_out"]] == [
        (".git", "a hidden folder"),
        (".x", "a hidden file"),
        ("C", "not a text file"),
        ("b.png", "not a page, by its suffix .png"),
    ]


def test_links_that_lead_outside_are_not_followed(source, imported, tmp_path):
    (tmp_path / "secret.txt").write_text("secret")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "B.txt").write_text("secret")
    folder = source({"A.txt": "x\n"})
    (folder / "Secret.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "More").symlink_to(tmp_path / "elsewhere")
    os.mkfifo(folder / "pipe.txt")
    pages, report = imported(folder)
    assert set(pages) == {"Main/A.trope"}
    assert {entry["place"] for entry in report["left_out"]} == {"Secret.txt", "More", "pipe.txt"}


def test_a_zip_that_leads_outside_writes_nothing_there(tmp_path, imported):
    link = zipfile.ZipInfo("Link.txt")
    link.external_attr = 0o120777 << 16
    outside = ["../../Evil.txt", "/etc/Evil.txt", "C:/Evil.txt", "..\\Evil.txt", "a/../../Evil.txt"]
    (tmp_path / "in").mkdir()
    with zipfile.ZipFile(tmp_path / "in" / "x.zip", "w") as archive:
        archive.writestr("Good.txt", "Good.\n")
        archive.writestr(link, "/etc/passwd")
        for name in outside:
            archive.writestr(name, "Evil.\n")
    before = files_in(tmp_path)
    pages, report = imported(tmp_path / "in" / "x.zip")
    assert pages == {"Main/Good.trope": b"Good.\n"}
    assert {entry["reason"] for entry in report["left_out"]} == {"outside the source", "a link"}
    assert len(report["left_out"]) == 1 + len(outside)
    assert {name for name in files_in(tmp_path) if not name.startswith("wiki/")} == set(before)


def zipped(path, entries, pack=zipfile.ZIP_DEFLATED):
    """A zip of *entries*, names and data, in their order, whatever the names."""
    with zipfile.ZipFile(path, "w", pack) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # of a name that is there twice
        for name, data in entries:
            info = zipfile.ZipInfo("x")
            info.filename = name
            info.compress_type = pack
            archive.writestr(info, data)
    return path


NAMES_OF_ENTRIES = [
    ".", "", "/", "//", "..", "./", "./.", "a/.", "a/..", " ", "\\", "C:", "C:\\x.txt", "con.txt", "NUL",
    "aux/x.txt", "A.txt", "a.TXT", "A.txt", "A/../A.txt", "x\n.txt", "\x1b[31m.txt", "....txt", ".txt",
    "\u202e.txt", "Ünï.txt", "x" * 300 + ".txt", "d/" * 300 + "x.txt", "CON/PRN/x.wiki", "~/x.txt",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES_OF_ENTRIES)
def test_an_entry_of_any_name_ends_no_import(tmp_path, imported, name):
    path = zipped(tmp_path / "x.zip", [("Good.txt", "Good.\n"), (name, "x\n")])
    pages, report = imported(path)
    assert pages["Main/Good.trope"] == b"Good.\n"
    is_folder = name.replace("\\", "/").endswith("/")
    assert len(report["pages"]) + len(report["left_out"]) == 1 + (not is_folder)


def test_entries_of_all_names_together_are_all_told(tmp_path, imported):
    path = zipped(
        tmp_path / "x.zip", [(name, f"{at}\n") for at, name in enumerate(NAMES_OF_ENTRIES)]
    )
    pages, report = imported(path)
    folders = [name for name in NAMES_OF_ENTRIES if name.replace("\\", "/").endswith("/")]
    assert len(pages) == len({name.casefold() for name in pages})
    assert len(pages) + len(report["left_out"]) == len(NAMES_OF_ENTRIES) - len(folders)
    places = [entry["place"] for entry in report["pages"] + report["left_out"]]
    assert len(set(places)) == len(places) or places.count("(no name)") > 1


@pytest.mark.parametrize("pack", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_what_unpacks_to_gigabytes_at_once_is_left_out_and_named(tmp_path, imported, pack):
    path = zipped(tmp_path / "x.zip", [("Good.txt", "x\n")])
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("Bomb.txt", bytes(10_000_000), compress_type=pack)
    pages, report = imported(path)
    assert set(pages) == {"Main/Good.trope"}
    assert "not deflate" in report["left_out"][0]["reason"]


def test_an_entry_that_says_less_than_it_holds_is_left_out(tmp_path, imported):
    path = zipped(tmp_path / "x.zip", [("Good.txt", "x\n"), ("Liar.txt", "a" * 90_000)])
    size = (90_000).to_bytes(4, "little")
    path.write_bytes(path.read_bytes().replace(size, (10).to_bytes(4, "little")))
    pages, report = imported(path)
    assert "Main/Good.trope" in pages
    assert len(pages) + len(report["left_out"]) == 2


def test_an_encrypted_entry_and_an_archive_in_the_archive_are_left_out(tmp_path, imported):
    inner = zipped(tmp_path / "inner.zip", [("A.txt", "x")]).read_bytes()
    path = zipped(
        tmp_path / "x.zip",
        [("Good.txt", "x\n"), ("in.zip", inner), ("In.txt", inner), ("Secret.txt", "x")],
        zipfile.ZIP_STORED,
    )
    data = bytearray(path.read_bytes())
    for sign, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.rfind(sign) + flags] |= 1
    path.write_bytes(data)
    pages, report = imported(path)
    assert set(pages) == {"Main/Good.trope"}
    reasons = {entry["place"]: entry["reason"] for entry in report["left_out"]}
    assert set(reasons) == {"in.zip", "In.txt", "Secret.txt"}
    assert "encrypted" in reasons["Secret.txt"]


@settings(max_examples=150)
@given(st.data())
def test_a_damaged_zip_is_imported_as_far_as_it_can_be_or_refused(tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("damaged")
    entries = [(f"P{at}.txt", f"Text {at}.\n" * at) for at in range(4)]
    pack = data.draw(st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA]))
    path = zipped(folder / "x.zip", entries, pack)
    raw = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 6))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    path.write_bytes(raw[: data.draw(st.integers(len(raw) // 2, len(raw)))])
    try:
        source = open_source(path)
        for entry in source.entries():
            with contextlib.suppress(Unreadable):
                assert len(source.read(entry)) <= 16 * 2**20
    except Refusal:
        pass


def test_a_second_entry_of_one_name_is_imported_when_a_stopped_import_goes_on(
    run, tmp_path, monkeypatch
):
    path = zipped(tmp_path / "x.zip", [("A.txt", "One.\n"), ("A.txt", "Two.\n"), ("A.txt", "3.\n")])
    with monkeypatch.context() as patch:
        stop_after(patch, 1)
        assert run("import", path, tmp_path / "wiki", "-j", 1).exit_code == 2
    said = run("import", path, tmp_path / "wiki", "-j", 1, "--format", "json")
    assert [page["place"] for page in json.loads(said.stdout)["pages"]] == [
        "A.txt", "A.txt (2)", "A.txt (3)",
    ]  # fmt: skip
    assert len(pages_in(tmp_path / "wiki")) == 3


def test_a_folder_that_can_not_be_read_is_named(source, imported, monkeypatch):
    folder = source({"Good.txt": "x", "closed/A.txt": "x"})
    scandir = os.scandir

    def closed(path):
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", closed)
    _, report = imported(folder)
    assert report["left_out"] == [
        {"place": "closed", "reason": "cannot be read: Permission denied"}
    ]


def test_a_zip_bomb_is_left_out(tmp_path, imported, monkeypatch):
    monkeypatch.setattr("sphinxcontrib_tropes.tools.importing.archives.MOST_BYTES", 1000)
    with zipfile.ZipFile(tmp_path / "x.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("A.txt", "x\n")
        archive.writestr("Bomb.txt", "0" * 10_000_000)
    pages, report = imported(tmp_path / "x.zip")
    assert set(pages) == {"Main/A.trope"}
    assert report["left_out"] == [{"place": "Bomb.txt", "reason": "larger than 1000 bytes"}]


def test_a_bomb_of_many_small_pages_is_refused(run, tmp_path, monkeypatch):
    monkeypatch.setattr("sphinxcontrib_tropes.tools.importing.archives.MOST_BYTES_OF_ZIP", 100_000)
    with zipfile.ZipFile(tmp_path / "x.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(200):
            archive.writestr(f"P{number}.txt", "0" * 50_000)
    said = run("import", tmp_path / "x.zip", tmp_path / "wiki")
    assert said.exit_code == 2
    assert "times its size: this is not a zip file of texts" in said.stderr
    assert not (tmp_path / "wiki").exists()


def test_a_large_zip_of_text_is_none(tmp_path, imported, monkeypatch):
    monkeypatch.setattr("sphinxcontrib_tropes.tools.importing.archives.MOST_BYTES_OF_ZIP", 10)
    with zipfile.ZipFile(tmp_path / "x.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("A.txt", "A text of the usual kind, which does not get much smaller.\n")
    pages, _ = imported(tmp_path / "x.zip")
    assert set(pages) == {"Main/A.trope"}


def test_two_entries_of_one_name_are_both_kept(tmp_path, imported):
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr("A.txt", "One.\n")
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("A.txt", "Two.\n")
    pages, _ = imported(tmp_path / "x.zip")
    assert pages == {"Main/A.trope": b"One.\n", "Main/A2.trope": b"(:title A:)\nTwo.\n"}


def test_a_broken_entry_is_left_out_and_named(tmp_path, imported):
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr("A.txt", "good\n")
        archive.writestr("B.txt", "broken\n")
    data = (tmp_path / "x.zip").read_bytes()
    (tmp_path / "x.zip").write_bytes(data.replace(b"broken\n", b"BROKEN\n"))
    pages, report = imported(tmp_path / "x.zip")
    assert set(pages) == {"Main/A.trope"}
    (left_out,) = report["left_out"]
    assert "Bad CRC-32" in left_out["reason"]


def test_lines_that_are_no_page_are_left_out_and_named(tmp_path, imported):
    lines = [
        '{"name": "A", "text": "\\ud800"}',
        "{",
        "[]",
        '{"name": 1, "text": ""}',
        "",
        "[" * 9999,
    ]
    (tmp_path / "x.jsonl").write_text("\n".join(lines))
    pages, report = imported(tmp_path / "x.jsonl")
    assert set(pages) == {"Main/A.trope"}
    assert [entry["place"] for entry in report["left_out"]] == [
        "line 2", "line 3", "line 4", "line 6",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["x.zip", "x.tar", "x"])
def test_what_is_no_source_is_one_sentence(run, tmp_path, name):
    (tmp_path / name).write_bytes(b"PK\x03\x04 no zip")
    said = run("import", tmp_path / name, tmp_path / "wiki")
    assert said.exit_code == 2
    assert "it must be a folder of pages" in said.stderr
    assert not (tmp_path / "wiki").exists()


def test_a_source_without_pages_writes_nothing(run, source, tmp_path):
    said = run("import", source({"a.md": "x", "b.md": "x"}), tmp_path / "wiki")
    assert said.exit_code == 2
    assert "no pages in" in said.stderr
    assert "Pages are text files (.trope, .txt, " in said.stderr
    assert "2 left out: not a page, by its suffix .md" in said.stderr
    assert not (tmp_path / "wiki").exists()


def test_a_folder_that_holds_something_is_left_alone(run, source, tmp_path):
    (tmp_path / "wiki").mkdir()
    (tmp_path / "wiki" / "mine").write_text("mine")
    said = run("import", source({"A.txt": "x"}), tmp_path / "wiki")
    assert said.exit_code == 2
    assert "is not empty; nothing was written" in said.stderr
    assert files_in(tmp_path / "wiki") == {"mine": b"mine"}


# -- stopped half-way


def stop_after(monkeypatch, count):
    """The import is interrupted at that write of a page."""
    write, done = journal.write_atomic, []

    def stopping(path, data, through):
        if path.suffix == ".trope":
            if len(done) == count:
                raise KeyboardInterrupt
            done.append(path)
        write(path, data, through)

    monkeypatch.setattr(journal, "write_atomic", stopping)


@pytest.fixture
def ten(source):
    return source({f"Page{n}.txt": f"Text {n}. (:colour:)\n" for n in range(10)})


@pytest.mark.parametrize("count", [0, 1, 5, 9])
def test_an_import_that_was_stopped_goes_on(run, ten, tmp_path, monkeypatch, count):
    with monkeypatch.context() as patch:
        stop_after(patch, count)
        said = run("import", ten, tmp_path / "wiki", "-j", 1)
    assert said.exit_code == 2
    assert f"stopped: {count} of 10 pages are done" in said.stderr
    assert len(pages_in(tmp_path / "wiki")) == count
    assert run("import", ten, tmp_path / "wiki", "-j", 1).exit_code == 0
    run("import", ten, tmp_path / "whole", "-j", 1)
    assert files_in(tmp_path / "wiki") == files_in(tmp_path / "whole")


def test_a_kill_between_a_page_and_its_note_loses_nothing(run, ten, tmp_path, monkeypatch):
    with monkeypatch.context() as patch:
        stop_after(patch, 5)
        run("import", ten, tmp_path / "wiki", "-j", 1)
    notes = tmp_path / "wiki" / ".sphinx-tropes-import"
    notes.write_bytes(notes.read_bytes()[:-20])  # the last note is torn
    assert run("import", ten, tmp_path / "wiki", "-j", 1).exit_code == 0
    run("import", ten, tmp_path / "whole", "-j", 1)
    assert files_in(tmp_path / "wiki") == files_in(tmp_path / "whole")


_KILLED = """
import os, pathlib, sys
from sphinxcontrib_tropes.tools.cli.command import sphinx_tropes
put, times = pathlib.Path.replace, int(sys.argv.pop(1))
def replace(self, target):
    global times
    times -= 1
    if times < 0:
        os._exit(9)
    return put(self, target)
pathlib.Path.replace = replace
sphinx_tropes()
"""


@pytest.mark.parametrize("times", [0, 1, 5, 11, 14])
def test_a_kill_in_the_middle_of_a_file_leaves_nothing_behind(run, ten, tmp_path, times):
    killed = [sys.executable, "-c", _KILLED, str(times), "import", ten, tmp_path / "wiki", "-j1"]
    assert subprocess.run(killed, check=False).returncode == 9
    assert run("import", ten, tmp_path / "wiki", "-j", 1).exit_code == 0
    run("import", ten, tmp_path / "whole", "-j", 1)
    assert files_in(tmp_path / "wiki") == files_in(tmp_path / "whole")


def test_a_page_edited_meanwhile_is_kept_and_reported(run, ten, tmp_path, monkeypatch):
    with monkeypatch.context() as patch:
        stop_after(patch, 5)
        run("import", ten, tmp_path / "wiki", "-j", 1)
    (tmp_path / "wiki" / "wiki" / "Main" / "Page0.trope").write_text("Mine.\n")
    said = run("import", ten, tmp_path / "wiki", "-j", 1, "--format", "json")
    assert pages_in(tmp_path / "wiki")["Main/Page0.trope"] == b"Mine.\n"
    edited = [p["name"] for p in json.loads(said.stdout)["pages"] if p["remarks"]]
    assert edited == ["Main/Page0"]


def test_a_foreign_file_in_the_way_is_not_written_over(run, ten, tmp_path, monkeypatch):
    with monkeypatch.context() as patch:
        stop_after(patch, 5)
        run("import", ten, tmp_path / "wiki", "-j", 1)
    mine = tmp_path / "wiki" / "wiki" / "Main" / "Page7.trope"
    mine.write_text("Mine.\n")
    said = run("import", ten, tmp_path / "wiki", "-j", 1)
    assert said.exit_code == 2
    assert "already exists, and differs from Page7.txt" in said.stderr
    assert mine.read_text() == "Mine.\n"


def test_another_source_does_not_go_on_with_it(run, ten, tmp_path, monkeypatch):
    with monkeypatch.context() as patch:
        stop_after(patch, 5)
        run("import", ten, tmp_path / "wiki", "-j", 1)
    (ten / "Page99.txt").write_text("new")
    said = run("import", ten, tmp_path / "wiki", "-j", 1)
    assert said.exit_code == 2
    assert "holds the unfinished import of" in said.stderr


def test_a_stop_while_the_project_is_written_goes_on(run, ten, tmp_path, monkeypatch):
    def stop(self, path, data):
        if path.name == "conf.py":
            raise KeyboardInterrupt
        put(self, path, data)

    put = journal.Journal.put
    with monkeypatch.context() as patch:
        patch.setattr(journal.Journal, "put", stop)
        assert run("import", ten, tmp_path / "wiki", "-j", 1).exit_code == 2
    assert run("import", ten, tmp_path / "wiki", "-j", 1).exit_code == 0
    assert (tmp_path / "wiki" / "conf.py").exists()


def test_pages_are_prepared_in_batches_of_their_order(source, imported, monkeypatch):
    monkeypatch.setattr(pages_module, "_BATCH", 3)
    pages, _ = imported(source({f"P{n}.txt": f"{n}\n" for n in range(10)}))
    assert pages == {f"Main/P{n}.trope": f"{n}\n".encode() for n in range(10)}


def test_what_is_pmwikis_own_is_told_in_any_folder_and_once(run, tmp_path):
    pages = tmp_path / "pages"
    pages.mkdir()
    text = "See (:include Foo:) {$Name} Attach:x.png here.\n\n(:include Bar:)\n"
    (pages / "One.txt").write_text(text)
    done = run("import", pages, tmp_path / "out", "-j", "1", "--format", "json")
    assert done.exit_code == 0, done.output
    (page,) = json.loads(done.stdout)["pages"]
    told = [remark for remark in page["remarks"] if remark.startswith("line ")]
    assert [remark for remark in told if "(:include Foo:)" in remark]
    assert [remark for remark in told if "{$Name}" in remark]
    assert [remark for remark in told if "Attach:x.png" in remark]
    assert len([remark for remark in told if remark.startswith("line 3:")]) == 1
