"""How a page stands to what it links to, read from the words around the links.

"A sub-trope of X", "Compare Y", "May lead to Z": each language has a table of such cues. A cue
counts only where the page itself is what is spoken of: the words from the beginning of the clause
to the link must be the cue and words that say nothing else. So most of what is said in other words
is missed, and hardly anything is taken for what it is not. ``tests/wiki/relations`` holds sentences
marked by hand; no cue is kept that is right in less than 95 of 100.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from .excerpts import sentence_ends

__all__ = ["INVERSE", "KINDS", "kind_of", "relations_in"]

KINDS = (
    "subtrope-of",
    "supertrope-of",
    "sister-of",
    "inverse-of",
    "distinct-from",
    "compare",
    "contrast",
    "leads-to",
    "led-to-by",
)
"""How a page may stand to another one."""

INVERSE = {kind: kind for kind in KINDS} | {
    "subtrope-of": "supertrope-of",
    "supertrope-of": "subtrope-of",
    "leads-to": "led-to-by",
    "led-to-by": "leads-to",
}
"""How the other one then stands to the page."""


def kind_of(word: str) -> str:
    """The kind that a writer's *word* means, such as ``subtrope of``; empty if it means none."""
    word = re.sub(r"[\s_]+", "-", word.strip().casefold())
    word = word.replace("sub-trope", "subtrope").replace("super-trope", "supertrope")
    return next((kind for kind in KINDS if word in (kind, kind.rpartition("-")[0] or kind)), "")


class _Cue(NamedTuple):
    kind: str
    before: str
    """Pattern of the words right before the first link."""
    after: str = ""
    """Pattern of the words right after the last one."""
    refuses: str = ""
    """Pattern of words after the last link that make it none."""


class _Language(NamedTuple):
    cues: tuple[_Cue, ...]
    filler: str
    """Pattern of a word that may stand between the beginning of a clause and a cue."""
    article: str
    """Pattern of what may stand between a cue and the link."""
    joint: str
    """Pattern of what joins links to a list."""
    preposition: str
    """Pattern of what a list may say again: ``leads to A and to B``."""
    resumes: str
    """Pattern of what joins a second cue to a link that the first one reaches."""


_ENGLISH = _Language(
    cues=(
        _Cue("subtrope-of", r"sub[- ]?tropes? (?:of|to|for)"),
        _Cue("subtrope-of", r"super[- ]?tropes?:"),
        _Cue("subtrope-of", r"(?:kind|form|type|variety|variant|variation|subtype|subset|special case)"
             r" (?:of|on)"),
        _Cue("supertrope-of", r"super[- ]?tropes? (?:of|to|for)"),
        _Cue("supertrope-of", r"sub[- ]?tropes?(?::| (?:include|are):?)"),
        _Cue("sister-of", r"(?:sister|sibling)[- ]?tropes? (?:of|to|with)"),
        _Cue("sister-of", r"(?:sister|sibling)[- ]?tropes?:"),
        _Cue("inverse-of", r"(?:inverse|inversion|opposite|opposite trope|reverse|antithesis)"
             r"(?:(?: number)? (?:of|to)|:)"),
        _Cue("distinct-from", r"not to be (?:confused|mistaken|mixed up) (?:with|for)"),
        _Cue("distinct-from", r"do(?:es)? not confuse (?:this|it|with|this trope| )*with"),
        _Cue("compare", r"compare(?: and contrast)?(?: also)?(?: (?:this|it))?(?: (?:with|to))?:?",
             refuses=r"\w* (?:with|to)\b"),
        _Cue("contrast", r"contrast(?: also)?(?: (?:this|it))?(?: (?:with|to))?:?",
             refuses=r"\w* (?:with|to)\b"),
        _Cue("leads-to", r"(?:may|can|might|could|will|often|usually|sometimes|tends? to"
             r"|frequently|eventually) (?:\w+ly |also |often )?"
             r"(?:leads?|results?|ends?|turns?|develops?|evolves?) (?:up )?(?:to|in|into)"),
        _Cue("leads-to", r"(?:leads|results) (?:\w+ly |often )?(?:to|in|into)"),
        _Cue("led-to-by", r"(?:caused by|(?:the |a )?(?:result|consequence) of|results? from"
             r"|brought about by|brought on by|preceded by)"),
    ),
    filler=r"(?:this|it|its|it['’]s|these|they|the|a|an|one|trope|tropes|is|are|can|could|may|might"
           r"|be|often|usually|sometimes|generally|typically|always|frequently|commonly|also|thus"
           r"|therefore|hence|technically|basically|essentially|effectively|and|but|please|more"
           r"|very|direct|exact|polar|complete|close|closest|common|specific|particular"
           r"|narrower|broader|both|usual|natural|frequent|possible|either|another|logical|darker|lighter|itself)",
    article=r"(?:the|a|an|its|their|those)",
    preposition=r"(?:to|of|with)",
    joint=r"(?:and|or|and/or|as well as|and also|or even|and even)",
    resumes=r"(?:and|or|but|as well as|and also|but also)",
)  # fmt: skip

_GERMAN = _Language(
    cues=(
        _Cue("subtrope-of", r"unter(?:trope|art|form|fall|kategorie|gruppe) (?:von|zu|der|des)"),
        _Cue("subtrope-of", r"(?:art|form|variante|spielart|sonderfall|spezialfall) (?:von|der|des)"),
        _Cue("subtrope-of", r"obertropes?:"),
        _Cue("supertrope-of", r"obertropes? (?:von|zu|für|der|des)"),
        _Cue("supertrope-of", r"unter(?:tropes?|arten)(?::| sind:?)"),
        _Cue("sister-of", r"(?:schwester|geschwister)[- ]?tropes?(?: (?:von|zu|der|des)|:)"),
        _Cue("inverse-of", r"(?:gegenteil|umkehrung|gegenstück|umkehr|gegenpol)"
             r"(?: (?:von|zu|der|des)|:)"),
        _Cue("distinct-from", r"nicht (?:zu verwechseln mit|verwechseln mit)"),
        _Cue("distinct-from", r"(?:nicht|sollte nicht|darf nicht) mit",
             after=r"\w* (?:zu verwechseln|verwechseln|verwechselt werden)\b"),
        _Cue("compare", r"(?:vergleiche?|zu vergleichen(?: ist)?|vgl\.)(?: auch)?(?: mit)?:?",
             refuses=r"\w* mit\b"),
        _Cue("contrast", r"(?:im (?:gegensatz|kontrast) zu|gegensatz(?: zu)?|kontrast(?: zu)?"
             r"|kontrastiere(?: mit)?):?"),
        _Cue("leads-to", r"(?:führt|führen)(?: (?:oft|häufig|manchmal|meist|leicht|gern|schließlich))*"
             r" zur?m?"),
        _Cue("leads-to", r"(?:kann|können|mag|wird|pflegt)"
             r"(?: (?:oft|häufig|auch|manchmal|leicht|schließlich|am ende))* (?:zu|zur|zum|in)",
             after=r"\w* (?:führen|münden|enden)\b"),
        _Cue("led-to-by", r"(?:folge|ergebnis|resultat) (?:von|der|des)|ausgelöst durch"
             r"|hervorgerufen durch|verursacht durch"),
    ),
    filler=r"(?:dies|diese|dieser|dieses|das|der|die|es|er|sie|ist|sind|ein|eine|einer|eines|kann"
           r"|sein|oft|meist|manchmal|häufig|auch|trope|tropus|bitte|und|aber|also|somit|damit"
           r"|genaue|genaues|direkte|direktes|besondere|häufige|sowohl|genau|reine|typische|typisches|wird|werden|als|eigentlich"
           r"|siehe|bitte)",
    article=r"(?:der|die|das|dem|den|des|einer|einem|einen|eine|ein)",
    preposition=r"(?:zu|zum|zur|von|mit)",
    joint=r"(?:und|oder|sowie|bzw\.|und auch|wie auch|oder gar)",
    resumes=r"(?:und|oder|aber|sowie|und auch)",
)  # fmt: skip

_FRENCH = _Language(
    cues=(
        _Cue("subtrope-of", r"sous-?tropes? (?:de|du|des|d['’]|à)"),
        _Cue("subtrope-of", r"(?:forme|variante|variété|sorte|cas particulier|type) (?:de|du|des|d['’])"),
        _Cue("subtrope-of", r"super-?tropes? ?:"),
        _Cue("supertrope-of", r"super-?tropes? (?:de|du|des|d['’]|à)"),
        _Cue("supertrope-of", r"sous-?tropes?(?: ?:| sont ?:?)"),
        _Cue("sister-of", r"tropes? (?:frères?|jumeaux?|sœurs?|cousins?|voisins?)"
             r"(?: (?:de|du|des|d['’]|à)| ?:)"),
        _Cue("inverse-of", r"(?:l['’])?(?:inverse|opposé|contraire|antithèse|envers)"
             r"(?: (?:de|du|des|d['’])| ?:)"),
        _Cue("distinct-from", r"ne pas (?:être )?confondu?(?:re)? (?:avec|et)"),
        _Cue("distinct-from", r"ne (?:doit|doivent|faut) pas (?:être )?confondu?(?:re)? avec"),
        _Cue("compare", r"(?:compare[rz])(?: aussi)?(?: (?:à|avec|au|aux))? ?:?",
             refuses=r"\w* (?:à|avec|au|aux)\b"),
        _Cue("contrast", r"(?:contraste[rz]|opposer)(?: (?:à|avec|au|aux))? ?:?"),
        _Cue("leads-to", r"(?:peut|peuvent|pourrait)(?: (?:souvent|aussi|parfois|également))?"
             r" (?:mener|conduire|aboutir|déboucher|amener) (?:à|sur|au|aux|vers)"),
        _Cue("leads-to", r"(?:mène|conduit|aboutit|débouche)(?: (?:souvent|parfois|aussi))?"
             r" (?:à|sur|au|aux|vers)"),
        _Cue("led-to-by", r"(?:causé|provoqué|amené)e?s? par|(?:conséquence|résultat) (?:de|du|des|d['’])"),
    ),
    filler=r"(?:ce|cet|cette|il|elle|c['’]est|le|la|les|un|une|des|est|sont|peut|être|souvent|parfois"
           r"|aussi|également|généralement|trope|à|et|mais|donc|exact|parfait|exacte|direct|directe"
           r"|cela|ceci|même|possible)",
    article=r"(?:le|la|les|l['’]|un|une|du|des|au|aux)",
    preposition=r"(?:à|au|aux|de|du|des|d['’]|avec)",
    joint=r"(?:et|ou|ainsi que|et aussi|voire|ou même)",
    resumes=r"(?:et|ou|mais|ainsi que)",
)  # fmt: skip

_LANGUAGES = {"en": _ENGLISH, "de": _GERMAN, "fr": _FRENCH}
_APART = re.compile(r"[;(]|(?<=\s)[–—-](?=\s)|—")
"""What begins a clause inside a sentence."""


class _Reader:
    """The patterns of a language, compiled."""

    def __init__(self, language: _Language) -> None:
        self.cues = [
            (
                cue.kind,
                re.compile(
                    rf"(?:{language.filler}[\s,]+|l['’])*(?:(?P<cue>{cue.before}))"
                    rf"\s*(?:{language.article}\s*)?[\"“«„'‘(]*\s*",
                    re.IGNORECASE,
                ),
                re.compile(cue.after, re.IGNORECASE) if cue.after else None,
                re.compile(cue.refuses, re.IGNORECASE) if cue.refuses else None,
            )
            for cue in language.cues
        ]
        apart = r"\w{0,3}[\"”»’']*\s*(?:\([^()]*\))?"
        article = rf"(?:{language.preposition}\s*)?(?:{language.article}\s*)?[\"“«„'‘]*"
        self.joint = re.compile(
            rf"{apart}\s*(?:[,;/]\s*(?:{language.joint}\s+)?|\s{language.joint}\s+|&\s*){article}",
            re.IGNORECASE,
        )
        self.resumes = re.compile(
            rf"{apart}\s*[,;]?\s*{language.resumes}\s+|{apart}\s*;\s*", re.IGNORECASE
        )


@cache
def _reader(language: str) -> _Reader:
    return _Reader(_LANGUAGES.get(language.partition("_")[0].partition("-")[0], _ENGLISH))


def relations_in(text: str, links: Sequence[tuple[int, int]], language: str = "en") -> list[str]:
    """How the page in which *text* stands, stands to each of what it links to.

    :param links: where each link begins and ends in the text, in its order.
    :param language: as ``language`` in the configuration; English for one without a table.
    :returns: for each link one of :data:`KINDS`, or an empty string.
    """
    reader = _reader(language)
    found = [""] * len(links)
    starts = [0, *sentence_ends(text, 0, len(text))]
    before = ""  # what the list before this one got
    for first, last in _lists(reader, text, links):
        start, end = links[first][0], links[last][1]
        after_last = text[end : end + _REACH]
        clause = _clause(reader, text, start, starts, links[first - 1][1] if first else 0, before)
        before = _kind(reader, clause, after_last) if clause is not None else ""
        found[first : last + 1] = [before] * (last + 1 - first)
    return found


_REACH = 200  # characters of a clause that are looked at


def _lists(reader: _Reader, text: str, links: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """First and last of the links that stand in one list: ``A, B (a kind of C) and D``."""
    lists: list[tuple[int, int]] = []
    for number, (start, _end) in enumerate(links):
        if lists:
            gap = text[links[number - 1][1] : start]
            if len(gap) < _REACH and reader.joint.fullmatch(gap):
                lists[-1] = lists[-1][0], number
                continue
        lists.append((number, number))
    return lists


def _clause(
    reader: _Reader, text: str, start: int, starts: list[int], previous: int, before: str
) -> str | None:
    """The words before the link at *start* that its page is the subject of; None if another link
    may be that.

    :param starts: where sentences begin.
    :param previous: where the link before it ends.
    :param before: how the page stands to that one.
    """
    begin = max((at for at in starts if at <= start), default=0)
    if start - max(begin, previous) > _REACH:
        return None
    marks = [match.end() for match in _APART.finditer(text, max(begin, previous), start)]
    if marks:
        return text[marks[-1] : start].lstrip()
    if previous <= begin:
        return text[begin:start].lstrip()
    gap = text[previous:start]
    resumed = reader.resumes.match(gap) if before else None
    return gap[resumed.end() :] if resumed else None


def _kind(reader: _Reader, clause: str, after: str) -> str:
    for kind, pattern, needed, refused in reader.cues:
        if not pattern.fullmatch(clause):
            continue
        if (needed and not needed.match(after)) or (refused and refused.match(after)):
            continue
        return kind
    return ""
