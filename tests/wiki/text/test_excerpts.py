"""The sentence that holds a link."""

from __future__ import annotations

import re
from time import process_time

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from sphinxcontrib_tropes.wiki import COVER
from sphinxcontrib_tropes.wiki.text.excerpts import (
    LONGEST_OPENING,
    Excerpt,
    excerpt,
    excerpts,
    fold_blanks,
    opening,
    sentence_ends,
)

ELLIPSES = len("… ") + len(" …")


def around(text: str, length: int = 200) -> Excerpt:
    """The excerpt around the words between angle brackets."""
    before, _, rest = text.partition("<")
    words, _, after = rest.partition(">")
    start = len(before)
    return excerpt(before + words + after, start, start + len(words), length)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("One. A <link> here. Two.", "A link here."),
        ("A <link> here", "A link here"),
        ("<Link>", "Link"),
        ("One! A <link>? Two", "A link?"),
        ("One… A <link>… Two", "A link…"),
        ('"One." A <link> here. Two.', "A link here."),
        ("(One.) A <link> (here). Two.", "A link (here)."),
        ("It was Mr. Fox and a <link> here. Two.", "It was Mr. Fox and a link here."),
        ("Some, e.g. the <link>, i.e. this. Two.", "Some, e.g. the link, i.e. this."),
        ("By J. R. R. <Tolkien> himself. Two.", "By J. R. R. Tolkien himself."),
        ("Version 2.0 of a <link>. Two.", "Version 2.0 of a link."),
        ("Saved by Capt. <Ó Briain> in time. Two.", "Saved by Capt. Ó Briain in time."),
        ("Then Lt. Cmdr. Data found <it>. Two.", "Then Lt. Cmdr. Data found it."),
        ("One. On Jan. 5 the <link> came. Two.", "On Jan. 5 the link came."),
        ("It ended in Jan. The <link> came. Two.", "The link came."),
        ("He said no. The <link> came.", "The link came."),
        ("By Warner Bros. Pictures a <link>. Two.", "By Warner Bros. Pictures a link."),
        ("Modern art. The <link> here.", "The link here."),
        ("The cat’s. It's. A <link> here.", "A link here."),
        ("By J.R.R. <Tolkien>. Two.", "By J.R.R. Tolkien."),
        ("Er kam am 5. Januar mit dem <Link>. Zwei.", "Er kam am 5. Januar mit dem Link."),
        ("Eins, zwei, 3. Dann der <Link>. Zwei.", "Dann der Link."),
        ("„Eins.“ Ein <Link> hier. Zwei.", "Ein Link hier."),
        ("一つ。これは<リンク>です。二つ。", "これはリンクです。"),
        ("一つ。「これは<リンク>です。」二つ。", "「これはリンクです。」"),
        ("ﾋﾄﾂ｡ｺﾚﾊ<ﾘﾝｸ>ﾃﾞｽ｡ﾌﾀﾂ｡", "ｺﾚﾊﾘﾝｸﾃﾞｽ｡"),
        ("円周率は３．１４．これは<リンク>です．二つ．", "これはリンクです．"),
        ("पहला वाक्य। दूसरा <लक्ष्य> है। तीसरा।", "दूसरा लक्ष्य है।"),
        ("پہلا جملہ۔ دوسرا <ہدف> ہے۔ تیسرا۔", "دوسرا ہدف ہے۔"),
        ("هل هذا؟ هنا <الهدف>. ثالث", "هنا الهدف."),
        ("አንድ። ሁለት <ግብ> ነው። ሦስት።", "ሁለት ግብ ነው።"),
        ("Մեկ։ Երկու <նպատակ> է։ Երեք։", "Երկու նպատակ է։"),
        ("တစ်။ နှစ် <ပန်းတိုင်> ။ သုံး။", "နှစ် ပန်းတိုင် ။"),
        ("One.\nA <link>\nhere.\nTwo.", "A link here."),
    ],
)
def test_an_excerpt_is_the_sentence(text: str, sentence: str) -> None:
    assert str(around(text)) == sentence


@given(st.text("aA .!?…\"')”。！？」』\n\u3000"), st.integers(0, 8))
def test_a_sentence_ends_at_marks_that_a_blank_follows_or_that_need_none(
    text: str, start: int
) -> None:
    plainly = re.compile(r"[.!?…]+[\"'”)」』]*\s+|[。！？]+[\"'”)」』]*\s*")
    ends = [
        match.end()
        for match in plainly.finditer(text, start)
        if not text[match.end() : match.end() + 1].islower()
        and not re.search(r"\b[A-Z]\.\s*\Z", text[start : match.end()], re.IGNORECASE)
    ]
    assert list(sentence_ends(text, start, len(text))) == ends


@given(st.text("a \n\t\u3000\xa0"))
def test_any_blanks_are_folded_to_one(text: str) -> None:
    assert fold_blanks(text) == re.sub(r"\s+", " ", text)


def test_blanks_are_folded() -> None:
    assert str(around("A \n\t <link  to>\n here.")) == "A link to here."


def test_the_parts_join_to_the_sentence() -> None:
    assert around("One. A <link> here. Two.") == ("A ", "link", " here.")


def test_what_is_cut_is_told_by_an_ellipsis_on_either_side() -> None:
    found = around("word " * 100 + "<link> " + "word " * 100, 40)
    assert found.before.startswith("… ")
    assert found.after.endswith(" …")


def test_a_sentence_that_fits_is_not_cut() -> None:
    assert "…" not in str(around("A <link> of some length.", 30))


def test_a_link_at_the_head_leaves_its_room_to_what_follows() -> None:
    found = around("<Link> " + "word " * 100, 60)
    assert len(str(found)) > 50


def test_a_link_at_the_end_leaves_its_room_to_what_precedes() -> None:
    found = around("word " * 100 + "<link>.", 60)
    assert len(str(found)) > 50


def test_words_are_cut_whole() -> None:
    found = around("alpha beta gamma delta <link> epsilon zeta eta theta", 20)
    kept = str(found).replace("…", "").split()
    assert set(kept) <= {
        "alpha",
        "beta",
        "gamma",
        "delta",
        "link",
        "epsilon",
        "zeta",
        "eta",
        "theta",
    }


CLUSTERS = [
    "ကျွန်ုပ်",
    "👩🏽\u200d🚀",
    "👨\u200d👩\u200d👧",
    "🇫🇷",
    "n\u0303\u0323",
    "각",
    "क्षि",
    "見",
    "x",
]


@given(st.lists(st.sampled_from(CLUSTERS), min_size=30, max_size=60), st.integers(8, 60))
def test_text_without_blanks_is_cut_between_what_readers_take_for_characters(
    clusters: list[str], length: int
) -> None:
    whole = "".join(clusters)
    found = around(f"{whole}<Link>{whole}", length)
    cut = whole.removesuffix(found.before.removeprefix("… "))
    kept = found.after.removesuffix(" …")
    characters = regex.findall(r"\X", whole)
    starts = {sum(map(len, characters[:at])) for at in range(len(characters) + 1)}
    assert {len(cut), len(kept)} <= starts


def test_the_words_of_a_link_are_whole_however_long() -> None:
    words = "long " * 20 + "end"
    assert around(f"A <{words}> here.", 20).words == words


def test_a_cover_is_told_in_words() -> None:
    assert str(around(f"It was {COVER} with <{COVER}>.")) == "It was [spoiler] with [spoiler]."


def test_a_text_of_a_million_characters_is_cut_at_once() -> None:
    found = around("word " * 100_000 + "<link>" + " word" * 100_000)
    assert len(str(found)) <= 200 + ELLIPSES


TEXTS = st.text("ab .,!…。\n\"')é" + COVER, max_size=120)


@given(TEXTS, TEXTS.filter(str.strip), TEXTS, st.integers(20, 80))
def test_an_excerpt_holds_the_words_and_is_as_short_as_asked(
    before: str, words: str, after: str, length: int
) -> None:
    start = len(before)
    found = excerpt(before + words + after, start, start + len(words), length)
    assert found.words.split() == words.split()
    whole = len(found.before) + len(found.words) + len(found.after)
    assert whole <= max(length, len(found.words)) + ELLIPSES


@given(TEXTS, TEXTS.filter(str.strip), TEXTS, st.integers(20, 80))
def test_an_excerpt_says_nothing_that_the_text_does_not(
    before: str, words: str, after: str, length: int
) -> None:
    start = len(before)
    found = excerpt(before + words + after, start, start + len(words), length)
    text = " ".join((before + words + after).split())
    shown = " ".join("".join(found).split()).removeprefix("… ").removesuffix(" …")
    assert shown.strip() in text


@given(TEXTS, st.text("ab c", min_size=1), TEXTS, st.integers(20, 80))
def test_an_excerpt_begins_and_ends_without_a_blank(
    before: str, words: str, after: str, length: int
) -> None:
    start = len(before)
    found = excerpt(before + words + after, start, start + len(words), length)
    assert found.before == found.before.lstrip()
    assert found.after == found.after.rstrip()


def test_an_opening_has_a_line_for_each_block() -> None:
    assert opening(["One  thing.", "", "Another\nthing."]) == "One thing.\nAnother thing."


def test_an_opening_is_cut_at_a_word() -> None:
    assert opening(["four words of text"], 12) == "four words …"


def test_an_opening_has_no_more_characters_than_asked_for() -> None:
    text = opening(["word " * 60, "more " * 200])
    assert 500 < len(text.removesuffix(" …")) <= LONGEST_OPENING


def test_an_opening_ends_with_no_announcement() -> None:
    assert opening(["A trope.", "It is found in:"]) == "A trope."
    assert opening(["It is found in:"]) == "It is found in:"


@pytest.mark.parametrize("row", [".", "?!", "… ."])
def test_a_long_row_of_full_stops_takes_linear_time(row: str) -> None:
    text = "Wait" + row * 50_000 + "x"
    begun = process_time()
    found = list(sentence_ends(text, 0, len(text)))
    assert process_time() - begun < 5  # a minute, where each full stop looks to the end
    assert len(found) == row.count(" ") * 50_000


def test_a_sentence_may_end_with_the_second_of_two_full_stops_beside_a_link() -> None:
    text = "Is it? Ask Who?! Or not."
    assert list(sentence_ends(text, text.index("!"), len(text))) == [text.index("Or")]


def all_around(text: str, length: int = 60) -> list[Excerpt]:
    """The excerpts around all words between angle brackets."""
    places, plain = [], ""
    for number, piece in enumerate(re.split(r"<(.*?)>", text)):
        if number % 2:
            places.append((len(plain), len(plain) + len(piece)))
        plain += piece
    return excerpts(plain, places, length)


FAR = "some words in between that are many more than fit into one cut of it, and then some more"


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("One. An <ape> & a <bee>’s. Two.", ["An ape & a bee’s."] * 2),
        ("An <ape>. A <bee>.", ["An ape.", "A bee."]),
        (
            f"An <ape>, {FAR}, <it>. Two.",
            ["An ape, some words in between that are … one cut of it, and then some more, it."] * 2,
        ),
        (f"An <ape> {FAR} <it> and the <bee> here.", 3),
        (f"An <ape>. {FAR.capitalize()} <it>.", 2),
    ],
)
def test_words_in_one_sentence_have_the_same_text_around_them(
    text: str, whole: list[str] | int
) -> None:
    found = all_around(text)
    if isinstance(whole, int):
        assert len(found) == whole
        whole = [str(cut) for cut in found]
    assert [str(cut) for cut in found] == whole
    assert [cut.words for cut in found] == re.findall("<(.*?)>", text)


@given(
    st.lists(st.text("ab .,\u200b鋼…!", max_size=80), min_size=2, max_size=6), st.integers(5, 60)
)
def test_excerpts_of_a_text_quote_it_in_order(pieces: list[str], length: int) -> None:
    plain, places = "", []
    for piece in pieces:
        places.append((len(plain), len(plain) + 2))
        plain += f"W{len(places)}{piece}"
    for (start, end), cut in zip(places, excerpts(plain, places, length), strict=True):
        assert cut.words == plain[start:end]
        known = [bit.strip() for bit in re.split("…", f"{cut.before}{cut.words}{cut.after}")]
        folded, at = fold_blanks(plain), 0
        for bit in known:
            if "…" not in plain:
                at = folded.index(bit, at)


def test_a_sentence_of_many_links_takes_linear_space() -> None:
    sizes = [sum(map(len, map(str, all_around("many words, <link> " * n)))) for n in (500, 1000)]
    assert sizes[1] < 2.2 * sizes[0]
