"""Wikitext becomes the tree that all readers make."""

from __future__ import annotations

import pytest

from .mediawiki_pages import kinds, read, shown

LINES = {
    "paragraphs part at empty lines alone": ("a\nb\n\nc", "Paragraph[a\nb] Paragraph[c]"),
    "quotes": (
        "''a'' '''b''' '''''c'''''",
        "Paragraph[Styled(style=emphasis)[a]   Styled(style=strong)[b]   Styled(style=strong)[Styled(style=emphasis)[c]]]",
    ),
    "quotes end with their line": ("''a\nb", "Paragraph[Styled(style=emphasis)[a] \nb]"),
    "an apostrophe before bold": ("L'''amour'''", "Paragraph[L Styled(style=strong)[amour]]"),
    "a letter between two marks is no word of one letter": (
        "'''a''' b l'''c''",
        "Paragraph[Styled(style=strong)[a]  b l' Styled(style=emphasis)[c]]",
    ),
    "three quotes after a word of one letter, where both are odd": (
        "a ''b c'''d",
        "Paragraph[a  Styled(style=emphasis)[b c'] d]",
    ),
    "headings": (
        "== A ''b'' ==\n=== c ===  \nd",
        "Heading(level=2)[A  Styled(style=emphasis)[b]] Heading(level=3)[c] Paragraph[d]",
    ),
    "no heading without words": ("====", "Paragraph[====]"),
    "lists": (
        "* a\n** b\n*: c\n* d\n# e",
        "List[Paragraph[a] List[Paragraph[b]] Paragraph[c] * Paragraph[d]] List(is_ordered=True)[Paragraph[e]]",
    ),
    "a list that begins deep": ("** a", "List[List[Paragraph[a]]]"),
    "definitions": (
        "; Ünï : one\n: two\n;three",
        "DefinitionList[Ünï : Paragraph[one] Paragraph[two] ; three : ]",
    ),
    "a colon in an address or link parts no term": (
        "; https://x.example/a [[Help:B]] : c",
        "DefinitionList[WebLink(url=https://x.example/a)   Link(target=Help:B)[Help:B] : Paragraph[c]]",
    ),
    "indented lines are a quotation": (
        ": a\n:: b",
        "Quotation[Paragraph[a] Quotation[Paragraph[b]]]",
    ),
    "an indented list is a list": (":* a", "List[Paragraph[a]]"),
    "lines with a blank before are code": (" x ''y''\n  z\n\nw", "CodeBlock[x y\n z] Paragraph[w]"),
    "not if they have links": (" see [[A]]", "Paragraph[see  Link(target=A)]"),
    "rules": ("a\n----\nb\n-----c", "Paragraph[a] Rule Paragraph[b] Rule Paragraph[c]"),
    "entities": (
        "a &lt;b&gt; &amp;amp; &eacute; &#x732B; &nosuch; AT&T",
        "Paragraph[a <b> &amp; é 猫 &nosuch; AT&T]",
    ),
    "comments are gone, and so are their lines": (
        "a<!-- x -->b\n<!-- y -->\nc",
        "Paragraph[ab\nc]",
    ),
    "switches and signatures are gone": ("__NOTOC__a ~~~~", "Paragraph[a]"),
    "but no names with underscores": ("__init__ __FILE__", "Paragraph[__init__ __FILE__]"),
    "line ends of Windows": ("a\r\nb\r\n\r\nc", "Paragraph[a\nb] Paragraph[c]"),
    "arguments have their defaults": ("{{{x|yes}}} {{{y}}}", "Paragraph[yes {{{y}}}]"),
    "an unclosed template is text": (
        "a {{b|c\n\n[[d]]",
        "Paragraph[a {{b|c] Paragraph[Link(target=d)[d]]",
    ),
    "an unclosed link is text": (
        "a [[b|c\n\nd [[e]]",
        "Paragraph[a [[b|c] Paragraph[d  Link(target=e)[e]]",
    ),
    "links within links": ("[[a|[[b]]]]", "Paragraph[Link(target=a)[b]]"),
    "empty links are text": ("[[]] [[ ]] {{}}", "Paragraph[[[]] [[ ]] {{}}]"),
}


@pytest.mark.parametrize("name", LINES)
def test_lines(name):
    text, expected = LINES[name]
    assert shown(text) == expected


TAGS = {
    "styles": (
        "<s>a</s><u>b</u><sub>c</sub><sup>d</sup><small>e</small><big>f</big><B>g</B>",
        "Paragraph[Styled(style=strike)[a] Styled(style=insert)[b] Styled(style=subscript)[c] Styled(style=superscript)[d] Styled(style=small)[e] Styled(style=big)[f] Styled(style=strong)[g]]",
    ),
    "breaks": ("a<br>b<br />c</br>d", "Paragraph[a Break b Break c Break d]"),
    "code": ("<code>x[1] ''y''</code> <tt>z</tt>", "Paragraph[Code[x[1] y]   Code[z]]"),
    "entities": ("&copy; &notes; &amp;lt;", "Paragraph[© &notes; &lt;]"),
    "nowiki": ("<nowiki>''x'' [[y]] &lt;</nowiki>", "Paragraph[''x'' [[y]] <]"),
    "pre": ("<pre>\n''x''\n  [[y]]\n</pre>", "CodeBlock[''x''\n  [[y]]]"),
    "code with a language": (
        '<syntaxhighlight lang="Python">\nx = {{1}}\n</syntaxhighlight> <source lang=c inline>y</source>',
        "CodeBlock(language=python)[x = {{1}}] Paragraph[Code[y]]",
    ),
    "formulas": (
        "a <math>b^2</math>\n\n<math>\nc\n</math>\n:<math>d</math>",
        "Paragraph[a  Math(tex=b^2)] MathBlock(tex=c) MathBlock(tex=d)",
    ),
    "quotations": ("<blockquote>a\n\nb</blockquote>", "Quotation[Paragraph[a] Paragraph[b]]"),
    "poems": ("<poem>\na\nb\n\nc\n</poem>", "Quotation[Paragraph[a Break b] Paragraph[c]]"),
    "indented verses": ("<poem>\na\n:b\n::c\n</poem>", "Quotation[Paragraph[a Break b Break c]]"),
    "boxes and fonts": (
        "<div class='x'>a <font color=red>b</font></div><center>c</center>",
        "Paragraph[a b] Paragraph[c]",
    ),
    "lists of tags": (
        "<ul><li>a<li>b</ul><dl><dt>c<dd>d</dl>",
        "List[Paragraph[a] * Paragraph[b]] DefinitionList[c : Paragraph[d]]",
    ),
    "what no tag is": ("a <username> 1 < 2 <3", "Paragraph[a <username> 1 < 2 <3]"),
    "a tag of an extension": ("<foo bar=1>a [[b]]</foo>", "Paragraph[a  Link(target=b)[b]]"),
    "unclosed ones": ("<b>a\n\n<i>b", "Paragraph[a] Paragraph[b]"),
    "crossed ones": ("<b>a <i>b</b> c</i>", "Paragraph[Styled(style=strong)[a b]  c]"),
    "a list in a style": ("<small>\n* a\n* b\n</small>", "List[Paragraph[a] * Paragraph[b]]"),
    "spoilers": (
        "<spoiler>the ''end''\n\nall</spoiler>",
        "Paragraph[Spoiler[the  Styled(style=emphasis)[end] Break all]]",
    ),
    "only for templates": (
        "a<includeonly>b</includeonly><noinclude>c</noinclude><onlyinclude>d</onlyinclude>",
        "Paragraph[acd]",
    ),
    "tabs": (
        "<tabber>One=''a''|-|Two=* b</tabber>",
        "Paragraph[Styled(style=strong)[One]] Paragraph[Styled(style=emphasis)[a]] Paragraph[Styled(style=strong)[Two]] List[Paragraph[b]]",
    ),
    "hidden text": ('<span style="display: none">a</span>b', "Paragraph[b]"),
}


@pytest.mark.parametrize("name", TAGS)
def test_tags(name):
    text, expected = TAGS[name]
    assert shown(text) == expected


NOTES = {
    "a note": ("a<ref>b ''c''</ref>", "Paragraph[a Note[Paragraph[b  Styled(style=emphasis)[c]]]]"),
    "used again": (
        'a<ref name="x y">b</ref> c<ref name="x y"/>',
        "Paragraph[a Note[Paragraph[b]]  c Note[Paragraph[b]]]",
    ),
    "before its text": (
        "a<ref name=x /> <ref name=x>b</ref>",
        "Paragraph[a Note[Paragraph[b]]   Note[Paragraph[b]]]",
    ),
    "with its text in the list": (
        "a<ref name=x />\n<references>\n<ref name=x>b</ref>\n</references>",
        "Paragraph[a Note[Paragraph[b]]]",
    ),
    "groups apart": (
        "<ref name=x group=g>b</ref><ref name=x>c</ref>",
        "Paragraph[Note[Paragraph[b]] Note[Paragraph[c]]]",
    ),
    "by a function": (
        "{{#tag:ref|b|name=x}}<ref name=x/>",
        "Paragraph[Note[Paragraph[b]] Note[Paragraph[b]]]",
    ),
}


@pytest.mark.parametrize("name", NOTES)
def test_notes(name):
    text, expected = NOTES[name]
    assert shown(text) == expected


def test_a_note_without_a_text_is_told():
    assert kinds("a<ref name=x/>") == ["a note that has no text: left out"]


def test_a_note_within_itself_ends():
    assert shown("<ref name=x>a<ref name=x/></ref>") == "Paragraph[Note[Paragraph[a]]]"


def test_a_note_that_is_used_ten_thousand_times_makes_no_giant_page():
    document, remarks = read(f"<ref name=x>{'a ' * 1000}</ref>" + "<ref name=x/>" * 10_000)
    assert len(document.blocks[0].children) < 3000
    assert remarks.found[-1].kind == "a note within itself, or used too often: left out"


def test_redirects_lead_to_a_page_and_its_section():
    for word in (
        "#REDIRECT",
        "#redirect:",
        " #WEITERLEITUNG",
        "#REDIRECTION",
        "#перенаправление",
        "#転送",
    ):
        document, _ = read(f"{word} [[foo_bar#Der Abschnitt|x]]\n\n[[Kategorie:Ä]]")
        assert (document.redirect, document.redirect_section) == ("foo bar", "Der Abschnitt")
        assert (document.blocks, document.categories) == ((), ("Kategorie:Ä",))


def test_text_behind_a_redirect_is_told():
    assert kinds("#REDIRECT [[A]]\nmore") == ["text behind a redirect: left out"]


def test_a_numbered_list_is_no_redirect():
    assert shown("# REDIRECTING is fun") == "List(is_ordered=True)[Paragraph[REDIRECTING is fun]]"


def test_categories_leave_the_text():
    document, _ = read("a\n[[Category:B c|*]] [[Kategorie:D]]\n[[:Category:E]]")
    assert document.categories == ("Category:B c", "Kategorie:D")
    assert shown("[[Category:X]]\n\na") == "Paragraph[a]"


def test_a_title_of_its_own():
    document, _ = read("{{DISPLAYTITLE:<i>eBook</i>s}}\na", key="EBooks")
    assert document.title == "eBooks"
    assert read("{{DISPLAYTITLE:''Here''}}")[0].title == ""


def test_a_sort_key_with_a_line_end_is_no_text():
    assert shown("a\n{{DEFAULTSORT:\n#x, The}}") == "Paragraph[a]"


def test_a_comment_without_an_end_is_told():
    assert kinds("a <!-- b") == ["a comment that does not end: the page ends there"]


@pytest.mark.parametrize(
    "switches",
    [
        "__SIN_GALERÍA__",
        "  __NICHT_INDEXIEREN__ __TOC__",
        "__לא_לחיפוש__\n__無目錄__",
        "＿＿目次＿＿",
        "__بی\u200cبخش__",
    ],
)
def test_switches_of_many_languages_are_no_text(switches):
    assert shown(f"{switches}\nText.") == "Paragraph[Text.]"


def test_names_between_underscores_are_text():
    for text in ("__FILE__ and __LINE__", "* __FILE__", "__init__", "____", "a __B__", "__A1__"):
        assert text.lstrip("* ") in shown(text)


@pytest.mark.parametrize(
    "word", ["#REDIRECCIO", "＃転送", "#重新導向", "#Виж", "#RIMANDO", "#ПРЕУСМЈЕРИ"]
)
def test_redirects_of_many_languages(word):
    assert read(f"{word} [[Some Page]]")[0].redirect == "Some Page"
