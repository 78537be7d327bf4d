"""DokuWiki's pages as trees, and its links as keys."""

from __future__ import annotations

import time

import pytest

from sphinxcontrib_tropes.tools.importing.readers import Page, Unwanted
from sphinxcontrib_tropes.tools.importing.readers.dokuwiki import READER
from sphinxcontrib_tropes.tools.importing.remarks import Remarks
from sphinxcontrib_tropes.tools.importing.tree import (
    Break,
    Callout,
    Cell,
    Code,
    CodeBlock,
    DefinitionList,
    Heading,
    Link,
    List,
    Note,
    Paragraph,
    Picture,
    Quotation,
    Rule,
    Spoiler,
    Styled,
    Table,
    Text,
    WebLink,
)


def p(*parts):
    return Paragraph(tuple(Text(part) if isinstance(part, str) else part for part in parts))


def document(text, key="lore:ünder_world", remarks=None):
    return READER.read(text, Page(key, remarks or Remarks(), {}))


def blocks(text):
    return document(text).blocks


def inline(text):
    (paragraph,) = blocks(text)
    assert isinstance(paragraph, Paragraph)
    return paragraph.children


def kinds(text):
    remarks = Remarks()
    document(text, remarks=remarks)
    return [remark.kind for remark in remarks.found]


@pytest.mark.parametrize(
    ("path", "key"),
    [
        ("data/pages/lore/soul_bomb.txt", "lore:soul_bomb"),
        ("pages/start.txt", "start"),
        ("dump/data/pages/a/pages/b.txt", "a:pages:b"),
        ("soul_bomb.txt", "soul_bomb"),
        ("pages/%C3%BCber.txt", "ueber"),
        ("pages/Ελληνικά.txt", "ελληνικά"),
        ("pages/が.txt", "が"),
    ],
)
def test_the_key_is_the_id_of_the_page(path, key):
    assert READER.key(path) == key


@pytest.mark.parametrize(
    ("target", "key"),
    [
        ("Under World", "lore:deep:under_world"),
        ("AC_DC", "lore:deep:ac_dc"),
        (":Top", "top"),
        ("other:Page", "other:page"),
        ("other/Page", "other:page"),
        (".:x", "lore:deep:x"),
        (".x", "lore:deep:x"),
        ("..:x", "lore:x"),
        ("..:..:..:x", "x"),
        ("..:up:x", "lore:up:x"),
        ("~:sub", "lore:deep:here:sub"),
        ("Über Größe!", "lore:deep:ueber_groesse"),
        ("É l'an", "lore:deep:e_l_an"),
        ("other:", "other:start"),
        (":", "start"),
    ],
)
def test_a_link_means_the_page_that_dokuwiki_means(target, key):
    assert next(iter(READER.keys(target, "lore:deep:here"))) == key


def test_a_link_to_a_namespace_may_mean_three_pages():
    assert list(READER.keys(":lore:", "x")) == ["lore:start", "lore:lore", "lore"]
    assert list(READER.keys(":lore", "x")) == ["lore", "lore:start", "lore:lore"]


def test_all_spellings_of_an_id_fold_alike():
    assert READER.folded("Lore:Soul  Bomb!") == READER.folded("lore/soul_bomb") == "lore:soul_bomb"


def test_files_are_in_the_folder_of_media():
    assert next(iter(READER.media("Pics:A b.PNG", "lore:x"))) == "data/media/pics/a_b.png"
    assert next(iter(READER.media("Pics/A b.PNG", "lore:x"))) == "data/media/pics/a_b.png"
    assert "b.png" in READER.media("pics:b.png", "lore:x")
    assert next(iter(READER.media("a.png", "lore:x"))) == "data/media/lore/a.png"
    assert next(iter(READER.media("..:..:..:etc:passwd", "lore:x"))) == "data/media/etc/passwd"


def test_the_name_is_spelled_as_the_heading_that_means_the_id():
    head = READER.head("lore:soul_bomb", "~~NOTOC~~\n\n====== Soul Bomb! ======\n")
    assert (head.name, head.group, head.title) == ("Soul Bomb!", "lore", "")


def test_another_heading_is_the_title():
    head = READER.head("a_b:c:sb", "====== Soul Bomb ======\n")
    assert (head.name, head.group, head.title) == ("sb", "a b c", "Soul Bomb")


def test_a_heading_in_the_middle_is_no_title():
    assert READER.head("sb", "Prose.\n\n===== Notes =====\n").title == ""


def test_the_first_page_of_a_namespace_has_its_name():
    assert READER.head("lore:deep:start", "x")[:2] == ("deep", "lore")
    assert READER.head("lore:lore", "====== Lore ======")[:2] == ("Lore", "")
    assert READER.head("start", "x")[:2] == ("start", "")


@pytest.mark.parametrize(
    "key", ["wiki:syntax", "lore:sidebar", "sidebar", "lore:_template", "__template"]
)
def test_pages_of_the_program_are_left_out(key):
    with pytest.raises(Unwanted):
        READER.head(key, "x")


def test_a_template_for_new_pages_is_known_by_its_file():
    assert READER.key("data/pages/lore/__template.txt").endswith("__template")


def test_texts_are_recognised():
    assert READER.recognises("data/pages/x.txt", b"x")
    assert READER.recognises("x.txt", b"====== A B ======\n")
    assert not READER.recognises("x.txt", b"A B\n======\n\nprose\n====== ======\n")
    assert not READER.recognises("pages/x.md", b"")


def test_styles():
    assert inline("**a** //b// __c__ ''d'' <del>e</del> <sub>f</sub> <sup>g</sup>")[::2] == (
        Styled("strong", (Text("a"),)),
        Styled("emphasis", (Text("b"),)),
        Styled("insert", (Text("c"),)),
        Code("d"),
        Styled("strike", (Text("e"),)),
        Styled("subscript", (Text("f"),)),
        Styled("superscript", (Text("g"),)),
    )


def test_a_style_may_begin_and_end_with_a_blank():
    assert inline("**Pits: ** A") == (Styled("strong", (Text("Pits: "),)), Text(" A"))


def test_marks_without_partner_are_text():
    assert inline("2 ** 3 // 4") == (Text("2 ** 3 // 4"),)
    assert inline("**a //b** c") == (Styled("strong", (Text("a //b"),)), Text(" c"))


def test_monospaced_text_keeps_its_links():
    assert inline("''a [[b]]''") == (Code("a"), Text(" "), Link("b"))


def test_what_is_not_to_be_parsed_is_text():
    assert inline("''%%**a** [[b]]%%'' <nowiki>//c//</nowiki>") == (
        Code("**a** [[b]]"),
        Text(" //c//"),
    )


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("[[a]]", Link("a")),
        ("[[ns:a|The //A//]]", Link("ns/a", (Text("The //A//"),))),
        ("[[.:a#some_place|x]]", Link("./a", (Text("x"),), "some place")),
        ("[[Who? It was me]]", Link("Who", (Text("Who? It was me"),))),
        ("[[AC/DC]]", Link("AC_DC", (Text("AC/DC"),))),
        ("[[#here]]", Link("", (), "here")),
        ("[[a?do=edit|x]]", Link("a", (Text("x"),))),
        ("[[https://x.org/a_b?c=d#e|x]]", WebLink("https://x.org/a_b?c=d#e", (Text("x"),))),
        ("[[me@x.org]]", WebLink("mailto:me@x.org", (Text("me@x.org"),))),
        ("<me@x.org>", WebLink("mailto:me@x.org", (Text("me@x.org"),))),
        (
            "[[wp>Rain (mood)#a|x]]",
            WebLink("https://en.wikipedia.org/wiki/Rain_(mood)#a", (Text("x"),)),
        ),
        ("[[wpjp>雨]]", WebLink("https://ja.wikipedia.org/wiki/%E9%9B%A8", (Text("雨"),))),
        ('[[x|{{:i.png|An "I"}}]]', Link("x", (Picture("/i.png", 'An "I"'),))),
        ("www.x.org", WebLink("http://www.x.org", (Text("www.x.org"),))),
    ],
)
def test_links(text, link):
    assert inline(text) == (link,)


def test_an_address_ends_before_what_ends_the_sentence():
    assert inline("(see http://x.org/a_(b)//c).") == (
        Text("(see "),
        WebLink("http://x.org/a_(b)//c"),
        Text(")."),
    )
    assert inline("''http://x.org''")[0] == WebLink("http://x.org")


def test_a_link_to_an_unknown_site_keeps_its_words():
    assert inline("[[our>x|Ours]] [[our>y]]") == (Text("Ours y"),)
    assert kinds("[[our>x|Ours]]") == [
        "link to the site our>, whose address is not in the pages: its words stay"
    ]


def test_an_unclosed_link_is_text():
    assert inline("[[a [[b]] c [[d") == (Text("[[a "), Link("b"), Text(" c [[d"))


@pytest.mark.parametrize(
    ("text", "picture"),
    [
        ("{{a.png}}", Picture("a.png")),
        ("{{ns:a.PNG?200x50&nolink|Alt}}", Picture("ns/a.PNG", "Alt", 200)),
        ("{{ a.png}}", Picture("a.png", side="right")),
        ("{{a.png |x}}", Picture("a.png", "x", side="left")),
        ("{{ a.png?40 }}", Picture("a.png", width=40)),
        ("{{https://x.org/a.svg}}", Picture("https://x.org/a.svg")),
    ],
)
def test_pictures(text, picture):
    assert blocks(text) == (picture,)


def test_a_link_to_a_file_keeps_its_words():
    assert inline("{{ns:a.pdf|The file}}, {{ns:b.zip}}") == (Text("The file, b.zip"),)
    assert kinds("{{ns:a.pdf|The file}}") == ["link to a file (pdf): its words are kept"]
    assert inline("{{ns:a.png?linkonly}} {{x.txt}} {{no suffix|b}}") == (Text("a.png x.txt b"),)
    assert inline("{{https://x.org/a.pdf|A}}") == (WebLink("https://x.org/a.pdf", (Text("A"),)),)


def test_plugins_are_links_or_left_out_with_a_remark():
    assert inline("{{page>ns:x#a_b&noheader}}") == (Link("ns/x", (), "a b", embeds=True),)
    assert inline("{{rss>http://x.org/f 5 date}}") == (WebLink("http://x.org/f"),)
    assert inline("{{youtube>aB_1?small}}") == (WebLink("https://www.youtube.com/watch?v=aB_1"),)
    assert kinds("{{topic>x}}") == ["plugin {{topic>}}: left out"]
    assert kinds("~~DISCUSSION~~ ~~NOTOC~~") == [
        "macro ~~DISCUSSION~~: left out",
        "macro ~~NOTOC~~: left out",
    ]


def test_tags_are_categories():
    found = document('x\n{{tag>one two_b [three c] "four d" one}}\n')
    assert found.categories == ("one", "two b", "three c", "four d")
    assert found.blocks == (p("x"),)


def test_notes_hold_links_lists_and_bars():
    (note,) = (part for part in inline("a((see [[b|c]]\n\n  * d)) e") if isinstance(part, Note))
    assert note.blocks == (p("see ", Link("b", (Text("c"),))), List(((p("d"),),)))


def test_a_note_may_end_with_a_bracket():
    assert inline("a((b (d)))")[1] == Note((p("b (d)"),))


def test_headings_and_rules():
    assert blocks("x\n ==== A **b** ====\n== c ==\n----\n=x=\n")[1:] == (
        Heading(3, (Text("A **b**"),)),
        Heading(5, (Text("c"),)),
        Rule(),
        p("=x="),
    )


def test_the_heading_at_the_beginning_is_the_title():
    found = document("====== The //Title// ======\n\nx")
    assert found.title == "The //Title//"
    assert found.blocks == (p("x"),)


def test_line_breaks():
    assert inline(r"a\\ b \\c" + "\nd\\\\") == (
        Text("a"),
        Break(),
        Text(" b \\\\c\nd"),
        Break(),
    )


def test_lists():
    assert blocks("  * a\n    - b\n\t\t- c\n  * d\n  - e") == (
        List(((p("a"), List(((p("b"),), (p("c"),)), is_ordered=True)), (p("d"),))),
        List(((p("e"),),), is_ordered=True),
    )


def test_an_item_may_hold_code():
    assert blocks("  * a <code python>\nb\n\n  * c\n</code>\n  * d") == (
        List(((p("a"), CodeBlock("b\n\n  * c", "python")), (p("d"),))),
    )


def test_definitions():
    assert blocks("  ; a\n  : b\n  ; c : d") == (
        DefinitionList((((Text("a"),), (p("b"),)), ((Text("c"),), (p("d"),)))),
    )


def test_code_in_a_term_and_tags_in_a_note_stay():
    assert blocks("  ; a <code>b</code>\n  : c") == (
        DefinitionList((((Text("a "), Code("b")), (p("c"),)),)),
    )
    assert document("a((b {{tag>c}}))").categories == ("c",)


def test_a_file_is_in_one_line():
    assert inline("{{a\nb}}") == (Text("{{a\nb}}"),)
    assert blocks("{{a.png|b\nc}}") == (Picture("a.png", "b\nc"),)


def test_code():
    assert blocks("<code - a.txt>\n x\n</code>\n<file>y</file>\n  z **z**\n   ((z))\n\nq") == (
        p(Code("a.txt")),
        CodeBlock(" x"),
        CodeBlock("y"),
        CodeBlock("z **z**\n ((z))"),
        p("q"),
    )


def test_code_has_the_name_of_its_file_above_it():
    assert blocks('x <file c++ Zwei Worte.CC [start="4"]>\ny\n</file>\n<code c>\nz\n</code>') == (
        p("x ", Break(), Code("Zwei Worte.CC")),
        CodeBlock("y", "c++"),
        CodeBlock("z", "c"),
    )


def test_html_is_shown_as_code():
    assert blocks("<html><script>x</script></html>") == (CodeBlock("<script>x</script>", "html"),)


def test_quotations():
    assert blocks("> a\n> b\n>> c\n> d") == (
        Quotation((p("a", Break(), "b"), Quotation((p("c"),)), p("d"))),
    )


def test_tables():
    table = blocks("^ A ^^ B ^\n|  c | [[d|e]] | {{f.png|g}} |\n| ::: |  h  ||\n")[0]
    assert table == Table(
        (
            (Cell((p("A"),), is_header=True, columns=2), Cell((p("B"),), is_header=True)),
            (
                Cell((p("c"),), rows=2, align="right"),
                Cell((p(Link("d", (Text("e"),))),)),
                Cell((Picture("f.png", "g"),)),
            ),
            (Cell((p("h"),), columns=2, align="center"),),
        )
    )


def test_an_address_ends_before_a_parenthesis_that_it_does_not_open():
    assert inline("//(http://x.org/a_(b))// c") == (
        Styled("emphasis", (Text("("), WebLink("http://x.org/a_(b)"), Text(")"))),
        Text(" c"),
    )


def test_arrows_and_signs_are_shown_as_dokuwiki_shows_them():
    assert inline("a -> b <=> c (tm) %%->%% ''=>''") == (
        Text("a \u2192 b \u21d4 c \u2122 -> "),
        Code("\u21d2"),
    )


def test_the_words_between_tags_of_plugins_stay():
    assert inline("<todo @ann #>Weed</todo> and <btn>go</btn>") == (Text("Weed and go"),)


def test_bars_in_styles_part_no_cells():
    (table,) = blocks("| ''a|b'' | **c|d** | //e|f// |\n| http://a.org//b | <del>c|d</del> | e |")
    assert [len(row) for row in table.rows] == [3, 3]
    assert table.rows[0][0] == Cell((p(Code("a|b")),))
    assert table.rows[1][1] == Cell((p(Styled("strike", (Text("c|d"),))),))


def test_a_cell_that_goes_on_with_none_is_empty():
    (table,) = blocks("| ::: | a |\n| b | c |")
    assert table.rows[0][0] == Cell(())


@pytest.mark.parametrize("before", ["", "\n", "====== Old ======\n", "\ufeff"])
@pytest.mark.parametrize("macro", ["REDIRECT", "GOTO"])
def test_macros_that_lead_elsewhere_are_redirects(before, macro):
    remarks = Remarks()
    found = document(f"{before}~~{macro}>:lore:soul bomb#some_part~~\nMoved.", remarks=remarks)
    assert (found.redirect, found.redirect_section) == ("/lore/soul bomb", "some part")
    assert [remark.kind for remark in remarks.found] == ["text behind a redirect: left out"]
    assert READER.head("lore:x", f"{before}~~{macro}>y~~").redirect == "y"


def test_a_macro_that_leads_to_an_address_is_no_redirect():
    assert document("~~REDIRECT>https://x.org~~").redirect == ""


def test_a_span_of_columns_and_rows_is_counted_once():
    (table,) = blocks("| a || b |\n| ::: || c |\n| ::: | ::: | d |")
    assert table.rows[0][0] == Cell((p("a"),), columns=2, rows=3)
    assert [len(row) for row in table.rows] == [2, 1, 1]


def test_boxes():
    text = "<note warning>\na\n\n  * b\n</note>\n<WRAP center round tip 60%>c</WRAP> d"
    assert blocks(text) == (
        Callout("warning", (), (p("a"), List(((p("b"),),)))),
        Callout("tip", (), (p("c"),)),
        p("d"),
    )


def test_a_box_without_a_kind_leaves_its_words():
    assert blocks("<WRAP half column>\na\n</WRAP>\nb </note> c") == (p("a"), p("b </note> c"))
    assert kinds("<WRAP half column>\na\n</WRAP>") == ["look of <WRAP>: left out, its words stay"]


def test_a_box_in_an_item_stands_below_it():
    assert blocks("  * <note>a</note>\n  * b <note>c</note>") == (
        Callout("note", (), (p("a"),)),
        List(((p("b"),),)),
        Callout("note", (), (p("c"),)),
    )


def test_a_mark_of_an_editor_hides_no_heading():
    assert READER.head("a_b", "\ufeff====== A B ======").name == "A B"
    assert document("\ufeff====== A B ======").title == "A B"


def test_hidden_text_is_folded_away():
    assert blocks("<hidden More //x//>\na\n</hidden>") == (
        Callout("", (Text("More //x//"),), (p("a"),), is_folded=True),
    )


def test_nothing_in_a_spoiler_is_uncovered():
    assert inline("a <spoiler>b **c</spoiler> d**") == (
        Text("a "),
        Spoiler((Text("b **c"),)),
        Text(" d**"),
    )
    assert inline("**a <spoiler>b** c</spoiler>") == (
        Text("**a "),
        Spoiler((Text("b** c"),)),
    )
    assert inline("a <spoiler>b")[1] == Spoiler((Text("b"),))


def test_colours_leave_their_words():
    assert inline("<color red/white>a</color> <wrap em>b</wrap>") == (Text("a b"),)


@pytest.mark.parametrize(
    "text",
    [
        "[[" * 30_000,
        "{{a|" * 15_000,
        "((" * 30_000,
        "%%" * 30_001,
        "<code>" * 15_000,
        "**//" * 15_000,
        "http://" + "a.''" * 15_000,
        "http://a" + ")" * 30_000,
        ">" * 30_000,
        "|" * 30_000,
        "| [[" * 15_000,
        "=" * 30_000,
        "==" + " =" * 15_000,
        "\n".join(" " * depth + "* x" for depth in range(2, 400)),
        "<note>" * 10_000,
        "</note>" * 10_000,
        "<note>\n" * 10_000,
        "<spoiler>" * 10_000,
        "~~A" * 15_000,
        "a@" * 15_000,
        "<a" * 15_000,
        "\x00" * 1000 + "\x001\x01",
    ],
)
def test_hostile_text_takes_linear_time(text):
    start = time.process_time()
    document(text)
    list(READER.words(text))
    READER.head("x", text)
    assert time.process_time() - start < 5
