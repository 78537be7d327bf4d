"""Has Sphinx build without looking for changes, where somebody watches the sources.

Touches: ``find_files`` and ``get_outdated_files`` of the class of environments, replaced during a
build; ``reread_always`` of the environment; ``get_outdated_docs``, ``copy_static_files`` and
``copy_extra_files`` of one builder, replaced during a build; ``open`` and ``pickle`` in the module
of builders, so that the environment is not stored; the name of the file that it is stored in;
``clean_astext`` in the module of the standard domain, cached during a build; ``parallel`` of the
application, set for a build: to start processes takes longer than a few pages.
Why: Sphinx looks at four files for each document in each build, writes static files again, copies
the nodes of each title twice for its text, and stores everything that it knows of all documents.
After a small edit, that is a third of a build.
Seen in: Sphinx 8.2 to 9.2.
Remove when: a build can be told what changed.
Upstream: none known.
Without it: the same pages, more slowly.
"""

from __future__ import annotations

import io
import pickle
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

import sphinx.builders
import sphinx.domains.std
from sphinx.application import ENV_PICKLE_FILENAME
from sphinx.environment import BuildEnvironment
from sphinx.util.nodes import clean_astext

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from docutils import nodes
    from sphinx.application import Sphinx

__all__ = ["store_environment", "told_changes"]


@contextmanager
def told_changes(app: Sphinx, docnames: AbstractSet[str]) -> Iterator[None]:
    """Inside the context, a build of *app* takes it that these documents alone have changed, and
    that none is new or has gone. It does not store the environment.
    """
    changed = {*docnames, *app.env.reread_always} & app.env.found_docs
    replaced: list[tuple[Any, str, Any]] = [
        (BuildEnvironment, "find_files", lambda *_: None),
        (BuildEnvironment, "get_outdated_files", lambda *_: (set(), changed, set())),
        (app.builder, "get_outdated_docs", list),
        (app.builder, "copy_static_files", lambda: None),
        (app.builder, "copy_extra_files", lambda: None),
        (sphinx.domains.std, "clean_astext", _text_of),
        (app, "parallel", 1),
        (sphinx.builders, "open", _open),
        (sphinx.builders, "pickle", _WithoutEnvironment()),
    ]
    usual = [(owner, name, vars(owner).get(name)) for owner, name, _ in replaced]
    for owner, name, replacement in replaced:
        setattr(owner, name, replacement)
    try:
        yield
    finally:
        for owner, name, before in usual:
            if before is None:
                delattr(owner, name)
            else:
                setattr(owner, name, before)


def _text_of(node: nodes.Element) -> str:
    """The text of a title: a title that is read again is another node."""
    text = _texts.get(node)
    if text is None:
        text = _texts[node] = clean_astext(node)
    return text


_texts: WeakKeyDictionary[nodes.Element, str] = WeakKeyDictionary()


def _open(file: Any, mode: str = "r", *more: Any, **named: Any) -> Any:
    """As the function that it replaces, but leaves the stored environment alone."""
    if "w" in mode and Path(file).name == ENV_PICKLE_FILENAME:
        return io.BytesIO()
    return open(file, mode, *more, **named)  # noqa: PTH123 - as the module of builders calls it


class _WithoutEnvironment:
    """In the place of the module ``pickle``."""

    def __getattr__(self, name: str) -> Any:
        return getattr(pickle, name)

    def dump(self, what: object, *more: Any) -> None:
        """Stores anything but an environment."""
        if not isinstance(what, BuildEnvironment):
            pickle.dump(what, *more)


def store_environment(app: Sphinx) -> None:
    """Stores the environment as a build does, for the next process.

    :raises OSError: if it can't be written.
    """
    path = Path(app.doctreedir, ENV_PICKLE_FILENAME)
    part = path.with_name(f"{path.name}.part")
    with part.open("wb") as file:
        pickle.dump(app.env, file, pickle.HIGHEST_PROTOCOL)
    part.replace(path)
