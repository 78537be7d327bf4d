"""``sphinx-tropes rename``: the command, and links in other markup."""

from __future__ import annotations

import pytest

RST = """\
Guide
=====

:trope:`OldName` :trope:`old name` :trope:`its label <Old Name>` :trope:`OldName#part`
:trope:`!OldName` :trope:`{{Old Name}}s` :trope:ref:`OldName` :any:`OldName` ``OldName`` OldName

.. a comment: :trope:`OldName`

.. code-block:: rst

   :trope:`OldName`

.. trope-backlinks:: Old Name

.. trope:: InPlace
   :indexes: Other, OldName

   It holds OldName, [=OldName=] and {{Old Name}}s.

.. trope-markup::

   OldName

OldName

.. toctree::
   :glob:

   OldName
   A label <OldName>

:doc:`OldName` :doc:`label </OldName>`
"""


MYST = """\
# Guide

{trope}`OldName` {trope}`label <old name>` `{trope}` {trope}`{{Old Name}}s` OldName

```{trope} InMarkdown
OldName
```

```{trope-backlinks} OldName
```

{doc}`OldName`
"""


FILES = {
    "conf.py": 'extensions = ["sphinxcontrib_tropes", "myst_parser"]\n',
    "OldName.trope": "About OldName.\n",
    "guide.rst": RST,
    "guide2.md": MYST,
}


@pytest.fixture
def mixed(site):
    """A wiki in three markups."""
    return site.write(FILES)


def sources_of(site):
    return {
        path.relative_to(site.source).as_posix(): path.read_bytes()
        for path in sorted(site.source.rglob("*"))
        if path.is_file()
    }


def test_links_in_other_markup_are_renamed_and_back(run, mixed):
    before = sources_of(mixed)
    said = run("rename", "OldName", "NewName", "-s", mixed.source, "--write")
    assert (said.exit_code, said.output) == (
        0,
        "OldName.trope -> NewName.trope; links: 23, files: 3\n",
    )
    guide = (mixed.source / "guide.rst").read_text("utf-8")
    for text in ("``OldName`` OldName\n", ".. a comment: :trope:`OldName`", "   :trope:`OldName`"):
        assert text in guide
    for text in (
        ":trope:`NewName` :trope:`new name` :trope:`its label <New Name>` :trope:`NewName#part`",
        ":any:`NewName`",
        ":trope:`!OldName` :trope:`{{New Name}}s` :trope:ref:`NewName`",
        ".. trope-backlinks:: New Name",
        ":indexes: Other, NewName",
        "It holds NewName, [=OldName=] and {{New Name}}s.",
        "   NewName\n   A label <NewName>\n",
        ":doc:`NewName` :doc:`label </NewName>`",
    ):
        assert text in guide
    mixed.build()
    assert "OldName" not in mixed.warnings
    run("rename", "NewName", "OldName", "-s", mixed.source, "--write")
    assert sources_of(mixed) == before


def test_a_comment_of_restructured_text_stays_beside_a_redirect(run, mixed):
    text = "T\n=\n\n.. :trope:`OldName`\n\n.. trope:: X\n\n   (:redirect OldName#Part two:)\n"
    mixed.write({"o'x.rst": text})
    assert run("rename", "OldName", "NewName", "-s", mixed.source, "--write").exit_code == 0
    after = (mixed.source / "o'x.rst").read_text("utf-8")
    assert after == text.replace("redirect OldName", "redirect NewName")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("o'x.rst", "T\n=\n\n.. trope:: X\n   :indexes: {}, Other\n\n   x\n"),
        ("o'x.md", "# T\n\n```{{trope}} X\n:indexes: {}, Other\n\nx\n```\n"),
    ],
)
def test_a_comma_in_braces_parts_no_names_in_an_option(run, mixed, name, text):
    before, after = "{{Lock, Stock and Barrel}}", "{{Lock, Stock and 2 Barrels}}"
    mixed.write({"LockStockAndBarrel.trope": "x\n", name: text.format(before)})
    said = run("rename", "LockStockAndBarrel", after, "-s", mixed.source, "--write", "--one-way")
    assert said.exit_code == 0, said.output
    found = (mixed.source / name).read_text("utf-8")
    assert found == text.format("LockStockAnd2Barrels")


IN_MANY_WAYS = {
    "conf.py": FILES["conf.py"] + 'exclude_patterns = ["parts"]\n',
    "OldName.trope": "x\n",
    "guide.md": """\
# Guide

[label](OldName.trope), [other](<OldName.trope>), [any](OldName).

| a |
|---|
| {trope}`old name` |

[def]: OldName.trope

```{trope-index}
:index: OldName
```

```{trope} InFence
---
indexes: OldName
---
[[folder:OldName]]
x
[[/folder]]
```

```{toctree}
OldName.trope
```
""",
    "guide2.rst": """\
Guide
=====

.. list-table::

   * - :trope:`OldName`
     - .. trope-index::
          :index: old name

.. trope:: In Place
   :indexes: Other,
      Old Name
   :aliases: In The Place

   (:relation subtrope-of OldName:)

   -> x
   -->-- OldName

.. |short| replace:: :trope:`OldName`

|short| and |short|.
""",
}


def test_directives_links_and_definitions_of_other_markup_are_renamed(run, site):
    before = site.write(IN_MANY_WAYS) and sources_of(site)
    said = run("rename", "OldName", "NewName", "-s", site.source, "--write")
    assert said.exit_code == 0, said.output
    text = "".join((site.source / name).read_text("utf-8") for name in ("guide.md", "guide2.rst"))
    assert "Old" not in text
    site.build()
    assert "OldName" not in site.warnings
    said = run("rename", "NewName", "OldName", "-s", site.source, "--write")
    assert said.exit_code == 0, said.output
    assert sources_of(site) == before


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ({"g.rst": "G\n=\n\n.. include:: parts/p.txt\n", "parts/p.txt": "x\n\n:trope:`OldName`\n"},
         "parts/p.txt:3 refers to Main/OldName"),
        ({"conf.py": FILES["conf.py"] + 'rst_epilog = ".. |o| replace:: :trope:`old name`"\n'},
         "rst_epilog in conf.py may refer to Main/OldName"),
        ({"g.rst": "G\n=\n\n.. only:: html\n\n   .. toctree::\n\n      ./OldName\n"},
         ""),
    ],
)  # fmt: skip
def test_what_is_written_elsewhere_is_renamed_or_refused(run, site, files, sentence):
    site.write(IN_MANY_WAYS | files)
    before = sources_of(site)
    said = run("rename", "OldName", "NewName", "-s", site.source, "--write")
    assert said.exit_code == (2 if sentence else 0), said.output
    assert sentence in said.stderr
    assert (sources_of(site) == before) is bool(sentence)


def test_a_file_of_refused_mentions_that_names_the_page_is_told(run, mixed):
    conf = FILES["conf.py"] + 'tropes_mentions_refused = "refused.txt"\n'
    mixed.write({"conf.py": conf, "refused.txt": "# x\nguide -> Old Name\n"})
    said = run("rename", "OldName", "NewName", "-s", mixed.source, "--write")
    assert "refused.txt:2 names Main/OldName, and was not changed" in said.stderr


def test_nothing_is_written_until_asked(run, mixed):
    before = sources_of(mixed)
    said = run("rename", "OldName", "NewName", "-s", mixed.source)
    assert said.exit_code == 0
    assert "--- a/OldName.trope\n+++ b/NewName.trope\n" in said.stdout
    assert "-About OldName.\n+About NewName.\n" in said.stdout
    assert "nothing was written, use --write" in said.stderr
    assert sources_of(mixed) == before


def test_a_page_of_a_directive_is_renamed_where_it_is(run, mixed):
    before = sources_of(mixed)
    said = run("rename", "InPlace", "Elsewhere", "-s", mixed.source, "--write")
    assert said.output == "renamed in its directive; links: 1, files: 1\n"
    assert b".. trope:: Elsewhere\n" in sources_of(mixed)["guide.rst"]
    run("rename", "Elsewhere", "InPlace", "-s", mixed.source, "--write")
    assert sources_of(mixed) == before


def test_a_way_without_return_must_be_asked_for(run, mixed):
    mixed.write({"Odd.trope": "{{o!ld name}}\n"})
    before = sources_of(mixed)
    command = ("rename", "OldName", "NewName", "-s", mixed.source, "--write")
    said = run(*command)
    assert said.exit_code == 2
    assert "a rename back would not restore everything: Odd.trope:1 spells it" in said.stderr
    assert sources_of(mixed) == before
    assert run(*command, "--one-way").exit_code == 0
    assert (mixed.source / "Odd.trope").read_text() == "{{New Name}}\n"


def test_a_failing_disk_leaves_all_as_it_was(run, mixed, monkeypatch):
    from sphinxcontrib_tropes.tools.editing import rename_project

    before = sources_of(mixed)
    write, calls = rename_project.write_atomic, []

    def failing(path, data):
        calls.append(path)
        if len(calls) == 2:
            raise OSError(28, "No space left on device", str(path))
        write(path, data)

    monkeypatch.setattr(rename_project, "write_atomic", failing)
    said = run("rename", "OldName", "NewName", "-s", mixed.source, "--write")
    assert said.exit_code == 2
    assert "nothing was changed" in said.stderr
    assert sources_of(mixed) == before


def test_a_file_that_is_not_utf_8_is_refused_if_it_names_the_page(run, mixed):
    mixed.write({"Latin.trope": "OldName \xe9\n".encode("latin-1"), "Other.trope": b"\xe9\n"})
    said = run("rename", "OldName", "NewName", "-s", mixed.source, "--write")
    assert said.exit_code == 2
    assert "Latin.trope is not UTF-8" in said.stderr


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_file_in_utf_16_is_refused_if_it_names_the_page(run, mixed, encoding):
    mixed.write({"Wide.trope": "鋼の錬金術師 and {{Old Name}}, Ω2.\n".encode(encoding)})
    said = run("rename", "OldName", "NewName", "-s", mixed.source, "--write")
    assert said.exit_code == 2
    assert "Wide.trope is not UTF-8" in said.stderr


def test_a_folder_of_the_namespace_is_used_as_it_is_spelled(run, site):
    site.write({"wiki/film/Jaws.trope": "FeudingFamilies\n", "wiki/FeudingFamilies.trope": "x\n"})
    said = run("rename", "FeudingFamilies", "Film/Feud", "-s", site.source, "--write")
    assert said.exit_code == 0, said.output
    assert (site.source / "wiki" / "film" / "Feud.trope").exists()
    assert "film" in [path.name for path in (site.source / "wiki").iterdir()]


def test_an_unknown_namespace_is_refused(run, site):
    site.write({"OldName.trope": "x\n"})
    said = run("rename", "OldName", "Opera/Feud", "-s", site.source, "--write")
    assert said.exit_code == 2
    assert "'Opera' is not a namespace of this wiki (known: " in said.stderr
    assert (site.source / "OldName.trope").exists()


def test_a_name_that_no_file_can_have_is_refused(run, site):
    site.write({"OldName.trope": "x\n"})
    said = run("rename", "OldName", "Ä" * 300, "-s", site.source, "--write", "--one-way")
    assert said.exit_code == 2
    assert "is too long for a file name" in said.stderr


def test_a_rename_back_takes_the_alias_out_again_and_says_so(run, site):
    site.write({"OldName.trope": "x\n", "Other.trope": "OldName\n"})
    before = sources_of(site)
    said = run("rename", "OldName", "NewName", "-s", site.source, "--alias", "--write")
    assert "rename 'Main/NewName' back to 'Main/OldName' with --one-way" in said.stderr
    back = run("rename", "Main/NewName", "Main/OldName", "-s", site.source, "--write", "--one-way")
    assert back.exit_code == 0, back.output
    assert sources_of(site) == before
