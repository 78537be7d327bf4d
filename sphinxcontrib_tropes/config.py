"""The configuration: options, the values they accept, and the namespaces of a project."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from types import ModuleType
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from .addresses import is_safe
from .internals.sphinx.config_file import assigned_values
from .messages import warn
from .names import DEFAULT_NAMESPACES, Namespaces
from .repository.hosts import is_form
from .wiki.text.unlinked_mentions import has_automaton
from .wiki.views.audit import kinds_chosen

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.util.typing import ExtensionMetadata

__all__ = ["counts_all", "namespaces", "setup", "valid_values"]


def _is_bool(value: object) -> bool:
    return isinstance(value, bool)


def _is_length(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 20


def _is_threshold(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= -1


def _is_text(value: object) -> bool:
    """Whether the value is one line of text that can be written to a file."""
    return isinstance(value, str) and _NO_TEXT.search(value) is None


def _is_wanted_style(value: object) -> bool:
    return value in ("link", "text", "warn")


def _is_panel_place(value: object) -> bool:
    return value in ("foot", "side")


def _is_book(value: object) -> bool:
    return value is False or value in ("index", "a-z")


def _is_backlinks_for(value: object) -> bool:
    return value in ("pages", "all")


def _is_prefix(value: object) -> bool:
    if not isinstance(value, str) or not _is_text(value):
        return False
    parts = value.split("/")
    return len(value.encode()) <= _LONGEST_PREFIX and all(
        _PATH_PART.fullmatch(part) and part not in (".", "..") for part in parts
    )


def _is_namespaces(value: object) -> bool:
    return isinstance(value, Mapping) and all(
        isinstance(name, str) and _is_text(label) and name.isalnum()
        for name, label in value.items()
    )


def _is_federation(value: object) -> bool:
    return isinstance(value, Mapping) and all(
        isinstance(name, str)
        and _is_text(name)
        and bool(name.strip())
        and (_is_place(place) or (_is_pair(place) and _is_base(place[0]) and _is_place(place[1])))
        for name, place in value.items()
    )


def _is_pair(value: object) -> bool:
    return isinstance(value, tuple | list) and len(value) == 2


def _is_place(value: object) -> bool:
    """Whether the value is an address or a path."""
    if not isinstance(value, str) or not _is_text(value) or not value.strip():
        return False
    return "://" not in value or _is_address(value)


def _is_address(value: str) -> bool:
    try:
        parts = urlsplit(value)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # such as http://[::1, or an invalid port
        return False


def _is_base(value: object) -> bool:
    """Whether the value is the address of a site: http(s), or relative to this project's."""
    return _is_place(value) and is_safe(str(value))


def _is_edit(value: object) -> bool:
    """Whether the value says where the sources of pages can be edited."""
    if isinstance(value, Mapping):
        return bool(value) and all(is_form(name, form) for name, form in value.items())
    return isinstance(value, bool) or is_form("edit", value)


def _is_days(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_key(value: object) -> bool:
    """Whether the value is a key to press, none, or False."""
    if isinstance(value, str):
        return not value or _KEY.fullmatch(value) is not None
    return value is False


_KEY = re.compile(r"(?:(?:Ctrl|Alt|Shift)\+){0,3}(?:[^\W_]|[.,;/]|F[1-9]|F1[0-2])")
_NO_TEXT = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
_LONGEST_PREFIX = 200  # bytes; file systems allow 255 for a name
_PATH_PART = re.compile(r"[^\x00-\x1f\x7f/\\:*?\"<>|]+")


def _is_kinds(value: object) -> bool:
    if not isinstance(value, list | tuple) or not all(isinstance(kind, str) for kind in value):
        return False
    try:
        kinds_chosen(value)
    except ValueError:
        return False
    return True


class _Option(NamedTuple):
    default: Any
    rebuild: str
    """What Sphinx repeats if the option changes: ``env`` reads documents, ``html`` writes them."""
    takes: str
    is_valid: Callable[[object], bool]


_OPTIONS = {
    "tropes_wikiwords": _Option(True, "env", "True or False", _is_bool),
    "tropes_namespaces": _Option(
        dict(DEFAULT_NAMESPACES),
        "env",
        "a dictionary from a namespace (letters and digits) to its label",
        _is_namespaces,
    ),
    "tropes_pages_prefix": _Option(
        "tropes", "html", "a relative path such as 'tropes' or 'wiki/tropes'", _is_prefix
    ),
    "tropes_backlinks_panel": _Option(True, "html", "True or False", _is_bool),
    "tropes_panel_place": _Option("foot", "html", "'foot' or 'side'", _is_panel_place),
    "tropes_backlinks_pages": _Option(True, "html", "True or False", _is_bool),
    "tropes_graph": _Option(True, "html", "True or False", _is_bool),
    "tropes_backlinks_for": _Option("pages", "env", "'pages' or 'all'", _is_backlinks_for),
    "tropes_wanted": _Option("link", "html", "'link', 'text' or 'warn'", _is_wanted_style),
    "tropes_preview": _Option(True, "html", "True or False", _is_bool),
    "tropes_unlinked_mentions": _Option(False, "env", "True or False", _is_bool),
    "tropes_mentions_refused": _Option(
        "", "html", "the path of a text file, from the source folder; or ''", _is_text
    ),
    "tropes_health_threshold": _Option(
        -1,
        "",
        "a whole number from 0, the number of findings allowed, or -1 for any number",
        _is_threshold,
    ),
    "tropes_health_kinds": _Option(
        [],
        "",
        "a list of kinds of findings that count, or that don't, with '-' in front",
        _is_kinds,
    ),
    "tropes_health_baseline": _Option(
        "", "", "the path of a health.json, from the source folder; or ''", _is_text
    ),
    "tropes_federation": _Option(
        {},
        "",
        "a dictionary from a name to a wiki's address or path, or to a pair of its address and "
        "where its data are",
        _is_federation,
    ),
    "tropes_federation_cache_limit": _Option(
        1,
        "",
        "a whole number of days: 0 has every build ask, a negative one only the first",
        _is_days,
    ),
    "tropes_recent": _Option(True, "html", "True or False", _is_bool),
    "tropes_reading_time": _Option(False, "html", "True or False", _is_bool),
    "tropes_trail": _Option(True, "html", "True or False", _is_bool),
    "tropes_edit": _Option(
        True,
        "html",
        "True, False, the template of an address with {path} in it, or a dictionary from 'edit', "
        "'history', 'create' and 'commit' to such templates",
        _is_edit,
    ),
    "tropes_book": _Option("index", "html", "'index', 'a-z' or False", _is_book),
    "tropes_alias_pages": _Option(True, "html", "True or False", _is_bool),
    "tropes_switcher_key": _Option(
        "Ctrl+K",
        "html",
        "a key such as 'Ctrl+K' (on a Mac, Ctrl is Cmd), '' for the button alone, or False",
        _is_key,
    ),
    "tropes_context_length": _Option(200, "html", "a number of characters from 20", _is_length),
}


_LONG_VALUE = 100


def _shown(value: object) -> str:
    shown = repr(value)
    return shown if len(shown) <= 2 * _LONG_VALUE else f"{shown[: 2 * _LONG_VALUE]} …"


def _validate(app: Sphinx, config: Config) -> None:
    """Replaces values that an option does not accept with its default, and warns.

    Called after other extensions and Sphinx's own conversions may have changed a value, but before
    a change would make Sphinx read everything again in the next build.
    """
    for name, option in _OPTIONS.items():
        value = config[name]
        if not option.is_valid(value):
            default = repr(option.default)
            used = default if len(default) < _LONG_VALUE else "the default"
            why = f"{_shown(value)}{_why(name, value)}"
            warn("config", f"{name} takes {option.takes}, not {why}; {used} is used")
            setattr(config, name, option.default)
    if config.tropes_unlinked_mentions and not has_automaton():
        needs = "pyahocorasick: pip install sphinxcontrib-tropes[mentions]"
        warn("config", f"tropes_unlinked_mentions needs {needs}; False is used")
        config.tropes_unlinked_mentions = False


def _check_names(app: Sphinx, config: Config) -> None:
    """Warns of names in conf.py or on the command line that look like our options but belong to no
    extension.
    """
    assigned = assigned_values(config)
    known = frozenset(config.values)
    for name, value in assigned.items():
        if not name.startswith(_PREFIX) or name in known:
            continue
        if callable(value) or isinstance(value, ModuleType):
            continue
        near = get_close_matches(name, sorted(filter(_is_own, known)), 1, _ALIKE)
        hint = f"; did you mean {near[0]}?" if near else ""
        warn("config", f"{name} is not an option{hint}")


_PREFIX = "tropes_"
_ALIKE = 0.8


def _is_own(name: str) -> bool:
    return name.startswith(_PREFIX)


def _why(name: str, value: Any) -> str:
    """What is wrong with a list of kinds, in brackets."""
    if name == "tropes_health_kinds" and isinstance(value, list | tuple):
        try:
            kinds_chosen(map(str, value))
        except ValueError as error:
            return f" ({error})"
    return ""


def namespaces(config: Config) -> Namespaces:
    """The namespaces of the wiki."""
    # a cache on the config object would be pickled with it
    labels: Mapping[str, str] = config.tropes_namespaces
    key = tuple(labels.items())
    if key not in _NAMESPACES:
        _NAMESPACES.clear()
        _NAMESPACES[key] = Namespaces(labels)
    return _NAMESPACES[key]


_NAMESPACES: dict[tuple[tuple[str, str], ...], Namespaces] = {}


def valid_values(assigned: Mapping[str, Any]) -> dict[str, Any]:
    """The value of each of our options, for who reads a ``conf.py`` without Sphinx: its default where
    it is not *assigned*, or not accepted.
    """
    found = {}
    for name, option in _OPTIONS.items():
        value = assigned.get(name, option.default)
        found[name] = value if option.is_valid(value) else option.default
    return found


def counts_all(config: Config) -> bool:
    """Whether every document and object has backlinks, not only pages."""
    return bool(config.tropes_backlinks_for == "all")


def setup(app: Sphinx) -> ExtensionMetadata:
    for name, option in _OPTIONS.items():
        # Any: our own validation names what an option accepts, so Sphinx's would be a duplicate
        app.add_config_value(name, option.default, option.rebuild, types=Any)  # type: ignore[arg-type]
    app.connect("config-inited", _validate, priority=850)
    # other extensions may still add options when the configuration is read
    app.connect("config-inited", _check_names, priority=990)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
