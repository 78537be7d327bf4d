"""A rename in a project: what its configuration says about the page, and the files on disk."""

from __future__ import annotations

import contextlib
import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ...config import namespaces
from ..files import write_atomic
from ..refusal import Refusal
from .renaming import Renamed, rename, unrestored
from .source_files import Sources, sources_of
from .unified_diff import unified_diff

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx

    from ...names import Namespaces, PageName

__all__ = ["ProjectRename", "name_typed", "rename_in_project"]

_ARROW = re.compile("->|\u2192")


class ProjectRename(NamedTuple):
    """A rename, with everything needed to show it or to carry it out."""

    root: Path
    sources: Sources
    renamed: Renamed
    old: PageName
    new: PageName
    unrestored: str
    """What renaming back would not restore; empty if it restores everything."""
    refused_mentions: list[str]
    """File and line of each refused mention of the page, which stays unchanged."""

    def diffs(self) -> Iterator[str]:
        """The changes, as a unified diff for each file."""
        for path, text in self.renamed.texts.items():
            moved = self.renamed.moved
            new_path = moved[1] if moved and path == moved[0] else path
            yield unified_diff(self.sources.texts[path], text, path, new_path)

    def write(self) -> None:
        """Writes all changes, or restores the old state.

        :raises Refusal: if the changes can't be written.
        """
        done: list[str] = []
        if self.renamed.moved:
            before, after = (self.root / path for path in self.renamed.moved)
            if after.exists() and not after.samefile(before):
                raise Refusal(f"{after} already exists; nothing was changed")
        try:
            for path, text in self.renamed.texts.items():
                done.append(path)
                self._write(path, text)
            if self.renamed.moved:
                after.parent.mkdir(parents=True, exist_ok=True)
                before.rename(after)
        except BaseException as error:
            for path in done:
                with contextlib.suppress(OSError):
                    self._write(path, self.sources.texts[path])
            if isinstance(error, OSError):
                raise Refusal(f"cannot write {error.filename}: nothing was changed") from None
            raise

    def _write(self, path: str, text: str) -> None:
        write_atomic(self.root / path, text.encode("utf-8", "surrogateescape"))


def rename_in_project(app: Sphinx, old: str, new: str, *, is_alias: bool) -> ProjectRename:
    """Prepares the rename of the page *old* to *new*, both in any spelling. Writes nothing yet.

    :param is_alias: whether to keep the old name as an alias.
    :raises Refusal: if the rename is not safe.
    """
    sources = sources_of(app)
    before = name_typed(old, sources.settings.namespaces)
    after = name_typed(new, sources.settings.namespaces)
    _check_configuration(app, sources, before)
    renamed = rename(sources, before, after, is_alias=is_alias)
    return ProjectRename(
        Path(app.srcdir),
        sources,
        renamed,
        before,
        after,
        unrestored(sources, renamed, before, after),
        _refused_mentions(app, before),
    )


def name_typed(spelling: str, names: Namespaces) -> PageName:
    """The page that a writer means.

    :raises Refusal: if *spelling* is no name, or in a namespace that the wiki does not have.
    """
    namespace, slash, rest = spelling.partition("/")
    if slash and names.find(namespace.strip("{} ")) is None:
        raise Refusal(
            f"{namespace!r} is not a namespace of this wiki (known: "
            f"{', '.join(sorted(names.labels))}; see tropes_namespaces in conf.py); spell a page of "
            f"Main without a slash: {namespace}{rest}"
        )
    name = names.page_name(spelling)
    if name is None:
        raise Refusal(f"{spelling!r} is not a page name: it has no letter or digit")
    return name


def _check_configuration(app: Sphinx, sources: Sources, name: PageName) -> None:
    """Looks for the page in the text that conf.py adds to documents.

    :raises Refusal: if that text may refer to the page.
    """
    added = {value: app.config[value] or "" for value in ("rst_prolog", "rst_epilog")}
    for value in sources._replace(texts=added).naming(name):
        raise Refusal(f"{value} in conf.py may refer to {name}: change it there first")


def _refused_mentions(app: Sphinx, name: PageName) -> list[str]:
    """File and line of each refused mention of the page."""
    file = app.config.tropes_mentions_refused
    try:
        lines = Path(app.srcdir, file or "").read_text("utf-8").splitlines()
    except (OSError, ValueError):
        return []
    find = namespaces(app.config).page_name
    return [
        f"{file}:{number}"
        for number, line in enumerate(lines, 1)
        for part in _ARROW.split(line.partition("#")[0])
        if (found := find(part)) and found.key == name.key
    ]
