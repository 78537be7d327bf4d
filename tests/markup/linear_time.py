"""Reading takes time in proportion to the text, also where the text means to take longer.

Measured is the processor's time for each character, of a text and of one ten times as long. What
is quadratic costs ten times as much there; what is linear costs the same, give or take what
caches and memory do.
"""

from __future__ import annotations

import gc
from time import process_time
from typing import TYPE_CHECKING

import pytest

from sphinxcontrib_tropes.markup import MarkupSettings, page_section
from sphinxcontrib_tropes.names import MAIN, PageName, page_names, words

if TYPE_CHECKING:
    from collections.abc import Callable

PAGE = PageName(MAIN, "ThisPage")
ENOUGH = 0.0025  # seconds: what the clock and its noise leave no doubt about
LONGEST = 100_000  # characters of the shorter text, however fast it is read
LONGER = 10
BOUND = 2.2  # between 1 for what is linear and LONGER for what is quadratic
ATTEMPTS = 4

REPEATED = [
    # what opens
    "[[",
    "{{",
    "''",
    "''a ",
    "'''a",
    "'''''",
    "''a'''b",
    "[=",
    "[@",
    "@@",
    "{+[-",
    "{+{-[+[-[++[--",
    "'^'_'+'-",
    "[[spoiler:",
    "[[note]]",
    "[[labelnote:",
    "[[labelnote:a]]",
    "[[box:",
    "[[box:note]]\n",
    "[[box:[a]",
    "[[/box]]",
    "[[math:",
    "[[math:[",
    "[[math:]",
    "[[math:a]",
    "[[math]]\n",
    "[[/math]]\n",
    "(:source:)\n",
    "(:source lang=",
    "(:source:)[@a@]",
    "[[image:",
    "[[image:a.png [b] ",
    '[[image:"a',
    "[[AC:[[red:[[color:#123:",
    "[[color:#",
    "[[color:a",
    "[[Foo ",
    "[[Foo [a] ",
    "[[a|",
    "[[a->",
    "[[a - b",
    "a -> ",
    "[[(a) ",
    "[[(",
    "[[!a",
    "[[#a ",
    "[[{{a",
    "[[{{a}}",
    "%red%",
    "%red%a ",
    "%red%''",
    "%two words%a ",
    "%a=",
    "%a=b c",
    "%ab%[",
    "x%ab%",
    "%",
    "% ",
    "(:a ",
    "[[quoteright:",
    "[[folder:",
    "[[WMG:",
    "[[folder:a ",
    "[[caption-width:",
    "[[spoiler:a [[note]]b[[/note]] ",
    "[[ \t",
    "[[ spoiler :",
    "[[spoiler:[[a:b c]]",
    "[[spoiler:[[a:b c]]]] **d** ",
    "[[a:[[",
    "@@[[/folder]]",
    "[[folder:a]] [[spoiler:a [[/folder]]]] ",
    "[[foldercontrol]] ",
    "LongChaseを",
    "\f",
    "(:a-b",
    "(:title a:)",
    "`a ",
    "**a ",
    ":a:+",
    "[a](",
    "Aa.Bb/",
    "www.a.org/AaBb/",
    "AaBb@",
    "&",
    "&#",
    "&#9",
    "&a",
    # what closes
    "]]",
    "]",
    "}}",
    "=]",
    "@]",
    "-]+]-}+}",
    "^'_'+'-'",
    "[[/note]]",
    "%%",
    # whole ones
    "[[Foo bar]]",
    "''a''",
    "'''a''b''c'''",
    "'''''a''b''' ",
    "[=a=]",
    "[[spoiler:a]]",
    "[[spoiler:[[note]]a]][[/note]]",
    "[+a{-b+]c-}",
    "%red%a%%",
    "%red%a%blue%b%%",
    "\\\\",
    "\\\n",
    "&amp;",
    "&amp;amp;",
    "[[Foo a&b",
    "{{&amp;}}",
    # words and addresses
    "A",
    "Aa",
    "AaA",
    "A1",
    "A1a ",
    "Aa/",
    "A/",
    "Film/",
    "Aa_",
    "`Aa ",
    "http://",
    "http://a(",
    "http://a)",
    "http://a.",
    "http://a') ",
    "鋼",
    "e\u0301",
    "\ufdd0",
    " ",
    "\n",
    "a\n",
    # what begins lines
    "*",
    "#",
    "!",
    ":",
    ":a",
    ":a:",
    ":a:b\n",
    ":[[a:b",
    ":''a''",
    ": :a\n",
    "-",
    "->",
    "||",
    "||a",
    "||a=b ",
    ">>",
    "* a\n",
    "* ''a\n",
    "* a\n** b\n",
    ":a: b\n",
    ":a:\n::b: c\n",
    "-> a\n",
    "-> a\n--> b\n",
    "-->-- a\n",
    "||a||b||\n",
    "||a=b\n",
    "||~ a\n",
    "!a\n",
    "!\n",
    "!!a\n!b\n",
    "a\n====\n\n",
    "====\n",
    "=",
    "!''a''\n",
    " a\n",
    "a\n a\n",
    "* a\n  b\n",
    "----\n",
    "a\n----\n",
    "[[folder:a]]\n",
    "[[folder:a]]\n[[/folder]]\n",
    "[[folder:a]]\n@@[[/folder]]@@ (:b [[/folder]]:)\n",
    "(:keywords a, [[spoiler:b, c]]:)\n",
    "@@a\n**b**\n",
    "[[/folder]]\n",
    "[[index]]\n",
    "[[/index]]\n",
    "[[spoiler:\n",
    "[[spoiler:\na\n]]\n",
    "]]\n",
    "[[note]]\n",
    "[[note]]\n[[/note]]\n",
    "[[WMG:a]]\n",
    "[[/WMG]]\n",
    ">>red<<\n",
    "(:table:)\n",
    "(:table:)\n(:cell:)\n(:tableend:)\n",
    "(:cell:)a\n",
    "(:cellnr:)a\n",
    "(:cell rowspan=99:)\n(:cellnr:)\n",
    "(:cell a=b ",
    "(:div:)\n",
    "(:div:)\n(:divend:)\n",
    "(:divend:)\n",
    "[@\na\n@]\n",
    "%% a\n",
    "(:title a:)\n",
    "(:alias a, b:)\n",
    "(:comment a\n",
    "(:nolinkwikiwords:)\na\n(:linkwikiwords:)\n",
    "[[quoteright:1:a.png]]\n[[caption-width-right:1:a]]\n",
    "[[caption-width:",
    "Q: a\nA: b\n",
]


def levels(line: Callable[[int], str]) -> Callable[[int], str]:
    """Lines of which each is one level deeper than the one above."""
    return lambda number: "\n".join(line(depth) for depth in range(1, int(number**0.5) + 2))


MADE: dict[str, Callable[[int], str]] = {
    "one long line": lambda n: "lorem ipsum " * n,
    "one long word": lambda n: "lorem" * n,
    "one long WikiWord": lambda n: "Lorem" * n,
    "one long target": lambda n: f"[[{'a' * n} b]]",
    "one long label": lambda n: f"[[Foo {'a ' * n}]]",
    "one long label with markup": lambda n: f"[[Foo {'a @@b@@ [c] ' * n}]]",
    "one long title in braces": lambda n: f"{{{{{'a ' * n}}}}}",
    "one long title with a bar": lambda n: f"[[{'a ' * n}|{'b ' * n}]]",
    "one long emphasis": lambda n: f"''{'a ' * n}''",
    "one long spoiler": lambda n: f"[[spoiler:{'a [+b+] ' * n}]]",
    "one long style": lambda n: f"%red%{'a ' * n}%%",
    "one long escape": lambda n: f"[={'[[ ' * n}=]",
    "one long preformatted block": lambda n: f"[@{'[= ' * n}@]",
    "one long folder title": lambda n: f"[[folder:{']] ' * n}]]",
    "one long box title": lambda n: f"[[WMG:{']] ' * n}]]",
    "one long property": lambda n: f"(:title {':) ' * n}:)",
    "one long property that is not closed": lambda n: f"(:title {':' * n}",
    "one long note label": lambda n: f"[[labelnote:{'a ' * n}]]b[[/labelnote]]",
    "one long table row": lambda n: f"||{'a||' * n}",
    "one long table attribute": lambda n: f'||caption="{"a " * n}',
    "one long directive": lambda n: f"(:cell {'a=b ' * n}:)",
    "one long name of an attribute": lambda n: f"(:cell {'a' * n}:)",
    "one long quoted attribute": lambda n: f"(:cell a='{'b ' * n}:)",
    "cells that span many rows": lambda n: "(:cell rowspan=9999:)\n" * n + "(:cellnr:)\n" * n,
    "cells that span many columns": lambda n: "(:cellnr colspan=9999:)\n(:cell:)\n" * n,
    "one wide row and many narrow ones of directives": lambda n: (
        "(:cell:)\n" * int(n**0.5) + "(:cellnr:)\n" * int(n**0.5)
    ),
    "one long term": lambda n: f":{'a ' * n}: b",
    "one long entity": lambda n: f"&{'a' * n};",
    "one long number of an entity": lambda n: f"&#{'9' * n};",
    "one long address": lambda n: f"http://www.example.org/{'(a)' * n}",
    "one long end of an address": lambda n: f"http://www.example.org/{'.,)' * n}a",
    "one long rule": lambda n: f"{'-' * n}a",
    "one long line in a folder": lambda n: f"[[folder:a]]\n{'[[b @@ %% ]] [[/folder]] ' * n}",
    "one long line of ends": lambda n: "[[folder:a]]\n" * n + "[[b [[/folder]]]] @@" * n,
    "spoilers in one item": lambda n: f"* {'[[spoiler:[[a:b c]]]] ' * n}",
    "one long comment": lambda n: f"%%{'a ' * n}",
    "one long heading": lambda n: f"!{'a ' * n}",
    "one long quotation mark": lambda n: f"{'-' * n}> a",
    "one long attribution": lambda n: f"->{' ' * n}-{' ' * n}a",
    "one long item mark": lambda n: f"{'*#' * n} a",
    "blanks before the end of a block": lambda n: f"[[spoiler:{' ' * n}a",
    "blanks before the end of a style": lambda n: f">>{' ' * n}<<{' ' * n}a",
    "many short lines": lambda n: "a\\\n" * n,
    "many breaks": lambda n: "a\\\\\n" * n,
    "nested emphasis": lambda n: "[+''" * n + "a" + "''+]" * n,
    "nested spoilers": lambda n: "[[spoiler:" * n + "a" + "]]" * n,
    "nested spoilers and notes": lambda n: "[[spoiler:[[note]]" * n + "a" + "[[/note]]]]" * n,
    "nested labels": lambda n: "[[Foo [[red:" * n + "a" + "]]" * 2 * n,
    "nested notes in labels": lambda n: "[[Foo [[note]]" * n + "a" + "[[/note]]]]" * n,
    "nested folders": lambda n: "[[folder:a]]\n" * n + "[[/folder]]\n" * n,
    "nested blocks": lambda n: (
        "[[spoiler:\n[[note]]\n[[index]]\n" * n + "[[/index]]\n[[/note]]\n]]\n" * n
    ),
    "crossed blocks": lambda n: "[[spoiler:\n[[note]]\n" * n + "]]\n[[/note]]\n" * n,
    "folders closed by nothing but their number": lambda n: (
        "[[folder:a]]\n" * n + "[[index]]\n[[/folder]]\n" * n
    ),
    "folders not closed, then spoilers": lambda n: "[[folder:a]]\n" * n + "]]\n" * n,
    "ever deeper lists": levels(lambda depth: "*" * depth + " a"),
    "ever deeper mixed lists": levels(lambda depth: "*#"[depth % 2] * depth + " a"),
    "ever deeper definitions": levels(lambda depth: ":" * depth + "a: b"),
    "ever deeper quotations": levels(lambda depth: "-" * depth + "> a"),
    "ever longer rows": levels(lambda depth: "||a" * depth + "||"),
    "ever longer apostrophes": levels(lambda depth: "'" * depth + "a"),
    "a list that goes up and down": lambda n: "* a\n********** b\n" * n,
    "one wide row and many narrow ones": lambda n: "||a" * int(n**0.5) + "\n||a||" * int(n**0.5),
    "headings of one name": lambda n: "!One\n" * n,
    "headings of names that are taken": lambda n: "!One\n!One 2\n" * n,
    "folders of one name": lambda n: "[[folder:One]]\n[[/folder]]\n" * n,
    "aliases": lambda n: f"(:alias {', '.join(f'A{k}' for k in range(n))}:)",
    "escapes on many lines": lambda n: "[=\n=]" * n,
    "escapes in a folder's title": lambda n: f"[[folder:{'[=a=]' * n}]]",
    "reports": lambda n: "[[spoiler:a\n\n" * n,
}
MADE |= {f"{fragment!r} again and again": lambda n, f=fragment: f * n for fragment in REPEATED}


def seconds(text: str) -> float:
    """What reading *text* takes of the processor's time, if nothing is known from before."""
    for function in (*vars(words).values(), *vars(page_names).values()):
        cache = getattr(function, "__self__", None)
        if isinstance(cache, dict):
            cache.clear()
    gc.disable()
    try:
        start = process_time()
        page_section(text, PAGE, MarkupSettings(), lambda line, sentence: None)
        return process_time() - start
    finally:
        gc.enable()


def growth(make: Callable[[int], str]) -> float:
    """How many times as much a character costs in the longer text."""
    number = 256
    while True:
        short = make(number)
        taken = seconds(short)
        if taken >= ENOUGH or len(short) >= LONGEST:
            break
        number *= 2
    long = make(LONGER * number)
    return (seconds(long) / len(long)) / (min(taken, seconds(short)) / len(short))


@pytest.mark.parametrize("make", MADE.values(), ids=MADE)
def test_time_is_linear_in_the_text(make: Callable[[int], str]) -> None:
    grown = []
    for _ in range(ATTEMPTS):
        grown.append(growth(make))
        if grown[-1] < BOUND:
            return
    pytest.fail(
        f"a character of a text {LONGER} times as long costs {min(grown):.1f} times as much"
    )
