"""Did you mean: names that are near one another."""

from __future__ import annotations

import time

import pytest

from sphinxcontrib_tropes.wiki.text.similar_names import NearNames

WRITTEN = "main/funnyanimal"


def near(key: str, *written: str) -> tuple[str, ...]:
    return NearNames(written).near(key)


@pytest.mark.parametrize(
    "slip",
    [
        "main/funyanimal",
        "main/funnnyanimal",
        "main/funnyanimals",
        "main/funnyanimol",
        "main/funnyaniaml",
        "main/unnyanimal",
        "film/funnyanimal",
    ],
)
def test_a_slip_is_near(slip: str) -> None:
    assert near(slip, WRITTEN) == (WRITTEN,)


@pytest.mark.parametrize(
    "other", ["main/redherring", "main/funnyaliens", "main/animal", "film/funnyanimals"]
)
def test_another_name_is_not_near(other: str) -> None:
    assert near(other, WRITTEN) == ()


def test_a_name_is_not_near_itself() -> None:
    assert near(WRITTEN, WRITTEN) == ()


@pytest.mark.parametrize("short", ["main/cat", "main/ha", "main/c"])
def test_short_names_are_near_in_another_namespace_only(short: str) -> None:
    assert near(short, "main/bat", "main/he", "main/x", f"film/{short[5:]}") == (
        f"film/{short[5:]}",
    )


def test_the_same_name_in_another_namespace_comes_first() -> None:
    found = near("main/funnyanimal", "main/afunnyanimal", "webcomic/funnyanimal")
    assert found == ("webcomic/funnyanimal", "main/afunnyanimal")


def test_one_slip_comes_before_two() -> None:
    two_slips, one_slip = "main/unnyanimals", "main/funnyanimol"
    assert near(WRITTEN, two_slips, one_slip)[0] == one_slip


def test_three_are_told_at_the_most() -> None:
    written = [f"main/funnyanimal{letter}" for letter in "abcdef"]
    assert len(near(WRITTEN, *written)) == 3


def test_the_order_of_names_changes_nothing() -> None:
    written = [f"main/funnyanimal{letter}" for letter in "abcdef"]
    assert near(WRITTEN, *written) == near(WRITTEN, *reversed(written))


def test_a_look_up_among_many_names_is_quick() -> None:
    names = NearNames(f"main/somename{n}" for n in range(20_000))
    start = time.process_time()
    for n in range(1000):
        names.near(f"main/funnyname{n}")
    assert time.process_time() - start < 1
