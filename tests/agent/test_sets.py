"""Questions for all of several, or all but one: recognised, queried as shown, answered."""

from __future__ import annotations

import pytest

from agent.questions.forms import excluded, joint, tied
from agent.questions.linking import Linker
from agent.replies.sets import asked_relations
from agent.words import data
from kg.sparql import query

LINKER = Linker.of([("브로드컴", "broadcom"), ("마벨", "marvell")])
FINDERS = {"both": joint, "without": excluded, "ties": tied}
CASES = [
    (form, kind == "examples", text.format(A="브로드컴", B="마벨"))
    for form in FINDERS
    for kind in ("examples", "counterexamples")
    for text in data("forms")[form][kind]
]


@pytest.mark.parametrize(("form", "found", "text"), CASES)
def test_examples_beside_the_forms(form, found, text):
    assert (FINDERS[form](text, LINKER) is not None) is found


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("브로드컴과 마벨 모두에 투자한 곳은?", "subject"),
        ("브로드컴과 마벨이 모두 투자한 곳은?", "object"),
        ("브로드컴과 마벨 둘 다 투자한 곳은?", "either"),
        ("Which firms invested in both 브로드컴 and 마벨?", "subject"),
        ("Which firms did both 브로드컴 and 마벨 acquire?", "object"),
    ],
)
def test_on_which_side_the_answer_stands(text, role):
    found = joint(text, LINKER)
    assert found is not None
    assert found.role == role


def test_relations_asked_for_with_others_and_such_as_give_way():
    weights = {"partnersWith": 1.0, "worksFor": 1.0, "uses": 0.3}
    assert asked_relations(weights) == ("partnersWith", "coDevelops")
    assert asked_relations({"worksFor": 1.0}) == ("worksFor",)


FIRST = """# 주간 브리핑

2025년 1월 6일 · 예시리서치

## 1. 협력

메타는 브로드컴과 손잡았다. 메타는 마벨과 제휴를 맺었다. 아마존은 브로드컴과 파트너십을 맺었다.

## 2. 투자

마이크로소프트는 OpenAI에 100억 달러를 투자했다.

아마존은 앤트로픽에 40억 달러를 투자했다.
"""
SECOND = """# 주간 브리핑

2025년 1월 13일 · 예시리서치

## 1. 투자

마이크로소프트는 앤트로픽에 50억 달러를 투자했다.
"""


@pytest.fixture(scope="module")
def briefs(written_reports):
    return written_reports(FIRST, SECOND)


@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        ("브로드컴과 마벨 둘 다와 협력하는 회사는?", "메타", "아마존"),
        ("OpenAI와 앤트로픽 모두에 투자한 곳은?", "마이크로소프트", "아마존"),
        ("Who invested in both OpenAI and Anthropic?", "Microsoft", "Amazon"),
        ("마이크로소프트를 제외하고 앤트로픽에 투자한 곳은?", "아마존", "마이크로소프트"),
        ("마이크로소프트가 OpenAI 말고 투자한 곳은?", "앤트로픽", "OpenAI"),
    ],
)
def test_answers(briefs, question, said, unsaid):
    answer = briefs.ask(question)
    assert not answer.abstained, answer.text
    assert said in answer.text
    assert unsaid not in answer.text
    assert not answer.dropped
    assert answer.interpretation["type"] == "set"


def test_who_works_with_the_other_too_is_told_apart(briefs):
    answer = briefs.ask("마벨 말고 브로드컴과 협력하는 곳은?")
    first, *_ = answer.sentences
    assert "아마존" in first
    assert any("메타는 마벨에도 해당합니다" in s for s in answer.sentences)


def test_the_query_shown_gives_the_answer(briefs):
    answer = briefs.ask("OpenAI와 앤트로픽 모두에 투자한 곳은?")
    assert answer.sparql is not None
    rows = query(briefs.generation, answer.sparql).rows
    assert {row[0].rpartition("/")[2] for row in rows} == {"microsoft"}


def test_each_is_told_where_nothing_fits_all(briefs):
    answer = briefs.ask("OpenAI와 마벨 모두에 투자한 곳은?")
    assert answer.abstained
    assert "OpenAI의 투자 상대로는 마이크로소프트가 나옵니다." in answer.text


def test_as_of_a_date_counts_what_was_reported_by_then(briefs):
    import datetime as dt

    answer = briefs.ask("OpenAI와 앤트로픽 모두에 투자한 곳은?", until=dt.date(2025, 1, 7))
    assert answer.abstained
    assert all(c.date < "2025-01-07" for c in answer.citations)


def test_end_to_end_all_of_two(answerer):
    answer = answerer.ask("브로드컴과 마벨 둘 다와 일하는 CSP는?")
    assert answer.text.startswith("브로드컴과 마벨 둘 다와 일하는 CSP는 구글 클라우드입니다.")
    assert answer.sparql is not None
    assert query(answerer.generation, answer.sparql).rows
    assert not answer.dropped


def test_end_to_end_all_but_one(answerer):
    answer = answerer.ask("브로드컴 말고 마벨과 협력하는 곳은?")
    assert "AWS" in answer.text
    assert not answer.dropped
