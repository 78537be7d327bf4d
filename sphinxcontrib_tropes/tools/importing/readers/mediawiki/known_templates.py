"""Templates that most wikis have, under the names that Wikipedia and Fandom give them."""

from __future__ import annotations

import re

__all__ = ["LETTERS", "kind_of"]

LETTERS = {
    "!!": "||",
    "(": "{",
    ")": "}",
    "((": "{{",
    "))": "}}",
    "(!": "{|",
    "!)": "|}",
    "!-": "|-",
    "pipe": "|",
    "'": "'",
    "'s": "'s",
    "nbsp": "\xa0",
    "spaces": "\xa0",
    "space": " ",
    "sp": " ",
    "thinsp": " ",
    "zwsp": "",
    "shy": "",
    "ndash": "–",
    "en dash": "–",
    "mdash": "—",
    "em dash": "—",
    "snd": " – ",
    "spnd": " – ",
    "spaced ndash": " – ",
    "spaced en dash": " – ",
    "--": " – ",
    "dot": " · ",
    "·": " · ",
    "middot": " · ",
    "bull": " • ",
    "bullet": " • ",
    "•": " • ",
    "\\": " / ",
    "=": "=",
    "!": "|",
    "(c)": "©",
    "check": "✓",
    "yes": "✓ Yes",
    "no": "✗ No",
    "dagger": "†",
    "euro": "€",
    "ya": "✓",
    "na": "n/a",
    "n/a": "n/a",
}
"""Templates that stand for letters."""

_KINDS = {
    "spoiler": "spoiler spoil spoilertext spoiler_text inline_spoiler hidden_spoiler spoiler-inline spoilers",
    "quotation": (
        "quote cquote quotation blockquote block_quote rquote quote_box quotebox q zitat zitat-blockquote"
        " cita cita_destacada citation_bloc citazione cytat цитата pullquote pull_quote long_quote bquote"
        " dialogue_quote"
    ),
    "see": (
        "main main_article main_articles see_also seealso also see further further_information details"
        " hauptartikel siehe_auch article_détaillé article_principal voir_aussi véase véase_también ap ad vt"
        " основная_статья см._также zie_ook hoofdartikel more main_page for_more"
    ),
    "wrapper": (
        "nowrap nobr small smaller big large larger huge center centre left right align b bold strong i em italic"
        " resize fontsize color colour font text_color white-space nw plainlist flatlist ubl unbulleted_list"
        " tooltip tt abbr abbrv hover hover_text explain h:title nihongo noitalic noitalics normal"
        " nomobile mobile div col-list columns plain_list hlist tooltiplink highlight gloss literal sic"
        " unicode ipa ipac-en pron rtl-lang script bigger larger_font block_indent indent quote_inline"
    ),
    "code": "code codes tt_code mono monospace key kbd keypress button button_press c codeinline",
    "template link": "tl tlx tlp tl2 tlf ti template_link temp vorlage",
    "superscript": "sup superscript",
    "subscript": "sub subscript",
    "strike": "s strike strikethrough del",
    "insert": "u underline ins",
    "citation": (
        "cite citation literatur internetquelle ouvrage lien_web article cita_web cita_libro cita webarchive"
        " cite_web cite_book cita_news источник книга cite_quote chapitre cite_arc cite_episode"
    ),
    "note": "efn refn sfn sfnp sfnm harvnb fn_ref note_ref efn-ua footnote fußnote #tag:ref",
    "wikipedia": "w wp wikipedia wikipedia-inline wpl wplink sister-inline wiki wikipedialink wlink pedia",
    "website": "url official_website official website homepage official_site site_officiel weblink link_web",
    "youtube": "youtube yt youtube_video",
    "description": "short_description shortdesc",
    "anchor": "anchor anchors visible_anchor vanchor anker ancre",
    "callout": (
        "note notice warning caution tip hint info information important danger attention ambox mbox ombox"
        " imbox tmbox notebox infobox_note message alert hinweis achtung remarque hatnote rellink dablink notizia"
    ),
    "gone": (
        "clear clr clear_left clear_right - br_clear clearleft clearright toc tocright tocleft toc_right toc_left"
        " toc_limit compact_toc reflist ref_list refs references notelist listaref références einzelnachweise"
        " note_list stub esbozo ébauche italic_title italictitle lowercase lowercase_title title displaytitle"
        " wrongtitle correct_title authority_control normdaten use_dmy_dates use_mdy_dates use_british_english"
        " use_american_english defaultsort good_article featured_article coord coordinates good delete cleanup"
        " wikify refimprove unreferenced cn fact citation_needed citation-needed clarify who when why which"
        " expand under_construction wip work_in_progress incomplete pp-protected protected sprotect semiprotected"
        " sister_project_links commons commonscat commons_category wikiquote wiktionary portal portal_bar"
        " dead_link deadlink failed_verification dubious subst noindex nobots clear-left skip_to_talk"
        " stub-template outdated era icons col-begin col-end col-break col-1-of-2 col-2-of-2 div_col div_col_end"
        " end multicol multicol-break multicol-end s-start s-end start end languages translate"
    ),
}
_BY_NAME = {
    name.replace("_", " "): kind for kind, names in _KINDS.items() for name in names.split()
}
_CITATION = re.compile(r"cite |citation|cita |citar |harv")
_GONE = re.compile(
    r"navbox|nav |.*[ -]?(?:stub|navbox|navigation|nav|footer)$|userbox|toc |pp-|subst:|use \w+ english$"
)
_LANGUAGE = re.compile(
    r"lang(?:ue|x)?(?:-[a-z-]{2,12})?$|(?:-|lang )[a-z]{2,3}$|transl(?:iteration)?$"
)


def kind_of(name: str) -> str:
    """The kind of a template by its name, in lower case; empty if it is not known."""
    kind = _BY_NAME.get(name)
    if kind:
        return kind
    if _CITATION.match(name):
        return "citation"
    if _LANGUAGE.match(name):
        return "language"
    return "gone" if _GONE.match(name) else ""
