"""Incremental equals clean: whatever is edited, a build on top of earlier ones leaves the same
bytes as one from nothing."""

from __future__ import annotations

import contextlib
import json
import os
import random
import shutil
from pathlib import Path

import pytest

from sphinxcontrib_tropes.wiki import Wiki
from sphinxcontrib_tropes.wiki.views import DocumentView, document_view

from ..conftest import Site

STEPS = int(os.environ.get("TROPES_RANDOM_STEPS", "120"))
# Of how many builds the output is compared with a clean one; the others are built upon.
COMPARED = float(os.environ.get("TROPES_RANDOM_COMPARED", "1"))
SEED = int(os.environ.get("TROPES_RANDOM_SEED", "2026"))

NAMES = ["FurryConfusion", "HalfHuman", "FunnyAnimal", "RedHerring", "TheABCMurders", "MayFly"]
WORKS = ["Film/TheMatrix", "Film/Alien", "Literature/BigBook", "Film/RedHerring"]
GHOSTS = ["NeverWritten", "Neverwritten", "Film/LostReel"]
TARGETS = NAMES + WORKS + GHOSTS
PHRASES = ["Furry Confusion", "half human", "May Fly", "red herring", "lost reel"]
TITLES = ["", "", "A Title", "Ocean's Own", "Another ''Title''"]

# What an output directory remembers of itself, no part of the site.
NOT_SITE = {".buildinfo", ".buildinfo.bak", ".tropes-state.json"}


def snapshot(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): contents(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in NOT_SITE
    }


def contents(path: Path) -> bytes:
    if path.name != "searchindex.js":
        return path.read_bytes()
    # Sphinx keeps the words that no document has any more, with an empty list of documents
    index = json.loads(path.read_text("utf-8").removeprefix("Search.setIndex(").removesuffix(")"))
    for words in ("terms", "titleterms"):
        index[words] = {word: found for word, found in index[words].items() if found != []}
    # and it forgets what genindex lists of each document that it does not write again
    index.pop("indexentries", None)
    return json.dumps(index, sort_keys=True).encode()


class RandomWiki:
    """A wiki that is edited at random; the same seed makes the same edits."""

    def __init__(self, site: Site, seed: int, rewords: int = 3) -> None:
        """:param rewords: how often, for one edit of each other kind, a sentence is edited alone."""
        self.site = site
        self.rewords = rewords
        self.random = random.Random(seed)
        self.pages: dict[str, dict[str, object]] = {}
        site.write({"refused.txt": ""})
        for name in NAMES[:3] + WORKS[:1]:
            self.pages[name] = self.new_page()
        self.write()

    def path(self, name: str) -> str:
        return f"{name}.trope"

    def link(self) -> str:
        target = self.random.choice(TARGETS)
        namespace, _, word = target.rpartition("/")
        prefix = f"{namespace}/" if namespace else ""
        forms = [f"{prefix}{{{{{word}}}}}s", f"[[{target} some ''words'']]", f"[[{target}]]"]
        return self.random.choice(forms)

    def sentence(self) -> str:
        link = self.link()
        forms = [
            f"A sentence with {link} in it.",
            f"* An item: {link}, and so on.",
            f"* {link}: bar one.\n* {link}: baz two.",
            f"* Foo it was. {link}: bar one.",
            f"[[spoiler:The end is {link} of course.]]",
            f"See also: {link}; {self.link()}.",
            f"[[folder:Fold]]\n* {link}\n[[/folder]]",
            f"!!Section {self.random.randint(1, 3)}\nMore of {link}[[note]]or {self.link()}[[/note]].",
            f"[[index]]\n* {link}\n* {self.link()}\n[[/index]]",
            f"To [[{self.random.choice(NAMES)}#section-1 a section]].",
            f"[[!{self.random.choice(TARGETS)}]]",
            f"* [[{self.random.choice(NAMES + WORKS)} Name]]: an example.",
            f"A sub-trope of {link}.",
            f"Compare {link}; {self.link()}. Not to be confused with {self.link()}.",
            f"Where {link} meets {self.link()} there is no {self.link()}.",
            f"A {self.random.choice(PHRASES)} that is not linked.",
        ]
        return self.random.choice(forms)

    def new_page(self) -> dict[str, object]:
        return {
            "title": self.random.choice(TITLES),
            "alias": "",
            "redirect": "",
            "laconic": "",
            "relation": "",
            "body": [self.sentence() for _ in range(self.random.randint(0, 3))],
        }

    def text(self, page: dict[str, object]) -> str:
        lines = [
            f"(:{key} {page[key]}:)"
            for key in ("title", "alias", "redirect", "laconic", "relation")
            if page[key]
        ]
        return "\n\n".join([*lines, *page["body"], ""])  # type: ignore[misc]

    def write(self) -> None:
        for path in self.site.source.rglob("*.trope"):
            name = path.relative_to(self.site.source).as_posix().removesuffix(".trope")
            if name not in self.pages:
                path.unlink()
        for name, page in self.pages.items():
            path = self.site.source / self.path(name)
            path.parent.mkdir(exist_ok=True)
            text = self.text(page).encode()
            if not path.exists() or path.read_bytes() != text:
                path.write_bytes(text)

    def edit(self) -> str:
        edits = [self.add, self.remove, self.rename, self.retitle, self.relink, self.relink]
        edits += [self.redirect, self.alias, self.say_laconic, self.touch, self.edit_document]
        edits += [self.relate, self.refuse, *[self.reword] * self.rewords, self.say_twice]
        edit = self.random.choice(edits)
        edit()
        self.write()
        return edit.__name__

    def some(self) -> str:
        return self.random.choice(sorted(self.pages))

    def add(self) -> None:
        missing = [name for name in NAMES + WORKS if name not in self.pages]
        if missing:
            self.pages[self.random.choice(missing)] = self.new_page()

    def remove(self) -> None:
        if len(self.pages) > 2:
            del self.pages[self.some()]

    def rename(self) -> None:
        missing = [name for name in NAMES + WORKS if name not in self.pages]
        if missing:
            self.pages[self.random.choice(missing)] = self.pages.pop(self.some())

    def retitle(self) -> None:
        self.pages[self.some()]["title"] = self.random.choice(TITLES)

    def relink(self) -> None:
        page = self.pages[self.some()]
        page["body"] = [self.sentence() for _ in range(self.random.randint(0, 4))]

    def reword(self) -> None:
        """The most frequent edit: a sentence comes, goes, moves or is said otherwise."""
        body = self.pages[self.some()]["body"]
        assert isinstance(body, list)
        at = self.random.randint(0, len(body))
        kind = self.random.choice(["insert", "insert", "drop", "say", "move"])
        if kind == "insert":
            body.insert(at, self.sentence())
        elif at < len(body):
            sentence = body.pop(at)
            if kind == "say":
                body.insert(at, sentence.replace("A", "An odd").replace("item", "entry"))
            elif kind == "move":
                body.insert(self.random.randint(0, len(body)), sentence)

    def say_twice(self) -> None:
        """Two pages say the same, and may be the first to link to a third."""
        sentence = self.sentence()
        for _ in range(2):
            body = self.pages[self.some()]["body"]
            assert isinstance(body, list)
            body.append(sentence)

    def redirect(self) -> None:
        page = self.pages[self.some()]
        page["redirect"] = "" if page["redirect"] else self.random.choice(TARGETS)

    def alias(self) -> None:
        self.pages[self.some()]["alias"] = self.random.choice(["", *TARGETS])

    def say_laconic(self) -> None:
        self.pages[self.some()]["laconic"] = self.random.choice(
            ["", "Short.", "Shorter [[spoiler:x]]"]
        )

    def relate(self) -> None:
        kind = self.random.choice(["subtrope-of", "sister-of", "leads-to"])
        page = self.pages[self.some()]
        page["relation"] = self.random.choice(["", f"{kind} {self.random.choice(TARGETS)}"])

    def refuse(self) -> None:
        line = f"{self.some()} -> {self.random.choice(NAMES)}"
        self.site.write({"refused.txt": self.random.choice(["", line, "red herring"])})

    def touch(self) -> None:
        path = self.site.source / self.path(self.some())
        os.utime(path)

    def edit_document(self) -> None:
        name = self.random.choice(TARGETS)
        lists = [".. trope-wanted::\n", ".. trope-index::\n   :namespace: Film\n", ""]
        lists += [f".. trope-backlinks:: {name}\n", ".. trope:: Own Page\n\n   A FunnyAnimal.\n"]
        claimed = self.random.choice(NAMES)
        lists.append(f".. trope:: {claimed}\n\n   Of {{{{{name.rpartition('/')[2]}}}}}.\n")
        lists.append(f".. trope-graph:: {name}\n   :depth: {self.random.randint(1, 3)}\n")
        text = f"Wiki\n====\n\nLinks to :trope:`{name}` and :any:`{self.random.choice(NAMES)}`.\n\n"
        self.site.write({"index.rst": text + self.random.choice(lists)})


def assert_same(incremental: Path, clean: Path, note: str) -> None:
    found, expected = snapshot(incremental), snapshot(clean)
    different = sorted(
        name for name in found.keys() | expected.keys() if found.get(name) != expected.get(name)
    )
    assert not different, f"{note}: {different}"


MENTIONS = {"tropes_unlinked_mentions": True, "tropes_mentions_refused": "refused.txt"}
# what is looked at again is told by what changed, but not where mentions count
FOLLOWED: dict[str, object] = {}


def build_and_compare(
    site: Site, builder: str, note: str, options: dict[str, object], *, parallel: int = 0
) -> None:
    """:param parallel: how many processes the clean build has."""
    incremental = site.build(builder, **options)
    for folder in ("clean", "clean-doctrees"):
        shutil.rmtree(site.root / folder, ignore_errors=True)
    clean = site.build(
        builder, out="clean", doctrees="clean-doctrees", parallel=parallel, **options
    )
    assert_same(incremental, clean, note)


def cut_short(site: Site, after: int, options: dict[str, object]) -> None:
    """A build that somebody stops after it wrote some pages."""
    written = 0

    def stop(*_context: object) -> None:
        nonlocal written
        written += 1
        if written > after:
            raise KeyboardInterrupt

    with contextlib.suppress(KeyboardInterrupt):
        site.build(on_app=lambda app: app.connect("html-page-context", stop), **options)


@pytest.mark.parametrize("options", [FOLLOWED, MENTIONS], ids=["followed", "mentions"])
def test_incremental_output_equals_clean_output_after_random_edits(
    site: Site, options: dict[str, object]
) -> None:
    wiki = RandomWiki(site, SEED, rewords=1 if options else 12)
    history: list[str] = []
    for step in range(STEPS):
        history.append(wiki.edit())
        if wiki.random.random() < 0.1:
            history.append("cut short")
            cut_short(site, wiki.random.randint(0, 12), options)
        # several edits between two builds, now and then
        if wiki.random.random() < 0.7 or step == STEPS - 1:
            parallel = 2 if wiki.random.random() < 0.1 else 0
            if wiki.random.random() >= COMPARED and step < STEPS - 1:
                site.build("html", **options)
                continue
            note = f"step {step}, {history[-5:]}"
            build_and_compare(site, "html", note, options, parallel=parallel)


@pytest.mark.parametrize("builder", ["text", "xml", "dirhtml"])
def test_incremental_output_equals_clean_output_in_other_builders(site: Site, builder: str) -> None:
    wiki = RandomWiki(site, SEED + 1)
    for step in range(max(3, STEPS // 40)):
        build_and_compare(site, builder, f"step {step}, {wiki.edit()}", FOLLOWED)


def test_an_edited_sentence_has_no_other_views_looked_at_than_those_it_may_change(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.write({f"Page{number}Of.trope": "Of AnotherOne and {{Alone}}.\n" for number in range(30)})
    site.write(
        {"EditedPage.trope": "Of AnotherOne.\n\nAnd OneMore.\n", "OneMore.trope": "Words.\n"}
    )
    site.build()
    looked_at: list[str] = []

    def look(wiki: Wiki, docname: str, *, panels: bool, graphs: bool) -> DocumentView:
        looked_at.append(docname)
        return document_view(wiki, docname, panels=panels, graphs=graphs)

    monkeypatch.setattr("sphinxcontrib_tropes.resolve.document_view", look)
    site.write({"EditedPage.trope": "Of AnotherOne.\n\nAnd now OneMore.\n"})
    output = site.build()
    assert set(looked_at) == {"EditedPage", "OneMore"}
    assert "And now" in (output / "OneMore.html").read_text("utf-8")
