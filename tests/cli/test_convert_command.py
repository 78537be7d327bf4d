"""``sphinx-tropes convert``: the command."""

from __future__ import annotations


def test_the_command_shows_the_converted_text(run, site):
    site.write({"film/TheMatrix.trope": "A RedHerring.\n"})
    shown = run(
        "convert", site.source / "film" / "TheMatrix.trope", "--to", "rst", "-s", site.source
    )
    assert shown.exit_code == 0
    assert shown.stdout == (
        ":orphan:\n\nThe Matrix\n==========\n\n.. trope:: Film/TheMatrix\n\nA :trope:`Red Herring`.\n"
    )


def test_files_are_replaced_and_build(run, site):
    site.write({"A.trope": "A {{B}}.\n", "B.trope": "[[spoiler:{{A}}]]\n"})
    files = site.source / "A.trope", site.source / "B.trope"
    done = run("convert", *files, "--to", "rst", "-s", site.source, "--write")
    assert done.exit_code == 0, done.output
    assert not any(file.exists() for file in files)
    site.build()
    assert site.warnings == ""
    back = (site.source / "A.rst", site.source / "B.rst")
    assert run("convert", *back, "--to", "trope", "-s", site.source, "--write").exit_code == 0
    assert files[0].read_text() == "A {{B}}.\n"
    assert files[1].read_text() == "[[spoiler:{{A}}]]\n"


def test_a_file_that_can_not_be_converted_does_not_stop_the_others(run, site):
    site.write({"A.trope": "[[redirect:B]]\n", "B.trope": "x\n", "C.trope": b"\xe9\n"})
    files = [site.source / f"{name}.trope" for name in "ABC"]
    done = run("convert", *files, "--to", "myst", "-s", site.source, "--write")
    assert done.exit_code == 2
    assert "2 of 3 files are not converted" in done.stderr
    assert (site.source / "B.md").exists()
    assert files[0].exists()


def test_no_file_is_written_over(run, site):
    site.write({"A.trope": "x\n", "A.rst": "mine\n"})
    done = run("convert", site.source / "A.trope", "--to", "rst", "-s", site.source, "--write")
    assert done.exit_code == 2
    assert "A.rst is there already" in done.stderr
    assert (site.source / "A.rst").read_text() == "mine\n"
