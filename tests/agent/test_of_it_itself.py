"""What is cited is of the very thing asked: its owner, its part, its kind, its direction."""

from __future__ import annotations

import pytest

FIRST = """# 시장 메모

2026년 6월 30일 · 예시리서치

## 1. 종목별 등락

포드 (F +2.1%) 금리 인하 기대감 때문에 신차 수요가 살아났다.

[급등] 테슬라 (TSLA +5.8%) 로봇택시 시험 허가를 받아 사업화에 다가섰다.

오라클 (ORCL -6.1%) 차익실현 매물과 계약 편중 우려로 밀렸다.

## 2. 규제

미국 상무부는 2일 장비 업체 등 85곳을 수출 통제 명단에 추가했다. 규칙은 나라를 네 등급으로 나눈다.

알리바바 클라우드는 사용료를 85% 낮췄다. 올해 들어 세 번째 가격 조정이다.

## 3. 자금

앤스로픽은 300억 달러를 유치했다. 이번 투자로 기업 가치는 3,800억 달러가 됐다.

### OpenAI 조달

| 항목 | 금액 |
|---|---|
| 기업가치 | 8,300억 달러 |

경쟁도 심해졌다. 1,900억 달러라는 기업 가치는 어느 제조사보다 크다는 말이 나온다.

## 4. 실적

엔비디아는 3분기 매출을 540억 달러로 전망했다.

### TSMC 연간 실적

| 연도 | 매출(NT$M) | GM |
|---|---|---|
| FY2023 | 2,050,300 | 51.2% |
| FY2024 | 2,710,500 | 53.8% |

## 5. 그 밖의 실적

마벨의 2분기 영업이익은 4,120억 원으로, 증권가가 내다본 3,300억 원보다 많았다.

가온의 한 회사는 이제 세계 무대에 섰다. 이 회사는 국내 기술의 주인공이다.
"""

SECOND = """# 장 마감

2026년 7월 1일 · 예시리서치

## 1. 지수

| 지수 | 종가 | 등락률 |
|---|---|---|
| S&P 500 | 5,912.30 | 🟢 +0.64% |
| 나스닥 | 20,118.70 | 🟢 +1.12% |
| VIX | 18.05 | 🔻 -3.90% |

### S&P 500 상승 Top 3

| 종목 | 가격 | 등락폭 | 등락률 |
|---|---|---|---|
| 마이크론 | $210.40 | +$19.10 | 🟢 **+9.98%** |
| 램리서치 | $151.20 | +$8.40 | 🟢 +5.88% |
| 앱러빈 | $655.20 | +$36.80 | 🟢 +5.67% |

### S&P 500 하락 Top 3

| 종목 | 가격 | 등락폭 | 등락률 |
|---|---|---|---|
| 팩트셋 | $251.80 | -$19.60 | 🔴 -7.22% |
| 델 | $118.30 | -$4.60 | 🔴 -3.87% |
| HP | $22.15 | -$0.96 | 🔴 -4.01% |

## 2. CoWoS 패키징

| 기업 | 역할 | 메모 |
|---|---|---|
| 앰코 | 2차 CoWoS · 점유 6% | 공장 증설 |
| TSMC | 선두 · 점유 77% | 물량 소진 |
| ASE | CoWoS 대안 · 점유 12% | 대만 |
"""


@pytest.fixture(scope="module")
def reports(written_reports):
    return written_reports(FIRST, SECOND)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("오라클은 얼마나 떨어졌나", "ORCL -6.1%"),
        ("6월 2일 미국 상무부가 수출 통제 명단에 추가한 기업은 몇 곳이야?", "85곳"),
        ("규칙은 나라를 몇 등급으로 나눠?", "네 등급"),
        ("알리바바가 가격을 몇 번 조정했어?", "세 번째"),
        ("엔비디아 3분기 가이던스 알려줘", "540억 달러"),
        ("오픈AI 기업가치는?", "8,300억 달러"),
        ("마벨 2분기 영업이익은?", "4,120억 원"),
        ("TSMC의 2024년 매출은?", "2,710,500백만 대만달러"),
        ("S&P500에서 제일 많이 오른 종목은?", "마이크론"),
        ("S&P500에서 가장 많이 떨어진 종목은?", "팩트셋"),
        ("CoWoS 점유율 1위는?", "점유 77%"),
        ("S&P500 하락 상위 종목 알려줘", "팩트셋(🔴 -7.22%), HP(🔴 -4.01%), 델(🔴 -3.87%)"),
        ("VIX 올랐어?", "-3.90%"),
    ],
)
def test_it_is_of_what_is_asked(reports, question, said):
    answer = reports.ask(question)
    assert not answer.abstained, answer.text
    assert said in answer.text


@pytest.mark.parametrize(
    ("question", "other"),
    [
        ("테슬라 주가 왜 올랐어?", "포드"),
        ("오픈AI 기업가치는?", "2,000억"),
        ("마벨 2분기 영업이익은?", "전망됩니다"),
        ("CoWoS 점유율 1위는?", "앰코"),
        ("S&P500에서 제일 많이 오른 종목은?", "앱러빈"),
    ],
)
def test_another_is_not_told_of(reports, question, other):
    assert other not in reports.ask(question).text


@pytest.mark.parametrize("name", ["기린", "하마"])
def test_a_firm_that_no_report_names_is_not_described(reports, name):
    answer = reports.ask(f"{name}는 어떤 회사야?")
    assert answer.abstained
    assert f"‘{name}’" in answer.text


def test_a_day_of_another_month_is_not_meant(reports):
    assert reports.ask("3월 2일 미국 상무부가 명단에 추가한 기업은 몇 곳이야?").abstained


THIRD = """# 공급망 메모

2026년 7월 6일 · 예시리서치

## 1. 메모리

CXMT는 HBM3 수율이 40%를 밑도는 것으로 추정된다. CXMT는 DDR5 라인에 자금을 넣는다.

## 2. 투자

데이터브릭스(Databricks)는 17일 시리즈 J로 100억 달러를 조달했다.

퍼플렉시티도 5억 달러를 모았다.

## 3. 사양

| 칩 | 메모리 용량 |
|---|---|
| V200 | 256GB |
| 아톰 | 64GB |

브로드컴의 매출은 20% 늘어 기대에 올랐다.

수퍼마이크로는 서버 사업에 H100 160장을 사용한다. 이 시험은 과제 412개로 이루어지며 2025년에 만들어졌다.

가우디 3는 새 코어를 쓰며 3나노 공정으로 2026년에 나온다.
"""


@pytest.fixture(scope="module")
def supplies(written_reports):
    return written_reports(THIRD)


@pytest.mark.parametrize(
    "question",
    [
        "CXMT의 DDR5 수율은 몇 퍼센트야?",
        "데이터브릭스 시리즈 J를 주도한 투자사는 어디야?",
        "수퍼마이크로의 대표이사는 누구야?",
        "가우디 3의 코어는 몇 개야?",
        "가우디 3의 메모리 용량은?",
        "금값 올랐어?",
        "브로드컴의 순이익은 얼마나 늘었어?",
    ],
)
def test_what_is_not_told_is_not_answered(supplies, question):
    answer = supplies.ask(question)
    assert answer.abstained, answer.text


def test_a_count_is_no_year(supplies):
    assert "412개" in supplies.ask("이 시험에는 과제가 몇 개 들어 있어?").text


def test_why_a_price_moved(reports):
    assert "차익실현" in reports.ask("오라클 주가는 왜 빠졌어?").text
