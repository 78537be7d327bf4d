"""HTML of references and of many texts, written without the translator.

Touches: ``special_characters`` and ``attval`` of the HTML translator; compares ``encode``,
``starttag`` and ``visit_reference`` with those of docutils and Sphinx, and leaves the work to the
translator if any of them differs.
Why: half of a page of a wiki is links and lists of links. For each, the translator checks
everything that any node might have, and encodes each text separately.
Seen in: Sphinx 8.2 to 9.2, docutils 0.20 to 0.22.
Remove when: pages with many links are as fast without it.
Upstream: none known.
Without it: the same pages, more slowly.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils.writers.html5_polyglot import HTMLTranslator
from sphinx.writers.html5 import HTML5Translator

from ..docutils.fast_nodes import listed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docutils import nodes

__all__ = ["encoded", "visit_reference"]


def encoded(translator: Any, texts: list[str]) -> Iterable[str]:
    """*texts* as HTML, encoded all at once."""
    if type(translator).encode is not HTMLTranslator.encode:
        return map(translator.encode, texts)
    whole = "\n".join(texts)
    # the ampersand first, because the other escapes contain one
    for code, entity in sorted(translator.special_characters.items(), key=_is_no_ampersand):
        whole = whole.replace(chr(code), entity)
    found = whole.split("\n")
    return found if len(found) == len(texts) else map(translator.encode, texts)


def _is_no_ampersand(item: tuple[int, str]) -> bool:
    return item[0] != ord("&")


def visit_reference(translator: Any, node: nodes.Element) -> None:
    """Starts a link of class ``trope`` inside the site, as Sphinx's translator does."""
    ids = listed(node, "ids")
    if (
        len(ids) > 1
        or node["classes"] != ["trope"]
        or getattr(translator.visit_reference, "__func__", None)
        is not HTML5Translator.visit_reference
        or type(translator).starttag is not HTMLTranslator.starttag
    ):
        translator.visit_reference(node)
        return
    href = translator.attval(node["refuri"] or "#")
    place = f' id="{translator.attval(ids[0])}"' if ids else ""
    translator.body.append(f'<a class="trope reference internal" href="{href}"{place}>')
