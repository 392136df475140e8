"""Questions over three sample weeks: what the answer must say and where it must point."""

from __future__ import annotations

import pytest

from agent.questions.guesses import Guesser

RIGHT = [
    ("TPU를 구글과 함께 만드는 회사는?", "브로드컴", "표"),
    ("엔비디아가 인수한 회사는?", "Run:ai", ""),
    ("What did NVIDIA acquire?", "Run:ai", ""),
    ("B200의 메모리 용량은?", "192", "표"),
    ("H100과 B200 중 메모리 용량이 더 큰 것은?", "B200", "표"),
    ("DeepSeek-V3를 개발한 회사는?", "DeepSeek", ""),
    ("1월 6일자 종목표에서 엔비디아의 시가총액은?", "조", "표"),
    ("이번 주 아레나 순위표 1위 모델은?", "Gemini", "표"),
    ("마이크로소프트의 2025 회계연도 AI 데이터센터 투자액은 얼마야?", "800억", ""),
]
ABSTAIN = [
    "테슬라의 2030년 매출은?",
    "화웨이의 2025년 영업이익은 몇 위안이야?",
    "TSMC 2나노 수율은 몇 퍼센트야?",
    "소프고의 직원은 몇 명이야?",
    "DeepSeek-V3의 학습에 든 전력은 몇 메가와트야?",
]


@pytest.mark.parametrize(("question", "said", "place"), RIGHT, ids=[r[0] for r in RIGHT])
def test_answer(answerer, question, said, place):
    answer = answerer.ask(question)
    assert not answer.abstained, answer.text
    assert said in answer.text
    assert answer.citations
    assert all(f"[{c.n}]" in answer.text for c in answer.citations)
    if place:
        assert any(place in (c.evidence.table or "") for c in answer.citations)


@pytest.mark.parametrize("question", ABSTAIN)
def test_abstains(answerer, question):
    answer = answerer.ask(question)
    assert answer.abstained, answer.text
    assert answer.reason
    assert "찾지 못했습니다" in answer.text


def test_citations_are_verbatim(answerer):
    for question, *_ in RIGHT:
        for citation in answerer.ask(question).citations:
            evidence = citation.evidence
            text = answerer.report(evidence.report).text
            assert text[evidence.start : evidence.end] == evidence.quote


def test_as_of_sees_only_what_was_reported(answerer):
    import datetime as dt

    early = answerer.ask("엔비디아가 인수한 회사는?", until=dt.date(2024, 12, 31))
    assert all(c.date <= "2024-12-31" for c in early.citations)
    assert "인수했습니다" not in early.text


def test_same_question_same_answer(answerer):
    question = "마벨은 어느 회사와 칩을 만드나요?"
    assert answerer.ask(question).text == answerer.ask(question).text


def test_a_misspelt_name_is_guessed():
    guesser = Guesser(["엔비디아", "브로드컴", "SK하이닉스", "AMD"])
    assert guesser.nearest("엔비디야") == "엔비디아"
    assert guesser.nearest("브로드캄") == "브로드컴"
    assert guesser.nearest("엔비디아") is None
    assert guesser.nearest("소프고") is None


def test_a_name_is_guessed_by_its_sound_if_it_is_as_long_and_begins_alike():
    guesser = Guesser(["Corp", "Moltbot", "Broadcom"])
    assert guesser.sounding("브로드컴") == "Broadcom"
    assert guesser.sounding("코레아로보") is None
    assert guesser.sounding("미르칩스") is None


def test_a_sentence_that_answers_is_quoted(answerer):
    answer = answerer.ask("카파시는 DeepSeek-V3를 두고 뭐라고 했나요?")
    assert answer.text.startswith("보고서 원문: “")
    assert "카파시" in answer.citations[0].evidence.quote


def test_an_event_is_told_once(answerer):
    answer = answerer.ask("엔비디아가 인수한 회사는?")
    told = [sentence for sentence in answer.sentences if "“" not in sentence]
    assert len([s for s in told if "Run:ai" in s]) == 1


def test_working_is_shown(answerer):
    answer = answerer.ask("H100과 B200의 메모리 용량 차이는?")
    assert answer.steps
    assert any("−" in step and "=" in step for step in answer.steps)
