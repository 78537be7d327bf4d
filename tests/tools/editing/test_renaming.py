"""Renaming a page: its links are spelled as they were, and a rename back restores every byte."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sphinxcontrib_tropes.markup import MarkupSettings
from sphinxcontrib_tropes.names import Namespaces
from sphinxcontrib_tropes.tools.editing.page_references import count_references
from sphinxcontrib_tropes.tools.editing.renaming import rename, unrestored
from sphinxcontrib_tropes.tools.editing.source_files import Sources
from sphinxcontrib_tropes.tools.refusal import Refusal

from ...markup.spec_reader import read_spec

SETTINGS = MarkupSettings()


NAMES = Namespaces()


def unreadable(path, text):
    raise AssertionError(path)


def wiki(**pages):
    texts = {f"{name.replace('__', '/')}.trope": text for name, text in pages.items()}
    return Sources(texts, {".trope": "trope"}, SETTINGS, unreadable)


def renamed(sources, old="OldName", new="NewName", **options):
    """The texts after a rename, and the texts after one back."""
    names = NAMES.page_name(old), NAMES.page_name(new)
    made = rename(sources, *names, **options)
    texts = dict(sources.texts) | made.texts
    if made.moved:
        texts[made.moved[1]] = texts.pop(made.moved[0])
    return texts


def link(text, old="OldName", new="NewName"):
    """*text*, of a page that links to the old name, after the rename."""
    sources = wiki(**{old.replace("/", "__"): "x\n", "Other": text + "\n"})
    return renamed(sources, old, new)["Other.trope"].removesuffix("\n")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("OldName", "NewName"),
        ("Main/OldName", "Main/NewName"),
        ("Main.OldName", "Main.NewName"),
        ("{{Old Name}}", "{{New Name}}"),
        ("{{old name}}s", "{{new name}}s"),
        ("{{Old name}}", "{{New name}}"),
        ("{{OldName}}", "{{NewName}}"),
        ("{{old-name}}", "{{new-name}}"),
        ("Main/{{Old Name}}", "Main/{{New Name}}"),
        ("{{Main/Old Name}}", "{{Main/New Name}}"),
        ("[[OldName]]s", "[[NewName]]s"),
        ("[[oldname]]", "[[newname]]"),
        ("[[OldName its label]]", "[[NewName its label]]"),
        ("[[OldName ''its'' label]]", "[[NewName ''its'' label]]"),
        ("[[{{Old Name}} its label]]", "[[{{New Name}} its label]]"),
        ("[[OldName#part its label]]", "[[NewName#part its label]]"),
        ("[[OldName#part]]", "[[NewName#part]]"),
        ("[[old name | its label]]s", "[[new name | its label]]s"),
        ("[[old name | ''its'' label]]", "[[new name | ''its'' label]]"),
        ("[[its label -> Old Name]]", "[[its label -> New Name]]"),
        ("[[!OldName]]", "[[!NewName]]"),
        ("[[redirect:OldName]]", "[[redirect:NewName]]"),
        ("(:redirect Old Name:)", "(:redirect New Name:)"),
        ("(:redirect OldName:)", "(:redirect NewName:)"),
        ("(:redirect {{Old name}}:)", "(:redirect {{New name}}:)"),
        ("(:redirect OldName#Part two:)", "(:redirect NewName#Part two:)"),
        ("(:redirect [[OldName#Part one]]:)", "(:redirect [[NewName#Part one]]:)"),
        ("(:redirect [[it -> Old Name#1]]:)", "(:redirect [[it -> New Name#1]]:)"),
        (
            "(:redirect [[old name#O'1 | it]] quiet=1:)",
            "(:redirect [[new name#O'1 | it]] quiet=1:)",
        ),
        ("(:relation often-with [[OldName]], Z:)", "(:relation often-with [[NewName]], Z:)"),
        ("(:redirect Main.OldName :)", "(:redirect Main.NewName :)"),
        ("(:Relation subtrope-of OldName:)", "(:Relation subtrope-of NewName:)"),
        ("(:relation often-with Z, old name ,Y:)", "(:relation often-with Z, new name ,Y:)"),
        ("[[WMG:OldName was a ghost]]\nx", "[[WMG:NewName was a ghost]]\nx"),
        ("[[WMG:A]] of OldName", "[[WMG:A]] of NewName"),
        (
            "[[box:About OldName]]\n{{old name}}\n[[/box]]",
            "[[box:About NewName]]\n{{new name}}\n[[/box]]",
        ),
        (
            "[[box:tip:{{Old name}}s & more]]\nx\n[[/box]]",
            "[[box:tip:{{New name}}s & more]]\nx\n[[/box]]",
        ),
        ("[[old name|+]]", "[[new name|+]]"),
        (
            "(:cell:)OldName\n(:head align=left:)* {{Old Name}}",
            "(:cell:)NewName\n(:head align=left:)* {{New Name}}",
        ),
        (
            "(:div class=frame:) OldName\n(:divend:) {{old name}}",
            "(:div class=frame:) NewName\n(:divend:) {{new name}}",
        ),
        ("{{Old Name}} '80\n====\n\nOldName", "{{New Name}} '80\n====\n\nNewName"),
        (":OldName:see {{old-name}}\n: :OldName", ":NewName:see {{new-name}}\n: :NewName"),
        ("%red%OldName%blue% [[OldName x]]", "%red%NewName%blue% [[NewName x]]"),
        ("[[folder:{{Old name}}s & more]]\nx", "[[folder:{{New name}}s & more]]\nx"),
        (
            "[[quoteright:9:a.png]]\n[[caption-width:9:It's OldName.]]",
            "[[quoteright:9:a.png]]\n[[caption-width:9:It's NewName.]]",
        ),
        (
            "[[quoteright:9:a.png]][[caption-width-right:9:OldName]]",
            "[[quoteright:9:a.png]][[caption-width-right:9:NewName]]",
        ),
        ("[[OldName [[quoteright:9:a.png]]]]", "[[NewName [[quoteright:9:a.png]]]]"),
        ("[[quoteleft:9:[[OldName a.png]]]]", "[[quoteleft:9:[[NewName a.png]]]]"),
        ("-> x\n-->-- {{Old Name}}", "-> x\n-->-- {{New Name}}"),
        (":OldName: {{old-name}}", ":NewName: {{new-name}}"),
        ("x[[note]]OldName[[/note]]", "x[[note]]NewName[[/note]]"),
        (
            "[[labelnote:OldName]]OldName[[/labelnote]]",
            "[[labelnote:OldName]]NewName[[/labelnote]]",
        ),
        ("||~ OldName ~||\n||a||''OldName''||", "||~ NewName ~||\n||a||''NewName''||"),
        ("[[index]]\n* OldName\n[[/index]]", "[[index]]\n* NewName\n[[/index]]"),
        ("Face/OldName", "Face/NewName"),
        ("[[a | unclosed OldName\n\nb]]", "[[a | unclosed NewName\n\nb]]"),
        ("|| OldName || ''{{Old Name}}'' ||", "|| NewName || ''{{New Name}}'' ||"),
        ("* OldName: x\n** {{Old Name}}", "* NewName: x\n** {{New Name}}"),
        ("!! OldName\n\nx", "!! NewName\n\nx"),
        ("[[spoiler:OldName]] '''OldName'''", "[[spoiler:NewName]] '''NewName'''"),
        ("[[folder:x]]\nOldName\n[[/folder]]", "[[folder:x]]\nNewName\n[[/folder]]"),
        ("OldName\r\n\r\nx\r", "NewName\r\n\r\nx\r"),
        ("\ufeffOldName", "\ufeffNewName"),
    ],
)
def test_a_link_is_spelled_as_it_was(before, after):
    assert link(before) == after
    assert link(after, "NewName", "OldName") == before


@pytest.mark.parametrize(
    "text",
    [
        "[=OldName=]",
        "[@\nOldName\n@]",
        "`OldName",
        "%% OldName",
        "(:comment OldName:)",
        "(:title OldName again:)",
        "(:laconic See OldName.:)",
        "http://example.org/OldName",
        "[[Other a OldName b]]",
        "[[Other | OldName]]",
        "OldNames AnOldName",
        "Film/OldName {{Film/Old Name}}",
        "old name",
        "[[math:OldName_{{Old Name}}]]",
        "[[math]]\nOldName {{Old Name}}\n[[/math]]",
        "(:source lang=OldName:)\nOldName = {{Old Name}}\n(:sourceend:)",
        "(:source lang=python:)\n[@\nOldName\n@]",
        '[[image:OldName.png OldName of {{Old Name}}]] [[image:"Old Name/OldName.png"]]',
        "(:cell class=OldName:)x",
        "(:div class=OldName:)\nx\n(:divend:)",
        "%class=OldName%x%%",
        "%define=OldName color=red%x",
        "(:OldName:OldName:)",
    ],
)
def test_what_is_no_link_stays(text):
    assert link(f"{text}\n\nOldName") == f"{text}\n\nNewName"


@pytest.mark.parametrize(
    "comment", ["(:comment OldName:)", "(:Comment: [[OldName#x it]] and {{Old Name}}:)"]
)
@pytest.mark.parametrize("between", ["", "\n\n"])
def test_a_comment_stays_whatever_else_names_the_page(comment, between):
    text = f"(:relation subtrope-of {{0}}:){between}{comment}\n(:redirect {{0}}#Part two:)"
    assert link(text.format("OldName")) == text.format("NewName")


def test_a_part_of_the_name_that_is_shown_stays_shown():
    text = "{{Godzilla|2014}}s, [[{{Godzilla|2014}} it]], [[{{Godzilla|2014}}]]"
    there = "[[NewName Godzilla]]s, [[NewName it]], [[NewName Godzilla]]"
    assert link(text, "Godzilla2014", "NewName") == there


def test_a_name_that_is_no_wikiword_gets_brackets_and_back():
    text = "OldName {{Old Name}} [[{{Old Name}}]] [[OldName label]]"
    there = link(text, "OldName", "Catch")
    assert there == "[[Catch]] {{Catch}} [[{{Catch}}]] [[Catch label]]"
    assert link(there, "Catch", "OldName") == text


def test_a_page_moves_to_another_namespace_and_back():
    before = wiki(OldName="x {{Old Name}}\n", Other="OldName [[OldName a]] [[!OldName]]\n")
    there = renamed(before, "OldName", "Film/OldName")
    assert there == {
        "Film/OldName.trope": "x Film/{{Old Name}}\n",
        "Other.trope": "Film/OldName [[Film/OldName a]] [[!Film/OldName]]\n",
    }
    back = renamed(before._replace(texts=there), "Film/OldName", "OldName")
    assert back == before.texts


def test_the_old_name_may_stay_as_an_alias_and_goes_on_the_way_back():
    before = wiki(OldName="\ufeffx\r\n", Other="OldName\n")
    there = renamed(before, is_alias=True)
    assert there["NewName.trope"] == "\ufeff(:alias OldName:)\r\nx\r\n"
    assert renamed(before._replace(texts=there), "NewName", "OldName") == before.texts


@pytest.mark.parametrize(
    ("stem", "moved"),
    [
        ("OldName", "NewName"),
        ("old_name", "new_name"),
        ("old-name", "new-name"),
        ("oldname", "newname"),
    ],
)
def test_a_file_is_called_as_it_was(stem, moved):
    assert list(renamed(wiki(**{stem: "x\n"}))) == [f"{moved}.trope"]


@pytest.mark.parametrize(
    ("pages", "sentence"),
    [
        ({}, "there is no page Main/OldName"),
        ({"OldName": "x", "NewName": "x"}, "there is already a page Main/NewName"),
        ({"OldName": "x", "oldname": "x"}, "Main/OldName is defined twice: in OldName.trope"),
        ({"A": "(:alias OldName:)"}, "Main/OldName is an alias of Main/A"),
        ({"OldName": "x", "A": "(:alias NewName:)"}, "Main/NewName is already an alias of Main/A"),
    ],
)
def test_what_can_not_be_renamed_is_one_sentence(pages, sentence):
    with pytest.raises(Refusal, match=sentence):
        renamed(wiki(**pages))


def test_one_page_by_two_spellings_is_no_rename():
    with pytest.raises(Refusal, match="are the same name"):
        renamed(wiki(OldName="x"), "OldName", "Oldname")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[[(Old) Name]]", "in a way that can't be rewritten"),
        ("{{Old [=Name=]}}", "in a way that can't be rewritten"),
        ("x\n\n[[(Old) Name]]", "Other.trope:3 refers to Main/OldName in a way"),
        (
            "[[folder:x]]\n[[OldName(film)]]\n[[Old(Name)]]",
            "Other.trope:3 refers to Main/OldName in a",
        ),
    ],
)
def test_what_is_not_understood_is_refused(text, sentence):
    with pytest.raises(Refusal, match=sentence):
        link(text)


# a name that a line break cuts, one in parentheses or with nothing shown of it, a word that another
# kind of name would not be a link in: they are refused
NOT_FOUND = {
    "braces.md", "breaks-and-comments.md", "folders.md", "links.md", "styles.md", "wikiwords.md",
}  # fmt: skip


def examples_with_links():
    for example in read_spec():
        doctree = wiki(Example=example.input).doctree("Example.trope", example.input)
        for key in count_references(NAMES.page_name, doctree):
            if key != "main/example":
                yield example, NAMES.page_name(key)


@pytest.mark.parametrize("new", ["Zyx9Ab", "Catch-22 bis", "Film/O'Zed"])
def test_every_link_of_the_reference_is_renamed_or_refused_with_file_and_line(new):
    new, refused, renamed_ones = NAMES.page_name(new), [], 0
    for example, old in examples_with_links():
        sources = wiki(**{f"{old.namespace}__{old.name}": "x\n", "Example": example.input})
        before = count_references(NAMES.page_name, sources.doctree("Example.trope", example.input))
        try:
            text = rename(sources, old, new).texts.get("Example.trope", example.input)
        except Refusal as refusal:
            place = str(refusal).partition(" refers to ")[0]
            refused.append((example.file.name, place.rstrip("0123456789")))
            continue
        after = count_references(NAMES.page_name, sources.doctree("Example.trope", text))
        assert (after[old.key], after[new.key]) == (0, before[old.key]), text
        renamed_ones += 1
    assert set(refused) <= {(file, "Example.trope:") for file in NOT_FOUND}
    assert len(refused) <= 10
    assert renamed_ones > 200


def test_an_alias_that_is_the_old_name_in_other_words_stays_one():
    texts = renamed(wiki(OldName="(:alias Old Name:)\nx\n", Other="OldName\n"))
    assert texts == {"NewName.trope": "(:alias Old Name:)\nx\n", "Other.trope": "NewName\n"}


def test_a_page_with_pictures_beside_it_does_not_leave_its_folder():
    sources = wiki(wiki__OldName="x\n\n[[quoteright:9:img/a.png]]\n", Other="OldName")
    with pytest.raises(Refusal, match=r"OldName\.trope:3 shows img/a.png, a path relative"):
        renamed(sources, "OldName", "Film/OldName")
    assert "wiki/NewName.trope" in renamed(sources)


def test_thousands_of_links_of_which_one_is_none_take_few_readings(monkeypatch):
    read = []
    usual = Sources.doctree
    monkeypatch.setattr(
        Sources, "doctree", lambda self, *given: read.append(given) or usual(self, *given)
    )
    text = "* OldName\n" * 2000 + "[[Other | OldName]] {{Old Name}}\n"
    assert link(text) == text.replace("* OldName", "* NewName").replace("{{Old", "{{New")
    assert len(read) < 60


def way_back(sources):
    names = NAMES.page_name("OldName"), NAMES.page_name("NewName")
    return unrestored(sources, rename(sources, *names), *names)


def test_the_way_back_is_told_before():
    assert way_back(wiki(OldName="x", A="OldName")) == ""
    assert (
        way_back(wiki(OldName="x", A="x\n{{o!ld name}}")) == "A.trope:2 spells it '{{o!ld name}}'"
    )
    assert way_back(wiki(OldName="x", A="NewName")) == "A.trope already refers to Main/NewName"


PIECES = st.sampled_from(
    [
        "OldName", "{{Old Name}}", "{{old name}}s", "{{Old name}}", "[[OldName]]", "Other",
        "[[OldName label]]", "[[old name | label]]", "[[label -> OldName]]", "Main/OldName",
        "[=OldName=]", "`OldName", "''", "'''", "[[spoiler:", "]]", "[[", "{{", "}}", "|", " ", "\n",
        "\n\n", "\n* ", "\n# ", "\n-> ", "\n||", "||", "\n!! ", "%%", "[=", "=]", "[@", "@]", "x", "é",
        "\n[[folder:OldName]]\n", "\n[[/folder]]\n", "(:title OldName:)", "\n(:redirect OldName:)\n",
        "#part", "s", "\r\n", "\\\n", "\n ", "[[note]]", "[[/note]]", "//", "http://x.org/", "OtherPage",
    ]
)  # fmt: skip


@settings(max_examples=300)
@given(st.lists(PIECES, max_size=12).map("".join), st.sampled_from(["NewName", "Catch", "Film/X"]))
def test_a_rename_and_its_reverse_give_the_same_bytes_or_say_so(text, new):
    before = wiki(OldName=text, OtherPage=text[::-1], Third=text + " OldName")
    old_name, new_name = NAMES.page_name("OldName"), NAMES.page_name(new)
    try:
        made = rename(before, old_name, new_name)
        rest = unrestored(before, made, old_name, new_name)
    except Refusal:
        return
    there = renamed(before, "OldName", new)
    back = renamed(before._replace(texts=there), new, "OldName")
    assert (back == before.texts) is (rest == "")


def test_each_text_is_read_once_for_the_way_there_and_back(monkeypatch):
    files = {
        f"P{number}": f"(:laconic x:)\n\nTo OldName, {number} times.\n" for number in range(20)
    }
    sources = wiki(OldName="x\n", **files)
    read = []
    usual = Sources.doctree_and_names

    def doctree(self, path, text):
        read.append(path)
        return usual(self, path, text)

    monkeypatch.setattr(Sources, "doctree_and_names", doctree)
    old, new = map(NAMES.page_name, ("OldName", "NewName"))
    assert not unrestored(sources, rename(sources, old, new), old, new)
    assert all(read.count(f"{name}.trope") == 2 for name in files)
