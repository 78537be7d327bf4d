"""``tropes.json`` -> GraphML, for Gephi, networkx, igraph and yEd."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["as_graphml"]

# not allowed in XML (XML 1.0, 2.2)
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_NODE_KEYS = ("label", "kind", "namespace", "laconic", "url", "aliases", "indexes")


def as_graphml(data: Mapping[str, Any]) -> str:
    """The directed graph of a ``tropes.json``.

    The ``kind`` of a node is page, document, wanted or external; an edge combines all links from
    one node to another, with their number as ``weight``; ``played`` says how
    the trope is played, in labels separated by spaces.

    :param data: as returned by :func:`.tropes_json.as_data`.
    """
    return "\n".join(_lines(data)) + "\n"


def _lines(data: Mapping[str, Any]) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
    for key in _NODE_KEYS:
        yield f'<key id="{key}" for="node" attr.name="{key}" attr.type="string"/>'
    yield '<key id="weight" for="edge" attr.name="weight" attr.type="int"/>'
    yield '<key id="played" for="edge" attr.name="played" attr.type="string"/>'
    yield '<graph id="wiki" edgedefault="directed">'
    for name, values in sorted(_nodes(data).items()):
        yield f"<node id={_attribute(name)}>"
        for key in _NODE_KEYS:
            if values.get(key):
                yield f'<data key="{key}">{escape(_clean(values[key]))}</data>'
        yield "</node>"
    # the link itself would reveal what the spoiler hides
    open_links = [link for link in data["links"] if not link.get("in_spoiler")]
    weights = Counter((link["source"], link["target"]) for link in open_links)
    played: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for link in open_links:
        played[link["source"], link["target"]].update(dict.fromkeys(link.get("played", ())))
    for (source, target), weight in sorted(weights.items()):
        yield f"<edge source={_attribute(source)} target={_attribute(target)}>"
        yield f'<data key="weight">{weight}</data>'
        if labels := played[source, target]:
            yield f'<data key="played">{escape(_clean(" ".join(labels)))}</data>'
        yield "</edge>"
    yield "</graph>"
    yield "</graphml>"


def _nodes(data: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """Name -> values of each node; both ends of each link are included."""
    nodes: dict[str, dict[str, str]] = {}
    for page in data["pages"]:
        nodes[page["name"]] = {
            "label": page["title"],
            "kind": "page",
            "namespace": page["namespace"],
            "laconic": page["laconic"],
            "url": page["url"],
            # canonical names have no spaces
            "aliases": " ".join(page["aliases"]),
            "indexes": " ".join(page.get("indexes", ())),
        }
    for wanted in data["wanted"]:
        nodes.setdefault(wanted["name"], {"label": wanted["name"], "kind": "wanted"})
    for document in data.get("documents", ()):
        values = {"label": document["title"], "kind": "document", "url": document["url"]}
        nodes.setdefault(document["name"], values)
    for link in data["links"]:
        nodes.setdefault(link["target"], {"label": link["target"], "kind": "external"})
        nodes.setdefault(link["source"], {"label": link["source"], "kind": "document"})
    return nodes


def _clean(text: str) -> str:
    return _NO_XML.sub("\ufffd", text)


def _attribute(text: str) -> str:
    return quoteattr(_clean(text))
