"""A page of trope markup: its title, its blocks, and its properties."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docutils import nodes

from ..internals.docutils.fast_nodes import make, make_text
from ..names import PageName, normalized
from ..names.exclusions import EXCLUDABLE
from .blocks import BlockReader
from .dialect import DIALECT
from .labels import is_visible, without_links
from .nodes import make_link, trope_page
from .reports import Reports

if TYPE_CHECKING:
    from collections.abc import Callable

    from .page_properties import Properties
    from .settings import MarkupSettings

__all__ = ["add_page", "clean", "page_section"]

# XML 1.0, 2.2: documents can't contain these
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_FORM_FEEDS = re.compile(r"^\f+", re.MULTILINE)
_ASCII_CONTROLS = bytes({*range(0x20)} - {*b"\t\n\r"})


def clean(text: str) -> str:
    """*text* with one kind of line end, without byte order mark and form feeds, in NFC. The
    replacement character replaces characters that no document can contain.
    """
    text = text.removeprefix("\ufeff")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\f" in text:  # page breaks; never a space at a line's start, where it is markup
        text = _FORM_FEEDS.sub("", text).replace("\f", " ")
    if not text.isascii():
        text = normalized(text)
    elif len(text.encode().translate(None, _ASCII_CONTROLS)) == len(text):
        return text  # true for nearly all texts, and ten times as fast as a search
    return _CONTROLS.sub("\ufffd", text)


def page_section(
    text: str,
    name: PageName,
    settings: MarkupSettings,
    report: Callable[[int, str], object],
    *,
    source: str | None = None,
    make_reader: Callable[..., BlockReader] = BlockReader,
) -> nodes.section:
    """The section of the page *name*, a whole document with the source *text*.

    :param report: called with the line and text of each warning, line by line.
    :param source: path of the file.
    :param make_reader: makes the reader of its blocks.
    """
    reports = Reports(report)
    text = clean(text)
    section = make(nodes.section, "", [])
    section.source, section.line = source, 1
    used_ids: set[str] = set()
    reader = make_reader(
        section, DIALECT, settings, reports, with_sections=True, used_ids=used_ids, source=source
    )
    reader.read(text)
    if not text.strip():
        reports(1, "the page is empty")
    name = _name_in_namespace(name, reader.properties, settings, reports)
    title = page_title(nodes.title, name, reader, reader.properties.lines.get("title", 1))
    title.source = source
    section["ids"] = [name.anchor]
    section["names"] = [nodes.fully_normalize_name(title.astext())]
    page = add_page(section, name, reader.properties, settings, reports)
    title.parent = page.parent = section
    section.children[:0] = [title, page]
    reports.flush()
    return section


def page_title(
    kind: type[nodes.TextElement], name: PageName, reader: BlockReader, line: int
) -> nodes.TextElement:
    """The title of the page *name* as a node of class *kind*: the title in its source, which may
    contain inline markup but no links; otherwise its name, split into words.
    """
    text = reader.properties.title
    children = without_links(reader.inline(text, line)) if text else []
    if is_visible(children):
        title = make(kind, text, children)
    else:
        title = make(kind, name.title, [make_text(name.title)])
    title.line = line
    return title


def add_page(
    parent: nodes.Element,
    name: PageName,
    properties: Properties,
    settings: MarkupSettings,
    report: Callable[[int, str], object],
) -> trope_page:
    """A node that marks *parent* as the page *name*; the caller adds it.

    Adds the link of a redirect to *parent*.
    """
    report = properties.reporter(report)
    index_line = properties.lines.get("index", 1)
    indexes = [(index, index_line) for index in properties.indexes]
    aliases = _canonical("alias", properties.aliases, settings, report)
    attributes = {
        "name": str(name),
        "aliases": list(aliases),
        "indexes": list(_canonical("index", indexes, settings, report)),
        "laconic": properties.laconic,
        "keywords": ", ".join(properties.keywords),
        "redirect": "",
        "anchor": "",
    }
    page = make(trope_page, "", [], attributes)
    if properties.relations:
        page["relations"] = _relations(properties, settings, report)
    if aliases:
        page["alias-lines"] = list(aliases.values())
    if properties.excluded:
        page["excluded"] = [word for word in EXCLUDABLE if word in properties.excluded]
    page.line = properties.lines.get("redirect", 1)
    if properties.redirect:
        _add_redirect(parent, page, properties, settings, report)
    return page


def _add_redirect(
    parent: nodes.Element,
    page: trope_page,
    properties: Properties,
    settings: MarkupSettings,
    report: Callable[[int, str], object],
) -> None:
    line = properties.lines["redirect"]
    is_address = "://" in properties.redirect
    spelled = None if is_address else settings.namespaces.spelled(properties.redirect)
    if spelled is None:
        report(line, f"the redirect to {properties.redirect!r} names no page; left out")
        return
    page["redirect"] = spelled.name
    if spelled.section:
        page["redirect-section"] = spelled.section
    title = PageName(*spelled.name.split("/", 1)).title
    link = make_link([make_text(title)], "", line, spelled.name, spelled.section, False, "")
    paragraph = nodes.paragraph("", "→ ", link, classes=["trope-redirect"])
    paragraph.line = line
    parent.insert(0, paragraph)


def _canonical(
    what: str,
    spellings: list[tuple[str, int]],
    settings: MarkupSettings,
    report: Callable[[int, str], object],
) -> dict[str, int]:
    """Canonical name -> line where it is first spelled."""
    names: dict[str, int] = {}
    for spelling, line in spellings:
        name = settings.namespaces.page_name(spelling)
        if name is None:
            report(line, f"the {what} {spelling!r} names no page; left out")
        else:
            names.setdefault(str(name), line)
    return names


def _relations(
    properties: Properties, settings: MarkupSettings, report: Callable[[int, str], object]
) -> list[tuple[str, str, int]]:
    """The relations of the page: the kind, the canonical name of the other page, and the line."""
    found: dict[tuple[str, str], int] = {}
    for word, spelling, line in properties.relations:
        name = settings.namespaces.page_name(spelling)
        if name is not None:
            found.setdefault((word, str(name)), line)
        elif spelling:
            report(line, f"the relation {word!r} names no page ({spelling!r}); left out")
        else:
            right = f"(:relation subtrope-of {word}:)"
            report(line, f"a relation is a kind and a page, as in {right}; left out")
    return [(*relation, line) for relation, line in found.items()]


def _name_in_namespace(
    name: PageName,
    properties: Properties,
    settings: MarkupSettings,
    report: Callable[[int, str], object],
) -> PageName:
    if not properties.namespace:
        return name
    namespace = settings.namespaces.find(properties.namespace)
    if namespace is None:
        properties.reporter(report)(
            properties.lines["namespace"],
            f"{properties.namespace!r} is no namespace of this wiki; the page stays in "
            f"{name.namespace} (tropes_namespaces lists them)",
        )
        return name
    return name._replace(namespace=namespace)
