"""Looking earlier reports up one statement at a time finds what reading them whole would."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.diff import Change, diff
from kg.facts import Facts
from kg.generation import Generation
from kg.history import WEEKS, History
from kg.workspace import Workspace


@pytest.fixture(scope="module")
def weeks(samples: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Generation:
    from agent.ingest import ingest

    home = Workspace(tmp_path_factory.mktemp("weeks"))
    ingest(home, [samples[name] for name in sorted(samples)[:5]])
    return home.generation()


def key(change: Change) -> tuple[object, ...]:
    claims = (*change.new, *change.old)
    return change.kind, change.back, tuple(c.id for c in claims), change.score


def test_looking_up_finds_what_reading_finds(weeks: Generation) -> None:
    facts = Facts(weeks)
    *earlier, old, new = weeks.reports
    was, now = (facts.claims_of(report=info.id) for info in (old, new))
    before = [claim for info in earlier for claim in facts.claims_of(report=info.id)]
    whole = diff(was, now, before=before)
    looked_up = diff(was, now, before=History(facts, earlier))
    assert [key(c) for c in looked_up] == [key(c) for c in whole]
    assert any(c.back for c in whole)


def test_reports_of_long_ago_are_not_asked(make: object) -> None:
    pairs = [make.report(n) for n in range(1, WEEKS + 4)]  # type: ignore[attr-defined]  # a fixture of functions

    class Of:
        store = None

    class Nothing:
        generation = Of()

    history = History(Nothing(), pairs)  # type: ignore[arg-type]  # a stand-in
    assert history._reports == [info.id for info in reversed(pairs[-WEEKS:])]
