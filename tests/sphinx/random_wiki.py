"""A wiki that is edited at random, with names and texts that are awkward by default."""

from __future__ import annotations

import json
import os
import random
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..conftest import Site

__all__ = ["RandomWiki"]

# Files of pages. They sort otherwise by name, by key, by title and where case is ignored; some are
# one letter apart; three claim one name, and two differ in their namespaces alone.
NAMES = [
    "HumanZoo",
    "Humans",
    "Human",
    "Abc",
    "aBD",
    "abE",
    "2Fast2Slow",
    "O'Brien's 2nd",
    "Ёлка Новая",
    "鋼の錬金術師",
    "Éclair",
    "Zebra",
    "deep/er/Twin",
    "other/Twin",
]
WORKS = ["Film/HumanZoo", "Film/12 O'Clock", "Film/abe", "Literature/Abc", "Literature/zz Top 10"]
PAGES = NAMES + WORKS
GHOSTS = [
    "Humanz",
    "NeverWritten",
    "Neverwritten",
    "Film/Abz",
    "Film/Lost Reel 9",
    "見よ",
    "twin 2",
]
# What may be named: a folder alone is no namespace.
TARGETS = [name for name in PAGES if "Twin" not in name] + ["Twin"] + GHOSTS
PHRASES = ["Human Zoo", "human", "Zebra", "2 fast 2 slow", "o'brien's 2nd", "lost reel 9", "Humans"]
TITLES = ["", "", "", "Zebra", "aa", "Abc", "Abc", "Élan", "10 Things", "9 Things", "鋼"]
TITLES += ["Ocean's ''Own''", "A & B < C", "Human Zoo"]
WORDS = ["one", "two", "Three", "4", "it's", "ünique", "&", "<b>", "“so”"]


@dataclass
class Sentence:
    """A sentence with places for links."""

    form: str
    links: list[str]

    def __str__(self) -> str:
        return self.form.format(*self.links)


@dataclass
class Page:
    """A page of the wiki."""

    title: str = ""
    alias: str = ""
    redirect: str = ""
    laconic: str = ""
    relation: str = ""
    exclude: str = ""
    body: list[Sentence] = field(default_factory=list)

    def __str__(self) -> str:
        properties = [
            f"(:{name} {value}:)"
            for name in ("title", "alias", "redirect", "laconic", "relation", "exclude")
            if (value := getattr(self, name))
        ]
        return "\n\n".join([*properties, *map(str, self.body), ""])


FORMS = [
    "A sentence with {0} in it.",
    "A sentence with {0} in it, and {1}.",
    "* An item: {0}, and so on.",
    "* {0}: bar one.\n* {1}: baz two.",
    "* Foo it was. {0}: bar one.",
    "* {0}: It was so. Subverted.\n* {1}: It was so. Averted; inverted in the end.",
    "* Subverted in {0}, played straight in {1}.",
    "[[spoiler:The end is {0} of course.]]",
    "See also: {0}; {1}.",
    "[[folder:Fold]]\n* {0}\n[[/folder]]",
    "!!Section 1\nMore of {0}[[note]]or {1}[[/note]].",
    "!!Section 2\nAnd of {0}.",
    "[[index]]\n* {0}\n* {1}\n[[/index]]",
    "A sub-trope of {0}.",
    "Compare {0}; {1}. Not to be confused with {2}.",
    "Where {0} meets {1} there is no {2}.",
    "(:include {0}:)",
    "(:include {0}#section-2:)",
    'A picture: [[image:"/pics/my-2nd_One.svg" of {0}]].',
]
SEVERAL = 3
"""Links that a form has place for."""

# What is another page each time is built upon settings that are seldom those of the others.
SETTINGS: dict[str, list[Any]] = {
    "html_theme": ["basic", "alabaster", "classic"],
    "html_sidebars": [{}, {"**": ["tropes/sidebar.html"]}],
    "language": ["en", "de", "fr"],
    "project": ["Wiki", "Ōther & <Wiki> 2"],
    "html_baseurl": ["", "https://example.org/it's/"],
    "tropes_alias_pages": [True, False],
    "tropes_backlinks_for": ["pages", "all"],
    "tropes_backlinks_pages": [True, False],
    "tropes_backlinks_panel": [True, False],
    "tropes_book": ["index", "a-z", False],
    "tropes_context_length": [200, 20],
    "tropes_federation": [{}, {"far": "../far"}],
    "tropes_graph": [True, False],
    "tropes_pages_prefix": ["tropes", "wiki/of 2"],
    "tropes_panel_place": ["foot", "side"],
    "tropes_preview": [True, False],
    "tropes_reading_time": [False, True],
    "tropes_trail": [True, False],
    "tropes_edit": [
        True,
        "https://example.org/edit/{path}",
        {"create": "https://example.org/?f={file}"},
    ],
    "tropes_switcher_key": ["Ctrl+K", "", False],
    "tropes_unlinked_mentions": [False, True],
    "tropes_wanted": ["link", "text", "warn"],
    "tropes_wikiwords": [True, False],
}


class RandomWiki:
    """A wiki that is edited at random; the same seed makes the same edits."""

    def __init__(self, site: Site, seed: int, links: int = 10) -> None:
        """:param links: how often, for one edit of each other kind, a link alone is edited."""
        self.site = site
        self.links = links
        self.random = random.Random(seed)
        self.settings = {name: values[0] for name, values in SETTINGS.items()}
        self.settings["tropes_mentions_refused"] = "refused.txt"
        self.tags: tuple[str, ...] = ()
        site.write({"refused.txt": ""})
        self.paint()
        # links make it part of the wiki: a document that is none Sphinx never indexes once a first
        # build is cut short after it was written
        self.edit_document()
        self.federate()
        self.pages = {name: self.new_page() for name in self.random.sample(PAGES, 5)}
        self.write()

    # -- texts

    def link(self) -> str:
        target = self.random.choice(TARGETS)
        namespace, _, word = target.rpartition("/")
        named = f"{namespace}/{{{{{word}}}}}" if namespace else f"{{{{{word}}}}}"
        forms = [named, f"{named}s", f"[[{named} some ''words'']]", f"[[{named} {word.lower()}]]"]
        if target.isascii() and target.isalnum():
            forms.append(f"[[{target}]]")
        if self.random.random() < 0.1:
            forms = [f"[[{named}#section-{self.random.choice('12')} a section]]"]
        return self.random.choice(forms)

    def sentence(self) -> Sentence:
        if self.random.random() < 0.1:
            return Sentence(f"A {self.random.choice(PHRASES)} that is not linked.", [])
        if self.random.random() < 0.1:
            return Sentence(f"[[!{self.random.choice(WORKS).partition('/')[0]}]]", [])
        form = self.random.choice(FORMS)
        return Sentence(form, [self.link() for _ in range(SEVERAL)])

    def new_page(self) -> Page:
        body = [self.sentence() for _ in range(self.random.randint(0, 3))]
        return Page(self.random.choice(TITLES), body=body)

    def write(self) -> None:
        """Writes what is another now."""
        source = self.site.source
        for path in source.rglob("*.trope"):
            if path.relative_to(source).as_posix().removesuffix(".trope") not in self.pages:
                path.unlink()
        for name, page in self.pages.items():
            path = source / f"{name}.trope"
            path.parent.mkdir(parents=True, exist_ok=True)
            text = str(page).encode()
            if not path.exists() or path.read_bytes() != text:
                path.write_bytes(text)

    # -- edits

    def edit(self) -> str:
        """Edits something; what it was."""
        others: list[Callable[[], None]] = [self.add, self.remove, self.rename, self.retitle]
        others += [self.rewrite, self.redirect, self.alias, self.say_laconic, self.touch]
        others += [
            self.exclude,
            self.relate,
            self.refuse,
            self.say_twice,
            self.edit_document,
            self.federate,
        ]
        others += [self.paint] + [self.reword] * 3
        edit = self.random.choice([*others, *[self.point] * self.links])
        edit()
        self.write()
        return edit.__name__

    def some(self) -> str:
        return self.random.choice(sorted(self.pages))

    def point(self) -> None:
        """The most frequent edit: a link leads somewhere else, and nothing more."""
        found = [body for page in self.pages.values() for body in page.body if body.links]
        if found:
            sentence = self.random.choice(found)
            places = [place for place in range(SEVERAL) if f"{{{place}}}" in sentence.form]
            if places:
                sentence.links[self.random.choice(places)] = self.link()

    def reword(self) -> None:
        """A sentence comes, goes, moves or is said otherwise."""
        body = self.pages[self.some()].body
        at = self.random.randint(0, len(body))
        kind = self.random.choice(["insert", "insert", "drop", "say", "move"])
        if kind == "insert":
            body.insert(at, self.sentence())
        elif at < len(body):
            sentence = body.pop(at)
            if kind == "say":
                word = self.random.choice(WORDS)
                form = sentence.form.replace(" A ", f" A {word} ").replace("of", f"of {word}")
                body.insert(at, Sentence(form[:400], sentence.links))
            elif kind == "move":
                body.insert(self.random.randint(0, len(body)), sentence)

    def add(self) -> None:
        missing = [name for name in PAGES if name not in self.pages]
        if missing:
            self.pages[self.random.choice(missing)] = self.new_page()

    def remove(self) -> None:
        if len(self.pages) > 2:
            del self.pages[self.some()]

    def rename(self) -> None:
        missing = [name for name in PAGES if name not in self.pages]
        if missing:
            self.pages[self.random.choice(missing)] = self.pages.pop(self.some())

    def retitle(self) -> None:
        self.pages[self.some()].title = self.random.choice(TITLES)

    def rewrite(self) -> None:
        self.pages[self.some()].body = [self.sentence() for _ in range(self.random.randint(0, 4))]

    def say_twice(self) -> None:
        """Two pages say the same, and may be the first to link to a third."""
        sentence = self.sentence()
        for _ in range(2):
            self.pages[self.some()].body.append(Sentence(sentence.form, list(sentence.links)))

    def redirect(self) -> None:
        page = self.pages[self.some()]
        section = self.random.choice(["", "#section-1"])
        page.redirect = "" if page.redirect else self.random.choice(TARGETS) + section

    def alias(self) -> None:
        self.pages[self.some()].alias = self.random.choice(["", *TARGETS])

    def say_laconic(self) -> None:
        laconics = ["", "Short.", "A longer one, that isn't short: 2.", "Shorter [[spoiler:x]]"]
        self.pages[self.some()].laconic = self.random.choice(laconics)

    def relate(self) -> None:
        kind = self.random.choice(["subtrope-of", "sister-of", "leads-to"])
        to = self.random.choice(["", f"{kind} {self.random.choice(TARGETS)}"])
        self.pages[self.some()].relation = to

    def exclude(self) -> None:
        page, words = self.pages[self.some()], ["backlinks", "graph", "index", "search"]
        page.exclude = "" if page.exclude else " ".join(self.random.sample(words, 2))

    def refuse(self) -> None:
        line = f"{self.some()} -> {self.random.choice(NAMES)}"
        self.site.write({"refused.txt": self.random.choice(["", line, "human zoo"])})

    def touch(self) -> None:
        os.utime(self.site.source / f"{self.some()}.trope")

    def paint(self) -> None:
        """A picture is another; all are on the front page, since Sphinx leaves old ones behind."""
        picture = f'<svg xmlns="http://www.w3.org/2000/svg" width="{self.random.randint(1, 9)}"/>'
        self.site.write({"pics/my-2nd_One.svg": picture})

    def edit_document(self) -> None:
        """The front page says something else, of which some depends on a tag."""
        name = self.random.choice(TARGETS)
        lists = [".. trope-wanted::\n", ".. trope-index::\n   :namespace: Film\n", ""]
        lists += [f".. trope-backlinks:: {name}\n", ".. trope:: Own Page 2\n\n   A {{Human}}.\n"]
        claimed = self.random.choice(TARGETS)
        lists.append(f".. trope:: {claimed}\n\n   Of {{{{{name.rpartition('/')[2]}}}}}.\n")
        lists.append(f".. trope-graph:: {name}\n   :depth: {self.random.randint(1, 3)}\n")
        lists.append(".. toctree::\n\n   tropes/index\n   The map <tropes/graph>\n")
        text = ".. image:: /pics/my-2nd_One.svg\n\n"
        text = f"Wiki\n====\n\n{text}Links to :trope:`{name}` and :any:`Human`.\n\n"
        text += f".. only:: draft\n\n   A draft, :trope:`{self.random.choice(TARGETS)}`.\n\n"
        self.site.write({"index.rst": text + self.random.choice(lists)})

    def federate(self) -> None:
        """Another wiki has other pages now, or links here from others."""
        names = self.random.sample(TARGETS, 4)
        pages = [
            {
                "name": _canonical(name),
                "title": self.random.choice([title for title in TITLES if title]),
                "url": f"{number}.html",
                "aliases": [],
                "excluded": ["backlinks"] * (self.random.random() < 0.1),
            }
            for number, name in enumerate(names)
        ]
        links = [
            {
                "source": pages[0]["name"],
                "target": _canonical(self.random.choice(TARGETS)),
                "url": f"0.html#link-{number}",
                "context": f"Far away, {number} it's.",
                "words": [0, 3],
            }
            for number in range(3)
        ]
        data = {"version": 1, "project": "Far", "pages": pages, "links": links, "documents": []}
        data |= {"wanted": [], "unlinked": []}
        self.site.write({"../far/tropes.json": json.dumps(data)})

    def change_settings(self) -> str:
        """Something is set otherwise, or most of it as it was."""
        if self.random.random() < 0.2:
            self.tags = () if self.tags else ("draft",)
            return f"tags: {self.tags}"
        changed = [name for name, values in SETTINGS.items() if self.settings[name] != values[0]]
        if changed and self.random.random() < 0.7:
            name = self.random.choice(changed)
            self.settings[name] = SETTINGS[name][0]
        else:
            name = self.random.choice(sorted(SETTINGS))
            self.settings[name] = self.random.choice(SETTINGS[name])
        return f"{name}: {self.settings[name]!r}"


def _canonical(name: str) -> str:
    namespace, _, word = name.rpartition("/")
    letters = "".join(filter(str.isalnum, word))
    return f"{namespace or 'Main'}/{letters[:1].upper()}{letters[1:]}"
