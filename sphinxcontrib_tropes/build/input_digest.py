"""Digests of what pages are made from: the wiki's input, and settings."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from .._version import __version__
from ..config import counts_all
from ..findings import is_lasting, suppressed_kinds
from ..internals.sphinx.environment import environment_version
from ..internals.sphinx.output_files import settings_digests
from ..messages import warn, warned_of
from ..pages.kinds import page_kinds
from ..reading.settings import refused_mentions
from ..wiki.views.parts import digest

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx.application import Sphinx
    from sphinx.builders import Builder

    from ..domain import TropeDomain

__all__ = ["input_digest", "input_digest_before", "settings_digest"]


def input_digest(domain: TropeDomain) -> str:
    """A digest of everything the wiki is made from: the same input has the same digest."""
    return _input_digest(domain, domain.digests(), domain.contents, partial(warn, "config"))


def input_digest_before(domain: TropeDomain) -> str:
    """Like :func:`input_digest`, with the facts as they were when this build began."""
    return _input_digest(domain, domain.digests_before(), domain.contents_before, str)


def _input_digest(
    domain: TropeDomain,
    facts: Mapping[str, str],
    contents: Mapping[str, str],
    on_error: Callable[[str], object],
) -> str:
    config = domain.env.config
    phrases, pairs = refused_mentions(domain.env, on_error)
    parts: tuple[Any, ...] = (
        sorted(facts.items()),
        sorted(domain.external().items()),
        domain.federation.wikis,
        dict(config.tropes_namespaces),
        config.tropes_context_length,
        (sorted(phrases), sorted(pairs)),
        # the wiki's health page shows these
        sorted(w for w in warned_of() if is_lasting(w.subtype)),
        sorted(suppressed_kinds(config)),
        sorted(contents.items()),
        sorted(domain.generated_entries.items()),
    )
    if counts_all(config):
        parts += (sorted(domain.destinations.items()),)
    return digest(parts)


_FORM = 7
"""Version of the state file and of what pages show. Raise it to have every page written again."""


def settings_digest(app: Sphinx, builder: Builder) -> str:
    """A digest of everything besides the wiki that all pages of an output directory depend on.

    When it changes, Sphinx itself re-reads or rewrites only pages that have a source.
    """
    parts = (
        _FORM,
        builder.name,
        *settings_digests(builder),
        __version__,
        *_settings_of(app),
        *((kind.name, kind.settings(app)) for kind in page_kinds(app).values()),
    )
    return hashlib.blake2b(repr(parts).encode(), digest_size=12).hexdigest()


def _settings_of(app: Sphinx) -> tuple[str, ...]:
    values = {
        option.name: _plain(option.value)
        for option in app.config.filter(frozenset(["env", "html"]))
    }
    extensions = sorted((name, str(found.version)) for name, found in app.extensions.items())
    return repr(sorted(values.items())), repr(extensions), repr(environment_version(app.env))


def _plain(value: Any) -> object:
    """*value* in a form that is the same in every process: ordered, without memory addresses."""
    if isinstance(value, str | int | float | None):
        return value
    if isinstance(value, Mapping):
        return sorted((str(key), _plain(item)) for key, item in value.items())
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, set | frozenset):
        return sorted(repr(_plain(item)) for item in value)
    return f"{type(value).__module__}.{getattr(value, '__qualname__', type(value).__qualname__)}"
