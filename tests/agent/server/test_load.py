"""A short version of tests/bench/bench_server.py: many ask while reports are being ingested."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest

BENCH = Path(__file__).parents[2] / "bench" / "bench_server.py"


@pytest.fixture(scope="module")
def bench() -> Any:
    import sys

    spec = importlib.util.spec_from_file_location("bench_server", BENCH)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["bench_server"] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.slow
def test_many_ask_while_reports_come_in(bench: Any, own_home: Path) -> None:
    asked = bench.questions()[:60]
    figures = bench.measure(own_home, seconds=6, askers=8, processes=1, asked=asked)
    assert figures["errors"] == 0, figures
    assert figures["mixed"] == 0
    assert figures["probes"] > 0
    assert figures["editions_ingested"] >= 1
    assert figures["answers"] > 20
    # Bounds that a busy machine keeps too; the committed figures are stricter.
    assert figures["p95_ratio"] < 40
    assert figures["memory_mib"]["end"] < 2 * figures["memory_mib"]["start"] + 200
