"""Stores the pages without a source beside the doctrees, for the next build.

Builders may share doctrees. So a file beside them describes what is stored. It never describes what
an interrupted build may have left half done.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import docutils
from docutils import nodes
from docutils.utils import new_document

from ..builders import abilities
from ..internals.sphinx.environment import environment_version
from ..internals.sphinx.virtual_documents import document_settings
from ..stored_files import delete, is_docname, read_json, write_whole
from .kinds import page_kinds

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sphinx.application import Sphinx

    from ..reading.slots import trope_generated

__all__ = ["StoredPage", "read_plan", "store_plan"]

_STATE = "tropes-generated.json"
_FORM = 3
"""Version of that file's format."""


class StoredPage(NamedTuple):
    """What is stored for one page."""

    title: str
    kind: str
    """Kind of the page; empty for backlinks."""
    key: str
    """Key of the name whose backlinks it shows; empty for other pages."""
    part: int


def read_plan(app: Sphinx, plan_digest: str) -> dict[str, StoredPage] | None:
    """Docname -> page, if an earlier build stored all pages from the same input; else None."""
    state = _read(app)
    if state is None or state["plan_digest"] != plan_digest or state["collisions"]:
        return None
    pages = _pages(state)
    folder = Path(app.doctreedir)
    has_direct_backlinks = abilities(app.builder).writes_directly
    for docname, page in pages.items():
        is_document = not (has_direct_backlinks and page.key)
        if is_document and not (folder / f"{docname}.doctree").exists():
            return None
    return pages


def _pages(state: Mapping[str, Any] | None) -> dict[str, StoredPage]:
    return {d: StoredPage(*page) for d, page in state["pages"].items()} if state else {}


def _read(app: Sphinx) -> dict[str, Any] | None:
    """The content of the file; None if it is invalid or another version wrote it."""
    state = read_json(Path(app.doctreedir, _STATE))
    kinds = {"", *page_kinds(app)}
    if (
        isinstance(state, dict)
        and state.get("version") == _version(app)
        and isinstance(state.get("plan_digest"), str)
        and isinstance(state.get("collisions"), list)
        and isinstance(pages := state.get("pages"), dict)
        and all(map(is_docname, pages))
        and all(_is_page(page) and page[1] in kinds for page in pages.values())
    ):
        return state
    return None


def _is_page(value: object) -> bool:
    return (
        isinstance(value, list)
        and list(map(type, value)) == [str, str, str, int]
        and bool(value[1]) != bool(value[2])
    )


def _version(app: Sphinx) -> str:
    """A version made of everything that a pickled doctree depends on."""
    return f"{_FORM} {docutils.__version__} {environment_version(app.env)}"


def _write(
    app: Sphinx,
    plan_digest: str,
    pages: Mapping[str, StoredPage],
    collisions: Iterable[str] = (),
) -> None:
    state = {
        "version": _version(app),
        "plan_digest": plan_digest,
        "collisions": sorted(collisions),
        "pages": pages,
    }
    write_whole(Path(app.doctreedir, _STATE), json.dumps(state, sort_keys=True))


def store_plan(
    app: Sphinx,
    plan_digest: str,
    pages: Mapping[str, StoredPage],
    slots: Mapping[str, trope_generated],
    collisions: Iterable[str],
) -> None:
    """Writes the doctrees that are new or have another title, and deletes obsolete ones.

    A doctree holds only a slot. The content is filled in when the page is written.

    :param pages: all pages of the plan.
    :param slots: docname -> slot, for the pages not reused from an earlier build.
    :raises OSError: if something can't be written.
    """
    folder, has_direct_backlinks = Path(app.doctreedir), abilities(app.builder).writes_directly
    before = _pages(_read(app))

    def is_document(docname: str) -> bool:
        return not (has_direct_backlinks and pages[docname].key)

    changed = {
        docname
        for docname in slots
        if before.get(docname) != pages[docname]
        or (is_document(docname) and not (folder / f"{docname}.doctree").exists())
    }
    removed = before.keys() - pages.keys()
    if changed or removed:
        _write(app, "", {d: page for d, page in before.items() if d in pages.keys() - changed})
        for docname in removed:
            if docname not in app.env.found_docs:
                delete(folder / f"{docname}.doctree", folder)
        settings = document_settings(app.env) if changed else None
        for docname in sorted(changed):
            if not is_document(docname):
                # another builder may have stored an outdated one
                delete(folder / f"{docname}.doctree", folder)
                continue
            document = new_document(str(app.env.doc2path(docname)), settings)
            title, slot = pages[docname].title, slots[docname]
            heading = nodes.title(title, title)
            document += nodes.section("", heading, slot, ids=[f"trope-{slot['kind']}"])
            app.builder.write_doctree(docname, document)
    _write(app, plan_digest, pages, collisions)
