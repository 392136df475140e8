"""Names that two things share, and the day as of which a question asks."""

from __future__ import annotations

import datetime as dt

import pytest

from agent.answerer import Answerer
from agent.chat import Conversation
from agent.questions.anchors import as_of
from agent.questions.linking import Linker
from agent.questions.namesakes import senses
from agent.words import data
from kg.workspace import Workspace

FIRST = """# 주간 브리핑

2025년 1월 6일 · 예시리서치

## 1. 실적

마벨의 2025년 영업이익은 1,200억 원으로 전망된다. 마벨의 2024년 4분기 매출은 812억 원이다.
"""
SECOND = """# 주간 브리핑

2025년 1월 13일 · 예시리서치

## 1. 실적

마벨의 2025년 영업이익은 1,500억 원으로 전망된다. 엔비디아는 Run:ai를 인수했다.
"""


@pytest.fixture(scope="module")
def briefs(written_reports):
    return written_reports(FIRST, SECOND)


@pytest.fixture(scope="module")
def split(written_reports):
    """The same two reports, whose 마벨 are two companies."""
    from agent.cli import run

    home = written_reports(FIRST, SECOND).generation.graph.parents[1]
    while not (home / "CURRENT").exists() and home.name != "kg":
        home = home.parent
    line = ["entity", "split", "마벨", "--report", "brief-2", "--yes", "--home", str(home)]
    assert run(line) == 0
    return Answerer(Workspace(home).generation())


def test_both_of_one_name_are_answered_for(split):
    answer = split.ask("마벨의 2025년 영업이익 전망은?")
    assert answer.text.startswith("동명이 둘입니다: 마벨")
    assert "1,200억 원" in answer.sentences[0]
    assert "1,500억 원" in answer.sentences[1]
    assert not answer.dropped


def test_a_word_in_brackets_chooses(split):
    answer = split.ask("마벨(x_마벨)의 2025년 영업이익 전망은?")
    assert "1,500억 원" in answer.text
    assert "1,200억" not in answer.text


def test_only_one_of_them_may_answer(split):
    answer = split.ask("마벨의 2024년 4분기 매출은?")
    assert "812억 원" in answer.text
    assert "동명" not in answer.text


def test_a_conversation_asks_back(split):
    conversation = Conversation(split.linker, split.ask, senses=lambda q: senses(q, split))
    asked = conversation.say("마벨의 2025년 영업이익 전망은?")
    assert asked.abstained
    assert asked.text.startswith("동명이 둘입니다: 1) 마벨")
    chosen = conversation.say("2번")
    assert "1,500억 원" in chosen.text
    assert "1,200억" not in chosen.text


def test_a_conversation_goes_on_where_nothing_is_shared(briefs):
    conversation = Conversation(briefs.linker, briefs.ask, senses=lambda q: senses(q, briefs))
    assert not conversation.say("마벨의 2025년 영업이익 전망은?").abstained


def test_a_class_in_brackets_chooses():
    words = {"a": frozenset({"회사"}), "b": frozenset({"사람"})}
    linker = Linker.of([("예시", "a"), ("예시", "b")], words)
    assert linker.find("예시(사람)는 누구야?")[0].entities == ("b",)
    assert linker.find("예시(도시)는 어디야?")[0].entities == ("a", "b")
    assert linker.find("예시는 누구야?")[0].entities == ("a", "b")


@pytest.mark.parametrize(
    ("text", "found"),
    [(t.format(A="마벨"), True) for t in data("forms")["as_of"]["examples"]]
    + [(t.format(A="마벨"), False) for t in data("forms")["as_of"]["counterexamples"]],
)
def test_examples_of_a_day_named_in_the_question(text, found):
    assert (as_of(text, dt.date(2025, 2, 10)) is not None) is found


@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        ("2025년 1월 8일 기준 마벨의 2025년 영업이익 전망은?", "1,200억", "1,500억"),
        ("2025년 1월 20일 기준 마벨의 2025년 영업이익 전망은?", "1,500억", "없음"),
    ],
)
def test_what_was_known_by_a_day(briefs, question, said, unsaid):
    answer = briefs.ask(question)
    assert said in answer.text
    assert unsaid not in answer.text


def test_what_was_not_known_by_then_is_not_told(briefs):
    answer = briefs.ask("2025년 1월 8일까지 알려진 엔비디아가 인수한 회사는?")
    assert answer.abstained, answer.text


def test_end_to_end_as_of_a_day_in_the_question(answerer):
    answer = answerer.ask("2025년 1월 3일 기준 엔비디아는 Run:ai를 인수했나?")
    assert answer.citations
    assert all(c.date <= "2025-01-06" for c in answer.citations)


def test_a_plan_does_not_answer_yes(answerer):
    answer = answerer.ask("엔비디아는 Run:ai를 인수했나?", until=dt.date(2024, 12, 30))
    assert not answer.text.startswith("네"), answer.text
