"""An answerer that takes over what an earlier one read answers as one that starts afresh."""

from __future__ import annotations

import weakref
from pathlib import Path
from typing import Any

import pytest

from agent.answer import Sentence
from agent.answerer import Answerer
from agent.citing.citations import Checker, Verdict
from agent.server.desk import answerer_of
from kg.workspace import Workspace

EDITION = "# 누리칩스 탐방\n\n2025-02-11\n\n## 1. 실적\n\n누리칩스의 2025년 매출은 {}억 달러다.\n"
QUESTIONS = (
    "누리칩스의 2025년 매출은?",
    "엔비디아의 시가총액은?",
    "브로드컴은 무엇을 함께 개발해?",
    "마벨의 CEO는 누구야?",
    "TSMC는 무엇을 생산해?",
)


def said(answerer: Answerer, question: str) -> dict[str, Any]:
    document = answerer.ask(question).to_json()
    return {key: value for key, value in document.items() if key != "timing_ms"}


@pytest.fixture
def edition(own_home: Path, tmp_path: Path) -> Any:
    """``edition(amount)``: ingest one small report with that amount."""
    from agent.ingest import ingest

    def store(amount: int) -> None:
        file = tmp_path / "nuri.md"
        file.write_text(EDITION.format(amount), encoding="utf-8")
        ingest(Workspace(own_home), [file])

    return store


def test_a_new_edition_is_answered_from_and_the_rest_is_not_read_again(
    own_home: Path, edition: Any
) -> None:
    edition(700)
    before = Answerer(Workspace(own_home).generation())
    assert "700" in said(before, QUESTIONS[0])["answer"]
    for question in QUESTIONS[1:]:
        said(before, question)
    edition(800)
    after, fresh = (Answerer(Workspace(own_home).generation(), taken) for taken in (before, None))
    assert "800" in said(after, QUESTIONS[0])["answer"]
    assert [said(after, q) for q in QUESTIONS] == [said(fresh, q) for q in QUESTIONS]
    weekly = "weekly-2025-01-06"
    assert after.report(weekly) is before.report(weekly)
    assert after.quoter.units(after.report(weekly)) is before.quoter.units(before.report(weekly))
    assert after.naming is before.naming  # the same names: only a figure is another
    assert after.report("nuri").text != before.report("nuri").text


def test_what_was_checked_is_not_checked_again_unless_it_cites_the_new_edition(
    own_home: Path, edition: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    edition(700)
    before = Answerer(Workspace(own_home).generation())
    for question in QUESTIONS:
        said(before, question)
    edition(800)
    after = Answerer(Workspace(own_home).generation(), before)
    judged = []
    judge = Checker._judged

    def watched(checker: Checker, sentence: Sentence) -> Verdict:
        judged.append({evidence.report for evidence in sentence.evidence})
        return judge(checker, sentence)

    monkeypatch.setattr(Checker, "_judged", watched)
    for question in QUESTIONS:
        said(after, question)
    assert judged
    assert all("nuri" in reports for reports in judged)


def test_a_decision_changes_what_is_answered(own_home: Path, kg_anywhere: Any) -> None:
    before = Answerer(Workspace(own_home).generation())
    for question in QUESTIONS:
        said(before, question)
    merged = kg_anywhere("entity", "merge", "브로드컴", "마벨", "--yes", "--home", own_home)
    assert merged.code == 0
    after, fresh = (Answerer(Workspace(own_home).generation(), taken) for taken in (before, None))
    asked = (*QUESTIONS, "마벨은 무엇을 함께 개발해?")
    assert after.naming is not before.naming
    assert [said(after, q) for q in asked] == [said(fresh, q) for q in asked]
    assert after.naming.linker.find("마벨")[0].entities == ("broadcom",)


def test_a_retracted_report_is_forgotten(own_home: Path, edition: Any) -> None:
    from agent.ingest import remove

    edition(700)
    before = Answerer(Workspace(own_home).generation())
    said(before, QUESTIONS[0])
    remove(Workspace(own_home), "nuri")
    after = Answerer(Workspace(own_home).generation(), before)
    assert "700" not in said(after, QUESTIONS[0])["answer"]


def test_an_old_generation_is_let_go_at_once(own_home: Path, edition: Any) -> None:
    """Its store and its hold on the disk end with it: no collector need come by."""
    answerer = answerer_of(str(own_home))
    said(answerer, QUESTIONS[1])
    old, number = weakref.ref(answerer), answerer.generation.number
    generation = weakref.ref(answerer.generation)
    edition(700)
    answerer = answerer_of(str(own_home))
    assert answerer.generation.number == number + 1
    assert "700" in said(answerer, QUESTIONS[0])["answer"]
    assert old() is None
    assert generation() is None
