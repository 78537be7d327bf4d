"""Finds the tiddlers in a file: a ``.tid`` file has one, a ``.json`` or ``.html`` file has a whole wiki."""

from __future__ import annotations

import base64
import json
import re
from html import unescape
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from ....refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

__all__ = ["WIKITEXT", "Tiddler", "fields_and_text", "is_store", "tags_in", "tiddlers"]

WIKITEXT: Final = frozenset(("", "text/vnd.tiddlywiki", "text/x-tiddlywiki"))
"""The types of tiddlers that are wikitext."""

_SUFFIXES: Final = {
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/gif": ".gif",
    "image/webp": ".webp",
    "image/svg+xml": ".svg",
    "application/pdf": ".pdf",
}
_MOST_BYTES: Final = 512 * 1024 * 1024
_FIELD: Final = re.compile(r"[ \t]*([^\s:][^:\n]*?)[ \t]*:[ \t]*(.*)")
_BLANK_LINE: Final = re.compile(r"\r?\n[ \t]*(?:\r?\n|\Z)")
_TAG: Final = re.compile(r"\[\[(.+?)\]\]|(\S+)", re.DOTALL)
_STORE: Final = re.compile(
    r"<script\b(?=[^<>]{0,400}\bclass=[\"']tiddlywiki-tiddler-store[\"'])[^<>]{0,400}>"
)
_END_OF_STORE: Final = "</script>"
_OLD_STORE: Final = re.compile(r"<div\b[^<>]{0,200}\bid=[\"']storeArea[\"'][^<>]{0,200}>")
_OLD_TIDDLER: Final = re.compile(r"<div\b((?:\s+[\w.:\-]+=\"[^\"]*\")+)\s*>\s*<pre>")
_ATTRIBUTE: Final = re.compile(r"([\w.:\-]+)=\"([^\"]*)\"")
_FIRST_FIELDS: Final = re.compile(
    rb"\[\s*\{(?:[^\[\]{}]*,)?\s*\"(?:title|text|tags|created|modified|creator)\"\s*:"
)
_ENCRYPTED: Final = re.compile(
    r"<pre\b[^<>]{0,200}\bid=[\"']encryptedStoreArea[\"'][^<>]{0,200}>\s*\{"
)


class Tiddler(NamedTuple):
    """A tiddler as its file has it."""

    title: str
    fields: Mapping[str, str]
    """All fields besides the text."""
    text: str

    @property
    def is_file(self) -> bool:
        """Whether it is a picture or another file."""
        kind = self.fields.get("type", "")
        return kind.startswith(("image/", "audio/", "video/", "font/")) or kind == "application/pdf"

    @property
    def file_name(self) -> str:
        """Its title, with a suffix that says its type."""
        suffix = _SUFFIXES.get(self.fields.get("type", ""), "")
        has_suffix = re.search(r"\.\w{2,5}\Z", self.title)
        return self.title if has_suffix else f"{self.title}{suffix}"

    def content(self) -> bytes:
        """The content of a file; empty if it is elsewhere, or can't be read."""
        if self.fields.get("type") == "image/svg+xml":
            return self.text.encode("utf-8", "replace")
        try:
            return base64.b64decode(self.text)
        except ValueError:
            return b""

    def as_tid(self) -> str:
        """The tiddler in the form of a ``.tid`` file, as the reader takes it."""
        head = (f"{name}: {' '.join(value.split())}\n" for name, value in self.fields.items())
        return f"{''.join(head)}\n{self.text}"


def is_store(head: bytes) -> bool:
    """Whether a file that begins with *head* has the tiddlers of a wiki."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start[:1] == b"[":
        return bool(_FIRST_FIELDS.match(start))
    return start[:1] == b"<" and b"tiddlywiki" in start.lower()


def tiddlers(path: Path) -> Iterator[Tiddler]:
    """The tiddlers in the file *path*, also those of the program (``$:/...``), which the reader
    leaves out.

    :raises Refusal: if there are none to read.
    """
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise Refusal(f"cannot import {path}: it is larger than {_MOST_BYTES // 1024**2} MB")
        text = path.read_bytes().decode("utf-8-sig", "replace")
    except OSError as error:
        raise Refusal(f"cannot read {path}: {error.strerror or error}") from None
    if text.lstrip()[:1] == "[":
        yield from _of_json(text, path)
    elif _ENCRYPTED.search(text):
        raise Refusal(f"cannot import {path}: it is encrypted; save it without a password first")
    elif stores := list(_STORE.finditer(text)):
        for store in stores:
            end = text.find(_END_OF_STORE, store.end())
            yield from _of_json(text[store.end() : end if end >= 0 else None], path)
    elif old := _OLD_STORE.search(text):
        yield from _of_divisions(text, old.end())
    else:
        raise Refusal(f"cannot import {path}: there are no tiddlers in it")


def _of_json(text: str, path: Path) -> Iterator[Tiddler]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Refusal(f"cannot import {path}: its tiddlers are no JSON: {error}") from None
    for fields in found if isinstance(found, list) else []:
        if isinstance(fields, dict):
            yield _tiddler(fields)


def _tiddler(fields: Mapping[str, Any]) -> Tiddler:
    texts = {str(name): _field(value) for name, value in fields.items()}
    text = texts.pop("text", "")
    return Tiddler(texts.get("title", ""), texts, text)


def _field(value: object) -> str:
    """The value of a field: a list, as some programs write it, in the form of tags."""
    if isinstance(value, list):
        return " ".join(f"[[{one}]]" for one in value)
    return value if isinstance(value, str) else json.dumps(value)


def _of_divisions(text: str, at: int) -> Iterator[Tiddler]:
    """The tiddlers of a wiki from before 5.2, and of TiddlyWiki Classic."""
    while found := _OLD_TIDDLER.search(text, at):
        end = text.find("</pre>", found.end())
        end = len(text) if end < 0 else end
        fields = {name: unescape(value) for name, value in _ATTRIBUTE.findall(found[1])}
        if "title" in fields:
            yield Tiddler(fields["title"], fields, unescape(text[found.end() : end]))
        at = end


def fields_and_text(source: str) -> tuple[Mapping[str, str], str]:
    """The fields of a ``.tid`` file, and its text."""
    source = source.lstrip("\ufeff")
    end = _BLANK_LINE.search(source)
    head, text = (source[: end.start()], source[end.end() :]) if end else (source, "")
    fields: dict[str, str] = {}
    for line in head.splitlines():
        if found := _FIELD.match(line):
            fields.setdefault(found[1], found[2].strip())
    return (fields, text) if fields else ({}, source)


def tags_in(value: str) -> Iterable[str]:
    """The titles in *value*: parted by blanks, in brackets if they have some."""
    return tuple(dict.fromkeys((long or short).strip() for long, short in _TAG.findall(value)))
