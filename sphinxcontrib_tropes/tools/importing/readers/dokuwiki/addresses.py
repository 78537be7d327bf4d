"""What DokuWiki's shortcuts to other sites stand for."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

__all__ = ["interwiki", "video"]

_SITES: Final = {
    "wp": "https://en.wikipedia.org/wiki/{}",
    "wpmeta": "https://meta.wikipedia.org/wiki/{}",
    "doku": "https://www.dokuwiki.org/{}",
    "rfc": "https://tools.ietf.org/html/rfc{}",
    "man": "http://man.cx/{}",
    "amazon": "https://www.amazon.com/dp/{}",
    "amazon.de": "https://www.amazon.de/dp/{}",
    "amazon.uk": "https://www.amazon.co.uk/dp/{}",
    "phpfn": "https://secure.php.net/{}",
    "google": "https://www.google.com/search?q={}",
    "google.de": "https://www.google.de/search?q={}",
    "go": "https://www.google.com/search?q={}",
}
"""The shortcuts that each DokuWiki has."""
_LANGUAGES: Final = {"fr": "fr", "de": "de", "es": "es", "pl": "pl", "jp": "ja", "ru": "ru"}
_VIDEOS: Final = {
    "youtube": "https://www.youtube.com/watch?v={}",
    "vimeo": "https://vimeo.com/{}",
    "dailymotion": "https://www.dailymotion.com/video/{}",
}


def interwiki(site: str, name: str) -> str:
    """The address of ``[[site>name]]``; empty if the shortcut is the wiki's own."""
    site = site.lower()
    form = _SITES.get(site, "")
    if site[:2] == "wp" and site[2:] in _LANGUAGES:
        form = f"https://{_LANGUAGES[site[2:]]}.wikipedia.org/wiki/{{}}"
    page, hash_, section = name.strip().partition("#")
    return (
        form.format(quote(page.replace(" ", "_"), safe="/:(),'")) + hash_ + quote(section)
        if form
        else ""
    )


def video(site: str, name: str) -> str:
    """The address of ``{{site>name}}``; empty if it is no site of videos."""
    form = _VIDEOS.get(site.lower(), "")
    return form.format(quote(name.partition("?")[0].strip())) if form else ""
