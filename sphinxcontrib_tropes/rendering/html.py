"""Writes nodes as HTML."""

from __future__ import annotations

import json
from collections.abc import Callable
from html import escape
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util.docutils import SphinxTranslator
from sphinx.util.osutil import relative_uri

from ..builders import abilities
from ..internals.docutils.fast_walk import dispatches_by_bases
from ..internals.sphinx.html_shortcuts import encoded, visit_reference
from ..markup.html import VISITORS
from ..markup.nodes import trope_colored, trope_element
from ..messages import _, is_right_to_left
from ..pages.site_map import MAP_FOLDER
from ..reading.slots import SLOTS, trope_foreign_link, trope_page_link
from ..wiki import COVER
from ..wiki.text.excerpts import by_sentence, pieces_between
from .context import rendering_of
from .direction import has_other_direction, trope_isolated
from .filters import kind_of
from .latex import LATEX_VISITORS
from .nodes import (
    trope_aside,
    trope_backlinks_list,
    trope_copy,
    trope_drawing,
    trope_drawing_name,
    trope_filter,
    trope_fold,
    trope_nav,
    trope_played_examples,
    trope_reference,
    trope_side,
    trope_tool,
)
from .played import played_words
from .sentences import aliases_in, more_words, via_words
from .side import BEGIN, END
from .svg import neighbourhood_svg

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx

    from .filters import Choices

__all__ = ["setup"]

_Visitor = Callable[[Any, Any], None]


def _visit_panel(translator: Any, node: trope_aside) -> None:
    label = {"aria-labelledby": node["labelledby"]} if "labelledby" in node else {}
    role = {"role": node["role"]} if "role" in node else {}
    translator.body.append(translator.starttag(node, "aside", **label, **role))


def _depart_panel(translator: Any, node: trope_aside) -> None:
    translator.body.append("</aside>\n")


def _visit_backlinks_list(translator: Any, node: trope_backlinks_list) -> None:
    """Writes directly what the nodes of :func:`.lists.backlinks_list` would become."""
    builder, most = translator.builder, node["most"] or None
    here, rendering = builder.current_docname, rendering_of(builder.env)
    assert rendering is not None
    # Lists are half of a page: all texts are escaped at once, separately from the markup.
    in_right_to_left = is_right_to_left(translator.config.language)
    around: list[str] = ['<ul class="trope-backlinks-list">\n']
    texts: list[str] = []
    for backlink in node["backlinks"]:
        docname, anchor, _name, title, _namespace, mentions = backlink
        uri = rendering.uri(here, docname, "")
        is_isolated = has_other_direction(title, in_right_to_left=in_right_to_left)
        around += _ITEM % kind_of(backlink), _ISOLATED_SOURCE if is_isolated else _SOURCE
        texts += f"{uri}#{anchor}" if anchor else uri, title
        quoted = by_sentence(mentions) if len(mentions) != 1 else [mentions]
        if len(quoted) > 1:
            around.append(f' <span class="trope-count">({len(quoted)})</span>')
        around.append("</p>\n")
        for group in quoted[:most]:
            around.append('<p class="trope-context">')
            if played := played_words(group):
                around.append(_PLAYED)
                texts.append(played)
            around.append("%s")
            texts.append(group[0].excerpt.before)
            for mention, following in zip(group, pieces_between(group), strict=True):
                around.append(_MARK)
                texts += f"{uri}#{mention.anchor}", mention.excerpt.words, following
            for via in aliases_in(group):
                around.append(_VIA)
                texts.append(via_words(via))
            around.append("</p>\n")
        if most and len(quoted) > most:
            around.append('<p class="trope-rest">%s</p>\n')
            texts.append(more_words(len(quoted) - most))
        around.append("</li>\n")
    around.append("</ul>\n")
    written = "".join(around) % tuple(encoded(translator, texts))
    word = translator.encode(_("spoiler"))
    cover = f'<span class="trope-cover">{word}</span>'
    translator.body.append(written.replace(COVER, cover))
    raise nodes.SkipNode


_ITEM = '<li class="trope-at-%s">'
_SOURCE = '<p><a class="trope trope-source reference internal" href="%s">%s</a>'
_ISOLATED_SOURCE = _SOURCE.replace("%s</a>", "<bdi>%s</bdi></a>")
_PLAYED = '<span class="trope-played">%s</span> '
_MARK = '<a class="trope trope-mark reference internal" href="%s">%s</a>%s'
_VIA = ' <span class="trope-via">%s</span>'


def _depart_reference(translator: Any, node: trope_reference) -> None:
    translator.depart_reference(node)


def _visit_nav(translator: Any, node: trope_nav) -> None:
    translator.body.append(translator.starttag(node, "nav", **{"aria-label": node["label"]}))


def _depart_nav(translator: Any, node: trope_nav) -> None:
    translator.body.append("</nav>\n")


def _visit_side(translator: Any, node: trope_side) -> None:
    translator.body.append(f"{BEGIN}\n")


def _depart_side(translator: Any, node: trope_side) -> None:
    translator.body.append(f"{END}\n")


def _visit_examples(translator: Any, node: trope_played_examples) -> None:
    if not abilities(translator.builder).has_scripts:
        raise nodes.SkipNode
    translator.body.append('<ul class="trope-played-examples" hidden="hidden">\n')


def _depart_examples(translator: Any, node: trope_played_examples) -> None:
    translator.body.append("</ul>\n")


def _visit_isolated(translator: Any, node: trope_isolated) -> None:
    translator.body.append("<bdi>")


def _depart_isolated(translator: Any, node: trope_isolated) -> None:
    translator.body.append("</bdi>")


def _visit_fold(translator: Any, node: trope_fold) -> None:
    is_open = {"open": "open"} if node.get("open") else {}
    translator.body.append(translator.starttag(node, "details", **is_open))
    translator.body.append(f"<summary>{translator.encode(node['label'])}</summary>\n")


def _depart_fold(translator: Any, node: trope_fold) -> None:
    translator.body.append("</details>\n")


def _visit_filter(translator: Any, node: trope_filter) -> None:
    if not abilities(translator.builder).has_scripts:
        raise nodes.SkipNode
    encode = translator.encode
    write = translator.body.append
    # hidden until a script shows it, because it needs one
    label = encode(node["label"])
    named = f'role="search" aria-label="{label}"'
    is_folded = node.get("is_folded")
    if is_folded:
        write('<details class="trope-filter no-search" hidden="hidden">\n')
        summary = encode(_("Sort and filter"))
        write(f"<summary>{summary}</summary>\n<div {named}>\n")
    else:
        write(f'<div class="trope-filter no-search" {named} hidden="hidden">\n')
    write(f'<label>{label} <input type="search" autocomplete="off" /></label>\n')
    if "choices" in node:
        write(_choices(encode, node["choices"]))
    write('<output class="trope-count"></output>\n')
    if node["tabs"]:
        label = encode(_("Namespaces"))
        write(f'<div class="trope-tabs" role="group" aria-label="{label}">\n')
        total = sum(count for _label, _namespace, count in node["tabs"])
        write(_tab(encode(_("All")), total, 'aria-pressed="true"'))
        for label, namespace, count in node["tabs"]:
            of_namespace = f'aria-pressed="false" data-namespace="{encode(namespace)}"'
            write(_tab(encode(label), count, of_namespace))
        write("</div>\n")
    write("</div>\n</details>\n" if is_folded else "</div>\n")
    raise nodes.SkipNode


def _choices(encode: Callable[[str], str], choices: Choices) -> str:
    """Lists to choose from: an order, a namespace, a kind."""
    orders = [("", encode(_("Strength"))), ("title", encode(_("Title")))]
    word = encode(_("Newest"))
    newest = f' data-newest="{word}"'  # there may be no dates: a script adds it
    found = [_select(encode(_("Sort by")), "order", orders, newest)]
    for name, label, offered in (
        ("group", _("Namespace"), choices.namespaces),
        ("kind", _("Place"), choices.kinds),
    ):
        if len(offered) > 1:
            options = [(encode(value), f"{encode(word)} ({n})") for value, word, n in offered]
            found.append(_select(encode(label), name, [("", encode(_("All"))), *options]))
    return "".join(found)


def _select(label: str, name: str, options: Iterable[tuple[str, str]], attributes: str = "") -> str:
    written = "".join(f'<option value="{value}">{words}</option>' for value, words in options)
    choice = f'<select data-trope-by="{name}"{attributes} autocomplete="off">{written}</select>'
    return f"<label>{label} {choice}</label>\n"


def _tab(label: str, count: int, attributes: str) -> str:
    words = f'{label} <span class="trope-count">({count})</span>'
    return f'<button type="button" {attributes}>{words}</button>\n'


def _visit_copy(translator: Any, node: trope_copy) -> None:
    label, done = translator.encode(_("Copy")), translator.encode(_("Copied"))
    translator.body.append(
        f'<p class="trope-copy" hidden="hidden"><button type="button">{label}</button> '
        f'<output data-done="{done}"></output></p>\n'
    )
    raise nodes.SkipNode


def _visit_nothing(translator: Any, node: nodes.Element) -> None:
    """Writes only the children."""


def _visit_colored(translator: Any, node: trope_colored) -> None:
    """Writes the colour for a script to set, because a server's policy may forbid inline styles.
    Books have no scripts.
    """
    if not abilities(translator.builder).has_scripts:
        VISITORS[trope_colored][0](translator, node)
        return
    attributes = {"data-trope-color": node["color"]}
    translator.body.append(translator.starttag(node, "span", "", **attributes))


_INLINE = ("random",)


def _visit_tool(translator: Any, node: nodes.Element) -> None:
    builder = translator.builder
    if abilities(builder).is_book:
        raise nodes.SkipNode  # books have no scripts
    tag = "span" if node["tool"] in _INLINE else "div"
    here = builder.get_target_uri(builder.current_docname)
    folder = relative_uri(here, f"{builder.config.tropes_pages_prefix}/{MAP_FOLDER}/names.js")
    folder = folder.removesuffix("names.js")
    words = json.dumps({name: str(word) for name, word in node["words"].items()})
    translator.body.append(
        f'<{tag} class="trope-tool trope-{node["tool"]} no-search" hidden'
        f' data-trope-tool="{node["tool"]}" data-trope-files="{escape(folder)}"'
        f' data-trope-words="{escape(words)}"></{tag}>\n'
    )
    raise nodes.SkipNode


def _visit_drawing(translator: Any, node: nodes.Element) -> None:
    """Writes the SVG."""
    if node.children:  # the names, as references
        uris = [next((ref["refuri"] for ref in name.findall(nodes.reference)), "") for name in node]
    else:
        uris = [_end_uri(translator.builder, *end) for end in node["ends"]]
    translator.body.append(neighbourhood_svg(node["neighbourhood"], node["label"], uris))
    raise nodes.SkipNode


def _end_uri(builder: Any, docname: str, anchor: str) -> str:
    if not docname:
        return ""
    uri: str = builder.get_relative_uri(builder.current_docname, docname)
    return f"{uri}#{anchor}" if anchor else uri


_HTML: dict[type[nodes.Element], tuple[_Visitor, _Visitor | None]] = {
    **VISITORS,
    trope_colored: (_visit_colored, VISITORS[trope_colored][1]),
    trope_tool: (_visit_tool, None),
    trope_drawing: (_visit_drawing, None),
    trope_drawing_name: (_visit_nothing, None),
    trope_aside: (_visit_panel, _depart_panel),
    trope_backlinks_list: (_visit_backlinks_list, None),
    trope_copy: (_visit_copy, None),
    trope_filter: (_visit_filter, None),
    trope_fold: (_visit_fold, _depart_fold),
    trope_isolated: (_visit_isolated, _depart_isolated),
    trope_nav: (_visit_nav, _depart_nav),
    trope_side: (_visit_side, _depart_side),
    trope_played_examples: (_visit_examples, _depart_examples),
}
"""Node -> the functions for its start and end; None if the first skips the node."""


def _visitors_of(node: trope_element) -> tuple[_Visitor, _Visitor | None]:
    found = _HTML.get(node.__class__)
    return found or next(_HTML[base] for base in node.__class__.__mro__ if base in _HTML)


def _visit(translator: Any, node: trope_element) -> None:
    _visitors_of(node)[0](translator, node)


def _depart(translator: Any, node: trope_element) -> None:
    depart = _visitors_of(node)[1]
    if depart is not None:
        depart(translator, node)


def setup(app: Sphinx) -> None:
    """Registers the nodes and how they are written as HTML."""
    dispatches_by_bases(SphinxTranslator)
    for kind in _HTML:
        if kind not in LATEX_VISITORS:
            app.add_node(kind)
    app.add_node(trope_element, html=(_visit, _depart))
    # without the class that trope_element adds: a page has forty of these
    app.add_node(trope_reference, html=(visit_reference, _depart_reference))
    # rendering replaces these
    for kind in (*SLOTS, trope_foreign_link, trope_page_link):
        app.add_node(kind)
