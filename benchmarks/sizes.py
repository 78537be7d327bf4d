"""What is kept on disk for each link."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.addnodes import pending_xref

from sphinxcontrib_tropes.markup.nodes import trope_link
from sphinxcontrib_tropes.wiki import DocumentFacts, PackedFacts

from .results import Result
from .sites import make_sites

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from .sites import Site

__all__ = ["measure_sizes"]


def measure_sizes(folder: Path, size: int) -> Iterator[Result]:
    """Bytes for each link, in the environment and in the pickled doctrees."""
    sites = make_sites(folder, size, ["trope", "rst"])
    for site in sites.values():
        site.build_all()
    yield from _environment(sites["trope"])
    own, count = _in_doctrees(sites["trope"], trope_link)
    rst, rst_count = _in_doctrees(sites["rst"], pending_xref)
    yield Result(
        "pickled doctrees, for each link",
        own / count,
        "bytes",
        60,
        detail=f"rST {rst / rst_count:.0f}",
    )


def _environment(site: Site) -> Iterator[Result]:
    with (site.doctrees / "environment.pickle").open("rb") as file:
        env = pickle.load(file)
    data = env.domaindata["trope"]
    packed = {name: kept[1] for name, kept in data["facts"].items()}
    found = {name: PackedFacts(kept, data["names"]) for name, kept in packed.items()}
    count = sum(len(facts.links) for facts in found.values())

    def size_of(**without: Any) -> int:
        stripped = {
            name: DocumentFacts(
                facts.title,
                facts.pages,
                facts.links,
                facts.texts,
                facts.listings,
                facts.mentions,
                facts.passages,
            )
            ._replace(**without)
            .pack()
            for name, facts in found.items()
        }
        return len(pickle.dumps(stripped, pickle.HIGHEST_PROTOCOL))

    whole = len(pickle.dumps((packed, data["names"]), pickle.HIGHEST_PROTOCOL))
    without_links = size_of(links=())
    without_texts = size_of(links=(), texts=())
    pickled = (site.doctrees / "environment.pickle").stat().st_size
    yield Result(
        "environment, for each link",
        (whole - without_links) / count,
        "bytes",
        10,
        detail=f"and {(without_links - without_texts) / count:.0f} for the text around it; "
        f"{count} links, {pickled / 1e6:.1f} MB in all",
    )


def _in_doctrees(site: Site, kind: type[nodes.Element]) -> tuple[int, int]:
    """How many bytes smaller the doctrees are with text in the place of links; the links."""
    saved = count = 0
    for path in sorted(site.doctrees.rglob("*.doctree")):
        if "tropes/" in str(path.relative_to(site.doctrees)):
            continue
        document = pickle.loads(path.read_bytes())
        whole = len(pickle.dumps(document, pickle.HIGHEST_PROTOCOL))
        for link in list(document.findall(kind)):
            link.replace_self(nodes.Text(link.astext()))
            count += 1
        saved += whole - len(pickle.dumps(document, pickle.HIGHEST_PROTOCOL))
    return saved, count
