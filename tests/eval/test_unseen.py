"""The gold of reports in other publishers' manner is well formed and stands in the reports."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from kg.claim import MODALITIES
from kg.vocab import PREDICATES

FOLDER = Path(__file__).with_name("unseen")
CLAIMS = sorted(FOLDER.glob("*.claims.jsonl"))
QUESTIONS = sorted(FOLDER.glob("*.qa.jsonl"))


def records(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def text_of(slug: str) -> str:
    found = [path for path in FOLDER.glob(f"{slug}.*") if path.suffix in (".md", ".txt")]
    assert len(found) == 1, f"one report is expected beside the gold of {slug}"
    return found[0].read_text("utf-8")


def squeezed(text: str) -> str:
    return re.sub(r"[\s*|]+", "", text)


def test_every_report_has_claims_and_questions() -> None:
    reports = {p.stem for p in FOLDER.glob("*") if p.suffix in (".md", ".txt")}
    for files in (CLAIMS, QUESTIONS):
        assert {path.name.split(".")[0] for path in files} == reports


@pytest.mark.parametrize("path", CLAIMS, ids=lambda p: p.name)
def test_claims_are_of_the_ontology_and_quote_their_report(path: Path) -> None:
    text = squeezed(text_of(path.name.split(".")[0]))
    gold = records(path)
    assert len({g["id"] for g in gold}) == len(gold)
    for g in gold:
        predicates = g["predicate"] if isinstance(g["predicate"], list) else [g["predicate"]]
        assert set(predicates) <= set(PREDICATES), g["id"]
        assert g["modality"] in MODALITIES, g["id"]
        assert squeezed(g["quote"]) in text, g["id"]


@pytest.mark.parametrize("path", QUESTIONS, ids=lambda p: p.name)
def test_questions_have_answers_or_none(path: Path) -> None:
    gold = records(path)
    assert len({g["id"] for g in gold}) == len(gold)
    for g in gold:
        assert bool(g.get("abstain")) != bool(g["answers"]), g["id"]
