"""Finds the host of a project's sources in its configuration, where themes are told of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .hosts import Host, host_kind, hosted, templates

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["found_host", "has_own_button", "host_of"]

_PUBLIC = {
    "github": "https://github.com",
    "gitlab": "https://gitlab.com",
    "bitbucket": "https://bitbucket.org",
    "gitea": "https://codeberg.org",
}
"""Kind of host -> its usual address. Themes know no setting for Gitea; ours is in their manner."""


def found_host(context: Mapping[str, Any], options: Mapping[str, Any]) -> Host | None:
    """The host, as the theme is told of it; None if it is told of none.

    :param context: ``html_context``: of Read the Docs' theme, and of pydata's.
    :param options: ``html_theme_options``: of furo, and of pydata's and book's theme.
    """
    return _in_options(options) or _in_context(context)


def _in_options(options: Mapping[str, Any]) -> Host | None:
    for address, branch, folder in (
        ("source_repository", "source_branch", "source_directory"),
        ("repository_url", "repository_branch", "path_to_docs"),
    ):
        where = _text(options, address)
        kind = _text(options, "repository_provider") or host_kind(where)
        usual = "main" if address == "repository_url" else ""
        of_branch = _text(options, branch) or usual
        if host := hosted(kind, where, of_branch, _text(options, folder)):
            return host
    return None


def _in_context(context: Mapping[str, Any]) -> Host | None:
    for kind, usual in _PUBLIC.items():
        owner, name = _text(context, f"{kind}_user"), _text(context, f"{kind}_repo")
        branch = _text(context, f"{kind}_version")
        folder = (
            _text(context, "conf_py_path")
            or _text(context, "doc_path")
            or _text(context, "source_path")
        )
        server = _text(context, f"{kind}_url") or _text(context, f"{kind}_host") or usual
        if "://" not in server:
            server = f"https://{server}"
        if owner and name and (host := hosted(kind, f"{server}/{owner}/{name}", branch, folder)):
            return host
    return None


def _text(values: Mapping[str, Any], name: str) -> str:
    value = values.get(name)
    return value.strip() if isinstance(value, str) else ""


def host_of(config: Any) -> Host | None:
    """The host of a project's sources, as ``tropes_edit`` says; None if there is none."""
    value = config.tropes_edit
    if value is False:
        return None
    found = found_host(_dict(config.html_context), _dict(config.html_theme_options))
    if value is True:
        return found
    forms = {"edit": value} if isinstance(value, str) else dict(value)
    if found is None:
        return templates(forms)
    return templates({**found.forms, **forms}, found.branch, found.folder)


def has_own_button(config: Any) -> bool:
    """Whether the theme itself leads from a page to the form that edits it."""
    theme = config.html_theme
    options, context = _dict(config.html_theme_options), _dict(config.html_context)
    if theme == "furo":
        return bool(options.get("source_repository") or options.get("source_edit_link"))
    if theme in ("pydata_sphinx_theme", "sphinx_book_theme"):
        return bool(options.get("use_edit_page_button"))
    if theme == "sphinx_rtd_theme":
        return any(context.get(f"display_{kind}") for kind in ("github", "gitlab", "bitbucket"))
    return False


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
