"""Which pages of an output directory are out of date, and which are there that should not be.

Sphinx writes a page again when its source changes. It must be written again, too, when its view
does. What counts is what is on disk: so the digest of each page's view is kept in the output
directory, and noted only when the page's file was really written. Whatever happened before (an
interrupted build, one of a single file, another builder on the same doctrees) the next build
finds what is missing. Views that no change can affect keep their stored digest
(:mod:`.wiki.changes` tells which those are).
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, cast

from ..builders import abilities
from ..pages.site_map import MAP_FOLDER, NOT_FOUND, PREVIEWS_FOLDER, STATE_FILE
from ..stored_files import delete, is_docname, read_json, reported, write_whole

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet

    from sphinx.application import Sphinx
    from sphinx.builders import Builder

__all__ = ["Output", "settings_of"]

_FORM = 2
"""Of what is in it: what was noted in another form is not built upon."""


class Output:
    """The output directory of one build.

    :param settings: whatever else changes what pages look like.
    """

    def __init__(self, builder: Builder, settings: tuple[Any, ...]) -> None:
        self._builder = builder
        self._path = Path(builder.outdir, STATE_FILE)
        able = abilities(builder)
        self._has_state = able.keeps_state
        self._has_plain_paths = able.is_served and not able.has_folders
        self._made_by = _made_by(builder, settings)
        self._written: dict[str, str] = {}
        self._digests: dict[str, str] = {}
        self._before: dict[str, int] = {}
        self._settled: str = ""
        self._made_from: str = ""
        self._unnoted: list[Path] = []
        """Generated pages that are there, where nothing is noted."""
        self._is_refused = False
        """Whether the state can't be written: to say so once is enough."""
        self.problems: list[list[Any]] = []
        """What was wrong in the wiki, to be said again as long as nothing changes."""
        self.shards: str = ""
        """The folder with the data of previews, if there is any."""
        self.atlas: str = ""
        """The folder with the data of the map, likewise."""
        self.data: dict[str, Any] = {}
        """What is noted of the file with the whole wiki."""
        if self._has_state:
            self._load()

    def _load(self) -> None:
        state = _read_state(self._path)
        if state is None:
            self._find()
            return
        # of what was written otherwise, only that it is there counts
        self._written = dict.fromkeys(state["written"], "")
        self.shards, self.atlas = state["shards"], state["atlas"]
        if state["made_by"] == self._made_by:
            self.data, self.problems = state["data"], state["problems"]
            self._written, self._settled = state["written"], state["settled"]

    def _find(self) -> None:
        """Nothing is noted: what generated pages are there, their own marks tell."""
        builder = self._builder
        if not abilities(builder).has_generated_pages:
            return
        prefix, root = builder.config.tropes_pages_prefix, Path(builder.outdir)
        suffix = builder.out_suffix  # type: ignore[attr-defined]
        pages = [*(root / prefix).rglob(f"*{suffix}"), *root.glob(f"{NOT_FOUND}{suffix}")]
        self._unnoted = list(filter(_is_ours, pages))
        self.shards, self.atlas = f"{prefix}/{PREVIEWS_FOLDER}", f"{prefix}/{MAP_FOLDER}"

    @property
    def has_state(self) -> bool:
        """Whether the builder writes only some pages, so that others may be out of date."""
        return self._has_state

    @property
    def made_by(self) -> str:
        """A digest of what all pages depend on beside the wiki."""
        return self._made_by

    def is_settled(self, made_from: str) -> bool:
        """Whether every page was written from the wiki with this fingerprint: then no view needs
        to be looked at.
        """
        return self._has_state and self._settled == made_from

    def digests(self) -> dict[str, str]:
        """Docname -> digest of the view that its page was last written from."""
        return dict(self._written)

    def outdated(
        self, digests: Mapping[str, str], made_from: str, read: AbstractSet[str] = frozenset()
    ) -> list[str]:
        """The documents that must be written again.

        :param digests: docname -> digest of its view, for every document that has one; empty for
            one that must be written in any case, and whose digest is told then (:meth:`tell`).
        :param made_from: fingerprint of the wiki that they are views of.
        :param read: those that this build has read, which Sphinx writes again by itself.
        """
        if not self._has_state:
            return []
        self._made_from = made_from
        self._digests = dict(digests)
        for docname in digests:
            changed = self._modified(docname)
            if changed is not None:
                self._before[docname] = changed
        newest = self._newest_template()
        outdated = sorted(
            docname
            for docname in digests.keys() | self._written.keys()
            if self._written.get(docname) != digests.get(docname)
            or not digests[docname]
            or self._before.get(docname, 0) < newest
        )
        # A build that is cut short may leave any of them half done; they are there, though. To Sphinx
        # those that are written by then are up to date, but its search does not know them yet.
        unsure = [*outdated, *(read & digests.keys())]
        if unsure:
            self._written |= dict.fromkeys(unsure, "")
            self._write(settled="")
        return outdated

    def is_told(self, docname: str) -> bool:
        """Whether the digest of a view is known, or need not be."""
        return bool(self._digests.get(docname, "-"))

    def tell(self, docname: str, digest: str) -> None:
        """Takes the digest of a view that is written, where :meth:`outdated` had none of it."""
        self._digests[docname] = digest

    def remove_obsolete(self, known: set[str], gone: Iterable[str]) -> None:
        """Deletes the files of documents that were written here and are no more.

        :param known: all documents there are.
        :param gone: documents that were there until this build, whether it is noted or not.
        """
        root = Path(self._builder.outdir)
        for docname in (self._written.keys() | gone) - known:
            for path in self._files(docname):
                delete(path, root)
            self._written.pop(docname, None)
        if self._unnoted:
            kept = {_output_path(self._builder, docname) for docname in known}
            for path in self._unnoted:
                if path not in kept:
                    delete(path, root)

    def note_written(self) -> None:
        """Notes the digests of what this build has really written."""
        if not self._has_state or not (self._digests or self._written):
            return
        written = {}
        for docname, digest in self._digests.items():
            noted = self._written.get(docname)
            if noted == digest:
                written[docname] = digest  # whether it was written again or not
                continue
            after = self._modified(docname)
            if after is not None and after != self._before.get(docname):
                written[docname] = digest
            elif noted is not None:
                written[docname] = noted
        self._written = written
        is_settled = written == self._digests and all(written.values())
        self._write(settled=self._made_from if is_settled else "")

    def _write(self, *, settled: str) -> None:
        if self._is_refused:
            return
        state = {
            "made_by": self._made_by,
            "written": self._written,
            "settled": settled,
            "problems": self.problems,
            "shards": self.shards,
            "atlas": self.atlas,
            "data": self.data,
        }
        self._is_refused = True
        with reported(Path(self._builder.outdir)):
            write_whole(self._path, json.dumps(state, sort_keys=True))
            self._is_refused = False

    def _modified(self, docname: str) -> int | None:
        builder = self._builder
        path: Path | str | None
        if self._has_plain_paths:
            # of thousands in each build: in a tenth of the time that paths take
            path = f"{builder.outdir}/{docname}{builder.out_suffix}"  # type: ignore[attr-defined]
        else:
            path = _output_path(builder, docname)
        try:
            return None if path is None else os.stat(path).st_mtime_ns  # noqa: PTH116
        except OSError:
            return None

    def _newest_template(self) -> int:
        """When the theme's newest template changed: Sphinx writes pages that are older again,
        but asks only for those that have a source.
        """
        templates = getattr(self._builder, "templates", None)
        if templates is None or not abilities(self._builder).has_generated_pages:
            return 0
        # seconds since 8.2's bridge, as a float
        return int(templates.newest_template_mtime() * 1e9)

    def _files(self, docname: str) -> list[Path]:
        path = _output_path(self._builder, docname)
        files = [] if path is None else [path]
        if abilities(self._builder).has_generated_pages:
            suffix = self._builder.config.html_sourcelink_suffix
            for source_suffix in self._builder.config.source_suffix:
                copied = f"{docname}{source_suffix}"
                if suffix != source_suffix:
                    copied += suffix
                files.append(Path(self._builder.outdir, "_sources", copied))
        return files


def settings_of(app: Sphinx) -> tuple[str, ...]:
    """What any page may depend on beside its document: Sphinx reads or writes those that have a
    source again when it changes, and knows of no others.
    """
    values = {
        option.name: _plain(option.value)
        for option in app.config.filter(frozenset(["env", "html"]))
    }
    extensions = sorted((name, str(found.version)) for name, found in app.extensions.items())
    return repr(sorted(values.items())), repr(extensions), repr(sorted(app.env.version.items()))


def _plain(value: Any) -> object:
    """*value* as it is written the same in every process: without addresses, and in one order."""
    if isinstance(value, str | int | float | None):
        return value
    if isinstance(value, Mapping):
        return sorted((str(key), _plain(item)) for key, item in value.items())
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, set | frozenset):
        return sorted(repr(_plain(item)) for item in value)
    return f"{type(value).__module__}.{getattr(value, '__qualname__', type(value).__qualname__)}"


def _made_by(builder: Builder, settings: tuple[Any, ...]) -> str:
    """What all pages of an output directory depend on, as a digest."""
    info = getattr(builder, "build_info", None)
    parts = (
        _FORM,
        builder.name,
        getattr(info, "config_hash", ""),
        getattr(info, "tags_hash", ""),
        settings,
    )
    return hashlib.blake2b(repr(parts).encode(), digest_size=12).hexdigest()


def _output_path(builder: Builder, docname: str) -> Path | None:
    """The file that *builder* writes for a document; None if that can't be known."""
    if hasattr(builder, "get_output_path"):
        return Path(builder.get_output_path(docname))
    suffix = getattr(builder, "out_suffix", None)
    return Path(builder.outdir, f"{docname}{suffix}") if suffix else None


class _State(TypedDict):
    """What is noted of an output directory."""

    made_by: str
    written: dict[str, str]
    settled: str
    problems: list[list[Any]]
    shards: str
    atlas: str
    data: dict[str, Any]


def _read_state(path: Path) -> _State | None:
    """What an earlier build noted; nothing, if anything in it can't be: it is then of unknown
    origin, and none of it counts.
    """
    state = read_json(path)
    if not isinstance(state, dict):
        return None
    texts = [state.get(name) for name in ("made_by", "settled", "shards", "atlas")]
    written, problems = state.get("written"), state.get("problems")
    if (
        all(isinstance(text, str) for text in texts)
        and all(folder == "" or is_docname(folder) for folder in texts[2:])
        and isinstance(written, dict)
        and all(map(is_docname, written))
        and all(isinstance(digest, str) for digest in written.values())
        and isinstance(problems, list)
        and all(map(_is_problem, problems))
        and isinstance(state.get("data"), dict)  # more of it is looked at where it is used
    ):
        return cast("_State", state)
    return None


def _is_problem(value: object) -> bool:
    """Whether this can be said again: subtype, sentence, document, line and included file."""
    if not isinstance(value, list) or len(value) != len(_PROBLEM):
        return False
    is_typed = all(map(isinstance, value, _PROBLEM))
    return is_typed and is_docname(value[2]) and "\0" not in value[4]


_PROBLEM = str, str, str, int | None, str


def _is_ours(path: Path) -> bool:
    """Whether a page is a generated one, of whatever version."""
    try:
        return _MARK.search(path.read_bytes()) is not None
    except OSError:
        return False


# of its section or of what a script fills, in HTML or in JSON that holds HTML
_MARK = re.compile(
    rb'id=\\?"trope-(?:backlinks|index|wanted|health|graph|missing)\\?"'
    rb'|data-trope-tool=\\?"missing\\?"'
)
