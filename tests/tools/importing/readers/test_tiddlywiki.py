"""Tiddlers: where they are found, and their wikitext as trees."""

from __future__ import annotations

import base64
import json
import time

import pytest

from sphinxcontrib_tropes.tools.importing.readers import Page, Unwanted
from sphinxcontrib_tropes.tools.importing.readers.tiddlywiki import (
    READER,
    Tiddler,
    is_store,
    tiddlers,
)
from sphinxcontrib_tropes.tools.importing.readers.tiddlywiki.store import fields_and_text, tags_in
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
    Markup,
    Paragraph,
    Picture,
    Quotation,
    Rule,
    Styled,
    Table,
    Text,
    WebLink,
)
from sphinxcontrib_tropes.tools.refusal import Refusal

PAGES = {"SoulBomb", "Under World", "ÜberWald"}


def p(*parts):
    return Paragraph(tuple(Text(part) if isinstance(part, str) else part for part in parts))


def document(text, fields="title: Here", remarks=None, rules=None):
    page = Page("Here", remarks or Remarks(), rules or {}, PAGES.__contains__)
    return READER.read(f"{fields}\n\n{text}", page)


def blocks(text, **options):
    return document(text, **options).blocks


def inline(text, **options):
    (paragraph,) = blocks(text, **options)
    assert isinstance(paragraph, Paragraph)
    return paragraph.children


def kinds(text):
    remarks = Remarks()
    document(text, remarks=remarks)
    return [remark.kind for remark in remarks.found]


# -- files


def test_a_file_has_fields_and_text():
    source = "\ufefftitle: A: b\r\ntags: [[c d]] e\r\nempty:\r\n\r\nx: y\r\n\r\nz"
    fields, text = fields_and_text(source)
    assert fields == {"title": "A: b", "tags": "[[c d]] e", "empty": ""}
    assert text == "x: y\r\n\r\nz"


def test_a_file_without_fields_is_text():
    assert fields_and_text("just a line\n\nmore") == ({}, "just a line\n\nmore")
    assert fields_and_text("title: x") == ({"title": "x"}, "")


def test_tags_have_brackets_if_they_have_blanks():
    assert tags_in("[[a b]] c c [[d]] ünder") == ("a b", "c", "d", "ünder")


def test_the_tiddlers_of_a_json_file(tmp_path):
    file = tmp_path / "tiddlers.json"
    found = [
        {"title": "A", "text": "x\n\ny", "tags": ["b c", "d"], "n": 1},
        "no tiddler",
        {"title": "$:/x"},
    ]
    file.write_text(json.dumps(found))
    first, second = tiddlers(file)
    assert first == Tiddler("A", {"title": "A", "tags": "[[b c]] [[d]]", "n": "1"}, "x\n\ny")
    assert second.title == "$:/x"
    assert first.as_tid() == "title: A\ntags: [[b c]] [[d]]\nn: 1\n\nx\n\ny"


def test_a_field_of_several_lines_stays_one_field():
    assert Tiddler("A", {"title": "A", "note": "a\n\nb: c"}, "x").as_tid() == (
        "title: A\nnote: a b: c\n\nx"
    )


def test_the_tiddlers_of_a_wiki_in_one_file(tmp_path):
    file = tmp_path / "wiki.html"
    stored = json.dumps([{"title": "Ä", "text": "<script>x<\\/script>"}]).replace("</", "\\u003C/")
    script = '<script class="tiddlywiki-tiddler-store" type="application/json">'
    file.write_text(f"<!doctype html><html>tiddlywiki{script}{stored}</script>{script}[]</script>")
    assert [tiddler.title for tiddler in tiddlers(file)] == ["Ä"]


def test_the_tiddlers_of_an_old_wiki(tmp_path):
    file = tmp_path / "wiki.html"
    file.write_text(
        '<html><div title="no">\n<pre>x</pre></div><div id="storeArea" style="display:none;">\n'
        '<div title="A &quot;b&quot;" tags="c">\n<pre>x &lt;b&gt;\n\ny</pre>\n</div>\n'
        '<div modified="1" title="D">\n<pre></pre>\n</div></div>'
    )
    assert list(tiddlers(file)) == [
        Tiddler('A "b"', {"title": 'A "b"', "tags": "c"}, "x <b>\n\ny"),
        Tiddler("D", {"modified": "1", "title": "D"}, ""),
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[{", "no JSON"),
        ("[" * 100_000, "no JSON"),
        ("<html>tiddlywiki</html>", "no tiddlers"),
        ('<pre id="encryptedStoreArea" type="text/plain">{"iv":1}</pre>', "encrypted"),
    ],
)
def test_a_file_without_tiddlers_is_refused(tmp_path, text, reason):
    (tmp_path / "x.html").write_text(text)
    with pytest.raises(Refusal, match=reason):
        list(tiddlers(tmp_path / "x.html"))


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(Refusal, match="cannot read"):
        list(tiddlers(tmp_path / "x.html"))


def test_stores_are_told_from_other_files():
    assert is_store(b'[\n {"title": "x"}]')
    assert is_store(b'<!doctype html>\n<meta name="application-name" content="TiddlyWiki" />')
    assert is_store(b'[{"caption":"x","text":"a long text')
    assert not is_store(b'[{"name": "x"}, {"x": 1}]')
    assert not is_store(b'{"name": "x", "text": "y"}\n')
    assert not is_store(b"<html><p>x")
    assert not is_store(b"[[x]]")


def test_pictures_are_files():
    data = base64.b64encode(b"\x89PNG").decode()
    picture = Tiddler("A b.png", {"type": "image/png"}, data)
    assert picture.is_file
    assert picture.content() == b"\x89PNG"
    assert Tiddler("x", {"type": "image/svg+xml"}, "<svg/>").content() == b"<svg/>"
    assert Tiddler("x", {"type": "image/png"}, "%%%=").content() == b""
    assert not Tiddler("x", {}, "").is_file


@pytest.mark.parametrize(
    ("title", "kind", "name"),
    [
        ("A b", "image/jpeg", "A b.jpg"),
        ("A b.PNG", "image/png", "A b.PNG"),
        ("v1.", "image/svg+xml", "v1..svg"),
        ("x", "audio/mp3", "x"),
    ],
)
def test_a_file_has_a_suffix_that_says_its_type(title, kind, name):
    assert Tiddler(title, {"type": kind}, "").file_name == name
    assert name in READER.media(title, "x") or kind == "image/svg+xml"


# -- heads and links


def test_the_name_is_the_title():
    head = READER.head("Node_js", "title: Node.js  & co\n\nx")
    assert (head.name, head.keys) == ("Node.js & co", ("Node.js & co",))
    assert READER.head("A b", "x").name == "A b"
    assert READER.key("sub/A%3F b.tid") == "A? b"


@pytest.mark.parametrize(
    "fields",
    [
        "title: $:/StoryList",
        "title: x\ndraft.of: y",
        "title: x\ntype: image/png",
        "title: x\ntype: application/javascript",
    ],
)
def test_what_is_no_page_is_left_out(fields):
    with pytest.raises(Unwanted):
        READER.head("x", f"{fields}\n\ny")


def test_capitals_count_in_titles():
    assert READER.folded(" Soul  Bomb") == "Soul Bomb"
    assert list(READER.keys("soul bomb", "x")) == ["soul bomb"]


def test_pictures_are_found_by_title_or_file():
    assert list(READER.media("./images/A%20b.png", "x")) == [
        "./images/A%20b.png",
        "images/A b.png",
        "files/A b.png",
        "A b.png",
    ]


def test_fields_of_the_wiki_s_own_are_kept():
    found = document(
        "x", "title: a\ntags: [[b c]] d\nauthor: [[Jo O'Neil]]\nmodified: 1\ndescription: In a line"
    )
    assert found.categories == ("b c", "d")
    assert found.fields == (("author", (Link("Jo O'Neil"),)),)
    assert found.description == "In a line"


def test_plain_text_is_as_typed():
    assert blocks("//x//\n* y", fields="title: a\ntype: text/plain") == (CodeBlock("//x//\n* y"),)


# -- in a line


def test_styles():
    assert inline("''a'' //b// __c__ ~~d~~ ^^e^^ ,,f,, `g` ``h`i``")[::2] == (
        Styled("strong", (Text("a"),)),
        Styled("emphasis", (Text("b"),)),
        Styled("insert", (Text("c"),)),
        Styled("strike", (Text("d"),)),
        Styled("superscript", (Text("e"),)),
        Styled("subscript", (Text("f"),)),
        Code("g"),
        Code("h`i"),
    )


def test_marks_without_partner_are_text():
    assert inline("a // b '' c") == (Text("a // b '' c"),)


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("[[Under World]]", Link("Under World")),
        ("//a <i>b</i> c//", Styled("emphasis", (Text("a b c"),))),
        ("~~https://x.org/a~~", Styled("strike", (WebLink("https://x.org/a"),))),
        ("''https://x.org/a''", Styled("strong", (WebLink("https://x.org/a"),))),
        ("//https://x.org/a//", Styled("emphasis", (WebLink("https://x.org/a"),))),
        (
            ",,(https://x.org/a),,",
            Styled(
                "subscript",
                (Text("("), WebLink("https://x.org/a"), Text(")")),
            ),
        ),
        ("[[AC/DC]]", Link("AC/DC", (Text("AC/DC"),))),
        ("<a href='#Under%20World'>x</a>", Link("Under World", (Text("x"),))),
        ("[[the //one//|Under World]]", Link("Under World", (Text("the //one//"),))),
        ("[[x|https://x.org/a|b]]", Link("b", (Text("x|https://x.org/a"),))),
        ("[[x|https://x.org]]", WebLink("https://x.org", (Text("x"),))),
        ("[ext[Me|mailto:me@x.org]]", WebLink("mailto:me@x.org", (Text("Me"),))),
        ("[ext[A|./a.pdf]]", Text("A")),
        ("SoulBomb", Link("SoulBomb")),
        ("ÜberWald", Link("ÜberWald")),
        ("~SoulBomb", Text("SoulBomb")),
        ("JavaScript", Text("JavaScript")),
        ("x-SoulBomb xSoulBomb", Text("x-SoulBomb xSoulBomb")),
        ("https://x.org/a_b", WebLink("https://x.org/a_b")),
        ("~https://x.org", Text("https://x.org")),
        ("{{Under World}}", Link("Under World", embeds=True)),
        ("{{Under World!!caption}}", Link("Under World")),
        ("{{Under World!!text}}", Link("Under World", embeds=True)),
        ("{{!!title}}", Text("Here")),
        ('<$link to="Under World">a b</$link>', Link("Under World", (Text("a b"),))),
        ("<$link to='Under World'/>", Link("Under World")),
        ('<a href="https://x.org">a</a>', WebLink("https://x.org", (Text("a"),))),
        ("<<tag [[Under World]]>>", Link("Under World")),
    ],
)
def test_links(text, link):
    assert inline(text) == (link,)


def test_words_are_no_links_where_the_rule_is_off():
    assert inline("\\rules except wikilink\nSoulBomb") == (Text("SoulBomb"),)


def test_an_address_ends_before_what_ends_the_sentence():
    assert inline("see https://x.org/a/, b") == (
        Text("see "),
        WebLink("https://x.org/a/"),
        Text(", b"),
    )


@pytest.mark.parametrize(
    ("text", "picture"),
    [
        ("[img[A b.png]]", Picture("A b.png")),
        (
            "[img width=32 class='x' [An alt|https://x.org/a.png]]",
            Picture("https://x.org/a.png", "An alt", 32),
        ),
        ("<img src='a.png' width='20'>", Picture("a.png", width=20)),
    ],
)
def test_pictures(text, picture):
    assert blocks(text) == (picture,)


def test_entities_dashes_and_looks():
    assert inline("a&nbsp;b -- c --- d &lt;e&gt; @@color:red;f@@ @@.g h@@") == (
        Text("a\xa0b \u2013 c \u2014 d <e> f h"),
    )


def test_lines_are_kept_between_three_quotes():
    assert inline('"""\na\nb\n"""')[1:4] == (Text("a"), Break(), Text("b"))


def test_html_that_has_a_style_is_one():
    assert inline("a <b>b</b> <code>c</code> <span class='x'>d</span><br>e <!-- f --> <g h i>") == (
        Text("a "),
        Styled("strong", (Text("b"),)),
        Text(" "),
        Code("c"),
        Text(" d"),
        Break(),
        Text("e"),
    )
    assert inline("1 < 2 <3 a<b") == (Text("1 < 2 <3 a<b"),)


def test_a_script_is_left_out():
    assert blocks("a <script>alert(1)</script>\n\n<style>b</style>\nc") == (p("a"), p("c"))


def test_a_macro_keeps_its_words_or_is_left_out():
    assert inline('a <<note "Some words">> b') == (Text("a Some words b"),)
    assert blocks('<<list-links "[tag[x]]">>') == ()
    assert kinds('<<toc>> <<list-links "[tag[x]]" class:"y">>') == [
        "macro <<toc>>: left out",
        "macro <<list-links>>: left out",
    ]


def test_a_macro_with_settings_keeps_its_sentences():
    text = """<<tip " This is ''not'' the [[Quay]], look." 2>> <<card title:"O'Hara's" text:'Ünder the old bridge of 1887'>>"""
    assert inline(text) == (
        Text("This is "),
        Styled("strong", (Text("not"),)),
        Text(" the "),
        Link("Quay"),
        Text(", look. Ünder the old bridge of 1887"),
    )
    assert kinds("<<x 1 '[tag[a]] +[sort[b]] c d e f'>>") == ["macro <<x>>: left out"]


def test_text_that_is_in_another_file_is_told():
    remarks = Remarks()
    document("", "title: Log\n_canonical_uri: text/Log.tid", remarks)
    assert [remark.kind for remark in remarks.found] == ["text in another file, which is not read"]


def test_a_macro_may_have_macros_and_line_ends_in_its_parameters():
    assert kinds('<<a "b <<c>> d">> <<e\n f:"""g "h" >>""" i:j>>') == [
        "macro <<a>>: left out",
        "macro <<e>>: left out",
    ]


def test_widgets_whose_words_are_known_are_words():
    text = "<$transclude $tiddler='Under World'/> <$text text='a b'/> <$text text={{!!c}}/>"
    assert inline(text) == (Link("Under World", embeds=True), Text(" a b"))
    assert kinds("<$macrocall $name='x' y='z'/>") == ["macro <<x>>: left out"]


def test_a_rule_says_what_a_macro_is():
    remarks = Remarks()
    found = inline('<<Hidden "a b" c>>', rules={"hidden": "[[spoiler:$1]] $2$3"}, remarks=remarks)
    assert found == (Markup("[[spoiler:a b]] c"),)
    assert remarks.template_uses == {"Hidden": (1, "")}
    assert not remarks.found


def test_what_is_computed_is_left_out_with_a_remark():
    text = '{{{ [tag[a]] }}} {{||Template}} {{$:/core}} <$list filter="[x] >">a</$list>'
    assert inline(text) == (Text("a"),)
    assert kinds(text) == [
        "list {{{filter}}}: left out",
        "template {{||Template}}: left out",
        "part of the program {{$:/...}}: left out",
        "widget <$list>: left out, its words stay",
    ]


# -- blocks


def test_headings_rules_and_paragraphs():
    assert blocks("! A ''b''\n!!.cls c\nd\ne\n\n---\nf\n* no list") == (
        Heading(1, (Text("A "), Styled("strong", (Text("b"),)))),
        Heading(2, (Text("c"),)),
        p("d\ne"),
        Rule(),
        p("f\n* no list"),
    )


def test_lists():
    assert blocks("* a\n*# b\n*# c\n*.cls d\n# e") == (
        List(((p("a"), List(((p("b"),), (p("c"),)), is_ordered=True)), (p("d"),))),
        List(((p("e"),),), is_ordered=True),
    )
    assert blocks("** a") == (List(((List(((p("a"),),)),),)),)


def test_definitions_and_quoted_lines():
    assert blocks("; a\n: b\n: c\n; d") == (
        DefinitionList((((Text("a"),), (p("b"), p("c"))), ((Text("d"),), ()))),
    )
    assert blocks("> a\n>> b") == (Quotation((p("a"), Quotation((p("b"),)))),)


def test_quotations_have_an_attribution():
    assert blocks("<<<\na\n\n* b\n<<< Jo ''c''\nd") == (
        Quotation((p("a"), List(((p("b"),),))), (Text("Jo "), Styled("strong", (Text("c"),)))),
        p("d"),
    )


def test_a_quotation_in_a_quotation():
    assert blocks("<<<\na\n<<<<\nb\n<<<<\n<<<") == (Quotation((p("a"), Quotation((p("b"),)))),)


def test_code():
    text = "```js\nx = `y`\n\n* z\n```\n$$$text/x-python\nq\n$$$\n$$$.svg\n<svg/>\n$$$\nr"
    assert blocks(text) == (
        CodeBlock("x = `y`\n\n* z", "js"),
        CodeBlock("q", "python"),
        CodeBlock("<svg/>", "svg"),
        p("r"),
    )
    assert blocks("```\nnot closed") == (CodeBlock("not closed"),)
    assert blocks("```\n```\na") == (CodeBlock(""), p("a"))


def test_wikitext_in_a_typed_block_is_read():
    assert blocks("$$$text/vnd.tiddlywiki\n* a\n$$$") == (List(((p("a"),),)),)


def test_tables():
    text = "|cls|k\n|A cap|c\n|!a |>|b | c|h\n|~|[[d|SoulBomb]]| e |\n|f|<|`g|h`|\n"
    assert blocks(text) == (
        Table(
            (
                (
                    Cell((p("a"),), is_header=True, rows=2),
                    Cell((p("b"),), is_header=True, columns=2),
                    Cell((p("c"),), is_header=True, align="right"),
                ),
                (
                    Cell((p(Link("SoulBomb", (Text("d"),))),)),
                    Cell((p("e"),), align="center"),
                ),
                (Cell((p("f"),), columns=2), Cell((p(Code("g|h")),))),
            ),
            (Text("A cap"),),
        ),
    )


def test_looks_leave_their_blocks():
    assert blocks("@@.box\n! a\n\nb\n@@\nc") == (Heading(1, (Text("a"),)), p("b"), p("c"))


def test_definitions_at_the_beginning_are_left_out():
    text = "\\define a(b) c\n\\procedure d(e)\n! f\n\n\\end\n\\whitespace trim\n\ng\n\n\\define h"
    assert blocks(text) == (p("g"), p("\\define h"))
    assert kinds(text) == ["definition \\define: left out", "definition \\procedure: left out"]


def test_html_around_blocks():
    text = (
        "<div class='x'>\n\n! a\n\n</div><details><summary>B //c//</summary>\n\n* d\n\n</details>"
        "<blockquote>e</blockquote><ul><li>f</li><li>g<ol><li>h</li></ol></li></ul>"
    )
    assert blocks(text) == (
        Heading(1, (Text("a"),)),
        Callout(
            "",
            (Text("B "), Styled("emphasis", (Text("c"),))),
            (List(((p("d"),),)),),
            is_folded=True,
        ),
        Quotation((p("e"),)),
        List(((p("f"),), (p("g"), List(((p("h"),),), is_ordered=True)))),
    )


def test_html_tables():
    text = "<table><tr><th>a</th><td colspan=2>b</td></tr>\n<tr><td rowspan='2'>`<p>`</td></tr></table>"
    assert blocks(text) == (
        Table(
            (
                (Cell((p("a"),), is_header=True), Cell((p("b"),), columns=2)),
                (Cell((p(Code("<p>")),), rows=2),),
            )
        ),
    )


def test_what_is_not_closed_hides_nothing():
    assert blocks("a <!-- b\n\n<!-- c\n\n<script>d") == (p("a <!-- b"), p("<!-- c"), p("d"))
    assert blocks("a << >> <style>b") == (p("a"), p("b"))
    assert blocks("<details><summary>a <pre>b</pre></summary>c</details>") == (
        Callout("", (Text("a"),), (CodeBlock("b"), p("c")), is_folded=True),
    )


def test_text_between_tags_of_pre_is_code():
    assert blocks("<pre><code>a &lt;b&gt;\n  ''c''</code></pre>d") == (
        CodeBlock("a <b>\n  ''c''"),
        p("d"),
    )


def test_tags_that_are_not_closed_lose_nothing():
    assert blocks("<ul><li>a\n\nb<table><tr><td>c") == (
        List(((p("a"), p("b"), Table(((Cell((p("c"),)),),))),)),
    )
    assert blocks("</div></li>a</td>") == (p("a"),)


@pytest.mark.parametrize(
    "text",
    [
        "[[" * 30_000,
        "[[a|" * 20_000,
        "[img[" * 20_000,
        "{{" * 30_000,
        "{{{" * 20_000,
        "<<" * 30_000,
        "<<a " * 20_000,
        '<<a "' * 10_000,
        '<<a """' * 10_000,
        "<<a <" * 10_000,
        "`" * 30_001,
        "` ``" * 10_000,
        "''//" * 20_000,
        "<a " * 20_000,
        "<a href=x>" * 10_000,
        '<a x="' * 10_000,
        '<a x="""' * 10_000,
        "<b>" * 20_000,
        "<div>" * 20_000,
        "<li>" * 20_000,
        "<ul><li>" * 10_000,
        "<<<\n" * 20_000,
        "<<<" * 20_000,
        "@@\n" * 20_000,
        "@@" * 20_000,
        "*" * 30_000,
        "*#" * 200 + " a\n" + "#*" * 200 + " b",
        "|" * 30_000,
        "|a" * 20_000 + "|",
        "|[[" * 10_000 + "|",
        "\n|>|~|<|" * 5_000,
        '"""' * 20_000,
        "<!--" * 20_000,
        "```\n" * 20_001,
        "$$$\n" * 20_001,
        "<pre>" * 20_000,
        "<style>" * 20_000,
        "\\define a()\n" * 10_000,
        "Aa" * 20_000,
        "-" * 30_000,
        "&" * 30_000,
        "http:" * 10_000,
        " " * 30_000 + "x",
        "\n" * 30_000,
        "a: b\n" * 10_000,
    ],
)
def test_hostile_text_takes_linear_time(text):
    start = time.process_time()
    document(text)
    list(READER.words(text))
    fields_and_text(text)
    assert time.process_time() - start < 5
