"""Relations between a page and the pages it links to, from the words around the links.

"A sub-trope of X", "Compare Y", "May lead to Z": each language has a table of such cues. A cue
counts only if the page itself is the subject: from the beginning of the clause to the link there
may be only the cue and filler words. This favours precision over recall.
``tests/wiki/text/relations`` has sentences marked by hand; cues that are right in fewer than 95 of
100 cases are removed.
"""

from __future__ import annotations

import re
from bisect import bisect_right
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
"""The relations that a page may have to another one."""

INVERSE = {kind: kind for kind in KINDS} | {
    "subtrope-of": "supertrope-of",
    "supertrope-of": "subtrope-of",
    "leads-to": "led-to-by",
    "led-to-by": "leads-to",
}
"""Relation -> the relation of the other page to this one."""


def kind_of(word: str) -> str:
    """The kind that a writer's *word* means, such as ``subtrope of``; empty if it means none."""
    word = re.sub(r"[\s_]+", "-", word.strip().casefold())
    word = word.replace("sub-trope", "subtrope").replace("super-trope", "supertrope")
    return next((kind for kind in KINDS if word in (kind, kind.rpartition("-")[0] or kind)), "")


class _Cue(NamedTuple):
    kind: str
    before: str
    """Pattern of the words right before the first link, without filler words; empty if the cue comes
    after."""
    after: str = ""
    """Pattern of the words right after the last link."""
    refuses: str = ""
    """Pattern of words after the last link that rule the relation out."""


class _Language(NamedTuple):
    cues: tuple[_Cue, ...]
    filler: str
    """Pattern of a word that may come before a cue in its clause."""
    article: str
    """Pattern of a word that may come between a cue and the link."""
    joint: str
    """Pattern of the words between links of a list."""
    preposition: str
    """Pattern of a word that a list may repeat: ``leads to A and to B``."""
    resumes: str
    """Pattern of the words between a link with a cue and the next cue."""
    predicate: str
    """Pattern of a verb that makes the link before it the subject: then the cue is not about the
    page."""
    term: str
    """Pattern of words that name a kind of relation: linked or not, they are part of a cue."""


_ENGLISH = _Language(
    cues=(
        _Cue("subtrope-of", r"sub[- ]?tropes? (?:of|to|for)(?: both)?"),
        _Cue("subtrope-of", r"super[- ]?tropes?(?::| is:?)"),
        _Cue("subtrope-of", r"(?:a|an|one)(?: [\w-]+)? (?:kind|form|type|variety|variant|variation"
             r"|version|subtype|subset|case) (?:of|on)"),
        _Cue("subtrope-of", "", after=r" is (?:the|its) super[- ]?trope\b(?! (?:of|to|for))"),
        _Cue("supertrope-of", r"super[- ]?tropes? (?:of|to|for)(?: both)?:?"),
        _Cue("supertrope-of", r"sub[- ]?tropes?(?: of this(?: trope| one)?)?"
             r"(?::| (?:include|are|is):?)"),
        _Cue("supertrope-of", "",
             after=r" (?:is|are)(?: (?:a|an|the|among|one|of|its|many))* sub[- ]?tropes?"
                   r"(?: of this(?: trope| one)?)?(?:[.;:,]|$)"),
        _Cue("sister-of", r"(?:sister|sibling)[- ]?tropes? (?:of|to|with)"),
        _Cue("sister-of", r"(?:sister|sibling)[- ]?tropes?(?: of this(?: trope| one)?)?"
             r"(?::| (?:include|are|is):?)"),
        _Cue("sister-of", "", after=r" (?:is|are)(?: (?:a|the|its))? (?:sister|sibling)[- ]?tropes?"
             r"(?: of this(?: trope| one)?)?(?:[.;:,]|$)"),
        _Cue("inverse-of", r"(?:inverse|inversion|opposite|opposite trope|reverse|antithesis)"
             r"(?:(?: number)? (?:of|to)(?: both)?|:)"),
        _Cue("inverse-of", r"(?:inverse|opposite|opposite trope|reverse)(?: of this(?: trope)?)? is"),
        _Cue("inverse-of", "", after=r" (?:is|are) (?:the |its )?(?:polar |exact |direct )?"
             r"(?:inverse|opposite|reverse)(?: of this(?: trope| one)?)?(?:[.;:,]|$)"),
        _Cue("distinct-from", r"(?:should )?(?:not|never)(?: to)? be (?:confused|mistaken|mixed up)"
             r" (?:with|for)"),
        _Cue("distinct-from", r"do(?:es)?(?: not|n['’]t) (?:confuse|mistake)"
             r"(?: (?:this|it|with|this trope))* (?:with|for)"),
        _Cue("distinct-from", r"(?:often|sometimes|easily|frequently) (?:confused|mistaken)"
             r" (?:with|for)"),
        _Cue("compare", r"compare(?: and contrast)?(?:,? (?:also|too),?)?"
             r"(?: (?:this|it)(?: trope)?)?(?: (?:with|to))?:?", refuses=r"\w* (?:with|to)\b"),
        _Cue("compare", r"(?:be compared (?:to|with)|cf\.?)"),
        _Cue("contrast", r"contrast(?:,? (?:also|too),?)?(?: (?:this|it)(?: trope)?)?"
             r"(?: (?:with|to))?:?", refuses=r"\w* (?:with|to)\b"),
        _Cue("contrast", r"(?:contrasts|be contrasted) with"),
        _Cue("leads-to", r"(?:may|can|might|could|will|often|usually|sometimes|tends? to"
             r"|frequently|eventually) (?:\w+ly |also |often )?"
             r"(?:leads?|results?|ends?|turns?|develops?|evolves?) (?:up )?(?:to|in|into)"),
        _Cue("leads-to", r"(?:leads|results) (?:\w+ly |often )?(?:to|in|into)"),
        _Cue("led-to-by", r"(?:caused by|(?:the |a )?(?:result|consequence) of|results? from"
             r"|brought about by|brought on by|triggered by|preceded by)"),
        _Cue("led-to-by", "", after=r" (?:(?:may|can|might|often|usually|tends to) )+"
             r"(?:leads?|results?) (?:to|in) this(?: trope)?(?:[.;:,]|$)"),
    ),
    filler=r"(?:this|it|its|it['’]s|these|they|the|a|an|one|trope|tropes|is|are|can|could|may|might"
           r"|be|often|usually|sometimes|generally|typically|always|frequently|commonly|also|thus"
           r"|therefore|hence|technically|basically|essentially|effectively|and|but|please|more"
           r"|very|direct|exact|polar|complete|close|closest|common|specific|particular|to|should"
           r"|narrower|broader|both|usual|natural|frequent|possible|either|another|logical|darker"
           r"|lighter|as|being|simply|merely|just|serves?|seen|treated|regarded|considered"
           r"|almost|commonly|true)",
    article=r"(?:the|a|an|its|their|those|the related trope)",
    joint=r"(?:and|or|and/or|as well as|and also|or even|and even)",
    preposition=r"(?:to|of|with|in|into)",
    resumes=r"(?:and|or|but|as well as|and also|but also)",
    predicate=r"(?:is|are|was|were|has|have|had|may|can|might|would|could|should|does|did|matters?)",
    term=r"(?:sub|super|sister|sibling)[- ]?tropes?",
)  # fmt: skip

_GERMAN = _Language(
    cues=(
        _Cue("subtrope-of", r"unter(?:trope|art|form|fall|kategorie|gruppe) (?:von|zu|der|des)"),
        _Cue("subtrope-of", r"(?:art|form|variante|spielart|sonderfall|spezialfall)"
             r" (?:von|der|des)"),
        _Cue("subtrope-of", r"obertropes?(?::| ist:?)"),
        _Cue("subtrope-of", "", after=r" ist (?:die|ihre) obertrope\b(?! (?:von|zu|der|des))"),
        _Cue("supertrope-of", r"obertropes? (?:von|zu|für|der|des)"),
        _Cue("supertrope-of", r"unter(?:tropen?|arten)(?: dieser trope)?(?::| (?:sind|ist):?)"),
        _Cue("supertrope-of", "", after=r" (?:ist|sind)(?: eine)? unter(?:tropen?|art|arten)"
             r" (?:dieser trope|hiervon|davon)\b"),
        _Cue("sister-of", r"(?:schwester|geschwister)[- ]?tropen?"
             r"(?: (?:davon|hiervon))?(?: (?:von|zu|der|des|ist|sind)|:)"),
        _Cue("sister-of", "", after=r" (?:ist|sind)(?: die| eine)? schwester[- ]?tropen?(?:[.;:,]|$)"),
        _Cue("inverse-of", r"(?:gegenteil|umkehrung|gegenstück|umkehr|gegenpol)"
             r"(?: (?:von|zu|der|des|ist|heißt)|:)"),
        _Cue("inverse-of", "", after=r" ist (?:das|die) (?:genaue )?(?:gegenteil|umkehrung)"
             r" (?:dieser trope|hiervon|davon)\b"),
        _Cue("distinct-from", r"(?:nicht|leicht) (?:zu verwechseln mit|verwechseln mit)"),
        _Cue("distinct-from", r"(?:nicht|sollte nicht|darf nicht) mit",
             after=r"\w* (?:zu verwechseln|verwechseln|verwechselt werden)\b"),
        _Cue("distinct-from", r"wird (?:oft|gern|häufig) mit", after=r"\w* verwechselt\b"),
        _Cue("compare", r"(?:vergleiche|zu vergleichen(?: ist)?|vgl\.)"
             r"(?: (?:auch|dazu|lieber))?(?: mit)?:?", refuses=r"\w* mit\b"),
        _Cue("compare", r"zum vergleich siehe(?: auch)?"),
        _Cue("contrast", r"(?:bildet einen kontrast|steht im (?:kontrast|gegensatz)) zu"),
        _Cue("contrast", r"(?:im (?:kontrast|gegensatz) dazu steht|als kontrast siehe|kontrast:)"),
        _Cue("leads-to", r"(?:führt|führen)(?: (?:oft|häufig|manchmal|meist|leicht|gern|schließlich))*"
             r" (?:zu|zur|zum)"),
        _Cue("leads-to", r"(?:mündet|endet)(?: (?:oft|häufig|meist|gern))? in"),
        _Cue("leads-to", r"(?:kann|können|mag|wird|pflegt)"
             r"(?: (?:oft|häufig|auch|manchmal|leicht|schließlich|am ende))* (?:zu|zur|zum|in)",
             after=r"\w* (?:führen|münden|enden)\b"),
        _Cue("led-to-by", r"(?:folge|ergebnis|resultat) (?:von|der|des)|ausgelöst durch"
             r"|hervorgerufen durch|verursacht durch|resultiert(?: oft| meist)? aus"),
        _Cue("led-to-by", r"wird(?: (?:oft|häufig|meist))? durch",
             after=r"\w* (?:ausgelöst|hervorgerufen|verursacht)\b"),
        _Cue("led-to-by", "", after=r" führt(?: (?:oft|häufig|meist))? zu dieser trope\b"),
    ),
    filler=r"(?:dies|diese|dieser|dieses|das|der|die|es|er|sie|ist|sind|ein|eine|einer|eines|kann"
           r"|sein|oft|meist|manchmal|häufig|auch|trope|tropus|bitte|und|aber|also|somit|damit"
           r"|genaue|genaues|direkte|direktes|besondere|häufige|sowohl|genau|reine|typische"
           r"|typisches|wird|werden|als|eigentlich|siehe|ihre?|ihren|gilt|bekannteste)",
    article=r"(?:der|die|das|dem|den|des|einer|einem|einen|eine|ein)",
    joint=r"(?:und|oder|sowie|bzw\.|und auch|wie auch|oder gar)",
    preposition=r"(?:zu|zum|zur|von|mit|in)",
    resumes=r"(?:und|oder|aber|sowie|und auch)",
    predicate=r"(?:ist|sind|war|hat|haben|kann|können|mag|wäre|würde|soll|sollte|steht|heißt)",
    term=r"(?:unter|ober|schwester)[- ]?tropen?",
)  # fmt: skip

_FRENCH = _Language(
    cues=(
        _Cue("subtrope-of", r"sous-?tropes? (?:de|du|des|d['’]|à)"),
        _Cue("subtrope-of", r"une (?:forme|variante|variété) (?:de|du|des|d['’])"
             r"|un cas particulier (?:de|du|des|d['’])"),
        _Cue("subtrope-of", r"super-?tropes?(?: ?:| est)"),
        _Cue("subtrope-of", "", after=r" est (?:le|son) super-?trope\b(?! d)"),
        _Cue("supertrope-of", r"super-?tropes? (?:de|du|des|d['’]|à)"),
        _Cue("supertrope-of", r"sous-?tropes?(?: ?:| (?:sont|comprennent) ?:?)"),
        _Cue("supertrope-of", "",
             after=r" (?:est|sont) (?:un|des) sous-?tropes? de (?:ce trope|celui-ci)(?:[ .;:,]|$)"),
        _Cue("sister-of", r"tropes? (?:frères?|jumeaux?|sœurs?|cousins?|voisins?)"
             r"(?: (?:de|du|des|d['’]|à|est|sont)| ?:)"),
        _Cue("sister-of", "", after=r" (?:est|sont) (?:un |des )?tropes? (?:frères?|jumeaux?)(?:[.;:,]|$)"),
        _Cue("inverse-of", r"(?:l['’])?(?:inverse|inversion|opposé|contraire|antithèse|envers)"
             r"(?: (?:de|du|des|d['’]|est)| ?:)"),
        _Cue("inverse-of", "", after=r" est (?:l['’]inverse|l['’]opposé|le contraire) de ce trope\b"),
        _Cue("distinct-from", r"ne pas (?:être )?confond(?:re|u) (?:avec|et)"),
        _Cue("distinct-from", r"ne (?:doit|doivent|faut) pas (?:être )?confond(?:re|u)"
             r"(?: ce trope)? avec"),
        _Cue("distinct-from", r"(?:souvent confondu|facile à confondre|distinguer) (?:avec|de)"),
        _Cue("compare", r"(?:compare[rz]|comparera)(?: (?:aussi|plutôt))?(?: et contraster)?"
             r"(?: ce trope)?(?: (?:à|avec|au|aux))? ?:?",
             refuses=r"\w* (?:à|avec|au|aux)\b"),
        _Cue("compare", r"cf\.?"),
        _Cue("contrast", r"(?:contraste[rz]?|opposer)(?: (?:à|avec|au|aux))? ?:?"),
        _Cue("leads-to", r"(?:peut|peuvent|pourrait)(?: (?:souvent|aussi|parfois|également))?"
             r" (?:mener|conduire|aboutir|déboucher|amener) (?:à|sur|au|aux|vers)"),
        _Cue("leads-to", r"(?:mène|conduit|aboutit|débouche)(?: (?:souvent|parfois|aussi|fréquemment))?"
             r" (?:à|sur|au|aux|vers)"),
        _Cue("led-to-by", r"(?:causé|provoqué|amené)e?s? par"
             r"|(?:conséquence|résultat) (?:de|du|des|d['’])|résulte(?: souvent)? (?:de|du|des|d['’])"),
        _Cue("led-to-by", "", after=r" mène(?: (?:souvent|parfois))? à ce trope\b"),
    ),
    filler=r"(?:ce|cet|cette|il|elle|c['’]est|le|la|les|un|une|des|est|sont|peut|être|souvent|parfois"
           r"|aussi|également|généralement|trope|à|et|mais|donc|exact|parfait|exacte|direct|directe"
           r"|cela|ceci|même|possible|son|ses|on|en|tant|que)",
    article=r"(?:le|la|les|l['’]|un|une|du|des|au|aux)",
    joint=r"(?:et|ou|ainsi que|et aussi|voire|ou même|ni)",
    preposition=r"(?:à|au|aux|de|du|des|d['’]|avec)",
    resumes=r"(?:et|ou|mais|ainsi que)",
    predicate=r"(?:est|sont|était|serait|seraient|a|ont|peut|peuvent|n['’]est)",
    term=r"(?:sous|super)-?tropes?|tropes? (?:frères?|jumeaux?)",
)  # fmt: skip

_LANGUAGES = {"en": _ENGLISH, "de": _GERMAN, "fr": _FRENCH}
_APART = re.compile(r"[;(]|(?<=\s)[–—-](?=\s)|—")
"""Begins a clause inside a sentence."""
_REACH = 200
"""Maximum characters of a clause."""


class _Reader:
    """The patterns of a language, compiled."""

    def __init__(self, language: _Language) -> None:
        filler = rf"(?:{language.filler}[\s,]+|l['’])*"
        opening = "[\"“«„'‘(]*"
        begins = rf"{filler}(?:%s)\s*(?:{language.article}\s*)?{opening}\s*"
        subject = rf"(?:{language.resumes}\s+)?(?:{language.article}\s+)?{opening}"
        self.cues = [
            (
                cue.kind,
                _pattern(begins % cue.before if cue.before else subject),
                _pattern(cue.after) if cue.after else None,
                _pattern(cue.refuses) if cue.refuses else None,
            )
            for cue in language.cues
        ]
        # for most links, these two patterns rule out all of two dozen cues
        self.any_before = _pattern(begins % "|".join(c.before for c in language.cues if c.before))
        self.any_after = _pattern("|".join(c.after for c in language.cues if not c.before))
        apart = r"\w{0,3}[\"”»’']*\s*(?:\([^()]*\))?"
        article = rf"(?:{language.preposition}\s*)?(?:{language.article}\s*)?[\"“«„'‘]*"
        joint = rf"(?:[,;/]\s*(?:{language.joint}\s+)?|\s{language.joint}\s+|&\s*)"
        self.joint = _pattern(rf"{apart}\s*{joint}{article}")
        self.resumes = _pattern(rf"{apart}\s*(?:[,;]?\s*{language.resumes}\s+|;\s*)")
        self.goes_on = _pattern(rf"{apart}\s*,\s*(?!{language.article}\b)")
        self.owned = _pattern(r"['’]s\s")
        self.predicate = _pattern(rf"\w{{0,2}}\s+{language.predicate}\b")
        self.term = _pattern(language.term)


def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


@cache
def _reader(language: str) -> _Reader:
    return _Reader(_LANGUAGES.get(language.partition("_")[0].partition("-")[0], _ENGLISH))


def relations_in(text: str, links: Sequence[tuple[int, int]], language: str = "en") -> list[str]:
    """The relation of a page with this *text* to the target of each link in it.

    :param links: start and end of each link in the text, in order.
    :param language: as ``language`` in the configuration; English if it has no table.
    :returns: for each link one of :data:`KINDS`, or an empty string.
    """
    reader = _reader(language)
    text = text.replace("\n", " ")
    found = [""] * len(links)
    # "a [Sub-Trope] of [X]": the first is part of the cue
    ends = [(at, *link) for at, link in enumerate(links) if not reader.term.fullmatch(text, *link)]
    starts = [0, *sentence_ends(text, 0, len(text))]
    previous, before = 0, ""  # end of the list before, and its kind
    for group in _lists(reader, text, ends):
        start, end = group[0][1], group[-1][2]
        at = bisect_right(starts, start)
        sentence = starts[at - 1], starts[at] if at < len(starts) else len(text)
        clause = _clause(reader, text, start, sentence, previous, before)
        before = "" if clause is None else _kind(reader, clause, text[end : end + _REACH])
        for number, _start, _end in group:
            found[number] = before
        previous = end
    return found


def _lists(
    reader: _Reader, text: str, links: Sequence[tuple[int, int, int]]
) -> list[list[tuple[int, int, int]]]:
    """The links grouped by lists: ``A, B (a kind of C) and D``."""
    lists: list[list[tuple[int, int, int]]] = []
    for link in links:
        if lists:
            gap = text[lists[-1][-1][2] : link[1]]
            # "compare A; B is another thing"
            is_subject = ";" in gap and reader.predicate.match(text, link[2])
            if len(gap) < _REACH and not is_subject and reader.joint.fullmatch(gap):
                lists[-1].append(link)
                continue
        lists.append([link])
    return lists


def _clause(
    reader: _Reader,
    text: str,
    start: int,
    sentence: tuple[int, int],
    previous: int,
    before: str,
) -> str | None:
    """The words of the clause before the link at *start*; None if another link may be its subject,
    or if it is a question.

    :param sentence: where it begins and ends.
    :param previous: where the link before it ends.
    :param before: the relation to that link's target.
    """
    begin = max(sentence[0], previous)
    if start - begin > _REACH or text[begin : sentence[1]].rstrip().endswith("?"):
        return None
    marks = list(_APART.finditer(text, begin, start))
    if marks:
        last = marks[-1]
        is_apposition = last[0] == "(" and not text[begin : last.start()].strip()
        return None if is_apposition else text[last.end() : start].lstrip()
    gap = text[begin:start]
    if previous <= sentence[0]:
        return gap.lstrip()
    resumed = reader.resumes.match(gap) or reader.goes_on.match(gap) if before else None
    return gap[resumed.end() :] if resumed else None


def _kind(reader: _Reader, clause: str, after: str) -> str:
    if not (reader.any_before.fullmatch(clause) or reader.any_after.match(after)):
        return ""
    if reader.owned.match(after):
        return ""
    for kind, pattern, needed, refused in reader.cues:
        if not pattern.fullmatch(clause):
            continue
        if needed is None and reader.predicate.match(after):
            continue
        if (needed and not needed.match(after)) or (refused and refused.match(after)):
            continue
        return kind
    return ""
