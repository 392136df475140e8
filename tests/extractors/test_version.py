"""The version of the extractor: what it asks of an installation, and what not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import extractors
from extractors.version import digest_of, extractor_version


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    for name in ("corpus/read.py", "extractors/words.yaml", "kg/claim.py", "agent/ask.py"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text("one\n", encoding="utf-8")
    return tmp_path


def test_it_stays_while_nothing_changes() -> None:
    assert extractor_version() == digest_of(Path(extractors.__file__).parents[1])
    assert len(extractor_version()) == 16


@pytest.mark.parametrize("name", ["corpus/read.py", "extractors/words.yaml", "kg/claim.py"])
def test_code_and_data_change_it(installed: Path, name: str) -> None:
    before = digest_of(installed)
    (installed / name).write_text("two\n", encoding="utf-8")
    assert digest_of(installed) != before


def test_a_new_or_renamed_file_changes_it(installed: Path) -> None:
    before = digest_of(installed)
    (installed / "extractors/words.yaml").rename(installed / "extractors/names.yaml")
    assert digest_of(installed) != before


def test_places_times_and_what_reads_no_report_do_not(installed: Path) -> None:
    before = digest_of(installed)
    (installed / "agent/ask.py").write_text("two\n", encoding="utf-8")
    (installed / "kg/__pycache__").mkdir()
    (installed / "kg/__pycache__/claim.pyc").write_bytes(b"\0")
    (installed / "corpus/note.md").write_text("three\n", encoding="utf-8")
    os.utime(installed / "kg/claim.py", (1, 1))
    assert digest_of(installed.rename(installed.with_name("elsewhere"))) == before
