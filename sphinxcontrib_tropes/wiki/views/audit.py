"""The audit: the problems of the wiki, as findings for its writers."""

from __future__ import annotations

import re
from bisect import bisect_left
from difflib import get_close_matches
from typing import TYPE_CHECKING, NamedTuple

from ...names import MAIN, META_NAMESPACES, key_of, slug
from ..analysis.played import played_examples
from ..facts.document import Flag
from ..facts.page import Page
from ..index.records import Problem
from .inclusions import circles

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from typing import TypeAlias

    from ..analysis.parted_titles import PartedTitle
    from ..facts.document import DocumentFacts
    from ..facts.packed import PackedFacts
    from ..index.records import WikiPage
    from ..wiki import Wiki

    _Documents: TypeAlias = Mapping[str, DocumentFacts | PackedFacts]

__all__ = ["KINDS", "Finding", "audit", "faults", "faults_of", "kinds_chosen", "own_problems"]

KINDS = (
    "config",
    "collision",
    "encoding",
    "markup",
    "federation",
    "duplicate",
    "ambiguous",
    "redirect-loop",
    "broken-redirect",
    "double-redirect",
    "missing-section",
    "parted-title",
    "relation-contradiction",
    "relation-cycle",
    "played-contradiction",
    "wanted",
    "orphan",
    "dead-end",
    "unindexed",
    "one-sided",
    "one-sided-relation",
    "unlinked",
)
"""The kinds of findings, the worst first."""


def kinds_chosen(names: Iterable[str]) -> frozenset[str]:
    """The kinds that a list selects: all, if it is empty or only leaves some out.

    :param names: names of kinds; a hyphen in front leaves the kind out.
    :raises ValueError: for an unknown name, with a suggestion.
    """
    chosen: set[str] = set()
    left_out: set[str] = set()
    for name in names:
        kind = name.removeprefix("-")
        if kind not in KINDS:
            matches = get_close_matches(kind, KINDS, 1)
            hint = f"did you mean {matches[0]!r}?" if matches else f"kinds: {', '.join(KINDS)}"
            msg = f"{kind!r:.60} is not a kind of finding; {hint}"
            raise ValueError(msg)
        (left_out if name.startswith("-") else chosen).add(kind)
    return frozenset((chosen or set(KINDS)) - left_out)


class Finding(NamedTuple):
    """A problem, for the writer who can solve it."""

    kind: str
    """One of :data:`KINDS`."""
    name: str
    """Canonical name of the page, or docname of the document, that it is about."""
    other: str
    """Canonical name of the other page, or empty."""
    docname: str
    """The document to edit."""
    line: int
    candidates: tuple[str, ...] = ()
    """Canonical names of the pages that a wanted name may mean."""
    sentence: str = ""
    """Text of the warning, if there was one."""
    file: str = ""
    """Path of the included file that contains it, or empty."""

    @property
    def identity(self) -> str:
        """Identifies the problem, even if its line changes."""
        sentence = _LINE.sub("line", self.sentence)
        return " ".join(filter(None, (self.kind, self.name, self.other, sentence)))


_LINE = re.compile(r"\bline \d+")


def audit(wiki: Wiki, of_build: Iterable[Finding] = ()) -> tuple[Finding, ...]:
    """All findings, by kind, then by name; wanted pages by how much they are wanted.

    :param of_build: warnings of the build.
    """
    found = faults(wiki, of_build)
    rank = {kind: at for at, kind in enumerate(KINDS)}
    at = bisect_left(found, rank["wanted"], key=lambda f: rank[f.kind])
    return *found[:at], *_wanted(wiki), *found[at:]


def faults(wiki: Wiki, of_build: Iterable[Finding] = ()) -> list[Finding]:
    """All findings except wanted pages, by kind, then by name."""
    found = [*of_build, *_faults(wiki, wiki.documents, wiki.pages.values()), *_unlinked(wiki)]
    found += (*_problems(wiki), *_relations(wiki, wiki.trope_relations.problems))
    found += _one_sided(wiki, wiki.one_sided_examples)
    found += _played(wiki, played_examples(wiki).contradictions)
    found += (*_warnings(own_problems(wiki)), *_parted_titles(wiki, wiki.parted_titles.all()))
    return _sorted(found)


def faults_of(wiki: Wiki, docname: str) -> list[Finding]:
    """The findings of one document, as :func:`faults` finds them, in the same order.

    Takes time for what the document says and links to, not for the whole wiki.
    """
    facts = wiki.documents.get(docname)
    if facts is None:
        return []
    keys = [key for own in facts.pages if (key := key_of(own.name)) in wiki.pages]
    pages = [page for key in keys if (page := wiki.pages[key]).docname == docname]
    targets = {wiki.resolve(target).key for target in facts.pointers.targets}
    own = [page.key for page in pages]
    found = [*_faults(wiki, {docname: facts}, pages), *_problems(wiki), *_unlinked(wiki)]
    found += (*_relations(wiki, own), *_one_sided(wiki, own), *_played(wiki, own))
    found += _warnings(_own_problems_of(wiki, docname))
    for key in sorted(targets):
        if key not in wiki.pages:
            found += _parted_titles(wiki, wiki.parted_titles.to(key))
    return _sorted([f for f in found if f.docname == docname])


def _sorted(found: list[Finding]) -> list[Finding]:
    rank = {kind: at for at, kind in enumerate(KINDS)}
    found.sort(key=lambda f: (rank[f.kind], f.name, f.other, f.docname, f.line, f.sentence))
    return found


def _faults(wiki: Wiki, documents: _Documents, pages: Collection[WikiPage]) -> Iterator[Finding]:
    """The findings that a document shows by itself, of these *documents* and *pages*."""
    yield from _notices(documents)
    yield from _redirects(wiki, pages)
    yield from _sections(wiki, documents)
    yield from _pages(wiki, pages)


def _notices(documents: _Documents) -> Iterator[Finding]:
    for docname, facts in documents.items():
        for kind, sentence, line, file in facts.notices:
            yield Finding(kind, docname, "", docname, line, (), sentence, file)


def _warnings(problems: Iterable[Problem]) -> Iterator[Finding]:
    for problem in problems:
        place = problem.docname, problem.line, (), problem.sentence
        yield Finding(problem.kind, problem.docname, "", *place)


def own_problems(wiki: Wiki) -> Iterator[Problem]:
    """The problems that a build warns of, except :attr:`Wiki.problems`."""
    yield from _listings(wiki, wiki.documents)
    yield from circles(wiki)
    yield from _misnamed_folders(wiki, wiki.documents)
    yield from _long_names(wiki, wiki.long_names(_LONG_NAME))


def _own_problems_of(wiki: Wiki, docname: str) -> Iterator[Problem]:
    """Those of one document; and maybe others'."""
    of_document = {docname: wiki.documents[docname]}
    yield from _listings(wiki, of_document)
    yield from circles(wiki, of_document)
    if any(_misnamed_folders(wiki, of_document)):
        yield from _misnamed_folders(wiki, wiki.documents)  # only the first in its folder has it
    facts = wiki.documents[docname]
    named = (*facts.pointers.targets, *(n.target for n in facts.namings if n.target))
    if any(len(name) > _LONG_NAME for name in named):
        yield from _long_names(wiki, wiki.long_names(_LONG_NAME))


def _long_names(wiki: Wiki, names: Iterable[tuple[str, str]]) -> Iterator[Problem]:
    """Names that are too long for an address."""
    for key, name in names:
        docname, line, _file = wiki.first_use(key)
        sentence = (
            f"the name {name[:40]}… has {len(name)} characters; the address of its backlinks page "
            "is a part of it"
        )
        yield Problem("markup", docname, line, sentence, name, "")


_LONG_NAME = 200


def _listings(wiki: Wiki, documents: _Documents) -> Iterator[Problem]:
    """Lists of indexes that have no members."""
    for docname, facts in documents.items():
        for listing in facts.listings:
            if listing.kind != "index" or not listing.name:
                continue
            if not wiki.indexes.get(wiki.resolve(listing.name).key):
                sentence = f"{listing.name} is not an index; nothing is listed"
                yield Problem("markup", docname, listing.line, sentence, listing.name, "")


def _misnamed_folders(wiki: Wiki, documents: _Documents) -> Iterator[Problem]:
    """Folders with nearly the name or label of a namespace: their pages are in the main one, which
    the writer may not expect.
    """
    meant = {
        slug(word).replace("-", ""): namespace
        for namespace in wiki.namespaces
        for word in (wiki.namespaces.label(namespace), namespace)
    }
    seen = set()
    for docname, facts in documents.items():
        folder = docname.rpartition("/")[0]
        if folder in seen or not (facts.pages and _is_file_in_main(facts.pages[0])):
            continue
        seen.add(folder)
        word = slug(folder.rpartition("/")[2]).replace("-", "")[:_LONGEST_FOLDER]
        namespace = next(
            (meant[match] for match in get_close_matches(word, meant, 1, _SIMILAR)), MAIN
        )
        if namespace != MAIN:
            sentence = (
                f"the folder {folder}/ is no namespace, so its pages are in {MAIN}; "
                f"did you mean {namespace}/?"
            )
            yield Problem("config", docname, 1, sentence, folder, namespace)


_SIMILAR = 0.85
"""Minimum similarity of a folder's name and a namespace's if one may be a slip for the other."""
_LONGEST_FOLDER = 60


def _is_file_in_main(page: Page) -> bool:
    """Whether *page* is a whole file, in the main namespace."""
    return not page.anchor and page.name.startswith(f"{MAIN}/")


def _problems(wiki: Wiki) -> Iterator[Finding]:
    kinds = {"redirect": "redirect-loop"}
    for problem in wiki.problems:
        kind = kinds.get(problem.kind, problem.kind)
        yield Finding(kind, problem.name, problem.other, problem.docname, problem.line)


def _redirects(wiki: Wiki, pages: Iterable[WikiPage]) -> Iterator[Finding]:
    for page in pages:
        if not page.facts.redirect:
            continue
        end = wiki.resolve(page.name)
        if end.kind in ("wanted", "ambiguous"):
            kind = "broken-redirect"
        elif end.key not in (page.key, key_of(page.facts.redirect)) and end.kind == "page":
            kind = "double-redirect"
        else:
            continue
        yield Finding(kind, page.name, end.name, page.docname, page.facts.line)


def _sections(wiki: Wiki, documents: _Documents) -> Iterator[Finding]:
    is_all = documents is wiki.documents
    flagged = wiki.documents_with(Flag.TO_SECTION) if is_all else iter(documents)
    for docname in flagged:
        facts = documents[docname]
        for link in facts.links:
            to = wiki.resolve(link.target)
            if link.section and to.kind == "page" and not wiki.section(to.key, link.section):
                source = facts.pages[link.page].name if link.page >= 0 else docname
                other = f"{to.name}#{link.section}"
                place = docname, link.line, (), "", link.file
                yield Finding("missing-section", source, other, *place)
    for docname, facts in documents.items():
        for naming in facts.namings:
            if naming.how == "anchor":
                source = facts.pages[naming.page].name if naming.page >= 0 else docname
                place = docname, naming.line, (), "", naming.file
                yield Finding("missing-section", source, f"{source}#{naming.section}", *place)


def _parted_titles(wiki: Wiki, found: Iterable[PartedTitle]) -> Iterator[Finding]:
    for docname, link, _label, page in found:
        pages = wiki.documents[docname].pages
        source = pages[link.page].name if link.page >= 0 else docname
        yield Finding("parted-title", source, page.name, docname, link.line, (), "", link.file)


def _wanted(wiki: Wiki) -> Iterator[Finding]:
    for wanted in wiki.wanted:
        if wiki.meanings(wanted.key):
            continue  # ambiguous
        links = wiki.count_links(wanted.key)
        if links and len(wiki.parted_titles.to(wanted.key)) == links:
            continue  # each link is a finding of its own
        namings = wiki.namings.get(wanted.key, ())
        if not wiki.is_referenced(wanted.key) and all(n.how == "redirect" for _, n in namings):
            continue  # a broken redirect
        docname, line, file = wiki.first_use(wanted.key)
        candidates = tuple(page.name for page in wiki.candidates(wanted.key))
        yield Finding("wanted", wanted.name, "", docname, line, candidates, "", file)


def _pages(wiki: Wiki, pages: Iterable[WikiPage]) -> Iterator[Finding]:
    has_indexes = bool(wiki.indexes)
    for page in pages:
        if page.facts.redirect:
            continue
        place = (page.name, "", page.docname, page.facts.line)
        if not wiki.is_referenced(page.key):
            yield Finding("orphan", *place)
        if page.facts.counts and wiki.is_dead_end(page.key):
            yield Finding("dead-end", *place)
        is_member = page.key in wiki.indexes_of or page.key in wiki.indexes
        if has_indexes and not is_member and page.namespace not in META_NAMESPACES:
            yield Finding("unindexed", *place)


def _one_sided(wiki: Wiki, keys: Iterable[str]) -> Iterator[Finding]:
    for key in keys:
        page = wiki.pages[key]
        for source in wiki.one_sided_examples.get(key, ()):
            other = wiki.pages[source].name
            yield Finding("one-sided", page.name, other, page.docname, page.facts.line)


def _relations(wiki: Wiki, keys: Iterable[str]) -> Iterator[Finding]:
    problems = wiki.trope_relations.problems
    for key in keys:
        for kind, other in problems.get(key, ()):
            yield _between(kind, wiki, key, other)


def _played(wiki: Wiki, keys: Iterable[str]) -> Iterator[Finding]:
    contradictions = played_examples(wiki).contradictions
    for key in keys:
        for other in contradictions.get(key, ()):
            yield _between("played-contradiction", wiki, key, other)


def _between(kind: str, wiki: Wiki, key: str, other: str) -> Finding:
    page = wiki.pages[key]
    return Finding(kind, page.name, wiki.pages[other].name, page.docname, page.facts.line)


def _unlinked(wiki: Wiki) -> Iterator[Finding]:
    for phrase in wiki.unlinked_phrases:
        pages, passage = wiki.documents[phrase.docname].pages, phrase.passage
        source = pages[passage.page].name if passage.page >= 0 else phrase.docname
        other = wiki.pages[phrase.key].name
        yield Finding("unlinked", source, other, phrase.docname, passage.line)
