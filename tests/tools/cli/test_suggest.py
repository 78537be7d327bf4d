"""``sphinx-tropes suggest``."""

from __future__ import annotations

import json
import shutil
import subprocess

import pytest

from sphinxcontrib_tropes.markup import MarkupSettings
from sphinxcontrib_tropes.names import Namespaces
from sphinxcontrib_tropes.tools.editing.source_files import Sources
from sphinxcontrib_tropes.tools.editing.suggestions import Mention, suggest_links

pytest.importorskip("ahocorasick")

FILES = {
    "conf.py": 'extensions = ["sphinxcontrib_tropes", "myst_parser"]\n',
    "RedHerring.trope": "What misleads.\n",
    "film/Alien.trope": "x\n",
    "Linking.trope": "A {{Red Herring}}, and [[Film/Alien Alien]].\n",
    "First.trope": "[=Red Herring=] \u00e9, %%%% no\n\nIn ''Alien''\r\nthere is a Red\nHerring. Red Herring",
    "guide.rst": "Guide\n=====\n\n``Red Herring`` is a Red\nHerring.\n",
    "guide2.md": "# Guide\n\nEvery *Red Herring* is one.\n",
    "Spoiled.trope": "[[spoiler:Red Herring]]\n",
}


@pytest.fixture
def talking(site):
    return site.write(FILES)


@pytest.mark.skipif(not shutil.which("git"), reason="needs git, which applies the patch")
def test_a_patch_makes_links_that_show_what_was_there(run, talking, monkeypatch):
    monkeypatch.chdir(talking.root)
    said = run("suggest", "source", "--patch")
    assert said.exit_code == 0
    subprocess.run(["git", "apply", "-"], input=said.stdout_bytes, cwd=talking.root, check=True)
    read = {
        name: (talking.source / name).read_bytes().decode()
        for name in ("guide.rst", "guide2.md", "Spoiled.trope")
    }
    assert read["guide.rst"].endswith("``Red Herring`` is a :trope:`Red Herring <RedHerring>`.\n")
    assert read["guide2.md"] == "# Guide\n\nEvery *{trope}`Red Herring <RedHerring>`* is one.\n"
    assert read["Spoiled.trope"] == FILES["Spoiled.trope"]
    assert "mentions: 0" in run("suggest", "source").stderr


def test_mentions_are_listed_with_file_and_line(run, talking, monkeypatch):
    monkeypatch.chdir(talking.root)
    said = run("suggest", "source", "--page", "Film/Alien").stdout
    assert said == "source/First.trope:3: Alien -> Film/Alien: [[Film/Alien Alien]]\n"


def test_a_script_gets_json(run, talking):
    found = json.loads(run("suggest", talking.source, "--format", "json", "-j", 1).stdout)
    assert {entry["page"] for entry in found} == {"Main/RedHerring", "Film/Alien"}


def test_nothing_is_written(run, talking):
    before = {path: path.stat().st_mtime_ns for path in talking.root.rglob("*")}
    run("suggest", talking.source, "--patch")
    assert {path: path.stat().st_mtime_ns for path in talking.root.rglob("*")} == before


def test_without_the_automaton_one_sentence_says_what_to_install(run, talking, monkeypatch):
    monkeypatch.setattr(
        "sphinxcontrib_tropes.wiki.text.unlinked_mentions.has_automaton", lambda: False
    )
    said = run("suggest", talking.source)
    assert said.exit_code == 2
    assert "suggest needs pyahocorasick" in said.stderr


def test_a_page_that_is_not_there_is_told(run, site):
    site.write({"A.trope": "x\n"})
    said = run("suggest", site.source, "--page", "Nope")
    assert said.exit_code == 2
    assert "there is no page Nope" in said.stderr


def linked(text, *phrases):
    """What a page of *text* becomes, and how often it is read for that."""
    read = []
    sources = Sources({"Page.trope": text}, {".trope": "trope"}, MarkupSettings(), None)
    names = Namespaces()
    mentions = [
        Mention("Page.trope", line, phrase, names.page_name(phrase)) for line, phrase in phrases
    ]
    usual = Sources.doctree

    def doctree(self, path, text):
        read.append(text)
        return usual(self, path, text)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Sources, "doctree", doctree)
        found, text = suggest_links(sources, "Page.trope", mentions)
    assert [suggestion.mention for suggestion in found] == mentions
    return text, len(read)


def test_a_document_is_read_once_before_and_once_after():
    phrases = [(1, "Red Herring"), (1, "Big Bad"), (3, "Last Laugh")]
    text, times = linked("A Red Herring, a Big Bad.\n\nThe Last Laugh.\n", *phrases)
    assert text == (
        "A [[RedHerring Red Herring]], a [[BigBad Big Bad]].\n\nThe [[LastLaugh Last Laugh]].\n"
    )
    assert times == 2


def test_one_phrase_that_is_elsewhere_spoils_no_other():
    phrases = [(1, "Red Herring"), (1, "Big Bad"), (3, "Last Laugh"), (3, "Not There")]
    text, _ = linked("A [=Red Herring=], Red Herring, [=Big Bad=].\n\nThe Last Laugh.\n", *phrases)
    assert text == (
        "A [=Red Herring=], [[RedHerring Red Herring]], [=Big Bad=].\n\n"
        "The [[LastLaugh Last Laugh]].\n"
    )


LINK = "[[FunnyAnimal Funny Animal]]"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            '[[spoiler:a Funny Animal]] "Funny Animal" [[note]]Funny Animal[[/note]]',
            f'[[spoiler:a Funny Animal]] "{LINK}" [[note]]Funny Animal[[/note]]',
        ),
        ("[[note]]Funny Animal[[/note]] Funny Animal", f"[[note]]Funny Animal[[/note]] {LINK}"),
        (
            "[[spoiler:\nFunny Animal\n]]\nO'Funny Funny Animal 2",
            f"[[spoiler:\nFunny Animal\n]]\nO'Funny {LINK} 2",
        ),
        (
            "x [[note]][[spoiler:Funny Animal]] Funny Animal[[/note]]",
            f"x [[note]][[spoiler:Funny Animal]] {LINK}[[/note]]",
        ),
        ("[[spoiler:Funny Animal]]", "[[spoiler:Funny Animal]]"),
    ],
)
def test_no_link_is_made_in_a_spoiler_nor_in_a_note_if_the_text_says_it_too(before, after):
    assert linked(before + "\n", (1, "Funny Animal"))[0] == after + "\n"


def test_one_phrase_within_another_is_linked_once():
    text, _ = linked("A Big Bad Wolf.\n", (1, "Big Bad Wolf"), (1, "Big Bad"))
    assert text == "A [[BigBadWolf Big Bad Wolf]].\n"


@pytest.mark.parametrize(
    ("suffix", "before", "after"),
    [
        (".trope", "見よ鋼の錬金術師を。", "見よ[[鋼の錬金術師 鋼の錬金術師]]を。"),
        (".rst", "見よ鋼の錬金術師を。", "見よ\\ :trope:`鋼の錬金術師 <鋼の錬金術師>`\\ を。"),
        (".rst", "見よ「鋼の錬金術師」。", "見よ「:trope:`鋼の錬金術師 <鋼の錬金術師>`」。"),
        (".md", "見よ鋼の錬金術師を。", "見よ{trope}`鋼の錬金術師 <鋼の錬金術師>`を。"),
        (".trope", "ดูเรื่องกากาดูสิ", "ดูเรื่อง[[กากา กากา]]ดูสิ"),
    ],
)
def test_a_title_in_a_script_without_blanks_is_linked_amid_its_sentence(
    run, site, monkeypatch, suffix, before, after
):
    title = "กากา" if "กากา" in before else "鋼の錬金術師"
    heading = {".trope": "", ".rst": "題名\n====\n\n", ".md": "# 題名\n\n"}[suffix]
    site.write(
        {
            "conf.py": FILES["conf.py"],
            f"{title}.trope": "x\n",
            "L.trope": f"{{{{{title}}}}} を見る。\n",
            f"J{suffix}": f"{heading}{before}\n",
        }
    )
    monkeypatch.chdir(site.root)
    said = run("suggest", "source", "--patch")
    assert "mentions: 1, with a link: 1" in said.stderr
    subprocess.run(["git", "apply", "-"], input=said.stdout_bytes, cwd=site.root, check=True)
    assert (site.source / f"J{suffix}").read_text("utf-8") == f"{heading}{after}\n"


def test_the_edge_of_a_word_is_the_same_for_who_finds_and_who_links():
    text, _ = linked(
        "Red Herrings, aRed Herring, Red Herring\u0301, Red Herring2; Red Herring_\n",
        (1, "Red Herring"),
    )
    assert text.endswith("; [[RedHerring Red Herring]]_\n")


def test_places_in_markup_are_not_tried():
    closed = (
        "[=Red Herring=] {{A Red Herring}} [[Red Herring|x]] [[Page ''Red Herring'' x]]\n"
        "%% Red Herring\n[@Red Herring@] [[image:a.png Red Herring]] [[!Red Herring]]\n"
        "(:title Red Herring:)\n(:source:)\nRed Herring\n(:sourceend:)\n[[math:Red Herring]]\n"
    )
    text, times = linked(f"{closed}%red%A Red Herring.%%\n", (1, "Red Herring"))
    assert text == f"{closed}%red%A [[RedHerring Red Herring]].%%\n"
    assert times == 2
