"""Links of Markdown, and the names of notes."""

from __future__ import annotations

import pytest

from sphinxcontrib_tropes.tools.importing.tree import (
    Code,
    Inline,
    Link,
    Styled,
    Table,
    Text,
    WebLink,
)

from .markdown_pages import READER, blocks, kinds, line

LINKS: dict[str, Inline] = {
    "[[Node.js]]": Link("Node.js", (Text("Node.js"),)),
    "[[ Āryā  Śūra ]]": Link("Āryā  Śūra", (Text("Āryā Śūra"),)),
    "[[C#|the language]]": Link("C", (Text("the language"),)),
    "[[F#]]": Link("F", (Text("F#"),)),
    "[x](C%23.md#a)": Link("C#", (Text("x"),), "a"),
    "[[AC/DC]]": Link("AC/DC", (Text("AC/DC"),)),
    "[[Dog|my [old] dog]]": Link("Dog", (Text("my [old] dog"),)),
    "[[Dog#Bark & Bite]]": Link("Dog", (Text("Dog > Bark & Bite"),), "Bark & Bite"),
    "[[Dog#One#Two]]": Link("Dog", (Text("Dog > One > Two"),), "Two"),
    "[[#Here]]": Link("", (Text("Here"),), "Here"),
    "[[Dog#^a1b2|x]]": Link("Dog", (Text("x"),), "a1b2"),
    "[[Dog#^a1b2]]": Link("Dog", (Text("Dog"),), "a1b2"),
    "[[Dog|`bark()` *now*]]": Link(
        "Dog", (Code("bark()"), Text(" "), Styled("emphasis", (Text("now"),)))
    ),
    "[[Dog|https://example.org <b>x]]": Link(
        "Dog", (Text("https://example.org "), Styled("strong", (Text("x"),)))
    ),
    "[[Dog.md]]": Link("Dog", (Text("Dog"),)),
    "[the dog](My%20Dog.md)": Link("My Dog", (Text("the dog"),)),
    "[the *dog*](<My Dog.md#Bark>)": Link(
        "My Dog", (Text("the "), Styled("emphasis", (Text("dog"),))), "Bark"
    ),
    "[up](../x/y)": Link("../x/y", (Text("up"),)),
    "[here](#some-place)": Link("", (Text("here"),), "some-place"),
    "<https://example.org/?a=b>": WebLink(
        "https://example.org/?a=b", (Text("https://example.org/?a=b"),)
    ),
    '[w](https://example.org/a_b "title")': WebLink("https://example.org/a_b", (Text("w"),)),
    "[m](mailto:a@example.org)": WebLink("mailto:a@example.org", (Text("m"),)),
    "[o](obsidian://open?vault=V&file=A%2FB%20c)": Link("A/B c", (Text("o"),)),
    '<a href="Dog.md">x</a>': Link("Dog", (Text("x"),)),
    "[x]([[Dog]])": Link("Dog", (Text("x"),)),
}


@pytest.mark.parametrize("source", LINKS)
def test_a_link_leads_where_it_did(source: str) -> None:
    assert line(f"to {source}.") == (Text("to "), LINKS[source], Text("."))


def test_a_link_by_reference_leads_where_it_did() -> None:
    assert line("[a][r] [R]\n\n[r]: <Two words.md>") == (
        Link("Two words", (Text("a"),)),
        Text(" "),
        Link("Two words", (Text("R"),)),
    )


def test_a_bar_with_an_escape_parts_a_link_in_a_table() -> None:
    (table,) = blocks("| a |\n|:-:|\n| [[Dog\\|x]] |")
    assert isinstance(table, Table)
    assert "Link(target='Dog', children=(Text(text='x'),), section='', embeds=False)" in repr(table)


def test_links_in_code_are_code() -> None:
    assert line("`[[Dog]]`") == (Code("[[Dog]]"),)


@pytest.mark.parametrize(
    "source",
    [
        "[x](javascript:alert)",
        "[x](file:///etc/passwd)",
        "[x](data:text/html,x)",
        '<a href="vbscript:x">x</a>',
        "[x](obsidian://search?query=y)",
    ],
)
def test_an_address_that_is_not_allowed_leaves_its_words(source: str) -> None:
    assert line(source) == (Text("x"),)
    assert len(kinds(source)) == 1


@pytest.mark.parametrize("source", ["![[Dog]]", "![[Dog#Bark]]", "{{embed [[Dog]]}}"])
def test_an_embedded_page_is_shown_at_its_place(source: str) -> None:
    (piece,) = line(source)
    assert isinstance(piece, Link)
    assert piece.target == "Dog"
    assert piece.embeds
    assert kinds(source) == []


@pytest.mark.parametrize("source", ["![[Ünï.pdf]]", "[[Ünï.pdf]]", "![[Ünï.pdf#page=3]]"])
def test_a_file_that_is_no_page_leaves_its_name(source: str) -> None:
    assert line(source) == (Text("Ünï.pdf"),)
    assert kinds(source) == ["link to a file (pdf): its words are kept"]


def test_a_film_shown_in_a_page_is_a_link() -> None:
    address = "https://www.youtube.com/watch?v=x"
    assert line(f"a ![]({address}) b")[1] == WebLink(address)
    assert line(f'a <iframe src="{address}"></iframe> b')[1] == WebLink(address)


def test_a_block_of_logseq_is_found_by_its_id() -> None:
    block = "64a1b2c3-0000-4444-8888-abcdefabcdef"
    head = READER.head("pages/x", f"- A thought\n  id:: {block}\n")
    (piece,) = line(f"(({block}))")
    assert isinstance(piece, Link)
    assert set(READER.keys(piece.target, "y")) & {READER.folded(key) for key in head.keys}
    assert (piece.children, piece.section) == ((Text("→"),), block)
    assert len(kinds(f"(({block}))")) == 1
    assert f"[[#{block}]]" in repr(blocks(f"- A thought\n  id:: {block}\n"))


@pytest.mark.parametrize(
    ("path", "key"),
    [
        ("A/B c.md", "A/B c"),
        ("A/b.MARKDOWN", "A/b"),
        ("pages/space___page.md", "pages/space/page"),
        ("pages/space%2Fpage.md", "pages/space/page"),
        ("100%.md", "100%"),
        ("v1.2.md", "v1.2"),
        ("e\u0301.md", "é"),
    ],
)
def test_the_key_is_the_path(path: str, key: str) -> None:
    assert READER.key(path) == key


def found(target: str, here: str, *pages: str) -> str:
    """The page that a link leads to, of pages in the order of their depth."""
    index: dict[str, str] = {}
    for page in sorted(pages, key=lambda page: page.count("/")):
        for key in (page, *READER.head(page, "").keys):
            index.setdefault(READER.folded(key), page)
    return next((index[key] for key in READER.keys(target, here) if key in index), "")


@pytest.mark.parametrize(
    ("target", "leads_to"),
    [
        ("dog", "Dog"),
        ("Cat", "x/Cat"),
        ("y/Cat", "x/y/Cat"),
        ("Cat.md", "x/Cat"),
        ("/Dog", "Dog"),
        ("../Dog", "Dog"),
        ("./Cat", "x/Cat"),
        ("y/Cat.md", "x/y/Cat"),
        ("z\\Deep", "x/y/z/Deep"),
        ("two%20words", "Two Words"),
        ("TWO   words", "Two Words"),
        ("two-words", "Two Words"),
        ("x/y", "x/y/index"),
        ("x/y/", "x/y/index"),
        ("../../../Dog", "Dog"),
        ("", ""),
        ("/", ""),
        ("..", ""),
        ("none", ""),
    ],
)
def test_a_page_is_found_as_obsidian_finds_it(target: str, leads_to: str) -> None:
    pages = "Dog", "x/Cat", "x/y/Cat", "x/y/z/Deep", "Two Words", "x/y/index", "a/b/c/Cat"
    assert found(target, "x/Here", *pages) == leads_to


def test_a_page_beside_comes_before_one_elsewhere() -> None:
    assert found("Note", "b/Here", "Note", "a/Note", "b/Note") == "b/Note"


def test_a_page_comes_before_the_permalink_of_another() -> None:
    head = READER.head("x/Other", "---\npermalink: /dog/\n---\n")
    keys = list(READER.keys("dog", "here"))
    assert keys.index("*/dog") < keys.index(
        next(READER.folded(key) for key in head.keys if key.startswith("=/"))
    )


@pytest.mark.parametrize(
    ("target", "path"),
    [
        ("a b.png", "x/a b.png"),
        ("a%20b.png", "x/a b.png"),
        ("../img/a.png", "img/a.png"),
        ("/img/a.png", "img/a.png"),
        ("a.png", "attachments/a.png"),
        ("a.png", "x/assets/a.png"),
        ("a.png#outline", "a.png"),
        ("../assets/a.png", "assets/a.png"),
    ],
)
def test_a_picture_is_looked_for_where_obsidian_may_keep_it(target: str, path: str) -> None:
    assert path in list(READER.media(target, "x/Here"))


@pytest.mark.parametrize(
    "target", ["../../../etc/passwd.png", "/../../x.png", "..", "a/../../../b.png"]
)
def test_no_picture_is_looked_for_outside(target: str) -> None:
    assert not [path for path in READER.media(target, "x") if path.startswith(("/", ".."))]


def test_an_address_that_no_link_uses_is_told() -> None:
    text = (
        "[a] [[b]]\n\n[A]: <x.md>\n[b]: b.md\n[//begin]: # (x)\n[Lost one]: https://example.org\n"
    )
    assert kinds(text) == ["address that no link uses: left out"]
