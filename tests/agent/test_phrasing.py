"""Claims said as the report has them: agreed, under way, done; rates as verbs; dates once."""

from __future__ import annotations

import pytest

REPORT = """# 계약과 실적 브리핑

2026년 11월 9일 · 예시리서치

## 1. 계약

국내 팹리스 딥엑스가 중국 바이두에 NPU 'DX-M1' 4만 개를 공급하는 계약을 맺었다. 딥엑스는 DX-M2를 개발하고 있다.

소프트뱅크는 Run:ai를 인수했다. ASML은 앤트로픽 지분 11%를 확보했다.

## 2. 실적

인텔의 2026년 3분기 매출은 137억 달러로 전년보다 3% 늘었다. 마벨의 영업이익률은 46.7%다.

공정거래위원회는 5일 노바링크에 과징금 210억 원을 부과했다고 밝혔다. 노바링크는 판교에 본사를 둔 설계 기업이다.

인텔은 14A 공정 고객을 확보하지 못하면 개발을 중단할 수 있다고 밝혔다.

## 3. 고객

세레브라스는 G42에 시스템을 공급했다. 리벨리온은 삼성전자와 협력하고 있다.
퓨리오사AI는 지난해 3월 LG전자와 제휴를 맺었다. 슈퍼마이크로의 매출총이익률은 9.6％다.

다올텍은 마이크론에 검사 장비를 96억 원에 납품했다.

로이터는 6일 AMD가 가온칩스를 인수하는 협상을 하고 있다고 전했다.
"""


@pytest.fixture(scope="module")
def reports(written_reports):
    return written_reports(REPORT)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("딥엑스는 바이두에 몇 개를 공급해?", "공급하기로 했습니다"),
        ("DX-M2를 개발하는 회사는?", "개발하고 있습니다"),
        ("소프트뱅크가 인수한 회사는?", "인수했습니다"),
        ("AMD가 가온칩스를 인수했어?", "인수하는 협상을 하고 있는 것으로 알려졌습니다"),
        ("노바링크의 과징금은 얼마야?", "노바링크에 과징금 210억 원을 부과했습니다"),
        ("인텔 매출은 작년보다 얼마나 늘었어?", "매출은 전년 대비 3% 늘었습니다"),
        ("인텔의 3분기 매출 전년比 증가율은?", "전년 대비 3% 늘었습니다"),
        ("마벨의 영업이익률은?", "영업이익률은 46.7%입니다"),
        ("세레브라스의 고객사는?", "G42"),
        ("인텔은 14A 공정에 대해 뭐라고 했어?", "중단할 수 있다"),
        ("바이두는 어느 나라 회사야?", "중국에 있습니다"),
        ("리벨리온의 협력사는?", "삼성전자와 협력하고 있습니다"),
        ("퓨리오사AI의 협력사는?", "2025년 3월 LG전자와 협력했습니다"),
        ("슈퍼마이크로의 매출총이익률은?", "매출총이익률은 9.6％입니다"),
        ("다올텍은 마이크론에 무엇을 공급했어?", "96억 원어치"),
    ],
)
def test_what_is_told_is_put_as_the_report_has_it(reports, question, said):
    assert said in reports.ask(question).text


@pytest.mark.parametrize(
    "question",
    [
        "리벨리온의 고객사는?",
        "인텔의 영업이익률은?",
        "딥엑스의 수율은?",
        "구글의 직원 수는?",
        "구글은 앤트로픽에 투자했어?",
        "삼성전자의 CFO는?",
    ],
)
def test_what_is_said_of_another_is_no_answer(reports, question):
    assert reports.ask(question).abstained, reports.ask(question).text
