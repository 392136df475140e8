"""Who has most of a figure: one report's list, of one time and in one unit."""

from __future__ import annotations

import pytest

LATE_SPRING = """# 설비 브리핑

2026년 5월 11일 · 예시리서치

## 1. 클라우드 설비투자

- **오라클**: 2026년 설비투자는 700억 달러로 전망된다.
- **메타**: 2026년 설비투자를 900억 달러로 계획하고 있다.
- **아마존**: 2026년 설비투자는 450억 달러로 전망된다.

2025년 설비투자는 오라클 510억 달러, 메타 480억 달러, 아마존 330억 달러였다.

## 2. 국내 장비

삼성전자의 2026년 설비투자는 9,000억 원으로 전망된다. SK하이닉스의 2026년 설비투자는 4,000억 원으로 전망된다.

## 3. 공개 모델

| 모델 | 매개변수 | GPQA 점수 |
|---|---|---|
| 하늘 2 | 7,200억 개 | 71.5 |
| 바다 5 | 1조 500억 개 | 69.0 |
| 구름 1 | 900억 개 | 58.2 |
"""
EARLY_SUMMER = """# 설비 브리핑

2026년 6월 8일 · 예시리서치

## 1. 클라우드 설비투자

- **오라클**: 2026년 설비투자 전망을 950억 달러로 높였다.

## 2. 1분기 실적

**마벨**의 1분기 매출은 12억 달러로 전년 동기 대비 40% 증가했다. **퀄컴**의 1분기 매출은 30억 달러로 전년 동기 대비 7% 늘었다. **브로드컴**의 1분기 매출은 9억 달러로 전년 동기 대비 85% 증가했다.

클라우드 매출 증가율은 애저 31%, AWS 22%, 구글 클라우드 29%였다.

미스트랄은 시리즈 C에서 9억 유로를 유치했다. 사카나AI는 시리즈 B에서 2억 달러를 유치했고, 코히어는 시리즈 D에서 5억 달러를 유치했다.

## 3. 칩

| 칩 | TDP |
|---|---|
| H200 | 700W |
| MI355X | 1.4kW |

2023년 HBM 매출은 SK하이닉스 40억 달러, 삼성전자 30억 달러, 마이크론 3억 달러였다.

TSMC CoWoS 추정 매출 2023년 $1.1bn, 2024년 $2.6bn, 2025년 $5.3bn

- **ASML**: 올해 Capex $2.1B로 확대, 신규 라인에 집중

오라클의 직원은 5만 2,000명이다. 메타의 직원은 8만 명이다.
"""


@pytest.fixture(scope="module")
def reports(written_reports):
    return written_reports(LATE_SPRING, EARLY_SUMMER)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (
            "설비투자가 가장 큰 회사는?",
            "2026-05-11 보고서에 나온 3곳 가운데 2025년 설비투자 1위는 오라클(510억 달러)",
        ),
        ("2025년 설비투자 2위는?", "2025년 설비투자 2위는 메타(480억 달러)입니다."),
        ("설비투자가 더 큰 회사는?", "2025년 설비투자 1위는 오라클(510억 달러)"),
        (
            "2026년 설비투자가 가장 큰 회사는?",
            "2026년 설비투자 1위는 메타(900억 달러)로 예정되어 있습니다.",
        ),
        (
            "2026년 설비투자 전망을 회사별로 비교해줘",
            "메타 900억 달러(계획), 오라클 700억 달러, 아마존 450억 달러로 전망됩니다.",
        ),
        (
            "메타와 아마존 중 2025년 설비투자가 더 적은 곳은?",
            "2025년 설비투자는 아마존이 더 적습니다(1.45배).",
        ),
        (
            "2025년 설비투자 상위 2개사는?",
            "상위 2위까지는 오라클 510억 달러, 메타 480억 달러",
        ),
        ("설비투자가 가장 적은 회사는?", "설비투자가 가장 적은 회사는 아마존(330억 달러)입니다."),
        ("매개변수가 가장 많은 모델은?", "바다 5(1조 500억 개)입니다."),
        ("GPQA 점수가 제일 높은 모델은?", "GPQA 점수 1위는 하늘 2(71.5)입니다."),
        ("매출이 가장 많이 늘어난 회사는?", "매출 증가율 1위는 브로드컴(85%)입니다."),
        ("매출 증가율이 가장 높은 클라우드는?", "클라우드 매출 증가율 1위는 애저(31%)입니다."),
        ("TDP가 가장 낮은 칩은?", "TDP가 가장 낮은 칩은 H200(700W)입니다."),
        ("HBM 매출이 가장 작은 회사는?", "2023년 HBM 매출이 가장 작은 회사는 마이크론(3억 달러)"),
        ("투자를 가장 많이 유치한 회사는?", "단위가 다른 값으로는 미스트랄AI 9억 유로가 있습니다."),
        ("CoWoS 매출은?", "2023년 $1.1bn(추정), 2024년 $2.6bn, 2025년 $5.3bn입니다."),
        ("ASML 2026년 설비투자는?", "ASML의 2026년 설비투자 계획은 $2.1B입니다."),
        ("직원이 가장 많은 회사는?", "직원 수 1위는 메타(8만 명)입니다."),
        ("하늘 2와 구름 1의 GPQA 점수 차이는?", "GPQA 점수는 하늘 2가 더 큽니다(차이 13.3)."),
    ],
)
def test_one_list_is_ranked(reports, question, said):
    assert said in reports.ask(question).text


def test_what_a_later_report_gives_instead_is_added(reports):
    text = reports.ask("2026년 설비투자가 가장 큰 회사는?").text
    assert "다만 2026-06-08 보고서에는" in text
    assert "950억 달러" in text


def test_money_of_two_currencies_is_told_but_not_compared(reports):
    text = reports.ask("메타와 삼성전자 중 2026년 설비투자가 더 큰 곳은?").text
    assert "바로 견줄 수 없습니다" in text
    assert "900억 달러" in text
    assert "9,000억 원" in text
    assert "배)" not in text


def test_times_that_differ_are_told_but_not_compared(reports):
    text = reports.ask("오라클과 SK하이닉스 중 설비투자가 더 큰 곳은?").text
    assert "바로 견줄 수 없습니다" in text


@pytest.mark.parametrize(
    "question",
    [
        "순이익이 가장 큰 회사는?",
        "유럽 설비투자가 가장 큰 회사는?",
        "CoWoS 생산능력이 가장 큰 곳은?",
    ],
)
def test_what_no_list_is_of_is_answered_by_saying_so(reports, question):
    assert reports.ask(question).abstained


def test_none_fell_where_all_rose(reports):
    assert "가장 " not in reports.ask("매출이 가장 많이 줄어든 회사는?").text
