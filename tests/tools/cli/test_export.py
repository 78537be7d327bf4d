"""``sphinx-tropes export``, read by programs that others have written."""

from __future__ import annotations

import io
import json
from pathlib import Path

import jsonschema
import networkx as nx
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from rdflib.namespace import DCTERMS, RDF, SKOS

import sphinxcontrib_tropes
from sphinxcontrib_tropes.wiki.exchange.graphml import as_graphml
from sphinxcontrib_tropes.wiki.exchange.json_ld import as_linked_data

SCHEMA = json.loads(
    Path(sphinxcontrib_tropes.__file__).with_name("tropes.schema.json").read_text("utf-8")
)
BASE = "https://example.org/wiki/"

PAGES = {
    "RomanceTropes.trope": "[[index]]\n* {{Star-Crossed Lovers}}\n* FriendlyFoe\n[[/index]]\n",
    "StarCrossedLovers.trope": '(:alias Doomed Romance:)\n(:laconic Two & "one" < world.:)\n'
    "As FriendlyFoe, FriendlyFoe, and GothicHorror. [[spoiler:A secret {{Star Crossed Lovers}}]]\n",
    "FriendlyFoe.trope": "x\n",
    "OldName.trope": "[[redirect:StarCrossedLovers]]\n",
    "film/Über.trope": "{{Doomed Romance}}\n",
    "guide.rst": "Guide & more\n============\n\n:trope:`old name`\n",
}


PLAYED = {
    "FriendlyFoe.trope": "x\n",
    "film/2 Owls.trope": "* FriendlyFoe: So. Subverted & lampshaded.\n"
    "[[spoiler:\n* FriendlyFoe: Averted.\n]]\n",
}


@pytest.fixture
def built(site):
    """An output folder with a tropes.json."""
    return site.write(PAGES).build()


def graphml(run, *arguments):
    said = run("export", *arguments, "--format", "graphml")
    assert said.exit_code == 0
    return nx.read_graphml(io.BytesIO(said.stdout.encode()))


def linked_data(run, *arguments):
    said = run("export", *arguments, "--format", "json-ld")
    assert said.exit_code == 0
    return rdflib.Graph().parse(data=said.stdout, format="json-ld")


def test_what_a_build_writes_follows_the_schema(built):
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.validate(json.loads((built / "tropes.json").read_text("utf-8")), SCHEMA)


def test_the_schema_names_every_field_that_a_build_writes(built):
    data = json.loads((built / "tropes.json").read_text("utf-8"))
    assert data.keys() == SCHEMA["properties"].keys()
    for part in ("pages", "wanted", "documents", "links", "unlinked"):
        known = SCHEMA["properties"][part]["items"]["properties"].keys()
        assert {field for entry in data[part] for field in entry} <= known


def test_the_sources_give_the_file_that_a_build_writes(run, built, site):
    said = run("export", site.source, "-j", 1)
    assert said.stdout == (built / "tropes.json").read_text("utf-8")


def test_networkx_reads_the_graph(run, built):
    graph = graphml(run, built)
    assert graph.is_directed()
    lovers = graph.nodes["Main/StarCrossedLovers"]
    assert lovers["kind"] == "page"
    assert lovers["label"] == "Star Crossed Lovers"
    assert lovers["laconic"] == 'Two & "one" < world.'
    assert lovers["indexes"] == "Main/RomanceTropes"
    assert lovers["aliases"] == "Main/DoomedRomance Main/OldName"
    assert graph.edges["Main/StarCrossedLovers", "Main/FriendlyFoe"]["weight"] == 2
    assert graph.nodes["Main/GothicHorror"]["kind"] == "wanted"
    assert graph.nodes["guide"] == {
        "kind": "document",
        "label": "Guide & more",
        "url": "guide.html",
    }


def test_the_graph_has_every_link_that_is_open(run, built):
    data = json.loads((built / "tropes.json").read_text("utf-8"))
    links = [link for link in data["links"] if "in_spoiler" not in link]
    edges = {(link["source"], link["target"]) for link in links}
    assert set(graphml(run, built).edges) == edges


def test_rdflib_reads_the_concepts(run, built):
    graph = linked_data(run, built, "--base-url", BASE)
    lovers = rdflib.URIRef(f"{BASE}StarCrossedLovers.html")
    index = rdflib.URIRef(f"{BASE}RomanceTropes.html")
    assert (lovers, RDF.type, SKOS.Concept) in graph
    assert graph.value(lovers, SKOS.prefLabel) == rdflib.Literal("Star Crossed Lovers")
    assert set(map(str, graph.objects(lovers, SKOS.altLabel))) == {"Doomed Romance", "Old Name"}
    assert graph.value(lovers, SKOS.definition) == rdflib.Literal('Two & "one" < world.')
    assert (lovers, SKOS.broader, index) in graph
    assert (index, SKOS.narrower, lovers) in graph
    assert (lovers, DCTERMS.references, rdflib.URIRef(f"{BASE}FriendlyFoe.html")) in graph
    scheme = graph.value(predicate=RDF.type, object=SKOS.ConceptScheme)
    assert list(graph.objects(scheme, SKOS.hasTopConcept)) == [index]
    assert graph.value(scheme, DCTERMS.title) == rdflib.Literal("Wiki")


def test_every_page_is_one_concept_with_or_without_an_address(run, built):
    count = len(json.loads((built / "tropes.json").read_text("utf-8"))["pages"])
    for options in ((), ("--base-url", BASE.rstrip("/"))):
        graph = linked_data(run, built, *options)
        assert len(set(graph.subjects(RDF.type, SKOS.Concept))) == count


def test_no_spoiler_is_exported(run, built):
    for form in ("json", "graphml", "json-ld"):
        assert "secret" not in run("export", built, "--format", form).stdout


def test_a_link_that_a_spoiler_hides_is_no_tie(run, site):
    site.write(PAGES | {"Whodunit.trope": "Somebody. [[spoiler:FriendlyFoe]]!"})
    out = site.build()
    assert not graphml(run, out).has_edge("Main/Whodunit", "Main/FriendlyFoe")
    assert "Whodunit" in run("export", out, "--format", "graphml").stdout
    found = linked_data(run, out, "--base-url", BASE)
    foe = rdflib.URIRef(f"{BASE}FriendlyFoe.html")
    assert (rdflib.URIRef(f"{BASE}Whodunit.html"), None, foe) not in found
    links = json.loads((out / "tropes.json").read_text("utf-8"))["links"]
    assert [link.get("in_spoiler") for link in links if link["source"] == "Main/Whodunit"] == [True]
    jsonschema.validate(json.loads((out / "tropes.json").read_text("utf-8")), SCHEMA)


def test_how_a_trope_is_played_is_exported(run, site):
    out = site.write(PLAYED).build()
    data = json.loads((out / "tropes.json").read_text("utf-8"))
    jsonschema.validate(data, SCHEMA)
    assert [link.get("played") for link in data["links"]] == [["subverted", "lampshaded"], None]
    edge = graphml(run, out).edges["Film/2Owls", "Main/FriendlyFoe"]
    assert edge["played"] == "subverted lampshaded"
    found = linked_data(run, out, "--base-url", BASE)
    owls, foe = (rdflib.URIRef(f"{BASE}{page}.html") for page in ("film/2%20Owls", "FriendlyFoe"))
    for way in ("subverted", "lampshaded"):
        assert (owls, rdflib.URIRef(f"urn:x-tropes:played-{way}"), foe) in found
    assert (owls, rdflib.URIRef("urn:x-tropes:played-averted"), foe) not in found


def test_a_file_is_written_whole(run, built, tmp_path):
    said = run("export", built, "-o", tmp_path / "out.json")
    assert (said.exit_code, said.stdout) == (0, "")
    assert (tmp_path / "out.json").read_bytes() == (built / "tropes.json").read_bytes()
    assert run("export", built, "-o", tmp_path / "no" / "out.json").exit_code == 2


TEXT = st.text(max_size=8)


@given(
    st.lists(
        st.tuples(TEXT, TEXT, TEXT, st.lists(TEXT, max_size=2)),
        max_size=4,
        unique_by=lambda page: page[0],
    ),
    st.lists(st.tuples(TEXT, TEXT), max_size=4),
)
def test_any_names_and_texts_are_read(pages, links):
    data = {
        "pages": [
            {
                "name": f"Main/{name}",
                "title": title,
                "url": url,
                "namespace": "Main",
                "laconic": title,
                "aliases": aliases,
                "indexes": aliases,
            }
            for name, title, url, aliases in pages
        ],
        "wanted": [],
        "links": [{"source": source, "target": target} for source, target in links],
    }
    nx.parse_graphml(as_graphml(data))
    rdflib.Graph().parse(data=json.dumps(as_linked_data(data, BASE)), format="json-ld")


def test_no_colours_go_where_no_terminal_is(run, site):
    site.write({"A.trope": "[[folder:x]]\n"})
    said = run("export", site.source)
    assert "WARNING" in said.stderr
    assert "\x1b" not in said.stderr
    assert run("export", site.source, "-q").stderr == ""
