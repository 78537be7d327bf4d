"""Finds the targets of references. Sphinx's domains resolve them, as they do when writing a page.

Identical references are resolved only once, and to a document name instead of an address.
"""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.util import docname_join, logging

from ..internals.sphinx.environment import labels as labels_of
from ..internals.sphinx.recording_builder import MARK, RecordingBuilder
from ..wiki import Destination

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.domains import Domain
    from sphinx.environment import BuildEnvironment

    from ..wiki import Reference, Wiki

__all__ = ["KeptDestinations"]

# Their references resolve the same from every document, except for these types.
_GLOBAL_DOMAINS = frozenset(["c", "cpp", "js", "py", "rst", "std"])
_LOCAL_TYPES = frozenset(["any", "myst"])


class KeptDestinations:
    """The targets of references, found again only if a target may have moved."""

    def __init__(self) -> None:
        self._targets: object = None
        self._pages: object = None
        """All pages, for ``:any:``: where names are others, the mapping is another."""
        self._find: _Destinations | None = None
        self._known: dict[str, tuple[object, tuple[Destination | None, ...]]] = {}
        """Docname -> facts of the document, and the targets of its references."""

    def all(self, env: BuildEnvironment, wiki: Wiki) -> dict[str, tuple[Destination | None, ...]]:
        """Docname -> the target of each reference in it; None if the target is not in the project."""
        targets = _targets(env, wiki)
        is_kept = wiki.pages is self._pages and targets is not None and targets == self._targets
        if self._find is None or not is_kept:
            self._find, self._targets, self._known = _Destinations(env), targets, {}
            self._pages = wiki.pages
        find, before, self._known = self._find, self._known, {}
        # Sphinx warns of ambiguous references when it writes the page
        with logging.suppress_logging():
            for docname, facts in wiki.documents.items():
                known = before.get(docname)
                if known is None or known[0] is not facts:
                    references = facts.references
                    known = facts, tuple(find(docname, reference) for reference in references)
                self._known[docname] = known
        return {docname: found for docname, (_facts, found) in self._known.items() if found}


_WITHOUT_TARGETS = frozenset(["changeset", "citation", "index", "trope"])
"""Domains whose data no other reference leads to."""
_IN_TREES = frozenset(["c", "cpp"])
"""Domains that keep their objects in a tree, which they also change in place."""
_PLAIN = str, int, float, bytes, type(None)


def _targets(env: BuildEnvironment, wiki: Wiki) -> object:
    """What references may lead to: if it equals that of before, all of them lead where they led.
    None if that can't be told.
    """
    found: dict[str, object] = {}
    try:
        for name, data in env.domaindata.items():
            if name in _IN_TREES:
                found[name] = list(env.domains[name].get_objects())
            elif name not in _WITHOUT_TARGETS:
                found[name] = _copy(data)
    except _UnknownError:
        return None
    headings = {
        docname: {slug: tuple(heading[1:]) for slug, heading in metadata["myst_slugs"].items()}
        for docname, metadata in env.metadata.items()
        if "myst_slugs" in metadata
    }
    titles = {docname: title.astext() for docname, title in env.titles.items()}
    sections = {key: wiki.pages[key].facts.sections for key in wiki.aliases}
    return found, headings, titles, sections


class _UnknownError(Exception):
    """A domain keeps something whose changes can't be told."""


def _copy(value: Any) -> Any:
    """*value* as it is now, to be compared with a later one."""
    if isinstance(value, _PLAIN):
        return value
    if isinstance(value, dict):
        return {key: _copy(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_copy(item) for item in value]
    if isinstance(value, set | frozenset):
        return frozenset(value)
    kind: Any = type(value)
    if kind.__str__ is object.__str__ and kind.__repr__ is object.__repr__:
        raise _UnknownError
    return str(value)  # text to be translated, for example


class _Destinations:
    """Finds destinations, each only once."""

    def __init__(self, env: BuildEnvironment) -> None:
        self._env = env
        self._builder: Any = RecordingBuilder(env)
        self._found: dict[tuple[Any, ...], Destination | None] = {}

    def __call__(self, docname: str, reference: Reference) -> Destination | None:
        domain, type_, target = reference[:3]
        if (domain, type_) == ("std", "doc"):
            # most references in a guide: resolved from the root document, the result is the same
            reference = reference._replace(target=f"/{docname_join(docname, target)}")
        is_global = domain in _GLOBAL_DOMAINS and type_ not in _LOCAL_TYPES
        key = (*reference[:4], "" if is_global else docname)
        if key not in self._found:
            self._found[key] = self._find(docname, reference)
        return self._found[key]

    def _find(self, docname: str, reference: Reference) -> Destination | None:
        try:
            resolved = self._resolve(_pending(docname, reference))
        except Exception:  # noqa: BLE001 - an error in another extension: writing reports it
            return None
        return None if resolved is None else _destination(docname, resolved, reference.target)

    def _resolve(self, node: addnodes.pending_xref) -> nodes.Element | None:
        if node["refdomain"] == "doc":
            return self._resolve_markdown(node)
        if node["refdomain"]:
            domain = self._env.domains[node["refdomain"]]
            return self._resolve_in(domain, node, node["reftype"], node["reftarget"])
        if node["reftype"] in ("any", "myst"):
            return next(self._resolve_any(node), None)
        return None

    def _resolve_in(
        self, domain: Domain, node: addnodes.pending_xref, type_: str, target: str
    ) -> nodes.Element | None:
        return domain.resolve_xref(
            self._env, node["refdoc"], self._builder, type_, target, node, _words_of(node)
        )

    def _resolve_any(self, node: addnodes.pending_xref) -> Iterator[nodes.Element]:
        """The possible targets of ``:any:`` or a link of MyST, in order of preference."""
        target = node["reftarget"]
        std = self._env.domains["std"]
        found: nodes.Element | None
        is_heading = target in self._env.metadata[node["refdoc"]].get("myst_slugs", {})
        if node["reftype"] == "myst" and is_heading:
            return
        if node["reftype"] == "myst" and (
            found := self._resolve_in(std, node, "ref", target.lower())
        ):
            yield found
        if found := self._resolve_in(std, node, "doc", target):
            yield found
        others = sorted(self._env.domains.values(), key=lambda d: (d.name != "std", d.name))
        for domain in others:
            try:
                results = domain.resolve_any_xref(
                    self._env, node["refdoc"], self._builder, target, node, _words_of(node)
                )
            except NotImplementedError:
                continue
            yield from (found for _role, found in results)

    def _resolve_markdown(self, node: addnodes.pending_xref) -> nodes.Element | None:
        """The target of a MyST link to a file, or to a heading or label in it."""
        env, target, fragment = self._env, node["reftarget"], node.get("reftargetid") or ""
        if target not in env.all_docs:
            return None
        anchor = words = ""
        if fragment:
            headings = env.metadata[target].get("myst_slugs", {})
            labels = labels_of(env)[1]
            labelled, label = labels.get(fragment, ("", ""))[:2]
            anchor = label if labelled == target else fragment
            _line, anchor, words = headings.get(fragment, (0, anchor, ""))
        else:
            words = env.titles[target].astext()
        if node["refexplicit"]:
            words = node.astext()
        return nodes.reference(words, words, refuri=f"{target}{MARK}#{anchor}")


def _words_of(node: addnodes.pending_xref) -> nodes.Element:
    """The words of a reference, copied because the domain puts them into its result."""
    words = node.children[0].deepcopy()
    assert isinstance(words, nodes.Element)
    return words


def _destination(docname: str, resolved: nodes.Element, target: str) -> Destination | None:
    """The target of the reference that a domain made."""
    reference = next(iter(resolved.findall(nodes.reference)), None)
    if reference is None:
        return None
    words = reference.astext()
    wording = ("" if words == target else words), reference.get("reftitle") or ""
    if "refid" in reference:
        return Destination(docname, reference["refid"], *wording)
    to, mark, fragment = reference.get("refuri", "").partition(MARK)
    return Destination(to, fragment.removeprefix("#"), *wording) if mark else None


def _pending(docname: str, reference: Reference) -> addnodes.pending_xref:
    """The node of a reference, as it was when read."""
    attributes = {
        # the environment is a pickle too, and equally trusted
        name: pickle.loads(value) if isinstance(value, bytes) else value  # noqa: S301
        for name, value in reference.attributes
    }
    attributes |= {
        "refdomain": reference.domain,
        "reftype": reference.type,
        "reftarget": reference.target,
        "refdoc": docname,
        "refwarn": False,
    }
    attributes.setdefault("refexplicit", False)
    words = nodes.inline(reference.target, reference.target)
    return addnodes.pending_xref("", words, **attributes)
