"""What reads the pages of one kind of wiki: one module for each, and the plugins of users."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, NamedTuple, Protocol

from ...refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from ..remarks import Remarks
    from ..tree import Document

__all__ = ["GROUP", "Head", "Page", "Reader", "Unwanted", "head_of", "readers"]

GROUP = "sphinxcontrib_tropes.readers"
"""The group of entry points that add readers: each names an object that is a :class:`Reader`."""

_MODULES: tuple[str, ...] = ("dokuwiki", "markdown", "mediawiki", "org", "pandoc", "tiddlywiki")
"""The modules of this package that have a reader, as ``READER``, or several, as ``READERS``. They
import the libraries that they need when they read: these are extras.
"""


class Head(NamedTuple):
    """What the rest of the wiki must know of a page, without its text."""

    name: str
    """The words of its name, without its group."""
    group: str = ""
    """Its namespace, as the source spells it; empty for the main one."""
    title: str = ""
    """Its title, where it is other than the name."""
    aliases: tuple[str, ...] = ()
    """Other names that links may use."""
    keys: tuple[str, ...] = ()
    """What links may name it by, besides its key: an id, a permalink."""
    redirect: str = ""
    """The page that it only leads to, as the source spells it; empty if it is no redirect."""


class Page(NamedTuple):
    """What a reader is given besides the text of a page."""

    key: str
    """What links name the page by."""
    remarks: Remarks
    """Takes what is left out or changed."""
    rules: Mapping[str, str]
    """The user's rules: the name of a template, in lower case -> trope markup with ``$1``."""
    is_page: Callable[[str], bool] = bool
    """Whether a target, as the source spells it, is a page of the source: for markup that links a
    word only if it is one.
    """


class Reader(Protocol):
    """Reads the pages of one kind of wiki. Must be the same in every process.

    It may also have:

    - ``is_binary``: true where its files are no text. As text it gets their bytes, as Latin-1.
    - ``has_slashes_in_names``: true where a slash in a link is part of the page's name.
    - ``missing()``: what must be installed before it can read, as a sentence; empty if nothing.
    """

    name: str
    """Its name, for ``--markup``."""
    suffixes: tuple[str, ...]
    """The suffixes of the files that it reads, such as ``.md``."""

    def recognises(self, path: str, head: bytes) -> bool:
        """Whether a file whose suffix says nothing (``.txt``) is one of its pages.

        :param path: relative to the source, with slashes.
        :param head: its first 4096 bytes.
        """

    def key(self, path: str) -> str:
        """What links name the page in the file *path* by."""

    def head(self, key: str, text: str) -> Head:
        """The head of a page; reads no more of *text* than it must.

        :raises Unwanted: if the page is not for readers.
        """

    def keys(self, target: str, here: str) -> Iterable[str]:
        """The keys that a link may mean, the likeliest first, each folded by :meth:`folded`.

        :param target: as the source spells it, without a section.
        :param here: the key of the page that links.
        """

    def folded(self, key: str) -> str:
        """*key* in the one form that all its spellings share."""

    def media(self, target: str, here: str) -> Iterable[str]:
        """The paths that a picture or file may have in the source, the likeliest first.

        :param target: as the source spells it.
        :param here: the key of the page.
        """

    def words(self, text: str) -> Iterable[str]:
        """*text* without markup that readers never see (options, addresses, templates), for the share
        of words that an import keeps.
        """

    def read(self, text: str, page: Page) -> Document:
        """The page with that *text*."""


class Unwanted(Exception):  # noqa: N818 - it goes into the report
    """The reason why a page is left out."""


def head_of(reader: Reader, key: str, name: str, text: str) -> Head:
    """The head of a page. If the reader fails on it, its name: one page must not end the import of
    thousands.

    :raises Unwanted: if the page is not for readers.
    """
    try:
        return reader.head(key, text)
    except Unwanted:
        raise
    except Exception:  # noqa: BLE001 - any bug of a reader, which may be a plugin's
        return Head(name)


@cache
def readers() -> Mapping[str, Reader]:
    """Name -> reader: those of this package, and those of plugins.

    :raises Refusal: if a plugin can't be loaded, or has the name of another reader.
    """
    found: dict[str, Reader] = {}
    for module in _MODULES:
        own = import_module(f".{module}", __name__)
        several: Iterable[Reader] = getattr(own, "READERS", None) or (own.READER,)
        found |= {reader.name: reader for reader in several}
    for entry_point in entry_points(group=GROUP):
        try:
            plugin: Reader = entry_point.load()
        except Exception as error:  # a plugin may raise anything
            raise Refusal(f"the reader {entry_point.name!r} can't be loaded: {error}") from error
        if plugin.name in found:
            raise Refusal(f"the reader {entry_point.name!r} has the name of another: {plugin.name}")
        found[plugin.name] = plugin
    return found
