"""Who did what with whom: verbs of several readings, and what the reports tell of each."""

from __future__ import annotations

import pytest

from agent.replies.phrasing import retold

REPORT = """# 칩 소식지

2026년 10월 5일 · 예시리서치

## 1. 개발

모란테크가 누리클라우드와 함께 추론용 칩 'MX7'을 개발한다. 설계는 모란테크가 맡고 생산은 TSMC가 3나노 공정으로 담당한다.

## 2. 돈

은하금융이 해담소프트에 800억 원을 투자했다. 다올벤처스는 해담소프트에 400억 원을 넣었다. 해담소프트는 2021년 리나 모스가 창업했다.

누리클라우드가 온새패키지에 500억 원을 투자했어요. 늘어나는 물량을 미리 잡아 두기 위해서예요.

## 3. 규제

유럽연합 집행위원회는 모란테크에 과징금 2억 유로를 부과했다. 동의 없이 개인정보를 썼다는 이유에서다. 중국 상무부는 모란테크 칩의 판매를 금지했다.

## 4. 공급

- (누리클라우드) 가림전자 HBM4를 2만 개 구매하기로 함
- 가림전자는 11월부터 누리클라우드에 HBM4를 공급한다.
"""


@pytest.fixture(scope="module")
def reports(written_reports):
    return written_reports(REPORT)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("모란테크는 누구와 칩을 만들어?", "누리클라우드"),
        ("MX7의 제조는 누가 맡아?", "생산은 TSMC가"),
        ("해담소프트는 누가 만들었어?", "리나 모스가 창업"),
        ("해담소프트를 창업한 사람은?", "리나 모스가 창업"),
        ("다올벤처스는 해담소프트에 얼마를 넣었어?", "400억 원"),
        ("누리클라우드는 왜 온새패키지에 투자했어?", "위해서예요"),
        ("모란테크는 왜 과징금을 물었어?", "이유에서다"),
        ("누리클라우드에 메모리를 대는 회사는?", "가림전자"),
        ("누리클라우드는 어느 회사 메모리를 샀어?", "가림전자"),
    ],
)
def test_the_deed_asked_for_is_told(reports, question, said):
    answer = reports.ask(question)
    assert not answer.abstained
    assert said in answer.text


@pytest.mark.parametrize(
    ("question", "unsaid"),
    [
        ("MX7의 제조는 누가 맡아?", "공동개발"),
        ("다올벤처스는 해담소프트에 얼마를 넣었어?", "800억"),
        ("누가 모란테크에 과징금을 부과했어?", "중국"),
        ("온새패키지에 투자한 회사는 어디야?", "투자는 500억"),
    ],
)
def test_what_is_told_of_others_is_left_out(reports, question, unsaid):
    answer = reports.ask(question)
    assert not answer.abstained
    assert unsaid not in answer.text


def test_a_fine_is_called_by_its_name(reports):
    assert "과징금 2억 유로를 부과" in reports.ask("누가 모란테크에 과징금을 부과했어?").text


def test_a_question_for_what_is_none_for_yes_or_no(reports):
    assert reports.ask("누리클라우드는 뭘 사기로 했어?").interpretation["type"] != "boolean"


def test_a_saying_keeps_its_own_verb():
    assert retold("수요가 는다고 말했다") == "수요가 는다고 말했습니다"
    assert retold("증설을 검토하고 있다고 밝혔어요") == "증설을 검토하고 있다고 밝혔습니다"
    assert retold("수요가 는다") is None
    assert retold("증설한다고 강조함") is None


def test_what_is_bought_must_be_named(reports):
    answer = reports.ask("누리클라우드는 온새패키지를 인수했어?")
    assert "인수" not in answer.text.replace("온새패키지를 인수했어", "")


UNKNOWN = """# 칩 소식지

2026년 11월 2일 · 예시리서치

## 1. 기업

다로클라우드는 세온반도체 지분 15%를 1,000억 원에 사들였다. 한울전자는 세온반도체에 기판 공급을 시작했다.
"""


def test_the_deed_is_said_of_what_has_no_name_in_the_graph(written_reports):
    answer = written_reports(UNKNOWN).ask("세온반도체에 투자한 곳은 어디야?")
    assert "지분 15%" in answer.text
    assert "기판" not in answer.text
