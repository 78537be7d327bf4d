"""All texts of an open wiki, for changes of many files: unsaved ones as they are in the editor."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from ...names import key_of
from ..editing.occurrences import Occurrence
from ..editing.rename_links import irregular_ones, respelled, with_links_renamed
from ..editing.source_files import Sources, letters_of, sources_of, text_of
from ..refusal import Refusal
from .positions import Positions
from .reading import section_of, shape_and_targets

if TYPE_CHECKING:
    from docutils import nodes

    from ...names import PageName
    from ..editing.page_references import Snapshots
    from ..editing.spellings import Spellings
    from .open_wiki import OpenWiki

__all__ = ["OpenSources", "open_sources", "rename_links_of"]


class _Texts(Mapping[str, str]):
    """Path -> text; files are read when they are needed."""

    def __init__(self, wiki: OpenWiki, changed: Mapping[str, str] | None = None) -> None:
        self._wiki = wiki
        self._paths = dict.fromkeys(wiki.paths)
        self._read: dict[str, str] = dict(changed or {})
        self.changed = frozenset(self._read)
        """The paths of texts that are neither in the editor nor on the disk."""

    def __getitem__(self, path: str) -> str:
        if path not in self._paths:
            raise KeyError(path)
        buffer = self._wiki.buffers.get(path)
        if buffer is not None and path not in self.changed:
            return buffer.text
        if path not in self._read:
            try:
                self._read[path] = text_of((self._wiki.root / path).read_bytes())
            except OSError as error:
                raise Refusal(f"cannot read {path}: {error.strerror}") from None
        return self._read[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)


class OpenSources(Sources):
    """The sources of an open wiki. The facts tell which of them name a page."""

    __slots__ = ()

    def with_changed(self, texts: Mapping[str, str]) -> OpenSources:
        """The same, with some texts changed."""
        assert isinstance(self.texts, _Texts)
        return self._replace(texts=_Texts(self.texts._wiki, texts), letters={})  # noqa: SLF001

    def is_changed(self, path: str) -> bool:
        """Whether the text of *path* was changed by :meth:`with_changed`."""
        return isinstance(self.texts, _Texts) and path in self.texts.changed

    def naming(self, name: PageName) -> Iterator[str]:
        """Paths of the files that name the page; of those in other markup than trope markup, also those
        that only may.
        """
        texts = self.texts
        assert isinstance(texts, _Texts)
        wiki = texts._wiki  # noqa: SLF001 - of this module
        found = _documents_naming(wiki, name.key)
        letters = name.key.partition("/")[2]
        for path in texts:
            if wiki.configuration.docname(path) in found or (
                self.kind(path) != "trope" and letters in letters_of(texts[path])
            ):
                yield path


def _documents_naming(wiki: OpenWiki, key: str) -> set[str]:
    found = set(wiki.wiki.sources(key)) | set(wiki.wiki.sources(wiki.resolve_key(key)))
    for docname, facts in wiki.wiki.documents.items():
        names = (name for page in facts.pages for name in (page.name, *page.aliases))
        if any(key_of(name) == key for name in names) or any(
            naming.target and key_of(naming.target) == key for naming in facts.namings
        ):
            found.add(docname)
    return found


def rename_links_of(wiki: OpenWiki) -> Callable[..., tuple[str, int, list[tuple[int, str]]]]:
    """What renames the links in one file: at the places that the wiki knows, if the text then says the
    same of another page; else as without an open wiki, which takes many readings.
    """

    def rename_links(
        sources: Sources, path: str, old: PageName, spellings: Spellings, snapshots: Snapshots
    ) -> tuple[str, int, list[tuple[int, str]]]:
        text = sources.texts[path]
        is_changed = isinstance(sources, OpenSources) and sources.is_changed(path)
        occurrences = _known_occurrences(wiki, path, text, old.key)
        if occurrences is not None and not occurrences:
            return text, 0, []
        if occurrences and not is_changed:  # otherwise they are places in the text before
            new = respelled(text, occurrences, spellings)
            if _says_the_same(wiki, path, new, old, spellings.new):
                return new, len(occurrences), irregular_ones(text, occurrences, spellings)
        return with_links_renamed(sources, path, old, spellings, snapshots)

    return rename_links


def _known_occurrences(wiki: OpenWiki, path: str, text: str, key: str) -> list[Occurrence] | None:
    """Where *text* names a page; None if that is not known for sure."""
    docname = wiki.configuration.docname(path)
    facts = wiki.wiki.documents.get(docname)
    if facts is None or wiki.configuration.kind(path) != "trope" or not wiki.shape(path):
        return None
    names = [page.name for page in facts.pages]
    if any(key_of(name) == key for name in names) or any(
        naming.target and naming.how != "redirect" and key_of(naming.target) == key
        for naming in facts.namings
    ):
        return None
    links = [at for at, target in enumerate(facts.pointers.targets) if key_of(target) == key]
    if not links:
        return []
    positions = Positions(text, wiki.encoding)
    found = []
    for columns in wiki.columns(path, links):
        if columns is None or columns.end <= columns.start or not columns.context:
            return None
        start, end = positions.offsets(columns.range)
        found.append(Occurrence(start, end, columns.context))
    return sorted(found)


def _says_the_same(wiki: OpenWiki, path: str, text: str, old: PageName, new: PageName) -> bool:
    """Whether only links to *old* have become links to *new* in *text*."""
    facts = wiki.wiki.documents[wiki.configuration.docname(path)]
    shape, targets = shape_and_targets(section_of(path, text, wiki.configuration))
    if shape != wiki.shape(path):
        return False
    before = Counter(
        new.key if (key := key_of(target)) == old.key else key for target in facts.pointers.targets
    )
    return before == Counter(map(key_of, targets))


@contextmanager
def open_sources(wiki: OpenWiki) -> Iterator[OpenSources]:
    """The sources of an open wiki. Sphinx is started when the first text in other markup than trope
    markup is read.
    """
    configuration = wiki.configuration
    with ExitStack() as stack:
        project: list[Sources] = []

        def read(path: str, text: str) -> nodes.document:
            if not wiki.may_run:
                raise Refusal(
                    f"{path} may name the page. Reading it takes Sphinx, which runs conf.py: trust "
                    "this folder first, or use sphinx-tropes rename"
                )
            if not project:
                from ..project import open_project  # slow to import, and seldom needed

                # other wikis are not renamed, so they need not be fetched
                options: dict[str, object] = {"tropes_federation": {}}
                app = stack.enter_context(open_project(wiki.root, overrides=options))
                project.append(sources_of(app))
            if path not in project[0].texts:
                raise Refusal(f"{path} is not saved yet: save it first")
            return project[0].read(path, text)

        yield OpenSources(_Texts(wiki), configuration.kinds, configuration.settings, read, {})
