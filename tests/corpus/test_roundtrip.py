"""The sample corpus in every format reads as the Markdown it was made from."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pytest

from corpus import sample_reports
from corpus.readers import read
from corpus.report import Report

SECTIONS, CELLS, SENTENCES = 0.98, 0.97, 0.99
"""The least shares of the original that must come back, each in its place."""


def made(request: pytest.FixtureRequest, report: Report, path: Path) -> Path:
    if path.suffix == ".pdf":
        found: dict[str, Path] = request.getfixturevalue("sample_pdfs")
        return found[report.id]
    request.getfixturevalue("files").make(report, path)
    return path


@pytest.mark.parametrize("suffix", [".pdf", ".html", ".docx", ".hwpx", ".eml"])
def test_the_sample_corpus_comes_back(
    request: pytest.FixtureRequest, files: ModuleType, tmp_path: Path, suffix: str
) -> None:
    wanted: dict[str, list[object]] = {"paths": [], "cells": [], "statements": []}
    got: dict[str, list[object]] = {"paths": [], "cells": [], "statements": []}
    for source in sample_reports():
        original = read(source)
        report = read(made(request, original, tmp_path / f"{original.id}{suffix}"))
        assert (report.id, report.title, report.date) == (
            original.id, original.title, original.date
        )  # fmt: skip
        for kind in wanted:
            measure = getattr(files, kind)
            wanted[kind] += [(original.id, one) for one in measure(original)]
            got[kind] += [(original.id, one) for one in measure(report)]
    assert files.share(wanted["paths"], got["paths"]) >= SECTIONS
    assert files.share(wanted["cells"], got["cells"]) >= CELLS
    assert files.share(wanted["statements"], got["statements"]) >= SENTENCES


@pytest.mark.parametrize("suffix", [".html", ".docx", ".hwpx", ".eml"])
def test_offsets_point_into_the_text(files: ModuleType, tmp_path: Path, suffix: str) -> None:
    original = read(sample_reports()[0])
    files.make(original, tmp_path / f"{original.id}{suffix}")
    report = read(tmp_path / f"{original.id}{suffix}")
    cells = [cell for table in report.tables for row in table.rows for cell in row.cells]
    assert len(cells) > 50
    assert all(cell.span.of(report.text) == cell.text for cell in cells)
    headed = [section for section in report.sections if section.heading]
    assert all(s.heading and s.heading.of(report.text) == s.path[-1] for s in headed)
    assert report == read(tmp_path / f"{original.id}{suffix}")
