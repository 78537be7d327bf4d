"""The configuration: what each option does, and what it takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sphinxcontrib_tropes.config import _OPTIONS

from ..conftest import CONF, Site, having_class, text_of
from .reading import body, link_named, links, panel_text, warnings_of

if TYPE_CHECKING:
    from pathlib import Path
    from xml.etree.ElementTree import Element

OPTIONS = [
    "tropes_wikiwords",
    "tropes_namespaces",
    "tropes_alias_pages",
    "tropes_book",
    "tropes_pages_prefix",
    "tropes_backlinks_panel",
    "tropes_backlinks_pages",
    "tropes_graph",
    "tropes_wanted",
    "tropes_backlinks_for",
    "tropes_context_length",
    "tropes_preview",
    "tropes_recent",
    "tropes_trail",
    "tropes_reading_time",
    "tropes_panel_place",
    "tropes_edit",
    "tropes_switcher_key",
]
BAD = [
    ("tropes_health_kinds", "wanted"),
    ("tropes_health_kinds", ["Wanted"]),
    ("tropes_health_kinds", [3]),
    ("tropes_wikiwords", "yes"),
    ("tropes_wikiwords", None),
    ("tropes_namespaces", ["Film"]),
    ("tropes_namespaces", {"Film": 3}),
    ("tropes_namespaces", {3: "Films"}),
    ("tropes_namespaces", {"Fi/lm": "Films"}),
    ("tropes_namespaces", {"": "Nothing"}),
    ("tropes_backlinks_for", "objects"),
    ("tropes_backlinks_for", True),
    ("tropes_pages_prefix", ""),
    ("tropes_pages_prefix", 3),
    ("tropes_pages_prefix", None),
    ("tropes_pages_prefix", "/etc"),
    ("tropes_pages_prefix", "../out"),
    ("tropes_pages_prefix", "a/../../out"),
    ("tropes_pages_prefix", "a//b"),
    ("tropes_pages_prefix", "tropes/"),
    ("tropes_pages_prefix", "a\\b"),
    ("tropes_pages_prefix", "C:/out"),
    ("tropes_pages_prefix", "a\nb"),
    ("tropes_backlinks_panel", "no"),
    ("tropes_backlinks_panel", 2),
    ("tropes_backlinks_pages", "all"),
    ("tropes_backlinks_pages", []),
    ("tropes_graph", "svg"),
    ("tropes_wanted", "error"),
    ("tropes_wanted", True),
    ("tropes_wanted", None),
    ("tropes_wanted", ["warn"]),
    ("tropes_preview", "hover"),
    ("tropes_context_length", "long"),
    ("tropes_context_length", -1),
    ("tropes_context_length", 0),
    ("tropes_context_length", 200.5),
    ("tropes_context_length", None),
    ("tropes_context_length", True),
    ("tropes_federation", {"films": "http://[::1"}),
    ("tropes_alias_pages", "redirect"),
    ("tropes_book", "title"),
    ("tropes_book", True),
    ("tropes_book", ["index"]),
    ("tropes_recent", "git"),
    ("tropes_recent", None),
    ("tropes_trail", 7),
    ("tropes_reading_time", "long"),
    ("tropes_panel_place", "left"),
    ("tropes_panel_place", None),
    ("tropes_edit", "javascript:alert('{path}')"),
    ("tropes_edit", "https://example.org/"),
    ("tropes_edit", {"edit": "https://example.org/{path}", "remove": "https://example.org/{path}"}),
    ("tropes_edit", {}),
    ("tropes_edit", None),
    ("tropes_switcher_key", True),
    ("tropes_switcher_key", None),
    ("tropes_switcher_key", "Cmd+K"),
    ("tropes_switcher_key", "ctrl+k"),
    ("tropes_switcher_key", "Ctrl+"),
    ("tropes_switcher_key", 'Ctrl+"'),
    ("tropes_switcher_key", "Ctrl+K\n"),
    ("tropes_switcher_key", "KK"),
]
GOOD = [
    ("tropes_wikiwords", False),
    ("tropes_namespaces", {}),
    ("tropes_namespaces", {"Main": "Pages", "Книга": "Книги"}),
    ("tropes_pages_prefix", "wiki/tropes"),
    ("tropes_pages_prefix", "trope pages"),
    ("tropes_backlinks_panel", False),
    ("tropes_backlinks_pages", False),
    ("tropes_graph", False),
    ("tropes_wanted", "text"),
    ("tropes_wanted", "warn"),
    ("tropes_context_length", 100_000),
    ("tropes_alias_pages", False),
    ("tropes_book", "a-z"),
    ("tropes_book", False),
    ("tropes_recent", False),
    ("tropes_trail", False),
    ("tropes_reading_time", True),
    ("tropes_panel_place", "side"),
    ("tropes_edit", False),
    ("tropes_switcher_key", False),
    ("tropes_switcher_key", ""),
    ("tropes_switcher_key", "Alt+Shift+p"),
    ("tropes_switcher_key", "F2"),
    ("tropes_switcher_key", "."),
    ("tropes_edit", "https://example.org/edit/{path}"),
    ("tropes_edit", {"create": "https://example.org/new?name={file}&text={text}"}),
]
# As they come from the command line, `-D tropes_wikiwords=0`.
FROM_COMMAND_LINE = [
    ("tropes_wikiwords", "0", False),
    ("tropes_backlinks_panel", "0", False),
    ("tropes_backlinks_pages", "1", True),
    ("tropes_context_length", "60", 60),
    ("tropes_wanted", "text", "text"),
    ("tropes_recent", "0", False),
    ("tropes_pages_prefix", "wiki", "wiki"),
]

FILES = {
    "Ape.trope": "Text.\n",
    "Film/Alien.trope": "Text.\n",
    "Linker.trope": (
        "First. Some words stand before {{Ape}} and some words stand after it to the end. "
        "Film/AlienLife, an ApeMan and {{Braces}}.\n"
    ),
}


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return Site(tmp_path_factory.mktemp("empty"))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    site = Site(tmp_path_factory.mktemp("config"))
    site.write(dict(FILES))
    return site


def configured(site: Site, option: str, value: object) -> Site:
    """The site, built with a value in its conf.py."""
    site.write({"conf.py": f"{CONF}{option} = {value!r}\n"}).build("dummy")
    site.write({"conf.py": CONF})
    return site


def linker(site: Site, **config: object) -> Element:
    site.build(**config)
    return site.page("Linker")


# -- what options take


@pytest.mark.parametrize("option", OPTIONS)
def test_an_option_is_known(empty: Site, option: str) -> None:
    found = []
    empty.build("dummy", on_app=lambda app: found.append(option in app.config))
    assert found == [True]


@pytest.mark.parametrize(("option", "value"), BAD)
def test_a_wrong_value_is_told_once_with_the_option(
    empty: Site, option: str, value: object
) -> None:
    configured(empty, option, value)
    told = [line for line in warnings_of(empty) if option in line]
    assert len(told) == len(warnings_of(empty)) == 1


@pytest.mark.parametrize(
    ("option", "value"), [("tropes_wanted", "error"), ("tropes_context_length", -1)]
)
def test_a_wrong_value_is_told_with_what_the_option_takes(
    empty: Site, option: str, value: object
) -> None:
    configured(empty, option, value)
    takes = {"tropes_wanted": ["link", "text", "warn"], "tropes_context_length": ["number"]}[option]
    assert all(word in empty.warnings for word in takes)


def test_a_wrong_value_is_a_warning_of_its_kind(empty: Site) -> None:
    empty.build("dummy", tropes_wanted="error")
    assert len(warnings_of(empty, "trope.config")) == 1


@pytest.mark.parametrize(("option", "value"), GOOD)
def test_a_right_value_is_no_warning(empty: Site, option: str, value: object) -> None:
    configured(empty, option, value)
    assert warnings_of(empty) == []


@pytest.mark.parametrize(("option", "given", "value"), FROM_COMMAND_LINE)
def test_an_option_can_be_set_on_the_command_line(
    empty: Site, option: str, given: str, value: object
) -> None:
    found = []
    empty.build("dummy", on_app=lambda app: found.append(app.config[option]), **{option: given})
    assert (found, warnings_of(empty)) == ([value], [])


def test_a_namespace_can_be_set_on_the_command_line(empty: Site) -> None:
    found = []
    empty.build(
        "dummy",
        on_app=lambda app: found.append(app.config.tropes_namespaces),
        **{"tropes_namespaces.Book": "Books"},
    )
    assert found == [{"Book": "Books"}]


def test_a_wrong_value_does_not_read_everything_again_in_each_build(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.build("dummy", tropes_context_length=-1)
    read: list[str] = []
    site.build(
        "dummy",
        tropes_context_length=-1,
        on_app=lambda app: app.connect("source-read", lambda app, d, s: read.append(d)),
    )
    assert read == []


def test_a_wrong_value_is_the_default(site: Site) -> None:
    page = linker(site, tropes_wanted="error")
    assert link_named(page, "Ape Man").get("href") == "tropes/backlinks/main/apeman.html"


# -- what options do


def test_wikiwords_are_links_by_default(site: Site) -> None:
    assert "trope" in link_named(linker(site), "Ape Man").get("class", "")


def test_wikiwords_are_text_where_they_are_off(site: Site) -> None:
    page = linker(site, tropes_wikiwords=False)
    assert "ApeMan" in text_of(body(page))
    assert [text_of(link) for link in having_class(page, "trope")] == ["Ape", "Braces"]


def test_a_namespace_of_the_configuration_is_one(site: Site) -> None:
    site.write({"Book/Emma.trope": "Text.\n", "B.trope": "To [[Book/Emma]].\n"})
    site.build(tropes_namespaces={"Book": "Books we like"})
    assert link_named(site.page("B"), "Emma").get("href") == "Book/Emma.html"
    assert "Books we like" in text_of(site.page("tropes/index"))
    site.write({"Book/Emma.trope": None, "B.trope": None})


def test_what_is_no_namespace_of_the_configuration_is_none(site: Site) -> None:
    linker(site, tropes_namespaces={"Book": "Books"})
    assert "Films" not in text_of(site.page("tropes/index"))


def test_the_prefix_is_where_the_pages_without_a_source_are(site: Site) -> None:
    page = linker(site, tropes_pages_prefix="wiki/all")
    assert link_named(page, "Ape Man").get("href") == "wiki/all/backlinks/main/apeman.html"
    assert (site.root / "html/wiki/all/index.html").exists()
    assert not (site.root / "html/tropes").exists()


def test_without_panels_no_page_has_one(site: Site) -> None:
    linker(site, tropes_backlinks_panel=False)
    assert not having_class(site.page("Ape"), "trope-backlinks")


def test_without_panels_there_are_backlinks_pages(site: Site) -> None:
    linker(site, tropes_backlinks_panel=False)
    assert (site.root / "html/tropes/backlinks/main/ape.html").exists()


def test_without_backlinks_pages_a_red_link_is_red_and_leads_nowhere(site: Site) -> None:
    page = linker(site, tropes_backlinks_pages=False)
    red = having_class(page, "trope-wanted")
    assert "Ape Man" in [text_of(e) for e in red]
    assert not [e for e in red if e.get("href")]


def test_without_backlinks_pages_none_is_there(site: Site) -> None:
    linker(site, tropes_backlinks_pages=False)
    assert not (site.root / "html/tropes/backlinks").exists()


def test_without_backlinks_pages_a_panel_leads_to_none(site: Site) -> None:
    linker(site, tropes_backlinks_pages=False)
    panel = having_class(site.page("Ape"), "trope-backlinks")[0]
    assert not [a for a in links(panel) if "tropes/" in a.get("href", "")]


def test_wanted_pages_can_be_text(site: Site) -> None:
    page = linker(site, tropes_wanted="text")
    assert "Ape Man" in text_of(body(page))
    assert "Ape Man" not in [text_of(link) for link in links(page)]


def test_wanted_pages_can_be_warnings_and_are_red_links_all_the_same(site: Site) -> None:
    page = linker(site, tropes_wanted="warn")
    assert len(warnings_of(site, "trope.wanted")) == 3
    assert link_named(page, "Ape Man").get("href") == "tropes/backlinks/main/apeman.html"


def test_wanted_pages_are_no_warning_by_default(site: Site) -> None:
    linker(site)
    assert warnings_of(site) == []


@pytest.mark.parametrize(("length", "context"), [(200, 64), (40, 40), (20, 20)])
def test_a_context_is_as_long_as_configured(site: Site, length: int, context: int) -> None:
    linker(site, tropes_context_length=length)
    (shown,) = having_class(site.page("Ape"), "trope-context")
    assert len(text_of(shown)) <= context + len("…  …") + 10


def test_a_context_is_the_sentence_where_that_fits(site: Site) -> None:
    linker(site)
    assert "Some words stand before Ape and some words stand after it to the end." in panel_text(
        site.page("Ape")
    )


# -- names that are no option


def test_a_misspelled_option_is_warned_of_with_what_may_be_meant(site: Site) -> None:
    site.write({"conf.py": CONF + "tropes_wantd = 'warn'\ntropes_Graph2 = 1\ntropes = 1\n"}).build()
    told = warnings_of(site, "trope.config")
    assert len(told) == 2
    assert "tropes_wantd is not an option; did you mean tropes_wanted?" in "".join(told)
    assert "tropes_Graph2 is not an option" in "".join(told)


def test_an_option_of_another_extension_is_none_of_ours(site: Site) -> None:
    extension = (
        "def late(app, config):\n    app.add_config_value('tropes_late_2', 0, '')\n\n\n"
        "def setup(app):\n    app.add_config_value('tropes_shiny', 0, '')\n"
        "    app.connect('config-inited', late)\n"
    )
    conf = CONF.replace('"sphinxcontrib_tropes"', '"sphinxcontrib_tropes", "shiny_ext"', 1)
    assert conf != CONF
    head = "import sys\nsys.path.insert(0, __file__.rpartition('/')[0])\n"
    more = "tropes_shiny = 1\ntropes_late_2 = 2\n\n\ndef tropes_helper():\n    pass\n"
    site.write({"conf.py": head + conf + more, "shiny_ext.py": extension}).build()
    assert warnings_of(site, "trope.config") == []


# -- values that are hostile

TEXTS = ["\0", "a\0b", "\ud800", "a\nb", "\x1b[2J", "\u2028", "\uffff"]
NO_ADDRESSES = [
    "http://[::1",
    "http://[::1/tropes.json",
    "http://u:p@[::1",
    "http://a:99999/",
    "http://a:b/",
    "http://",
    "https:///wiki",
    "file:///etc/passwd",
    "ftp://a.example/",
    "https://\u2100.example/",
]
REFUSED = [
    *(("tropes_federation", {"films": place}) for place in (*NO_ADDRESSES, *TEXTS)),
    *(("tropes_federation", {"films": ("../a", place)}) for place in (*NO_ADDRESSES, *TEXTS)),
    *(("tropes_federation", {"films": (base, "../a")}) for base in (*NO_ADDRESSES, *TEXTS)),
    *(("tropes_federation", {name: "../a"}) for name in TEXTS),
    *(("tropes_namespaces", {"Film": label}) for label in TEXTS),
    *(("tropes_namespaces", {name: "Films"}) for name in TEXTS),
    *(
        ("tropes_pages_prefix", prefix)
        for prefix in (*TEXTS, "x" * 201, "鋼" * 67, "a/" * 999 + "a")
    ),
    *(("tropes_mentions_refused", path) for path in TEXTS),
    *(("tropes_health_baseline", path) for path in TEXTS),
]


@pytest.mark.parametrize(("option", "value"), REFUSED, ids=map(ascii, REFUSED))
def test_what_can_be_no_text_path_or_address_is_refused(option: str, value: object) -> None:
    assert not _OPTIONS[option].is_valid(value)


@pytest.mark.parametrize("option", _OPTIONS)
def test_no_value_of_any_type_ends_the_validation(option: str) -> None:
    values = [*TEXTS, *NO_ADDRESSES, "(", "x" * 10**6, b"x", 10**30, -(10**30), float("nan")]
    values += [[], {}, (), object(), [[]], type, {"a": {}}, {(): 1}, {"a": ("b",) * 10**5}]
    for value in (*values, *({"a": value} for value in values), *((value,) for value in values)):
        assert _OPTIONS[option].is_valid(value) in (True, False)


def test_a_long_value_is_not_told_in_full(site: Site) -> None:
    configured(site, "tropes_pages_prefix", "a/" * 10_000)
    assert "tropes_pages_prefix takes" in site.warnings
    assert len(site.warnings) < 1000


def test_values_that_are_as_large_as_can_be_are_built_with(empty: Site) -> None:
    values = {
        "tropes_namespaces": {"F" * 10_000: "鋼" * 10_000, "Film": "<b>&amp;"},
        "tropes_pages_prefix": "鋼" * 66,
        "tropes_mentions_refused": "x" * 10_000,
        "tropes_unlinked_mentions": True,
        "tropes_health_threshold": 10**30,
        "tropes_health_baseline": "/" * 10_000,
        "tropes_federation": {"f" * 10_000: "y" * 10_000, "g": f"http://{'a' * 300}.invalid/"},
        "tropes_federation_cache_limit": 10**30,
        "tropes_context_length": 10**30,
    }
    conf = "".join(f"{name} = {value!r}\n" for name, value in values.items())
    page = f"{'F' * 10_000}/SomeName, Film/OtherName.\n"
    empty.write({"conf.py": CONF + conf, "Ape.trope": page}).build()
    assert " takes " not in empty.warnings
    assert (empty.root / "html" / f"{'鋼' * 66}/index.html").exists()
    empty.write({"conf.py": CONF, "Ape.trope": None})
