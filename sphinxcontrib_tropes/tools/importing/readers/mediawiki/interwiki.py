"""Links to other wikis by a prefix (``[[w:Y]]``), as MediaWiki and Wikipedia know them."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import quote

from .nodes import word_set

__all__ = ["Elsewhere", "elsewhere"]

_WIKIMEDIA = {
    "w": "wikipedia",
    "wikipedia": "wikipedia",
    "wikt": "wiktionary",
    "wiktionary": "wiktionary",
    "b": "wikibooks",
    "wikibooks": "wikibooks",
    "n": "wikinews",
    "wikinews": "wikinews",
    "q": "wikiquote",
    "wikiquote": "wikiquote",
    "s": "wikisource",
    "wikisource": "wikisource",
    "v": "wikiversity",
    "wikiversity": "wikiversity",
    "voy": "wikivoyage",
    "wikivoyage": "wikivoyage",
}
"""Prefixes of wikis that exist in many languages."""

_OTHERS = {
    "c": "https://commons.wikimedia.org/wiki/",
    "commons": "https://commons.wikimedia.org/wiki/",
    "d": "https://www.wikidata.org/wiki/",
    "wikidata": "https://www.wikidata.org/wiki/",
    "m": "https://meta.wikimedia.org/wiki/",
    "meta": "https://meta.wikimedia.org/wiki/",
    "metawiki": "https://meta.wikimedia.org/wiki/",
    "metawikimedia": "https://meta.wikimedia.org/wiki/",
    "metawikipedia": "https://meta.wikimedia.org/wiki/",
    "mw": "https://www.mediawiki.org/wiki/",
    "mediawikiwiki": "https://www.mediawiki.org/wiki/",
    "species": "https://species.wikimedia.org/wiki/",
    "wikispecies": "https://species.wikimedia.org/wiki/",
    "foundation": "https://foundation.wikimedia.org/wiki/",
    "wmf": "https://foundation.wikimedia.org/wiki/",
    "wikitech": "https://wikitech.wikimedia.org/wiki/",
    "phab": "https://phabricator.wikimedia.org/",
    "phabricator": "https://phabricator.wikimedia.org/",
    "acronym": "https://www.acronymfinder.com/",
    "arxiv": "https://arxiv.org/abs/",
    "bugzilla": "https://bugzilla.wikimedia.org/show_bug.cgi?id=",
    "doi": "https://doi.org/",
    "emacswiki": "https://www.emacswiki.org/emacs/",
    "esolang": "https://esolangs.org/wiki/",
    "foldoc": "https://foldoc.org/",
    "github": "https://github.com/",
    "google": "https://www.google.com/search?q=",
    "imdbname": "https://www.imdb.com/name/nm",
    "imdbtitle": "https://www.imdb.com/title/tt",
    "jargonfile": "http://catb.org/jargon/html/",
    "meatball": "http://meatballwiki.org/wiki/",
    "memoryalpha": "https://memory-alpha.fandom.com/wiki/",
    "oeis": "https://oeis.org/",
    "osmwiki": "https://wiki.openstreetmap.org/wiki/",
    "pmid": "https://pubmed.ncbi.nlm.nih.gov/",
    "rfc": "https://www.rfc-editor.org/rfc/rfc",
    "uncyclopedia": "https://en.uncyclopedia.co/wiki/",
    "wookieepedia": "https://starwars.fandom.com/wiki/",
    "wikihow": "https://www.wikihow.com/",
    "toollabs": "https://iw.toolforge.org/",
    "toolforge": "https://iw.toolforge.org/",
    "tvtropes": "https://tvtropes.org/pmwiki/pmwiki.php/Main/",
    "allthetropes": "https://allthetropes.org/wiki/",
}
"""Prefix -> the beginning of an address."""

_FANDOM = frozenset(["wikia", "fandom"])
_LANGUAGES = word_set(
    "aa ab af ak als am an ang ar arz as ast av ay az azb ba bar be bg bh bi bm bn bo bpy "
    "br bs bug ca ce ceb ch ckb co cr cs csb cu cv cy da de diq dsb dv dz ee el eml en eo "
    "es et eu ext fa ff fi fj fo fr frp frr fur fy ga gan gd gl glk gn got gu gv ha hak "
    "haw he hi hif hr hsb ht hu hy ia id ie ig ik ilo io is it iu ja jbo jv ka kaa kab kg "
    "ki kk kl km kn ko krc ks ksh ku kv kw ky la lad lb lbe lez lg li lij lmo ln lo lt "
    "ltg lv mai map-bms mg mhr mi min mk ml mn mr mrj ms mt mwl my myv mzn na nah nap nds "
    "nds-nl ne new nl nn no nov nrm nso nv ny oc om or os pa pag pam pap pcd pdc pfl pi "
    "pl pms pnb pnt ps pt qu rm rn ro roa-rup ru rue rw sa sah sc scn sco sd se sg sh si "
    "simple sk sl sm sn so sq sr srn ss st stq su sv sw szl ta te tet tg th ti tk tl tn "
    "to tpi tr ts tt tum tw ty tyv udm ug uk ur uz ve vec vep vi vls vo wa war wo wuu xal "
    "xh xmf yi yo za zea zh zh-classical zh-min-nan zh-yue zu"
)


class Elsewhere(NamedTuple):
    """A link that leads out of the wiki."""

    url: str
    """Empty for the same wiki in another language: its address is not known."""
    words: str
    """The name of the page there."""


def elsewhere(target: str) -> Elsewhere | None:
    """Where *target* leads, if out of the wiki. Wikipedia without a language is the English one."""
    language = "en"
    prefix, colon, page = target.lstrip(": ").partition(":")
    prefix = prefix.strip()
    if not colon or not prefix:
        return None
    # a page may be called It: Chapter Two; links to languages are typed in lower case
    if prefix in _LANGUAGES and page and not page[0].isspace():
        return Elsewhere("", page)
    prefix = prefix.lower()
    page = page.strip()
    if prefix in _WIKIMEDIA:
        first, parted, rest = page.partition(":")
        if prefix == "w" and first.lower() == "c" and parted:
            return _fandom(rest)
        if parted and first.lower() in _LANGUAGES:
            language, page = first.lower(), rest.strip()
        host = f"{language}.{_WIKIMEDIA[prefix]}.org"
        return Elsewhere(f"https://{host}/wiki/{_path(page)}", page)
    if prefix in _FANDOM:
        first, parted, rest = page.partition(":")
        return _fandom(rest if parted and first.lower() == "c" else page)
    start = _OTHERS.get(prefix)
    return Elsewhere(f"{start}{_path(page)}", page) if start else None


def _fandom(target: str) -> Elsewhere | None:
    wiki, parted, page = target.partition(":")
    name = "".join(letter for letter in wiki.lower() if letter.isalnum() or letter in "-.")
    if not name or not parted:
        return None
    return Elsewhere(f"https://{name}.fandom.com/wiki/{_path(page.strip())}", page.strip())


def _path(page: str) -> str:
    return quote(page.replace(" ", "_"), safe="/:@!$*,;~()#?=&+-._%")
