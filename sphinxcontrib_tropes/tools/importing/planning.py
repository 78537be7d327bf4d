"""Plans the name and file of each imported page, unique on every file system."""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from ...markup.constructs.properties import property_line
from ...names import DEFAULT_NAMESPACES, MAIN, Namespaces, PageName, file_stem, split_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .archives import Entry

__all__ = ["FOLDER", "TITLE_KEPT", "Plan", "Planned", "plan"]

FOLDER = "wiki"
"""The folder of all pages, with one folder for each namespace."""

TITLE_KEPT = "is kept as a property"
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
    remarks: tuple[str, ...]
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


def plan(entries: Iterable[Entry]) -> Plan:
    """Plans names and files for *entries*. If two have the same name, the later gets a number."""
    found: dict[str, str] = {}
    names = Namespaces()
    first = []
    for entry in _grouped([_as_text(entry) for entry in entries]):
        namespace = names.find(entry.group) if entry.group else MAIN
        if namespace is None:
            namespace = _new_namespace(entry.group, names)
            if namespace and namespace not in names.labels:
                found[namespace] = split_words(namespace)
                names = Namespaces(dict(DEFAULT_NAMESPACES) | found)
        first.append((entry, namespace or MAIN, _name(entry.name, names)))
    counts = Counter(PageName(namespace, name).key for _, namespace, name in first if name)
    # a page with a unique name keeps it, whatever numbers others get
    taken = {key for key, count in counts.items() if count == 1}
    last: dict[PageName, int] = {}
    pages = []
    renamed: dict[tuple[str, str], PageName | None] = {}
    kept: dict[tuple[str, str], PageName | None] = {}
    for entry, namespace, name in first:
        wished = PageName(namespace, name)
        pages.append(_planned(entry, wished, counts, taken, last))
        taken.add(pages[-1].name.key)
        spelled = namespace, " ".join(entry.name.split())
        if pages[-1].name == wished:
            if counts[wished.key] > 1:
                kept[spelled] = None
        else:
            renamed.setdefault(spelled, pages[-1].name)
    return Plan(tuple(pages), found, renamed | kept if renamed else {})


def _grouped(entries: list[Entry]) -> list[Entry]:
    """*entries*, with the groups in their names split off.

    A group is the text before a slash or full stop, if it is a namespace or the folder of other
    pages, or if it precedes several names that begin with different words. ``AC/DC`` and ``Mr.
    Robot`` have none.
    """
    names = Namespaces()
    groups = {entry.group.casefold() for entry in entries if entry.group}
    after: dict[str, set[str]] = defaultdict(set)
    split = [("", "") if entry.is_pmwiki else _split_group(entry.name) for entry in entries]
    for group, name in split:
        if group:
            after[group].add(_FIRST_WORD.findall(name)[0])
    real = {
        group
        for group, words in after.items()
        if names.find(group)
        or group.casefold() in groups
        or (group[0].isupper() and len(words) > 1)
    }
    return [
        entry._replace(group=group, name=name) if group in real else entry
        for entry, (group, name) in zip(entries, split, strict=True)
    ]


_FIRST_WORD = re.compile(r"\w[^\W\d_][^\W\d_A-Z]*|\w")


def _split_group(spelling: str) -> tuple[str, str]:
    """The possible group in *spelling*, and the name after it; or two empty texts."""
    for separator in "/.":
        before, found, after = spelling.partition(separator)
        if found and before.isalnum() and after[:1].isalnum():
            is_file_type = separator == "." and after.islower() and not Namespaces().find(before)
            return ("", "") if is_file_type else (before, after)
    return "", ""


def _as_text(entry: Entry) -> Entry:
    """*entry* with names that are valid text: file names may be any bytes, JSON has surrogates."""
    name, group = (_NOT_TEXT.sub("\ufffd", part) for part in (entry.name, entry.group))
    return entry._replace(name=name, group=group)


def _new_namespace(group: str, names: Namespaces) -> str:
    letters = "".join(filter(str.isalnum, _name(group, names)))
    return names.find(letters) or letters


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
) -> Planned:
    title = " ".join(entry.name.split())
    remarks, head = [], []
    name = wished
    if not name.name:
        name = _free(wished._replace(name="Unnamed"), taken, last)
        remarks.append(f"{title!r} has no letter or digit: the page is named {name}")
    elif counts[wished.key] > 1 and wished.key in taken:
        name = _free(wished, taken, last)
        remarks.append(f"another page is already named {wished}: this one is named {name}")
    if len(name.name.encode()) > _MOST_BYTES:
        name = _free(_cut(name), taken, last)
        head.append(f"(:alias {wished.name}:)")
        remarks.append(f"its name is too long for a file: the page is named {name}")
    if title and title != name.title and not (title.isalnum() and name == wished):
        head.append(property_line("title", title))
        if name == wished:
            remarks.append(f"its title {title!r} {TITLE_KEPT}")
    group = entry.group
    if group and name.namespace == MAIN and group.casefold() != MAIN.casefold():
        remarks.append(f"{group!r} can't be a namespace: the page is in {MAIN}")
    file = "/".join((FOLDER, _stem(name.namespace), f"{_stem(name.name)}.trope"))
    return Planned(entry, name, file, tuple(head), tuple(remarks))


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


def _cut(name: PageName) -> PageName:
    encoded = name.name.encode()
    digest = hashlib.blake2b(encoded, digest_size=6).hexdigest()
    return name._replace(name=encoded[:_MOST_BYTES].decode(errors="ignore") + digest)


def _stem(segment: str) -> str:
    """*segment* as part of a file name: Windows reserves some for devices."""
    is_reserved = file_stem(segment.casefold()) == f"{segment.casefold()}_"
    return f"{segment}_" if is_reserved else segment
