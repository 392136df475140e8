"""What every room's tests share: the sample corpus and reports lying beside the repository."""

from __future__ import annotations

from pathlib import Path

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
