"""Dumps of MediaWiki: whatever is wrong with one, its pages come in, in bounded memory."""

from __future__ import annotations

import bz2
import gzip
import html
import tracemalloc

import pytest

from sphinxcontrib_tropes.tools.importing.sources import Unreadable, open_source
from sphinxcontrib_tropes.tools.importing.sources.mediawiki_dump import MediaWikiDump
from sphinxcontrib_tropes.tools.refusal import Refusal

HEAD = """<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" version="0.11" xml:lang="cy">
<siteinfo><sitename>Wici Ünï</sitename><base>https://wici.example/wiki/Hafan</base><case>first-letter</case>
<namespaces><namespace key="0" case="first-letter"/><namespace key="1">Sgwrs</namespace>
<namespace key="2">Defnyddiwr</namespace><namespace key="6">Delwedd</namespace><namespace key="10">Nodyn</namespace>
<namespace key="14">Categori</namespace><namespace key="100">Porth</namespace></namespaces></siteinfo>
"""


def revision(
    text, time="2020-01-02T03:04:05Z", who="<username>Áine</username>", model="wikitext", more=""
):
    return (
        f"<revision><id>1</id><timestamp>{time}</timestamp><contributor>{who}</contributor>"
        f'<model>{model}</model><format>text/x-wiki</format><text xml:space="preserve"{more}>'
        f"{html.escape(text)}</text></revision>"
    )


def page(title, *revisions, ns=0, more=""):
    return (
        f"<page><title>{html.escape(title)}</title><ns>{ns}</ns>{more}{''.join(revisions)}</page>\n"
    )


@pytest.fixture
def dump(tmp_path):
    """The dump with these pages; or with this text."""

    def dump(*pages, text=None, name="x.xml", pack=bytes):
        path = tmp_path / name
        path.write_bytes(pack((text or HEAD + "".join(pages) + "</mediawiki>").encode()))
        return open_source(path)

    return dump


def texts(source):
    return {entry.place: source.read(entry).decode() for entry in source.entries(None)}


@pytest.mark.parametrize(
    ("name", "pack"), [("x.xml", bytes), ("x.xml.gz", gzip.compress), ("x.xml.bz2", bz2.compress)]
)
def test_pages_in_their_order_from_any_packing(dump, name, pack):
    source = dump(
        page("B & C", revision("b <c>")), page("A", revision("ä猫")), name=name, pack=pack
    )
    assert texts(source) == {"B & C": "b <c>", "A": "ä猫"}
    assert source.origin[:2] == ("Wici Ünï", "https://wici.example/wiki/Hafan")
    assert source.left_out == []


def test_a_7z_file_is_read_or_refused_with_what_helps(tmp_path):
    try:
        import py7zr
    except ImportError:
        (tmp_path / "x.xml.7z").write_bytes(b"7z\xbc\xaf\x27\x1c" + b"\0" * 40)
        with pytest.raises(Refusal, match="unpack it first, or install py7zr"):
            open_source(tmp_path / "x.xml.7z")
        return
    (tmp_path / "x.xml").write_text(HEAD + page("A", revision("a")) + "</mediawiki>", "utf-8")
    with py7zr.SevenZipFile(tmp_path / "x.xml.7z", "w") as archive:
        archive.write(tmp_path / "x.xml", "x.xml")
    assert texts(open_source(tmp_path / "x.xml.7z")) == {"A": "a"}


def test_the_last_revision_counts_wherever_it_stands(dump):
    new, old = revision("new", "2021-01-01T00:00:00Z"), revision("old", "2011-01-01T00:00:00Z")
    assert texts(dump(page("A", old, new), page("B", new, old))) == {"A": "new", "B": "new"}


def test_a_revision_without_its_text_does_not_hide_an_older_one(dump):
    gone = revision("", "2021-01-01T00:00:00Z", more=' deleted="deleted"')
    assert texts(dump(page("A", revision("old"), gone))) == {"A": "old"}


def test_authors_are_credited_once_and_those_without_a_name_together(dump):
    source = dump(
        page(
            "A",
            revision("a", "2011-01-01T00:00:00Z", "<username>Zoë</username>"),
            revision("b", "2012-01-01T00:00:00Z", "<ip>127.0.0.1</ip>"),
            revision("c", "2013-01-01T00:00:00Z", "<ip>127.0.0.2</ip>"),
            revision("d", "2014-01-01T00:00:00Z", "<username>Zoë</username>"),
        )
    )
    (entry,) = source.entries(None)
    source.read(entry)
    assert source.credit(entry)[:2] == (("Zoë", "anonymous"), "2014-01-01")


def test_a_thousand_authors_are_cut(dump):
    many = (revision("a", who=f"<username>U{number}</username>") for number in range(1000))
    source = dump(page("A", *many))
    (entry,) = source.entries(None)
    source.read(entry)
    assert len(source.credit(entry).authors) == 50


def test_namespaces_by_their_numbers(dump):
    source = dump(
        page(
            "Categori:Cŵn",
            revision("[[categori: anifeiliaid]] [[Delwedd:x.png|thumb]] [[Porth:Y]]"),
            ns=14,
        ),
        page("Porth:Y", revision("y"), ns=100),
        page("668: April 8", revision("z")),
    )
    entries = source.entries(None)
    assert [(entry.group, entry.name, entry.key) for entry in entries] == [
        ("Category", "Cŵn", "Category:Cŵn"),
        ("Porth", "Y", "Porth:Y"),
        ("", "668: April 8", "668: April 8"),
    ]
    assert source.read(entries[0]).decode() == (
        "[[Category: anifeiliaid]] [[File:x.png|thumb]] [[Porth:Y]]"
    )


def test_what_is_not_for_readers_is_named_with_its_kind(dump):
    source = dump(
        page("Sgwrs:A", revision("x"), ns=1),
        page("Defnyddiwr:A", revision("x"), ns=2),
        page("Nodyn:A", revision("x"), ns=10),
        page("A.css", revision("x", model="css")),
        page("B", revision("x", model="flow-board")),
        page("C"),
        page("D", revision("", more=' bytes="12" location="tt:1"')),
    )
    assert source.entries(None) == []
    assert source.left_out == [
        ("Sgwrs:A", "a discussion"),
        ("Defnyddiwr:A", "a page of a user"),
        ("Nodyn:A", "a template"),
        ("A.css", "not wikitext: a style sheet"),
        ("B", "not wikitext: its model is flow-board"),
        ("C", "it has no revision"),
        ("D", "its text is not in the dump"),
    ]


def test_old_dumps_without_numbers(dump):
    old = (
        page("Sgwrs:A", revision("x"))
        + page("Categori:B", revision("y"))
        + page("Gwir: C", revision("z"))
    )
    source = dump(old.replace("<ns>0</ns>", ""))
    assert [(entry.group, entry.name) for entry in source.entries(None)] == [
        ("Category", "B"),
        ("", "Gwir: C"),
    ]


def test_entries_are_read_in_order_or_anyhow(dump):
    source = dump(*(page(f"P{number}", revision(f"t{number}")) for number in range(9)))
    entries = source.entries(None)
    for at in (0, 3, 8, 2, 2, 5):
        assert source.read(entries[at]) == f"t{at}".encode()


def test_a_dump_that_changes_meanwhile_is_told(dump, tmp_path):
    source = dump(page("A", revision("a")))
    entries = source.entries(None)
    (tmp_path / "x.xml").write_text(HEAD + page("B", revision("b")) + "</mediawiki>", "utf-8")
    with pytest.raises(Unreadable, match="the dump has changed"):
        source.read(entries[0])


# -- hostile and broken ones

BOMB = (
    '<!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + at)} "{f"&{chr(97 + at)};" * 10}">' for at in range(12))
    + ' <!ENTITY zz SYSTEM "file:///etc/passwd">]>'
)


def test_entities_are_not_expanded_and_the_rest_is_read(dump):
    bomb = page("A", revision("x").replace(">x<", ">&m; &zz; y &lt;z<"))
    source = dump(text=BOMB + HEAD + bomb + page("B", revision("b")) + "</mediawiki>")
    assert texts(source) == {"A": "&m; &zz; y <z", "B": "b"}
    assert source.left_out == [
        ("the beginning of the dump", "14 declared entities, which no dump needs: not expanded")
    ]


def test_a_dump_that_ends_early_is_read_as_far_as_it_goes(dump):
    whole = HEAD + page("A", revision("a")) + page("B", revision("b" * 100))
    source = dump(text=whole[:-120])
    assert texts(source) == {"A": "a"}
    assert source.left_out == [
        ("line 7", "the dump ends in the middle, after 1 page; the page 'B' is not read")
    ]


@pytest.mark.parametrize(
    ("name", "pack"), [("x.xml.gz", gzip.compress), ("x.xml.bz2", bz2.compress)]
)
def test_a_packed_dump_that_ends_early(tmp_path, name, pack):
    many = "".join(
        page(f"P{number}", revision(f"{number * 7919 % 10007}")) for number in range(9000)
    )
    data = pack((HEAD + many + "</mediawiki>").encode())
    (tmp_path / name).write_bytes(data[: len(data) // 2])
    source = open_source(tmp_path / name)
    source.entries(None)
    assert "the dump ends in the middle" in source.left_out[0][1]


def test_broken_xml_is_told_with_its_line(dump):
    source = dump(page("A", revision("a")), page("B", "<revision></oops>"))
    assert texts(source) == {"A": "a"}
    assert source.left_out == [
        (
            "line 7",
            "the dump is broken, and not read from here on: mismatched tag; the page 'B' is not read",
        )
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<html><body/></html>", "it begins with <html>"),
        ("", "not a dump of a MediaWiki: no element found"),
        ("no XML", "not a dump of a MediaWiki: syntax error"),
        ("\x1f\x8bno gzip", "not a dump of a MediaWiki"),
    ],
)
def test_what_is_no_dump_is_refused(tmp_path, text, reason):
    (tmp_path / "x.xml").write_bytes(text.encode("latin-1"))
    with pytest.raises(Refusal, match=reason):
        open_source(tmp_path / "x.xml").entries(None)


def test_a_page_that_is_too_large_is_named(dump):
    source = dump(page("A", revision("a" * (17 * 2**20))), page("B", revision("b")))
    assert texts(source) == {"B": "b"}
    assert source.left_out == [("A", "larger than 16777216 bytes")]


@pytest.mark.parametrize(
    "hostile",
    [
        "<x>" * 200_000,
        f"<page><title>{'t' * 3_000_000}</title></page>",
        f"<page x='{'y' * 12_000_000}'/>",
        f"<!-- {'y' * 12_000_000} -->",
        "<siteinfo><namespaces>"
        + "<namespace key='7'>x</namespace>" * 50_000
        + "</namespaces></siteinfo>",
    ],
    ids=["deep", "title", "attribute", "comment", "namespaces"],
)
def test_memory_is_bounded(dump, hostile):
    source = dump(page("A", revision("a")), hostile)
    tracemalloc.start()
    entries = source.entries(None)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [entry.place for entry in entries] == ["A"]
    assert peak < 20_000_000


def test_texts_are_not_kept(dump):
    source = dump(*(page(f"P{number}", *[revision("x" * 100_000)] * 3) for number in range(50)))
    tracemalloc.start()
    for entry in source.entries(None):
        source.read(entry)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2_000_000


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(Refusal, match="cannot read"):
        MediaWikiDump(tmp_path / "no.xml")


def test_a_wiki_in_another_language_comes_in_whole(dump, imported, tmp_path):
    dump(
        page(
            "Y Gath",
            revision(
                "[[cŵn]] [[Porth:Newydd]] [[/Blew]] [[AC/DC]] [[Node.js]]\n[[categori: anifeiliaid]] [[Categori:Eraill]]"
            ),
        ),
        page("Cŵn", revision("#REDIRECT [[Y Gath#Rhan|x]]")),
        page("Y Gath/Blew", revision("[[../]]")),
        page("Categori:Anifeiliaid", revision("Pob un."), ns=14),
        page("Porth:Y", revision("y"), ns=100),
    )
    pages, _ = imported(tmp_path / "x.xml")
    lines = pages["Main/YGath.trope"].decode().splitlines()
    assert lines[1].startswith("[[Cŵn cŵn]] [[Porth/Newydd Porth:Newydd]] [[YGathBlew Blew]]")
    assert lines[-1] == "[[!Category/Anifeiliaid]] [[!Category/Eraill]]"
    assert set(pages) >= {"Category/Anifeiliaid.trope", "Porth/Y.trope", "Main/YGathBlew.trope"}
    assert b"(:redirect {{Y Gath}}#rhan:)" in pages["Main/Cŵn.trope"]


def test_a_link_without_a_label_shows_the_words_that_were_typed(dump, imported, tmp_path):
    dump(
        page("iPhone's 2nd page", revision("{{DISPLAYTITLE:''The'' iPhone}} x")),
        page(
            "Cŵn",
            revision(
                "[[cŵn]] [[Cŵn]] [[IPhone's 2nd page]] [[iPhone's  2nd page|]] [[The iPhone]]"
            ),
        ),
    )
    pages, _ = imported(tmp_path / "x.xml")
    name = next(str(path) for path in pages if "Phone" in str(path))
    target = name.removeprefix("Main/").removesuffix(".trope")
    assert pages["Main/Cŵn.trope"].decode().strip().splitlines()[-1] == (
        f"[[Cŵn cŵn]] {{{{Cŵn}}}} [[{target} IPhone's 2nd page]] [[{target} iPhone's 2nd page]] {{{{The iPhone}}}}"
    )


def test_links_to_users_and_discussions_in_another_language_are_words(dump, imported, tmp_path):
    talk = '<namespace key="3">Sgwrs Defnyddiwr</namespace><namespace key="101">Sgwrs Porth</namespace></namespaces>'
    text = (
        "[[Defnyddiwr:Ünï 3|Ü]] ([[Sgwrs Defnyddiwr:Ünï 3|sgwrs]]) [[sgwrs_porth:X'y]] [[User talk:Z]]"
        " [[Nodyn:Bocs]] [[Porth:Dŵr]] [[:Delwedd:A b.png]]"
    )
    dump(text=HEAD.replace("</namespaces>", talk) + page("Hafan", revision(text)) + "</mediawiki>")
    pages, _ = imported(tmp_path / "x.xml")
    made = pages["Main/Hafan.trope"].decode().strip().splitlines()[-1]
    assert made == (
        "Ü (sgwrs) sgwrs_porth:X'y User talk:Z Nodyn:Bocs {{Porth:Dŵr}} Delwedd:A b.png"
    )


def test_a_link_shows_the_name_that_the_wiki_has_for_a_namespace(dump):
    (text,) = texts(
        dump(
            page(
                "A", revision("[[:Categori:X]] [[categori:Y]] [[Delwedd:Z.png]] [[:Categori:W|w]]")
            )
        )
    ).values()
    assert text == "[[:Category:X|Categori:X]] [[Category:Y]] [[File:Z.png]] [[:Category:W|w]]"


def test_two_pages_of_one_title_are_both_kept_apart(dump):
    source = dump(page("A", revision("one")), page("A", revision("two")), page("B", revision("b")))
    assert texts(source) == {"A": "one", "A (2)": "two", "B": "b"}


def test_a_wanted_page_below_another_has_its_whole_name(dump, imported, tmp_path):
    dump(
        page("Y Gath", revision("[[/Blew]] {{/Blew}} [[/Blew|x]]")),
        page("Y Gath/A", revision("[[../B]]")),
    )
    pages, _ = imported(tmp_path / "x.xml")
    made = pages["Main/YGath.trope"].decode().strip().splitlines()[-1]
    assert made == "[[YGathBlew Blew]] [[YGathBlew Blew]] [[YGathBlew x]]"
