"""What a state restricts is told by what its ministries and offices do."""

from __future__ import annotations

import re

import pytest

from agent.words import data

REPORT = """# 정책 브리핑

2025년 3월 3일 · 예시리서치

미국 상무부는 2월 4일 화웨이를 수출 통제 명단에 올렸다. 중국은 2월 6일 갈륨의 대미 수출을 금지했다.

중국 국가시장감독관리총국은 2월 20일 엔비디아를 상대로 반독점 조사를 시작했다.
"""


@pytest.fixture(scope="module")
def reports(written_reports):
    return written_reports(REPORT)


@pytest.mark.parametrize(
    ("text", "asks"),
    [(text, True) for text in data("forms")["states"]["examples"]]
    + [(text, False) for text in data("forms")["states"]["counterexamples"]],
)
def test_examples_beside_the_form(text, asks):
    after = text.removeprefix("{A}")
    assert (re.match(data("forms")["states"]["after"], after) is not None) is asks


@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        ("미국은 무엇을 규제해?", "화웨이", "갈륨"),
        ("미국 정부는 누구를 제재했어?", "화웨이", "갈륨"),
        ("중국은 어떤 광물을 통제하고 있나?", "갈륨", "엔비디아"),
        ("중국은 어떤 기업을 규제해?", "엔비디아", "갈륨"),
    ],
)
def test_a_state_acts_through_its_bodies(reports, question, said, unsaid):
    answer = reports.ask(question)
    assert said in answer.text
    assert unsaid not in answer.text


def test_a_state_of_which_nothing_is_told(reports):
    assert reports.ask("일본은 무엇을 규제해?").abstained
