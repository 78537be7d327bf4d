"""Real wikis, which nobody here wrote: imported, built, edited, built again, and compared with a clean
build; and how much of their markup readers see raw, which may not become more.

They lie beside the checkout, in ``../shared/corpora``, and are no part of it: where they are not, this
is skipped. ``TROPES_CORPORA_STEPS`` makes more edits, ``TROPES_CORPORA_SEED`` others.
"""

from __future__ import annotations

import html
import json
import os
import random
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from sphinx.util.inventory import InventoryFile

ROOT = Path(__file__).parents[2]
CORPORA = ROOT.parent / "shared" / "corpora"
STEPS = int(os.environ.get("TROPES_CORPORA_STEPS", "2"))
SEED = int(os.environ.get("TROPES_CORPORA_SEED", "2026"))

RAW = {
    "directives": r"\(:[a-zA-Z][^)]*:\)",
    "variables": r"\{[$*][^}\s]+\}",
    "styles": r"(?<!\w)%[a-z][\w.=#,\- ]*%",
    "apostrophes": r"''",
    "brackets": r"\[\[|\]\]",
    "braces": r"\{\{|\}\}",
    "cells": r"\|\|",
    "headings": r"(?m)^(?:={2,}|!{1,6}) ?\w",
}
"""What no reader should see, outside of code."""

MOST_RAW = {
    "espace": {
        "pages": 201, "directives": 131, "variables": 51, "styles": 27, "brackets": 33, "cells": 1,
        "headings": 1,
    },
    "pmwiki": {
        "pages": 109, "directives": 42, "variables": 50, "styles": 95, "brackets": 46, "cells": 3,
        "braces": 2, "apostrophes": 1,
    },
}  # fmt: skip
"""Corpus -> on how many pages there may be something raw, and something of each kind. To be lowered
whenever less is."""

AWKWARD = ["Ab", "ABBA", "a b", "C++", "C#", "2001", "Ocean's 11", "鋼の錬金術師", "Élan vital", "élan Vital", "z-Z", "Con"]  # fmt: skip
NOT_SITE = {".buildinfo", "searchindex.js", ".tropes-state.json"}

pytestmark = pytest.mark.skipif(
    not CORPORA.is_dir(), reason=f"no real wikis beside the checkout: {CORPORA} is not there"
)


def ran(*command: object) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.run(
        list(map(str, command)), check=False, capture_output=True, text=True, env=environment
    )


class RealWiki:
    """A corpus as a project, and its builds, each in a process of its own."""

    def __init__(self, corpus: Path, folder: Path) -> None:
        self.folder = folder
        self.source = folder / "wiki"
        pages = next((path for path in sorted(corpus.iterdir()) if path.suffix == ".d"), corpus)
        done = self.command("import", pages, self.source)
        assert done.returncode == 0, done.stderr

    def command(self, *arguments: object) -> subprocess.CompletedProcess[str]:
        code = "from sphinxcontrib_tropes.tools.cli import main; main()"
        return ran(sys.executable, "-c", code, *arguments)

    def build(self, name: str = "out") -> Path:
        """Builds into a folder of that name, upon what is there."""
        out, trees = self.folder / name, self.folder / f"{name}-trees"
        command = [sys.executable, "-m", "sphinx", "-q", "-b", "html", "-d", trees]
        done = ran(*command, "-D", "html_theme=basic", self.source, out)
        assert done.returncode == 0, done.stderr[-2000:]
        assert "Traceback" not in done.stderr
        return out

    def pages(self) -> list[Path]:
        return sorted(self.source.rglob("*.trope"))

    def edit(self, how: str, chance: random.Random) -> str:
        """Edits a page; says which and how."""
        pages = self.pages()
        page, other = chance.choice(pages), chance.choice(pages)
        awkward = chance.choice(AWKWARD)
        text = page.read_text("utf-8")
        if how == "link":
            linked = chance.choice([other.stem, awkward])
            page.write_text(f"{text}\n\nOn {{{{{linked}}}}}, and [[{other.stem} it]].\n", "utf-8")
        elif how == "unlinked":
            page.write_text(re.sub(r"\[\[|\]\]|\{\{|\}\}", "", text), "utf-8")
        elif how == "title":
            page.write_text(f"(:title {awkward}:)\n(:alias {awkward} too:)\n{text}", "utf-8")
        elif how == "gone":
            page.unlink()
        elif how == "new":
            page = page.with_name(f"{awkward.replace('#', '')} of {len(pages)}.trope")
            page.write_text(f"New, on {{{{{other.stem}}}}} and {other.stem}.\n", "utf-8")
        elif how == "renamed":
            page.rename(page.with_name(f"z{page.stem}9.trope"))
        else:
            name = f"{page.parent.name}/{page.stem}"
            done = self.command(
                "rename", "-s", self.source, name, f"{name}New", "--write", "--one-way"
            )
            assert done.returncode in (0, 2), done.stderr
            assert "Traceback" not in done.stderr
        return f"{how}: {page.relative_to(self.source)}"


def check_data(out: Path) -> int:
    """Reads every file that a program would read; how many those are."""
    read = 0
    for path in out.rglob("*"):
        if path.suffix == ".json":
            json.loads(path.read_bytes())
        elif path.suffix in (".jsonl", ".ndjson"):
            list(map(json.loads, path.read_bytes().splitlines()))
        elif path.suffix in (".xml", ".graphml", ".svg"):
            ET.parse(path)
        elif path.name == "objects.inv":
            with path.open("rb") as file:
                InventoryFile.load(file, "", lambda base, address: address)
        elif path.name == "searchindex.js":
            text = path.read_text("utf-8")
            json.loads(text[text.index("{") : text.rindex("}") + 1])
        else:
            continue
        read += 1
    return read


def site(out: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(out)): path.read_bytes()
        for path in out.rglob("*")
        if path.is_file() and path.name not in NOT_SITE and "_sources" not in path.parts
    }


def seen(page: Path) -> str:
    """What a reader sees of a page's own text, without code."""
    text = page.read_text("utf-8")
    match = re.search(r'<div class="body" role="main">(.*?)<div class="clearer">', text, re.DOTALL)
    text = match[1] if match else text
    text = re.split(r'<aside class="[^"]*trope-backlinks', text)[0]
    text = re.sub(r"<(pre|code|tt|script|style)\b.*?</\1>", " ", text, flags=re.DOTALL)
    return html.unescape(re.sub(r"<[^>]+>", "", text))


def raw_in(out: Path) -> Counter[str]:
    found: Counter[str] = Counter()
    for page in sorted((out / "wiki").rglob("*.html")):
        text = seen(page)
        kinds = [kind for kind, pattern in RAW.items() if re.search(pattern, text)]
        found.update(kinds)
        found["pages"] += bool(kinds)
    return found


@pytest.mark.parametrize("name", ["espace", "pmwiki"])
def test_a_real_wiki_builds_the_same_whatever_was_edited_and_shows_no_more_raw_markup(
    name, tmp_path
):
    corpus = CORPORA / name
    if not corpus.is_dir():
        pytest.skip(f"{corpus} is not there")
    wiki = RealWiki(corpus, tmp_path)
    out = wiki.build()
    assert check_data(out) >= 3
    raw = raw_in(out)
    more = {kind: count for kind, count in raw.items() if count > MOST_RAW[name].get(kind, 0)}
    assert not more, f"raw markup on more pages than {MOST_RAW[name]}"
    chance = random.Random(SEED)
    ways = ["link", "title", "gone", "link", "new", "rename", "link", "renamed", "unlinked"]
    done = []
    for step in range(STEPS):
        # most steps are of links alone: what they reach is not read anew
        few = ways[step * 3 % len(ways) :][:3] if step % 2 else ["link"]
        done.append([wiki.edit(how, chance) for how in few])
        wiki.build()
        check_data(out)
    clean = wiki.build("clean")
    ours, theirs = site(out), site(clean)
    differ = sorted(path for path in ours | theirs if ours.get(path) != theirs.get(path))
    assert not differ, f"{len(differ)} files differ from a clean build after {done}"
