"""The source files of a project, and their doctrees."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from docutils import nodes

from ...markup import MarkupSettings
from ...markup.page import page_section
from ...markup.parser import page_name_of_file
from ...markup.spans import read_with_spans
from ...names import decoded as without_entities
from ...names import normalized
from ...reading.encoding import decoded, is_plain
from ...reading.settings import markup_settings
from ..refusal import Refusal

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from ...markup.spans import NamedPage
    from ...names import PageName

__all__ = ["Sources", "letters_of", "sources_of", "text_of"]

_ALIAS = re.compile(r"\(:alias", re.IGNORECASE)


class Sources(NamedTuple):
    """The source files of a project, and their doctrees."""

    texts: Mapping[str, str]
    """Path relative to the source folder -> text as it is on disk. Bytes that are not UTF-8 are
    lone surrogates; a text in UTF-16 ends with one.
    """
    kinds: Mapping[str, str]
    """Suffix -> ``trope``, ``rst`` or ``markdown``."""
    settings: MarkupSettings
    read: Callable[[str, str], nodes.document]
    """Path and text -> doctree, for markup other than trope markup."""
    letters: dict[str, tuple[str, str]] | None = None
    """Path -> text and its letters: a cache, because a rename needs them many times."""

    def kind(self, path: str) -> str:
        """The markup of the file *path*, as in :attr:`kinds`; empty if it has none of these."""
        return next((kind for end, kind in self.kinds.items() if path.endswith(end)), "")

    def doctree(self, path: str, text: str) -> nodes.Node:
        """The doctree of *text*, taken as the content of *path*."""
        if self.kind(path) != "trope":
            return self.read(path, text)
        name = page_name_of_file(path, self.settings.namespaces)
        return page_section(text, name, self.settings, lambda line, sentence: None)

    def doctree_and_names(self, path: str, text: str) -> tuple[nodes.Node, Sequence[NamedPage]]:
        """The same, and where it names pages, if it is trope markup."""
        if self.kind(path) != "trope":
            return self.read(path, text), ()
        read = read_with_spans(
            text, page_name_of_file(path, self.settings.namespaces), self.settings
        )
        return read.section, read.names

    def may_define(self, path: str, name: PageName) -> bool:
        """Whether the file *path* may define the page *name*, or an alias of that name."""
        text = self.texts[path]
        if self.kind(path) != "trope":
            return "trope" in text
        file = page_name_of_file(path, self.settings.namespaces)
        is_named = file.key.partition("/")[2] == name.key.partition("/")[2]
        return is_named or _ALIAS.search(text) is not None

    def naming(self, name: PageName) -> Iterator[str]:
        """Paths of the files that may name the page. They contain its letters in order, with any
        other characters in between.
        """
        letters = name.key.partition("/")[2]
        for path in self.texts:
            if letters in letters_of(PurePosixPath(path).name) or letters in self._letters(path):
                yield path

    def _letters(self, path: str) -> str:
        text = self.texts[path]
        if self.letters is None:
            return _letters_of_names(text)
        known = self.letters.get(path)
        if known is None or known[0] is not text:
            known = self.letters[path] = text, _letters_of_names(text)
        return known[1]


def letters_of(text: str) -> str:
    """The letters and digits of *text*, as in the key of a page. Takes a few nanoseconds per
    letter; a cache would keep all texts of the project.
    """
    if text.isascii():
        return text.lower().encode().translate(None, _NON_LETTERS).decode()
    folded = normalized(normalized(text).casefold())
    others = (ord(c) for c in set(folded) if not (c.isalnum() or unicodedata.category(c)[0] == "M"))
    return folded.translate(dict.fromkeys(others))


def _letters_of_names(text: str) -> str:
    """The letters of *text* as typed, then of what its entities, if any, stand for."""
    plain = without_entities(text)
    return letters_of(text) if plain == text else f"{letters_of(text)}\n{letters_of(plain)}"


_NON_LETTERS = bytes(n for n in range(128) if not chr(n).isalnum())


def text_of(raw: bytes) -> str:
    """The text of a file, as :attr:`Sources.texts` has it."""
    if is_plain(raw):
        return raw.decode()
    found = decoded(raw)
    if found.encoding.startswith(("utf-16", "utf-32")):
        return f"{found.text}\udcff"  # readable, and marked as not UTF-8
    return raw.decode("utf-8", "surrogateescape")


def sources_of(app: Sphinx) -> Sources:
    """The source files of the project of *app*.

    :raises Refusal: if a file can't be read.
    """
    app.env.find_files(app.config, app.builder)
    paths = {}
    for docname in sorted(app.env.found_docs):
        path = Path(app.env.doc2path(docname))
        paths[path.relative_to(app.srcdir).as_posix()] = path
    try:
        texts = {name: text_of(path.read_bytes()) for name, path in paths.items()}
    except OSError as error:
        raise Refusal(f"cannot read {error.filename}: {error.strerror}") from None
    aliases = {"restructuredtext": "rst"}
    kinds = {
        suffix: aliases.get(kind or "restructuredtext", kind or "")
        for suffix, kind in app.config.source_suffix.items()
    }
    override: dict[str, str] = {}

    def replace(app: Sphinx, docname: str, content: list[str]) -> None:
        if docname in override:
            content[0] = override[docname]

    # env.get_doctree() caches the first one
    def capture(app: Sphinx, doctree: nodes.document) -> None:
        captured[:] = [doctree]

    captured: list[nodes.document] = []
    app.connect("source-read", replace, priority=0)
    app.connect("doctree-read", capture, priority=1000)

    def read(path: str, text: str) -> nodes.document:
        docname = app.env.path2doc(app.srcdir / path)
        assert docname is not None
        override[docname] = text.removeprefix("\ufeff").replace("\r\n", "\n")
        app.env.clear_doc(docname)
        app.builder.read_doc(docname)
        return captured[0]

    return Sources(texts, kinds, markup_settings(app.config), read, {})
