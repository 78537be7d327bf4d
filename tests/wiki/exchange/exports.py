"""Small wikis as ``tropes.json`` holds them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable


def page(name: str, aliases: Iterable[str] = ()) -> dict[str, Any]:
    return {
        "name": name,
        "title": name,
        "url": "",
        "namespace": name.partition("/")[0],
        "laconic": "",
        "aliases": list(aliases),
    }


def wiki(
    pages: Iterable[str | tuple[str, list[str]]] = (),
    links: Iterable[tuple[str, str, str]] = (),
    wanted: Iterable[str] = (),
) -> dict[str, Any]:
    """``links``: source, target, and the sentence."""
    return {
        "version": 1,
        "pages": [page(*p) if isinstance(p, tuple) else page(p) for p in pages],
        "wanted": [{"name": name, "wants": 1} for name in wanted],
        "links": [
            {"source": source, "target": target, "url": "", "context": context}
            for source, target, context in links
        ],
    }
