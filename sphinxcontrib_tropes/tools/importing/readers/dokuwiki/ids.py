"""The ids of DokuWiki's pages and files: how links spell them, and what they mean."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["START", "candidates", "clean", "id_of_file", "media_id", "resolved"]

START = "start"
"""The name of a namespace's first page."""

_PAGES = re.compile(r"(?:^|.*?/)pages/", re.DOTALL)
_SPECIAL = re.compile(r"[\s/!-,;<=>?@\[\\\]^`{|}~\x00-\x1f\u00a0-\u00bf\u2000-\u206f_]+")
"""What DokuWiki makes one ``_`` of. Full stop, hyphen and colon stay."""
_ENDS = ":._-"
_LETTERS = str.maketrans(
    {
        "ä": "ae",
        "ö": "oe",
        "ü": "ue",
        "ß": "ss",
        "æ": "ae",
        "ø": "o",
        "œ": "oe",
        "đ": "d",
        "ð": "dh",
        "þ": "th",
        "ħ": "h",
        "ı": "i",
        "ł": "l",
        "ŧ": "t",
        "ƒ": "f",
    }
)
"""Letters as DokuWiki writes them; most others only lose their accents."""


def clean(spelling: str) -> str:
    """The id that *spelling* means: lower case, without accents, ``_`` for all that is special."""
    text = unicodedata.normalize("NFC", spelling).lower().replace(";", ":").translate(_LETTERS)
    text = _SPECIAL.sub("_", "".join(_without_accents(text)))
    return ":".join(filter(None, (part.strip("_.-") for part in text.split(":")))).strip(_ENDS)


def _without_accents(text: str) -> Iterator[str]:
    """The letters of *text*, those of Latin script without accents: others are other letters."""
    for letter in text:
        if letter < "\x80":
            yield letter
        else:
            parts = unicodedata.normalize("NFKD", letter)
            yield parts[0] if parts[0] < "\x80" else letter


def id_of_file(path: str) -> str:
    """The id of the page in the file *path*: what follows the folder ``pages``."""
    below = _PAGES.sub("", path, count=1) if _PAGES.match(path) else path
    return clean(unquote(below.removesuffix(".txt"), errors="replace").replace("/", ":"))


def resolved(target: str, here: str) -> str:
    """*target*, as a link in the page *here* spells it, from the root on; not yet clean."""
    spaces = here.split(":")[:-1]
    text = target.strip().replace("/", ":")
    if text.startswith("~"):  # below the page itself
        return ":".join([here, text[1:].lstrip(":")])
    if text.startswith(":"):
        return text
    if not text.startswith("."):
        return text if ":" in text else ":".join([*spaces, text])
    while text.startswith("."):
        if text.startswith(".."):
            text = text[2:]
            del spaces[-1:]
        else:
            text = text[1:]
        if not text.startswith(":"):
            break
        text = text.lstrip(":")
    return ":".join([*spaces, text])


def candidates(target: str, here: str) -> Iterator[str]:
    """The ids of the pages that *target* may mean in the page *here*, the likeliest first."""
    full = resolved(target, here)
    found = clean(full)
    is_namespace = full.rstrip().endswith(":") or not target.strip(".:/ ")
    if not found:
        yield START
        return
    starts = (f"{found}:{START}", f"{found}:{found.rpartition(':')[2]}")
    yield from (*starts, found) if is_namespace else (found, *starts)


def media_id(target: str, here: str) -> str:
    """The path of a file in the folder ``media``."""
    return clean(resolved(target, here)).replace(":", "/")
