"""Templates and functions: by the user's rules, by their names, by their arguments."""

from __future__ import annotations

import pytest

from sphinxcontrib_tropes.tools.importing.tree import Spoiler

from .mediawiki_pages import kinds, read, shown

RULES = {
    "numbers": ("{{x|a|b}}", "[[spoiler:$1]] $2", "Paragraph[Markup[[[spoiler:] a Markup[]] ] b]"),
    "names": ("{{X| who = [[Me]] }}", "'$who'", "Paragraph[Markup['] Link(target=Me) Markup[']]"),
    "names with blanks": ("{{x|the year=1990}}", "${the year}", "Paragraph[1990]"),
    "all": ("{{x|a|b=c|}}", "$*", "Paragraph[a, c]"),
    "an argument that is missing": ("a{{x}}b", "$1$y", "Paragraph[ab]"),
    "markup alone": ("{{x|a}}", "[[!Stubs]]", "Markup[[[!Stubs]]]"),
    "blocks": ("{{x|\n* a\n* b}}", "$1", "List[Paragraph[a] * Paragraph[b]]"),
    "nothing": ("{{x|a}}b", "", "Paragraph[b]"),
    "links": (
        "{{x|A|b#c}}",
        "See $links",
        "Paragraph[Markup[See ] Link(target=A) ,  Link(target=b, section=c)[b#c]]",
    ),
    "fields": (
        "{{x|a=b}}",
        "$fields",
        "Table[Cell(is_header=True)[Paragraph[a]] | Cell[Paragraph[b]]]",
    ),
    "any spelling of the name": ("{{ template:X|a}}", "$1", "Paragraph[a]"),
}


@pytest.mark.parametrize("name", RULES)
def test_rules_of_the_user(name):
    text, rule, expected = RULES[name]
    assert shown(text, rules={"x": rule}) == expected


def test_rules_come_before_what_is_known():
    assert shown("{{spoiler|a}}", rules={"spoiler": "$1"}) == "Paragraph[a]"


def test_a_rule_that_doubles_does_not_explode():
    _, remarks = read("{{x|" * 40 + "a" + "}}" * 40, rules={"x": "$1 $1"})
    assert remarks.found[0].kind == "template {{x}}: left out: its rule makes too much of it"


KNOWN = {
    "{{Spoiler|the ''end''}}": (
        "Paragraph[Spoiler[the  Styled(style=emphasis)[end]]]",
        "[[spoiler:$1]]",
    ),
    "{{spoiler|1=x=y}}": ("Paragraph[Spoiler[x=y]]", "[[spoiler:$1]]"),
    "{{Quote|To be|[[Hamlet]]|Act 3}}": (
        "Quotation[Paragraph[To be] Link(target=Hamlet) , Act 3]",
        "-> $1",
    ),
    "{{cquote|text=To be|author=He}}": ("Quotation[Paragraph[To be] He]", "-> $1"),
    "{{Main|Foo|bar#x|l2=Bar}}": (
        "Paragraph[Styled(style=emphasis)[See  Link(target=Foo) ,  Link(target=bar, section=x)[Bar]]]",
        "''See $links''",
    ),
    "a {{nowrap|b [[c]]}} d": ("Paragraph[a b  Link(target=c)[c]  d]", "$1"),
    "a {{lang|de|Straße}}": ("Paragraph[a Straße]", "$2"),
    "a {{lang-ru|Мир}}": ("Paragraph[a Мир]", "$1"),
    "a<ref>{{cite web|url=https://x.example|title=T|last=L|first=F|date=1999}}</ref>": (
        "Paragraph[a Note[Paragraph[L, F,  WebLink(url=https://x.example)[T] , 1999]]]",
        "$citation",
    ),
    "a {{w|Foo|bar}}": ("Paragraph[a  WebLink(url=https://en.wikipedia.org/wiki/Foo)[bar]]", ""),
    "a{{efn|b}}": ("Paragraph[a Note[Paragraph[b]]]", "[[note]]$1[[/note]]"),
    "a{{clear}}\n{{Reflist|2}}\n{{Foo-stub}}": ("Paragraph[a]", ""),
    "{{Navbox|a=1|b=[[x]]|c=3}}": ("", ""),
    "{{Warning|Never do ''this''.}}": (
        "Callout(kind=warning)[Paragraph[Never do  Styled(style=emphasis)[this] .]]",
        "[[box:warning]]\n$1\n[[/box]]",
    ),
    "{{Infobox|name=A|b=[[c]]|d=\n* e}}": (
        (
            "Table[Cell(is_header=True)[Paragraph[name]] | Cell[Paragraph[A]] / "
            "Cell(is_header=True)[Paragraph[b]] | Cell[Paragraph[Link(target=c)[c]]] / "
            "Cell(is_header=True)[Paragraph[d]] | Cell[List[Paragraph[e]]]]"
        ),
        "$fields",
    ),
    "a {{unknown|first|second}}": ("Paragraph[a first]", "$1"),
    "{{unknown|settings}}": ("", ""),
    "{{unknown|A whole sentence that readers read.}}": (
        "Paragraph[A whole sentence that readers read.]",
        "${1}",
    ),
    "a {{code|x{{=}}1}}": ("Paragraph[a  Code[x=1]]", "[@$1@]"),
}


@pytest.mark.parametrize("text", KNOWN)
def test_templates_without_a_rule(text):
    expected, guess = KNOWN[text]
    _, remarks = read(text)
    assert shown(text) == expected
    assert guess in [made for _, made in remarks.template_uses.values()]


def test_uses_are_counted_by_name():
    assert read("a {{b|c}} {{ b |d}} {{B|e}}")[1].template_uses == {"b": (2, "$1"), "B": (1, "$1")}


def test_what_is_left_out_is_told():
    assert kinds("{{Skills}}\n{{Navbox|a=b}}") == [
        "template {{Skills}}: left out",
        "template {{Navbox}}: left out",
    ]


def test_a_description_is_kept():
    assert read("{{Short description|A ''small'' town}}\nx")[0].description == "A small town"


FUNCTIONS = {
    "{{#if: x | a | b}}": "Paragraph[a]",
    "{{#if: | a | b}}": "Paragraph[b]",
    "{{#if: {{{n|}}} | a }}": "",
    "{{#ifeq: a | a | y=1 | n}}": "Paragraph[y=1]",
    "{{#ifeq: {{PAGENAME}} | Here | yes | no}}": "Paragraph[yes]",
    "{{#switch: b | a = 1 | b | c = 2 | #default = 3}}": "Paragraph[2]",
    "{{#switch: z | a = 1 | 4}}": "Paragraph[4]",
    "{{#ifexist: A | [[A]] | }}": "Paragraph[Link(target=A)]",
    "{{uc:straße}} {{ucfirst: abc}} {{formatnum:1000}}": "Paragraph[STRASSE Abc 1000]",
    "{{FULLPAGENAME}} {{SUBPAGENAME}}": "Paragraph[Here Here]",
    "{{!}} {{=}} {{ndash}} a{{nbsp}}b": "Paragraph[| = – a\xa0b]",
    "{{:Other page}}": "Paragraph[Link(target=Other page)[Other page]]",
}


@pytest.mark.parametrize("text", FUNCTIONS)
def test_functions(text):
    assert shown(text) == FUNCTIONS[text]


def test_functions_that_only_mediawiki_knows_are_told():
    assert kinds("{{#expr: 1+1}} {{#invoke:X|y}} {{CURRENTYEAR}} {{#if: {{x|y}} | a}}") == [
        "function {{#expr:}}: left out",
        "function {{#invoke:}}: left out",
        "variable {{CURRENTYEAR}}: left out",
        "function {{#if:}}: left out",
    ]


def test_what_is_in_braces_and_no_name_is_text():
    assert (
        shown("{{}} {{a [b] ''c''|d}}") == "Paragraph[{{}} {{a [b]  Styled(style=emphasis)[c] |d}}]"
    )


def test_a_field_that_names_a_picture_shows_it():
    assert "Cell[Paragraph[Picture(target=x y.JPG, alt=File:x y.JPG)]]" in shown(
        "{{Box|a=1|b=2|image=File:x y.JPG}}"
    )


def test_a_spoiler_with_an_equals_sign_in_its_text_is_covered_as_a_whole():
    for text in (
        "{{Spoiler|a\n== x ==\nb}}",
        "{{spoiler|who=he|what=did it}}",
        "{{Spoiler|x=[[y]]}}",
    ):
        (paragraph,) = read(text)[0].blocks
        assert all(isinstance(child, Spoiler) for child in paragraph.children), text
