"""Oxigraph directories and the rdflib view."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from kg import graphs, iris, store, terms, vocab
from kg.errors import WorkspaceError
from kg.quads import report_quads


def test_the_dataset_is_the_union_and_knows_the_prefixes(generation):
    view = generation.dataset()
    assert len(view) == len({(q.subject, q.predicate, q.object) for q in generation.store})
    rows = list(view.query("SELECT ?c { ?c a kg:Claim ; rdf:subject ent:broadcom }"))
    assert len(rows) == 6
    graphs = {str(g.identifier) for g in view.graphs()}
    assert iris.report_iri("weekly-2") in graphs


@pytest.mark.filterwarnings(
    "ignore:.* is deprecated, use Dataset:DeprecationWarning"
)  # rdflib's own
def test_the_dataset_cannot_be_written(generation):
    from rdflib import URIRef

    view = generation.dataset()
    with pytest.raises(RuntimeError, match="read-write"):
        view.add((URIRef("a:a"), URIRef("a:b"), URIRef("a:c")))


def test_the_ontology_is_in_its_own_graph(generation):
    held = list(generation.store.quads_for_pattern(None, None, None, graphs.ONTOLOGY_GRAPH))
    assert len(held) == len(list(ox.parse(path=store.ONTOLOGY_FILE)))


def test_loading_at_once_and_one_by_one_give_the_same_graph(make, tmp_path):
    quads = report_quads(*make.pair())
    store.write_store(tmp_path / "s", drop=[], add=quads, ontology=None)
    loaded, added = store.open_store(tmp_path / "s"), ox.Store()
    added.extend(quads)
    assert graphs.canonical_nquads(loaded) == graphs.canonical_nquads(added)
    assert len(loaded) == 2 * len(set(quads))  # once in the report's graph, once in the union


def test_dropping_a_graph_and_a_new_ontology(make, tmp_path):
    quads = report_quads(*make.pair())
    triple = b"<a:a> <a:b> <a:c> ."
    store.write_store(tmp_path / "s", drop=[], add=quads, ontology=triple)
    store.write_store(
        tmp_path / "s", drop=[graphs.graph_of("weekly-1")], add=[], ontology=b"<a:a> <a:b> <a:d> ."
    )
    assert graphs.canonical_nquads(store.open_store(tmp_path / "s")) == (
        f"<a:a> <a:b> <a:d> <{vocab.ONTOLOGY_GRAPH}> .\n".encode()
    )


def test_a_directory_that_is_no_store_is_told(tmp_path):
    (tmp_path / "CURRENT").write_text("rubbish\n")
    with pytest.raises(WorkspaceError, match="cannot open the graph"):
        store.open_store(tmp_path)


def test_the_default_graph_is_the_union_after_any_change(make, workspace):
    """What two reports share leaves the default graph with the second of them."""
    workspace.commit(add=[make.pair(1), make.pair(2)], index=make.index())
    workspace.commit(add=[make.pair(3)], remove=["weekly-1"], index=make.index())
    held = workspace.commit(remove=["weekly-3"], index=make.index()).store
    quads = list(held)
    union = {q.triple for q in quads if q.graph_name != terms.UNION}
    default = [q.triple for q in quads if q.graph_name == terms.UNION]
    assert set(default) == union
    assert len(default) == len(union) > 100
