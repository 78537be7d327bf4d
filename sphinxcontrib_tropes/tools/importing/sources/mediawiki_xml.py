"""The pages of a MediaWiki dump (``Special:Export``, ``dumpBackup.php``), one after the other.

A dump may be larger than memory: of each page only the text of its last revision is kept, and of
the whole dump only names. The dump is read twice, in its order: for the names, and for the texts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from xml.parsers import expat

from ...refusal import Refusal
from .entries import MOST_BYTES

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping
    from typing import BinaryIO

__all__ = ["ANONYMOUS", "MOST_CONTRIBUTORS", "DumpPage", "Reading", "Site"]

ANONYMOUS = "anonymous"
"""Stands for all contributors without an account."""

MOST_CONTRIBUTORS = 50
"""Maximum contributors that are named of a page."""

_CHUNK = 64 * 1024
_MOST_OF_A_FIELD = 4096
_MOST_DEPTH = 50
_MOST_NAMESPACES = 1000
_MOST_OF_A_TAG = 4 * 1024 * 1024
_FIELDS = {
    ("siteinfo", "sitename"): "sitename",
    ("siteinfo", "base"): "base",
    ("siteinfo", "case"): "case",
    ("namespaces", "namespace"): "namespace",
    ("page", "title"): "title",
    ("page", "ns"): "ns",
    ("revision", "timestamp"): "timestamp",
    ("revision", "model"): "model",
    ("revision", "format"): "format",
    ("revision", "text"): "text",
    ("contributor", "username"): "username",
    ("contributor", "ip"): "ip",
}
"""An element and the one around it -> what it says."""

_CONTENT = (0, 4, 12, 14)
_FIRST_CUSTOM = 100
_KINDS = {
    2: "a page of a user",
    6: "a page about a file",
    8: "a message of the program",
    10: "a template",
    118: "a draft",
    274: "a widget",
    420: "data",
    486: "data",
    500: "a page of a user",
    502: "a comment",
    710: "a text of a video",
    828: "a module",
    1200: "a discussion",
    1202: "a message of the program",
    2000: "a discussion",
    2300: "a gadget",
    2302: "a gadget",
    2600: "a discussion",
}
"""Namespaces that hold no pages for readers. Odd ones are discussions."""

_MODELS = {
    "css": "a style sheet",
    "sanitized-css": "a style sheet",
    "javascript": "a script",
    "json": "data",
    "Scribunto": "a module",
    "GeoJSON": "data",
}


class _TooDeepError(Exception):
    """No dump is nested so deep."""


class Site(NamedTuple):
    """What a dump says about its wiki."""

    name: str = ""
    base: str = ""
    """The address of its main page."""
    namespaces: Mapping[str, int] = {}
    """Name of a namespace in this wiki, in small letters -> its number."""
    language: str = ""


class DumpPage(NamedTuple):
    """A page of a dump, with its last revision."""

    position: int
    """Which page of the dump it is, from 0, of those that are for readers."""
    title: str
    """Its full title, as ``Hilfe:Bilder``."""
    ns: int = 0
    """The number of its namespace, which means the same in all wikis up to 15."""
    namespace: str = ""
    """The name of its namespace, in the wiki's language; empty for the main one."""
    contributors: tuple[str, ...] = ()
    """All whom the dump names, in the order of their first revisions."""
    timestamp: str = ""
    """The time of its last revision, as ``2015-01-02T12:00:00Z``."""
    text: str = ""


class _Revision(NamedTuple):
    timestamp: str = ""
    model: str = ""
    format: str = ""
    parts: list[str] | None = None
    """Its text; None if the dump has none."""
    length: int = 0


class Reading:
    """One reading of a dump.

    :param file: unpacked.
    :param left_out: takes place and reason of everything that is not a page.
    """

    def __init__(self, file: BinaryIO, left_out: list[tuple[str, str]]) -> None:
        self._file = file
        self._left_out = left_out
        self._parser = parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.buffer_size = _CHUNK
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        # with this handler, and not DefaultHandlerExpand, expat expands no entity of a DTD in text
        parser.DefaultHandler = self._other
        parser.EntityDeclHandler = self._entity
        self._path: list[str] = []
        self._done: list[DumpPage] = []
        self._count = 0
        self._entities = 0
        self._site: dict[str, str] = {}
        self._namespaces: dict[int, str] = {}
        self._field = ""
        self._parts: list[str] = []
        self._length = 0
        self._key = ""
        self._new_page()

    def site(self) -> Site:
        """What the dump said about its wiki so far: all, once there is a page."""
        numbers = {name.casefold(): number for number, name in self._namespaces.items() if name}
        return Site(
            self._site.get("sitename", ""),
            self._site.get("base", ""),
            numbers,
            self._site.get("language", ""),
        )

    def pages(self) -> Generator[DumpPage]:
        """The pages for readers, with their texts.

        :raises Refusal: if it is not a dump of a MediaWiki.
        """
        fed = 0
        is_whole = False
        try:
            while chunk := self._file.read(_CHUNK):
                self._parser.Parse(chunk)
                fed += len(chunk)
                yield from self._done
                self._done.clear()
                if fed - self._parser.CurrentByteIndex > _MOST_OF_A_TAG:
                    self._broken("a tag or comment of more than 4 megabytes")
                    break
            else:
                is_whole = True
                self._parser.Parse(b"", True)
        except expat.ExpatError as error:
            yield from self._done
            if self._path and is_whole:
                self._ends_early()
            else:
                self._broken(expat.ErrorString(error.code), error.lineno)
        except EOFError:
            yield from self._done
            self._ends_early()
        except Refusal:
            raise
        except Exception as error:  # noqa: BLE001 - decompressors raise anything on bad files
            yield from self._done
            self._broken(str(error) or type(error).__name__)
        self._done.clear()
        if self._entities:
            self._left_out.append(
                (
                    "the beginning of the dump",
                    f"{self._entities} declared entities, which no dump needs: not expanded",
                )
            )

    def _ends_early(self) -> None:
        if not self._path and not self._count:
            raise Refusal("this is not a dump of a MediaWiki: the file ends at once")
        pages = "1 page" if self._count == 1 else f"{self._count} pages"
        place = f"line {self._parser.CurrentLineNumber}"
        self._left_out.append((place, f"the dump ends in the middle, after {pages}{self._rest()}"))

    def _broken(self, reason: str, line: int = 0) -> None:
        place = f"line {line or self._parser.CurrentLineNumber}"
        if not self._path and not self._count:
            raise Refusal(f"this is not a dump of a MediaWiki: {reason} ({place})")
        self._left_out.append(
            (place, f"the dump is broken, and not read from here on: {reason}{self._rest()}")
        )

    def _rest(self) -> str:
        return f"; the page {self._title!r} is not read" if self._title else ""

    def _new_page(self) -> None:
        self._title = ""
        self._ns = ""
        self._contributors: dict[str, None] = {}
        self._best: _Revision | None = None
        self._has_revision = False

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = tag.rpartition(":")[2]
        path = self._path
        if not path:
            if tag != "mediawiki":
                raise Refusal(f"this is XML, but not a dump of a MediaWiki: it begins with <{tag}>")
            self._site["language"] = attributes.get("xml:lang", "")
        if len(path) > _MOST_DEPTH:
            raise _TooDeepError(f"elements nested more than {_MOST_DEPTH} deep")
        around = path[-1] if path else ""
        path.append(tag)
        self._field = _FIELDS.get((around, tag), "")
        if self._field:
            self._parts, self._length = [], 0
            if self._field == "namespace":
                self._key = attributes.get("key", "")
            elif self._field == "text":
                self._start_text(attributes)
        elif tag == "page":
            self._new_page()
        elif tag == "revision":
            self._revision = _Revision()

    def _start_text(self, attributes: dict[str, str]) -> None:
        is_missing = "deleted" in attributes
        is_old = self._best and self._revision.timestamp < self._best.timestamp
        if is_missing or (is_old and self._revision.timestamp):
            self._field = ""
            return
        if self._best and self._revision.timestamp:
            self._best = self._best._replace(parts=None)  # one text at a time
        stated = attributes.get("bytes", "")
        is_stub = stated.isdecimal() and stated.strip("0") and "location" in attributes
        self._revision = self._revision._replace(parts=None if is_stub else self._parts)

    def _characters(self, data: str) -> None:
        if not self._field:
            return
        self._length += len(data)
        if self._length <= (MOST_BYTES if self._field == "text" else _MOST_OF_A_FIELD):
            self._parts.append(data)
        elif self._field == "text":
            self._parts.clear()

    def _other(self, data: str) -> None:
        if self._field and data[:1] == "&":
            self._characters(data)

    def _entity(self, *_: object) -> None:
        self._entities += 1

    def _end(self, _tag: str) -> None:
        tag = self._path.pop()
        field, self._field = self._field, ""
        if field:
            self._end_field(field)
        elif tag == "revision":
            self._end_revision()
        elif tag == "page":
            self._end_page()

    def _end_field(self, field: str) -> None:
        if field == "text":
            self._revision = self._revision._replace(length=self._length)
            return
        said = "".join(self._parts).strip()
        if field == "title":
            self._title = said
        elif field == "ns":
            self._ns = said
        elif field == "timestamp":
            self._revision = self._revision._replace(timestamp=said)
        elif field == "model":
            self._revision = self._revision._replace(model=said)
        elif field == "format":
            self._revision = self._revision._replace(format=said)
        elif field in ("username", "ip"):
            if said and len(self._contributors) < MOST_CONTRIBUTORS:
                self._contributors[said if field == "username" else ANONYMOUS] = None
        elif field == "namespace" and len(self._namespaces) < _MOST_NAMESPACES:
            self._namespaces[_number(self._key)] = said
        elif field != "namespace":
            self._site[field] = said

    def _end_revision(self) -> None:
        revision = self._revision
        self._has_revision = True
        if revision.parts is None and self._best and self._best.parts is not None:
            return
        if self._best is None or revision.timestamp >= self._best.timestamp:
            self._best = revision

    def _end_page(self) -> None:
        title, number = self._title, _number(self._ns)
        if not self._ns:  # dumps before 0.6 state none
            number = self._number_by_name(title.partition(":")[0])
        reason = self._reason(number)
        best = self._best
        if reason or best is None or best.parts is None:
            self._left_out.append((title or f"line {self._parser.CurrentLineNumber}", reason))
        else:
            self._done.append(
                DumpPage(
                    self._count,
                    title,
                    number,
                    self._namespaces.get(number, title.partition(":")[0] if number else ""),
                    tuple(self._contributors),
                    best.timestamp,
                    "".join(best.parts),
                )
            )
            self._count += 1
        self._new_page()

    def _number_by_name(self, name: str) -> int:
        wanted = name.strip().replace("_", " ").casefold()
        for number, known in self._namespaces.items():
            if known and known.casefold() == wanted:
                return number
        return 0

    def _reason(self, number: int) -> str:
        """The reason why the page is left out; empty if it is one for readers."""
        if not self._title:
            return "a page without a title"
        if number % 2:
            return "a discussion"
        if number in _KINDS or (number not in _CONTENT and number < _FIRST_CUSTOM):
            return _KINDS.get(number, "a page of the program")
        best = self._best
        if best is None or best.parts is None:
            return "its text is not in the dump" if self._has_revision else "it has no revision"
        if best.length > MOST_BYTES:
            return f"larger than {MOST_BYTES} bytes"
        if best.model not in ("", "wikitext"):
            return f"not wikitext: {_MODELS.get(best.model, f'its model is {best.model}')}"
        if best.format not in ("", "text/x-wiki"):
            return f"not wikitext: its format is {best.format}"
        return ""


def _number(text: str) -> int:
    try:
        return int(text[:10])
    except ValueError:
        return 0
