"""``tropes.json`` -> JSON-LD, in the terms of SKOS, schema.org and Dublin Core."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from ...names import PageName, key_of
from ...names.played import LABELS

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["as_linked_data"]

_PLAYED = {label: f"played-{label.removeprefix('played-')}" for label in LABELS}
"""Label of an example -> the term that leads from its page to the other."""

_CONTEXT = {
    "dcterms": "http://purl.org/dc/terms/",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "title": "dcterms:title",
    "name": "skos:notation",
    "prefLabel": "skos:prefLabel",
    "altLabel": "skos:altLabel",
    "definition": "skos:definition",
    "url": {"@id": "schema:url", "@type": "@id"},
    **{
        term: {"@id": f"skos:{term}", "@type": "@id"}
        for term in ("inScheme", "topConceptOf", "hasTopConcept", "broader", "narrower")
    },
    "references": {"@id": "dcterms:references", "@type": "@id"},
    **{term: {"@id": f"urn:x-tropes:{term}", "@type": "@id"} for term in _PLAYED.values()},
}
_SAFE = "/:#?&=%@!$'()*+,;~"  # not escaped in an address


def as_linked_data(data: Mapping[str, Any], base: str = "") -> dict[str, Any]:
    """A concept scheme: a concept for each page, below its indexes.

    :param data: as returned by :func:`.tropes_json.as_data`.
    :param base: the address of the site, with a slash at its end: then the ids of pages are their
        addresses. Without it they are URNs that are valid only in this file.
    """
    pages = {page["name"]: page for page in data["pages"]}
    ids = {key_of(name): _id(page, base) for name, page in pages.items()}
    scheme = f"{base}#wiki" if base else "urn:x-tropes:wiki"
    narrower: dict[str, list[str]] = {}
    for page in data["pages"]:
        for index in page.get("indexes", ()):
            narrower.setdefault(key_of(index), []).append(_id(page, base))
    references: dict[str, set[str]] = {}
    played: dict[tuple[str, str], set[str]] = {}
    for link in data["links"]:
        if link.get("in_spoiler"):
            continue  # the link itself would reveal it
        source, target = key_of(link["source"]), key_of(link["target"])
        if source in ids and target in ids and source != target:
            references.setdefault(source, set()).add(ids[target])
            for label in link.get("played", ()):
                played.setdefault((source, label), set()).add(ids[target])
    concepts = []
    for name, page in sorted(pages.items()):
        key = key_of(name)
        broader = [ids[up] for up in map(key_of, page.get("indexes", ())) if up in ids]
        concept = {
            "@id": ids[key],
            "@type": ["skos:Concept", "schema:DefinedTerm"],
            "name": name,
            "prefLabel": page["title"],
            "altLabel": sorted({_title(alias) for alias in page["aliases"]} - {page["title"]}),
            "definition": page["laconic"],
            "inScheme": scheme,
            "topConceptOf": scheme if key in narrower and not broader else "",
            "broader": sorted(broader),
            "narrower": sorted(narrower.get(key, ())),
            "references": sorted(references.get(key, ())),
            **{term: sorted(played.get((key, label), ())) for label, term in _PLAYED.items()},
            "url": ids[key] if base else "",
        }
        concepts.append({term: value for term, value in concept.items() if value})
    top = [concept["@id"] for concept in concepts if "topConceptOf" in concept]
    about = {
        "@id": scheme,
        "@type": "skos:ConceptScheme",
        "title": data.get("project") or "Wiki",
        "hasTopConcept": top,
    }
    return {"@context": _CONTEXT, "@graph": [about, *concepts]}


def _id(page: Mapping[str, Any], base: str) -> str:
    if base:
        return base + quote(page["url"], safe=_SAFE)
    return f"urn:x-tropes:{quote(page['name'])}"


def _title(canonical: str) -> str:
    namespace, _, name = canonical.partition("/")
    return PageName(namespace, name).title
