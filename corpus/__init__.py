"""What a report says, and where: readers, outline, tables and passages."""

from __future__ import annotations

from pathlib import Path

__all__ = ["sample_reports"]


def sample_reports() -> list[Path]:
    """Return the files of the sample corpus, oldest first."""
    return sorted((Path(__file__).parent / "reports").glob("*.md"))
