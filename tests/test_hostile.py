"""Hostile texts: one token as long as a book, thousands of names one letter apart, thousands of nodes
side by side, every kind of character. Time and memory grow as the text does, and no build ends.

The sizes of the default run are small; ``TROPES_HOSTILE=50`` makes them 50 times as large, with tokens
of 1 MB.
"""

from __future__ import annotations

import gc
import json
import os
import re
import subprocess
import sys
import tracemalloc
import unicodedata
from itertools import product
from typing import TYPE_CHECKING

import pytest
from docutils import nodes

from sphinxcontrib_tropes.markup import MarkupSettings
from sphinxcontrib_tropes.names import (
    MAIN,
    Namespaces,
    PageName,
    file_stem,
    is_canonical,
    key_of,
    path_of,
    slug,
    split_words,
)
from sphinxcontrib_tropes.tools.editing.page_chunks import split_page
from sphinxcontrib_tropes.tools.editing.source_files import Sources
from sphinxcontrib_tropes.wiki.text.similar_names import NearNames

from .conftest import CONF, Site
from .linear_growth import BOUND, LITTLE, LONGER, assert_linear, forget, memories, peak

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SIZE = int(os.environ.get("TROPES_HOSTILE", "1"))
ACUTE = "\N{COMBINING ACUTE ACCENT}"


# -- names


TOKENS = {
    "letters": lambda n: "a" * n,
    "humps": lambda n: "AbC" * (n // 3),
    "capitals": lambda n: "A" * n,
    "letters and digits": lambda n: "a1" * (n // 2),
    "words": lambda n: "ab " * (n // 3),
    "namespaces": lambda n: f"{'Art/' * (n // 4)}X y",
    "namespaces with dots": lambda n: f"{'aRt.' * (n // 4)}X/y",
    "namespaces in braces": lambda n: f"{{{{{'Art/' * (n // 4)}X}}}}",
    "no namespaces": lambda n: "Arts/" * (n // 5),
    "slashes": lambda n: "/" * n,
    "dots": lambda n: "." * n,
    "braces": lambda n: f"{'{{' * (n // 4)}a{'}}' * (n // 4)}",
    "closing braces": lambda n: f"a{'}}' * (n // 2)}#b",
    "sections": lambda n: f"a{'#b' * (n // 2)}",
    "apostrophes": lambda n: f"a{'’' * n}b",
    "hyphens": lambda n: "a-" * (n // 2),
    "marks": lambda n: "a" + "\u0301" * n,
    "letters that grow": lambda n: "İŉﬃ" * (n // 3),
    "marks in the wrong order": lambda n: "a" + "\u0315\u0300\u05ae" * (n // 3),
    "Hangul in pieces": lambda n: "\u1112\u1161\u11ab" * (n // 3),
    "ideographs": lambda n: "鋼" * n,
    "faces with joiners": lambda n: "👩\u200d" * (n // 2),
    "entities": lambda n: "&amp;a" * (n // 6),
    "a long entity": lambda n: f"&{'a' * n};",
}
READERS = [key_of, path_of, slug, split_words, file_stem, is_canonical]


@pytest.mark.parametrize("token", TOKENS.values(), ids=TOKENS)
def test_a_name_of_any_length_is_read_in_linear_time(token: Callable[[int], str]) -> None:
    def read(length: int) -> None:
        text = token(length)
        namespaces = Namespaces()
        namespaces.spelled(text)
        namespaces.page_name(text, "Film")
        namespaces.words(text)
        for reader in READERS:
            reader(text)

    assert_linear(read, 5_000 * SIZE)


@pytest.mark.parametrize("deep", [5_000, 50_000])
@pytest.mark.parametrize("form", ["{}X y", "{{{{{}X y}}}}", "{}{{{{X y}}}}", "{}{{{{X y}}}}#z"])
def test_of_thousands_of_namespaces_in_a_name_one_counts(form: str, deep: int) -> None:
    spelled = Namespaces().spelled(form.format("Art/" * deep))
    assert spelled is not None
    assert spelled.name == f"Art/{'Art' * (deep - 1)}XY"
    assert spelled.words == f"{'Art/' * (deep - 1)}X y"


def test_what_is_remembered_of_names_has_a_bound_in_bytes() -> None:
    namespaces = Namespaces()

    def read() -> int:
        before = tracemalloc.get_traced_memory()[0]
        for number in range(200 * SIZE):
            text = f"Film/A{number}b{'Cd' * 1_000}"
            namespaces.spelled(text)
            for reader in READERS:
                reader(text)
        return tracemalloc.get_traced_memory()[0] - before

    forget()
    tracemalloc.start()
    try:
        read()  # half a MB of text for each of seven functions
        assert read() < LITTLE
        assert tracemalloc.get_traced_memory()[0] < LITTLE
    finally:
        tracemalloc.stop()


def test_what_is_remembered_of_names_has_a_bound_in_number() -> None:
    forget()
    for number in range(100_000):
        key_of(f"Main/Name{number}")
    assert 0 < max(map(len, memories())) <= 65_536


def test_the_texts_of_a_project_are_not_kept_when_it_was_searched() -> None:
    def search() -> list[str]:
        texts = {f"{n}.trope": f"Aé{n} " * 50_000 + "Red’s Herring" for n in range(8)}
        sources = Sources(texts, {".trope": "trope"}, MarkupSettings(), lambda path, text: document)
        return list(sources.naming(PageName(MAIN, "RedsHerring")))

    document = nodes.document(None, None)
    tracemalloc.start()
    try:
        assert len(search()) == 8
        gc.collect()
        assert tracemalloc.get_traced_memory()[0] < LITTLE
    finally:
        tracemalloc.stop()


# -- pages to convert


@pytest.mark.parametrize(
    "block",
    [
        "(:source lang=c:)\n\n[@a@]\n\n",
        "[[math]]\na\n[[/math]]\n",
        "(:source:)\n",
        "a\n====\n\n",
        "[[box:note]]\n",
        "(:div:)\n",
    ],
)
def test_a_page_of_thousands_of_blocks_is_split_in_linear_time(block: str) -> None:
    assert_linear(lambda n: split_page(f"{block * n}(:sourceend:)\n"), 3_000 * SIZE)


# -- did you mean


FAMILIES = {
    "the last letter": lambda n: [f"main/kanji{chr(0x4E00 + k)}" for k in range(n)],
    "the first letter": lambda n: [f"main/{chr(0x4E00 + k)}kanji" for k in range(n)],
    "a letter in the middle": lambda n: [f"main/kan{chr(0x4E00 + k)}ji" for k in range(n)],
    "any two letters": lambda n: [
        f"main/{'a' * (k % 37)}b{'a' * (37 - k % 37 + k // 37 % 5)}" for k in range(n)
    ],
    "two signs of two": lambda n: [
        f"main/{a}xyz{b}" for a, b in product(map(chr, range(0x4E00, 0x4E00 + n // 30)), "abc" * 10)
    ],
    "digits": lambda n: [f"main/page{k}" for k in range(n)],
    "the namespace": lambda n: [f"space{k}/samename" for k in range(n)],
    "one letter, long": lambda n: [f"main/{'x' * 94}{chr(0x4E00 + k)}" for k in range(n)],
}


@pytest.mark.parametrize("family", FAMILIES.values(), ids=FAMILIES)
def test_names_one_letter_apart_cost_what_others_do(family: Callable[[int], list[str]]) -> None:
    def ask_all(number: int) -> None:
        keys = family(2 * number)
        near = NearNames(keys[::2])
        assert all(len(near.near(key)) <= 3 for key in keys[1::2])

    assert_linear(ask_all, 60 * SIZE)


@pytest.mark.parametrize("length", [101, 20_000, 1_000_000])
def test_a_long_name_has_no_near_ones_but_in_other_namespaces(length: int) -> None:
    name = "x" * length

    def ask() -> None:
        near = NearNames([f"main/{name}", f"film/{name}", f"main/{name}s", "main/red"])
        assert near.near(f"main/{name}") == (f"film/{name}",)

    assert peak(ask) < LITTLE + 20 * length


def test_of_many_names_one_letter_apart_the_first_are_told() -> None:
    family = [f"main/kanji{chr(0x4E00 + number)}" for number in range(500)]
    expected = ("main/kanji一", "main/kanji丁", "main/kanji丂")
    assert NearNames(family).near("main/kanji龍") == expected
    assert NearNames(reversed(family)).near("main/kanji龍") == expected


def test_a_slip_is_found_beside_many_names_one_letter_apart() -> None:
    family = [f"main/kanji{chr(0x4E00 + number)}" for number in range(500)]
    assert NearNames(family).near("main/kanij伀") == ("main/kanji伀",)


# -- whole builds


BUILD = """
import io, json, resource, sys, time
from sphinx.application import Sphinx
warnings = io.StringIO()
source, out = sys.argv[1:3]
app = Sphinx(source, source, out, out + "-doctrees", "html", status=None, warning=warnings)
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
start = time.process_time()
app.build()
seconds = time.process_time() - start
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
print(json.dumps([seconds, peak / (2**20 if sys.platform == "darwin" else 2**10)]))
"""


def built(root: Path, files: dict[str, str]) -> tuple[float, float]:
    """Seconds of the processor and megabytes that a build of *files* takes, in a process of its
    own.
    """
    site = Site(root).write(dict(files))
    done = subprocess.run(
        [sys.executable, "-c", BUILD, str(site.source), str(root / "html")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    taken, megabytes = json.loads(done.stdout.splitlines()[-1])
    assert json.loads((root / "html/tropes.json").read_bytes())
    return taken, megabytes


def assert_builds_in_linear_time(
    root: Path, files: Callable[[int], dict[str, str]], size: int, megabytes: float
) -> None:
    """*megabytes*: more than the longer build may take."""
    pytest.importorskip("resource")
    short, _ = built(root / "short", files(size))
    long, most = built(root / "long", files(LONGER * size))
    assert most < megabytes
    assert long < BOUND * short


def long_tokens(n: int) -> dict[str, str]:
    """Pages with one long token wherever a name, a title or a text can stand."""
    texts = {
        "Alias1": f"(:alias {'Ab' * (n // 2)}, {{{{{'Ac, ' * (n // 4)}}}}}:)\n\nx WantedName",
        "Title2": f"(:title {'Ab ' * (n // 3)}:)\n\nx {{{{Wanted names}}}}",
        "wanted3": f"x {{{{{'a' * n}}}}} [[{'b' * n} c]]",
        "Humps4": f"x {'AbC' * (n // 3)} y",
        "Humps5": f"x {'AbC' * (n // 3)}, Film/{'AbC' * (n // 3)}",
        "Spaces6": f"x [[{'Art/' * (n // 4)}X y]] {{{{{'Art.' * (n // 4)}X}}}}",
        "Section7": f"[[Humps4#{'b' * n} c]]\n\n!{'Section ' * (n // 8)}\n\n[[#{'b' * n}]]",
        "Address8": f"http://a.example/{'c(d)' * (n // 4)} [[http://a.example/{'e' * n} f]]",
        "Brief9": f"(:laconic {'so it is ' * (n // 9)}:)\n\n'{{{{Brief 9}}}}'",
        "Braces10": f"{'{{' * n}a{'}}' * n}",
        "Marks11": f"x {{{{a{ACUTE * n}}}}} {{{{{'İ' * n}}}}} {{{{{'鋼' * n}}}}}",
        "Quotes12": f"{chr(39) * n}a{chr(39) * n} {'[[' * n}",
        "Kinds13": f"(:index {'Ix' * (n // 2)}:)\n(:relation subtrope-of {'Rx' * (n // 2)}:)\n\nx",
        "Category14": f"[[!{'Cx' * (n // 2)}]]\n\nx",
        "Folder15": f"[[folder:{'Fx' * (n // 2)}]]\nx\n[[/folder]]\n\n[[WMG:{'W ' * (n // 2)}]]\ny",
        "Columns16": f"{'||' * n}\n\n||{'a||' * n}",
        "Redirect17": f"(:redirect {'Hu' * (n // 2)}:)",
        "Sentence18": f"{'Mr. ' * (n // 4)}Humps4 {'no stop ' * (n // 8)}",
    }
    role = f"Wiki\n====\n\n:trope:`{'Art/' * (n // 4)}X` :trope:`{'a' * n}`\n"
    return {f"{name}.trope": f"{text}\n" for name, text in texts.items()} | {"index.rst": role}


def test_one_token_of_any_length_is_built_in_linear_time(tmp_path: Path) -> None:
    assert_builds_in_linear_time(tmp_path, long_tokens, 5_000 * SIZE, 100 + 20 * SIZE)


def families(n: int) -> dict[str, str]:
    """A glossary of signs, titles that begin with one another, and pages that name none of them."""
    signs = [chr(0x4E00 + number) for number in range(2 * n)]
    titles = ["aa" + " aa" * (number + 1) for number in range(n)]
    return {
        "conf.py": f"{CONF}tropes_unlinked_mentions = True\n",
        **{f"K{k}.trope": f"(:title Kanji {sign}:)\n\nx\n" for k, sign in enumerate(signs[:n])},
        "Wants.trope": "".join(f"* {{{{Kanji {sign}}}}}\n" for sign in signs[n:]),
        **{f"T{k}.trope": f"(:title {title}:)\n\ny\n" for k, title in enumerate(titles)},
        "Links.trope": "\n\n".join(f"[[T{k} {title}]]" for k, title in enumerate(titles)),
        "Text.trope": "aa " * 50 * n,
    }


def test_names_that_are_like_one_another_are_built_in_linear_time(tmp_path: Path) -> None:
    assert_builds_in_linear_time(tmp_path, families, 30 * min(SIZE, 8), 60 * SIZE)


def siblings(n: int) -> dict[str, str]:
    """Thousands of nodes beside one another."""
    pieces = {
        "items": "* a\n",
        "terms": ":a: b\n",
        "notes": "a[[note]]b[[/note]] ",
        "headings": "!A\n\n",
        "paragraphs": "a\n\n",
        "folders": "[[folder:a]]\nb\n[[/folder]]\n",
        "spoilers": "[[spoiler:a]] ",
        "rows": "||a||b||\n",
        "quotes": "-> a\n\nb\n\n",
        "links": "Items and items. ",
        "anchors": "[[#a]] ",
        "breaks": "a\\\\\n",
        "styles": "%red%a%% ",
        "boxes": "[[WMG:a]]\nb\n[[/WMG]]\n",
    }
    pages = {f"{name.title()}.trope": piece * n for name, piece in pieces.items()}
    return {**pages, "Row.trope": f"||{'a||' * n}\n"}


def test_nodes_by_the_thousand_are_built_in_linear_time(tmp_path: Path) -> None:
    assert_builds_in_linear_time(tmp_path, siblings, 500 * min(SIZE, 10), 150 + 150 * SIZE)


def test_a_row_of_too_many_columns_is_text_in_the_last_and_one_warning(site: Site) -> None:
    site.write({"Wide.trope": f"x\n\n||{'||'.join(f'c{k}' for k in range(1200))}||\n"})
    site.build()
    assert site.warnings.count("WARNING") == 1
    assert "Wide.trope:3: WARNING: a row of more than 1000 columns" in site.warnings
    cells = list(site.page("Wide").iter("td"))
    assert len(cells) == 1000
    assert "c999||c1000||" in "".join(cells[-1].itertext())
    assert "c1199" in "".join(cells[-1].itertext())


NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def characters() -> dict[str, list[str]]:
    """The first, one in the middle and the last character of every category."""
    found: dict[str, list[str]] = {}
    for code in range(sys.maxunicode + 1):
        found.setdefault(unicodedata.category(chr(code)), []).append(chr(code))
    return {kind: [of[0], of[len(of) // 2], of[-1]] for kind, of in found.items()}


def test_every_kind_of_character_is_built_and_is_well_formed(site: Site) -> None:
    pages = {}
    for kind, of in characters().items():
        for number, c in enumerate(of):
            text = (
                f"(:title {kind} {c}a:)\n(:alias B{c}b {number}{kind}:)\n(:laconic {c}:)\n\n"
                f"!{c}\n\n* {{{{A{c}b}}}} [[C{c}d e{c}]] {c} ''{c}'' [[spoiler:{c}]] D{c}E Ab{c}C\n"
                f"||{c}||\n\n[[folder:{c}]]\n{c}\n[[/folder]]\n[[#{c}]] http://a.example/{c}\n"
            )
            pages[f"{kind}{number}.trope"] = text.encode("utf-8", "surrogatepass")
    site.write(pages).build()
    for path in (site.root / "html").rglob("*.html"):
        text = path.read_text("utf-8")
        assert NO_XML.search(text) is None, path.name
    assert json.loads((site.root / "html/tropes.json").read_bytes())
