"""Which pages of an output directory are out of date, and which are obsolete.

Sphinx writes a page again when its source changes. It must also be written again when its view
changes. So a state file in the output directory stores the digest of each page's view, but only
once the page's file is really written. Whatever happened before (an interrupted build, a build of a
single file, another builder on the same doctrees), the next build finds what is missing.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..builders import abilities
from ..data.emitters import Emitted
from ..internals.sphinx.output_files import modified, newest_template, output_path
from ..pages.site_map import STATE_FILE
from ..stored_files import delete, reported, write_whole
from .output_files import own_pages, page_files
from .stored_state import read_state

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from collections.abc import Set as AbstractSet

    from sphinx.builders import Builder

    from ..data.emitters import Emitter

__all__ = ["OutputState"]


class OutputState:
    """The state of the output directory in one build.

    :param settings_digest: digest of what all pages depend on besides the wiki.
    """

    def __init__(self, builder: Builder, settings_digest: str) -> None:
        self._builder = builder
        self._path = Path(builder.outdir, STATE_FILE)
        self.is_kept = abilities(builder).keeps_state
        """Whether a state is kept: the builder does not write every page in each build."""
        self.settings_digest = settings_digest
        self._written: dict[str, str] = {}
        """Docname -> digest of the view that its page was last written from."""
        self._digests: dict[str, str] = {}
        self._modified_before: dict[str, int] = {}
        self._input_digest = ""
        self._complete_for = ""
        """Input digest of the wiki that every page was written from; empty if any was not."""
        self._unknown_pages: list[Path] | None = None
        """Generated pages found in the output directory if there is no state; else None."""
        self._is_refused = False
        """Whether the state file can't be written: this is reported only once."""
        self.problems: list[list[Any]] = []
        """Problems of the wiki: reported in every build until something changes."""
        self._emitted: dict[str, Emitted] = {}
        self._lacks_files = False
        """Whether data files can't be written: the next build then tries again."""
        if self.is_kept:
            self._load()

    def _load(self) -> None:
        state = read_state(self._path)
        if state is None:
            self._unknown_pages = own_pages(self._builder)
            return
        is_same = state["settings"] == self.settings_digest
        # Pages written with other settings have no valid digest, but they do exist.
        self._written = state["written"] if is_same else dict.fromkeys(state["written"], "")
        for name, (place, stored) in state["emitted"].items():
            self._emitted[name] = Emitted(place, stored if is_same else None)
        if is_same:
            self.problems, self._complete_for = state["problems"], state["complete_for"]

    def is_complete(self, input_digest: str) -> bool:
        """Whether every page was written from the wiki with this digest, so no view is needed."""
        return self.is_kept and self._complete_for == input_digest

    def digests(self) -> dict[str, str]:
        """Docname -> digest of the view that its page was last written from."""
        return dict(self._written)

    # -- pages

    def outdated(
        self, digests: Mapping[str, str], input_digest: str, read: AbstractSet[str] = frozenset()
    ) -> list[str]:
        """The documents that must be written again.

        :param digests: docname -> digest of its view, for every document that has one; empty for a
            document that must be written in any case, and whose digest :meth:`note` supplies later.
        :param input_digest: digest of the wiki that the views are made from.
        :param read: documents read in this build, which Sphinx writes again by itself.
        """
        if not self.is_kept:
            return []
        self._input_digest = input_digest
        self._digests = dict(digests)
        for docname in digests:
            changed = modified(self._builder, docname)
            if changed is not None:
                self._modified_before[docname] = changed
        newest = self._newest_template()
        outdated = sorted(
            docname
            for docname in digests.keys() | self._written.keys()
            if self._written.get(docname) != digests.get(docname)
            or not digests[docname]
            or self._modified_before.get(docname, 0) < newest
        )
        # An interrupted build may leave any of these pages half done, or written but not yet in
        # Sphinx's search index. To Sphinx they would be up to date.
        unsure = [*outdated, *(read & digests.keys())]
        if unsure:
            self._written |= dict.fromkeys(unsure, "")
            self._write(complete_for="")
        return outdated

    def lacks(self, docname: str) -> bool:
        """Whether the view of a document has no digest yet."""
        return not self._digests.get(docname, "-")

    def note(self, docname: str, digest: str) -> None:
        """Stores the digest of a written view, if :meth:`outdated` had none for it."""
        self._digests[docname] = digest

    def remove_obsolete(self, known: set[str], removed: Iterable[str]) -> None:
        """Deletes the files of documents that no longer exist.

        :param known: all existing documents.
        :param removed: documents that existed until this build, even if the state does not list
            them.
        """
        root = Path(self._builder.outdir)
        for docname in (self._written.keys() | removed) - known:
            for path in page_files(self._builder, docname):
                delete(path, root)
            self._written.pop(docname, None)
        if self._unknown_pages:
            kept = {output_path(self._builder, docname) for docname in known}
            for path in self._unknown_pages:
                if path not in kept:
                    delete(path, root)

    def note_written(self) -> None:
        """Stores the digests of the pages that this build has really written."""
        if not self.is_kept or not (self._digests or self._written):
            return
        written = {}
        for docname, digest in self._digests.items():
            known = self._written.get(docname)
            if known == digest:
                written[docname] = digest  # whether rewritten or not
                continue
            changed = modified(self._builder, docname)
            if changed is not None and changed != self._modified_before.get(docname):
                written[docname] = digest
            elif known is not None:
                written[docname] = known
        self._written = written
        is_complete = written == self._digests and all(written.values()) and not self._lacks_files
        self._write(complete_for=self._input_digest if is_complete else "")

    def _newest_template(self) -> int:
        """When the theme's newest template changed.

        Sphinx rewrites pages older than that, but only those that have a source.
        """
        is_themed = abilities(self._builder).has_generated_pages
        return newest_template(self._builder) if is_themed else 0

    # -- data files

    def emitted(self, emitter: Emitter) -> Emitted:
        """What an earlier build stored for *emitter*."""
        found = self._emitted.get(emitter.name)
        if found is None:
            prefix = self._builder.config.tropes_pages_prefix
            is_unknown = self._unknown_pages is not None
            found = Emitted(emitter.usual_place(prefix) if is_unknown else "", None)
        return found

    def note_emitted(self, emitter: Emitter, emitted: Emitted | None) -> None:
        """Stores what *emitter* emitted in this build; None if it could not write its files."""
        if emitted is None:
            emitted = Emitted(self.emitted(emitter).place, None)
            self._lacks_files = True
        self._emitted[emitter.name] = emitted

    def _write(self, *, complete_for: str) -> None:
        if self._is_refused:
            return
        state = {
            "settings": self.settings_digest,
            "written": self._written,
            "complete_for": complete_for,
            "problems": self.problems,
            "emitted": self._emitted,
        }
        self._is_refused = True
        with reported(Path(self._builder.outdir)):
            write_whole(self._path, json.dumps(state, sort_keys=True))
            self._is_refused = False
