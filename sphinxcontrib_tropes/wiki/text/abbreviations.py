"""Abbreviations: full stops that do not end a sentence.

CLDR has abbreviations for each language (its suppressions). The words here are those from its lists
that occur in running text about works and people.
"""

from __future__ import annotations

import re

__all__ = ["is_abbreviated"]

# Before a name. The capital distinguishes them from other words: "Gen.", "Col.".
_BEFORE_NAMES = frozenset(
    """
    Adm Amb Atty Bros Brig Capt Cdr Cmdr Cmdt Co Col Comdr Corp Cpl Cpt Det Dir Dott Dr Drs Esq Fr
    Frl Ft Gen Gov Hon Hr Hrn Inc Insp Jr Lt Ltd Maj Messrs Mgr Mlle Mlles MM Mme Mmes Mr Mrs Ms
    Msgr Mt Mx Ofc Pfc Pres Prof Pvt Rep Rev Sen Sgt Sig Sr Sra Srta St Ste Supt Univ
    """.split()
)

# Inside a sentence.
_INSIDE = frozenset(
    """
    approx bzgl bzw ca cf cp dgl ebd etc evtl ff ggf hrsg incl inkl insb misc ph.d resp sog u.dgl
    urspr usw usf vgl viz vs см стр
    """.split()
)

# Before a number: "No. 5", but "He said no. Then ...".
_BEFORE_NUMBERS = frozenset(
    """
    jan feb mar apr jun jul aug sep sept oct okt nov dec dez mär janv févr avr juil déc ene abr ago
    dic abb anm art bd bk cap ch chap col fig figs kap no nos nr núm op pp pág par pt sec sect seq
    tab vol vols
    """.split()
)

# After a number with a full stop, in German dates: "am 5. Januar".
_AFTER_ORDINALS = frozenset(
    """
    Januar Jänner Februar März April Mai Juni Juli August September Oktober November Dezember
    """.split()
)

_REACH = 8  # characters; more than any of these words has
_WORD_BEFORE = re.compile(r"(?<![\w'’])[^\W_](?:[\w.]*\w)?\Z")
_WORD_AFTER = re.compile(r"\w+")


def is_abbreviated(text: str, start: int, stop: int, end: int) -> bool:
    """Whether the full stop at *stop* belongs to an abbreviation and does not end a sentence.

    :param start: where in *text* to start looking.
    :param end: where the next word of *text* begins.
    """
    if text[stop] != "." or not text[stop + 1 : stop + 2].isspace():
        return False
    found = _WORD_BEFORE.search(text, max(start, stop - _REACH), stop)
    if found is None:
        return False
    word = found[0]
    if all(len(part) == 1 and part.isalpha() for part in word.split(".")):
        return True  # initials, "e.g."
    folded = word.casefold()
    if word in _BEFORE_NAMES or folded in _INSIDE:
        return True
    if folded in _BEFORE_NUMBERS:
        return text[end : end + 1].isdigit()
    if word.isdecimal() and len(word) <= 2:
        after = _WORD_AFTER.match(text, end)
        return after is not None and after[0] in _AFTER_ORDINALS
    return False
