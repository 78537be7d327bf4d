"""What writers get wrong: one clear warning with file and line, and the rest is built."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ..conftest import Site, text_of
from .reading import body, link_named, links, places_of, warnings_of

if TYPE_CHECKING:
    from pathlib import Path

LONG = "Long" * 75  # 300 characters, a WikiWord no one would write


def built(site: Site, files: dict[str, str | bytes], builder: str = "html") -> Site:
    """The site with *files* and one good page, built."""
    site.write({"GoodPage.trope": "Something good.\n", **files}).build(builder)
    assert "Something good." in good_page(site, builder)
    return site


def good_page(site: Site, builder: str) -> str:
    name = "GoodPage/index" if builder == "dirhtml" else "GoodPage"
    return text_of(site.page(name, builder))


# -- files that can't be read as they are


@pytest.mark.parametrize(
    ("data", "line"),
    [(b"\xff\xfe\n", 1), (b"One.\nTwo.\nAn \xe9lan vital.\n", 3), (b"Cut off \xe2\x82", 1)],
)
def test_a_page_that_does_not_decode_is_told(site: Site, data: bytes, line: int) -> None:
    built(site, {"Bad.trope": data})
    assert len(warnings_of(site)) == 1
    assert f"Bad.trope:{line}: " in warnings_of(site)[0]


def test_a_page_in_windows_1252_is_read_as_that(site: Site) -> None:
    built(site, {"Bad.trope": b"One.\nAn \xe9lan vital: 5 \x80.\n"})
    assert "An \xe9lan vital: 5 €." in text_of(body(site.page("Bad")))
    (told,) = warnings_of(site, "trope.encoding")
    assert "Bad.trope:2: WARNING: not UTF-8: byte 0xE9; read as Windows-1252; save it as" in told


def test_utf_8_that_is_damaged_in_one_place_stays_utf_8(site: Site) -> None:
    built(site, {"Bad.trope": "Žluťoučký kůň, ".encode() + b"p\xc5 l.\n"})
    assert "Žluťoučký kůň, p\ufffd l." in text_of(body(site.page("Bad")))


UTF16 = "Κλειδί 鋼の錬金術師 {{Good Page}} ok.\n\n!!L'été 2\nZ'Déjà.\n"


@pytest.mark.parametrize(
    "text", [UTF16, "見よ鋼の錬金術師を。{{Good Page}}\n" * 3, "A {{Good Page}}.\n"]
)
@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be-mark", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("name", ["Wide.trope", "wide.md2.rst"])
def test_utf_16_is_read_with_and_without_its_mark(
    site: Site, name: str, encoding: str, text: str
) -> None:
    if name.endswith(".rst"):
        text = f":orphan:\n\nTitle\n=====\n\n{text.replace('!!', '').replace('{{', '').replace('}}', '')}"
    mark = b"\xfe\xff" if encoding.endswith("mark") else b""
    data = mark + text.encode(encoding.removesuffix("-mark"))
    built(site, {name: data})
    shown = text_of(body(site.page(name.rpartition(".")[0])))
    assert "\ufffd" not in shown
    assert "\0" not in shown
    assert "Good Page" in shown or "Something good" in shown
    assert len(warnings_of(site)) == 1
    assert "not UTF-8; read as UTF-16" in warnings_of(site, "trope.encoding")[0]


def test_a_source_encoding_of_the_project_holds(site: Site) -> None:
    site.write({"Latin.trope": "Čáp {{Vu}}.\n".encode("iso-8859-2")})
    site.build(source_encoding="iso-8859-2")
    assert "Čáp Vu." in text_of(body(site.page("Latin")))
    assert warnings_of(site, "trope.encoding") == []


def test_a_page_that_does_not_decode_leaves_the_others_as_they_are(site: Site) -> None:
    built(site, {"Bad.trope": b"\xff", "Other.trope": "Žluťoučký kůň.\n"})
    assert "Žluťoučký kůň." in text_of(body(site.page("Other")))


def test_a_page_that_does_not_decode_can_be_mended(site: Site) -> None:
    built(site, {"Bad.trope": b"\xff"})
    site.write({"Bad.trope": "Mended.\n"}).build()
    assert "Mended." in text_of(body(site.page("Bad")))
    assert warnings_of(site) == []


def test_a_document_of_another_kind_that_does_not_decode_is_sphinxs(site: Site) -> None:
    # with a page beside it that does not decode: what mends ours must not hide this
    site.write({"Bad.trope": b"\xff", "bad.rst": b":orphan:\n\nBad\n===\n\n\xff\n"})
    try:
        site.build()
    except Exception as error:  # noqa: BLE001
        assert "bad.rst" in str(error) or "decode" in str(error)  # noqa: PT017
    else:
        assert "bad.rst" in site.warnings


@pytest.mark.parametrize("data", [b"", b"\n", b"  \n\t\n", b"\xef\xbb\xbf"])
def test_an_empty_page_is_told(site: Site, data: bytes) -> None:
    built(site, {"Empty.trope": data})
    assert len(warnings_of(site)) == 1
    assert places_of(site, "trope.markup") == ["Empty.trope:1"]


def test_an_empty_page_is_a_page(site: Site) -> None:
    built(site, {"Empty.trope": "", "A.trope": "To {{Empty}}.\n"})
    assert link_named(site.page("A"), "Empty").get("href") == "Empty.html"


ODD: dict[str, bytes] = {
    "Mark": b"\xef\xbb\xbfText with a mark before it.\n",
    "Crlf": b"Text.\r\n\r\n!!Heading\r\nMore.\r\n",
    "Cr": b"Text.\rMore.\r",
    "NoEnd": b"No end of line",
    "Nul": b"Text with a NUL \x00 and a bell \x07.\n",
    "Feed": b"Text with a form feed \x0c and an escape \x1b[31m.\n",
    "Non": "Text with \ufdd0 \ufdd1 \ufdd2 and \ufffe.\n".encode(),
    "Right": "Text \U0001f600 \u202e right to left \u200b.\n".encode(),
    "Lines": "Lines\u2028and\u2029paragraphs\x85of others.\n".encode(),
    "Long": b"Text " * 20_000,
}


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Site:
    site = Site(tmp_path_factory.mktemp("odd"))
    return site.write({f"{name}.trope": data for name, data in ODD.items()})


def test_odd_characters_are_no_reason_to_warn(odd: Site) -> None:
    odd.build()
    assert warnings_of(odd) == []


@pytest.mark.parametrize("name", ODD)
def test_a_page_of_odd_characters_is_built(odd: Site, name: str) -> None:
    text = text_of(body(odd.page(name)))
    assert any(word in text for word in ("Text", "No end of line", "Lines"))


@pytest.mark.parametrize("builder", ["html", "xml", "latex", "epub"])
def test_odd_characters_pass_through_every_builder(tmp_path: Path, builder: str) -> None:
    site = Site(tmp_path)
    page = "(:laconic A \x00 and \x1b.:)\n(:title T\x01 \ufdd2:)\n\nA \x00, \ufdd2 and {{Red\x02 One}}.\n"
    index = "Wiki\n====\n\n.. toctree::\n   :glob:\n\n   *\n"
    site.write({"index.rst": index, "Odd.trope": page})
    site.build(builder, copyright="2026", version="1")
    assert warnings_of(site) == []


# -- redirects


@pytest.mark.parametrize("page", ["(:redirect GoodPage:)\n", "[[redirect:GoodPage]]\n"])
def test_a_page_that_is_only_a_redirect_is_no_warning(site: Site, page: str) -> None:
    built(site, {"Old.trope": page, "A.trope": "To {{Old}}.\n"})
    assert warnings_of(site) == []
    assert link_named(site.page("A"), "Old").get("href") == "GoodPage.html"


def test_a_redirect_to_itself_is_told(site: Site) -> None:
    built(site, {"Self.trope": "\n(:redirect Self:)\n"})
    assert len(warnings_of(site)) == 1
    assert places_of(site, "trope.redirect") == ["Self.trope:2"]


def test_redirects_in_a_circle_are_told(site: Site) -> None:
    built(site, {"One.trope": "(:redirect Other:)\n", "Other.trope": "(:redirect One:)\n"})
    assert len(warnings_of(site)) == 1
    assert places_of(site, "trope.redirect") == ["One.trope:1"]


def test_a_link_into_a_circle_is_built(site: Site) -> None:
    files = {"One.trope": "(:redirect Other:)\n", "Other.trope": "(:redirect One:)\n"}
    built(site, {**files, "A.trope": "To {{One}} and {{Other}}.\n"})
    hrefs = {link.get("href") for link in links(body(site.page("A")))}
    assert {"One.html", "Other.html"} <= hrefs


def test_a_redirect_to_nothing_leads_to_who_wants_it(site: Site) -> None:
    built(site, {"Old.trope": "(:redirect Ghost:)\n", "A.trope": "To {{Old}}.\n"})
    href = link_named(site.page("A"), "Old").get("href")
    assert href == "tropes/backlinks/main/ghost.html"


def test_a_redirect_that_names_nothing_is_told(site: Site) -> None:
    built(site, {"Old.trope": "\n\n(:redirect !?:)\n"})
    assert places_of(site, "trope.markup") == ["Old.trope:3"]


@pytest.mark.parametrize(
    "redirect",
    [
        "(:redirect LongPage#2nd part, l'Été:)\n",
        "(:redirect [[Long Page#2nd part, l'Été]] status=301:)\n",
        "[[redirect:LongPage#2nd-part-lété]]\n",
        "(:redirect StillOlder:)\n",
    ],
)
def test_a_redirect_to_a_section_leads_there(site: Site, redirect: str) -> None:
    files = {
        "LongPage.trope": "Intro.\n!1st part\na\n!2nd part, l'Été\nb\n",
        "StillOlder.trope": "(:redirect LongPage#2nd part, l'Été:)\n",
    }
    built(site, {**files, "Old.trope": redirect, "A.trope": "To {{Old}} and [[Old#1st-part x]].\n"})
    assert warnings_of(site) == []
    there = "LongPage.html#2nd-part-lété"
    assert leads_on(site, "Old") == f"0; url={there}"
    assert there in {link.get("href") for link in links(body(site.page("Old")))}
    assert link_named(site.page("A"), "Old").get("href") == there
    assert link_named(site.page("A"), "x").get("href") == "LongPage.html#1st-part"


def leads_on(site: Site, name: str) -> str | None:
    return next(
        m.get("content") for m in site.page(name).iter() if m.get("http-equiv") == "refresh"
    )


def test_a_redirect_follows_its_section_when_that_moves(site: Site) -> None:
    built(site, {"LongPage.trope": "!Part\nb\n", "Old.trope": "(:redirect LongPage#Part:)\n"})
    site.write({"A.trope": "To {{Old}}.\n", "LongPage.trope": "!Whole\nb\n"}).build()
    assert link_named(site.page("A"), "Old").get("href") == "LongPage.html"
    assert leads_on(site, "Old") == "0; url=LongPage.html"


# -- titles that a link parts


def test_a_link_that_parts_a_title_is_told_with_the_right_form(site: Site) -> None:
    files = {
        "ChekhovsGun.trope": "It's 1 of them.\n",
        "Film/TheMatrix.trope": "(:alias Film/{{Matrix, The}}:)\nA film.\n",
        "A.trope": "On\n[[Chekhovs Gun]]s, [[Film/The Matrix]], [[Film/Matrix the]].\n",
        "B.trope": "* {{Chekhovs}}; [[Chekhovs GoodPage]]; [[Good Page]]. [[GoodPage page]]\n",
    }
    built(site, files)
    assert "\n".join(line.partition("WARNING: ")[2] for line in warnings_of(site)) == (
        "[[Chekhovs Guns]] leads to Main/Chekhovs, which nobody has written, with the label 'Guns'; "
        "did you mean {{Chekhovs Guns}}? [trope.markup]\n"
        "[[Film/The Matrix]] leads to Film/The, which nobody has written, with the label 'Matrix'; "
        "did you mean Film/{{The Matrix}}? [trope.markup]\n"
        "[[Film/Matrix the]] leads to Film/Matrix, which nobody has written, with the label 'the'; "
        "did you mean Film/{{Matrix the}}? [trope.markup]\n"
        "[[Good Page]] leads to Main/Good, which nobody has written, with the label 'Page'; "
        "did you mean {{Good Page}}? [trope.markup]"
    )
    wanted = links(body(site.page("tropes/wanted")))
    assert {"ChekhovsGun.html", "Film/TheMatrix.html"} <= {
        (link.get("href") or "").removeprefix("../") for link in wanted
    }


def test_a_link_that_parts_a_title_is_told_as_long_as_it_does(site: Site) -> None:
    built(site, {"A.trope": "On [[Chekhovs Gun]].\n"})
    assert warnings_of(site) == []
    for _ in range(2):
        site.write({"ChekhovsGun.trope": "One.\n"}).build()
        assert len(warnings_of(site)) == 1
    site.write({"A.trope": "On {{Chekhovs Gun}}.\n"}).build()
    assert warnings_of(site) == []


# -- folders


@pytest.mark.parametrize(
    ("folder", "namespace"),
    [
        ("Films", "Film"),
        ("comic-books", "ComicBook"),
        ("wiki/VideoGames", "VideoGame"),
        ("Serie", "Series"),
        ("Art s", "Art"),
        ("Litrature", "Literature"),
        ("Your mileage may vary", "YMMV"),
    ],
)
def test_a_folder_nearly_called_as_a_namespace_is_told_once(
    site: Site, folder: str, namespace: str
) -> None:
    built(site, {f"{folder}/L'Été 42.trope": "One.\n", f"{folder}/Other.trope": "Two.\n"})
    told = (
        f"the folder {folder}/ is no namespace, so its pages are in Main; "
        f"did you mean {namespace}/? [trope.config]"
    )
    assert [line.partition("WARNING: ")[2] for line in warnings_of(site)] == [told]


@pytest.mark.parametrize("folder", ["film", "Tropes", "Trope", "guide", "Main", "Comics", "of"])
def test_other_folders_are_no_warning(site: Site, folder: str) -> None:
    built(site, {f"{folder}/One.trope": "One.\n", "Films/Here.trope": "(:namespace Film:)\nX.\n"})
    assert warnings_of(site) == []


# -- names that clash


def test_two_files_that_claim_one_name_are_told(site: Site) -> None:
    built(site, {"a/Twin.trope": "One.\n", "b/Twin.trope": "Other.\n"})
    assert len(warnings_of(site)) == 1
    assert places_of(site, "trope.duplicate") == ["b/Twin.trope:1"]


def test_two_files_that_claim_one_name_are_both_built(site: Site) -> None:
    built(site, {"a/Twin.trope": "One.\n", "b/Twin.trope": "Other.\n"})
    assert "Other." in text_of(body(site.page("b/Twin")))


def test_a_file_and_a_directive_that_claim_one_name_are_told(site: Site) -> None:
    guide = ":orphan:\n\nGuide\n=====\n\n.. trope:: Twin\n\n   Text.\n"
    built(site, {"Twin.trope": "One.\n", "guide.rst": guide})
    assert len(warnings_of(site)) == 1
    assert places_of(site, "trope.duplicate") == ["guide.rst:6"]


def test_two_directives_of_a_document_that_claim_one_name_are_told(site: Site) -> None:
    guide = ":orphan:\n\nGuide\n=====\n\n.. trope:: Twin\n\n   One.\n\n.. trope:: Twin\n\n   Two.\n"
    built(site, {"guide.rst": guide})
    assert len(warnings_of(site)) == 1
    assert places_of(site, "trope.duplicate") == ["guide.rst:10"]


def test_an_alias_that_is_the_name_of_a_page_is_told(site: Site) -> None:
    built(site, {"A.trope": "Text.\n\n(:alias GoodPage:)\n"})
    assert len(warnings_of(site)) == 1
    assert places_of(site, "trope.duplicate")[0].startswith("A.trope:")


def test_names_that_differ_only_in_case_are_told(site: Site) -> None:
    built(site, {"TwinPage.trope": "One.\n", "Twinpage.trope": "Other.\n"})
    assert len(warnings_of(site)) == 1
    assert places_of(site, "trope.duplicate") == ["Twinpage.trope:1"]


def test_links_that_differ_only_in_case_want_one_page(site: Site) -> None:
    built(site, {"A.trope": "To GhostPage.\n", "B.trope": "To {{Ghostpage}}.\n"})
    folder = site.root / "html/tropes/backlinks/main"
    assert [path.name for path in folder.iterdir()] == ["ghostpage.html"]


# -- names of documents without a source


@pytest.mark.parametrize(
    ("document", "page"),
    [
        ("tropes/index.rst", "tropes/index"),
        ("tropes/wanted.rst", "tropes/wanted"),
        ("tropes/health.rst", "tropes/health"),
        ("tropes/backlinks/main/goodpage.rst", "tropes/backlinks/main/goodpage"),
        ("Tropes/Index.rst", "tropes/index"),
        ("tropes/Wanted.rst", "tropes/wanted"),
        ("tropes/index.trope", "tropes/index"),
    ],
)
def test_a_document_where_a_page_would_be_is_an_error(site: Site, document: str, page: str) -> None:
    text = ":orphan:\n\nMine\n====\n\nMy text.\n" if document.endswith("rst") else "My text.\n"
    built(site, {document: text, "A.trope": "To GoodPage.\n"})
    (told,) = warnings_of(site)
    assert "ERROR" in told
    assert document.rpartition(".")[0] in told
    assert page in told
    assert "tropes_pages_prefix" in told


def test_the_error_of_a_clash_tells_the_file(site: Site) -> None:
    built(site, {"tropes/index.rst": ":orphan:\n\nMine\n====\n"})
    (place,) = places_of(site, "trope.collision")
    assert place.startswith("tropes/index.rst")


def test_a_document_where_a_page_would_be_is_kept(site: Site) -> None:
    built(site, {"tropes/index.rst": ":orphan:\n\nMine\n====\n\nMy text.\n"})
    assert "My text." in text_of(body(site.page("tropes/index")))


def test_a_document_where_a_page_would_be_is_kept_in_the_next_build(site: Site) -> None:
    built(site, {"tropes/index.rst": ":orphan:\n\nMine\n====\n\nMy text.\n"})
    site.write({"A.trope": "Another.\n"}).build()
    assert "My text." in text_of(body(site.page("tropes/index")))


def test_a_document_that_comes_where_a_page_was_is_kept(site: Site) -> None:
    built(site, {})
    built(site, {"tropes/wanted.rst": ":orphan:\n\nMine\n====\n\nMy text.\n"})
    assert "My text." in text_of(body(site.page("tropes/wanted")))
    assert len(warnings_of(site, "trope.collision")) == 1


def test_a_page_comes_back_where_a_document_was(site: Site) -> None:
    built(site, {"tropes/wanted.rst": ":orphan:\n\nMine\n====\n\nMy text.\n"})
    site.write({"tropes/wanted.rst": None}).build()
    assert "My text." not in text_of(body(site.page("tropes/wanted")))
    assert warnings_of(site) == []


@pytest.mark.parametrize(
    "document", ["tropes.rst", "tropes/wanted/index.rst", "Tropes.rst", "tropes/index.rst"]
)
def test_a_document_whose_folder_a_page_would_be_is_an_error_in_dirhtml(
    site: Site, document: str
) -> None:
    built(site, {document: ":orphan:\n\nMine\n====\n\nMy text.\n"}, "dirhtml")
    (told,) = warnings_of(site, "trope.collision")
    assert f"'{document.removesuffix('.rst')}'" in told


@pytest.mark.parametrize("document", ["tropes.rst", "tropes/wanted/index.rst", "tropes/mine.rst"])
def test_a_document_beside_the_pages_is_no_error_in_html(site: Site, document: str) -> None:
    built(site, {document: ":orphan:\n\nMine\n====\n\nMy text.\n"})
    assert warnings_of(site) == []


def test_a_page_may_have_the_name_of_a_page_without_a_source(site: Site) -> None:
    built(site, {"Index.trope": "Text.\n", "Wanted.trope": "To {{Index}}.\n"})
    assert warnings_of(site) == []
    assert link_named(site.page("Wanted"), "Index").get("href") == "Index.html"


# -- long names


@pytest.mark.parametrize("name", [LONG, f"{{{{{'long ' * 60}}}}}", f"{{{{{'鋼' * 300}}}}}"])
def test_a_link_to_a_name_of_300_characters_is_told_and_built(site: Site, name: str) -> None:
    built(site, {"A.trope": f"One.\nTo {name}.\n"})
    assert len(warnings_of(site)) == 1
    assert "A.trope:2: " in warnings_of(site)[0]


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_no_file_of_a_name_of_300_characters_is_too_long(site: Site, builder: str) -> None:
    built(site, {"A.trope": f"To {LONG}.\n"}, builder)
    names = [path.name for path in (site.root / builder).rglob("*")]
    assert max(len(name.encode()) for name in names) < 255


def test_a_link_to_a_name_of_300_characters_leads_to_its_backlinks_page(site: Site) -> None:
    built(site, {"A.trope": f"To {LONG}.\n"})
    (link,) = [a for a in links(body(site.page("A"))) if "backlinks" in a.get("href", "")]
    assert (site.root / "html" / link.get("href", "")).exists()


def test_names_of_300_characters_that_differ_at_the_end_are_two(site: Site) -> None:
    built(site, {"A.trope": f"To {LONG}One and {LONG}Two.\n"})
    folder = site.root / "html/tropes/backlinks/main"
    assert len(list(folder.iterdir())) == 2


def test_a_file_with_a_name_of_200_characters_is_built(site: Site) -> None:
    name = "Long" * 50
    built(site, {f"{name}.trope": "Text.\n", "A.trope": f"To {name}.\n"})
    assert any(link.get("href") == f"{name}.html" for link in links(body(site.page("A"))))


# -- names that lead out, and addresses that run

OUT = [
    "[[../../etc/passwd a label]]",
    "{{../../../out}}",
    "[[Film/../../../out x]]",
    "[[/etc/passwd x]]",
    "[[..\\..\\out x]]",
    "{{CON}}",
    "[[%2e%2e%2fout x]]",
]
RUN = [
    "[[javascript:alert(1) x]]",
    "[[JaVaScRiPt:alert(1) x]]",
    "[[java\tscript:alert(1) x]]",
    "[[data:text/html,x x]]",
    "[[vbscript:x x]]",
    "[[file:///etc/passwd x]]",
    "[[x -> javascript:alert(1)]]",
    "[[javascript:alert(1) | x]]",
    "[[quoteright:100:javascript:alert(1)]]",
    "[[quoteright:100:data:image/svg+xml,x]]",
]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Site:
    site = Site(tmp_path_factory.mktemp("hostile"))
    site.write({f"Out{n}.trope": f"To {link}.\n" for n, link in enumerate(OUT)})
    site.write({f"Run{n}.trope": f"One.\n\n{link}\n" for n, link in enumerate(RUN)})
    site.build()
    return site


def test_no_name_leads_out_of_the_output(hostile: Site) -> None:
    assert {path.name for path in hostile.root.iterdir()} == {"html", "source", "doctrees"}
    folder = hostile.root / "html/tropes"
    pages = [page.relative_to(folder).parts for page in folder.rglob("backlinks/**/*.html")]
    assert pages
    assert {len(parts) for parts in pages} == {3}


@pytest.mark.parametrize("number", range(len(RUN)), ids=RUN)
def test_an_address_that_could_run_code_is_no_link(hostile: Site, number: int) -> None:
    page = body(hostile.page(f"Run{number}"))
    addresses = [e.get(name, "") for e in page.iter() for name in ("href", "src")]
    schemes = {a.partition(":")[0].lower() for a in addresses if ":" in a}
    assert schemes <= {"http", "https", "mailto", "ftp"}


def test_an_address_that_could_run_code_is_told(site: Site) -> None:
    built(site, {"A.trope": "One.\n\nTwo [[javascript:alert(1) x]].\n"})
    assert len(warnings_of(site)) == 1
    assert places_of(site, "trope.markup") == ["A.trope:3"]


def test_html_in_a_page_is_text(site: Site) -> None:
    words = "<script>alert(1)</script> <img src=x onerror=alert(1)> &amp; <b>"
    page = f"(:title {words}:)\n(:laconic {words}:)\n\n{words} To GoodPage, {words}.\n"
    built(site, {"A.trope": page, "B.trope": "To {{A}}.\n"})
    for name in ("A", "B", "GoodPage", "tropes/index", "tropes/backlinks/main/goodpage"):
        found = site.page(name)
        assert not [e for e in found.iter("script") if "alert" in (e.text or "")]
        assert not [e for e in found.iter() if e.get("onerror")]


# -- markup that makes no sense


@pytest.mark.parametrize(
    ("page", "line"),
    [
        ("One.\n\n[[folder:Open]]\nText.\n", 3),
        ("One.\n[[/folder]]\n", 2),
        ("One.\n\nTwo [[spoiler:open.\n", 3),
        ("One.\n\n[[spoiler:\nText.\n", 3),
        ("One.\n(:nonsense x:)\n", 2),
        ("One.\n(:title:)\n", 2),
        ("One.\n(:namespace Nowhere:)\n", 2),
        ("One.\n(:alias !?:)\n", 2),
        ("One.\n\nTo [[?? label]].\n", 3),
    ],
)
def test_markup_that_makes_no_sense_is_told_once_with_its_line(
    site: Site, page: str, line: int
) -> None:
    built(site, {"A.trope": page})
    assert len(warnings_of(site)) == 1
    assert places_of(site, "trope.markup") == [f"A.trope:{line}"]
