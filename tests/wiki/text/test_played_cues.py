"""How tropes are played, read from examples that were marked by hand."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from time import process_time

import pytest

from sphinxcontrib_tropes.names.played import LABELS, label_of
from sphinxcontrib_tropes.wiki import COVER
from sphinxcontrib_tropes.wiki.text.played_cues import played_in

MARKED = Path(__file__).parent / "played"
LANGUAGES = ("en", "de", "fr")
PRECISION = 0.95
LINK = re.compile(r"\[([^\]]+)\]")


def told(marked: str, language: str = "en") -> list[str]:
    text, links, position = "", [], 0
    for match in LINK.finditer(marked):
        text += marked[position : match.start()]
        links.append((len(text), len(text) + len(match[1])))
        text += match[1]
        position = match.end()
    return played_in(text + marked[position:], links, language)


def cases(name: str) -> list[tuple[str, list[str]]]:
    found = []
    for block in (MARKED / f"{name}.txt").read_text("utf-8").strip().split("\n\n"):
        text, *marks = block.split("\n= ")
        found.append((text, [mark.replace("none", "").strip() for mark in marks]))
    return found


def counts(*names: str) -> tuple[Counter[str], Counter[str], Counter[str]]:
    """For each label how often it was read, how often rightly, and how often it is marked."""
    read, right, marked = Counter[str](), Counter[str](), Counter[str]()
    for name in names:
        for text, marks in cases(name):
            for found, mark in zip(told(text, name[-2:]), marks, strict=True):
                read.update(found.split())
                marked.update(mark.split())
                right.update(set(found.split()) & set(mark.split()))
    return read, right, marked


@pytest.mark.parametrize("language", LANGUAGES)
def test_at_least_300_examples_are_marked_with_all_labels(language: str) -> None:
    marked = [mark for name in (language, f"held_out_{language}") for mark in cases(name)]
    assert len(marked) >= 300
    assert {label for _, marks in marked for mark in marks for label in mark.split()} == set(LABELS)


@pytest.mark.parametrize("part", ["", "held_out_"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("label", LABELS)
def test_what_is_read_is_right_in_95_of_100(label: str, language: str, part: str) -> None:
    read, right, _marked = counts(f"{part}{language}")
    assert read[label], f"no example of {part}{language} is read as {label}"
    assert right[label] / read[label] >= PRECISION


@pytest.mark.parametrize("language", LANGUAGES)
def test_more_than_half_of_what_is_told_is_read(language: str) -> None:
    _read, right, marked = counts(f"held_out_{language}")
    assert right.total() / marked.total() > 0.5


def test_what_is_read_is_right_in_95_of_100_of_all() -> None:
    read, right, _marked = counts(*(f"held_out_{language}" for language in LANGUAGES))
    assert right.total() / read.total() >= PRECISION


@pytest.mark.parametrize("language", LANGUAGES)
def test_at_least_4_of_5_examples_without_a_statement_are_left_alone(language: str) -> None:
    unmarked = [text for text, marks in cases(f"held_out_{language}") if not any(marks)]
    quiet = [text for text in unmarked if not any(told(text, language))]
    assert len(quiet) / len(unmarked) > 0.95


def test_a_link_behind_the_statement_gets_what_is_said_before_it() -> None:
    assert told("Subverted in [A], averted in [B] and [C].") == ["subverted", "averted", "averted"]


def test_writers_may_abbreviate_the_and() -> None:
    assert told("[A]: Subverted & lampshaded.") == ["subverted lampshaded"]
    assert told("[A]: Averted/Inverted in the end.") == ["averted inverted"]


def test_another_work_gets_nothing_of_an_example_that_begins_with_a_link() -> None:
    assert told("[A]: Averted, unlike in [B].") == ["averted", ""]
    assert told("[A]: Subverted in [B].") == ["", ""]


def test_what_is_quoted_says_nothing() -> None:
    assert told('[A]: "Subverted," says the critic.') == [""]
    assert told("[A]: «Subverti», dit-il.", "fr") == [""]


def test_a_cue_behind_a_spoiler_counts_and_its_cover_is_a_word_like_others() -> None:
    assert told("[A]: Subverted when " + COVER + ".") == ["subverted"]


def test_a_language_without_a_table_is_read_as_english() -> None:
    assert told("[A]: Averted.", "fi") == told("[A]: Averted.", "en_GB") == ["averted"]


@pytest.mark.parametrize(
    ("word", "label"),
    [
        ("Played straight", "straight"),
        ("zigzagged", "zig-zagged"),
        ("Double Subverted", "double-subverted"),
        ("played with", "played-with"),
        ("enemy", ""),
        ("", ""),
    ],
)
def test_writers_may_spell_a_label_in_words(word: str, label: str) -> None:
    assert label_of(word) == label


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "piece", ["averted, ", "(", "„", "this trope is ", "wird in a b c ", "aly "]
)
def test_no_text_is_read_in_more_than_linear_time(piece: str, language: str) -> None:
    begin = process_time()
    for _ in range(3):
        played_in("Link " + piece * (100_000 // len(piece)), [(0, 4)], language)
    assert process_time() - begin < 2
