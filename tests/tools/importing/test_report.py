"""The report of an import."""

from __future__ import annotations

from .shared import PMWIKI, remarks


def test_pages_for_pmwikis_own_use_are_left_out_and_named(source, imported):
    names = ["Main.A", "Main.RecentChanges", "Site.AllRecentChanges", "SiteAdmin.X", "Film.SideBar",
             "Film.GroupHeader", "Main.Recent changes of mine"]  # fmt: skip
    _, report = imported(source(dict.fromkeys(names, PMWIKI + b"text=x\n")))
    assert [page["name"] for page in report["pages"]] == ["Main/A", "Main/RecentChangesOfMine"]
    assert report["bookkeeping"] == [
        "Film.GroupHeader", "Film.SideBar", "Main.RecentChanges", "Site.AllRecentChanges", "SiteAdmin.X",
    ]  # fmt: skip
    reasons = {entry["reason"] for entry in report["left_out"]}
    assert reasons == {"a page for PmWiki's own use"}


def test_the_report_begins_with_how_much_there_is_of_each_kind(run, source, tmp_path):
    bell = PMWIKI + b"text=[[A few words]] (:include X:)%0a[[B c]]\n"
    folder = source({"Main.A": bell, "Main.Be\x07ll": bell, "Main.B,del-1": PMWIKI, "x.png": "x"})
    run("import", folder, tmp_path / "wiki", "-j", 1)
    report = (tmp_path / "wiki" / "import-report.txt").read_text()
    lines = report.splitlines()
    assert lines[:2] == [
        "pages: 2, with remarks: 2, left out: 2",
        "Looks or works otherwise:",
    ]
    assert lines[2].startswith(
        "       2 on    2 pages  pages embedded inside a line, now links   e.g. Main/A: "
    )
    assert lines[3] == "The same, spelled otherwise:"
    assert lines[4].startswith(
        "       4 on    2 pages  links, spelled as here   e.g. Main/A: [[A few"
    )
    assert lines[5].startswith("       1 on    1 pages  a title that its name can't express")
    assert lines[6:10] == [
        "No pages:",
        "       1 a deleted page, or a backup",
        "       1 a picture or file that no page shows",
        "Bare WikiWords are not links; --wikiwords makes them links.",
    ]
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
        "passwdread",
        "line 1: [[A b]] is now {{A b}}",
    ]
    assert report["left_out"] == [
        {"place": ".flock", "reason": "a hidden file"},
        {"place": "Main.B,del-1234", "reason": "a deleted page, or a backup"},
    ]


def test_markup_that_a_build_would_warn_of_is_reported(source, imported):
    _, report = imported(source({"A.txt": "x\n\n(:colour red:)\n"}))
    assert remarks(report)[0].startswith("line 3: (:colour:) is no page property; shown as text")


def test_the_first_screen_has_at_most_50_lines_however_much_there_is_to_say(run, source, tmp_path):
    texts = {f"P{n}.txt": f"(:colour{n} x:)\n{{{{C++}}}}\n" for n in range(200)}
    names = {f"Group{n}.Page{m}.txt": "x" for n in range(20) for m in range(4)}
    files = {f"f{n}.x{n}": "x" for n in range(100)} | {f"i{n}.png": "x" for n in range(100)}
    run("import", source(texts | names | files), tmp_path / "wiki", "-j", 1)
    report = (tmp_path / "wiki" / "import-report.txt").read_text()
    assert len(report.partition("\n\n")[0].splitlines()) <= 50
