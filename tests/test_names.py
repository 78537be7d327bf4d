"""Page names: spellings, keys, titles, ids and the names of files."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sphinxcontrib_tropes.names import (
    DEFAULT_NAMESPACES,
    MAIN,
    Namespaces,
    PageName,
    file_stem,
    key_of,
    normalized,
    slug,
    split_words,
)

WIKI = Namespaces()
LONGEST_FILE_NAME = 255  # bytes, on every common file system
LETTERS = st.characters(categories=["L", "N", "M", "P", "Z", "S"])
SPELLINGS = st.text(LETTERS, max_size=40)
NAMES = SPELLINGS.map(WIKI.page_name).filter(lambda name: name is not None)


def name_of(spelling: str) -> PageName:
    name = WIKI.page_name(spelling)
    assert name is not None
    return name


# -- spellings


@pytest.mark.parametrize(
    "spelling",
    [
        "FurryConfusion",
        "{{Furry Confusion}}",
        "Furry Confusion",
        "furryconfusion",
        "furry confusion",
        "FURRY CONFUSION",
        "Main/FurryConfusion",
        "Main.FurryConfusion",
        "main/furry confusion",
        "Main/{{Furry Confusion}}",
        "{{Main/Furry Confusion}}",
        "  Furry   Confusion ",
        "Furry-Confusion!",
    ],
)
def test_every_spelling_names_the_same_page(spelling: str) -> None:
    assert name_of(spelling).key == "main/furryconfusion"


@pytest.mark.parametrize(
    "spelling",
    [
        "Film/TheMatrix",
        "Film.TheMatrix",
        "film/the matrix",
        "Film/{{The Matrix}}",
        "{{Film/The Matrix}}",
    ],
)
def test_a_namespace_is_part_of_the_name(spelling: str) -> None:
    assert name_of(spelling).key == "film/thematrix"


def test_main_may_be_left_out_of_a_name() -> None:
    assert str(name_of("FurryConfusion")) == "Main/FurryConfusion"


def test_what_stands_before_a_slash_counts_only_if_it_is_a_namespace() -> None:
    assert str(name_of("Face/Off")) == "Main/FaceOff"


def test_a_namespace_alone_is_a_page_of_main() -> None:
    assert str(name_of("Film/")) == "Main/Film"


def test_a_canonical_name_spells_the_namespace_as_configured() -> None:
    assert str(name_of("FILM/TheMatrix")) == "Film/TheMatrix"


def test_a_canonical_name_has_no_blank() -> None:
    assert str(name_of("Toy Story 3")) == "Main/ToyStory3"


@pytest.mark.parametrize("spelling", ["", "   ", "!?", "{{}}", "{{ }}", "/", "...", "-_-"])
def test_a_spelling_without_letter_or_digit_names_nothing(spelling: str) -> None:
    assert WIKI.page_name(spelling) is None


def test_apostrophes_join_what_they_stand_in() -> None:
    assert name_of("Ocean's Eleven").key == name_of("OceansEleven").key == "main/oceanseleven"


@pytest.mark.parametrize("apostrophe", ["'", "’", "ʼ"])
def test_every_kind_of_apostrophe_is_left_out(apostrophe: str) -> None:
    assert str(name_of(f"Ocean{apostrophe}s Eleven")) == "Main/OceansEleven"


def test_composed_and_decomposed_accents_are_one_page() -> None:
    normalized = unicodedata.normalize("NFC", "Amélie")
    decomposed = unicodedata.normalize("NFD", "Amélie")
    assert name_of(normalized) == name_of(decomposed)


@pytest.mark.parametrize(
    ("spelling", "key"),
    [
        ("鋼の錬金術師", "main/鋼の錬金術師"),
        ("Ёлка", "main/ёлка"),
        ("Straße", "main/strasse"),
        ("STRASSE", "main/strasse"),
        ("मंथन", "main/मंथन"),
        ("20 Minutes Into The Future", "main/20minutesintothefuture"),
        ("ırmak", "main/ırmak"),
    ],
)
def test_letters_and_digits_of_any_script_are_kept(spelling: str, key: str) -> None:
    assert name_of(spelling).key == key


def test_names_with_different_accents_are_different_pages() -> None:
    assert name_of("Élan").key != name_of("Elan").key


def test_a_default_namespace_is_for_names_that_give_none() -> None:
    name = WIKI.page_name("TheMatrix", "Film")
    assert str(name) == "Film/TheMatrix"


def test_a_default_namespace_gives_way_to_one_that_is_told() -> None:
    name = WIKI.page_name("Main/TheMatrix", "Film")
    assert str(name) == "Main/TheMatrix"


def test_main_is_a_namespace_whether_listed_or_not() -> None:
    assert list(Namespaces({"Book": "Books"})) == [MAIN, "Book"]


def test_the_default_namespaces_can_be_told_apart_in_any_case() -> None:
    folded = {name.casefold() for name in DEFAULT_NAMESPACES}
    assert len(folded) == len(DEFAULT_NAMESPACES)


@given(SPELLINGS)
def test_reading_any_text_gives_a_name_or_none(spelling: str) -> None:
    name = WIKI.page_name(spelling)
    assert name is None or name.name


@given(NAMES)
@example(name_of("ŉ"))
def test_a_canonical_name_names_itself(name: PageName) -> None:
    assert name_of(str(name)) == name


@given(NAMES)
def test_the_key_names_the_same_page(name: PageName) -> None:
    assert name_of(name.key).key == name.key


@given(NAMES)
def test_the_key_of_a_canonical_name_is_the_names_key(name: PageName) -> None:
    assert key_of(str(name)) == name.key


@given(NAMES)
def test_a_key_is_nfc_and_casefolded(name: PageName) -> None:
    assert unicodedata.is_normalized("NFC", name.key)
    assert key_of(name.key) == name.key


@given(NAMES)
def test_a_key_has_letters_digits_and_one_slash(name: PageName) -> None:
    namespace, slash, rest = name.key.partition("/")
    assert slash
    assert all(c.isalnum() or unicodedata.category(c)[0] == "M" for c in namespace + rest)


@given(NAMES)
@example(name_of("9ırmak"))
def test_a_title_names_the_page(name: PageName) -> None:
    assert name_of(f"{name.namespace}/{name.title}").key == name.key


# -- titles


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("GreenSkinnedSpaceBabe", "Green Skinned Space Babe"),
        ("TheABCMurders", "The ABC Murders"),
        ("Catch22", "Catch 22"),
        ("Catch22Situation", "Catch 22 Situation"),
        ("20MinutesIntoTheFuture", "20 Minutes Into The Future"),
        ("ABC", "ABC"),
        ("AMidsummerNightsDream", "A Midsummer Nights Dream"),
        ("Tropes", "Tropes"),
        ("X", "X"),
        ("ÉlanVital", "Élan Vital"),
        ("ВойнаИМир", "Война И Мир"),
        ("鋼の錬金術師", "鋼の錬金術師"),
    ],
)
def test_a_title_is_the_name_split_into_words(name: str, title: str) -> None:
    assert PageName(MAIN, name).title == title


@given(NAMES)
def test_splitting_into_words_only_adds_blanks(name: PageName) -> None:
    assert split_words(name.name).replace(" ", "") == name.name


# -- ids


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In this work", "in-this-work"),
        ("Ocean's Own", "oceans-own"),
        ("C++", "c"),
        ("20 Minutes", "20-minutes"),
        ("Ёлка", "ёлка"),
        ("!?", ""),
    ],
)
def test_a_slug_is_the_words_joined_by_hyphens(text: str, expected: str) -> None:
    assert slug(text) == expected


@given(SPELLINGS)
def test_the_slug_of_a_slug_is_the_same(text: str) -> None:
    assert slug(slug(text)) == slug(text)


@given(SPELLINGS)
def test_a_slug_has_no_blank(text: str) -> None:
    assert not any(c.isspace() for c in slug(text))


@given(NAMES, NAMES)
def test_pages_with_different_keys_have_different_anchors(one: PageName, other: PageName) -> None:
    assert (one.anchor == other.anchor) == (one.key == other.key)


# -- names of files


@given(st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=400).map(str.casefold))
def test_a_file_stem_leaves_room_for_a_suffix(segment: str) -> None:
    assert len(file_stem(segment).encode()) <= LONGEST_FILE_NAME - len(".doctree.tmp")


@pytest.mark.parametrize("letter", ["x", "é", "鋼", "𐐨"])
def test_a_name_of_300_letters_fits_a_file_system(letter: str) -> None:
    path = PageName(MAIN, letter * 300).path
    assert all(len(part.encode()) < LONGEST_FILE_NAME - 20 for part in path.split("/"))


def test_long_names_that_differ_at_the_end_have_different_files() -> None:
    assert PageName(MAIN, "X" * 300 + "1").path != PageName(MAIN, "X" * 300 + "2").path


@pytest.mark.parametrize("device", ["con", "prn", "aux", "nul", "com1", "lpt9", "com¹", "lpt³"])
def test_no_file_has_the_name_of_a_device(device: str) -> None:
    assert file_stem(device) != device


@given(NAMES)
def test_a_path_stays_in_its_folder(name: PageName) -> None:
    parts = name.path.split("/")
    assert len(parts) == 2
    assert not {"", ".", ".."} & set(parts)
    assert "\\" not in name.path


@given(NAMES, NAMES)
def test_two_pages_never_share_a_file_where_case_is_ignored(one: PageName, other: PageName) -> None:
    same = one.path.casefold() == other.path.casefold()
    assert same == (one.key == other.key)


@given(NAMES)
def test_a_path_is_the_same_whatever_the_spelling(name: PageName) -> None:
    respelled = name_of(f"{name.namespace.lower()}/{name.title}")
    assert respelled.path == name.path


@pytest.mark.parametrize("count", [29, 30, 31, 32, 100])
@pytest.mark.parametrize("mark", ["\u0301", "\u0344", "\u0f73", "\u0345"])
def test_a_letter_with_any_number_of_marks_is_in_one_form(mark: str, count: int) -> None:
    piled = f"x e\u0301 {mark * 3}\u0315{mark * count}\u0300 ka\u0323\u0301\u0327 z"
    once = normalized(piled)
    assert normalized(once) == once
    assert once.startswith("x é")
    assert once.endswith(unicodedata.normalize("NFC", " ka\u0323\u0301\u0327 z"))
    assert len(once) >= count


def test_text_whose_letters_have_few_marks_is_in_nfc_and_nfd() -> None:
    text = "Ho\u0323\u0302\u0301 हिन्दी \u1112\u1161\u11ab e\u0301 İ" * 20
    assert normalized(text) == unicodedata.normalize("NFC", text)
    assert normalized(text, "NFD") == unicodedata.normalize("NFD", text)
