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
from functools import lru_cache
from itertools import islice
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
            header, body = _run(store, text, request["limit"])
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


def _run(store: ox.Store, text: str, limit: int) -> tuple[dict[str, Any], bytes]:
    """Run a checked query; return what it is and its serialized result."""
    import pyoxigraph as ox

    from kg import vocab

    found = store.query(text, prefixes=vocab.PREFIXES)
    if isinstance(found, ox.QueryBoolean):
        return {"kind": "ask", "cut": False}, json.dumps(
            {"head": {}, "boolean": bool(found)}
        ).encode()
    if isinstance(found, ox.QuerySolutions):
        names = [variable.value for variable in found.variables]
        rows = list(islice(found, limit + 1))
        bindings = [
            {name: _plain(term) for name, term in zip(names, row, strict=True) if term is not None}
            for row in rows[:limit]
        ]
        document = {"head": {"vars": names}, "results": {"bindings": bindings}}
        body = json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
        return {"kind": "select", "cut": len(rows) > limit}, body
    triples: dict[ox.Triple, None] = {}  # CONSTRUCT may give one triple many times
    for triple in found:
        triples[triple] = None
        if len(triples) > limit:
            break
    kept = list(triples)[:limit]
    body = ox.serialize(kept, format=ox.RdfFormat.N_TRIPLES) or b""
    return {"kind": "graph", "cut": len(triples) > limit}, body


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
