"""The diff's benchmark runs; and what a diff reads does not grow with the workspace."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

from agent.weeks.changes import changes
from kg import stored
from kg.generation import Generation
from kg.workspace import Workspace

BENCH = runpy.run_path(str(Path(__file__).parents[1] / "bench" / "bench_diff.py"))


def read_by(generation: Generation, monkeypatch: pytest.MonkeyPatch) -> int:
    """Count the claims that a comparison of the last two weeks reads."""
    count = 0
    whole = stored.claim_from

    def counted(*args: object) -> object:
        nonlocal count
        count += 1
        return whole(*args)  # type: ignore[arg-type]  # passed on as given

    monkeypatch.setattr(stored, "claim_from", counted)
    changes(generation)
    monkeypatch.undo()
    return count


def test_a_large_workspace_is_compared_by_reading_as_little(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small, large = (
        Workspace(BENCH["build"](tmp_path / str(count), count)).generation() for count in (8, 48)
    )
    few, many = (read_by(generation, monkeypatch) for generation in (small, large))
    both_weeks = sum(info.claims for info in small.reports[-2:])
    assert both_weeks <= few
    assert many <= 1.3 * few
    assert many < sum(info.claims for info in large.reports) / 8


def test_the_benchmark_measures_what_it_says(tmp_path: Path) -> None:
    found = BENCH["measure"](tmp_path, 4, 12, 1)
    assert found["changes"] > 20
    assert found["small_s"] > 0
    assert found["ratio"] > 0
