"""The graph as of a date: only what was reported by then."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from kg.graphs import graph_of
from kg.store import ONTOLOGY_FILE, write_store

if TYPE_CHECKING:
    from kg.generation import Generation


@contextmanager
def graph_until(generation: Generation, until: dt.date) -> Iterator[Path]:
    """Yield the directory of a graph without the reports dated after ``until``.

    It is the generation's own where no report is later; else a temporary copy: a checkpoint
    from which the later reports are dropped, or the earlier ones loaded anew, whichever
    are fewer.
    """
    later = [info for info in generation.reports if info.date > until]
    earlier = [info for info in generation.reports if info.date <= until]
    if not later:
        yield generation.graph
        return
    with TemporaryDirectory(prefix="kg-as-of-", ignore_cleanup_errors=True) as folder:
        target = Path(folder) / "graph"
        if len(later) <= len(earlier):
            generation.store.backup(str(target))
            drop = [graph_of(info.id) for info in later]
            write_store(target, drop=drop, add=(), ontology=None)
        else:
            held = generation.store.quads_for_pattern
            quads = [q for info in earlier for q in held(None, None, None, graph_of(info.id))]
            write_store(target, drop=(), add=quads, ontology=ONTOLOGY_FILE.read_bytes())
        yield target
