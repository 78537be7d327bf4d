"""Which modules listen to an event."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sphinxcontrib_tropes.internals.sphinx.listeners import modules_listening

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx.application import Sphinx

    from ...conftest import Site

EVENTS = ("doctree-read", "doctree-resolved", "env-updated", "tropes-wiki-updated")


def test_modules_are_those_of_the_handlers(site: Site) -> None:
    found = []

    def look(app: Sphinx) -> None:
        app.connect("tropes-wiki-updated", listen)
        app.connect("tropes-wiki-updated", partial(listen))
        found.extend(modules_listening(app, "tropes-wiki-updated"))
        found.extend(modules_listening(app, "no-such-event"))

    site.build(on_app=look, builder="dummy")
    assert found == [__name__, "functools"]


def listen(*_arguments: object) -> None:
    return None


def test_without_it_the_same_pages_come_out(assert_same_pages: Callable[..., None]) -> None:
    def connect(app: Sphinx) -> None:
        for event in EVENTS:
            app.connect(event, listen)

    assert_same_pages(on_app=connect)
