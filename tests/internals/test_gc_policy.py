"""Python's collector during a build, and after it."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING
from weakref import ref

import pytest

from sphinxcontrib_tropes.internals import gc_policy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from ..conftest import Site


@pytest.fixture(autouse=True)
def no_trace_of_other_builds() -> Iterator[None]:
    """Each test begins as a new process, and leaves nothing: a build that broke off, in any test,
    leaves the collector as it was set for it."""
    before = gc.get_threshold()
    gc.set_threshold(701, 11, 12)
    gc_policy._Process.threshold = None
    yield
    gc.set_threshold(*before)
    gc.unfreeze()
    gc_policy._Process.frozen_by, gc_policy._Process.is_settled = None, False


def test_the_collector_is_set_as_before_once_a_build_is_over(site: Site) -> None:
    before = gc.get_threshold()
    during = []
    site.write({"Ape.trope": "To {{Bee}}.\n"})

    def look(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
        during.append(gc.get_threshold())

    site.build(on_app=lambda app: app.connect("env-before-read-docs", look))
    assert during == [gc_policy._THRESHOLD] != [before]
    assert gc.get_threshold() == before


def test_a_build_that_breaks_off_does_not_hide_what_was_set_before(site: Site) -> None:
    before = gc.get_threshold()

    def break_off(*_arguments: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        site.build(on_app=lambda app: app.connect("env-before-read-docs", break_off))
    site.build()
    assert gc.get_threshold() == before


def test_nothing_is_put_aside_in_a_small_project(site: Site) -> None:
    before = gc.get_freeze_count()
    site.build()
    assert gc.get_freeze_count() == before


def test_the_end_of_the_process_does_not_go_through_what_a_large_project_made_last(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gc_policy, "_LARGE", 0)
    made: list[object] = []

    def make(*_arguments: object) -> None:
        made.append([])

    site.write({"Ape.trope": "To {{Bee}}.\n"})
    site.build(on_app=lambda app: app.connect("html-page-context", make))
    looked_at = gc.get_objects()
    assert made
    assert not any(each is found for found in looked_at for each in made)


def test_what_a_large_project_put_aside_is_looked_at_again_in_the_next_build(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Ring:
        """Garbage, once nothing else leads to it."""

        def __init__(self) -> None:
            self.other = self

    monkeypatch.setattr(gc_policy, "_LARGE", 0)
    rings = []
    site.build(on_app=lambda _app: rings.append(Ring()))
    found = ref(rings.pop())
    gc.collect()
    assert found() is not None
    monkeypatch.setattr(gc_policy, "_LARGE", 1000)
    site.build()
    gc.collect()
    assert found() is None


def test_each_build_of_one_application_lets_go_of_what_the_one_before_left(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Ring:
        """Garbage, as it is made in each build."""

        def __init__(self) -> None:
            self.other = self

    monkeypatch.setattr(gc_policy, "_LARGE", 0)
    before, during, made = gc.get_threshold(), [], []

    def look(*_arguments: object) -> None:
        during.append(gc.get_threshold())
        made.append(ref(Ring()))

    def build_and_edit(app: Sphinx) -> None:
        app.connect("env-updated", look)
        for number in range(3):
            site.write({"O'Brien 2.trope": f"To {{{{Ætherpunk}}}}, {number}.\n"})
            app.build()
            assert gc.get_threshold() == before

    site.write({"O'Brien 2.trope": "To {{Ætherpunk}}.\n"})
    site.build(on_app=build_and_edit)
    assert during == [gc_policy._THRESHOLD] * len(during)
    gc.collect()
    assert [found() for found in made] == [None] * 4


def test_nothing_more_is_frozen_once_an_application_builds_again(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gc_policy, "_LARGE", 0)
    frozen = []

    def build_again(app: Sphinx) -> None:
        app.connect(
            "build-finished", lambda *_: frozen.append(gc.get_freeze_count()), priority=1000
        )
        for number in range(4):
            site.write({"O'Brien 2.trope": f"To {{{{Ætherpunk}}}}, {number}.\n"})
            app.build()

    site.build(on_app=build_again)
    assert frozen[0] > frozen[1] > 0  # the garbage of the first build
    assert frozen[1:] == sorted(frozen[1:], reverse=True)


def test_without_it_the_same_pages_come_out(
    monkeypatch: pytest.MonkeyPatch, assert_same_pages: Callable[..., None]
) -> None:
    monkeypatch.setattr(gc_policy, "setup", lambda app: None)
    assert_same_pages()


def test_nothing_old_is_collected_while_somebody_waits() -> None:
    collected: list[int] = []

    def note(phase: str, info: dict[str, int]) -> None:
        collected.append(info["generation"])

    gc.callbacks.append(note)
    try:
        with gc_policy.paused():
            kept = [[number] for number in range(100_000)]
            assert collected == []
    finally:
        gc.callbacks.remove(note)
    assert set(collected) == {0}
    assert gc.isenabled()
    assert len(kept) == 100_000
