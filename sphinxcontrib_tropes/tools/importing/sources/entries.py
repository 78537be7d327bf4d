"""What in a source is a page: by its name, its suffix and its first bytes."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple, Protocol

from ..pmwiki import is_pmwiki
from ..readers import readers

if TYPE_CHECKING:
    from pathlib import Path

    from ..readers import Head

__all__ = [
    "HEAD",
    "JOURNAL",
    "MOST_BYTES",
    "TROPE_SUFFIXES",
    "Credit",
    "Entry",
    "Origin",
    "Source",
    "Unreadable",
    "classified",
    "is_media",
    "numbered",
    "reason_of",
    "unwanted_folder",
    "within_bounds",
]

MOST_BYTES = 16 * 1024 * 1024
"""Maximum bytes of a page: an entry may unpack to a thousand times its size."""

JOURNAL = ".sphinx-tropes-import"
"""The file by which a folder is known as the project that an import made."""

HEAD = 4096
"""The first bytes of a file, by which its kind is told."""

TROPE_SUFFIXES = (".trope", ".txt", ".text", ".wiki", ".pmwiki", ".tmd")
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif", ".bmp")
_SOUNDS = (".mp3", ".ogg", ".oga", ".opus", ".flac", ".wav", ".m4a")
_MEDIA_SUFFIXES = frozenset([*_PICTURES, *_SOUNDS, ".mp4", ".webm", ".ogv", ".mov", ".pdf"])
_GENERATED_FOLDERS = frozenset(
    ["__pycache__", "_build", "_sources", "_static", "node_modules", "site-packages", "venv"]
)
"""Folders that programs generate: builds, and installed packages."""


class Unreadable(Exception):  # noqa: N818 - it goes into the report
    """The reason why an entry can't be imported."""


class Entry(NamedTuple):
    """One page in a source."""

    place: str
    """Its place, for people: a path, or a line number."""
    group: str
    """The group, in the spelling of the source; empty if there is none."""
    name: str
    """The name, as spelled in the source."""
    form: str
    """What its text is: ``trope``, ``pmwiki``, or the name of a reader."""
    position: int = 0
    """Where to read the entry: the offset of a line, or its number in the source."""
    key: str = ""
    """What links name it by, for a reader."""
    head: Head | None = None
    """What its reader says of it. A source may know it already."""
    may_have_group: bool = True
    """Whether the name may begin with a group and a separator."""

    @property
    def is_pmwiki(self) -> bool:
        """Whether it is a page file of PmWiki."""
        return self.form == "pmwiki"


class Credit(NamedTuple):
    """Whom a page is from."""

    authors: tuple[str, ...] = ()
    """In the order of their first changes; some may be missing."""
    changed: str = ""
    """The date of its last change, as ``2015-01-02``."""
    address: str = ""
    """Where it was published."""


class Origin(NamedTuple):
    """Where a wiki is from, as its source says."""

    title: str = ""
    address: str = ""
    namespaces: tuple[str, ...] = ()
    """Namespaces that pages may link to, though none of its pages is in them."""


class Source(Protocol):
    """A source of pages."""

    origin: Origin

    left_out: list[tuple[str, str]]
    """Place and reason of everything that is not a page, once :meth:`entries` has run."""
    media: list[str]
    """The paths of pictures and other files that pages may show, once :meth:`entries` has run."""

    def entries(self, form: str | None) -> list[Entry]:
        """The pages, always in the same order.

        :param form: what all texts are; None: what each seems to be.
        """

    def read(self, entry: Entry) -> bytes:
        """The bytes of an entry. Faster if entries are read in order.

        :raises Unreadable: if the entry can't be read.
        """

    def credit(self, entry: Entry) -> Credit:
        """Whom the entry that was read last is from."""

    def copy(self, path: str, destination: Path) -> None:
        """Copies one of :attr:`media` to a file.

        :raises Unreadable: if it can't be read.
        :raises OSError: if the file can't be written.
        """


def classified(path: str, folder: str, head: bytes, form: str | None) -> Entry | str:
    """The page in the file *path*; or the reason why there is none.

    :param folder: the common start of all paths.
    :param head: its first bytes.
    :param form: as for :meth:`Source.entries`.
    """
    file = PurePosixPath(path)
    if is_pmwiki(head):
        if "," in file.name:
            return "a deleted page, or a backup"
        group, _, name = file.name.rpartition(".")
        return Entry(path, group.rpartition(".")[2], name, "pmwiki", may_have_group=False)
    if file.name.startswith("."):
        return "a hidden file"
    below = path.removeprefix(folder)
    found = _form_of(below, head, form)
    if found is None:
        return f"not a page, by its suffix {file.suffix}"
    if not found.is_binary and b"\0" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "not a text file"
    stem = file.name[: len(file.name) - len(found.suffix)]
    if not stem.strip(". "):
        return "it has no name"
    if found.name == "trope":
        parent = below.rpartition("/")[0].rpartition("/")[2]
        return Entry(path, parent, stem, "trope")
    key = readers()[found.name].key(below)
    return Entry(path, "", stem, found.name, key=key, may_have_group=False)


class _Form(NamedTuple):
    name: str
    suffix: str
    is_binary: bool = False


def _form_of(path: str, head: bytes, form: str | None) -> _Form | None:
    """What the text in the file *path* is, and the suffix to leave out of its name."""
    name = path.lower().rpartition("/")[2]
    own = next((suffix for suffix in TROPE_SUFFIXES if name.endswith(suffix)), None)
    if own is None and "." not in name:
        own = ""
    for reader in readers().values():
        if form not in (None, reader.name):
            continue
        suffix = next((suffix for suffix in reader.suffixes if name.endswith(suffix)), None)
        if suffix is None and own is not None:
            is_asked = form == reader.name
            suffix = own if is_asked or reader.recognises(path, head) else None
        if suffix is not None:
            return _Form(reader.name, suffix, getattr(reader, "is_binary", False))
    is_own = own is not None and form in (None, "trope", "pmwiki")
    return _Form("trope", own or "") if is_own else None


def is_media(path: str) -> bool:
    """Whether the file *path* is one that pages may show."""
    return PurePosixPath(path.lower()).suffix in _MEDIA_SUFFIXES


def unwanted_folder(name: str) -> str:
    """The reason why a folder with that *name* contains no pages; empty if it may."""
    if name.startswith("."):
        return "a hidden folder"
    return "a generated folder" if name in _GENERATED_FOLDERS else ""


def reason_of(error: Exception) -> str:
    """The reason of an error, for people."""
    reason = error.strerror if isinstance(error, OSError) else ""
    return reason or str(error) or type(error).__name__


def numbered(place: str, count: int) -> str:
    """The place of one of several entries that have the same one, such as ``A.txt (2)``."""
    return place if count == 1 else f"{place} ({count})"


def within_bounds(data: bytes) -> bytes:
    """*data*.

    :raises Unreadable: if it is too large for a page.
    """
    if len(data) > MOST_BYTES:
        raise Unreadable(f"larger than {MOST_BYTES} bytes")
    return data
