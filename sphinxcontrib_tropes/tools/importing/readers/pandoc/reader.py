"""The readers of all that Pandoc reads: a row of a table for each."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from unicodedata import normalize
from urllib.parse import unquote

from ...tree import CodeBlock, Document
from .. import Head, Unwanted
from .blocks import Blocks
from .process import Unparsed, find_pandoc, running

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .. import Page
    from .process import Parsed

__all__ = ["READERS", "PandocReader"]

_SPACE: Final = re.compile(r"[\s_]+")
_ADDRESS: Final = re.compile(r"[a-zA-Z][a-zA-Z0-9+.\-]+:(?!:)|//")
_UNSEEN: Final = re.compile(r"<[^<>\n]{0,400}>|[a-z]{2,10}://\S+|%META:[^\n]*")
_NEVER: Final = re.compile(r"\Z.")


@dataclass(frozen=True)
class PandocReader:
    """Reads one kind of markup, through Pandoc."""

    name: str
    suffixes: tuple[str, ...]
    format: str
    """What Pandoc calls it."""
    is_binary: bool = False
    """Whether its files are no text: their bytes are then given as Latin-1."""
    has_urls: bool = False
    """Whether links to pages are spelled as in addresses: ``a%20b.html``."""
    title: re.Pattern[str] = field(default=_NEVER)
    """Finds the title of a page, in its first group."""
    mark: bytes = b""
    """What files with the suffix ``.txt`` begin with."""
    unseen: re.Pattern[str] = field(default=_UNSEEN)
    """What is no text for readers."""

    def recognises(self, path: str, head: bytes) -> bool:
        """Whether *head* begins with the mark of this markup."""
        return bool(self.mark) and head.lstrip(b"\xef\xbb\xbf \r\n").startswith(self.mark)

    def missing(self) -> str:
        """Pandoc, if it is not there."""
        install = "pip install 'sphinxcontrib-tropes[import-pandoc]'"
        return "" if find_pandoc() else f"{self.name} needs Pandoc: {install}"

    def key(self, path: str) -> str:
        """The path without suffix."""
        return posixpath.splitext(path)[0]

    def head(self, key: str, text: str) -> Head:
        """The name is that of the file; the title stands in the text."""
        name = _SPACE.sub(" ", posixpath.basename(key)).strip()
        found = None if self.is_binary else self.title.search(text)
        title = " ".join(found[1].split()) if found else ""
        if not title or self.folded(title) == self.folded(name):
            return Head(title or name)
        return Head(name, title=title)

    def keys(self, target: str, here: str) -> Iterator[str]:
        """Beside the page, from the root on, or by its name alone."""
        stem = target.strip().replace("\\", "/")
        for suffix in self.suffixes:
            stem = stem.removesuffix(suffix)
        beside = posixpath.normpath(posixpath.join(posixpath.dirname(here), stem))
        for key in dict.fromkeys((beside, stem.strip("/"), posixpath.basename(stem))):
            yield self.folded(key)

    def folded(self, key: str) -> str:
        """*key* in lower case, with one blank for each run of blanks and ``_``."""
        return _SPACE.sub(" ", normalize("NFC", key)).strip().casefold()

    def media(self, target: str, here: str) -> Iterable[str]:
        """Beside the page, or from the root on."""
        path = unquote(target) if self.has_urls else target
        folder = posixpath.dirname(here)
        paths = (
            posixpath.normpath(posixpath.join(folder, path)),
            path.lstrip("/"),
            posixpath.basename(path),
        )
        return [path for path in dict.fromkeys(paths) if not path.startswith("..")]

    def words(self, text: str) -> Iterable[str]:
        """The words of *text*, without tags and addresses; none if it is no text."""
        return () if self.is_binary else self.unseen.sub(" ", text).split()

    def spelled(self, target: str) -> tuple[str, str]:
        """The page that *target* leads to, or its address, and the section."""
        name, _, section = target.partition("#")
        if self.has_urls and not _ADDRESS.match(name):
            return unquote(name), unquote(section)
        return name, section

    def prepared(self, text: str, page: Page) -> str:
        """*text* as Pandoc gets it."""
        return text

    def read(self, text: str, page: Page) -> Document:
        """The page; as typed if Pandoc can't read it.

        :raises Refusal: if there is no Pandoc.
        """
        pandoc = running(f"{page.key}{self.suffixes[0]}")
        source = text.encode("latin-1") if self.is_binary else self.prepared(text, page)
        try:
            return self.document(pandoc.read(source, self.format), text, page)
        except Unparsed as reason:
            page.remarks.not_read(str(reason), page.key)
            return Document(() if self.is_binary else (CodeBlock(text),))

    def document(self, parsed: Parsed, text: str, page: Page) -> Document:
        """The page that Pandoc read from *text*."""
        blocks = Blocks(parsed.document, page.remarks, self.spelled, self.suffixes)
        found = blocks.read()
        return Document(found, title=blocks.title(), files=parsed.files)


_OF_WEBS: Final = re.compile(
    r"Web(?:Preferences|Changes|Index|Rss|Atom|RssBase|AtomBase|Search|SearchAdvanced|Statistics|TopicList"
    r"|Notify|LeftBar|TopBar|CreateNewTopic|TopicCreator)\Z"
)
_META: Final = re.compile(r"^%META:[^\n]*(?:\n|\Z)", re.MULTILINE)


@dataclass(frozen=True)
class _TWiki(PandocReader):
    """TWiki and Foswiki, whose targets have the web before a full stop."""

    def head(self, key: str, text: str) -> Head:
        """The web is the group.

        :raises Unwanted: if each web has that page.
        """
        folder, name = posixpath.split(key)
        if _OF_WEBS.match(name):
            raise Unwanted("part of TWiki")
        return super().head(key, text)._replace(group=posixpath.basename(folder))

    def keys(self, target: str, here: str) -> Iterator[str]:
        yield from super().keys(target, here)
        yield from super().keys(target.replace(".", "/").replace(" ", ""), here)
        yield from super().keys(f"../{target.replace('.', '/')}", here)

    def prepared(self, text: str, page: Page) -> str:
        return _META.sub("", text)


READERS: Final[tuple[PandocReader, ...]] = (
    PandocReader("creole", (".creole",), "creole"),
    PandocReader(
        "vimwiki",
        (".vimwiki",),
        "vimwiki",
        title=re.compile(r"^%title[ \t]+([^\n]+)", re.MULTILINE),
    ),
    _TWiki("twiki", (".twiki",), "twiki", mark=b"%META:TOPICINFO{"),
    PandocReader("tikiwiki", (".tiki", ".tikiwiki"), "tikiwiki"),
    PandocReader("textile", (".textile",), "textile", has_urls=True),
    PandocReader("muse", (".muse",), "muse", title=re.compile(r"\A\s*#title[ \t]+([^\n]+)")),
    PandocReader(
        "html",
        (".html", ".htm", ".xhtml"),
        "html",
        has_urls=True,
        title=re.compile(r"<title>([^<]*)</title>", re.IGNORECASE),
        unseen=re.compile(
            r"<(style|script)\b[^<>]{0,400}>[^<]{0,50000}+(?:<(?!/\1)[^<]{0,50000}+){0,200}+</\1>"
            r"|<!--(?:[^\-]|-(?!->)){0,5000}+-->|<[^<>]{0,4000}>|https?://\S+",
            re.IGNORECASE,
        ),
    ),
    PandocReader("docx", (".docx",), "docx", is_binary=True, has_urls=True),
    PandocReader("odt", (".odt",), "odt", is_binary=True, has_urls=True),
    PandocReader("epub", (".epub",), "epub", is_binary=True, has_urls=True),
)
