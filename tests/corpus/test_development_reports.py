"""The structure of the development reports beside the repository, where they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.clean import plain
from corpus.readers import read
from corpus.sentences import sentences
from corpus.store import report_from_json, report_to_json

SHARED = Path(__file__).resolve().parents[3] / "shared" / "reports"
FILES = [*sorted(SHARED.glob("*.txt")), *sorted(SHARED.glob("semi-daily/*.md"))]
pytestmark = pytest.mark.skipif(not FILES, reason="no development reports beside the repository")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_report_reads_whole(path: Path) -> None:
    report = read(path)
    assert report.date.isoformat() in path.name
    assert report_from_json(report_to_json(report)) == report
    covered = bytearray(len(report.text))
    for passage in report.passages:
        covered[passage.span.start : passage.span.end] = b"\1" * len(passage.span)
        assert passage.section == report.section_at(passage.span.end - 1)
    front = report.text.find("</style>") + 8 if "</style>" in report.text else 0
    assert all(covered[i] for i in range(front, len(report.text)) if report.text[i].isalnum())
    for table in report.tables:
        for cell in (cell for row in table.rows for cell in row.cells):
            assert plain(cell.span.of(report.text)) == cell.text
    for sentence in sentences(report):
        assert sentence.section == report.section_at(sentence.span.start)


def test_the_weekly_has_its_outline_and_tables() -> None:
    path = SHARED / "ai-weekly-2025-01-06.txt"
    if not path.exists():
        pytest.skip("the weekly is not there")
    report = read(path)
    paths = [section.path for section in report.sections]
    assert ("Highlight of the Week", "I. AI Issue") in paths
    assert ("I. AI Issue", "2. 엔비디아와 경쟁", "(1) ASIC vs GPU") in paths
    assert ("Compliance Notice",) in paths
    labels = [table.label for table in report.tables]
    assert sorted(labels) == sorted(
        [f"표 {n}" for n in range(1, 27)] + [f"그림 {n}" for n in (1, 2, 3)]
    )
    assert sum(bool(table.rows) for table in report.tables) == 12
    assert len(report.authors) == 2


def test_list_items_of_the_dailies_are_no_headings() -> None:
    for path in SHARED.glob("semi-daily/*.md"):
        report = read(path)
        assert all(len(section.path) <= 1 for section in report.sections)
        assert 4 <= len(report.sections) <= 8
