"""Plans the name and file of each imported page, unique on every file system."""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from ...markup.constructs.properties import property_line
from ...names import DEFAULT_NAMESPACES, MAIN, Namespaces, PageName, file_stem, split_words
from .remarks import Loss, Remark

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from .sources import Entry

__all__ = ["FOLDER", "TITLE_KEPT", "Plan", "Planned", "page_file", "plan"]

FOLDER = "wiki"
"""The folder of all pages, with one folder for each namespace."""

_OWN_FORMS = ("trope", "pmwiki")
TITLE_KEPT = "a title that its name can't express: kept as a property"
"""A kind of remark."""

_MOST_BYTES = 180  # bytes of a name: file systems allow 255, and Sphinx adds suffixes
_NOT_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_SEPARATORS = str.maketrans(dict.fromkeys("/.{}", " "))


class Planned(NamedTuple):
    """An entry, and the page that it becomes."""

    entry: Entry
    name: PageName
    file: str
    """Its path in the project."""
    head: tuple[str, ...]
    """Properties that record what its name can't express."""
    title: str
    """What readers see as its title."""
    remarks: tuple[Remark, ...]
    """Remarks about its name."""


class Plan(NamedTuple):
    """All pages of a source, and the namespaces that they need."""

    pages: tuple[Planned, ...]
    namespaces: dict[str, str]
    """The new namespaces, with their labels."""
    renamed: dict[tuple[str, str], PageName | None]
    """Namespace and title in the source -> the new name of a page that could not keep its name;
    None for the page that kept it.
    """
    undeclared: tuple[tuple[str, int], ...] = ()
    """What may be a namespace and is not declared, with the number of pages."""

    def with_groups(self, groups: Iterable[str]) -> Plan:
        """The plan with namespaces for *groups* too: pages link to these, but they may be empty."""
        found = dict(self.namespaces)
        names = Namespaces(self.labels)
        for group in groups:
            namespace = _new_namespace(group, names)
            if namespace and namespace not in names.labels:
                found[namespace] = split_words(namespace)
                names = Namespaces(dict(DEFAULT_NAMESPACES) | found)
        return self._replace(namespaces=found)

    @property
    def labels(self) -> dict[str, str]:
        """All namespaces of the project."""
        return dict(DEFAULT_NAMESPACES) | self.namespaces

    @property
    def digest(self) -> str:
        """Identifies the plan."""
        listing = "\n".join(f"{page.entry.place}\t{page.file}" for page in self.pages)
        return hashlib.blake2b(listing.encode("utf-8", "replace"), digest_size=16).hexdigest()


def plan(
    entries: Iterable[Entry],
    declared: Collection[str] = (),
    earlier: Mapping[str, PageName] | None = None,
) -> Plan:
    """Plans names and files for *entries*. If two have the same name, the later gets a number.

    :param declared: namespaces that the user declares.
    :param earlier: place -> name of the pages that an earlier import wrote: these keep their names.
    """
    found: dict[str, str] = {}
    names = Namespaces()
    first = []
    entries = [_as_text(entry) for entry in entries]
    earlier = earlier or {}
    known = {entry.place: earlier[entry.place] for entry in entries if entry.place in earlier}
    groups = dict.fromkeys(
        [
            *declared,
            *(entry.group for entry in entries if entry.group),
            *(name.namespace for name in known.values()),  # declared when they were imported
        ]
    )
    for group in groups:
        if names.find(group) is None:
            namespace = _new_namespace(group, names)
            if namespace and namespace not in names.labels:
                found[namespace] = split_words(namespace)
                names = Namespaces(dict(DEFAULT_NAMESPACES) | found)
    for entry in _grouped(entries, names):
        in_it = (
            (names.find(entry.group) or _new_namespace(entry.group, names)) if entry.group else ""
        )
        first.append((entry, in_it or MAIN, _name(entry.name, names)))
    counts = Counter(PageName(namespace, name).key for _, namespace, name in first if name)
    # a page with a unique name keeps it, whatever numbers others get
    taken = {key for key, count in counts.items() if count == 1}
    last: dict[PageName, int] = {}
    pages: dict[int, Planned] = {}
    renamed: dict[tuple[str, str], PageName | None] = {}
    kept: dict[tuple[str, str], PageName | None] = {}
    order = sorted(range(len(first)), key=lambda at: first[at][0].place not in known)
    for at in order:
        entry, namespace, name = first[at]
        wished = PageName(namespace, name)
        page = pages[at] = _planned(entry, wished, counts, taken, last, known.get(entry.place))
        taken.add(page.name.key)
        spelled = namespace, " ".join(entry.name.split())
        if page.name == wished:
            if counts[wished.key] > 1:
                kept[spelled] = None
        else:
            renamed.setdefault(spelled, page.name)
    in_order = tuple(pages[at] for at in range(len(first)))
    return Plan(in_order, found, renamed | kept if renamed else {}, _undeclared(in_order))


def _grouped(entries: list[Entry], names: Namespaces) -> list[Entry]:
    """*entries*, with the groups in their names split off: only known namespaces, and those that the
    source or the user declares. ``AC/DC``, ``Node.js`` and ``Mr. Robot`` have none.
    """
    return [
        entry._replace(group=group, name=name)
        if entry.may_have_group
        and (group := _split_group(entry.name)[0])
        and names.find(group)
        and (name := _split_group(entry.name)[1])
        else entry
        for entry in entries
    ]


def _split_group(spelling: str) -> tuple[str, str]:
    """The possible group in *spelling*, and the name after it; or two empty texts."""
    for separator in "/.":
        before, found, after = spelling.partition(separator)
        if found and before.isalnum() and after[:1].isalnum():
            is_file_type = separator == "." and after.islower() and not Namespaces().find(before)
            return ("", "") if is_file_type else (before, after)
    return "", ""


_MOST_UNDECLARED = 10
_MANY = 3


def _undeclared(pages: Iterable[Planned]) -> tuple[tuple[str, int], ...]:
    """The texts before a slash or full stop in the names of several pages, which may be namespaces
    that nobody declared; and the number of pages. The most frequent ones.
    """
    after: dict[str, set[str]] = defaultdict(set)
    for page in pages:
        group, name = _split_group(page.entry.name) if page.entry.may_have_group else ("", "")
        if group and name and page.name.namespace == MAIN:
            after[group].add(name)
    many = ((group, len(names)) for group, names in after.items() if len(names) >= _MANY)
    return tuple(sorted(many, key=lambda of: (-of[1], of[0]))[:_MOST_UNDECLARED])


def _as_text(entry: Entry) -> Entry:
    """*entry* with names that are valid text: file names may be any bytes, JSON has surrogates."""
    name, group = (_NOT_TEXT.sub("\ufffd", part) for part in (entry.name, entry.group))
    return entry._replace(name=name, group=group)


def _new_namespace(group: str, names: Namespaces) -> str:
    letters = "".join(filter(str.isalnum, _name(group, names)))
    return names.find(letters) or _cut(letters)


def _name(spelling: str, names: Namespaces) -> str:
    """The name in *spelling*, without a namespace; empty if it has no letter or digit."""
    name = names.page_name(spelling.translate(_SEPARATORS))
    return name.name if name else ""


def _planned(
    entry: Entry,
    wished: PageName,
    counts: Counter[str],
    taken: set[str],
    last: dict[PageName, int],
    earlier: PageName | None,
) -> Planned:
    title = " ".join((entry.head.title if entry.head and entry.head.title else entry.name).split())
    remarks, head = [], []
    name = wished
    if earlier and earlier.key not in taken:
        name = earlier
    elif not name.name:
        name = _free(wished._replace(name="Unnamed"), taken, last)
        kind = "a name without a letter or digit: the page is numbered"
        remarks.append(Remark(Loss.CHANGED, kind, f"{title!r} is {name}"))
    elif counts[wished.key] > 1 and wished.key in taken:
        name = _free(wished, taken, last)
        kind = "a page with the name of another: numbered"
        remarks.append(Remark(Loss.CHANGED, kind, f"{title!r} is {name}, not {wished}"))
    if _cut(wished.name) != wished.name:
        if name != earlier:
            name = _free(name._replace(name=_cut(name.name)), taken, last)
        if counts[wished.key] == 1 or wished.key not in taken:  # an alias is of one page
            head.append(f"(:alias {wished.name}:)")
        taken.add(wished.key)
        kind = "a name too long for a file: cut, and kept as an alias"
        remarks.append(Remark(Loss.CHANGED, kind, f"the page is {name}"))
    shown = name.title
    is_wikiword = title.isalnum() and entry.form in _OWN_FORMS  # shown with blanks there too
    if title and title != name.title and not (is_wikiword and name == wished):
        head.append(property_line("title", title))
        shown = title
        if name == wished:
            remarks.append(Remark(Loss.KEPT, TITLE_KEPT, title))
    group = entry.group
    if group and name.namespace == MAIN and group.casefold() != MAIN.casefold():
        kind = f"a group that can't be a namespace: the page is in {MAIN}"
        remarks.append(Remark(Loss.CHANGED, kind, group))
    return Planned(entry, name, page_file(name), tuple(head), shown, tuple(remarks))


def page_file(name: PageName) -> str:
    """The path of a page's file in the project."""
    return "/".join((FOLDER, _stem(name.namespace), f"{_stem(name.name)}.trope"))


def _free(name: PageName, taken: set[str], last: dict[PageName, int]) -> PageName:
    """*name*, with a number added if it is taken.

    :param last: name -> its highest number so far.
    """
    number, found = last.get(name, 1), name
    while found.key in taken:
        number += 1
        found = name._replace(name=f"{name.name}{number}")
    last[name] = number
    return found


def _cut(name: str) -> str:
    """*name*, cut if it is too long for a file."""
    encoded = name.encode()
    if len(encoded) <= _MOST_BYTES:
        return name
    digest = hashlib.blake2b(encoded, digest_size=6).hexdigest()
    return encoded[:_MOST_BYTES].decode(errors="ignore") + digest


def _stem(segment: str) -> str:
    """*segment* as part of a file name: Windows reserves some for devices."""
    is_reserved = file_stem(segment.casefold()) == f"{segment.casefold()}_"
    return f"{segment}_" if is_reserved else segment
