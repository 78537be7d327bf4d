"""Several wikis, one web: links and backlinks across projects that read each other's data."""

from __future__ import annotations

import json
import shutil
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest

from sphinxcontrib_tropes.build import remote_wikis as federation

from ..conftest import CONF, Site, having_class, text_of
from .reading import body, link_named, links, panel_of, panel_text, warnings_of
from .test_incremental import SEED, STEPS, RandomWiki, assert_same, build_and_compare, snapshot

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TROPES = {
    "RedHerring.trope": "(:alias FalseClue:)\n\nA false trail, as in {{Film/Alien}} or {{Film/Unmade}}.\n",
    "HalfHuman.trope": "Nothing refers to it but films.\n",
    "SharedName.trope": "The tropes' own.\n",
    "Linker.trope": "A SharedName, and NeitherHas.\n",
    "index.rst": "Tropes\n======\n\n:trope:`Film/Alien` :trope:`{{Film/Alien}}s` "
    ":trope:`a film <Film/Alien>` :any:`Film/Alien`\n",
}
FILMS = {
    "Film/Alien.trope": (
        "(:title Alien (1979):)\n\nThe cat is a RedHerring. Later it is a FalseClue again. "
        "[[spoiler:Ash]] is no HalfHuman, nor a SharedName.\n"
    ),
    "SharedName.trope": "The films' own.\n",
    "index.rst": "Films\n=====\n\nThe guide tells of a :trope:`RedHerring` and NeitherHas.\n",
    "Other.trope": "Wants what NeitherHas.\n",
}


def project(root: Path, name: str, other: str, files: dict[str, str], place: str = "") -> Site:
    site = Site(root / name)
    place = place or f"../../{other}/html"
    conf = f'{CONF}project = "{name}"\ntropes_federation = {{"{other}": {place!r}}}\n'
    return site.write({"conf.py": conf, **files})


def both(root: Path) -> tuple[Site, Site]:
    """Two projects that refer to each other, not yet built."""
    return project(root, "tropes", "films", TROPES), project(root, "films", "tropes", FILMS)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Site, Site]:
    tropes, films = both(tmp_path_factory.mktemp("both"))
    for site in (films, tropes, films):
        site.build()
    return tropes, films


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Site, Site]:
    """The same, for a test that edits them."""
    tropes, films = both(tmp_path)
    for site in (films, tropes, films):
        site.build()
    return tropes, films


# -- what readers see


def test_a_panel_tells_who_refers_to_the_page_from_another_wiki(built: tuple[Site, Site]) -> None:
    text = panel_text(built[0].page("RedHerring"))
    assert "From another wiki: films (2)" in text
    assert "Alien (1979) The cat is a Red Herring." in text


def test_a_title_in_a_panel_leads_to_the_page_of_the_other_wiki(built: tuple[Site, Site]) -> None:
    hrefs = [a.get("href") for a in links(panel_of(built[0].page("RedHerring")))]
    assert "../../films/html/Film/Alien.html" in hrefs


def test_words_in_a_panel_lead_to_the_very_place_in_the_other_wiki(
    built: tuple[Site, Site],
) -> None:
    panel = panel_of(built[0].page("RedHerring"))
    (mark,) = [a for a in links(panel) if text_of(a) == "False Clue"]
    path, _, id_ = mark.get("href", "").partition("#")
    assert (built[0].root / "html" / path).resolve() == (
        built[1].root / "html/Film/Alien.html"
    ).resolve()
    assert id_ in {element.get("id") for element in built[1].page("Film/Alien").iter()}


def test_addresses_from_a_folder_below_lead_to_the_other_wiki(built: tuple[Site, Site]) -> None:
    link = link_named(built[1].page("Film/Alien"), "Red Herring")
    path = built[1].root / "html/Film" / link.get("href", "")
    assert path.resolve() == (built[0].root / "html/RedHerring.html").resolve()


def test_a_panel_says_by_which_alias_another_wiki_refers(built: tuple[Site, Site]) -> None:
    assert "Later it is a False Clue again. via False Clue" in panel_text(
        built[0].page("RedHerring")
    )


def test_a_document_of_another_wiki_refers_too(built: tuple[Site, Site]) -> None:
    assert "Films The guide tells of a Red Herring and NeitherHas." in panel_text(
        built[0].page("RedHerring")
    )


def test_a_page_that_only_another_wiki_refers_to_has_a_panel(built: tuple[Site, Site]) -> None:
    assert "Alien (1979)" in panel_text(built[0].page("HalfHuman"))


def test_a_page_that_both_wikis_have_is_no_backlink_of_the_other(built: tuple[Site, Site]) -> None:
    assert "films" not in panel_text(built[0].page("SharedName"))


def test_what_a_spoiler_hides_in_another_wiki_is_covered_here(built: tuple[Site, Site]) -> None:
    panel = panel_of(built[0].page("HalfHuman"))
    assert [text_of(cover) for cover in having_class(panel, "trope-cover")] == ["spoiler"]
    assert "Ash" not in text_of(panel)


def test_a_backlinks_page_has_a_section_for_each_other_wiki(built: tuple[Site, Site]) -> None:
    page = built[0].page("tropes/backlinks/main/redherring")
    assert "From another wiki: films (2)" in text_of(body(page))
    assert [e.get("id") for e in page.iter("section")][-1] == "elsewhere-films"


def test_a_backlinks_page_of_a_wanted_name_tells_who_wants_it_elsewhere(
    built: tuple[Site, Site],
) -> None:
    page = built[0].page("tropes/backlinks/main/neitherhas")
    assert "Wants what Neither Has." in text_of(body(page))


def test_a_name_that_only_another_wiki_has_leads_there(built: tuple[Site, Site]) -> None:
    link = link_named(built[0].page("index"), "Alien (1979)")
    assert link.get("href") == "../../films/html/Film/Alien.html"
    assert "trope" in link.get("class", "").split()


def test_a_plural_and_a_label_of_a_link_to_another_wiki_are_kept(built: tuple[Site, Site]) -> None:
    page = built[0].page("index")
    assert link_named(page, "Alien (1979)s").get("href") == "../../films/html/Film/Alien.html"
    assert link_named(page, "a film").get("href") == "../../films/html/Film/Alien.html"


def test_any_finds_a_page_of_another_wiki(built: tuple[Site, Site]) -> None:
    hrefs = [a.get("href") for a in links(body(built[0].page("index")))]
    assert hrefs.count("../../films/html/Film/Alien.html") == 4


def test_what_another_wiki_has_is_not_wanted(built: tuple[Site, Site]) -> None:
    data = json.loads((built[0].root / "html/tropes.json").read_text("utf-8"))
    assert [wanted["name"] for wanted in data["wanted"]] == ["Film/Unmade", "Main/NeitherHas"]


def test_two_wikis_that_know_each_other_are_no_warning(built: tuple[Site, Site]) -> None:
    for site in built:
        site.build()
        assert warnings_of(site) == []


# -- other builders and settings


def test_another_wiki_at_an_address_is_linked_to_there(tmp_path: Path) -> None:
    tropes, films = both(tmp_path)
    films.build()
    tropes.build(tropes_federation={"films": ("https://films.example/wiki", "../../films/html")})
    link = link_named(tropes.page("index"), "a film")
    assert link.get("href") == "https://films.example/wiki/Film/Alien.html"


@pytest.mark.parametrize(
    "builder", ["latex", "text", "man", "texinfo", "epub", "singlehtml", "xml"]
)
def test_other_builders_name_the_other_wiki_and_do_not_fail(
    pair: tuple[Site, Site], builder: str
) -> None:
    text = TROPES["index.rst"] + "\n.. toctree::\n   :glob:\n\n   *\n"
    pair[0].write({"index.rst": text})
    out = pair[0].build(
        builder, doctrees=f"doctrees-{builder}", epub_show_urls="no", version="1", copyright="x"
    )
    assert warnings_of(pair[0]) == []
    text = "".join(path.read_text("utf-8", "ignore") for path in out.rglob("*") if path.is_file())
    assert "From another wiki: films" in text
    assert "../../films" not in text


def test_dirhtml_leads_to_the_other_wiki(tmp_path: Path) -> None:
    tropes, films = both(tmp_path)
    for site in (films, tropes):
        site.build(
            "dirhtml",
            tropes_federation={"o": f"../../{'films' if site is tropes else 'tropes'}/dirhtml"},
        )
    page = tropes.page("RedHerring/index", "dirhtml")
    (link,) = [a for a in links(panel_of(page)) if text_of(a) == "Alien (1979)"]
    target = (tropes.root / "dirhtml/RedHerring" / link.get("href", "")).resolve()
    assert target == (films.root / "dirhtml/Film/Alien").resolve()


def test_intersphinx_counts_more_than_a_federated_wiki(pair: tuple[Site, Site]) -> None:
    tropes, films = pair
    conf = (tropes.source / "conf.py").read_text("utf-8")
    mapping = {"f": ("https://films.example/", str(films.root / "html/objects.inv"))}
    conf += f'extensions.append("sphinx.ext.intersphinx")\nintersphinx_mapping = {mapping!r}\n'
    tropes.write({"conf.py": conf}).build()
    link = link_named(tropes.page("index"), "a film")
    assert link.get("href") == "https://films.example/Film/Alien.html"


@pytest.mark.parametrize(
    "value",
    [
        ["films"],
        {"films": 3},
        {"films": ""},
        {"": "x"},
        {3: "x"},
        {"films": "ftp://films.example/"},
        {"films": ("javascript:alert(1)//", "x")},
        {"films": ("a", "b", "c")},
    ],
)
def test_a_wrong_value_is_reported(site: Site, value: object) -> None:
    site.build(tropes_federation=value)
    (line,) = warnings_of(site, "trope.config")
    assert "tropes_federation takes a dictionary" in line


# -- builds


def test_the_order_of_builds_changes_no_byte(tmp_path: Path) -> None:
    found = []
    for order in ("tft", "ftf"):
        tropes, films = both(tmp_path / order)
        for letter in order:
            (tropes if letter == "t" else films).build()
        found.append((snapshot(tropes.root / "html"), snapshot(films.root / "html")))
    assert found[0] == found[1]


def test_a_third_wiki_has_no_backlink_of_what_leads_to_the_second(tmp_path: Path) -> None:
    tropes, films = both(tmp_path)
    third = project(tmp_path, "third", "films", {"RedHerring.trope": "The third's own.\n"})
    tropes.build()
    for site in (films, third):
        site.build()
    assert having_class(third.page("RedHerring"), "trope-backlinks") == []


def written(site: Site) -> set[str]:
    """The pages that the next build writes."""
    out = site.root / "html"
    before = {path: path.stat().st_mtime_ns for path in out.rglob("*.html")}
    site.build()
    return {
        str(path.relative_to(out))
        for path in out.rglob("*.html")
        if before.get(path) != path.stat().st_mtime_ns
    } - {"genindex.html", "search.html"}


def test_a_change_in_another_wiki_writes_the_pages_that_show_it(pair: tuple[Site, Site]) -> None:
    tropes, films = pair
    films.write({"Other.trope": "Needs a HalfHuman.\n"}).build()
    assert written(tropes) == {
        "HalfHuman.html",
        "tropes/backlinks/main/halfhuman.html",
        "tropes/backlinks/main/neitherhas.html",
    }
    assert "Needs a Half Human." in panel_text(tropes.page("HalfHuman"))


def test_a_page_that_another_wiki_gains_writes_the_pages_that_link_to_it(
    pair: tuple[Site, Site],
) -> None:
    tropes, films = pair
    films.write({"Film/Unmade.trope": "Made after all.\n"}).build()
    assert written(tropes) >= {"RedHerring.html", "tropes/wanted.html"}
    assert "Linker.html" not in written(tropes)
    link = link_named(tropes.page("RedHerring"), "Unmade")
    assert link.get("href") == "../../films/html/Film/Unmade.html"


def test_a_change_in_another_wiki_that_shows_nowhere_writes_nothing(
    pair: tuple[Site, Site],
) -> None:
    tropes, films = pair
    films.write({"New.trope": "Says something of SharedName.\n"}).build()
    assert written(tropes) == set()


def test_a_wiki_that_is_taken_out_of_the_configuration_leaves_nothing(
    pair: tuple[Site, Site],
) -> None:
    tropes, _films = pair
    tropes.build(tropes_federation={})
    text = "".join(p.read_text("utf-8") for p in (tropes.root / "html").rglob("*.html"))
    assert "Alien (1979)" not in text
    assert "trope-foreign" not in text


def test_incremental_output_equals_clean_output_of_wikis_that_know_each_other(
    tmp_path: Path,
) -> None:
    names = ("tropes", "films")
    sites = {name: project(tmp_path, name, other, {}) for name, other in (names, names[::-1])}
    wikis = {name: RandomWiki(site, SEED + at) for at, (name, site) in enumerate(sites.items())}
    history: list[str] = []
    for step in range(max(4, STEPS // 10)):
        name = names[step % 2] if step % 3 else names[0]
        history.append(f"{name}: {wikis[name].edit()}")
        for built in (name, *(other for other in names if other != name), name):
            sites[built].build()
        for built in names:
            note = f"step {step}, {built}, {history[-4:]}"
            build_and_compare(sites[built], "html", note, {})


def test_one_parallel_build_equals_another(pair: tuple[Site, Site]) -> None:
    tropes, _films = pair
    tropes.build(out="parallel", doctrees="parallel-doctrees", parallel=2)
    assert_same(tropes.root / "parallel", tropes.root / "html", "parallel")


# -- what can't be read


def alone(root: Path, data: bytes | None, **pages: str) -> Site:
    """A project whose other wiki is one file."""
    site = project(root, "tropes", "films", TROPES | pages, "../../tropes.json")
    if data is not None:
        (root / "tropes.json").write_bytes(data)
    return site


def one_warning(site: Site) -> str:
    (line,) = warnings_of(site, "trope.federation")
    return line


def test_a_wiki_that_is_not_there_is_one_warning(tmp_path: Path) -> None:
    site = alone(tmp_path, None)
    site.build()
    assert "films: " in one_warning(site)
    assert "can't be read" in one_warning(site)
    assert "nothing of it is shown" in one_warning(site)
    assert one_warning(site).count(str(site.root.parent)) == 1


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no JSON",
        b"\xff\xfe\x00",
        b"[" * 200_000,
        b'{"a":' * 200_000,
        b'{"version": ' + b"9" * 5000 + b"}",
        b"[]",
        b'{"version": 1, "pages": [1], "links": []}',
        b'{"version": 1, "pages": [], "links": {}}',
        b'{"version": 2, "pages": [], "links": []}',
    ],
    ids=range(10),
)
def test_nonsense_is_one_warning_and_no_harm(tmp_path: Path, data: bytes) -> None:
    site = alone(tmp_path, data)
    site.build()
    assert one_warning(site)
    assert (site.root / "html/RedHerring.html").exists()


def test_a_file_that_is_too_large_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(federation, "LARGEST", 2**20)
    site = alone(tmp_path, b" " * (2**20 + 1))
    site.build()
    assert "it is larger than 1 MiB" in one_warning(site)


def test_a_folder_in_place_of_a_file_is_one_warning(tmp_path: Path) -> None:
    (tmp_path / "tropes.json").mkdir()
    site = alone(tmp_path, None)
    site.build()
    assert one_warning(site)


def test_the_last_good_copy_is_used_while_the_file_is_nonsense(pair: tuple[Site, Site]) -> None:
    tropes, films = pair
    before = snapshot(tropes.root / "html")
    for damage in (b"nonsense", None):
        path = films.root / "html/tropes.json"
        path.unlink()
        if damage is not None:
            path.write_bytes(damage)
        tropes.build()
        assert "the last copy is used" in one_warning(tropes)
        assert snapshot(tropes.root / "html") == before


def test_html_in_another_wiki_is_text_here(tmp_path: Path) -> None:
    films = project(tmp_path, "films", "tropes", FILMS)
    films.build()
    data = json.loads((films.root / "html/tropes.json").read_text("utf-8"))
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    for page in data["pages"]:
        page["title"] = evil
    for entry in data["links"]:
        entry |= {"context": f"{evil} words", "words": [0, len(evil)]}
    site = alone(tmp_path, json.dumps(data).encode())
    site.write({"conf.py": f"{CONF}tropes_federation = {{{evil!r}: '../../tropes.json'}}\n"})
    site.build()
    page = site.page("RedHerring")
    assert evil in panel_text(page)
    for path in (site.root / "html").rglob("*.html"):
        assert "<script>alert" not in path.read_text("utf-8")
        assert "<img src=x" not in path.read_text("utf-8")


def test_no_address_that_runs_code_comes_from_another_wiki(tmp_path: Path) -> None:
    films = project(tmp_path, "films", "tropes", FILMS)
    films.build()
    data = json.loads((films.root / "html/tropes.json").read_text("utf-8"))
    data["pages"][0]["url"] = "javascript:alert(1)"
    data["links"][-1]["url"] = "java\tscript:alert(1)"
    site = alone(tmp_path, json.dumps(data).encode())
    site.build()
    for _build in range(2):  # as it is read, and as it is kept
        assert "2 addresses are neither http(s) nor inside it; left out" in one_warning(site)
        site.build()
    for path in (site.root / "html").rglob("*.html"):
        assert "script:alert" not in path.read_text("utf-8")


# -- over the network


class Server:
    """A server of one file on this machine; counts what it is asked."""

    def __init__(self) -> None:
        self.body = b""
        self.status = 200
        self.etag = ""
        self.asked: list[dict[str, str]] = []
        answer = self._answer

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                answer(self)

            def log_message(self, *args: Any) -> None:
                """Says nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.root = f"http://127.0.0.1:{self._server.server_port}/wiki/"

    def _answer(self, request: BaseHTTPRequestHandler) -> None:
        self.asked.append(dict(request.headers))
        is_known = self.etag and request.headers.get("If-None-Match") == self.etag
        request.send_response(304 if is_known else self.status)
        if self.etag:
            request.send_header("ETag", self.etag)
        request.send_header("Content-Length", "0" if is_known else str(len(self.body)))
        request.end_headers()
        if not is_known:
            with suppress(OSError):  # the reader had enough
                request.wfile.write(self.body)

    @contextmanager
    def running(self) -> Iterator[Server]:
        thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield self
        finally:
            self._server.shutdown()
            self._server.server_close()
            thread.join()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    films = project(tmp_path, "films", "tropes", FILMS)
    films.build()
    with Server().running() as server:
        server.body = (films.root / "html/tropes.json").read_bytes()
        yield server


def remote(root: Path, server: Server, limit: int = 0) -> Site:
    site = project(root, "tropes", "films", TROPES, server.root)
    conf = (site.source / "conf.py").read_text("utf-8")
    return site.write({"conf.py": f"{conf}tropes_federation_cache_limit = {limit}\n"})


def test_a_wiki_on_the_network_is_linked_to_and_refers(tmp_path: Path, server: Server) -> None:
    site = remote(tmp_path, server)
    site.build()
    assert warnings_of(site) == []
    link = link_named(site.page("index"), "a film")
    assert link.get("href") == f"{server.root}Film/Alien.html"
    assert "From another wiki: films" in panel_text(site.page("RedHerring"))


def test_a_fresh_copy_is_used_without_asking(tmp_path: Path, server: Server) -> None:
    site = remote(tmp_path, server, limit=1)
    site.build()
    site.build()
    assert len(server.asked) == 1


def test_a_copy_that_is_too_old_is_asked_for_again(tmp_path: Path, server: Server) -> None:
    site = remote(tmp_path, server, limit=1)
    site.build()
    (copy,) = (site.root / "doctrees" / "tropes-federation").iterdir()
    state = json.loads(copy.read_text("utf-8"))
    copy.write_text(json.dumps(state | {"checked": state["checked"] - 90_000}), "utf-8")
    site.build()
    assert len(server.asked) == 2


def test_a_server_is_asked_only_for_what_is_new(tmp_path: Path, server: Server) -> None:
    server.etag = '"1"'
    site = remote(tmp_path, server)
    site.build()
    before = snapshot(site.root / "html")
    site.build()
    assert server.asked[-1]["If-None-Match"] == '"1"'
    assert warnings_of(site) == []
    assert snapshot(site.root / "html") == before


def test_what_is_new_on_the_network_is_shown(tmp_path: Path, server: Server) -> None:
    site = remote(tmp_path, server)
    site.build()
    server.body = server.body.replace(b"The cat is a", b"The dog is a")
    site.build()
    assert "The dog is a Red Herring." in panel_text(site.page("RedHerring"))


@pytest.mark.parametrize("status", [404, 500])
def test_the_last_copy_is_used_while_a_server_fails(
    tmp_path: Path, server: Server, status: int
) -> None:
    site = remote(tmp_path, server)
    site.build()
    before = snapshot(site.root / "html")
    server.status = status
    site.build()
    assert "the last copy is used" in one_warning(site)
    assert snapshot(site.root / "html") == before


def test_the_last_copy_is_used_offline(tmp_path: Path) -> None:
    films = project(tmp_path, "films", "tropes", FILMS)
    films.build()
    with Server().running() as server:
        server.body = (films.root / "html/tropes.json").read_bytes()
        site = remote(tmp_path, server)
        site.build()
    before = snapshot(site.root / "html")
    site.build()
    assert "the last copy is used" in one_warning(site)
    assert snapshot(site.root / "html") == before


def test_an_answer_that_is_too_large_is_cut_off(
    tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(federation, "LARGEST", 2**20)
    server.body = b" " * 2**26
    site = remote(tmp_path, server)
    site.build()
    assert "it is larger than 1 MiB" in one_warning(site)


def test_a_password_in_an_address_is_in_no_page_and_no_warning(
    tmp_path: Path, server: Server
) -> None:
    server.root = server.root.replace("http://", "http://me:secretword@")
    site = remote(tmp_path, server)
    site.build()
    server.status = 500
    site.build()
    assert "secretword" not in site.warnings
    text = "".join(p.read_text("utf-8", "ignore") for p in (site.root / "html").rglob("*.html"))
    assert "secretword" not in text
    assert server.asked[0]["Authorization"].startswith("Basic ")


def test_a_damaged_copy_is_fetched_again(tmp_path: Path, server: Server) -> None:
    site = remote(tmp_path, server, limit=1)
    site.build()
    (copy,) = (site.root / "doctrees" / "tropes-federation").iterdir()
    copy.write_text("{", "utf-8")
    shutil.rmtree(site.root / "html")
    site.build()
    assert warnings_of(site) == []
    assert "From another wiki" in panel_text(site.page("RedHerring"))
    assert copy.stat().st_size > 1


def test_a_link_into_a_section_of_a_page_of_another_wiki_leads_there(
    pair: tuple[Site, Site],
) -> None:
    films = pair[1]
    films.write({"Linker2.trope": "See [[RedHerring#InFilm_2 in film]].\n"}).build()
    href = link_named(films.page("Linker2"), "in film").get("href", "")
    assert href.partition("#")[0].endswith("RedHerring.html")
    assert href.partition("#")[2]
