"""Keeps Sphinx's search index from one build to the next of an application.

Touches: ``load_indexer``, ``indexer`` and ``searchindex_filename`` of the HTML builder; ``prune``
and ``get_terms`` of its search index, replaced on the object; what the index knows of documents
(``_titles``, ``_filenames``, ``_all_titles``, ``_index_entries``, ``_mapping``, ``_title_mapping``).
Why: in each build Sphinx reads the stored index, goes through each word with all its documents
three times, and stores it again. In a large project this is a fifth of a build after a small edit.
Seen in: Sphinx 8.2 to 9.2.
Remove when: Sphinx keeps its index.
Upstream: none known.
Without it: the same index, more slowly, but for what Sphinx forgets: a loaded index keeps words
that no document has, and lacks entries of documents that are not written again.
"""

from __future__ import annotations

from bisect import bisect_left
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx.application import Sphinx

__all__ = ["KeptSearchIndex"]


class KeptSearchIndex:
    """The search index of one application, if its builder has one."""

    def __init__(self, app: Sphinx) -> None:
        self._builder: Any = app.builder
        self._kept: Any = None
        """The index of the last build that ended well."""
        self._stamp: object = None
        """What its file was then."""

    @contextmanager
    def used(self) -> Iterator[None]:
        """Inside the context, a build goes on with the index of the build before."""
        builder = self._builder
        usual = getattr(builder, "load_indexer", None)
        if usual is None:
            yield
            return
        kept, self._kept = self._kept, None

        def load(docnames: Iterable[str]) -> None:
            if kept is None or self._file() != self._stamp:
                usual(docnames)
                return
            builder.indexer = kept
            kept.prune(builder.env.all_docs.keys() - set(docnames))

        builder.load_indexer = load
        try:
            yield
        finally:
            del builder.load_indexer
        self._kept, self._stamp = builder.indexer, self._file()
        if self._kept is not None and self._kept is not kept:
            _Words(self._kept)

    def _file(self) -> object:
        try:
            found = Path(self._builder.outdir, self._builder.searchindex_filename).stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size, found.st_ino


class _Words:
    """The words of an index in the form in which it is stored, with what has changed since."""

    def __init__(self, index: Any) -> None:
        self._index = index
        self._numbers: dict[str, int] = {}
        """Document -> its number in :attr:`_stored`."""
        self._stored: tuple[dict[str, list[int] | int], ...] = ({}, {})
        self._changed: tuple[set[str], ...] = (set(), set())
        """Words that documents had that are no longer there, or are written again."""
        self._pruned: set[str] = set()
        """These documents."""
        index.prune = self.prune
        index.get_terms = self.get_terms

    @property
    def _mappings(self) -> tuple[dict[str, set[str]], ...]:
        return self._index._mapping, self._index._title_mapping  # noqa: SLF001

    def prune(self, docnames: Iterable[str]) -> None:
        """Removes all documents but these."""
        index: Any = self._index
        gone = index._titles.keys() - set(docnames)  # noqa: SLF001
        for name in ("_titles", "_filenames", "_all_titles", "_index_entries"):
            for docname in gone:
                getattr(index, name).pop(docname, None)
        self._find(gone)
        for mapping, changed in zip(self._mappings, self._changed, strict=True):
            for word in changed:
                mapping[word] -= gone
        self._pruned |= gone

    def _find(self, docnames: set[str]) -> None:
        """Notes the words that these documents have."""
        if not docnames:
            return
        for mapping, changed in zip(self._mappings, self._changed, strict=True):
            changed.update(
                word for word, having in mapping.items() if not having.isdisjoint(docnames)
            )

    def get_terms(self, fn2index: dict[str, int]) -> tuple[dict[str, list[int] | int], ...]:
        """Word -> the numbers of its documents, in texts and in titles."""
        if self._numbers == fn2index:
            self._find(self._pruned)
            for words in zip(self._mappings, self._stored, self._changed, strict=True):
                self._patch(*words)
        else:  # documents came or went: they have other numbers
            self._numbers, self._stored = fn2index, ({}, {})
            for mapping, stored in zip(self._mappings, self._stored, strict=True):
                for word, having in list(mapping.items()):
                    self._put(mapping, stored, word, self._numbers_of(having))
        self._pruned, self._changed = set(), (set(), set())
        return self._stored

    def _numbers_of(self, docnames: Iterable[str]) -> list[int]:
        numbers = self._numbers
        return sorted(numbers[name] for name in docnames if name in numbers)

    def _patch(
        self,
        mapping: dict[str, set[str]],
        stored: dict[str, list[int] | int],
        words: Iterable[str],
    ) -> None:
        """Brings words up to date that only documents that were pruned have gained or lost."""
        for word in words:
            before, having = stored.get(word, []), mapping[word]
            found = [before] if isinstance(before, int) else before
            for docname in self._pruned:
                number = self._numbers.get(docname)
                if number is None:
                    continue
                at = bisect_left(found, number)
                is_there = at < len(found) and found[at] == number
                if docname in having and not is_there:
                    found.insert(at, number)
                elif is_there and docname not in having:
                    del found[at]
            self._put(mapping, stored, word, found)

    @staticmethod
    def _put(
        mapping: dict[str, set[str]],
        stored: dict[str, list[int] | int],
        word: str,
        numbers: list[int],
    ) -> None:
        if numbers:
            stored[word] = numbers[0] if len(numbers) == 1 else numbers
            return
        stored.pop(word, None)
        if not mapping[word]:
            del mapping[word]
