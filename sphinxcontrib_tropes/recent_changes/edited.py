"""When pages were last edited, as data with which a script sorts backlinks.

It is no part of pages: each of them would be written again with every commit to a page that links
to it.
"""

from __future__ import annotations

import json
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote
from weakref import ref

from ..builders import abilities
from ..stored_files import begins_with, delete, write_whole
from .dates import day_of
from .loading import edits_digest, history

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.builders import Builder

    from ..data.emitters import Emission

__all__ = ["EditedPages"]

_MOST = 5000
"""Maximum pages in the file, the newest: who sorts by date looks for what is new."""
_MARK = "tropesEdited("


class EditedPages:
    """Emits the file. Without a history it is there all the same, and empty: a script can't ask
    whether there is one.
    """

    name = "edited"

    def __init__(self, app: Sphinx) -> None:
        self._app = ref(app)  # weak: the application keeps its emitters

    @property
    def _sphinx(self) -> Sphinx:
        app = self._app()
        assert app is not None
        return app

    def place(self, emission: Emission) -> str:
        builder = emission.builder
        is_site = not abilities(builder).is_book
        return self.usual_place(builder.config.tropes_pages_prefix) if is_site else ""

    def usual_place(self, prefix: str) -> str:
        return f"{prefix}/edited.js"

    def is_complete(self, builder: Builder, place: str, stored: Any) -> bool:
        return (
            isinstance(stored, dict)
            and stored.get("of") == edits_digest(self._sphinx)
            and Path(builder.outdir, place).is_file()
        )

    def write(self, emission: Emission, place: str, stored: Any) -> dict[str, Any]:
        days = list(_days(self._sphinx, emission.builder))
        text = ",\n".join(json.dumps(day, separators=(",", ":")) for day in days)
        write_whole(Path(emission.builder.outdir, place), f"{_MARK}[\n{text}\n]);\n")
        return {"of": edits_digest(self._sphinx)}

    def remove(self, builder: Builder, place: str) -> None:
        path = Path(builder.outdir, place)
        if begins_with(path, _MARK):
            delete(path, Path(builder.outdir))


def _days(app: Sphinx, builder: Builder) -> Iterator[list[str]]:
    """Each day, the newest first, with the addresses of the pages that were last edited on it."""
    of_sources = history(app)
    if of_sources is None:
        return
    edits = ((of_sources.last_edit(docname), docname) for docname in app.env.found_docs)
    found = sorted((-edit.time, docname) for edit, docname in edits if edit is not None)
    for day, pages in groupby(found[:_MOST], key=lambda page: day_of(-page[0])):
        yield [day, *(unquote(builder.get_target_uri(docname)) for _time, docname in pages)]
