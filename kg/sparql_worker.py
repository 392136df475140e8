"""The process that runs users' SPARQL, so that a query can be stopped by ending it.

Run by :mod:`kg.sparql` as ``python -P sparql_worker.py ROOT GRAPH``. It opens the store
read-only, says ``{"kind": "ready"}``, then answers each line of JSON on standard input
with a line of JSON and as many bytes as its ``size`` says. It ends with its input: a
parent that dies takes its worker along, even in the middle of a query.
"""

from __future__ import annotations

import json
import os
import queue
import sys
import threading
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    import pyoxigraph as ox

MEMORY = 4 * 2**30
"""Address space of the process in bytes, so that a query cannot take all memory."""


def main(root: str, graph: str) -> None:
    """Serve queries over the store in the directory ``graph`` until the input ends."""
    sys.path.append(root)
    _limit_memory()
    import pyoxigraph as ox
    import rdflib.plugins.sparql.parser  # noqa: F401, RUF100  loaded before "ready", not within a query

    from kg.errors import GraphError, QueryRefused
    from kg.sparql_guard import check

    store = ox.Store.read_only(graph)
    graphs = frozenset(name.value for name in store.named_graphs())
    checked = lru_cache(maxsize=256)(lambda text: check(text, graphs))
    requests: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(requests,), daemon=True).start()
    output = sys.stdout.buffer
    _say(output, {"kind": "ready"})
    while True:
        request = json.loads(requests.get())
        try:
            text = checked(request["query"])
            dataset = _dataset(request["default"], request["named"], graphs)
            header, body = _run(store, text, request["limit"], request["size"], dataset)
        except (QueryRefused, SyntaxError, ValueError) as exc:
            header, body = {"kind": "refused", "message": str(exc).replace("\n", " ")}, b""
        except (GraphError, OSError, RuntimeError) as exc:
            header, body = {"kind": "failed", "message": str(exc).replace("\n", " ")}, b""
        _say(output, header, body)


def _listen(requests: queue.SimpleQueue[bytes]) -> None:
    for line in sys.stdin.buffer:
        requests.put(line)
    os._exit(0)


def _say(output: BinaryIO, header: dict[str, Any], body: bytes = b"") -> None:
    output.write(json.dumps({**header, "size": len(body)}).encode() + b"\n" + body)
    output.flush()


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    allowed = MEMORY if most == resource.RLIM_INFINITY else min(MEMORY, most)
    resource.setrlimit(resource.RLIMIT_AS, (allowed, most))


def _dataset(
    default: list[str], named: list[str], graphs: frozenset[str]
) -> tuple[list[Any], list[Any]] | None:
    """Return the default and named graphs that a request asks for; None when it names none."""
    import pyoxigraph as ox

    from kg.errors import QueryRefused

    for graph in (*default, *named):
        if graph not in graphs:
            raise QueryRefused(
                f"the request names the graph {graph!r}, which this workspace lacks: expected a "
                "report's IRI; leave it out to ask all reports"
            )
    if not default and not named:
        return None
    return [ox.NamedNode(graph) for graph in default], [ox.NamedNode(graph) for graph in named]


def _run(
    store: ox.Store,
    text: str,
    limit: int,
    size: int | None,
    dataset: tuple[list[Any], list[Any]] | None,
) -> tuple[dict[str, Any], bytes]:
    """Run a checked query; return what it is and its serialized result."""
    import pyoxigraph as ox

    from kg import vocab

    default, named = dataset or (None, None)
    found = store.query(
        text,
        prefixes=vocab.PREFIXES,
        base_iri=vocab.BASE,
        default_graph=default,
        named_graphs=named,
    )
    if isinstance(found, ox.QueryBoolean):
        return {"kind": "ask", "cut": False, "count": 1}, json.dumps(
            {"head": {}, "boolean": bool(found)}
        ).encode()
    if isinstance(found, ox.QuerySolutions):
        names = [variable.value for variable in found.variables]
        rows, cut = _capped((_row(names, row) for row in found), limit, size)
        head = json.dumps({"vars": names}, ensure_ascii=False, separators=(",", ":")).encode()
        body = b'{"head":' + head + b',"results":{"bindings":[' + b",".join(rows) + b"]}}"
        return {"kind": "select", "cut": cut, "count": len(rows)}, body
    # CONSTRUCT may give one triple many times: those already seen do not count.
    seen: set[ox.Triple] = set()
    fresh = (triple for triple in found if not (triple in seen or seen.add(triple)))  # type: ignore[func-returns-value]  # add returns None, which is false
    lines, cut = _capped((_line(triple) for triple in fresh), limit, size)
    return {"kind": "graph", "cut": cut, "count": len(lines)}, b"".join(lines)


def _capped(pieces: Iterator[bytes], limit: int, size: int | None) -> tuple[list[bytes], bool]:
    """Take pieces up to a number and a total of bytes; tell whether there were more."""
    kept: list[bytes] = []
    length = 0
    for piece in pieces:
        length += len(piece)
        if len(kept) == limit or (size is not None and length > size):
            return kept, True
        kept.append(piece)
    return kept, False


def _row(names: list[str], row: ox.QuerySolution) -> bytes:
    plain = {name: _plain(term) for name, term in zip(names, row, strict=True) if term is not None}
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode()


def _line(triple: ox.Triple) -> bytes:
    import pyoxigraph as ox

    return ox.serialize([triple], format=ox.RdfFormat.N_TRIPLES) or b""


def _plain(term: Any) -> dict[str, Any]:
    """Write one term as SPARQL 1.1 Query Results JSON, section 3.2.2, does."""
    import pyoxigraph as ox

    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, ox.Literal):
        plain = {"type": "literal", "value": term.value}
        if term.language:
            return plain | {"xml:lang": term.language}
        if term.datatype.value != "http://www.w3.org/2001/XMLSchema#string":
            return plain | {"datatype": term.datatype.value}
        return plain
    parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
    return {"type": "triple", "value": {name: _plain(part) for name, part in parts.items()}}


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
