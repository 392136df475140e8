"""Users' SPARQL: read only, with a time limit that really ends the query, and a row cap.

Oxigraph cannot cancel a query, so it runs in a process of its own (:mod:`kg.sparql_worker`)
that is ended at the limit. The process stays for the next query: starting one costs
about half a second, a query through a started one less than a millisecond more than
Oxigraph itself.
"""

from __future__ import annotations

import atexit
import datetime as dt
import json
import subprocess
import sys
import threading
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, get_args

from kg import vocab
from kg.asof import graph_until
from kg.errors import GraphError, QueryRefused, QueryTimeout
from kg.generation import Generation

Kind = Literal["select", "ask", "graph"]
Format = Literal["table", "json", "csv", "tsv", "xml", "turtle", "ntriples", "rdfxml", "jsonld"]
FORMATS: tuple[Format, ...] = get_args(Format)

_OF_KIND: dict[Kind, tuple[Format, ...]] = {
    "select": ("table", "json", "csv", "tsv", "xml"),
    "ask": ("table", "json", "csv", "tsv", "xml"),
    "graph": ("turtle", "ntriples", "rdfxml", "jsonld", "table"),
}
_RDF = {"turtle": "TURTLE", "rdfxml": "RDF_XML", "jsonld": "JSON_LD"}
_START = 60.0  # seconds a worker may take to start on a busy machine


@dataclass(frozen=True)
class Result:
    """What a query gave: W3C JSON results, or N-Triples when ``kind`` is ``"graph"``.

    ``cut`` tells that there was more than the row or byte cap allowed; ``count`` is how
    many rows or triples are here.
    """

    kind: Kind
    body: bytes
    cut: bool
    count: int

    @property
    def note(self) -> str | None:
        """A line for the user when the result was cut, else None."""
        what = "triples" if self.kind == "graph" else "rows"
        return f"cut after {self.count} {what}: there are more" if self.cut else None

    @property
    def boolean(self) -> bool:
        """The answer of an ASK; for others, whether anything was found."""
        if self.kind == "ask":
            return bool(self._document["boolean"])
        return bool(self.rows)

    @cached_property
    def _document(self) -> dict[str, Any]:
        document: dict[str, Any] = json.loads(self.body)
        return document

    @property
    def variables(self) -> tuple[str, ...]:
        """The names of the columns."""
        if self.kind == "select":
            return tuple(self._document["head"]["vars"])
        return ("subject", "predicate", "object") if self.kind == "graph" else ("ask",)

    @cached_property
    def rows(self) -> tuple[tuple[str | None, ...], ...]:
        """The lexical forms, row by row; None where a variable is unbound."""
        if self.kind == "ask":
            return ((str(self.boolean).lower(),),)
        if self.kind == "graph":
            import pyoxigraph as ox

            triples = ox.parse(self.body, format=ox.RdfFormat.N_TRIPLES)
            return tuple(
                tuple(str(getattr(t, "value", t)) for t in (q.subject, q.predicate, q.object))
                for q in triples
            )
        return tuple(
            tuple(_lexical(row.get(name)) for name in self.variables)
            for row in self._document["results"]["bindings"]
        )

    def serialize(self, format: Format) -> str:
        """Write the result; raises QueryRefused for a format that this kind has not."""
        if format not in _OF_KIND[self.kind]:
            raise QueryRefused(
                f"cannot write the result of this query as {format!r}: expected one of "
                f"{', '.join(_OF_KIND[self.kind])}"
            )
        if format == "table":
            return _table(self.variables, self.rows)
        if self.kind == "graph":
            return self._graph(format)
        import pyoxigraph as ox

        if format == "json":
            return self.body.decode() + "\n"
        results = ox.parse_query_results(self.body, format=ox.QueryResultsFormat.JSON)
        written = results.serialize(format=getattr(ox.QueryResultsFormat, format.upper()))
        return (written or b"").decode()

    def _graph(self, format: Format) -> str:
        if format == "ntriples":
            return self.body.decode()
        import pyoxigraph as ox

        written = ox.serialize(
            (quad.triple for quad in ox.parse(self.body, format=ox.RdfFormat.N_TRIPLES)),
            format=getattr(ox.RdfFormat, _RDF[format]),
            prefixes=vocab.PREFIXES,
        )
        return (written or b"").decode()


def query(
    generation: Generation,
    text: str,
    *,
    timeout: float = 10.0,
    limit: int = 10_000,
    until: dt.date | None = None,
    size: int | None = None,
    default_graphs: Sequence[str] = (),
    named_graphs: Sequence[str] = (),
) -> Result:
    """Run one SELECT, ASK, CONSTRUCT or DESCRIBE over the union of all graphs.

    The project's prefixes need no declaration; relative IRIs are resolved against
    :data:`kg.vocab.BASE`. ``timeout`` is in seconds; ``limit`` is the most rows or triples
    returned, ``size`` about the most bytes. ``until`` leaves out reports dated later.
    ``default_graphs`` and ``named_graphs`` are the dataset that a SPARQL 1.1 Protocol
    request names (section 2.1.4); it takes the place of the query's own.

    Raises QueryRefused for text that is no read-only query, QueryTimeout when the time is
    over (the process that ran it has ended then), GraphError when it failed otherwise.
    """
    if timeout <= 0 or limit < 1:
        raise QueryRefused(
            f"timeout {timeout!r} and limit {limit!r}: expected more than 0 s and at least 1 row"
        )
    request = {
        "query": text,
        "limit": limit,
        "size": size,
        "default": list(default_graphs),
        "named": list(named_graphs),
    }
    with _graph(generation, until) as graph, _POOL.worker(graph) as worker:
        header, body = worker.ask(request, timeout)
    match header["kind"]:
        case "refused":
            raise QueryRefused(f"the query was refused: {header['message']}")
        case "failed":
            raise GraphError(f"the query failed: {header['message']}; expected it to run")
        case kind:
            return Result(kind, body, header["cut"], header["count"])


def _graph(generation: Generation, until: dt.date | None) -> AbstractContextManager[Path]:
    return nullcontext(generation.graph) if until is None else graph_until(generation, until)


class _Worker:
    """One process that answers queries over one graph."""

    def __init__(self, graph: Path) -> None:
        self.graph = graph
        here = Path(__file__)
        self.process = subprocess.Popen(
            [
                sys.executable,
                "-P",
                str(here.with_name("sparql_worker.py")),
                str(here.parents[1]),
                str(graph),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self.receive(_START)

    @property
    def alive(self) -> bool:
        return self.process.poll() is None

    def ask(self, request: dict[str, Any], timeout: float) -> tuple[dict[str, Any], bytes]:
        assert self.process.stdin is not None
        try:
            self.process.stdin.write(json.dumps(request).encode() + b"\n")
            self.process.stdin.flush()
        except OSError:
            self.end()
            raise GraphError("the query process has ended: expected it to run; try again") from None
        return self.receive(timeout)

    def receive(self, timeout: float) -> tuple[dict[str, Any], bytes]:
        """Read one answer, or end the process when the time is over."""
        assert self.process.stdout is not None
        late = threading.Event()

        def stop() -> None:
            late.set()
            self.process.kill()

        timer = threading.Timer(timeout, stop)
        timer.start()
        try:
            line = self.process.stdout.readline()
            header: dict[str, Any] = (
                json.loads(line) if line.endswith(b"\n") else {"kind": "", "size": 0}
            )
            body = self.process.stdout.read(header["size"])
        finally:
            timer.cancel()
        if not header["kind"] or len(body) < header["size"]:
            self.end()
            if late.is_set():
                raise QueryTimeout(
                    f"the query was stopped after {timeout:g} s: expected it to be done by "
                    "then; narrow it, add a LIMIT, or give it more time (--timeout)"
                )
            raise GraphError(
                f"the query process ended with code {self.process.returncode}: expected an "
                "answer; the query may need too much memory: narrow it or add a LIMIT"
            )
        return header, body

    def end(self) -> None:
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:  # unsent bytes for a process that is gone
                    continue


class _Pool:
    """The idle workers; those of a superseded generation are ended."""

    def __init__(self) -> None:
        self._idle: list[_Worker] = []
        self._lock = threading.Lock()
        self._free = threading.BoundedSemaphore(4)
        atexit.register(self.close)

    @contextmanager
    def worker(self, graph: Path) -> Iterator[_Worker]:
        """Lend a worker for ``graph``; at most four work at a time."""
        with self._free:
            worker = self._take(graph) or _Worker(graph)
            try:
                yield worker
            except BaseException:
                worker.end()  # its state is unknown, an answer may still be under way
                raise
            with self._lock:
                self._idle.append(worker)

    def _take(self, graph: Path) -> _Worker | None:
        with self._lock:
            fit = [w for w in self._idle if w.graph == graph and w.alive]
            for worker in self._idle:
                if worker not in fit:
                    worker.end()
            taken = fit.pop() if fit else None
            self._idle = fit
            return taken

    def close(self) -> None:
        """End all idle workers."""
        with self._lock:
            for worker in self._idle:
                worker.end()
            self._idle.clear()


_POOL = _Pool()


def _lexical(term: dict[str, Any] | None) -> str | None:
    if term is None:
        return None
    value = term["value"]
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _table(variables: tuple[str, ...], rows: tuple[tuple[str | None, ...], ...]) -> str:
    """Align columns by the width of their characters on a terminal (한글 takes two)."""
    lines = [variables, *(tuple(_short(cell) for cell in row) for row in rows)]
    widths = [max((_width(line[n]) for line in lines), default=0) for n in range(len(variables))]
    lines.insert(1, tuple("-" * width for width in widths))
    return "".join(
        "  ".join(c + " " * (w - _width(c)) for c, w in zip(line, widths, strict=True)).rstrip()
        + "\n"
        for line in lines
    )


def _short(cell: str | None) -> str:
    if cell is None:
        return ""
    for prefix, iri in vocab.PREFIXES.items():
        if cell.startswith(iri) and len(cell) > len(iri):
            return f"{prefix}:{cell[len(iri) :]}"
    return " ".join(cell.split())


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(ch) in "WF" else 1 for ch in text)
