"""What is extracted does not depend on the format a report came in."""

from __future__ import annotations

import importlib.util
import sys
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest

from corpus import sample_reports
from corpus.readers import read
from extractors.pipeline import extract
from kg.claim import Claim

MAKERS = Path(__file__).parents[1] / "corpus"
LEAST = 0.95


def maker(name: str) -> ModuleType:
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, MAKERS / f"{name}.py")
        assert spec
        assert spec.loader
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


def told(path: Path) -> Counter[tuple[object, ...]]:
    def key(claim: Claim) -> tuple[object, ...]:
        value = claim.value.text if claim.value else None
        return (claim.subject, claim.predicate, claim.object, value, claim.modality)

    return Counter(map(key, extract(read(path)).claims))


@pytest.mark.parametrize("suffix", [".pdf", ".html", ".hwpx"])
def test_the_claims_of_a_report_are_those_of_its_markdown(tmp_path: Path, suffix: str) -> None:
    for package in ("reportlab", "docx"):
        pytest.importorskip(package, reason="the files of this test are made with it")
    source = sample_reports()[-1]
    report = read(source)
    path = tmp_path / f"{report.id}{suffix}"
    if suffix == ".pdf":
        samples = maker("pdf_samples")
        samples.register(samples.characters(), tmp_path)
        samples.make_pdf(report, path, samples.Setting(cut=True))
    else:
        maker("file_samples").make(report, path)
    wanted, got = told(source), told(path)
    assert wanted.total() > 100
    assert (wanted & got).total() >= LEAST * wanted.total()
    assert got.total() - (wanted & got).total() <= (1 - LEAST) * wanted.total()
