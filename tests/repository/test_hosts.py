"""The addresses of a repository at its host."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from sphinxcontrib_tropes.addresses import is_safe
from sphinxcontrib_tropes.repository.found_hosts import has_own_button, host_of
from sphinxcontrib_tropes.repository.hosts import Host, host_kind, hosted, is_form

if TYPE_CHECKING:
    from collections.abc import Mapping

PATH = "Film/12 O'Clock & ä?#%.trope"


def found(
    context: Mapping[str, Any] | None = None,
    options: Mapping[str, Any] | None = None,
    edit: object = True,
) -> Host | None:
    values = {"html_context": context or {}, "html_theme_options": options or {}}
    return host_of(SimpleNamespace(tropes_edit=edit, **values))


GITHUB = {"github_user": "ann", "github_repo": "wiki", "github_version": "main"}


def test_github_has_forms_for_each_file() -> None:
    host = found({**GITHUB, "conf_py_path": "/docs/"})
    assert host is not None
    base = "https://github.com/ann/wiki"
    assert host.edit("A.trope") == f"{base}/edit/main/docs/A.trope"
    assert host.history("A.trope") == f"{base}/commits/main/docs/A.trope"
    assert host.commit("0a" * 20) == f"{base}/commit/{'0a' * 20}"
    assert host.create("Film/It.trope", "(:x:)\n & ü") == (
        f"{base}/new/main/docs/Film?filename=It.trope&value=%28%3Ax%3A%29%0A%20%26%20%C3%BC"
    )


@pytest.mark.parametrize(
    ("context", "options", "address"),
    [
        (
            {"gitlab_user": "g/sub", "gitlab_repo": "w", "gitlab_version": "v1/x"},
            {},
            "https://gitlab.com/g/sub/w/-/edit/v1/x/A.trope",
        ),
        (
            {
                "gitlab_user": "g",
                "gitlab_repo": "w",
                "gitlab_version": "m",
                "gitlab_host": "git.example.org",
                "conf_py_path": "/a b/",
            },
            {},
            "https://git.example.org/g/w/-/edit/m/a%20b/A.trope",
        ),
        (
            {"gitea_user": "g", "gitea_repo": "w", "gitea_version": "m", "doc_path": "docs"},
            {},
            "https://codeberg.org/g/w/_edit/m/docs/A.trope",
        ),
        (
            {"bitbucket_user": "g", "bitbucket_repo": "w", "bitbucket_version": "m"},
            {},
            "https://bitbucket.org/g/w/src/m/A.trope?mode=edit",
        ),
        (
            {},
            {
                "source_repository": "https://github.com/a/w/",
                "source_branch": "main",
                "source_directory": "docs/",
            },
            "https://github.com/a/w/edit/main/docs/A.trope",
        ),
        (
            {},
            {
                "source_repository": "https://codeberg.org/a/w.git",
                "source_branch": "main",
            },
            "https://codeberg.org/a/w/_edit/main/A.trope",
        ),
        (
            {},
            {"repository_url": "https://gitlab.example.org/a/w", "path_to_docs": "docs"},
            "https://gitlab.example.org/a/w/-/edit/main/docs/A.trope",
        ),
        (
            {},
            {
                "repository_url": "https://git.example.org/a/w",
                "repository_provider": "gitlab",
                "repository_branch": "dev",
            },
            "https://git.example.org/a/w/-/edit/dev/A.trope",
        ),
    ],
)
def test_the_host_is_found_where_themes_are_told_of_it(
    context: dict[str, str], options: dict[str, str], address: str
) -> None:
    host = found(context, options)
    assert host is not None
    assert host.edit("A.trope") == address


@pytest.mark.parametrize(
    "context",
    [
        {},
        {"github_user": "ann"},
        {**GITHUB, "github_version": ""},
        {**GITHUB, "github_version": None},
        {**GITHUB, "github_user": 3},
        {**GITHUB, "github_url": "javascript:alert(1)//x.org"},
        {**GITHUB, "github_url": "https://user:secret@example.org"},
        {**GITHUB, "github_url": "http://[::1"},
        {**GITHUB, "github_user": "../.."},
        {**GITHUB, "github_user": "a?b"},
        {**GITHUB, "github_user": "a\nb"},
        {**GITHUB, "conf_py_path": "../../x"},
        {"gitlab_user": "<b>", "gitlab_repo": '"', "gitlab_version": "m"},
    ],
)
def test_settings_that_are_none_give_no_host(context: dict[str, Any]) -> None:
    assert found(context) is None


def test_an_unknown_host_has_no_known_forms() -> None:
    assert host_kind("https://git.example.org/a/w") == ""
    assert host_kind("https://github.com.evil.example/a/w") == "github"  # only a name: no harm
    assert host_kind("http://[") == ""
    assert hosted("github", "https://github.com", "main", "") is None


@pytest.mark.parametrize("kind", ["github", "gitlab", "gitea"])
@pytest.mark.parametrize(
    "path",
    [PATH, "-x.trope", "a&value=evil.trope", "a/../b.trope", "鋼/錬 “it’s”.trope", "\udce9.trope"],
)
def test_any_name_and_text_is_encoded_whole(kind: str, path: str) -> None:
    host = hosted(kind, "https://git.example.org/a/w", "f/ü #1", "d o/c&s")
    assert host is not None
    text = "(:laconic <b>&\"':)\n\n" + path.encode("utf-8", "replace").decode()
    for address in (host.create(path, text), host.edit(path), host.history(path)):
        assert re.fullmatch(r"[A-Za-z0-9\-._~:/?&=%]+", address), address
        assert is_safe(address)
    parts = urlsplit(host.create(path, text))
    folder, _, file = path.rpartition("/")
    query = parse_qs(parts.query, errors="surrogateescape", strict_parsing=True)
    assert query.pop("file_name" if kind == "gitlab" else "filename") == [file]
    assert query.pop("content" if kind == "gitlab" else "value") == [text]
    assert query == {}
    assert unquote(parts.path, errors="surrogateescape").endswith(f"/d o/c&s/{folder}".rstrip("/"))


def test_a_text_that_is_too_long_is_left_out_and_so_is_a_path() -> None:
    host = hosted("github", "https://github.com/a/w", "main", "")
    assert host is not None
    assert host.create("A.trope", "ü" * 300).endswith("%BC")
    assert host.create("A.trope", "ü" * 2000).endswith("?filename=A.trope&value=")
    assert host.edit("x" * 3000) == ""
    assert host.create("x" * 3000, "y") == ""
    assert host.create("x" * 3000, "") == ""


@pytest.mark.parametrize(
    ("name", "template"),
    [
        ("edit", "https://example.org/{path}"),
        ("edit", "http://example.org:81/e?f={source}&b={branch}"),
        ("create", "https://example.org/new?dir={folder}&name={file}&text={text}"),
        ("commit", "https://example.org/{commit}"),
    ],
)
def test_templates_of_addresses_are_accepted(name: str, template: str) -> None:
    assert is_form(name, template)


@pytest.mark.parametrize(
    ("name", "template"),
    [
        ("edit", "https://example.org/"),
        ("edit", "javascript:alert('{path}')"),
        ("edit", "https://{path}/x"),
        ("edit", "https://{path}.example.org/{path}"),
        ("edit", "{path}"),
        ("edit", "/{path}"),
        ("edit", "https://example.org/{path}/{pth}"),
        ("edit", "https://example.org/{path.__class__}"),
        ("edit", "https://example.org/{path}{"),
        ("edit", "https://example.org/ {path}"),
        ("edit", 'https://example.org/"{path}'),
        ("edit", "https://me:secret@example.org/{path}"),
        ("edit", "data:text/html,{path}"),
        ("edit", None),
        ("commit", "https://example.org/{path}"),
        ("remove", "https://example.org/{path}"),
        (3, "https://example.org/{path}"),
    ],
)
def test_other_templates_are_refused(name: object, template: object) -> None:
    assert not is_form(name, template)


def test_a_template_takes_the_place_of_what_was_found() -> None:
    host = found(
        {**GITHUB, "conf_py_path": "docs"}, edit="https://edit.example.org/{branch}?p={path}"
    )
    assert host is not None
    assert host.edit("Ä.trope") == "https://edit.example.org/main?p=docs/%C3%84.trope"
    assert host.commit("ab") == "https://github.com/ann/wiki/commit/ab"
    alone = found(edit={"history": "https://example.org/{source}"})
    assert alone is not None
    assert alone.history("{path}.trope") == "https://example.org/%7Bpath%7D.trope"
    assert (alone.edit("A.trope"), alone.commit("ab"), alone.create("A.trope", "x")) == ("", "", "")


def test_it_can_be_turned_off() -> None:
    assert found(GITHUB, edit=False) is None


@pytest.mark.parametrize(
    ("theme", "context", "options", "expected"),
    [
        ("alabaster", GITHUB, {}, False),
        ("furo", {}, {"source_repository": "https://github.com/a/w"}, True),
        ("furo", {}, {}, False),
        ("pydata_sphinx_theme", GITHUB, {"use_edit_page_button": True}, True),
        ("sphinx_book_theme", GITHUB, {"use_edit_page_button": False}, False),
        ("sphinx_rtd_theme", {**GITHUB, "display_github": True}, {}, True),
        ("sphinx_rtd_theme", GITHUB, {}, False),
        ("furo", None, ["odd"], False),
    ],
)
def test_themes_that_have_a_button_of_their_own_are_known(
    theme: str, context: object, options: object, expected: bool
) -> None:
    values = {"html_context": context, "html_theme_options": options}
    assert has_own_button(SimpleNamespace(html_theme=theme, **values)) is expected
