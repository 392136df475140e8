"""Which things stand in a relation to the one named: the first sentence names them."""

from __future__ import annotations

import datetime as dt

import pytest

from agent.questions.linking import Linker
from agent.questions.question import parse
from agent.replies.things import asks_for_things
from agent.words import data

REPORT = """# 모델과 칩 브리핑

2025년 3월 3일 · 예시리서치

## 1. 모델

딥시크는 DeepSeek-V3를 공개했다. 딥시크는 DeepSeek-R1을 공개했다. 딥시크는 고성능 LLM을 공개했다.

메타는 Llama 4를 공개할 계획이다.

## 2. 투자와 인수

구글은 앤트로픽에 20억 달러를 투자했다. 아마존은 앤트로픽에 40억 달러를 투자했다.

엔비디아는 Run:ai를 인수했다. AMD는 엔비디아와 경쟁하고 있다.
"""
LINKER = Linker.of([("딥시크", "deepseek")])


@pytest.fixture(scope="module")
def reports(written_reports):
    return written_reports(REPORT)


@pytest.mark.parametrize(
    ("text", "asks"),
    [(t.format(A="딥시크"), True) for t in data("forms")["things"]["examples"]]
    + [(t.format(A="딥시크"), False) for t in data("forms")["things"]["counterexamples"]],
)
def test_examples_beside_the_form(text, asks):
    assert asks_for_things(parse(text, LINKER, today=dt.date(2025, 3, 3))) is asks


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("딥시크는 어떤 모델을 냈나?", "딥시크의 모델은 DeepSeek-R1, DeepSeek-V3입니다."),
        ("DeepSeek이 내놓은 모델 알려줘", "DeepSeek의 모델은 DeepSeek-R1, DeepSeek-V3입니다."),
        ("딥시크가 공개한 모델은?", "딥시크가 공개한 모델은 DeepSeek-R1, DeepSeek-V3입니다."),
        ("딥시크의 모델은 뭐가 있어?", "딥시크의 모델은 DeepSeek-R1, DeepSeek-V3입니다."),
        ("앤트로픽에 투자한 곳은?", "앤트로픽에 투자한 곳은 구글, 아마존입니다."),
        ("누가 앤트로픽에 투자했나?", "구글, 아마존입니다."),
        ("앤트로픽에는 누가 투자해?", "구글, 아마존입니다."),
        ("딥시크는 어떤 모델을 개발해?", "딥시크의 모델은 DeepSeek-R1, DeepSeek-V3입니다."),
    ],
)
def test_the_things_are_named_first(reports, question, first):
    answer = reports.ask(question)
    assert not answer.abstained
    assert answer.sentences[0].partition(" [")[0] == first


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("엔비디아가 인수한 회사는?", "Run:ai"),
        ("Run:ai를 인수한 회사는?", "엔비디아"),
        ("구글이 투자한 곳은?", "20억 달러"),
        ("메타는 어떤 모델을 냈나?", "계획"),
    ],
)
def test_the_only_thing_is_said_with_what_is_known_of_it(reports, question, named):
    assert named in reports.ask(question).sentences[0]


@pytest.mark.parametrize(
    "question", ["구글에 투자한 곳은?", "앤트로픽이 투자한 곳은?", "구글은 어떤 모델을 냈나?"]
)
def test_the_other_side_of_a_relation_is_no_answer(reports, question):
    answer = reports.ask(question)
    assert answer.abstained, answer.text


def test_the_query_behind_it_finds_its_claims(reports):
    answer = reports.ask("앤트로픽에 투자한 곳은?")
    assert "kg:investsIn" in answer.sparql
    assert len(answer.claims) == 2


def test_things_of_a_time_are_of_that_time(written_reports):
    answerer = written_reports(
        "# 칩 소식\n\n2025년 3월 3일 · 예시리서치\n\n## 1. 구글\n\n"
        "2023년 구글은 TPU v5를 공개했다. 2024년 구글은 TPU v6를 공개했다.\n"
    )
    assert "TPU v6" in answerer.ask("구글이 2024년에 공개한 칩은?").sentences[0]
    assert "TPU v5" not in answerer.ask("구글이 2024년에 공개한 칩은?").text
    assert answerer.ask("구글이 2021년에 공개한 칩은?").abstained


def test_a_sum_is_told_only_of_whom_it_went_to(reports):
    assert "40억" in reports.ask("아마존은 앤트로픽에 얼마를 투자했어?").sentences[0]
    assert reports.ask("구글은 엔비디아에 얼마를 투자했어?").abstained
