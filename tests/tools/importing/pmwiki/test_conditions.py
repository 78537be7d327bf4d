"""Conditions of PmWiki are decided once, at import."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from .shared import page_of


@pytest.mark.parametrize(
    ("condition", "is_true"),
    [
        ("false", False),
        ("true", True),
        ("! true", False),
        ("!false", True),
        ("name Page", True),
        ("name P*,-Page", False),
        ("name Film.Page", True),
        ("! name *-Talk", True),
        ("group Books,Film", True),
        ("group Book", False),
        ('equal "{$Name}" "Page"', True),
        ("equal {$Group} Books", False),
        ("equal '{$:Nothing}' ''", True),
        ("exists Alien3", True),
        ("exists Books.Ocean11", True),
        ("exists Books.Ocean12", False),
    ],
)
def test_a_condition_is_decided(condition, is_true):
    made = page_of(f"a\n(:if {condition}:)\nyes\n(:else:)\nno\n(:ifend:)\nb\n")
    assert made.text == ("a\nyes\nb\n" if is_true else "a\nno\nb\n")
    (hidden,) = [remark for remark in made.remarks if " hides " in remark]
    assert hidden.endswith(f"hides {'no' if is_true else 'yes'!r}; left out")


@pytest.mark.parametrize(
    "condition", ["auth edit", "enabled X", "date 2010", "expr true and true", ""]
)
def test_what_cannot_be_decided_keeps_both_texts(condition):
    made = page_of(f"(:if {condition} :)\nyes\n(:else:)\nno\n(:ifend:)\n")
    assert made.text == "yes\nno\n" if condition else "no"
    assert not condition or made.remarks == [
        f"(:if {condition} :) can't be decided here: its text is kept"
    ]


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("(:if false:)a(:if true:)b(:ifend:)c", "bc"),
        ("(:if true:)a(:if2 false:)b(:else2:)c(:if2end:)d(:ifend:)e", "acde"),
        ("(:if false:)a(:if2 true:)b(:if2end:)c(:ifend:)d", "d"),
        ("(:if false:)a(:elseif true:)b(:else:)c(:ifend:)d", "bd"),
        ("(:if false:)a(:else if true:)b(:elseif true:)c(:ifend:)d", "bd"),
        ("(:if true:)a(:ifend:)b(:ifend:)", "ab"),
        ("a(:if false:)b", "a"),
        ("(:if auth edit:)a(:if2 false:)b(:if2end:)(:ifend:)c", "ac"),
        ("[@(:if false:)@]a(:if false:)b[@(:ifend:)@]c(:ifend:)d", "[@(:if false:)@]ad"),
    ],
)
def test_conditions_in_conditions(typed, written):
    assert page_of(typed).text == written


def test_the_sample_of_a_hidden_part_has_no_escapes_in_it():
    made = page_of("(:if false:)a [=b=] c(:ifend:)")
    assert made.remarks == ["(:if false:) hides 'a c'; left out"]


def test_remarks_after_a_hidden_part_name_the_new_line():
    made = page_of("(:if false:)\na\nb\n(:ifend:)\n[[Ocean12]]\n")
    assert made.told[1] == (1, "[[Ocean12]] is now [[Film/Ocean12]]")


@given(st.lists(st.sampled_from(["(:if true:)", "(:if false:)", "(:else:)", "(:ifend:)", "(:if2 x:)",
                                 "(:if2end:)", "(:else2:)", "(:if:)", "a", "\n", "[=", "=]"])))  # fmt: skip
def test_any_order_of_conditions_ends_well(pieces):
    text = "".join(pieces)
    made = page_of(text)
    assert all(1 <= line <= made.text.count("\n") + 1 for line, _ in made.told)
    assert "(:if " not in made.text or "[=" in text


def test_thousands_of_open_conditions_take_linear_time():
    text = "(:if auth edit:)a" * 5000 + "(:if2 false:)" * 5000
    assert "a" in page_of(text).text
