"""What holds for any text at all: random markup, whole and broken, and random Unicode.

``TROPES_FUZZ_EXAMPLES`` says how many texts each test tries, and makes them new ones every time;
without it they are few and always the same, so that a red test means a change.
"""

from __future__ import annotations

import os
import pickle
import re
import string
import unicodedata
from io import StringIO
from itertools import count, product
from typing import TYPE_CHECKING

import pytest
from docutils import nodes
from docutils.core import publish_string
from docutils.writers import html5_polyglot
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sphinxcontrib_tropes.markup import MarkupSettings, Parser, page_section
from sphinxcontrib_tropes.markup.labels import is_visible
from sphinxcontrib_tropes.markup.lower import Words, lower
from sphinxcontrib_tropes.markup.nodes import trope_link, trope_spoiler, trope_spoiler_block
from sphinxcontrib_tropes.markup.writer import Writer
from sphinxcontrib_tropes.names import MAIN, PageName

from .spec_reader import Report, read_spec

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MORE = int(os.environ.get("TROPES_FUZZ_EXAMPLES", "0"))
PAGE = PageName(MAIN, "ThisPage")
SETTINGS = MarkupSettings()
DEEPEST = 150  # sections, folders, lists, inline markup, each in the other as deep as can be

# What browsers drop from an address before they look for its scheme (WHATWG URL, 4.4).
_DROPPED = re.compile(r"[\x00-\x20]")
_SCHEME = re.compile(r"[a-z][a-z0-9+.\-]*(?=:)")
_WORD = re.compile(r"q[a-l]{3}")
_SAFE = {"http", "https", "mailto", "ftp"}


def tries(number: int) -> Callable[..., object]:
    """How many texts a test tries."""
    return settings(
        max_examples=MORE or number,
        derandomize=not MORE,
        database=None,
    )


def parsed(text: str) -> tuple[nodes.section, list[Report]]:
    reports: list[Report] = []
    section = page_section(
        text, PAGE, SETTINGS, lambda line, sentence: reports.append(Report(line, sentence))
    )
    return section, reports


# -- texts

WORD = "§"  # replaced by a word of its own
INLINE = [
    WORD,
    " ",
    " ",
    "\n",
    "''",
    "'''",
    "'''''",
    "'",
    "@@",
    "[-",
    "-]",
    "[--",
    "--]",
    "[+",
    "+]",
    "{+",
    "+}",
    "{-",
    "-}",
    "'^",
    "^'",
    "'_",
    "_'",
    "'+",
    "+'",
    "[[spoiler:",
    "[[note]]",
    "[[/note]]",
    "[[labelnote:label]]",
    "[[/labelnote]]",
    "&amp;",
    "%red%",
    "[[<<]]",
    "%newwin%",
    "%color=#c0ffee%",
    "&#91;",
    "&#xFDD0;",
    "&unknown;",
    "&",
    "[[AC:",
    "[[red:",
    "[[color:#123:",
    "[[strike:",
    "[[HumanAliens ",
    "[[{{Human Aliens}} ",
    "[[http://www.example.org/ ",
    "[[#here ",
    "]]",
    "]",
    "[",
    "FunnyAnimal ",
    " Film/TheMatrix",
    "{{Funny Animal}}",
    "{{§}}",
    "{{§ §}}§",
    "{{#§}}",
    "{{[=§=]}}",
    "{{ §/§ }}",
    "[[HumanAliens [§]]]",
    "[[HumanAliens | [§] {§}]]",
    "[[HumanAliens §]]§",
    "[[HumanAliens | §]]",
    "[[§ -> HumanAliens]]",
    "[[#here]]",
    "[[!HumanAliens]]",
    "[[invoked]]",
    " http://www.example.org/ ",
    " http://www.example.org/cat.png ",
    "`",
    "[=§=]",
    "[@§@]",
    " [= ",
    " =] ",
    "\\\\",
    "\\\n",
    "%red%§%%",
    " %% dropped\n",
    "日本語",
    "e\u0301",
    "😀",
]
BLOCKS = [
    "\n",
    "\n\n",
    "!",
    "!!",
    "!!! ",
    "* ",
    "** ",
    "*** ",
    "# ",
    "#* ",
    ":: ",
    "::: ",
    ":§: ",
    "::§: ",
    "-> ",
    "--> ",
    "-->-- ",
    "-< ",
    " ",
    "  ",
    "----\n",
    "Q: ",
    "A: ",
    "||",
    "||§||§||||§||\n",
    "||~ § ~||\n",
    "[[folder:title]]\n",
    "[[folder:§]] ",
    "[[/folder]]\n",
    "[[/folder]]",
    "[[index]]\n",
    "[[/index]]\n",
    "[[foldercontrol]]\n",
    "[[WMG:§]]\n",
    "[[spoiler:\n",
    "]]\n",
    "[[note]]\n",
    "[[/note]]\n",
    "[[quoteright:250:https://www.example.org/cat.png]]",
    "[[caption-width-right:250:§]]\n",
    "[@\n§\n@]\n",
    "(:title hidden:)\n",
    "(:alias hidden:)\n",
    "(:nolinkwikiwords:)\n",
    "(:unknown hidden:)\n",
    ">>red<<\n",
    "(:table:)\n",
    "(:cell:)\n",
    "(:cell:)§\n",
    "(:cellnr rowspan=2 colspan=3:)§\n",
    "(:head:)§\n",
    "(:tableend:)\n",
    "(:div class=frame:)\n",
    "(:divend:)\n",
    "====\n",
    ":§:§\n",
    ">><<\n",
    "%% dropped\n",
]
HOSTILE = [
    "javascript:alert(1)",
    "[[javascript:alert(1) §]]",
    "[[JAVASCRIPT:x | §]]",
    "[[§ -> data:text/html,x]]",
    "[[vbscript:x]]",
    "[[quoteright:250:javascript:x]]",
    "[[java[==]script:x §]]",
    "[[java\tscript:x §]]",
    "[[\x01javascript:x §]]",
    "<script>",
    "[==]",
    "\u200b",
    "&lt;",
    "\x00",
    "\ufdd00\ufdd1",
    "\r",
    "(:redirect javascript:x:)\n",
    "|",
    "->",
    "%",
    "(:",
    ":)",
    "[[",
    "{{",
    "}}",
    "[[folder:",
    "[[quoteright:",
    "[[color:",
    "#",
]


def lines_of(fragments: list[str]) -> st.SearchStrategy[str]:
    inline = st.lists(st.sampled_from([*fragments, WORD, WORD]), max_size=12).map("".join)
    blocks = st.sampled_from([*BLOCKS, "", ""])
    line = st.tuples(blocks, inline).map("".join)
    return st.lists(line, max_size=12).map("\n".join)


SPEC = [example.input for example in read_spec()]
MARKUP = lines_of(INLINE)
ANYTHING = st.one_of(
    lines_of([*INLINE, *HOSTILE]),
    st.lists(st.one_of(st.sampled_from([*INLINE, *BLOCKS, *HOSTILE]), st.text())).map("".join),
    st.lists(st.sampled_from(SPEC), min_size=2, max_size=4).map("\n".join),
    st.tuples(st.sampled_from(SPEC), st.integers(0, 80)).map(lambda cut: cut[0][: cut[1]]),
)


def words() -> Iterator[str]:
    """Words of which none is part of another, nor of any fragment."""
    return (f"q{''.join(letters)}" for letters in product("abcdefghijkl", repeat=3))


def with_words(text: str) -> tuple[str, list[str]]:
    """*text* with a word for each place that wants one, and those words."""
    fresh = words()
    used: list[str] = []

    def word(match: re.Match[str]) -> str:
        used.append(next(fresh))
        return used[-1]

    return re.sub(WORD, word, text), used


def shown_words(section: nodes.Element) -> list[str]:
    return [word for text in section.findall(nodes.Text) for word in _WORD.findall(text)]


# -- nothing is lost


@tries(150)
@given(MARKUP)
def test_words_are_shown_in_their_order(text: str) -> None:
    text, expected = with_words(text)
    assert shown_words(parsed(text)[0]) == expected


# -- no warning quotes what is hidden

TOLD = [
    "[[§:x ",
    "[[§:x y]]",
    "[[§",
    "[[color:§:",
    "[[color:§:§]]",
    "[[/§]]",
    "[[§:[[x]]]]",
    "[[hottip:[[§",
    "[[quoteright:javascript:§]]",
    "[[quoteleft:§ §]]",
    "[[folder:§]]",
    "**§**",
    "`§ §`",
    "[§](a.md)",
    "[[ Spoiler\t: ",
    "[[spoiler:",
    "[[spoiler:\n",
    "\n]]\n",
    "(:namespace §:)\n",
    "(:§ §:)\n",
]


@tries(400)
@given(lines_of([*INLINE, *TOLD, *TOLD]))
def test_no_report_quotes_a_word_that_a_spoiler_hides(text: str) -> None:
    text, _ = with_words(text)
    section, reports = parsed(text)
    spoilers = section.findall(lambda node: isinstance(node, trope_spoiler | trope_spoiler_block))
    hidden = {word for spoiler in spoilers for word in shown_words(spoiler)}
    quoted = {word for report in reports for word in _WORD.findall(report.sentence)}
    assert not hidden & quoted


# neither capitals, which make WikiWords, nor anything that markup is made of
PLAIN = st.characters(
    exclude_categories=["Lu", "Lt", "Cc", "Cs"],
    exclude_characters="'[]{}()!*#:-><|@%\\`^_+=&~\ufeff\ufffe\uffff\u200e§",
)


@tries(150)
@given(st.text(PLAIN | st.just("\n")))
def test_text_without_markup_is_shown_as_it_is(text: str) -> None:
    assume(not any(line[:1] in {" ", "\t"} for line in text.split("\n")))
    section, reports = parsed(text)
    blocks = section.children[2:]
    assert all(isinstance(block, nodes.paragraph) for block in blocks)
    shown = "\n\n".join(block.astext() for block in blocks)
    assert shown.split() == unicodedata.normalize("NFC", text).split()
    assert [sentence for _, sentence in reports] == ([] if text.strip() else ["the page is empty"])


@tries(100)
@given(st.lists(st.text(string.ascii_lowercase + ". ,", min_size=1).map(str.strip)))
def test_lines_of_a_paragraph_stay_lines(lines: list[str]) -> None:
    section, _ = parsed("\n".join(lines))
    paragraphs = "\n".join(lines).strip("\n")
    expected = [p.strip("\n") for p in re.split(r"\n\n+", paragraphs) if p]
    assert [block.astext() for block in section.children[2:]] == expected


@tries(100)
@given(st.text().filter(lambda text: "=]" not in f"{text}=" and text.strip()))
def test_an_escape_shows_what_it_holds(text: str) -> None:
    assume(not (text[0] == text[-1] == "~"))
    section, reports = parsed(f"[={text}=]")
    clean = parsed(f"[@{text}@]")[0].children[2:] if "@]" not in f"{text}@" else []
    assert len(section.children) == 3
    shown = section.children[2].astext()
    assert not reports
    assert all(block.astext().strip("\n") == shown.strip("\n") for block in clean)


# Inline markup that a word may be, without marks of apostrophes.
A_WORD = [
    "{{Alien}}",
    "Film/{{Alien}}",
    "{{Alien|1979}}",
    "[[Alien]]",
    "[[Alien the film]]",
    "[[Alien | the film]]",
    "[[the film -> Alien]]",
    "[[Alien ''the'' film]]",
    "[[http://www.example.org/ it]]",
    "http://www.example.org/",
    "GreenAliens",
    "[[spoiler:it]]",
    "[[red:it]]",
    "@@it@@",
    "[=it=]",
    "[@it@]",
    "{+it+}",
    "[--it--]",
    "it[[note]]or not[[/note]]",
    "it (1979)",
    "Jeopardy!",
    "42",
    "日本語",
    "“it”",
]


@pytest.mark.parametrize("word", A_WORD)
@pytest.mark.parametrize("between", [" and ", ", '''bold''' and "])
@pytest.mark.parametrize("ending", ["s", "ll", " ", ", ", ". "])
def test_a_possessive_behind_emphasis_is_one_whatever_is_emphasised(
    word: str, between: str, ending: str
) -> None:
    def shape(emphasised: str) -> list[str]:
        one = f"''{emphasised}'''{ending}"
        section, reports = parsed(f"{one} crew{between}{one} marines")
        assert reports == []
        children = section.children[2].children
        return [c.tagname for c in children if isinstance(c, nodes.Element)]

    strong = ["strong"] if "bold" in between else []
    assert shape(word) == shape("Alien") == ["emphasis", *strong, "emphasis"]


# -- nothing is dangerous


def addresses(section: nodes.Element) -> Iterator[str]:
    for node in section.findall(nodes.Element):
        yield from (node[name] for name in ("refuri", "uri") if name in node)


INVISIBLE = ["[==]", " ", "\u200b", "\u2060\u00a0", "[[#here]]", "''[==]''", "[- -]"]


@pytest.mark.parametrize("label", INVISIBLE)
@pytest.mark.parametrize(
    "link",
    [
        "[[Goal {}]]",
        "[[Goal {}]]s",
        "[[Goal|{}]]",
        "[[Goal | {}]]",
        "[[{} -> Goal]]",
        "[[{}->{{{{Goal}}}}]]",
        "[[#goal {}\u200b]]",
        "[[Goal %%dropped\n{}]]",
        "[[#goal | {}]]",
        "[[https://example.org/Goal {}]]",
        "[[https://example.org/Goal|{}]]",
        "[[(Goal) {}]]",
        "[[Film/{{{{Goal}}}} {}]]",
    ],
)
def test_a_label_of_which_nothing_is_seen_leaves_what_is_linked_to(link: str, label: str) -> None:
    section, _ = parsed(f"See {link.format(label)}.")
    assert "goal" in section.children[2].astext().lower()
    assert all(is_visible(node.children) for node in links_in(section))


@tries(200)
@given(ANYTHING)
def test_every_link_is_seen(text: str) -> None:
    section, _ = parsed(with_words(text)[0])
    assert all(is_visible(node.children) for node in links_in(section))


def links_in(section: nodes.section) -> list[nodes.Element]:
    return [
        n for n in section.findall(nodes.Element) if isinstance(n, trope_link | nodes.reference)
    ]


@tries(200)
@given(ANYTHING)
def test_a_doctree_is_safe_and_whole(text: str) -> None:
    text, _ = with_words(text)
    section, reports = parsed(text)
    assert not list(section.findall(nodes.raw))
    for address in addresses(section):
        scheme = _SCHEME.match(_DROPPED.sub("", address).lower())
        assert scheme is None or scheme[0] in _SAFE, address
    assert depth(section) <= DEEPEST
    last = len(re.split(r"\r\n|\r|\n", text))
    assert all(1 <= line <= last for line, _ in reports), reports
    lines = [node.line for node in section.findall() if node.line is not None]
    assert all(1 <= line <= last for line in lines), lines
    for node in section.findall(nodes.Element):
        assert all(child.parent is node for child in node.children)
    assert pickle.loads(pickle.dumps(section)).pformat() == section.pformat()


NAMED = ["!one\n", "!!''one''\n", "[[folder:one]]\n", "[[/folder]]\n", "[[#one]]", "[[#One]] "]


@tries(50)
@given(st.lists(st.sampled_from(NAMED)).map("".join))
def test_ids_are_unique(text: str) -> None:
    section, _ = parsed(text)
    ids = [id_ for node in section.findall(nodes.Element) for id_ in node["ids"]]
    assert len(ids) == len(set(ids)), ids


@tries(100)
@given(ANYTHING.filter(lambda text: "\ufdd0" not in text and "\ufdd1" not in text))
def test_no_mark_of_the_parser_is_shown(text: str) -> None:
    section, reports = parsed(text)
    shown = section.pformat() + "".join(sentence for _, sentence in reports)
    assert "\ufdd0" not in shown
    assert "\ufdd1" not in shown


@tries(100)
@given(ANYTHING)
def test_no_own_node_survives_for_writers_that_know_none(text: str) -> None:
    section, _ = parsed(with_words(text)[0])
    before = shown_words(section)
    lower(section, Words())
    own = {type(node).__name__ for node in section.findall()} - {"trope_link"}
    assert not [name for name in own if name.startswith("trope_")]
    assert shown_words(section) == before


def html(text: str, writer: html5_polyglot.Writer) -> str:
    return publish_string(
        text,
        source_path="ThisPage.trope",
        parser=Parser(),
        writer=writer,
        settings_overrides={
            "input_encoding": "unicode",
            "output_encoding": "unicode",
            "embed_stylesheet": False,
            "stylesheet_path": "",
            "report_level": 5,
            "halt_level": 5,
            "warning_stream": StringIO(),
            "_disable_config": True,
        },
    )


@pytest.mark.parametrize("writer", [html5_polyglot.Writer, Writer])
@tries(40)
@given(text=ANYTHING)
def test_a_page_becomes_html(text: str, writer: type[html5_polyglot.Writer]) -> None:
    page = html(with_words(text)[0], writer())
    assert page.rstrip().endswith("</html>")
    assert "<script>" not in page
    assert not re.search(
        r"""(?:href|src)=["']\s*(?:javascript|vbscript|data):""", page, re.IGNORECASE
    )


# -- nothing is too deep


def depth(root: nodes.Element) -> int:
    """How deep the elements below *root* nest."""
    deepest, level = 0, [root]
    for deepest in count():  # noqa: B007
        level = [c for node in level for c in node.children if isinstance(c, nodes.Element)]
        if not level:
            break
    return deepest


DEEP = {
    "emphasis": "[+''" * 500 + "§" + "''+]" * 500,
    "spoilers": "[[spoiler:" * 500 + "§" + "]]" * 500,
    "notes": "[[note]]" * 500 + "§" + "[[/note]]" * 500,
    "labels": "[[HumanAliens [[red:" * 500 + "§" + "]]" * 1000,
    "lists": "\n".join("*" * n + " §" for n in range(1, 300)),
    "mixed lists": "\n".join("*#"[n % 2] * n + " §" for n in range(1, 300)),
    "definitions": "\n".join(":" * n + "§: §" for n in range(1, 300)),
    "quotations": "\n".join("-" * n + "> §" for n in range(1, 300)),
    "folders": "[[folder:§]]\n" * 500 + "§\n" + "[[/folder]]\n" * 500,
    "blocks": "[[spoiler:\n[[note]]\n[[index]]\n[[folder:§]]\n" * 200 + "§",
    "headings": "\n".join("!" * n + "§" for n in range(1, 300)),
    "styles": ">>red<<\n[[folder:§]]\n" * 300 + "§",
    "everything": "\n".join(
        (
            "[[folder:§]]\n[[note]]\n" * 50,
            *("*" * n + " " + "[[spoiler:{+" * n + "§" for n in range(1, 100)),
        )
    ),
}


@pytest.mark.parametrize("text", DEEP.values(), ids=DEEP)
def test_what_nests_without_end_is_shown_without_depth(text: str) -> None:
    text, expected = with_words(text)
    section, _ = parsed(text)
    assert depth(section) <= DEEPEST
    assert shown_words(section) == expected
    pickle.dumps(section)
    for writer in (html5_polyglot.Writer(), Writer()):
        assert html(text, writer).rstrip().endswith("</html>")
