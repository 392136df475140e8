"""What every room's tests share: the sample corpus and reports lying beside the repository."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from corpus import sample_reports
from corpus.readers import READERS

BESIDE = Path(__file__).parents[2] / "shared" / "reports"
"""Development reports that are no part of the repository; tests skip without them."""


def reports_beside() -> list[Path]:
    """Return the readable development reports, none where the folder is absent."""
    return sorted(p for p in BESIDE.rglob("*") if p.suffix.lower() in READERS and p.is_file())


@pytest.fixture(scope="session")
def samples() -> dict[str, Path]:
    """The sample corpus by report id."""
    return {path.stem: path for path in sample_reports()}


@pytest.fixture(scope="session")
def sample_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace of the whole sample corpus; never written to."""
    from agent.ingest import ingest
    from kg.workspace import Workspace

    place = tmp_path_factory.mktemp("samples") / "kg"
    ingest(Workspace(place), sample_reports())
    return place


def _sibling(name: str) -> Any:
    """Import a module that lies beside this file (tests are no package)."""
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def loopback(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Any]:
    """A scripted model service on this machine; ``openai:…`` models talk to it (loopback.py)."""
    service = _sibling("loopback").Loopback()
    monkeypatch.setenv("OPENAI_BASE_URL", service.url)
    monkeypatch.setenv("OPENAI_API_KEY", "scripted")
    monkeypatch.setenv("KG_CACHE", str(tmp_path / "cache"))
    yield service
    service.close()
