"""The default namespaces of a wiki."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["DEFAULT_NAMESPACES", "MAIN", "META_NAMESPACES"]

MAIN = "Main"

DEFAULT_NAMESPACES: Mapping[str, str] = MappingProxyType(
    {
        MAIN: "Tropes",
        "Administrivia": "Administrivia",
        "Advertising": "Advertising",
        "Animation": "Animation",
        "Anime": "Anime",
        "Art": "Art",
        "AudioPlay": "Audio plays",
        "Blog": "Blogs",
        "Characters": "Characters",
        "ComicBook": "Comic books",
        "ComicStrip": "Comic strips",
        "Creator": "Creators",
        "Fanfic": "Fan fiction",
        "Film": "Films",
        "Franchise": "Franchises",
        "Funny": "Funny moments",
        "Headscratchers": "Headscratchers",
        "Laconic": "Laconic",
        "LightNovel": "Light novels",
        "Literature": "Literature",
        "Manga": "Manga",
        "Music": "Music",
        "Myth": "Myth",
        "Podcast": "Podcasts",
        "Quotes": "Quotes",
        "Radio": "Radio",
        "Recap": "Recaps",
        "Series": "Series",
        "TabletopGame": "Tabletop games",
        "Theatre": "Theatre",
        "Trivia": "Trivia",
        "UsefulNotes": "Useful notes",
        "VideoGame": "Video games",
        "VisualNovel": "Visual novels",
        "WMG": "Wild mass guessing",
        "Webcomic": "Webcomics",
        "WebOriginal": "Web originals",
        "WebVideo": "Web videos",
        "WesternAnimation": "Western animation",
        "YMMV": "Your mileage may vary",
    }
)
"""Namespace -> its label, in the order pages are grouped."""

META_NAMESPACES = frozenset(
    [
        "Administrivia",
        "Characters",
        "Creator",
        "Funny",
        "Headscratchers",
        "Laconic",
        "Quotes",
        "Recap",
        "Trivia",
        "UsefulNotes",
        "WMG",
        "YMMV",
    ]
)
"""Namespaces of pages that are about neither a trope nor a work."""
