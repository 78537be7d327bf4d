"""Pandoc's JSON as trees; and Pandoc itself, where it is on the machine."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from sphinxcontrib_tropes.tools.importing.readers import Page, Unwanted
from sphinxcontrib_tropes.tools.importing.readers.pandoc import READERS, process
from sphinxcontrib_tropes.tools.importing.readers.pandoc.blocks import Blocks
from sphinxcontrib_tropes.tools.importing.readers.pandoc.process import (
    Pandoc,
    Unparsed,
    find_pandoc,
)
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
    Math,
    MathBlock,
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
from sphinxcontrib_tropes.tools.refusal import Refusal

BY_NAME = {reader.name: reader for reader in READERS}
NONE = ["", [], []]

needs_pandoc = pytest.mark.skipif(not find_pandoc(), reason="there is no Pandoc")


def node(kind, *content):
    """A node of Pandoc's JSON, its content a list; with one list alone, that."""
    return {"t": kind, "c": content[0] if len(content) == 1 else list(content)}


def words(text):
    found = []
    for number, word in enumerate(text.split(" ")):
        found += [{"t": "Space"}] if number else []
        found += [node("Str", word)] if word else []
    return found


def para(*nodes):
    return node(
        "Para",
        [one for part in nodes for one in (words(part) if isinstance(part, str) else [part])],
    )


def read(*nodes, remarks=None):
    document = json.loads(json.dumps({"meta": {}, "blocks": nodes}))
    return Blocks(document, remarks or Remarks(), BY_NAME["creole"].spelled).read()


def inline(*nodes, remarks=None):
    (paragraph,) = read(para(*nodes), remarks=remarks)
    return paragraph.children


def p(text):
    return Paragraph((Text(text),))


def test_words_and_breaks_are_one_text():
    assert inline("a b", {"t": "SoftBreak"}, "c", {"t": "LineBreak"}, "d") == (
        Text("a b\nc"),
        Break(),
        Text("d"),
    )


@pytest.mark.parametrize(
    ("kind", "style"),
    [
        ("Emph", "emphasis"),
        ("Strong", "strong"),
        ("Underline", "insert"),
        ("Strikeout", "strike"),
        ("Superscript", "superscript"),
        ("Subscript", "subscript"),
    ],
)
def test_styles(kind, style):
    assert inline("x ", node(kind, words("a b")))[1] == Styled(style, (Text("a b"),))


def test_other_inline_parts():
    assert inline(
        node("SmallCaps", words("a")),
        node("Quoted", {"t": "DoubleQuote"}, words("b")),
        node("Quoted", {"t": "SingleQuote"}, words("c")),
        node("Cite", [], words("[@d]")),
        node("Span", NONE, words("e")),
    ) == (Text("a“b”‘c’[@d]e"),)
    assert inline("x", node("Code", NONE, "a  b"), node("Math", {"t": "InlineMath"}, "y^2")) == (
        Text("x"),
        Code("a  b"),
        Math("y^2"),
    )


def test_a_formula_of_its_own_parts_the_paragraph():
    assert read(para("a ", node("Math", {"t": "DisplayMath"}, " x "), " b")) == (
        p("a"),
        MathBlock("x"),
        p("b"),
    )
    tex = "\\begin{align}\nx\n\\end{align}"
    assert read(para(node("RawInline", "latex", tex))) == (MathBlock(tex),)
    assert read(node("Header", 2, NONE, [node("Math", {"t": "DisplayMath"}, "x")])) == (
        Heading(2, (Math("x"),)),
    )


@pytest.mark.parametrize(
    ("target", "found"),
    [
        ("https://x.org/a#b", WebLink("https://x.org/a#b", (Text("w"),))),
        ("//x.org", WebLink("https://x.org", (Text("w"),))),
        ("mailto:a@x.org", WebLink("mailto:a@x.org", (Text("w"),))),
        ("A page#Sec", Link("A page", (Text("w"),), "Sec")),
        ("C: the language", Link("C: the language", (Text("w"),))),
        ("#sec", Link("", (Text("w"),), "sec")),
        ("w", Link("w")),
        ("", Styled("emphasis", (Text("w"),))),
    ],
)
def test_links(target, found):
    assert inline(node("Link", NONE, words("w"), [target, ""])) == (found,)


def test_a_link_to_a_file_keeps_its_words():
    remarks = Remarks()
    link = node("Link", NONE, words("w"), ["a/b.PDF", ""])
    assert inline("x ", link, remarks=remarks) == (Text("x w"),)
    assert [remark.kind for remark in remarks.found] == ["link to a file (pdf): its words are kept"]


def test_a_link_from_a_document_to_another_is_a_link():
    document = {"blocks": [para(node("Link", NONE, words("w"), ["b.docx", ""]))]}
    blocks = Blocks(document, Remarks(), BY_NAME["docx"].spelled, BY_NAME["docx"].suffixes).read()
    assert blocks == (Paragraph((Link("b.docx", (Text("w"),)),)),)


def test_a_link_within_the_page_names_the_heading():
    blocks = read(
        para(node("Link", NONE, words("x"), ["#_Toc1", ""])),
        node("Header", 1, ["_Toc1", [], []], words("My Heading")),
    )
    assert blocks[0] == Paragraph((Link("", (Text("x"),), "My Heading"),))


def test_an_id_is_an_anchor_only_if_a_link_leads_there():
    link = node("Link", NONE, words("x"), ["#here", ""])
    blocks = read(
        para(node("Span", ["here", [], []], words("a")), node("Span", ["there", [], []], [])),
        para(link),
    )
    assert blocks[0] == Paragraph((Markup("[[#here]]"), Text("a")))
    hostile = 'a]]"[[b'
    link = node("Link", NONE, words("x"), [f"#{hostile}", ""])
    assert read(para(node("Span", [hostile, [], []], words("a"))), para(link))[0] == p("a")


def test_notes_and_spoilers():
    assert inline(
        "a", node("Note", [para("b")]), node("Span", ["", ["spoiler"], []], words("c"))
    ) == (
        Text("a"),
        Note((p("b"),)),
        Spoiler((Text("c"),)),
    )


def test_pictures():
    image = node("Image", ["", [], [["width", "40px"]]], words("An alt"), ["a b.png", ""])
    assert read(para(image)) == (Picture("a b.png", "An alt", 40),)
    assert inline("x ", image)[1] == Picture("a b.png", "An alt", 40)
    old = node("Image", NONE, words("A caption"), ["a.png", "fig:"])
    assert read(para(old)) == (Picture("a.png", caption=(Text("A caption"),)),)
    figure = node("Figure", NONE, [None, [node("Plain", words("C d"))]], [node("Plain", [image])])
    assert read(figure) == (Picture("a b.png", "An alt", 40, caption=(Text("C d"),)),)


def test_a_figure_of_something_else_has_its_caption_below():
    figure = node("Figure", NONE, [None, [para("C")]], [node("CodeBlock", NONE, "x")])
    assert read(figure) == (CodeBlock("x"), p("C"))


def test_harmless_html_is_a_style_and_other_is_left_out():
    remarks = Remarks()
    assert inline(
        "x",
        node("RawInline", "html", "<u>"),
        "a",
        node("RawInline", "html", "</u>"),
        node("RawInline", "html", '<span style="x">'),
        node("RawInline", "html", "<script>"),
        node("RawInline", "html", "</b>"),
        node("RawInline", "html", "<!-- no -->"),
        remarks=remarks,
    ) == (Text("x"), Styled("insert", (Text("a"),)), Text("</b>"))
    assert [remark.kind for remark in remarks.found] == [
        "look of <span>: left out, its words stay",
        "markup of html: left out",
    ]


def test_blocks():
    assert read(
        node("Header", 3, NONE, words("H")),
        node("CodeBlock", ["", ["python", "x"], []], "a\n b\n"),
        node("BlockQuote", [para("q")]),
        node("BulletList", [[node("Plain", words("a"))], []]),
        node("OrderedList", [1, {"t": "Decimal"}, {"t": "Period"}], [[para("b")]]),
        node("DefinitionList", [[words("t"), [[para("d")], [para("e")]]]]),
        node("LineBlock", [words("a"), words("b")]),
        {"t": "HorizontalRule"},
        {"t": "Null"},
    ) == (
        Heading(3, (Text("H"),)),
        CodeBlock("a\n b", "python"),
        Quotation((p("q"),)),
        List(((p("a"),), ())),
        List(((p("b"),),), is_ordered=True),
        DefinitionList((((Text("t"),), (p("d"), p("e"))),)),
        Paragraph((Text("a"), Break(), Text("b"))),
        Rule(),
    )


def test_boxes():
    title = node("Div", ["", ["title"], []], [para("Warning")])
    assert read(node("Div", ["", ["warning"], []], [title, para("a")])) == (
        Callout("warning", (), (p("a"),)),
    )
    title = node("Div", ["", ["title"], []], [para("My title")])
    assert read(node("Div", ["", ["NOTE"], []], [title, para("a")])) == (
        Callout("note", (Text("My title"),), (p("a"),)),
    )
    assert read(node("Div", ["", ["section"], []], [para("a")])) == (p("a"),)


def test_raw_blocks():
    remarks = Remarks()
    blocks = read(
        node("RawBlock", "html", "<div>\n</div>"),
        node("RawBlock", "html", "<script>alert(1)</script>"),
        node("RawBlock", "org", "#+filetags: x"),
        node("RawBlock", "tex", "\\begin{equation}x\\end{equation}"),
        remarks=remarks,
    )
    assert blocks == (MathBlock("\\begin{equation}x\\end{equation}"),)
    assert [remark.kind for remark in remarks.found] == [
        "tags of HTML: left out",
        "markup of html: left out",
    ]


def test_what_a_newer_pandoc_has_keeps_its_words():
    remarks = Remarks()
    assert read(
        node("Sparkle", [para("a b")]), para(node("Twinkle", words("c"))), remarks=remarks
    ) == (
        p("a b"),
        p("c"),
    )
    assert len(remarks.found) == 2


def cell(text, rows=1, columns=1, align="AlignDefault"):
    return [NONE, {"t": align}, rows, columns, [node("Plain", words(text))] if text else []]


def row(*cells):
    return [NONE, list(cells)]


def table(head, body, caption=()):
    columns = [
        [{"t": "AlignRight"}, {"t": "ColWidthDefault"}],
        [{"t": "AlignDefault"}, {"t": "ColWidthDefault"}],
    ]
    return node(
        "Table",
        NONE,
        [None, list(caption)],
        columns,
        [NONE, head],
        [[NONE, 0, [], body]],
        [NONE, []],
    )


def test_tables_have_spans_sides_and_captions():
    found = read(
        table(
            [row(cell("A"), cell("B"))],
            [
                row(cell("a", rows=2), cell("b", align="AlignCenter")),
                row(cell("c")),
                row(cell("d", columns=2)),
            ],
            [para("Cap")],
        )
    )
    assert found == (
        Table(
            (
                (Cell((p("A"),), is_header=True, align="right"), Cell((p("B"),), is_header=True)),
                (Cell((p("a"),), rows=2, align="right"), Cell((p("b"),), align="center")),
                (Cell((p("c"),)),),
                (Cell((p("d"),), columns=2, align="right"),),
            ),
            (Text("Cap"),),
        ),
    )


def test_an_empty_head_is_no_row():
    (found,) = read(table([row(cell(""), cell(""))], [row(cell("a"), cell("b"))]))
    assert len(found.rows) == 1


def test_tables_of_old_versions():
    old = node(
        "Table",
        words("Cap"),
        [{"t": "AlignRight"}, {"t": "AlignDefault"}],
        [0, 0],
        [[node("Plain", words("A"))], []],
        [[[node("Plain", words("a"))], [node("Plain", words("b"))]]],
    )
    (found,) = read(old)
    assert found.caption == (Text("Cap"),)
    assert found.rows[0][0] == Cell((p("A"),), is_header=True, align="right")
    assert found.rows[1] == (Cell((p("a"),), align="right"), Cell((p("b"),)))


def test_a_span_of_a_million_rows_takes_no_time():
    (found,) = read(table([], [row(cell("a", rows=10**9, columns=10**9))]))
    assert found.rows[0][0].rows == 1000


def test_words_that_are_nested_too_deeply_stay():
    inner = node("Str", "deep")
    for _ in range(200):
        inner = node("Strong", [inner])
    block = para(inner)
    for _ in range(30):
        block = node("BlockQuote", [block])
    remarks = Remarks()
    assert "deep" in str(read(block, remarks=remarks))
    assert remarks.found
    for _ in range(100):
        block = node("BulletList", [[block]])
    assert "deep" in str(read(block))


def test_a_note_in_a_note_in_a_note_is_bounded():
    block = para("deep")
    for _ in range(150):
        block = para(node("Note", [block]))
    assert "deep" in str(read(block))


@pytest.mark.parametrize(
    ("name", "path", "text", "head"),
    [
        ("creole", "a/My_page.creole", "x", ("My page", "")),
        ("vimwiki", "x.vimwiki", "%title Some Thing\n", ("x", "Some Thing")),
        ("muse", "x_y.muse", "#title X Y\n", ("X Y", "")),
        ("html", "x.html", "<TITLE>Über\nx</TITLE>", ("x", "Über x")),
        ("docx", "Ünder.docx", "PK<title>x</title>", ("Ünder", "")),
    ],
)
def test_heads(name, path, text, head):
    reader = BY_NAME[name]
    found = reader.head(reader.key(path), text)
    assert (found.name, found.title) == head


def test_links_are_looked_up_beside_the_page_first():
    reader = BY_NAME["html"]
    assert list(reader.keys("b_c.html", "x/a")) == ["x/b c", "b c"]
    assert list(reader.keys("../b", "x/a")) == ["b", "../b"]
    assert "web/some topic" in BY_NAME["twiki"].keys("Web.Some_Topic", "Web/Other")
    assert "web2/topic" in BY_NAME["twiki"].keys("Web2.Topic", "Web/Other")


def test_targets_of_html_are_unquoted():
    assert BY_NAME["html"].spelled("a%20b.html#c%20d") == ("a b.html", "c d")
    assert BY_NAME["html"].spelled("https://x.org/a%20b") == ("https://x.org/a%20b", "")
    assert BY_NAME["creole"].spelled("100%25") == ("100%25", "")


def test_no_file_is_outside_of_the_source():
    assert list(BY_NAME["html"].media("../../etc/a%20b.png", "x/a")) == ["a b.png"]


def test_the_web_of_twiki_is_the_group_and_its_own_pages_are_left_out():
    twiki = BY_NAME["twiki"]
    assert twiki.head("data/My_Web/WebHome", "x")[:2] == ("WebHome", "My_Web")
    with pytest.raises(Unwanted):
        twiki.head("data/My_Web/WebPreferences", "x")


def test_a_twiki_page_is_recognised():
    assert BY_NAME["twiki"].recognises("x.txt", b'%META:TOPICINFO{author="x"}%\n')
    assert not BY_NAME["twiki"].recognises("x.txt", b"x")
    assert not BY_NAME["creole"].recognises("x.txt", b"x")


def test_without_pandoc_the_page_and_the_extra_are_named(monkeypatch):
    monkeypatch.setattr(process, "find_pandoc", lambda: "")
    with pytest.raises(Refusal) as refusal:
        BY_NAME["creole"].read("x", Page("a/b", Remarks(), {}))
    expected = "a/b.creole needs Pandoc: pip install 'sphinxcontrib-tropes[import-pandoc]'"
    assert str(refusal.value) == expected


def test_the_pandoc_of_the_package_is_found(monkeypatch, tmp_path):
    (tmp_path / "pypandoc" / "files").mkdir(parents=True)
    (tmp_path / "pypandoc" / "__init__.py").write_text("raise ValueError")
    (tmp_path / "pypandoc" / "files" / "pandoc").touch()
    (tmp_path / "pypandoc" / "files" / "copyright.pandoc").touch()
    monkeypatch.setattr(process.shutil, "which", lambda name: None)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "pypandoc", raising=False)
    assert process.find_pandoc.__wrapped__() == str(tmp_path / "pypandoc" / "files" / "pandoc")


def fake(tmp_path, body):
    """A program that is started like Pandoc."""
    path = tmp_path / "pandoc"
    path.write_text(f"#!{sys.executable}\nimport sys, json, time\n{body}\n")
    path.chmod(0o755)
    return str(path)


not_on_windows = pytest.mark.skipif(os.name == "nt", reason="needs a script as program")

ANSWERS = """
for line in sys.stdin:
    asked = json.loads(line)
    if "die" in asked.get("text", ""): sys.exit(1)
    if "sleep" in asked.get("text", ""): time.sleep(60)
    if "wrong" in asked.get("text", ""): print("{", flush=True); continue
    print(json.dumps({"doc": {"meta": {}, "blocks": [asked["text"]]}, "files": []}), flush=True)
"""


@not_on_windows
@pytest.mark.parametrize(
    ("text", "reason"), [("die", "stopped"), ("sleep", "over 5 seconds"), ("wrong", "no JSON")]
)
def test_a_page_that_stops_pandoc_stops_no_other(tmp_path, text, reason):
    pandoc = Pandoc(fake(tmp_path, ANSWERS), seconds=5)  # the script itself starts in that time
    pandoc.read("x", "org")
    with pytest.raises(Unparsed, match=reason):
        pandoc.read(text, "org")
    assert pandoc.read("b", "org").document["blocks"] == ["b\n\n"]
    pandoc.close()


@not_on_windows
def test_a_pandoc_that_reads_files_is_given_each_page_in_a_sandbox(tmp_path):
    body = """
if "--sandbox" in sys.argv:
    print(json.dumps({"meta": {}, "blocks": sys.argv[1:]}))
else:
    for line in sys.stdin:
        path = json.loads(line)["text"].split("\\n")[0].removeprefix(".. include:: ")
        print(json.dumps({"doc": {"blocks": open(path).read()}, "files": []}), flush=True)
"""
    pandoc = Pandoc(fake(tmp_path, body))
    assert pandoc.read("x", "org").document["blocks"] == ["--sandbox", "-f", "org", "-t", "json"]


@not_on_windows
def test_a_pandoc_without_a_sandbox_is_refused(tmp_path):
    body = 'sys.stderr.write("Unknown option --sandbox."); sys.exit(6)'
    with pytest.raises(Refusal, match="too old"):
        Pandoc(fake(tmp_path, body)).read("x", "org")


def test_a_pandoc_that_can_t_be_started_is_named(tmp_path):
    (tmp_path / "pandoc").touch()
    with pytest.raises(Refusal, match="can't be started"):
        Pandoc(str(tmp_path / "pandoc")).read("x", "org")


@pytest.fixture
def pandoc():
    found = Pandoc(find_pandoc())
    yield found
    found.close()


def document(name, text, remarks=None):
    return BY_NAME[name].read(text, Page("a/b", remarks or Remarks(), {}))


@needs_pandoc
@pytest.mark.parametrize(
    ("form", "include"),
    [
        ("org", '#+INCLUDE: "{}" src'),
        ("rst", ".. include:: {}"),
        ("latex", "\\input{{{}}}"),
        ("html", '<iframe src="{}"></iframe>'),
        ("muse", "<include file={}>"),
    ],
)
def test_pandoc_sees_no_file(pandoc, tmp_path, monkeypatch, form, include):
    (tmp_path / "secret.txt").write_text("uncovered")
    monkeypatch.chdir(tmp_path)
    for path in ("secret.txt", str(tmp_path / "secret.txt")):
        try:
            read = pandoc.read(f"{include.format(path)}\n\nx", form)
        except Unparsed:
            continue
        assert "uncovered" not in str(read)


@needs_pandoc
@pytest.mark.parametrize("is_one_process", [True, False])
def test_both_ways_of_asking_pandoc_agree(pandoc, is_one_process):
    pandoc.read("x", "creole")
    if is_one_process and not pandoc._is_one_process:
        pytest.skip("this Pandoc is too old")
    pandoc._is_one_process = is_one_process
    read = pandoc.read("* a\n* **b** ü \ud800", "creole").document
    assert Blocks(read, Remarks(), BY_NAME["creole"].spelled).read() == (
        List(((p("a"),), (Paragraph((Styled("strong", (Text("b"),)), Text(" ü ?"))),))),
    )


@needs_pandoc
def test_pandoc_ends_with_the_process_that_asks_it(tmp_path):
    code = """
import os, sys
from sphinxcontrib_tropes.tools.importing.readers.pandoc.process import running
pandoc = running("x")
pandoc.read("a", "creole")
print(pandoc._process.pid if pandoc._process else 0, flush=True)
os._exit(0)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    if done.stdout.strip() == "0":
        pytest.skip("this Pandoc is too old")
    for _ in range(50):
        try:
            os.kill(int(done.stdout), 0)
        except OSError:
            return
        state = Path(f"/proc/{int(done.stdout)}/stat")  # nobody may wait for it
        if state.exists() and state.read_text().split()[2] == "Z":
            return
        time.sleep(0.1)
    pytest.fail("Pandoc still runs")


@needs_pandoc
@pytest.mark.parametrize(
    ("name", "text", "link"),
    [
        ("creole", "[[My Page|x]]", Link("My Page", (Text("x"),))),
        ("vimwiki", "[[ns/My Page|x]]", Link("ns/My Page", (Text("x"),))),
        ("twiki", "%META:TOPICPARENT{}%\n[[Web.Topic][x]]", Link("Web.Topic", (Text("x"),))),
        ("tikiwiki", "((My Page|x))", Link("My Page", (Text("x"),))),
        ("textile", '"x":my%20page', Link("my page", (Text("x"),))),
        ("muse", "[[page.muse][x]]", Link("page.muse", (Text("x"),))),
        ("html", '<a href="My%20page.html#y">x</a>', Link("My page.html", (Text("x"),), "y")),
    ],
)
def test_each_markup_has_links(name, text, link):
    assert document(name, text).blocks == (Paragraph((link,)),)


@needs_pandoc
def test_a_macro_of_twiki_is_left_out():
    remarks = Remarks()
    document("twiki", 'x %SEARCH{"a"}% y', remarks)
    assert [remark.kind for remark in remarks.found] == ["macro %SEARCH%: left out"]


@needs_pandoc
@pytest.mark.parametrize("name", ["docx", "odt", "epub"])
def test_a_file_that_is_none_is_not_read(name):
    remarks = Remarks()
    broken = BytesIO()
    with zipfile.ZipFile(broken, "w") as archive:
        archive.writestr("../x", "y")
    for data in (b"PK\x03\x04\xff\x00", broken.getvalue(), b""):
        assert document(name, data.decode("latin-1"), remarks).blocks == ()
    assert len(remarks.found) == 3


@needs_pandoc
def test_pictures_in_a_document_are_given_as_files(pandoc, tmp_path):
    pandoc.read("x", "creole")
    if not pandoc._is_one_process:
        pytest.skip("this Pandoc is too old")
    picture = (
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00\x90wS\xde\x00\x00"
        b"\x00\x0cIDATx\x9cc```\x00\x00\x00\x04\x00\x01\xf6\x178U\x00\x00\x00\x00IEND\xaeB`\x82"
    )
    (tmp_path / "a.png").write_bytes(picture)
    (tmp_path / "x.html").write_text('<h1>A B</h1><p>c <img src="a.png" alt="d"> <b>e</b>')
    subprocess.run(
        [find_pandoc(), "-f", "html", "x.html", "-o", "x.docx"], cwd=tmp_path, check=True
    )
    found = document("docx", (tmp_path / "x.docx").read_bytes().decode("latin-1"))
    ((name, content),) = found.files
    assert content == picture
    assert found.blocks == (
        Heading(1, (Text("A B"),)),
        Paragraph((Text("c "), Picture(name, "d"), Text(" "), Styled("strong", (Text("e"),)))),
    )


@needs_pandoc
def test_a_page_that_pandoc_can_t_read_is_kept_as_typed(monkeypatch):
    monkeypatch.setattr(process, "SECONDS", 30)
    remarks = Remarks()
    text = "<blockquote>" * 5000
    found = document("html", text, remarks)
    assert found.blocks == (CodeBlock(text),)
    assert [remark.kind for remark in remarks.found] == ["it is nested too deeply"]
