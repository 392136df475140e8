"""The log of generations, going back to one, the graph as of a date, superseded values."""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kg.asof import graph_until
from kg.claim import Value
from kg.errors import WorkspaceError
from kg.generation import Generation
from kg.graphs import canonical_nquads
from kg.log import entries
from kg.sparql import query
from kg.store import open_store
from kg.superseded import superseded
from kg.workspace import KEPT, Workspace


def test_the_log_says_what_each_generation_changed(workspace: Workspace, make: Any) -> None:
    workspace.commit(add=[make.pair(1), make.pair(2)], index=make.index())
    workspace.commit(add=[make.pair(3)], remove=["weekly-1"], index=make.index())
    report, extraction = make.pair(2)
    fewer = replace(extraction, claims=extraction.claims[:2])
    workspace.commit(add=[(report, fewer)], index=make.index())
    told = [(e.number, e.added, e.replaced, e.removed) for e in entries(workspace.generation())]
    assert told == [
        (1, ("weekly-1", "weekly-2"), (), ()),
        (2, ("weekly-3",), (), ("weekly-1",)),
        (3, (), ("weekly-2",), ()),
    ]
    assert [e.claims for e in entries(workspace.generation())] == [10, 10, 7]


def test_the_log_outlives_the_generations(workspace: Workspace, make: Any) -> None:
    for _ in range(KEPT):
        workspace.commit(add=[make.pair(1)], index=make.index())
        workspace.commit(remove=["weekly-1"], index=make.index())
    assert len(entries(workspace.generation())) == 2 * KEPT
    assert workspace.kept() == list(range(KEPT + 1, 2 * KEPT + 1))


def test_going_back_brings_back_every_byte(workspace: Workspace, make: Any) -> None:
    first = workspace.commit(add=[make.pair(1)], index=make.index())
    before = canonical_nquads(first.store)
    workspace.commit(add=[make.pair(2)], remove=["weekly-1"], index=make.index())
    back = workspace.rollback(1)
    assert back.number == 3
    assert canonical_nquads(back.store) == before
    assert back.manifest.reports == first.manifest.reports
    assert (back.index / "ids").read_text("utf-8") == "weekly-1"
    last = entries(back)[-1]
    assert (last.copy_of, last.added, last.removed) == (1, ("weekly-1",), ("weekly-2",))
    again = workspace.commit(add=[make.pair(2)], index=make.index())
    assert [info.id for info in again.reports] == ["weekly-1", "weekly-2"]
    assert canonical_nquads(open_store(first.graph)) == before


@pytest.mark.parametrize("number", [0, 2, 7])
def test_going_back_to_what_is_not_there_is_refused(
    workspace: Workspace, make: Any, number: int
) -> None:
    workspace.commit(add=[make.pair(1)], index=make.index())
    workspace.commit(add=[make.pair(2)], index=make.index())
    with pytest.raises(WorkspaceError, match=f"generation {number}: expected"):
        workspace.rollback(number)
    assert workspace.generation().number == 2


def test_a_rollback_that_fails_leaves_the_current_generation(
    workspace: Workspace, make: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace.commit(add=[make.pair(1)], index=make.index())
    workspace.commit(add=[make.pair(2)], index=make.index())

    def full(*_: object) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr("kg.workspace.sync", full)
    with pytest.raises(WorkspaceError, match="No space"):
        workspace.rollback(1)
    monkeypatch.undo()
    assert workspace.generation().number == 2
    assert sorted(p.name for p in (workspace.home / "generations").iterdir()) == [
        "g000001",
        "g000002",
    ]


@pytest.mark.parametrize(("day", "known"), [(5, 0), (6, 1), (13, 2), (19, 2), (20, 3)])
def test_as_of_a_day_is_the_graph_of_that_day(
    generation: Generation, make: Any, tmp_path: Path, day: int, known: int
) -> None:
    until = dt.date(2025, 1, day)
    then = Workspace(tmp_path / "then")
    pairs = [make.pair(n) for n in range(1, known + 1)] or [make.pair(1)]
    then.commit(add=pairs, index=make.index())
    if not known:
        then.commit(remove=["weekly-1"], index=make.index())
    expected = canonical_nquads(then.generation().store)
    with graph_until(generation, until) as graph:
        assert canonical_nquads(open_store(graph)) == expected
    count = "SELECT (COUNT(?c) AS ?n) WHERE { ?c a kg:Claim }"
    assert query(generation, count, until=until).rows == ((str(5 * known),),)
    assert query(generation, count).rows == (("15",),)


def test_a_value_is_superseded_by_the_last_one_of_the_same_figure(make: Any) -> None:
    pairs = [make.pair(n) for n in (1, 2, 3)]
    dates = {report.id: report.date.isoformat() for report, _ in pairs}
    claims = [claim for _, extraction in pairs for claim in extraction.claims]
    found = superseded(claims, dates)
    figures = [c for c in claims if c.predicate in {"hasMetric", "scores"}]
    assert set(found) == {c.id for c in figures if c.evidence.report != "weekly-3"}
    for claim in figures:
        if claim.id in found:
            later = found[claim.id]
            assert later.evidence.report == "weekly-3"
            assert (later.subject, later.predicate) == (claim.subject, claim.predicate)


def test_another_period_or_the_same_value_supersedes_nothing(make: Any) -> None:
    report = make.report(1)
    old = make.claim(
        report, "00억 달러를 투자했다", make.pair(1)[1].entities[1], "hasMetric",
        value=Value("5", Decimal(5), Decimal(5)), qualifiers={"metric": "매출", "period": "2024"},
    )  # fmt: skip
    evidence = replace(old.evidence, report="weekly-2")
    other = replace(old, evidence=evidence, qualifiers={"metric": "매출", "period": "2025"},
                    value=Value("6", Decimal(6), Decimal(6)))  # fmt: skip
    dates = {"weekly-1": "2025-01-06", "weekly-2": "2025-01-13"}
    assert superseded([old, other], dates) == {}
    assert superseded([old, replace(old, evidence=evidence)], dates) == {}
    changed = replace(other, qualifiers=old.qualifiers)
    assert superseded([old, changed], dates) == {old.id: changed}
    same_day = dict.fromkeys(dates, "2025-01-06")
    assert superseded([old, changed], same_day) == {}
