"""Links, files and names of wikitext."""

from __future__ import annotations

import pytest

from sphinxcontrib_tropes.tools.importing.readers import Unwanted
from sphinxcontrib_tropes.tools.importing.readers.mediawiki import READER

from .mediawiki_pages import kinds, read, show, shown

LINKS = {
    "[[Foo]]": "Link(target=Foo)",
    "[[foo]]": "Link(target=foo)[foo]",
    "[[Foo_bar]]s": "Link(target=Foo bar)[Foo bars]",
    "[[Foo|bar]]baz": "Link(target=Foo)[barbaz]",
    "[[猫]]です": "Link(target=猫) です",
    "[[Foo#Some part]]": "Link(target=Foo, section=Some part)[Foo#Some part]",
    "[[#Some part]]": "Link(section=Some part)[Some part]",
    "[[Foo (bar)|]]": "Link(target=Foo (bar))[Foo]",
    "[[Help:Foo, Bar|]]": "Link(target=Help:Foo, Bar)[Foo]",
    "[[/sub]]": "Link(target=/sub)[sub]",
    "[[:Category:X]]": "Link(target=Category:X)[Category:X]",
    "[[Foo|''a'' b]]": "Link(target=Foo)[Styled(style=emphasis)[a]  b]",
    "[[Foo|a|b]]": "Link(target=Foo)[a|b]",
    "[[AT&amp;T]]": "Link(target=AT&T)",
    "[[668: April 8]]": "Link(target=668: April 8)[668: April 8]",
    "[[It: Chapter Two]]": "Link(target=It: Chapter Two)[It: Chapter Two]",
    "[[w:Foo bar|x]]": "WebLink(url=https://en.wikipedia.org/wiki/Foo_bar)[x]",
    "[[wikipedia:de:Fuß]]": "WebLink(url=https://de.wikipedia.org/wiki/Fu%C3%9F)[wikipedia:de:Fuß]",
    "[[wikt:x]]": "WebLink(url=https://en.wiktionary.org/wiki/x)[wikt:x]",
    "[[commons:Category:X]]": "WebLink(url=https://commons.wikimedia.org/wiki/Category:X)[commons:Category:X]",
    "[[w:c:other:Page]]": "WebLink(url=https://other.fandom.com/wiki/Page)[w:c:other:Page]",
    "[[:fr:Foo|là]]": "là",
    "[[de:Foo]]x": "x",
    "[[User:Me|me]]": "me",
    "[[User talk:Me|me]] [[user_Talk:Me]]": "me user Talk:Me",
    "[[Benutzer Diskussion:Me]]": "Benutzer Diskussion:Me",
    "[[Discussion utilisateur:Me|me]]": "me",
    "[[Talk show: X]]": "Link(target=Talk show: X)[Talk show: X]",
    "[https://x.example/a?b=c d ''e'']": "WebLink(url=https://x.example/a?b=c)[d  Styled(style=emphasis)[e]]",
    "[https://x.example]": "WebLink(url=https://x.example)",
    "[//x.example y]": "WebLink(url=https://x.example)[y]",
    "[mailto:a@b.example us]": "WebLink(url=mailto:a@b.example)[us]",
    "see https://x.example/a_(b), or (http://y.example).": (
        "see  WebLink(url=https://x.example/a_(b)) , or ( WebLink(url=http://y.example) )."
    ),
    "[javascript:alert(1) x]": "[javascript:alert(1) x]",
    "[not a link]": "[not a link]",
    "[[Foo|[https://x.example y]]]": "Link(target=Foo)[y]",
    "[https://x.example a\nb]": "[https://x.example a\nb]",
}


@pytest.mark.parametrize("text", LINKS)
def test_links(text):
    assert shown(text) == f"Paragraph[{LINKS[text]}]"


FILES = {
    "[[File:a b.png|thumb|left|200px|alt=A|the [[cat]] sits]]": (
        "Picture(target=a b.png, alt=A, width=200, side=left)[the  Link(target=cat)[cat]  sits]"
    ),
    "[[Datei:Ä.jpg|mini|hochkant=1.5|ein Bild]]": "Picture(target=Ä.jpg, side=right)[ein Bild]",
    "[[Fichier:x.svg|vignette|gauche|x]]": "Picture(target=x.svg, side=left)[x]",
    "[[File:x.png|frame|none|y]]": "Picture(target=x.png)[y]",
    "[[File:x.png|x20px|y]]": "Picture(target=x.png, alt=y)",
    "[[File:x.png|thumb|a{{!}}b]]": "Picture(target=x.png, side=right)[a|b]",
    "<gallery>\nA.png|cap ''i''\n\nFile:B c.jpg\nDatei:D.png|alt=d|[[x|y]] z\n</gallery>": (
        "Picture(target=A.png)[cap  Styled(style=emphasis)[i]] Picture(target=B c.jpg) "
        "Picture(target=D.png, alt=d)[Link(target=x)[y]  z]"
    ),
    "a [[File:x.png|20px]] b": "Paragraph[a  Picture(target=x.png, width=20)  b]",
    "[[File:x.ogg|listen]]": "Paragraph[listen]",
    "[[Media:x.pdf|the paper]]": "Paragraph[the paper]",
}


@pytest.mark.parametrize("text", FILES)
def test_files(text):
    assert shown(text) == FILES[text]


def test_links_that_are_lost_are_told():
    assert kinds("[[de:Foo]] [[User:Me]] [[Special:Log]]") == [
        "link to the same page in another language",
        "link to the page of a user: its words are kept",
        "link to a page of the program: its words are kept",
    ]


KEYS = [
    ("foo_bar", "Here", ["Foo bar"]),
    ("  foo   bar ", "Here", ["Foo bar"]),
    ("/sub", "A/B", ["A/B/sub", "/sub"]),
    ("/sub/", "A", ["A/sub"]),
    ("../C", "A/B", ["A/C"]),
    ("../", "A/B", ["A"]),
    ("../../C", "A/B/D", ["A/C"]),
    (":Kategorie:tiere", "Here", ["Category:Tiere"]),
    ("Caf%C3%A9", "Here", ["Café"]),
    ("portal: x", "Here", ["Portal:X"]),
    ("C++", "Here", ["C++"]),
    ("", "Here", []),
]


@pytest.mark.parametrize(("target", "here", "expected"), KEYS)
def test_what_links_mean(target, here, expected):
    assert list(READER.keys(target, here))[: len(expected)] == expected


def test_all_spellings_of_a_page_fold_alike():
    for spelling in (
        "Category:Big cats",
        "category:big_cats",
        "Kategorie: Big cats",
        "Catégorie:big cats",
    ):
        assert READER.folded(spelling) == "Category:Big cats"


def test_the_key_of_a_file():
    assert READER.key("some_page.mediawiki") == "Some page"
    assert READER.key("a/b.wikitext") == "A/b"


def test_the_head_of_a_page():
    assert READER.head("Hilfe:Bilder", "x")[:3] == ("Bilder", "Hilfe", "")
    assert READER.head("668: April 8", "x")[:3] == ("668: April 8", "", "")
    assert READER.head("IPod", "{{DISPLAYTITLE:iPod}}").title == "iPod"


@pytest.mark.parametrize(
    "key", ["Template:X", "User:X", "File:X.png", "Module:X", "Talk:X", "Vorlage:X"]
)
def test_pages_that_are_not_for_readers(key):
    with pytest.raises(Unwanted):
        READER.head(key, "")


def test_media_are_found_where_mediawiki_keeps_them():
    found = list(READER.media("File:foo bar.png", "Here"))
    assert "images/8/8a/Foo_bar.png" in found or any(
        path.endswith("/Foo_bar.png") for path in found
    )
    assert "Foo bar.png" in found


@pytest.mark.parametrize(
    "target", ["File:../../etc/passwd", "File:a/b.png", "File:.htaccess", "File:"]
)
def test_media_lead_nowhere_else(target):
    assert not list(READER.media(target, "Here"))


def test_wikitext_is_recognised():
    assert READER.recognises("x.txt", b"'''A''' is [[b]].\n\n== C ==\n{{d}}\n")
    assert READER.recognises("x.txt", b"#REDIRECT [[A]]")
    assert not READER.recognises("x.txt", b"!!Heading\n\n[[Link]] and {{Other}}, {{More}}")
    assert not READER.recognises("x.txt", b"# Heading\n\n[[Link]] and [[Other]]")


def test_words_leave_out_what_readers_never_see():
    text = (
        "{{Box|inside}} '''Bold'''face [[Target|label]] [[File:pic.png|thumb|caption here]] <!-- no -->"
        "[https://site.example named] [[Category:Cats]] <ref>noted</ref> <span class='cls'>kept</span>\n"
        '{| class="wikitable"\n|-\n| style="x" | cell || other\n|}\n__NOTOC__'
    )
    assert set(READER.words(text)) == {
        *("Boldface", "label", "caption", "here", "named", "noted", "kept", "cell", "other"),
    }


def test_a_link_without_words_is_told_nowhere():
    assert not read("[[Foo]] [[bar]]")[1].found


@pytest.mark.parametrize(
    ("link", "words"),
    [
        ("../", "House"),
        ("../Roof", "House/Roof"),
        ("../Roof/", "Roof"),
        ("../#Attic", "House#Attic"),
    ],
)
def test_a_link_to_a_page_above_shows_where_it_leads(link, words):
    assert shown(f"[[{link}]]", key="House/Door").endswith(f"[{words}]]")
    assert shown(f"[[{link}|x]]", key="House/Door").endswith("[x]]")


@pytest.mark.parametrize(
    "options",
    [
        "bélyegkép|balra|100px",
        "בלי|ממוזער|שמאל|100 פיקסלים",
        "بندانگشتی|چپ|100پیکسل",
        "náhľad|vľavo|100bod",
        "miniaturadaimagem|esquerda|ligação=Here|100px",
        "μικρογραφία|αριστερά|εναλλ.=x|100px",
        "pienoiskuva|vasen|kehyksetön|pysty=1.2|100px",
    ],
)
def test_options_of_pictures_in_many_languages(options):
    made = shown(f"[[File:Ünï 1.png|{options}|Its ''words'']]")
    assert "width=100, side=left" in made
    assert made.endswith("[Its  Styled(style=emphasis)[words]]")


IN_DOUBLE_BRACKETS = {
    "[[https://x.example/a two words]]": "WebLink(url=https://x.example/a)[two words]",
    "[[https://x.example/a|two ''words'']]": (
        "WebLink(url=https://x.example/a)[two  Styled(style=emphasis)[words]]"
    ),
    "[[https://x.example/a]]": "WebLink(url=https://x.example/a)",
}


@pytest.mark.parametrize("source", IN_DOUBLE_BRACKETS)
def test_an_address_in_double_brackets_is_a_link_to_it(source):
    assert shown(f"see {source}") == f"Paragraph[see  {IN_DOUBLE_BRACKETS[source]}]"


def test_an_address_keeps_its_bar_in_a_cell_too():
    cell = "* [https://x.example/?a|b=c words]"
    assert "url=https://x.example/?a|b=c" in shown(f"{{|\n| x\n|\n{cell}\n|}}")


def test_a_redirect_to_another_wiki_is_a_link_to_it():
    document, remarks = read("#REDIRECT [[wikipedia:Lock]]")
    assert show(document.blocks) == (
        "Paragraph[WebLink(url=https://en.wikipedia.org/wiki/Lock)[Lock]]"
    )
    assert document.redirect == ""
    assert [remark.kind for remark in remarks.found] == ["redirect to another wiki: a link to it"]
