"""Relations read from the words around links, against sentences that were marked by hand."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from sphinxcontrib_tropes.wiki.text.relation_cues import INVERSE, KINDS, kind_of, relations_in

MARKED = Path(__file__).parent / "relations"
LANGUAGES = ("en", "de", "fr")
PRECISION = 0.95
LINK = re.compile(r"\[([^\]]+)\]")


def links_of(marked: str) -> tuple[str, list[tuple[int, int]]]:
    """The text without its brackets, and where its links stand."""
    text, links, position = "", [], 0
    for match in LINK.finditer(marked):
        text += marked[position : match.start()]
        links.append((len(text), len(text) + len(match[1])))
        text += match[1]
        position = match.end()
    return text + marked[position:], links


def told(marked: str, language: str = "en") -> list[str]:
    return relations_in(*links_of(marked), language)


def cases(name: str) -> list[tuple[str, list[str]]]:
    found = []
    for block in (MARKED / f"{name}.txt").read_text("utf-8").split("\n\n"):
        lines = [line for line in block.splitlines() if line and not line.startswith("#")]
        marks = [line.removeprefix("= ") for line in lines if line.startswith("= ")]
        text = "\n".join(line for line in lines if not line.startswith("= "))
        if text:
            found.append((text, ["" if mark == "none" else mark for mark in marks]))
    return found


def counts(name: str) -> tuple[Counter[str], Counter[str], Counter[str]]:
    """For each kind how often it was read, how often rightly, and how often it is marked."""
    read, right, marked = Counter[str](), Counter[str](), Counter[str]()
    language = name.removeprefix("held_out_")
    for text, marks in cases(name):
        for found, mark in zip(told(text, language), marks, strict=True):
            read[found] += 1
            marked[mark] += 1
            right[found] += found == mark
    return read, right, marked


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_read_is_right_in_95_of_100(kind: str, language: str) -> None:
    read, right, _marked = counts(language)
    assert read[kind], f"no sentence of {language} is read as {kind}"
    assert right[kind] / read[kind] >= PRECISION


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_read_in_sentences_that_no_table_was_made_by_is_right(language: str) -> None:
    read, right, _marked = counts(f"held_out_{language}")
    del read[""], right[""]
    assert right.total() / read.total() >= PRECISION


@pytest.mark.parametrize("language", LANGUAGES)
def test_more_than_half_of_what_is_told_is_read(language: str) -> None:
    _read, right, marked = counts(language)
    del marked[""], right[""]
    assert right.total() / marked.total() > 0.5


def test_a_list_is_one_relation_across_parentheses_and_repeated_prepositions() -> None:
    assert told("Leads to [A One], to [B Two] (or worse), and to [C Three].") == ["leads-to"] * 3


def test_a_cue_that_is_itself_a_link_counts_as_words() -> None:
    assert told("A [Sub-Trope] of [Ghost].") == ["", "subtrope-of"]


@pytest.mark.parametrize(
    "text",
    [
        "[Damsel] is a sub-trope of [Peril].",
        "This is not a sub-trope of [Peril].",
        "Is this a sub-trope of [Peril]?",
        "See also [Damsel] (a sub-trope of [Peril]).",
        "Compare [Peril]'s page.",
        "[Damsel] is the super-trope of [Peril].",
    ],
)
def test_what_is_said_of_another_or_denied_is_no_relation(text: str) -> None:
    assert not any(told(text))


def test_a_language_without_a_table_is_read_as_english() -> None:
    assert told("Compare [Peril].", "fi") == told("Compare [Peril].", "en_GB") == ["compare"]


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("subtrope-of", "subtrope-of"),
        ("Sub-Trope of", "subtrope-of"),
        ("supertrope", "supertrope-of"),
        ("leads to", "leads-to"),
        ("compare", "compare"),
        ("sister", "sister-of"),
        ("enemy-of", ""),
    ],
)
def test_writers_may_spell_a_kind_in_words(word: str, kind: str) -> None:
    assert kind_of(word) == kind


def test_each_relation_has_an_inverse_that_leads_back() -> None:
    assert {INVERSE[INVERSE[kind]] for kind in KINDS} == set(KINDS)
