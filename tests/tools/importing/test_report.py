"""The report of an import."""

from __future__ import annotations

from .shared import PMWIKI, remarks


def test_pages_for_pmwikis_own_use_are_named(source, imported):
    names = ["Main.A", "Main.RecentChanges", "Site.AllRecentChanges", "SiteAdmin.X", "Film.SideBar",
             "Film.GroupHeader", "Main.Recent changes of mine"]  # fmt: skip
    _, report = imported(source(dict.fromkeys(names, PMWIKI + b"text=x\n")))
    assert len(report["pages"]) == len(names)
    assert [file.removeprefix("wiki/") for file in report["bookkeeping"]] == [
        "Film/GroupHeader.trope", "Film/SideBar.trope", "Main/RecentChanges.trope",
        "Site/AllRecentChanges.trope", "SiteAdmin/X.trope",
    ]  # fmt: skip


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
