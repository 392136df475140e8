"""The graph on disk: Oxigraph directories, and the rdflib Dataset view of one.

Oxigraph (https://pyoxigraph.readthedocs.io) does the work. A store opened read-only is
never written, so that any number of processes may share its directory.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pyoxigraph as ox

from kg import vocab
from kg.errors import WorkspaceError
from kg.graphs import ONTOLOGY_GRAPH, graphs_of
from kg.iris import entity_iri
from kg.quads import LABELS, label_triples

if TYPE_CHECKING:
    from rdflib import Dataset

    from kg.claim import Entity

ONTOLOGY_FILE = Path(__file__).with_name("ontology.ttl")
SHAPES_FILE = Path(__file__).with_name("shapes.ttl")


def open_store(directory: Path) -> ox.Store:
    """Open an Oxigraph directory read-only; raises WorkspaceError when it is damaged."""
    try:
        return ox.Store.read_only(str(directory))
    except (OSError, RuntimeError, ValueError) as exc:
        raise WorkspaceError(
            f"cannot open the graph {str(directory)!r}: expected an Oxigraph directory "
            f"({exc}); build the workspace again with `kg ingest`"
        ) from exc


def write_store(
    directory: Path,
    *,
    drop: Iterable[ox.NamedNode],
    add: Sequence[ox.Quad],
    ontology: bytes | None,
    label: Iterable[tuple[str, Entity]] = (),
) -> None:
    """Drop graphs, add quads, replace the ontology (if given), label, flush and close.

    ``label`` are entities to be called otherwise in the graphs of a report, which is named.

    The directory is made when it does not exist. The default graph stays the union of
    all named graphs, each triple once.
    """
    store = ox.Store(str(directory))
    if ontology is not None:
        triples = ox.parse(ontology, format=ox.RdfFormat.TURTLE)
        drop = [*drop, ONTOLOGY_GRAPH]
        add = [*add, *(ox.Quad(q.subject, q.predicate, q.object, ONTOLOGY_GRAPH) for q in triples)]
    _drop(store, drop)
    load(store, add)
    for report, entity in label:
        for graph in graphs_of(report):
            _relabel(store, graph, entity)
    store.flush()


def load(store: ox.Store, quads: Sequence[ox.Quad]) -> None:
    """Add quads of named graphs, and their triples to the default graph.

    Oxigraph's own union of graphs gives a triple once for each graph that holds it, so
    that counts come out too high; a default graph that holds each once does not.
    """
    if not quads:
        return
    # Written as text once, Oxigraph's loader takes a third of the time it needs for objects.
    named = cast(bytes, ox.serialize(quads, format=ox.RdfFormat.N_QUADS))
    union = cast(bytes, ox.serialize((q.triple for q in quads), format=ox.RdfFormat.N_TRIPLES))
    store.bulk_load(named + union, format=ox.RdfFormat.N_QUADS, lenient=True)


def _drop(store: ox.Store, graphs: Iterable[ox.NamedNode]) -> None:
    """Remove graphs, and from the default graph what no other graph holds."""
    triples: dict[ox.Triple, None] = {}
    for graph in graphs:
        held = store.quads_for_pattern(None, None, None, graph)
        triples.update(dict.fromkeys(quad.triple for quad in held))
        store.remove_graph(graph)
    _forget(store, triples)


def _forget(store: ox.Store, triples: Iterable[ox.Triple]) -> None:
    """Remove from the default graph what no named graph holds any more."""
    for triple in triples:
        s, p, o = triple.subject, triple.predicate, triple.object
        holders = list(islice(store.quads_for_pattern(s, p, o, None), 2))
        if len(holders) == 1:  # the default graph alone
            store.remove(holders[0])


def _relabel(store: ox.Store, graph: ox.NamedNode, entity: Entity) -> None:
    """Replace the names of an entity in a graph, if that graph describes it."""
    node = ox.NamedNode(entity_iri(entity.id))
    held = {q for q in store.quads_for_pattern(node, None, None, graph) if q.predicate in LABELS}
    if not held:
        return
    wanted = {ox.Quad(s, p, o, graph) for s, p, o in label_triples(entity)}
    for quad in held - wanted:
        store.remove(quad)
    for quad in wanted - held:
        store.add(quad)
        store.add(ox.Quad(quad.subject, quad.predicate, quad.object, ox.DefaultGraph()))
    _forget(store, (quad.triple for quad in held - wanted))


def dataset(store: ox.Store) -> Dataset:
    """Return the rdflib Dataset over ``store``; its default graph holds the union of all.

    The project's prefixes are bound. It is as writable as ``store`` is.
    """
    from oxrdflib import OxigraphStore
    from rdflib import Dataset, Graph

    class UnionDataset(Dataset):
        @property  # rdflib's own query() reads it, and warns that it is deprecated
        def default_context(self) -> Graph:
            return cast(Graph, self.default_graph)

        @default_context.setter
        def default_context(self, graph: Graph) -> None:
            self.default_graph = graph

    view = UnionDataset(store=OxigraphStore(store=store), default_union=False)
    for prefix, iri in vocab.PREFIXES.items():
        view.bind(prefix, iri)
    return view
