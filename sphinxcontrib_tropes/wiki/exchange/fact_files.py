"""Writes, reads and merges files with the facts of source trees, and makes a wiki of them.

A file is text, one JSON value a line: a head with the names of all fields; the origins; the
documents, sorted. Merging is a union, so neither order nor grouping matters, and the same facts give
the same bytes. Fields are read by name, so files of versions with more or fewer fields can be read.
"""

from __future__ import annotations

import json
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from ...names import DEFAULT_NAMESPACES, Namespaces, is_canonical
from ...names.exclusions import EXCLUDABLE
from ...names.played import LABELS
from ..facts.document import HOW_NAMED, DocumentFacts, Link, Listing, Naming, Passage, Place
from ..facts.packed import PackedFacts
from ..facts.page import Opening, Page
from ..text.relation_cues import KINDS
from ..wiki import Wiki

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

__all__ = [
    "Collection",
    "ConflictError",
    "NotFactsError",
    "Origin",
    "collected",
    "merged",
    "read",
    "written",
]

_FORMAT = "tropes-facts"
_VERSION = 1
_USUAL = ".trope"
_KINDS: Mapping[str, Any] = {
    "document": DocumentFacts,
    "page": Page,
    "link": Link,
    "listing": Listing,
    "passage": Passage,
    "naming": Naming,
}


class NotFactsError(ValueError):
    """The file is not a file of facts, or has an unknown version."""


class ConflictError(ValueError):
    """Two files have different facts of one document or source tree."""


class Origin(NamedTuple):
    """A source tree that facts come from."""

    root: str
    """Prefix of its docnames: ``films/``, or empty."""
    project: str
    """Name of the project."""
    namespaces: tuple[tuple[str, str], ...] = tuple(DEFAULT_NAMESPACES.items())
    """Name and label of each namespace."""
    context_length: int = 200
    suffixes: tuple[tuple[str, str], ...] = ()
    """Docname and suffix of its file, for files other than ``.trope``."""


class Collection(NamedTuple):
    """The facts of one or several source trees."""

    origins: tuple[Origin, ...]
    """Sorted by root."""
    documents: Mapping[str, DocumentFacts]
    """Root and docname -> facts, sorted."""

    @property
    def project(self) -> str:
        """Name of the project; empty if there are several."""
        names = {origin.project for origin in self.origins}
        return names.pop() if len(names) == 1 else ""

    @property
    def root(self) -> str:
        """Prefix of all docnames; empty if there are several source trees."""
        return self.origins[0].root if len(self.origins) == 1 else ""

    def file(self, docname: str) -> str:
        """The path of the file of a document of :meth:`wiki`, with its root."""
        name = self.root + docname
        roots = [origin for origin in self.origins if name.startswith(origin.root)]
        origin = max(roots, key=lambda origin: len(origin.root))
        suffix = dict(origin.suffixes).get(name.removeprefix(origin.root), _USUAL)
        return f"{name}{suffix}"

    def wiki(self) -> Wiki:
        """All facts as one wiki. If there is only one source tree, docnames omit its root."""
        labels = dict(chain.from_iterable(o.namespaces for o in reversed(self.origins)))
        length = max((origin.context_length for origin in self.origins), default=200)
        root = self.root
        documents = {name.removeprefix(root): facts for name, facts in self.documents.items()}
        return Wiki(documents, Namespaces(labels), context_length=length)


def collected(
    origin: Origin,
    documents: Mapping[str, DocumentFacts | PackedFacts],
    file: Callable[[str], str] | None = None,
) -> Collection:
    """The facts of one source tree, without references, which only Sphinx's domains can resolve, and
    without warnings.

    :param documents: docname -> facts.
    :param file: docname -> path of its file; by default all are ``.trope`` files.
    """
    if file is not None:
        found = ((docname, file(docname).removeprefix(docname)) for docname in sorted(documents))
        origin = origin._replace(suffixes=tuple(pair for pair in found if pair[1] != _USUAL))
    unpacked = {
        origin.root + docname: DocumentFacts(
            facts.title, facts.pages, facts.links, facts.texts, facts.listings, facts.mentions,
            facts.passages, namings=facts.namings,
        )
        for docname, facts in documents.items()
    }  # fmt: skip
    return merged([Collection((origin,), unpacked)])


def merged(collections: Iterable[Collection]) -> Collection:
    """The union of several collections.

    :raises ConflictError: if two of them have different facts of one document.
    """
    origins: dict[str, Origin] = {}
    documents: dict[str, DocumentFacts] = {}
    for collection in collections:
        for origin in collection.origins:
            if origins.setdefault(origin.root, origin) != origin:
                raise ConflictError(f"{_called(origin.root)} differs between two files")
        for name, facts in collection.documents.items():
            if documents.setdefault(name, facts) != facts:
                raise ConflictError(f"the document {name!r} differs between two files")
    return Collection(
        tuple(origins[root] for root in sorted(origins)), dict(sorted(documents.items()))
    )


def _called(root: str) -> str:
    return f"the root {root!r}" if root else "a project without a root"


# -- writing


def written(collection: Collection) -> Iterator[str]:
    """The lines of a file."""
    fields = {kind: list(fact_class._fields) for kind, fact_class in _KINDS.items()}
    yield _line({_FORMAT: _VERSION, "fields": fields, "documents": len(collection.documents)})
    for origin in collection.origins:
        yield _line(origin._asdict())
    for name, facts in collection.documents.items():
        yield _line([name, facts.pack()])


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"


# -- reading


def read(lines: Iterable[str]) -> Collection:
    """The collection in the lines of a file; every value is checked.

    :raises NotFactsError: if these are not the lines of such a file, or not all of them.
    """
    origins: list[Origin] = []
    documents: dict[str, DocumentFacts] = {}
    reader: _Reader | None = None
    for number, line in enumerate(lines, 1):
        try:
            value = json.loads(line)
            if reader is None:
                reader = _Reader(value)
            elif isinstance(value, dict):
                origins.append(_origin(value))
            else:
                name, facts = value
                documents[_text(name)] = reader.document(facts)
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            raise NotFactsError(f"line {number}: {error}") from error
    if reader is None or reader.total != len(documents):
        raise NotFactsError("it is cut short")
    return merged([Collection(tuple(origins), documents)])


def _origin(value: dict[str, Any]) -> Origin:
    namespaces = tuple((_text(name), _text(label)) for name, label in value["namespaces"])
    if not all(name.isalnum() for name, _label in namespaces):
        raise NotFactsError("a namespace is letters and digits")
    length = _number(value["context_length"])
    suffixes = tuple((_text(name), _text(suffix)) for name, suffix in value.get("suffixes", ()))
    return Origin(_text(value["root"]), _text(value["project"]), namespaces, length, suffixes)


class _Reader:
    """Reads documents by the names of the fields, listed in the first line of a file."""

    def __init__(self, head: Any) -> None:
        if not isinstance(head, dict) or _FORMAT not in head:
            raise NotFactsError("its first line is not that of a file of facts")
        if head[_FORMAT] != _VERSION:
            raise NotFactsError(
                f"its version is {head[_FORMAT]!r:.60}; only {_VERSION} can be read"
            )
        self.total = _number(head["documents"])
        self._fields: dict[str, list[str]] = head["fields"]
        for kind, fact_class in _KINDS.items():
            if kind == "naming" and kind not in self._fields:
                continue  # written by an older version
            defaults = fact_class._field_defaults
            missing = set(fact_class._fields) - set(self._fields[kind]) - set(defaults)
            if missing:
                raise NotFactsError(f"it has no field {kind}.{min(missing)}")

    def document(self, packed: Any) -> DocumentFacts:
        """The facts of a document, checked."""
        facts = self._build("document", packed)
        facts = DocumentFacts(
            _text(facts.title),
            tuple(self._page(page) for page in facts.pages),
            tuple(self._build("link", link) for link in facts.links),
            tuple(map(_text, facts.texts)),
            tuple(self._build("listing", listing) for listing in facts.listings),
            tuple(map(_name, facts.mentions)),
            tuple(self._build("passage", passage) for passage in facts.passages),
            namings=tuple(self._build("naming", naming) for naming in facts.namings),
        )
        for link in facts.links:
            _check_link(link, facts)
        for listing in facts.listings:
            _text(listing.kind)
            _name_or_none(listing.name)
            _text(listing.namespace)
            _number(listing.depth)
            _number(listing.line)
        for passage in facts.passages:
            _check_place(passage.block, passage.page, facts)
            _text(passage.section)
            _number(passage.line)
        for naming in facts.namings:
            _one_of(naming.how, HOW_NAMED)
            _name_or_none(naming.target)
            for text in (naming.section, naming.file):
                _text(text)
            _number(naming.line)
            if not -1 <= _number(naming.page) < len(facts.pages):
                raise NotFactsError("there is no page with that number")
        return facts

    def _build(self, kind: str, values: Any) -> Any:
        named = dict(zip(self._fields[kind], values, strict=True))
        fact_class = _KINDS[kind]
        return fact_class(**{name: named[name] for name in fact_class._fields if name in named})

    def _page(self, values: Any) -> Page:
        page: Page = self._build("page", values)
        texts = (page.title, page.anchor, page.laconic, page.lead, page.redirect_section)
        for text in (*texts, page.picture):
            _text(text)
        _number(page.line)
        return page._replace(
            name=_name(page.name),
            redirect=_name_or_none(page.redirect),
            aliases=tuple(map(_name, page.aliases)),
            indexes=tuple(map(_name, page.indexes)),
            sections=tuple((_text(slug), _text(id_)) for slug, id_ in page.sections),
            openings=tuple(Opening(*map(_text, found)) for found in page.openings),
            relations=tuple((_one_of(k, KINDS), _name(n)) for k, n in page.relations),
            alias_lines=tuple(map(_number, page.alias_lines)),
            excluded=tuple(_one_of(word, EXCLUDABLE) for word in page.excluded),
        )


def _check_link(link: Link, facts: DocumentFacts) -> None:
    _name(link.target)
    _check_place(link.block, link.page, facts)
    if not 0 <= _number(link.start) <= _number(link.end) <= len(facts.texts[link.block]):
        raise NotFactsError("the words of a link are outside its text")
    _one_of(link.place, Place.ORDER)
    _one_of(link.relation, ("", *KINDS))
    for label in _text(link.played).split():
        _one_of(label, LABELS)
    for text in (link.section, link.file):
        _text(text)
    if _number(link.nth) < 1 or _number(link.line) < 0:
        raise NotFactsError("the number or the line of a link is too small")
    flags: tuple[Any, ...] = (link.in_spoiler, link.opens_item)
    if not all(isinstance(flag, bool) for flag in flags):
        raise NotFactsError("a flag of a link is neither true nor false")


def _check_place(block: Any, page: Any, facts: DocumentFacts) -> None:
    if not 0 <= _number(block) < len(facts.texts):
        raise NotFactsError("there is no text with that number")
    if not -1 <= _number(page) < len(facts.pages):
        raise NotFactsError("there is no page with that number")


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise NotFactsError(f"{value!r:.60} is no text")
    return value


def _number(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise NotFactsError(f"{value!r:.60} is no number")
    return value


def _name(value: Any) -> str:
    if not is_canonical(_text(value)):
        raise NotFactsError(f"{value!r:.60} is no canonical name")
    return str(value)


def _name_or_none(value: Any) -> str:
    return _name(value) if value else _text(value)


def _one_of(value: Any, known: Iterable[str]) -> str:
    if value not in known:
        raise NotFactsError(f"{value!r:.60} is none of {', '.join(filter(None, known))}")
    return str(value)
