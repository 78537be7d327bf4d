"""What a wiki shows of the commits of its sources."""

from __future__ import annotations

import random
import shutil
from typing import TYPE_CHECKING

import pytest

from sphinxcontrib_tropes.build.live import LiveBuild
from sphinxcontrib_tropes.recent_changes import loading
from sphinxcontrib_tropes.repository import git_log

from ..conftest import AWKWARD, Site, having_class, text_of
from ..repository.repositories import Repository
from ..sphinx.test_incremental import snapshot

if TYPE_CHECKING:
    from pathlib import Path

SITE = "https://wiki.example.org/en"
FILES = {
    "index.rst": "Wiki\n====\n\nTo :trope:`Ape`.\n",
    "Ape.trope": "To {{Bee}} and {{Ghost}}.\n",
    "Bee.trope": "To {{Ape}}.\n",
    "Film/Café Ö.trope": "(:title Café “Ö” <b>:)\n\nTo {{Ape}}.\n",
    "Animals.trope": "[[index]]\n* {{Ape}}\n* {{Bee}}\n[[/index]]\n",
}


@pytest.fixture
def repository(site: Site) -> Repository:
    """A repository with the site's sources, in which three commits were made."""
    repository = Repository(site.source)
    site.write(dict(FILES))
    repository.commit("Begin <script>alert(1)</script>")
    repository.commit("Bees sting", {"Bee.trope": "To {{Ape}}. They sting.\n"})
    return repository


def recent(site: Site, out: str = "html") -> list[str]:
    """The lines of the page with recent changes: days, subjects, changes."""
    root = site.page("tropes/recent", out)
    found = []
    for element in root.iter():
        classes = element.get("class", "").split()
        if element.tag == "h2" or {"trope-subject", "trope-change"} & set(classes):
            found.append(text_of(element).removesuffix("¶"))
    return found


def foot(site: Site, page: str, out: str = "html") -> str:
    return " ".join(map(text_of, having_class(site.page(page, out), "trope-page-foot")))


def test_the_page_tells_by_day_what_was_changed(site: Site, repository: Repository) -> None:
    repository.git("mv", "Bee.trope", "Wasp.trope")
    repository.commit("Wasps", {"Film/Café Ö.trope": None}, later=3600)
    site.build()
    assert recent(site) == [
        "May 30, 2026",
        "Wasps",
        "Gone: Café Ö",
        "Renamed: Wasp (before: Bee)",
        "Bees sting",
        "Edited: Wasp",
        "May 29, 2026",
        "Begin <script>alert(1)</script>",
        "New: Animals",
        "New: Ape",
        "New: Café Ö",
        "New: Wasp",
    ]


def test_a_page_tells_at_its_foot_when_it_was_last_edited(
    site: Site, repository: Repository
) -> None:
    site.build()
    assert foot(site, "Bee") == "Last edited: May 30, 2026"
    assert foot(site, "Ape") == "Last edited: May 29, 2026"
    times = [time.get("datetime") for time in site.page("Bee").iter("time")]
    assert times == ["2026-05-30T20:26:40Z"]


def test_documents_that_are_no_pages_and_generated_pages_have_no_such_line(
    site: Site, repository: Repository
) -> None:
    site.build()
    for name in ("index", "tropes/index", "tropes/recent", "tropes/backlinks/main/ape"):
        assert foot(site, name) == ""
    assert not [line for line in recent(site) if "Wiki" in line]


def test_where_all_documents_count_all_tell_when_they_were_edited(
    site: Site, repository: Repository
) -> None:
    site.build(tropes_backlinks_for="all")
    assert foot(site, "index") == "Last edited: May 29, 2026"
    assert "New: Wiki" in recent(site)


def test_what_is_not_committed_is_not_shown(site: Site, repository: Repository) -> None:
    site.build()
    before = site.page("tropes/recent")
    site.write({"Ape.trope": "To {{Bee}}.\n", "New.trope": "To {{Ape}}.\n"}).build()
    assert foot(site, "Ape") == "Last edited: May 29, 2026"
    assert foot(site, "New") == ""
    assert text_of(site.page("tropes/recent")) == text_of(before)


def test_sources_that_are_in_no_repository_have_no_recent_changes(site: Site) -> None:
    site.write(dict(FILES)).build(html_baseurl=SITE)
    assert not (site.root / "html/tropes/recent.html").exists()
    assert not (site.root / "html/tropes/feeds").exists()
    assert foot(site, "Ape") == ""
    assert "Recent changes" not in text_of(site.page("tropes/index"))
    assert not site.warnings


@pytest.mark.parametrize("state", ["empty", "untracked", "broken"])
def test_a_repository_that_tells_nothing_is_as_good_as_none(site: Site, state: str) -> None:
    if state == "broken":
        (site.source / ".git").mkdir()
    else:
        repository = Repository(site.source)
        if state == "untracked":
            repository.git("commit", "-q", "--allow-empty", "-m", "x")
    site.write(dict(FILES)).build()
    assert not (site.root / "html/tropes/recent.html").exists()
    assert not site.warnings


def test_they_can_be_turned_off(site: Site, repository: Repository) -> None:
    site.build(html_baseurl=SITE)
    site.build(html_baseurl=SITE, tropes_recent=False)
    assert not (site.root / "html/tropes/recent.html").exists()
    assert not (site.root / "html/tropes/feeds").exists()
    assert foot(site, "Ape") == ""


def test_a_folder_below_the_root_of_a_repository_tells_of_itself(tmp_path: Path) -> None:
    site = Site(tmp_path / "project" / "docs")
    repository = Repository(tmp_path / "project")
    site.write(dict(FILES))
    repository.commit("Begin")
    repository.commit("Elsewhere", {"code.py": "1"})
    site.build()
    assert recent(site)[:3] == ["May 29, 2026", "Begin", "New: Animals"]
    assert "Elsewhere" not in recent(site)


def test_a_shallow_clone_says_that_older_changes_are_not_known(
    site: Site, repository: Repository, tmp_path: Path
) -> None:
    source = tmp_path / "clone" / "source"
    repository.git("clone", "-q", "--depth", "2", repository.root.as_uri(), str(source))
    clone = Site(source.parent)
    clone.build()
    clone.write({"conf.py": (site.source / "conf.py").read_text()})
    assert recent(clone) == ["May 30, 2026", "Bees sting", "Edited: Bee"]
    assert "Older changes are not known here." in text_of(clone.page("tropes/recent"))
    assert foot(clone, "Ape") == ""
    assert foot(clone, "Bee") == "Last edited: May 30, 2026"


def test_names_and_subjects_are_shown_as_text(site: Site, repository: Repository) -> None:
    site.write(AWKWARD)
    repository.commit('<img src=x onerror=alert(1)> & "it’s" {{Ape}} \x1b[31m \u202eevil')
    (site.source / "<b>x<").mkdir()
    site.write({'<b>x</it\'s "q".trope': "x"})
    repository.commit("odd")
    shutil.rmtree(site.source / "<b>x<")
    repository.commit("gone")
    site.build(html_baseurl=SITE)
    root = site.page("tropes/recent")
    assert not [e for e in root.iter("img") if e.get("onerror")]
    assert '<img src=x onerror=alert(1)> & "it’s" {{Ape}} \\x1b[31m \\u202eevil' in recent(site)
    assert 'Gone: It\'s "q"' in recent(site) or [x for x in recent(site) if x.startswith("Gone")]


# -- builds that follow one another


def assert_same_as_clean(site: Site, **config: object) -> None:
    site.build(out="clean", doctrees="clean-doctrees", force=True, **config)
    found, expected = snapshot(site.root / "html"), snapshot(site.root / "clean")
    assert found.keys() == expected.keys()
    assert [name for name in found if found[name] != expected[name]] == []
    for folder in ("clean", "clean-doctrees"):
        shutil.rmtree(site.root / folder)


def written(site: Site, **config: object) -> set[str]:
    """The pages that a build writes."""
    html = site.root / "html"
    before = {path: path.stat().st_mtime_ns for path in html.rglob("*.html")}
    site.build(**config)
    names = {"search.html", "genindex.html"}
    return {
        path.relative_to(html).as_posix()
        for path in html.rglob("*.html")
        if path.stat().st_mtime_ns != before.get(path) and path.name not in names
    }


def test_a_commit_alone_writes_the_pages_that_show_it(site: Site, repository: Repository) -> None:
    site.write({"Ape.trope": "To {{Bee}}, {{Ghost}}.\n"}).build()
    repository.commit("Ape")
    assert written(site) == {"Ape.html", "tropes/recent.html"}
    assert foot(site, "Ape") == "Last edited: May 31, 2026"
    assert written(site) == set()
    assert_same_as_clean(site)


def test_a_commit_of_other_files_writes_nothing(site: Site, repository: Repository) -> None:
    site.build()
    repository.commit("Other", {"code.py": "x"})
    assert written(site) == set()


def test_the_first_commit_adds_what_is_new_to_all_pages(site: Site) -> None:
    site.write(dict(FILES)).build(html_baseurl=SITE)
    Repository(site.source).commit("Begin")
    site.build(html_baseurl=SITE)
    assert foot(site, "Ape") == "Last edited: May 29, 2026"
    assert_same_as_clean(site, html_baseurl=SITE)
    shutil.rmtree(site.source / ".git")
    site.build(html_baseurl=SITE)
    assert_same_as_clean(site, html_baseurl=SITE)


@pytest.mark.parametrize("seed", range(4))
def test_builds_with_edits_and_commits_between_them_equal_a_clean_one(
    site: Site, repository: Repository, seed: int
) -> None:
    rng = random.Random(seed)
    config = {"html_baseurl": SITE} if seed % 2 else {}
    site.write(AWKWARD).build(**config)
    stems = ["Ape", "Bee", "Cat", "Film/Dog", "鋼の錬金術師", "abE", "Animals"]
    texts = [
        "To {{Ape}}.",
        "(:title The Cat:)\nTo {{Bee}}.",
        "(:indexes Zoo:)\nx",
        "[[index]]\n* {{Ape}}\n[[/index]]",
    ]
    for step in range(7):
        for _ in range(rng.randrange(3)):
            stem = rng.choice(stems)
            path = site.source / f"{stem}.trope"
            other = site.source / f"{rng.choice(stems)}.trope"
            if path.exists() and rng.random() < 0.3:
                path.unlink()
            elif path.exists() and not other.exists() and rng.random() < 0.6:
                other.parent.mkdir(exist_ok=True)
                path.rename(other)
            else:
                site.write({f"{stem}.trope": f"{rng.choice(texts)}\n{rng.random()}\n"})
        if rng.random() < 0.7:
            repository.commit(f"Step {step}", later=rng.choice([60, 90_000]))
        site.build(**config, parallel=2 if step == 3 else 0)
        assert_same_as_clean(site, **config)


def test_the_clock_the_zone_and_the_epoch_change_nothing(
    site: Site, repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.build(html_baseurl=SITE)
    before = snapshot(site.root / "html")
    shutil.rmtree(site.root / "html")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    site.build(html_baseurl=SITE, force=True)
    assert snapshot(site.root / "html") == before


@pytest.mark.parametrize(
    "builder", ["dirhtml", "singlehtml", "epub", "latex", "text", "json", "gettext"]
)
def test_every_builder_goes_on(site: Site, repository: Repository, builder: str) -> None:
    out = site.build(builder, html_baseurl=SITE)
    assert not [line for line in site.warnings.splitlines() if "tropes" in line]
    is_there = (out / "tropes/feeds/all.atom").exists()
    assert is_there == (builder in ("dirhtml", "json"))


# -- what a build keeps for the next one


@pytest.fixture
def processes(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """The processes that were started to ask git."""
    started: list[object] = []

    class Counted(git_log.subprocess.Popen):
        def __init__(self, *args: object, **kwargs: object) -> None:
            started.append(args)
            super().__init__(*args, **kwargs)

    monkeypatch.setattr(git_log.subprocess, "Popen", Counted)
    return started


def test_git_is_asked_once_for_each_commit(
    site: Site, repository: Repository, processes: list[object]
) -> None:
    site.build()
    assert len(processes) == 1
    site.write({"Ape.trope": "x\n"}).build()
    assert len(processes) == 1
    repository.git("pack-refs", "--all")
    site.build()
    assert foot(site, "Ape") == "Last edited: May 29, 2026"
    processes.clear()
    repository.commit("Ape")
    processes.clear()
    site.build()
    assert len(processes) == 1
    assert foot(site, "Ape") == "Last edited: May 31, 2026"
    repository.git("checkout", "-q", "HEAD~1")
    site.build()
    assert foot(site, "Ape") == "Last edited: May 29, 2026"
    assert_same_as_clean(site)


@pytest.mark.parametrize("damage", [b"", b"odd", b"\xff\0\0"])
def test_a_stored_log_that_was_damaged_is_read_again(
    site: Site, repository: Repository, damage: bytes
) -> None:
    site.build()
    stored = site.root / "doctrees/tropes-history"
    key = stored.read_bytes().split(b"\n")[0] + b"\n"
    for text in (damage, key + damage + b"x\0y\0"):
        stored.write_bytes(text)
        shutil.rmtree(site.root / "html")
        site.build(force=True)
        assert foot(site, "Bee") == "Last edited: May 30, 2026"
    stored.unlink()
    stored.mkdir()
    site.build(force=True)
    assert foot(site, "Bee") == "Last edited: May 30, 2026"


def test_builds_of_one_process_follow_commits(site: Site, repository: Repository) -> None:
    def build_twice(app) -> None:
        app.build()
        site.write({"Ape.trope": "To {{Bee}} again.\n"})
        repository.commit("Ape")

    site.build(on_app=build_twice)
    assert foot(site, "Ape") == "Last edited: May 31, 2026"
    assert_same_as_clean(site)


def test_git_that_took_too_long_is_asked_again_after_the_next_commit_only(
    site: Site, repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def late(folder: Path) -> bytes:
        asked.append(folder)
        raise git_log.LateError("git took over 30 seconds")

    monkeypatch.setattr(loading, "read_log", late)
    site.build()
    site.build()
    assert len(asked) == 1
    assert foot(site, "Ape") == ""
    assert not site.warnings
    repository.commit("Next", {"Ape.trope": "x\n"})
    monkeypatch.undo()
    site.build()
    assert foot(site, "Ape") == "Last edited: May 31, 2026"


def test_the_page_that_is_written_first_is_that_of_a_clean_build(
    site: Site, repository: Repository
) -> None:
    def edit(app) -> None:
        live = LiveBuild(app)
        live.build_rest()
        path = site.source / "Ape.trope"
        for number in range(2):
            path.write_text(f"To {{{{Bee}}}}, {number}.\n")
            if number:
                repository.commit("Ape")
            assert live.write_first(["Ape"]) == ["Ape"]
            assert foot(site, "Ape") == "Last edited: May 29, 2026"
            live.build_rest([path])
        live.store()

    with pytest.raises(_StopError):
        site.build(on_app=lambda app: (edit(app), _stop()))
    assert foot(site, "Ape") == "Last edited: May 31, 2026"
    assert_same_as_clean(site)


class _StopError(Exception):
    """Ends a test's own builds."""


def _stop() -> None:
    raise _StopError
