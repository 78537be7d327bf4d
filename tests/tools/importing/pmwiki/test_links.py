"""PmWiki's page files and links."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinxcontrib_tropes.markup import MarkupSettings
from sphinxcontrib_tropes.names import DEFAULT_NAMESPACES, Namespaces
from sphinxcontrib_tropes.tools.importing.pmwiki import (
    WikiPage,
    facts_of,
    linked_groups,
    not_understood,
    read_pmwiki,
    rewritten,
)

from ....linear_growth import assert_linear
from ..shared import PMWIKI, remarks, said

FACTS = facts_of([WikiPage("Film", "Page"), WikiPage("Main", "Page")])


def made(text, group, settings, is_written):
    """*text* on ``Group.Page``, rewritten."""
    return rewritten(text, WikiPage(group, "Page"), group, FACTS, settings, is_written)


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
        ("[[ A few words]] [[ One ]]", "{{A few words}} [[One]]"),
        (
            "%red big%[[A few words]] a %%[[A b|c%blue%]]",
            "%red big%{{A few words}} a %%[[A b|c%blue%]]",
        ),
        ("[[Film/A few words]]", "Film/{{A few words}}"),
        ("[[Film.A few words]]", "Film/{{A few words}}"),
        ("[[A few words#there]]", "[[{{A few words}}#there]]"),
        ("[[A few words | label]]", "[[A few words | label]]"),
        ("[[label -> A few words]]", "[[label -> A few words]]"),
        ("[[One]]s", "[[One]]s"),
        (
            "Wiki''''Word and Page''''''Name and '''bold''''",
            "WikiWord and PageName and '''bold''''",
        ),
        ("[[http://example.org words]]", "[[http://example.org words]]"),
        ("[[#anchor words]]", "[[#anchor words]]"),
        ("[[!Dogs & cats]]", "[[!Category/Dogs & cats]]"),
        ("[[!Film/Dogs]]", "[[!Film/Dogs]]"),
        (
            "(:title A PmWiki guide to [[A few words]]:)",
            "(:title A PmWiki guide to [[A few words]]:)",
        ),
        (
            "(:if exists A few words:)\nx\n(:ifend:)\n{$FullName} {Main.Old$:Prop}{$Other}",
            "Main.Page $Other",
        ),
        (
            "$[A few words] $ScriptUrl/[[A few words]] $Main.Page",
            "A few words $ScriptUrl/{{A few words}} $Main.Page",
        ),
        (
            "[[Long#det|+]] [[A few words | +]]s [[A few words#x|+]]",
            "[[Long#det|+]] [[A few words|+]]s [[A few words#x|+]]",
        ),
        ('[[Long"a tip"|x]] [[A few words "tip"]]', "[[Long |x]] {{A few words}}"),
        (
            '[[http://example.org"a tip"|x]] [[http://example.org "a tip"]] [[#x"a tip"|y]] [[#z"a tip"]]',
            "[[http://example.org |x]] [[http://example.org]] [[#x |y]] [[#z]]",
        ),
        ("[[Long?action=edit|x]] [[Long?a=b#c | x]]", "x [[Long#c | x]]"),
        (
            "[[{$Group}.Long|x]]s [[{$FullName}?action=edit]] [[x -> {$Name}]] [[{$Other}|y]]",
            "[[Main.Long|x]]s Main.Page [[x -> Page]] y",
        ),
        ("[[~Ada Author]] [[~Ada|A]]", "Profiles/{{Ada Author}} [[Profiles/Ada |A]]"),
        ("(:redirect Long status=301 from=x:)", "(:redirect Long:)"),
        ("(:redirect Film.Long#det quiet=1:)", "(:redirect Film.Long#det:)"),
        ('(:redirect to="A few words":)', "(:redirect A few words:)"),
        ("(:redirect http://example.org/:)", "→ http://example.org/"),
        ("(:redirect {$Group}/X:)", "(:redirect Main/X:)"),
        ("(:redirect {$Other}/X:)", ""),
        ("[[Film/]] [[Series.]]", "[[Film/]] [[Series.]]"),
        ("[=[[A few words]]=] [=a [[b]]=]", "[@[[A few words]]@] [=a [[b]]=]"),
        ("[@\n[[A few words]]\n@]", "[@\n[[A few words]]\n@]"),
        ("`WikiWord `Word ``FullName `aWord`", "[=WikiWord=] `Word ``FullName `aWord`"),
    ],
)
def test_links_of_main_mean_what_they_did(typed, written):
    settings = MarkupSettings(Namespaces(DEFAULT_NAMESPACES | {"Profiles": "", "Category": ""}))
    assert made(typed, "Main", settings, lambda name: False)[0] == written


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
    assert made(typed, "Film", MarkupSettings(), there.__contains__)[0] == written


TEXT_OF_PMWIKI = st.lists(
    st.sampled_from(
        ["PmWiki", "$ScriptUrl", "$Full", "Name}", "(:title ", ":)", "(:toc", "[", "]", "%", "[=", "=]",
         "[@", "@]", "`Wiki", "''", "|", "#a", "->", "(", "~", "!", "\n", " ", "a", "Books.Other", "+"]
    ) | st.text(max_size=4),
    max_size=20,
).map("".join)  # fmt: skip


@given(TEXT_OF_PMWIKI)
def test_what_holds_no_link_stays_as_it_is(text):
    for mark in ("[[", "[", "\ufdd0", "\ufdd1", "`"):
        text = text.replace(mark, "")
    assert made(text, "Film", MarkupSettings(wikiwords=False), lambda name: True) == (text, [])


@given(st.lists(TEXT_OF_PMWIKI | st.sampled_from(["[[", "]]", "[[~", "(:redirect "]), max_size=8))
def test_any_text_of_pmwiki_is_rewritten_line_by_line(pieces):
    text = "".join(pieces)
    new, told = made(text, "Film", MarkupSettings(), lambda name: len(name) % 2 == 0)
    assert all(1 <= line <= new.count("\n") + 1 for line, _ in told)
    assert bool(told) or new == text


@pytest.mark.parametrize(
    "piece",
    ["[[", "(:a ", "{$a", "$[", "%a ", "[[a->", "[[a|", "(:redirect a ", "[[~", "]]", "$a"],
)
def test_a_long_text_of_pmwiki_takes_no_longer_for_each_of_its_letters(piece):
    def read(count):
        made(piece * count, "Film", MarkupSettings(), lambda name: False)
        linked_groups(piece * count)

    assert_linear(read, 2000)


def test_what_only_pmwiki_does_is_reported_with_its_line():
    text = "x\n\nSee (:include Main.Side:)\n[=\n(:if x:)=]\n{$Name} Attach:x.jpg [[~Me]]\n"
    said = not_understood(text)
    assert [(line, remark.partition(" is PmWiki's")[0]) for line, remark in said] == [
        (3, "(:include Main.Side:)"),
        (6, "{$Name}"),
        (6, "Attach:x.jpg"),
        (6, "[[~Me]]"),
    ]


def test_lines_are_those_of_the_file_that_is_written(source, imported):
    text = "[[A few words]]\n\n(:input x:)\n(:if false:)\nno\n(:ifend:)\n"
    text += "{$Name} (:include x:)\n[[spoiler:\n"
    data = PMWIKI + b"text=" + text.replace("\n", "%0a").encode()
    pages, report = imported(source({"Main.Ocean's11": data}))
    assert pages["Main/Oceans11.trope"] == (
        b"(:title Ocean's11:)\n{{A few words}}\n\nOcean's11 [[x]]\n[[spoiler:\n"
    )
    said = [remark.split(" ")[:3] for remark in remarks(report) if remark.startswith("line ")]
    assert said == [
        ["line", "2:", "[[A"],
        ["line", "4:", "(:input:)"],
        ["line", "4:", "(:if"],
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


def test_what_is_pmwikis_own_is_told_in_any_folder_and_once(run, tmp_path):
    pages = tmp_path / "pages"
    pages.mkdir()
    text = "See (:include Foo:) {$Name} Attach:x.png here.\n\nOr (:include Bar:)\n"
    (pages / "One.txt").write_text(text)
    done = run("import", pages, tmp_path / "out", "-j", "1", "--format", "json")
    assert done.exit_code == 0, done.output
    (page,) = json.loads(done.stdout)["pages"]
    told = [said(remark) for remark in page["remarks"]]
    assert [remark for remark in told if "(:include Foo:)" in remark]
    assert [remark for remark in told if "{$Name}" in remark]
    assert [remark for remark in told if "Attach:x.png" in remark]
    assert len([remark for remark in told if remark.startswith("line 3:")]) == 1


def test_links_to_pages_for_pmwikis_own_use_are_words():
    text = "[[Site.SideBar | the bar]] [[RecentChanges]] [[Main/SearchWiki|+]] [[Site/]] `SideBar"
    done = made(text, "Film", MarkupSettings(wikiwords=False), lambda name: False)
    assert done[0] == "the bar RecentChanges Main/SearchWiki Site/ SideBar"
    assert "leads to a page for PmWiki's own use; its words are kept" in done[1][0][1]
