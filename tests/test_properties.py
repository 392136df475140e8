"""What must hold for every report there is: exact evidence, and one graph whatever the order."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from agent.ingest import ingest
from corpus import sample_reports
from corpus.errors import UndatedReport
from corpus.readers import read
from extractors.pipeline import extract
from kg.graphs import canonical_nquads
from kg.workspace import Workspace

BESIDE = Path(__file__).parents[2] / "shared" / "reports"
OTHERS = sorted(p for p in BESIDE.rglob("*") if p.suffix in (".txt", ".md"))


def check_evidence(path: Path) -> int:
    try:
        report = read(path)
    except UndatedReport:
        report = read(path, date=dt.date(2025, 1, 6))
    extraction = extract(report)
    for claim in extraction.claims:
        evidence = claim.evidence
        assert report.text[evidence.start : evidence.end] == evidence.quote != ""
    for mention in extraction.mentions:
        assert 0 <= mention.start < mention.end <= len(report.text)
    return len(extraction.claims)


@pytest.mark.parametrize("path", sample_reports(), ids=lambda p: p.stem)
def test_every_quote_of_the_sample_corpus_is_verbatim(path):
    assert check_evidence(path) > 100


@pytest.mark.skipif(not OTHERS, reason="no development reports beside the repository")
def test_every_quote_of_other_reports_is_verbatim():
    assert sum(check_evidence(path) for path in OTHERS) > 100


def nquads(home: Path, files: list[Path], **options: int) -> bytes:
    workspace = Workspace(home)
    for file in files:
        ingest(workspace, [file])
    if options:
        ingest(workspace, files, **options)
    return canonical_nquads(workspace.generation().store)


def test_order_and_jobs_do_not_change_the_graph(tmp_path):
    files = sample_reports()[:2]
    forth = nquads(tmp_path / "forth", files)
    back = nquads(tmp_path / "back", files[::-1])
    together = Workspace(tmp_path / "jobs")
    ingest(together, files, jobs=2)
    assert forth == back == canonical_nquads(together.generation().store)
