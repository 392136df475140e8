"""A seeded sample of ``fuzz_files.py``: nothing crashes, hangs or is stored by half."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

COUNT, SEED, WHOLE = 150, 2025, 25
"""So many files; every so many-th goes through the whole ingest."""


@pytest.fixture(scope="module")
def fuzz() -> ModuleType:
    pytest.importorskip("reportlab", reason="the seeds of these files are made with reportlab")
    pytest.importorskip("docx", reason="the seeds of these files are made with python-docx")
    path = Path(__file__).with_name("fuzz_files.py")
    spec = importlib.util.spec_from_file_location("fuzz_files", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["fuzz_files"] = module
    spec.loader.exec_module(module)
    return module


def test_damaged_and_hostile_files_are_read_or_refused(fuzz: ModuleType, tmp_path: Path) -> None:
    good = fuzz.seeds(tmp_path, length=2_500)
    reader = fuzz.Reader(tmp_path / "home")
    try:
        for suffix, data in sorted(good.items()):
            path = tmp_path / f"2025-01-06-good{suffix}"
            path.write_bytes(data)
            assert reader.take(path) == "read", reader.failures
        for number, (name, data) in enumerate(fuzz.module("mutants").mutants(good, COUNT, SEED)):
            path = tmp_path / name
            path.write_bytes(data)
            reader.take(path, whole=number % WHOLE == 0)
    finally:
        reader.close()
    assert reader.failures == []
    assert reader.slowest < fuzz.SECONDS
    assert reader.results["refused"] > COUNT // 5
    assert reader.results["read"] > COUNT // 5


def test_the_same_seed_makes_the_same_files(fuzz: ModuleType) -> None:
    good = {".md": b"# a\n\nb 1\n" * 50, ".html": b"<main><p>1</p></main>" * 50}
    mutants = fuzz.module("mutants").mutants
    assert list(mutants(good, 40, 3)) == list(mutants(good, 40, 3))
    assert list(mutants(good, 40, 3)) != list(mutants(good, 40, 4))
